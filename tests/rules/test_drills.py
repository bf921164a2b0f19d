"""What is due of reviews, drills and exchange, where dates, severities and repairs are not as usual."""

from __future__ import annotations

import pytest

from building.book import a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.violations.causes import EMERGENCY, emergency
from weibao.rules.book.drills import check_emergency_plans, check_meetings
from weibao.rules.book.incident_reviews import check_reviews

AS_OF = "2026-12-20T12:00:00+08:00"
OPENED = entry("09:15", "opened", by="wang-lei")
ENDED = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}
RESTORED = entry("11:00", "restored", mode="on_site")
REVIEWED = entry("18:00", "analysed", edition="preliminary", trigger="告警")


def codes(files: dict[str, bytes], code: str) -> list[str]:
    """What is told of a code, by its fact that says which."""
    book = a_book(files, as_of=AS_OF)
    checks = (check_emergency_plans, check_meetings, check_reviews)
    found = [one for check in checks for one in check(book) if one.code == code]
    return [str(one.facts.get("edition", one.facts.get("plan", ""))) for one in found]


@pytest.mark.parametrize(
    ("day", "code"), [("9999-12-31", "O276"), ("0001-01-01", "O277"), ("2026-12-21", "O276")]
)
def test_an_approval_that_cannot_be_is_none_and_one_of_long_ago_is_over(
    day: str, code: str
) -> None:
    files = files_of() | {EMERGENCY: emergency(day).encode()}
    assert codes(files, code) == ["core-outage"]


def test_who_may_not_approve_has_not_approved() -> None:
    page = emergency().replace("zhang-gong", "factory-noc")
    assert codes(files_of() | {EMERGENCY: page.encode()}, "O276") == ["core-outage"]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ((OPENED,), ["preliminary"]),
        ((OPENED, RESTORED), ["preliminary", "final"]),
        ((OPENED, RESTORED, REVIEWED), ["final"]),
        # What did not hold was no repair: nobody can say yet what it was.
        ((OPENED, RESTORED, entry("11:30", "reopened", reason="again"), REVIEWED), []),
        ((OPENED, entry("09:30", "cancelled", reason="误报"), REVIEWED), []),
        # Lowered with nobody's consent it is as grave as before; with it, it is not.
        ((OPENED, entry("09:20", "severity_agreed", severity="3"), REVIEWED, RESTORED), ["final"]),
        (
            (
                OPENED,
                entry("09:20", "severity_agreed", severity="3", consent_by="zhang-gong"),
                RESTORED,
            ),
            [],
        ),
    ],
)
def test_a_review_is_due_of_what_is_grave_and_of_what_was_repaired(
    log: tuple[str, ...], told: list[str]
) -> None:
    assert codes(files_of(a_ticket(log=log)), "O275") == told


def test_where_no_calendar_says_what_a_working_day_is_nothing_is_guessed() -> None:
    start, end = CONTRACT.index("calendars:"), CONTRACT.index("sla:")
    contract = CONTRACT[:start] + "calendars: {}\n" + CONTRACT[end:].replace("workdays", "always")
    contract = contract.replace("wd, clock", "d, clock")
    files = files_of(a_ticket(log=(OPENED, RESTORED)), contract=contract)
    assert codes(files, "O275") == ["preliminary"]
    assert codes(files, "O278") == []
