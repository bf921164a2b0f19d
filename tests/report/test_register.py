from __future__ import annotations

import pytest

from building.book import SLOW_LOG, TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ASSETS, a_ticket, another_asset, entry
from building.site import planned_ticket
from weibao.history.proven import Grade
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
    found = register(a_book(as_of=as_of))

    for week, days in ((found.this_week, this_week), (found.last_week, last_week)):
        assert (week.first.isoformat(), week.last.isoformat()) == days


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


def test_a_month_is_the_reports_and_of_planned_work_its_windows_in_the_contracts_zone() -> None:
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
    assert told == [("2026-12", [], [True]), ("2026-11", [TICKET, "T20261101-0PEN22"], [])]
    assert not any(row.ticket.planned for row in found.reactive)
