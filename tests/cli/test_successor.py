"""``weibao init --successor-of``: what an older contract leaves is taken over, and none of its records is evidence."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.audited import audit_at, book_at
from building.commands import TICKET, Weibao, record_repository
from building.contract import DELIVERY_SHA256, ticket_path
from building.repository import Repository
from building.site import planned_ticket
from building.wheel import small_wheel
from weibao.history.git.reader import Git
from weibao.report.audit.audit import AuditState
from weibao.workspace.papers.bundle import write_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran

NOW = "2026-12-30T09:00:00+08:00"
PLANNED = planned_ticket()
PLANNED_ID = PLANNED.split("\n")[0].removeprefix("id: ")


@pytest.fixture
def older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """A contract at its end: a fault and planned work are open, an action too, and two boards lie in the depot."""
    repository = record_repository(tmp_path / "older")
    repository.write(ticket_path(PLANNED_ID), PLANNED)
    repository.commit("计划", at="2026-11-20T09:20:00+08:00")
    weibao = Weibao(repository, monkeypatch, capsys)
    weibao.set_clock(NOW)
    return weibao


def begun(older: Weibao, tmp_path: Path, *options: str) -> Ran:
    wheel = small_wheel(tmp_path / "wheel")
    given = ("--successor-of", str(older.repository.path), "--wheel", str(wheel), *options)
    return older("init", str(tmp_path / "newer"), *given)


MAKER = ("--by", "陈洁 <chen.jie@provider.example>")


@pytest.fixture
def newer(older: Weibao, tmp_path: Path) -> Repository:
    ran = begun(older, tmp_path, *MAKER)
    assert ran.code == 0, ran.err
    assert f"- {PLANNED_ID}" in ran.out
    return Repository(tmp_path / "newer", init=False)


def test_it_is_sound_from_the_first_commit_on(newer: Repository, older: Weibao) -> None:
    older.repository = newer
    ran = older("check")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert audit_at(newer, NOW).state is not AuditState.UNSOUND


def test_what_is_configured_is_that_of_before_but_for_the_term(
    newer: Repository, older: Weibao
) -> None:
    now, then = (book_at(one, as_of=NOW).records for one in (newer, older.repository))
    assert now.contract.contacts == then.contract.contacts
    assert (now.contract.sites, now.contract.services) == (
        then.contract.sites,
        then.contract.services,
    )
    assert now.contract.terms[0].severities == then.contract.terms[-1].severities
    assert now.contract.terms[0].source == "default-not-contract"
    assert now.contract.start.isoformat() == NOW[:10]
    assert now.contract.id != then.contract.id
    assert now.staff.people == then.staff.people
    assert (now.spares.depots, now.spares.parts) == (then.spares.depots, then.spares.parts)
    assert now.assets.keys() == then.assets.keys()
    assert {asset.covered_from.isoformat() for asset in now.assets.values()} == {NOW[:10]}


def test_what_is_open_is_opened_anew_and_says_where_it_goes_on_from(
    newer: Repository, older: Weibao
) -> None:
    book = book_at(newer, as_of=NOW)
    (ticket,) = book.records.tickets.values()
    commit = older.repository.head
    assert ticket.reported_at == book.as_of, "no clock of before runs on"
    assert ticket.id != TICKET
    assert TICKET in ticket.description
    assert commit in ticket.description
    assert [entry.event for entry in ticket.log] == ["opened"]
    (raised,) = book.records.actions
    assert raised.data["about"] == {"audit": f"hd-2026 {commit[:12]} label-patch-panels"}


def test_stock_is_received_anew_and_proven_by_nothing_of_before(
    newer: Repository, older: Weibao
) -> None:
    then, now = (book_at(one, as_of=NOW).stock.pieces for one in (older.repository, newer))
    assert now.keys() == then.keys()
    for key, piece in now.items():
        assert (piece.depot, piece.condition) == (then[key].depot, then[key].condition)
        assert then[key].verified
        assert not piece.verified
        assert piece.provenance["source_document"] == f"hd-2026 {older.repository.head[:12]}"
    names = newer.git("ls-files", "records/attachments").splitlines()
    assert DELIVERY_SHA256 not in "".join(names)
    (note,) = names
    assert newer.read(note) == newer.read("PREDECESSOR.md")
    assert older.repository.head in newer.read(note)


def test_the_bundle_of_the_older_records_is_named_by_its_sha256(
    older: Weibao, tmp_path: Path
) -> None:
    file, repository = tmp_path / "records.bundle", older.repository
    write_bundle(Git(repository.path), file, "main", repository.head, "")
    assert begun(older, tmp_path, *MAKER, "--bundle", str(file)).code == 0
    note = (tmp_path / "newer" / "PREDECESSOR.md").read_text(encoding="utf-8")
    assert sha256(file.read_bytes()).hexdigest() in note


def test_a_bundle_that_lacks_the_last_commit_is_refused(older: Weibao, tmp_path: Path) -> None:
    file, repository = tmp_path / "records.bundle", older.repository
    first = repository.git("rev-list", "--max-parents=0", "HEAD")
    write_bundle(Git(repository.path), file, "main", first, "")
    ran = begun(older, tmp_path, *MAKER, "--bundle", str(file))
    assert (ran.code, "does not hold commit" in ran.err) == (2, True)
    assert not (tmp_path / "newer").exists()


def test_nobody_else_than_the_older_contracts_people_takes_it_over(
    older: Weibao, tmp_path: Path
) -> None:
    ran = begun(older, tmp_path, "--by", "某人 <nobody@elsewhere.example>")
    assert (ran.code, "none of the people" in ran.err) == (2, True)
    assert not (tmp_path / "newer").exists()
