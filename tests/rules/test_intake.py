"""Intake: a good and a bad case of each rule (O22x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import DUTY, a_ticket, entry
from building.marked import PATH, assert_found, unmarked
from weibao.rules.book.intake import check_intake
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

DUTY_FILE = "records/duty.yaml"
OPENED = entry("09:15", "opened", by="wang-lei")
TOLD = entry("09:16", "notified", by="wang-lei", whom="chen-jie", via="phone")
PHONE = "channel: phone\n  received_by: wang-lei"


def intake(files: dict[str, str], as_of: str = "2026-11-20T12:00:00+08:00") -> list[Finding]:
    raw = unmarked(files)[0]
    book = a_book(raw, as_of=as_of)
    return list(located(check_intake(book), raw))


def taken(by: str = PHONE, *log: str, severity: int = 1) -> dict[str, str]:
    text = a_ticket(severity=severity, log=[OPENED, *(log or (TOLD,))])
    return {PATH: text.replace(PHONE, by)}


NOBODY_TOLD = entry("09:17", "assigned", by="wang-lei", to="li-qiang")


@pytest.mark.parametrize(
    ("code", "files", "facts"),
    [
        (
            "O221",
            taken("channel: phone\n  received_by: «gao-yuan"),
            {"person": "gao-yuan", "channel": "phone"},
        ),
        (
            "O221",
            taken("channel: pm\n  received_by: «li-qiang"),
            {"person": "li-qiang", "channel": "pm"},
        ),
        (
            "O222",
            {DUTY_FILE: DUTY.replace("[wang-lei, sun-yu]", "[sun-yu, wang-lei]")}
            | taken("channel: phone\n  received_by: «wang-lei"),
            {"person": "wang-lei", "reported_at": "2026-11-20T09:12:00+08:00"},
        ),
        ("O223", taken(f"«{PHONE}", NOBODY_TOLD), {"severity": 1}),
        (
            "O224",
            taken(f"«{PHONE}\n  emergency: true", TOLD.replace("09:16", "09:28")),
            {"knew": "2026-11-20T09:28:00+08:00", "allowed": 900},
        ),
        ("O224", taken(f"«{PHONE}\n  emergency: true", NOBODY_TOLD), {"knew": ""}),
        (
            "O225",
            taken("«channel: engineer\n  received_by: li-qiang", NOBODY_TOLD, severity=3),
            {"person": "li-qiang"},
        ),
    ],
)
def test_what_is_amiss_with_an_intake_is_found(
    code: str, files: dict[str, str], facts: dict[str, object]
) -> None:
    assert_found(files, intake(files), code, facts)


@pytest.mark.parametrize(
    "by",
    [
        PHONE,
        "channel: email\n  received_by: wang-lei",
        "channel: pm\n  received_by: chen-jie",
        "channel: pm\n  received_by: wang-lei",
        "channel: engineer\n  received_by: li-qiang",
        "channel: engineer\n  received_by: zhao-min",
    ],
)
def test_each_way_in_has_its_people(by: str) -> None:
    assert intake(taken(by)) == []


def test_whoever_has_the_duty_may_take_a_call_without_the_role() -> None:
    files = taken("channel: phone\n  received_by: sun-yu")
    duty = {DUTY_FILE: DUTY.replace("[wang-lei, sun-yu]", "[sun-yu, wang-lei]")}
    assert intake(files | duty) == []
    assert [one.code for one in intake(files)] == ["O221"]


@pytest.mark.parametrize(
    "knows",
    [
        TOLD,
        entry("09:20", "escalated", by="wang-lei", level="3", to="chen-jie"),
        entry("09:20", "updated", by="chen-jie", note="已知悉"),
    ],
)
def test_the_manager_knows_by_any_step_that_shows_it(knows: str) -> None:
    assert intake(taken(PHONE, NOBODY_TOLD, knows)) == []


def test_telling_somebody_who_is_not_the_manager_is_not_telling_the_manager() -> None:
    files = taken(PHONE, TOLD.replace("whom: chen-jie", "whom: sun-yu"))
    assert [one.code for one in intake(files)] == ["O223"]


def test_fifteen_minutes_are_given_before_anything_is_said() -> None:
    files = taken(PHONE, NOBODY_TOLD)
    assert intake(files, "2026-11-20T09:27:00+08:00") == []
    assert [one.code for one in intake(files, "2026-11-20T09:27:01+08:00")] == ["O223"]


def test_an_emergency_told_on_the_fifteenth_minute_is_told_in_time() -> None:
    files = taken(f"{PHONE}\n  emergency: true", TOLD.replace("09:16", "09:27"))
    assert intake(files) == []


def test_a_minor_fault_by_phone_need_not_reach_the_manager() -> None:
    assert intake(taken(PHONE, NOBODY_TOLD, severity=3)) == []
