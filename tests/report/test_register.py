from __future__ import annotations

import pytest

from building.book import SLOW_LOG, TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ASSETS, a_ticket, another_asset, entry
from building.site import planned_ticket
from weibao.history.proven import Grade
from weibao.model.instant import parse_instant
from weibao.report.register import register
from weibao.sla.verdict import Outcome


@pytest.mark.parametrize(
    ("as_of", "this_week", "last_week"),
    [
        ("2026-11-23T00:00:00+08:00", ("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22")),
        ("2026-11-22T23:59:59+08:00", ("2026-11-16", "2026-11-22"), ("2026-11-09", "2026-11-15")),
        ("2026-11-22T16:00:00+00:00", ("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22")),
        ("2027-01-01T12:00:00+08:00", ("2026-12-28", "2027-01-03"), ("2026-12-21", "2026-12-27")),
    ],
)
def test_a_week_is_that_of_the_books_instant_in_the_contracts_zone(
    as_of: str, this_week: tuple[str, str], last_week: tuple[str, str]
) -> None:
    this = register(a_book(as_of=as_of)).this_week

    for week, days in ((this, this_week), (this.before, last_week)):
        assert (week.first.isoformat(), week.last.isoformat()) == days


def test_weeks_and_months_are_offered_without_a_gap_by_their_iso_names() -> None:
    early = a_ticket(
        "T20251225-0PEN22",
        reported_at="2025-12-25T09:00:00+08:00",
        log=[entry("2025-12-25T09:10:00+08:00", "opened", by="wang-lei")],
    )
    found = register(a_book(files_of(early, planned_ticket()), as_of="2026-02-01T12:00:00+08:00"))

    names = [week.name for week in found.weeks]
    assert (names[0], names[-3:]) == ("2026-W48", ["2026-W02", "2026-W01", "2025-W52"])
    assert len(names) == 49
    assert (found.periods[0], found.periods[-2:], len(found.periods)) == (
        "2026-11",
        ("2026-01", "2025-12"),
        12,
    )
    alone = register(a_book(files_of(), as_of="2026-02-01T12:00:00+08:00"))
    assert alone.weeks == (alone.this_week, alone.this_week.before)


def test_a_slip_in_a_year_offers_no_century_of_weeks() -> None:
    slipped = planned_ticket().replace("end: 2026-11-29", "end: 2099-11-29")
    past = a_ticket(log=WHOLE_LOG).replace("reported_at: 2026", "reported_at: 2001")
    found = register(a_book(files_of(slipped, past)))

    assert len(found.rows) == 2
    assert len(found.weeks) < 1100


@pytest.mark.parametrize(
    "as_of",
    [
        "2026-11-20T09:11:59+08:00",
        "2026-11-20T09:12:00+08:00",
        "2026-11-20T15:00:00+08:00",
        "2026-11-23T12:00:00+08:00",
    ],
)
def test_a_ticket_is_in_the_register_open_while_it_is_an_open_ticket(as_of: str) -> None:
    book = a_book(files_of(a_ticket(log=WHOLE_LOG)))
    (row,) = register(book).rows

    instant = parse_instant(as_of)
    then = a_book(files_of(a_ticket(log=WHOLE_LOG)), as_of=as_of)
    assert (row.at <= instant < row.until) == bool(then.open_tickets)
    assert row.until < book.as_of


def test_what_has_not_ended_is_open_to_the_instant_of_the_book_and_planned_work_through_its_window() -> (
    None
):
    opened = [entry("2026-11-20T09:15:00+08:00", "opened", by="wang-lei")]
    before, after = "2026-11-23T12:00:00+08:00", "2026-12-23T12:00:00+08:00"

    for as_of, until in ((before, "2026-11-29T02:00:00+08:00"), (after, after)):
        book = a_book(files_of(a_ticket(log=opened), planned_ticket()), as_of=as_of)
        found = register(book)
        assert [row.until for row in found.reactive] == [book.as_of]
        assert [row.until for row in found.planned] == [parse_instant(until)]


def test_work_that_was_called_off_before_its_window_is_at_its_window_alone() -> None:
    off = entry("2026-11-19T10:00:00+08:00", "cancelled", by="wang-lei", reason="改期")
    (row,) = register(a_book(files_of(planned_ticket() + off))).rows

    assert row.state == "cancelled"
    assert row.until == row.at == parse_instant("2026-11-28T22:00:00+08:00")


def test_a_row_has_the_gravest_verdict_the_worst_grade_and_whose_it_is() -> None:
    book = a_book(files_of(a_ticket(log=SLOW_LOG)), grades={"arrived": Grade.LATE})
    (row,) = register(book).rows

    assert (row.outcome, row.missed) == (Outcome.BREACHED, ("arrive", "update"))
    assert row.grade is Grade.LATE
    assert row.owner == "li-qiang"
    assert (row.services, row.sites) == (("mes",), ("suzhou-plant",))


def test_a_ticket_that_is_judged_by_nothing_has_no_grade() -> None:
    (row,) = register(a_book(files_of(planned_ticket()))).rows

    assert (row.outcome, row.grade, row.severity) == (None, None, None)


def test_a_service_is_known_by_its_equipment_and_by_what_is_said_to_bear_on_it() -> None:
    bare = ASSETS.replace("    services: [mes]\n", "") + another_asset("core-sw-02")
    said = a_ticket(log=WHOLE_LOG).replace("log:\n", "impact: [{on: mes, state: outage}]\nlog:\n")
    stated, silent = (
        register(a_book(files_of(ticket, assets=bare))).rows[0]
        for ticket in (said, a_ticket(log=WHOLE_LOG))
    )

    assert stated.services == ("mes",)
    assert silent.services == ()


def test_equipment_that_nobody_knows_any_more_has_no_place_and_breaks_nothing() -> None:
    gone = a_ticket(log=WHOLE_LOG).replace("assets: [core-sw-01]", "assets: [old-sw-09]")
    (row,) = register(a_book(files_of(gone))).rows

    assert row.ticket.assets == ("old-sw-09",)
    assert (row.services, row.sites) == ((), ())


def test_a_month_is_that_of_the_report_in_the_contracts_zone_of_planned_work_too() -> None:
    opened = [entry("2026-11-01T08:00:00+08:00", "opened", by="wang-lei")]
    first = a_ticket("T20261101-0PEN22", reported_at="2026-10-31T16:00:00+00:00", log=opened)
    later = planned_ticket().replace(
        "{start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}",
        "{start: 2026-12-05T22:00:00+08:00, end: 2026-12-06T02:00:00+08:00}",
    )
    found = register(a_book(files_of(a_ticket(log=WHOLE_LOG), first, later)))

    told = [
        (month.month, [row.ticket.id for row in month.reactive], [*map(bool, month.planned)])
        for month in found.months
    ]
    assert told == [("2026-11", [TICKET, "T20261101-0PEN22"], [True])]
    assert found.months[0].since == parse_instant("2026-11-01T00:00:00+08:00")
    assert found.months[0].until == parse_instant("2026-12-06T02:00:00+08:00")
    assert found.planned[0].at == parse_instant("2026-12-05T22:00:00+08:00")
    assert not any(row.ticket.planned for row in found.reactive)
