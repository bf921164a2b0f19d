"""The calendar: what stands on which day, what of it the customer is told, and where there is nothing to stand on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from building.book import INSPECTION, WHOLE_LOG, a_book, files_of
from building.contract import (
    ASSETS,
    CONTRACT,
    DUTY,
    PLAN,
    SPARES,
    STAFF,
    a_ticket,
    entry,
    ticket_path,
)
from building.entries import moment
from building.site import an_inspection, planned_ticket
from weibao.operations.on_duty import OnDuty
from weibao.render.edition.public import public_calendar
from weibao.report.audit.audit import audit_of
from weibao.report.calendar import CalendarKind, calendar_of, ends_within
from weibao.report.due.item import DueItem

if TYPE_CHECKING:
    from weibao.report.book import Book

EDITED = {
    "contract": CONTRACT.replace(
        "carriers: []",
        "deliverables: [{kind: monthly, due_within: 5d}]\nduties: {survey_every: 360d}\ncarriers: []",
    ).replace("to: 2027-02-28", "to: 2026-12-15"),
    "spares": SPARES.replace("to: 2027-12-31}]", "to: 2026-12-10}]"),
    "assets": ASSETS.replace(
        "in_service: 2021-05-01", "in_service: 2021-05-01\n    end_of_support: 2026-12-20"
    ),
    "staff": STAFF.replace("to: 2027-12-31", "to: 2026-12-05", 1),
}
SHIFT = "S20261121-8H4FT2"
HANDED = f"""\
id: {SHIFT}
rota: desk
from: 2026-11-20T08:00:00+08:00
to: 2026-11-21T08:00:00+08:00
log:
  - {{at: 2026-11-21T07:55:00+08:00, event: handed_over, by: wang-lei, text: 无, open: []}}
  - {{at: 2026-11-21T08:05:00+08:00, event: taken_over, by: sun-yu}}
