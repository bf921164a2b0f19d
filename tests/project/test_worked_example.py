"""This repository's own records: a whole small contract, imported, and in good order."""

from __future__ import annotations

import re

import pytest

from project.pages import ROOT, name
from weibao.cli.main import run
from weibao.model.load import load_records

RECORDS = sorted((ROOT / "records").rglob("*.yaml"))


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_record_tells_editors_where_its_schema_is(record) -> None:
    first = record.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert match is not None
    assert (record.parent / match[1]).resolve().parent == ROOT / "schemas"
    assert (record.parent / match[1]).is_file()


def test_every_record_can_be_read() -> None:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "records").rglob("*")
        if path.is_file()
    }
    records, findings = load_records(files)

    assert records is not None
    assert findings == ()
    assert len(records.tickets) >= 6
    assert records.unreadable == ()


def test_every_claim_is_older_than_the_import_so_that_each_is_graded_as_imported() -> None:
    files = {name(path): path.read_bytes() for path in (ROOT / "records").rglob("*.yaml")}
    records, _ = load_records(files)

    assert records is not None
    logs = [record.log for record in (*records.tickets.values(), *records.inspections.values())]
    latest = max(entry.at for log in [*logs, records.spares.log, records.actions] for entry in log)
    assert records.contract.evidence.since is not None
    assert latest < records.contract.evidence.since


def test_weibao_check_is_green_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(ROOT), "--lang", "en", "check"]) == 0
    assert capsys.readouterr().err == ""
