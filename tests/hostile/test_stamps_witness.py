"""A stamp by an authority that was agreed is a witness; one of the provider's own choosing is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import book_at, change_file
from building.authority import Authority
from building.commands import PATH, record_repository
from building.contract import CONTRACT, entry
from weibao.history.checkpoints.checkpoint import checkpoint_bytes, checkpoint_of, contents_of
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

pytestmark = pytest.mark.needs("openssl")
FOR_EVER = "2199-01-01T00:00:00+08:00"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "tsa")


def trusting(authority: Authority) -> str:
    named = f"  timestamp: {{authority: 'http://tsa.example', roots: [{authority.fingerprint}]}}\n"
    return CONTRACT.replace("  main: main\n", f"  main: main\n{named}")


def stamped(path: Path, authority: Authority, contract: str) -> Repository:
    """A response, and a checkpoint of it that the authority has stamped."""
    repository = record_repository(path, contract=contract)
    repository.append(PATH, entry("09:20", "acknowledged"))
    repository.commit("响应", at="2026-11-20T09:21:00+08:00")
    snapshot = read_snapshot(Git(repository.path))
    one = checkpoint_of(snapshot.history, snapshot.commit, contents_of(snapshot.files))
    repository.write("checkpoints/a.json", checkpoint_bytes(one))
    repository.write("checkpoints/a.tsr", authority.stamp(checkpoint_bytes(one)))
    repository.write("checkpoints/a.pem", authority.chain)
    repository.commit("检查点", at="2026-11-20T09:30:00+08:00")
    return repository


def witnessed(repository: Repository) -> list[bool]:
    (ticket,) = book_at(repository, as_of=FOR_EVER).records.tickets
    return [
        one.witnessed is not None
        for one in book_at(repository, as_of=FOR_EVER).proofs[ticket].entries
    ]


def test_what_lies_behind_a_stamped_checkpoint_is_witnessed(
    tmp_path: Path, authority: Authority
) -> None:
    repository = stamped(tmp_path / "clone", authority, trusting(authority))
    assert witnessed(repository) == [True, True]
    last = book_at(repository, as_of=FOR_EVER)
    (log,) = (proof for key, proof in last.proofs.items() if key.startswith("T"))
    assert log.entries[-1].witnessed
    assert log.entries[-1].witnessed >= parse_instant("2020-01-01T00:00:00Z")


def test_an_authority_that_the_provider_named_afterwards_is_no_witness(
    tmp_path: Path, authority: Authority
) -> None:
    repository = stamped(tmp_path / "clone", authority, CONTRACT)
    assert witnessed(repository) == [False, False]
    named = trusting(authority).partition("  main: main\n")[2].partition("\n")[0]
    change_file(
        repository,
        "records/contract.yaml",
        "  main: main\n",
        f"  main: main\n{named}\n",
        at="2026-11-21T09:00:00+08:00",
    )
    assert witnessed(repository) == [False, False]
