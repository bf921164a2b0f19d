"""Checks against their checklist and their round, and rounds with gaps (X304–X307)."""

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
    ],
)
def test_a_check_that_its_checklist_or_its_round_contradicts_is_told_until_it_is_amended(
    code: str, line: str, facts: dict[str, object]
) -> None:
    files = a_round(line)
    assert_found(files, findings_of(files), code, facts)
    of = "{at: 2026-11-20T10:10:00+08:00, event: checked}"
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


def test_a_round_that_is_completed_with_equipment_unseen_is_told_until_somebody_says_why() -> None:
    done = entry("10:30", "completed")
    log = (STARTED, checked(asset="acc-sw-02"))
    head = an_inspection().replace("[core-sw-01]", "[core-sw-01, acc-sw-02]")

    def files(*more: str) -> dict[str, str]:
        return a_round() | {ticket_path(INSPECTION): an_inspection(*log, *more, head=head)}

    assert findings_of(files()) == ()
    marked = files(done.replace("event: ", "event: «"))
    assert_found(marked, findings_of(marked), "X307", {"assets": ("core-sw-01",)})
    of = "{at: 2026-11-20T10:30:00+08:00, event: completed}"
    why = entry("10:40", "amended", entry=of, field="note", value="停电", reason="未到现场")
    assert findings_of(files(done, why)) == ()
