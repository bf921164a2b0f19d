"""Causes, reviews and drills, entry by entry and page by page (X310, X311, R237–R240)."""

from __future__ import annotations

import pytest

from building.contract import CONTRACT, entry
from building.marked import PATH, a_log, assert_found, findings_of
from building.service_plan import CAUSES
from building.violations.causes import DRILL_FILE, EMERGENCY, drill, emergency

OPENED = entry("09:15", "opened", by="wang-lei")
ENDED = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}


def reviewed(**said: str) -> dict[str, str]:
    return {PATH: a_log(OPENED, entry("10:00", "analysed", trigger="告警", **said))}


@pytest.mark.parametrize(
    ("files", "code", "facts"),
    [
        (
            {
                "records/contract.yaml": CONTRACT + CAUSES,
                PATH: a_log(OPENED, entry("10:00", "resolved", **ENDED, cause_code="«hardwear")),
            },
            "X310",
            {"found": "hardwear", "nearest": "hardware"},
        ),
        (
            reviewed(edition="preliminary", detected_at="«2026-11-20T09:12:01+08:00"),
            "X311",
            {"reported_at": "2026-11-20T09:12:00+08:00"},
        ),
        (
            reviewed(edition="«final", root_cause="老化"),
            "R238",
            {"missing": ("business_effect",)},
        ),
        (
            {PATH: a_log(OPENED, entry("10:00", "«injected", text="断电"))},
            "R239",
            {"event": "injected", "ticket_kind": "fault"},
        ),
        (
            {
                EMERGENCY: emergency(),
                DRILL_FILE: drill("2026-11-17", "«core-outrage"),
            },
            "R240",
            {"plan": "core-outrage", "nearest": "core-outage"},
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    files: dict[str, str], code: str, facts: dict[str, object]
) -> None:
    assert_found(files, findings_of(files), code, facts)


@pytest.mark.parametrize(
    "files",
    [
        {
            "records/contract.yaml": CONTRACT + CAUSES,
            PATH: a_log(OPENED, entry("10:00", "resolved", **ENDED, cause_code="hardware")),
        },
        reviewed(edition="preliminary", detected_at="2026-11-20T09:12:00+08:00"),
        reviewed(edition="final", root_cause="老化", business_effect="停产"),
        {EMERGENCY: emergency(), DRILL_FILE: drill("2026-11-17")},
        {"docs/emergency/core-outage.zh.md": emergency(), DRILL_FILE: drill("2026-11-17")},
    ],
)
def test_what_is_right_is_not_told(files: dict[str, str]) -> None:
    assert findings_of(files) == ()


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("id: core-outage", "id: other", ("id",)),
        ("version: '1.0'\n", "", ("version",)),
        ("approved_on: 2026-11-10", "approved_on: last week", ("approved_on",)),
        ("---\n#", "review_within: soon\n---\n#", ("review_within",)),
        ("---\nid", "id", ()),
    ],
)
def test_an_emergency_plan_says_what_it_is(old: str, new: str, missing: tuple[str, ...]) -> None:
    files = {EMERGENCY: emergency().replace(old, new, 1)}
    told = [(one.code, one.facts["missing"]) for one in findings_of(files)]
    assert told == ([("R237", missing)] if missing else [])


def test_causes_of_a_contract_are_at_most_a_thousand() -> None:
    def contract(number: int) -> dict[str, str]:
        causes = "".join(f"  c{one}: {{name: {{zh: 原因}}}}\n" for one in range(number))
        return {"records/contract.yaml": f"{CONTRACT}causes:\n{causes}"}

    assert findings_of(contract(1000)) == ()
    assert {one.code for one in findings_of(contract(1001))} == {"R206"}
