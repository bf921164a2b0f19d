"""Service levels: a good and a bad case of each rule (S1xx)."""

from __future__ import annotations

import pytest

from building.book import a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from weibao.model.finding import Finding, Place
from weibao.rules.book.levels import check_calendars, check_levels
from weibao.rules.locate import located

PATH = "records/tickets/2026/11/20/T20261120-7K3Q9M.yaml"
OPENED = entry("09:15", "opened", by="wang-lei")
ACKED = entry("09:20", "acknowledged")
LATE_ACK = entry("09:43", "acknowledged")
RESOLVED = entry("09:50", "resolved", mode="remote", cause="误报", action="清除告警")


def levels(*log: str, as_of: str, severity: int = 1, contract: str = CONTRACT) -> list[Finding]:
    """The findings on a ticket with this log, with their places."""
    files = files_of(a_ticket(severity=severity, log=log), contract=contract)
    book = a_book(files, as_of=f"2026-11-20T{as_of}:00+08:00")
    found = check_levels(book)
    return list(located(found, files))


def told(found: list[Finding]) -> list[tuple[str, object]]:
    return [(one.code, one.facts.get("target")) for one in found]


def test_a_promise_kept_or_running_is_no_finding() -> None:
    assert levels(OPENED, as_of="09:20") == []
    assert levels(OPENED, ACKED, RESOLVED, as_of="12:00") == []


def test_a_promise_is_at_risk_from_three_quarters_of_its_time() -> None:
    assert told(levels(OPENED, as_of="09:34")) == []
    (found,) = levels(OPENED, as_of="09:35")
    assert (found.code, found.place) == ("S103", Place(PATH, 4, 11))
    assert found.facts["left"] == 7 * 60


def test_a_promise_is_broken_only_after_its_due_time() -> None:
    assert told(levels(OPENED, as_of="09:42")) == [("S103", "respond")]
    (found,) = levels(OPENED, as_of="09:43")
    assert (found.code, found.place) == ("S101", Place(PATH, 4, 11))
    assert found.facts["late_by"] == 60
    assert found.facts["due"] == "2026-11-20T09:42:00+08:00"


def test_a_broken_promise_must_be_explained_once_the_ticket_is_resolved() -> None:
    assert told(levels(OPENED, LATE_ACK, as_of="09:45")) == [("S101", "respond")]
    resolved = levels(OPENED, LATE_ACK, RESOLVED, as_of="10:00")
    assert told(resolved) == [("S101", "respond"), ("S102", "respond")]
    explained = entry("09:55", "justified", target="respond", cause="漏接", improvement="双岗")
    assert told(levels(OPENED, LATE_ACK, RESOLVED, explained, as_of="10:00")) == [
        ("S101", "respond")
    ]
    other = explained.replace("respond", "restore")
    assert told(levels(OPENED, LATE_ACK, RESOLVED, other, as_of="10:00")) == told(resolved)


def test_cancelling_a_ticket_does_not_end_the_duty_to_explain_what_it_missed() -> None:
    cancelled = entry("09:50", "cancelled", by="wang-lei", reason="误报")
    found = levels(OPENED, LATE_ACK, cancelled, as_of="10:00")
    assert told(found) == [("S101", "respond"), ("S102", "respond")]
    said = entry(
        "09:55", "justified", by="chen-jie", target="respond", cause="漏看", improvement="培训"
    )
    assert told(levels(OPENED, LATE_ACK, cancelled, said, as_of="10:00")) == [("S101", "respond")]
    early = entry("09:40", "cancelled", by="wang-lei", reason="误报")
    assert told(levels(OPENED, early, as_of="10:00")) == []


def test_days_that_no_calendar_covers_leave_a_promise_unjudged() -> None:
    short = CONTRACT.replace(
        "covers: {from: 2026-01-01, to: 2026-12-31}", "covers: {from: 2026-01-01, to: 2026-11-19}"
    )
    found = levels(OPENED, as_of="09:20", severity=3, contract=short)
    assert {one.code for one in found} == {"S104"}
    assert {one.facts["clock"] for one in found} == {"workdays"}
    assert {one.place for one in found} == {Place(PATH, 4, 11)}


COVER = "covers: {from: 2026-01-01, to: 2026-12-31}"
TERM = "term: {start: 2026-01-01, end: 2026-12-31}"


def calendars(to: str, *, end: str, severity: int = 1, day: str = "20") -> list[Finding]:
    """The findings of both checks, under a contract whose calendar covers the days up to one."""
    contract = CONTRACT.replace(TERM, TERM.replace("2026-12-31", end))
    contract = contract.replace(COVER, COVER.replace("2026-12-31", to))
    log = [OPENED] if severity == 3 else [OPENED, ACKED, RESOLVED]
    files = files_of(a_ticket(severity=severity, log=log), contract=contract)
    book = a_book(files, as_of=f"2026-11-{day}T10:00:00+08:00")
    return [*check_levels(book), *check_calendars(book)]


@pytest.mark.parametrize(
    ("to", "end", "codes"),
    [
        ("2027-01-18", "2027-12-31", ["S111"]),
        ("2027-01-19", "2027-12-31", []),
        ("2026-11-19", "2027-12-31", ["S111"]),
        ("2026-12-31", "2026-12-31", []),
    ],
)
def test_a_calendar_that_ends_before_the_contract_is_told_sixty_days_before(
    to: str, end: str, codes: list[str]
) -> None:
    assert [one.code for one in calendars(to, end=end)] == codes


def test_a_promise_that_reaches_past_the_calendar_is_told_once_until_the_day_has_come() -> None:
    """Reported on a Friday: to be resolved in five working days, of which two are covered."""
    (told,) = calendars("2026-11-24", end="2026-11-24", severity=3)
    assert (told.code, told.facts["tickets"]) == ("S111", ("T20261120-7K3Q9M",))
    late = calendars("2026-11-24", end="2026-11-24", severity=3, day="25")
    assert {one.facts["target"] for one in late if one.code == "S104"} == {"restore", "resolve"}
    assert "S111" not in {one.code for one in late}


def test_a_ticket_reported_before_any_terms_has_none() -> None:
    later = CONTRACT.replace("effective_from: 2025-01-01", "effective_from: 2026-11-21")
    (found,) = levels(OPENED, as_of="09:20", contract=later)
    assert (found.code, found.place) == ("S105", Place(PATH, 5, 14))


@pytest.mark.parametrize("as_of", ["08:00", "09:11"])
def test_a_ticket_that_is_not_reported_yet_is_no_finding(as_of: str) -> None:
    assert levels(OPENED, as_of=as_of) == []
