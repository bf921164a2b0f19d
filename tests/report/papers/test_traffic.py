"""What came in and what was closed, and what was open at the end of each day."""

from __future__ import annotations

from building.book import WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, a_ticket, entry, of_register, with_register
from building.papers import a_report
from weibao.report.papers.traffic import Flow, traffic

AS_OF = "2026-12-02T00:00:00+08:00"


def on(day: str, clock: str) -> str:
    return f"2026-11-{day}T{clock}:00+08:00"


def test_what_was_reopened_is_open_again_from_that_day_and_no_longer_counts_as_closed_before() -> (
    None
):
    again = (
        *WHOLE_LOG,
        entry(on("23", "09:00"), "reopened", by="wang-lei", reason="再次告警"),
        entry(on("25", "09:00"), "resolved", mode="on_site", cause="内存", action="更换"),
        entry(on("25", "10:00"), "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
        entry(on("25", "11:00"), "closed", by="wang-lei"),
    )
    book = a_book(files_of(a_ticket(log=again)), as_of=AS_OF)
    told = traffic(a_report(book, "2026-11"))
    still = {flow.name[-2:]: flow.left_open for flow in told.days}
    assert [still[day] for day in ("19", "20", "22", "23", "24", "25", "30")] == [
        *(0, 0, 0),
        *(1, 1, 0, 0),
    ]
    assert sum(flow.closed for flow in told.days) == 1
    assert told.own == Flow("2026-11", reported=1, closed=1, cancelled=0, left_open=0)


def test_the_days_of_a_month_add_up_to_it_and_what_was_cancelled_is_no_report() -> None:
    cancelled = a_ticket(
        "T20261103-0ABCDE",
        reported_at=on("03", "09:00"),
        log=[
            entry(on("03", "09:05"), "opened", by="wang-lei"),
            entry(on("04", "09:00"), "cancelled", by="wang-lei", reason="误报"),
        ],
    )
    book = a_book(files_of(a_ticket(log=WHOLE_LOG), cancelled), as_of=AS_OF)
    told = traffic(a_report(book, "2026-11"))
    assert len(told.days) == 30
    assert told.own == Flow("2026-11", reported=1, closed=1, cancelled=1, left_open=0)
    for key in ("reported", "closed", "cancelled"):
        assert sum(getattr(day, key) for day in told.days) == getattr(told.own, key)
    assert [day.left_open for day in told.days if day.name in {"2026-11-03", "2026-11-04"}] == [
        1,
        0,
    ]


def test_a_quarter_is_the_sum_of_its_months_and_has_no_days() -> None:
    earlier = a_ticket("T20261020-0ABCDE", reported_at="2026-10-20T09:00:00+08:00", severity=3)
    book = a_book(files_of(earlier, a_ticket(log=WHOLE_LOG)), as_of=AS_OF)
    told = traffic(a_report(book, "2026-09", "2026-10", "2026-11"))
    assert [flow.reported for flow in told.months] == [0, 1, 1]
    assert [flow.left_open for flow in told.months] == [0, 1, 1]
    assert told.own == Flow("2026-09–2026-11", 2, 1, 0, 1)
    assert told.days == ()
    severities = next(found for found in told.breakdowns if found.by == "severity")
    assert severities.rows == (("1", (0, 0, 1)), ("3", (0, 1, 0)))
    assert severities.totals == (1, 1)


def test_tickets_of_an_old_register_are_counted_apart() -> None:
    contract = with_register(CONTRACT, "2026-11-30T00:00:00+08:00", "2026-11-25T00:00:00+08:00")
    old = of_register(a_ticket(log=WHOLE_LOG))
    book = a_book(files_of(old, contract=contract), as_of=AS_OF)
    told = traffic(a_report(book, "2026-11"))
    assert (told.own.reported, told.imported) == (1, 0)
