"""References: a good and a bad case of each rule, with the place of the bad name (X1xx, X207)."""

from __future__ import annotations

import pytest

from building.contract import (
    ACTIONS,
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
from building.marked import INSPECTION, PATH, a_log, an_inspection, assert_found, findings_of

OPENED = entry("09:15", "opened", by="wang-lei")
CONFIRMABLE = (
    OPENED,
    entry("09:30", "resolved", mode="remote", cause="误报", action="清除告警"),
)
RECORDS = {
    "contract": CONTRACT,
    "staff": STAFF,
    "duty": DUTY,
    "assets": ASSETS,
    "plan": PLAN,
    "spares": SPARES,
    "actions": ACTIONS,
}


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """A configuration file with one thing in it replaced."""
    text = RECORDS[name]
    assert old in text
    return {f"records/{name}.yaml": text.replace(old, new, 1)}


IN_TICKETS = [
    ("X101", a_log(OPENED, entry("09:20", "assigned", to="«li-qang")), {"nearest": "li-qiang"}),
    ("X101", a_log(entry("09:15", "opened", by="«nobody")), {"key": "log.by", "found": "nobody"}),
    (
        "X101",
        a_ticket().replace("received_by: wang-lei", "received_by: «wang"),
        {"key": "intake.received_by", "found": "wang"},
    ),
    (
        "X102",
        a_ticket().replace("reported_by: zhang-gong", "reported_by: «zhang"),
        {"key": "reported_by", "nearest": "zhang-gong"},
    ),
    (
        "X102",
        a_log(
            *CONFIRMABLE,
            entry("10:00", "confirmed", by="wang-lei", contact="«li-qiang", via="phone"),
        ),
        {"key": "log.contact", "found": "li-qiang"},
    ),
    (
        "X103",
        a_ticket().replace("assets: [core-sw-01]", "assets: [core-sw-01, «core-sw-02]"),
        {"found": "core-sw-02", "nearest": "core-sw-01"},
    ),
    (
        "X104",
        a_log(OPENED, entry("09:20", "part_requested", part="«fan", quantity="1")),
        {"key": "log.part", "found": "fan"},
    ),
    (
        "X106",
        a_log(OPENED, entry("09:20", "cancelled", reason="重复", duplicate_of="«T20261120-000000")),
        {"found": "T20261120-000000"},
    ),
    (
        "X107",
        a_ticket(severity=9).replace("severity: 9", "severity: «9"),
        {"expected": tuple("1234")},
    ),
    (
        "X107",
        a_log(OPENED, entry("09:20", "severity_agreed", severity="«7", consent_by="zhang-gong")),
        {"found": 7},
    ),
    (
        "X207",
        a_log(
            OPENED,
            entry("09:20", "severity_agreed", severity="3", consent_by="«factory-noc"),
        ),
        {"contact": "factory-noc", "right": "consent"},
    ),
    (
        "X207",
        a_log(
            OPENED,
            entry(
                "10:00",
                "countersigned",
                entries="[{at: 2026-11-20T09:15:00+08:00, event: opened}]",
                contact="«factory-noc",
            ),
        ),
        {"right": "countersign"},
    ),
]

IN_CONFIGURATION = [
    ("X101", changed("spares", "keeper: sun-yu", "keeper: «sun"), {"found": "sun"}),
    ("X101", changed("duty", "order: [wang-lei, sun-yu]", "order: [wang-lei, «sunyu]"), {}),
    ("X101", changed("plan", "issued_by: chen-jie", "issued_by: «chen"), {}),
    ("X101", changed("actions", "owner: li-qiang", "owner: «li"), {}),
    ("X105", changed("spares", "depot: suzhou-depot, supplier", "depot: «wuxi, supplier"), {}),
    ("X105", changed("spares", "minimum: {suzhou-depot: 1}", "minimum: {wuxi: «1}"), {}),
    ("X108", changed("staff", "sites: [suzhou-plant]", "sites: [«suzhou]"), {"kind": "site"}),
    ("X108", changed("assets", "services: [mes]", "services: [«erp]"), {"kind": "service"}),
    (
        "X108",
        changed("contract", "site: suzhou-plant, vendor", "site: «hq, vendor"),
        {"kind": "site"},
    ),
    (
        "X108",
        changed("contract", "4h, clock: workdays", "4h, clock: «nights"),
        {"kind": "calendar"},
    ),
    (
        "X108",
        changed("plan", "checklists: [all-devices]", "checklists: [«all]"),
        {"kind": "checklist"},
    ),
    (
        "X108",
        {
            ticket_path(INSPECTION): an_inspection(entry("10:00", "started")).replace(
                "plan: quarterly-inspection", "plan: «yearly"
            )
        },
        {"kind": "plan", "key": "plan"},
    ),
    (
        "X108",
        changed(
            "actions",
            "due: 2026-12-15}\n",
            "due: 2026-12-15}\n" + entry("10:00", "done", action="«other") + "\n",
        ),
        {"kind": "action", "nearest": ""},
    ),
    (
        "X108",
        changed("spares", "hours: always", "hours: always\n    distance_km: {suzhou: «3}"),
        {"kind": "site"},
    ),
    ("X108", changed("spares", "hours: always", "hours: «nights"), {"kind": "calendar"}),
    (
        "X108",
        changed("contract", "experience:", "depots: {hours: «nights}\nexperience:"),
        {"kind": "calendar"},
    ),
    (
        "X102",
        changed("assets", "    in_service:", "    keeper: «wang-lei\n    in_service:"),
        {"key": "assets.core-sw-01.keeper"},
    ),
    (
        "X207",
        changed("contract", "may: [declare, confirm]", "may: [declare]")
        | {
            ticket_path(INSPECTION): an_inspection(
                entry("10:00", "started"),
                entry("10:10", "checked", asset="core-sw-01", item="appearance", status="ok"),
                entry("10:30", "completed"),
                entry("11:00", "confirmed", by="wang-lei", contact="«factory-noc", via="phone"),
            )
        },
        {"contact": "factory-noc", "right": "confirm"},
    ),
    (
        "X101",
        changed(
            "duty",
            "rotas:\n",
            "leave:\n  - {who: «wang, from: 2026-11-22T00:00:00+08:00, to: 2026-11-23T08:00:00+08:00, reason: 病假}\nrotas:\n",
        ),
        {"key": "leave.who"},
    ),
]


@pytest.mark.parametrize(("code", "text", "facts"), IN_TICKETS)
def test_a_bad_name_in_a_ticket_is_found_where_it_stands(
    code: str, text: str, facts: dict[str, object]
) -> None:
    files = {PATH: text}
    assert_found(files, findings_of(files), code, facts)


@pytest.mark.parametrize(("code", "files", "facts"), IN_CONFIGURATION)
def test_a_bad_name_elsewhere_is_found_where_it_stands(
    code: str, files: dict[str, str], facts: dict[str, object]
) -> None:
    assert_found(files, findings_of(files), code, facts)


def test_names_that_are_defined_are_no_findings() -> None:
    other = "T20261120-000000"
    log = (
        OPENED,
        entry("09:20", "assigned", to="li-qiang"),
        entry("09:21", "severity_agreed", severity="3", consent_by="zhang-gong"),
        entry("09:25", "part_requested", part="hw-s12700-mpu", quantity="1"),
        entry("09:30", "cancelled", reason="重复", duplicate_of=other),
    )
    files = {PATH: a_log(*log), ticket_path(other): a_ticket(other)}
    assert findings_of(files) == ()


def test_a_ticket_that_cannot_be_read_is_still_known_by_its_name() -> None:
    other = "T20261120-000000"
    log = (OPENED, entry("09:30", "cancelled", reason="重复", duplicate_of=other))
    codes = {one.code for one in findings_of({PATH: a_log(*log), ticket_path(other): "id: [\n"})}
    assert "X106" not in codes
    assert "R110" in codes
