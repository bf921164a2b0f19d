"""A step that changes nothing changes nothing in any command: a severity lowered without consent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao
from building.contract import entry
from building.repository import Repository
from demo.making import UNTIL, Example
from weibao.report.due.due import due
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600
AS_OF = ("--as-of", f"{UNTIL.isoformat()}T12:00:00+08:00")


@pytest.mark.parametrize("consent", ["", "factory-noc"], ids=["nobody's", "who may not give it"])
def test_an_open_ticket_lowered_without_consent_is_told_as_declared_by_every_command(
    year: Example,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    consent: str,
) -> None:
    ticket = next(one for one in year.book.open_tickets if one.severity in {1, 2, 3})
    may = year.book.records.contract.contacts
    asked = next((who for who in may if "consent" not in may[who].may), "") if consent else ""
    clone = Repository(year.path, init=False).clone(tmp_path / "clone")
    data = {"severity": "4"} | ({"consent_by": asked} if asked else {})
    clone.append(
        ticket.path,
        entry(f"{UNTIL.isoformat()}T11:50:00+08:00", "severity_agreed", "li-qiang", **data),
    )
    clone.commit(at=f"{UNTIL.isoformat()}T11:51:00+08:00")
    weibao = Weibao(clone, monkeypatch, capsys)

    def told(*command: str) -> dict:
        ran = weibao(*command, "--format", "json", *AS_OF)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    levels = {
        "status": {one["severity"] for one in told("status")["open"] if one["ticket"] == ticket.id},
        "ticket list": {
            one["severity"]
            for one in told("ticket", "list")["tickets"]
            if one["ticket"] == ticket.id
        },
        "sla": {one["severity"] for one in told("sla")["verdicts"] if one["ticket"] == ticket.id},
        "explain": {one["severity"] for one in told("explain", ticket.id)["verdicts"]},
    }
    assert levels == {key: {ticket.severity} for key in levels}
    shown = weibao("ticket", "show", ticket.id, "--as-of", AS_OF[1], lang="en").out
    assert f"severity {ticket.severity}" in shown
    for asset in ticket.assets:
        found = told("asset", "show", asset)
        before = year.book.availability.assets[asset]
        assert found["availability"]["down_seconds"] == before.down_seconds


@pytest.mark.parametrize("later", [HOUR, 20 * HOUR, 9 * 24 * HOUR])
def test_what_will_be_due_is_what_the_same_commit_calls_due_then(year: Example, later: int) -> None:
    then = year.book.as_of + later
    foreseen = due(year.book, then)
    assert foreseen == due(book_of(year.book.snapshot, then), then)
    assert foreseen != due(year.book, year.book.as_of)
