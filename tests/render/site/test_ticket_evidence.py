"""A ticket's page says what vouches for a promise that was kept, and what each signature is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import pages
from building.commands import PATH, record_repository
from building.contract import entry
from building.html import text_of
from building.sightings import keep_log
from building.signing import ssh_key
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

LI = "li.qiang@provider.example"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Li-qiang answers in time; nobody has committed since."""
    built = record_repository(tmp_path / "clone")
    built.append(PATH, entry("09:20", "acknowledged"))
    built.commit(at="2026-11-20T09:21:00+08:00")
    return built


def page(repository: Repository, code: str = "en") -> str:
    as_of = parse_instant("2026-11-20T12:00:00+08:00")
    book = book_of(read_snapshot(Git(repository.path)), as_of)
    found = pages(book, code)
    return text_of(next(one.html for address, one in found.items() if "7K3Q9M" in address))


def test_a_promise_that_only_the_recorder_vouches_for_is_told_as_such(
    repository: Repository,
) -> None:
    assert "on the provider's word alone" in page(repository)
    assert "仅凭服务商自己的说法" in page(repository, "zh")


def test_a_colleagues_commit_and_its_time_stand_beside_the_promise(repository: Repository) -> None:
    witness = repository.commit(at="2026-11-20T09:25:00+08:00", by="wang.lei@provider.example")
    shown = page(repository)
    assert "Corroborated by a colleague's commit of 11-20 09:25" in shown
    assert witness[:10] in shown
    assert "on the provider's word alone" in shown


def test_what_the_forge_saw_first_stands_beside_promise_and_step(repository: Repository) -> None:
    keep_log(repository, {repository.head: "2026-11-20T09:22:00+08:00"})
    shown = page(repository)
    assert "Witnessed from outside the provider by 11-20 09:22." in shown
    assert "first seen 11-20 09:22" in shown


@pytest.mark.needs("ssh-keygen")
def test_a_signature_stands_beside_its_step(repository: Repository, tmp_path: Path) -> None:
    assert "signature:" not in page(repository)
    key = ssh_key(tmp_path, "li")
    repository.write("records/allowed_signers", f"{LI} {key.public}\n")
    repository.commit(at="2026-11-20T09:22:00+08:00")
    repository.append(PATH, entry("09:23", "updated", note="在路上"))
    repository.commit(at="2026-11-20T09:24:00+08:00", key=key)
    assert "signature: good" in page(repository)
    assert "签名：有效" in page(repository, "zh")
