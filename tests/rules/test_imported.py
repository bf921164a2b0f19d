"""What an old register leaves open is lawful in its own records alone (X330)."""

from __future__ import annotations

import pytest

from building.contract import CONTRACT, STAFF, a_ticket, entry, small_contract
from building.marked import PATH, findings_of
from weibao.model.imported import Precision
from weibao.model.load import load_records

OPENED = "2026-11-06T00:00:00+08:00"
TICKET = "T20261106-7K3Q9M"
NUMBER = {"at": OPENED, "event": "opened"}
CONTRACT_OF_IT = CONTRACT.replace(
    "evidence:\n",
    f"evidence:\n  imports: [{{id: wx, source_sha256: {'a' * 64}, mapping_sha256: {'b' * 64},"
    " until: 2026-11-20T00:00:00+08:00}]\n",
)
HEADER = """\
id: T20261106-7K3Q9M
kind: fault
title: 无法联网
severity: unknown
reported_at: 2026-11-06T00:00:00+08:00
reported_by: unknown
intake: {channel: unknown, received_by: unknown}
assets: [core-sw-01]
imported: {import: wx, number: WX2026110601, precision: day, kept: {备注: 只记了日期, 级别: 四级}}
log:
"""
LOG = (
    entry(OPENED, "opened", by="unknown"),
    entry(OPENED, "restored", mode="unknown", precision="day"),
    entry(OPENED, "resolved", mode="unknown", cause="网线松", action="重插", precision="unknown"),
)


def test_an_imported_record_says_what_its_register_leaves_open():
    path = PATH.replace("20/T20261120", "06/T20261106")
    records, findings = load_records(
        {
            name: text.encode()
            for name, text in {
                **small_contract(),
                "records/contract.yaml": CONTRACT_OF_IT,
                path: HEADER + "\n".join(LOG) + "\n",
            }.items()
        }
    )
    assert records is not None
    ticket = records.tickets[TICKET]
    assert findings == ()
    assert ticket.imported is not None
    assert (ticket.severity, ticket.ungraded) == (None, True)
    assert ticket.imported.precision is Precision.DAY
    assert ticket.imported.kept == {"备注": "只记了日期", "级别": "四级"}
    assert [step.precision for step in ticket.log] == [None, Precision.DAY, Precision.UNKNOWN]


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("precision", entry("09:20", "acknowledged", precision="day")),
        ("by", entry("09:20", "acknowledged", by="unknown")),
        ("to", entry("09:20", "assigned", to="unknown")),
        ("mode", entry("09:20", "restored", mode="unknown")),
    ],
)
def test_a_record_that_began_here_leaves_nothing_open(key, line):
    log = [entry("09:15", "opened", by="wang-lei"), entry("09:18", "acknowledged"), line]
    found = findings_of({PATH: a_ticket(log=log)})
    assert [(f.code, f.facts["key"]) for f in found if f.code[0] in "RX"] == [("X330", key)]


@pytest.mark.parametrize(
    ("said", "instead", "code"),
    [
        ("reported_by: zhang-gong", "reported_by: unknown", "X330"),
        ("channel: phone", "channel: unknown", "X330"),
        ("received_by: wang-lei", "received_by: unknown", "X330"),
        ("severity: 1", "severity: unknown", "R201"),
    ],
)
def test_its_header_leaves_nothing_open_either(said, instead, code):
    found = findings_of({PATH: a_ticket().replace(said, instead)})
    assert [f.code for f in found if f.code[0] in "RX"] == [code]


def test_nobody_is_called_unknown():
    called = {
        "records/staff.yaml": STAFF.replace("  gao-yuan:", "  unknown:"),
        "records/contract.yaml": CONTRACT.replace("  factory-noc:", "  unknown:"),
    }
    found = [f for f in findings_of(called) if f.code[0] == "R"]
    assert [f.code for f in found] == ["R205", "R205"]
    assert "unknown" in str(found[0].facts["en"])
