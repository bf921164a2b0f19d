"""Checks, and what was skipped, against their checklist and their round (X304–X306)."""

from __future__ import annotations

import pytest

from building.contract import ASSETS, another_asset, entry, ticket_path
from building.marked import (
    INSPECTION,
    PATH,
    TICKET,
    a_ticket,
    an_inspection,
    assert_found,
    findings_of,
)

TWO = ASSETS + another_asset("acc-sw-02")
STARTED = entry("10:00", "started")


def checked(at: str = "10:10", **data: str) -> str:
    told = {"asset": "core-sw-01", "item": "temperature", "value": "38", "status": "ok"}
    return entry(at, "checked", **told | data)


def skipped(**data: str) -> str:
    return entry("10:10", "skipped", **{"asset": "core-sw-01", "reason": "停电"} | data)


def a_round(*log: str) -> dict[str, str]:
    return {
        ticket_path(INSPECTION): an_inspection(STARTED, *log),
        PATH: a_ticket(),
        "records/assets.yaml": TWO,
    }


@pytest.mark.parametrize(
    ("code", "line", "facts"),
    [
        ("X304", checked(value="70", status="«ok"), {"told": "failed", "said": "ok", "value": 70}),
        ("X304", checked(value="70", status="«not_applicable"), {"told": "failed"}),
        ("X304", checked(value="70", status="«warning"), {"told": "failed"}),
        ("X304", checked(value="46", status="«ok"), {"told": "warning"}),
        ("X305", checked(unit="«F", value="98"), {"unit": "°C", "found": "F"}),
        ("X306", checked(asset="«acc-sw-02"), {"asset": "acc-sw-02"}),
        ("X306", skipped(asset="«acc-sw-02"), {"asset": "acc-sw-02"}),
    ],
)
def test_a_check_that_its_checklist_or_its_round_contradicts_is_told_until_it_is_amended(
    code: str, line: str, facts: dict[str, object]
) -> None:
    files = a_round(line)
    assert_found(files, findings_of(files), code, facts)
    event = "skipped" if "event: skipped" in line else "checked"
    of = f"{{at: 2026-11-20T10:10:00+08:00, event: {event}}}"
    told = entry("10:20", "amended", entry=of, field="note", value="当时另有约定", reason="补记")
    assert findings_of(a_round(line.replace("«", ""), told)) == ()


@pytest.mark.parametrize(
    "line",
    [
        checked(unit='"°C"'),
        checked(status="failed", ticket=TICKET),
        checked(value="46", status="failed", ticket=TICKET),
        checked(value="烫手"),
        checked(item="appearance", value="3", unit="处"),
    ],
)
def test_a_check_that_is_graver_than_its_checklist_or_has_none_is_no_finding(line: str) -> None:
    assert findings_of(a_round(line)) == ()
