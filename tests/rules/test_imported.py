"""What an old register leaves open is lawful in its own records alone (X330, E128)."""

from __future__ import annotations

import pytest

from building.contract import CONTRACT, STAFF, a_ticket, entry, small_contract, ticket_path
from building.marked import PATH, findings_of
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.model.imported import Precision
from weibao.model.instant import parse_instant
from weibao.model.load import load_records
from weibao.report.opening import book_of

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
    assert [step.precision for step in ticket.log] == [
        Precision.DAY,  # opened with the report, and no more exactly
        Precision.DAY,
        Precision.UNKNOWN,
    ]


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


def test_a_line_that_is_added_to_what_a_register_says_is_told_and_judged_as_exact(tmp_path):
    since = "since: 2026-11-15T00:00:00+08:00"
    contract = CONTRACT_OF_IT.replace("since: 2026-01-01T00:00:00+08:00", since)
    path = ticket_path(TICKET)
    repository = Repository(tmp_path / "clone")
    for name, text in {**small_contract(), "records/contract.yaml": contract}.items():
        repository.write(name, text)
    repository.commit(at="2026-11-14T09:00:00+08:00")
    repository.write(path, f"{HEADER}{LOG[0]}\n")
    repository.commit(at="2026-11-15T10:00:00+08:00")
    repository.append(path, LOG[1])
    repository.commit(at="2026-11-16T10:00:00+08:00")
    book = book_of(read_snapshot(Git(repository.path)), parse_instant("2026-11-17T00:00:00+08:00"))

    (told,) = (finding for finding in book.findings if finding.code == "E128")
    assert (told.place.path, told.place.line) == (path, HEADER.count("\n") + 2)
    assert told.facts["register"] == "wx"
    restored = book.proofs[TICKET].entries[1]
    assert (restored.grade, restored.precision) == (Grade.LATE, None)
    assert restored.effective == parse_instant("2026-11-16T10:00:00+08:00")