"""


def book_of(*tickets: str, as_of: str = "2026-11-23T12:00:00+08:00", **edited: str) -> Book:
    files = files_of(*tickets, **{**EDITED, **edited})
    files[ticket_path(INSPECTION)] = an_inspection().encode()
    files[f"records/shifts/2026/11/21/{SHIFT}.yaml"] = HANDED.encode()
    return a_book(files, as_of=as_of)


def days(book: Book, kind: CalendarKind) -> list[tuple[date, tuple[str, ...], str]]:
    return [
        (entry.day, entry.subject, entry.state) for entry in calendar_of(book) if entry.kind is kind
    ]


def test_each_thing_stands_on_its_day() -> None:
    book = book_of(a_ticket(log=WHOLE_LOG), planned_ticket())
    assert days(book, CalendarKind.ROUND) == [
        (date(2026, 11, 25), ("quarterly-inspection",), "upcoming")
    ]
    assert days(book, CalendarKind.AUTHORISATION) == [
        (date(2026, 12, 10), ("huawei", "huawei-dealer"), "")
    ]
    assert days(book, CalendarKind.SUPPORT) == [(date(2026, 12, 20), ("core-sw-01",), "")]
    assert days(book, CalendarKind.DELIVERABLE) == [
        (date(2026, 11, 5), ("monthly", "2026-10"), ""),
        (date(2026, 12, 5), ("monthly", "2026-11"), ""),
        (date(2027, 1, 5), ("monthly", "2026-12"), ""),
    ]
    assert days(book, CalendarKind.REVIEW) == [
        (date(2026, 12, 26), ("surveyed",), ""),
        (date(2026, 12, 31), ("audited",), ""),
    ]
    assert days(book, CalendarKind.MEETING) == [(date(2026, 12, 31), ("exchange",), "")]
    dated = {
        entry.told_of.kind.value: entry.day
        for entry in calendar_of(book)
        if isinstance(entry.told_of, DueItem)
    }
    assert dated == {
        "certificate": date(2026, 12, 5),
        "action": date(2026, 12, 15),
        "credential": date(2026, 12, 15),
        "contract": date(2026, 12, 31),
        "calendar": date(2026, 12, 31),
    }


def test_a_window_says_when_nothing_shows_that_it_was_approved() -> None:
    (window,) = days(book_of(planned_ticket()), CalendarKind.WINDOW)
    assert window == (date(2026, 11, 28), (), "unapproved")
    later = book_of(planned_ticket(), as_of="2026-11-17T12:00:00+08:00")
    assert days(later, CalendarKind.WINDOW) == []


def test_a_window_without_any_work_in_it_is_missed_and_one_with_work_or_called_off_is_not() -> None:
    after = "2026-11-30T12:00:00+08:00"
    worked = planned_ticket() + entry("2026-11-28T22:10:00+08:00", "arrived")
    off = planned_ticket() + entry(
        "2026-11-27T10:00:00+08:00", "cancelled", by="wang-lei", reason="改期"
    )
    stood = [
        days(book_of(ticket, as_of=after), CalendarKind.WINDOW)[0][2]
        for ticket in (planned_ticket(), worked, off)
    ]
    assert stood == ["missed", "unapproved", "unapproved"]


def test_no_turn_goes_beyond_the_contract() -> None:
    over = moment("2027-01-01 00:00")
    ends = [
        entry.end
        for entry in calendar_of(book_of(as_of="2026-12-30T12:00:00+08:00"))
        if entry.kind is CalendarKind.TURN
    ]
    assert max(end for end in ends if end is not None) == over


def test_a_turn_is_of_the_day_on_which_it_begins_and_of_today_and_tells_its_hand_over() -> None:
    turns = [entry for entry in calendar_of(book_of()) if entry.kind is CalendarKind.TURN]
    desk = [entry for entry in turns if entry.subject == ("desk",)]
    assert [entry.day for entry in desk].count(date(2026, 11, 23)) == 1
    assert len({entry.day for entry in desk}) == len(desk) == 31 + 1 + 38  # to the term's last day
    (handed,) = [entry for entry in turns if entry.record]
    assert (handed.day, handed.record, handed.state) == (date(2026, 11, 21), SHIFT, "taken_over")
    thursday = book_of(as_of="2026-11-26T12:00:00+08:00")
    today = [entry for entry in calendar_of(thursday) if entry.day == date(2026, 11, 26)]
    engineer = next(entry for entry in today if entry.subject == ("engineer",))
    assert engineer.start == moment("2026-11-23 08:00")


def test_a_hand_over_of_a_shift_that_no_rota_has_stands_by_itself() -> None:
    book = book_of(duty=DUTY.replace("shift: 24h", "shift: 7d"))
    assert days(book, CalendarKind.HANDOVER) == [(date(2026, 11, 21), ("desk",), "taken_over")]


def test_a_rota_that_has_not_begun_has_nobody_until_it_does() -> None:
    duty = DUTY.replace("start: 2025-12-01", "start: 2026-12-01", 1)
    turns = [
        (str(entry.day), entry.told_of.person)
        for entry in calendar_of(book_of(duty=duty))
        if isinstance(entry.told_of, OnDuty) and entry.subject == ("desk",)
    ]
    assert turns[:3] == [("2026-10-23", ""), ("2026-11-23", ""), ("2026-12-01", "wang-lei")]
    assert not days(book_of(duty="rotas: {}\n"), CalendarKind.TURN)


def test_without_a_plan_and_after_the_contract_there_is_nothing_planned() -> None:
    empty = book_of(plan="plan: {}\nchecklists: {}\n")
    assert days(empty, CalendarKind.ROUND) == []
    after = book_of(as_of="2027-03-15T12:00:00+08:00")
    kinds = {entry.kind for entry in calendar_of(after)}
    assert kinds <= {CalendarKind.DELIVERABLE, CalendarKind.DUE}
    assert ends_within(after)
    assert not ends_within(book_of(as_of="2026-06-01T12:00:00+08:00"))


@pytest.mark.parametrize(
    ("within", "owed", "last", "state"),
    [("20d", "due", 25, "done"), ("10d", "overdue", 15, "done_late")],
)
def test_a_round_is_on_its_own_day_and_once_it_is_owed_on_the_last_in_time(
    within: str, owed: str, last: int, state: str
) -> None:
    plan = PLAN.replace("start: 2026-11-25", "start: 2026-11-05").replace(";INTERVAL=3", "")
    plan = plan.replace("within: 10d", f"within: {within}")
    missed = days(a_book(files_of(plan=plan)), CalendarKind.ROUND)
    assert missed[0] == (date(2026, 11, last), ("quarterly-inspection",), owed)
    book = book_of(plan=plan)
    first = next(entry for entry in calendar_of(book) if entry.kind is CalendarKind.ROUND)
    assert (first.day, first.state, first.record) == (date(2026, 11, 5), state, INSPECTION)


def test_the_customer_is_told_of_what_is_theirs() -> None:
    audit = audit_of(book_of(planned_ticket()))
    public, whole = (public_calendar(audit, audience) for audience in ("customer", "internal"))
    left_out = {
        entry.told_of.kind.value
        for entry in set(whole) - set(public)
        if isinstance(entry.told_of, DueItem)
    }
    assert left_out == {"action"}  # of certificates the page of people tells the customer too
    assert {entry.kind for entry in public} >= {CalendarKind.WINDOW, CalendarKind.TURN}
    assert whole is public_calendar(audit, "internal")  # worked out once
