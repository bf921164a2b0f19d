"""``weibao index`` and ``--no-index``: the index is used, gone without, held against the history, deleted."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from building.book import WHOLE_LOG
from building.commands import PATH, Weibao, record_repository
from building.contract import a_ticket
from weibao.workspace.index.index_file import index_file

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

TICKET = "7K3Q9M"
ASKED = (
    ("status",),
    ("status", "--all"),
    ("status", "--format", "json"),
    ("explain", TICKET),
    ("explain", TICKET, "--format", "json"),
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return record_repository(tmp_path / "clone")


@pytest.fixture
def weibao(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return Weibao(repository, monkeypatch, capsys)


def kept(repository: Repository) -> Path:
    return index_file(repository.path / ".git")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("asked", ASKED)
def test_the_second_answer_is_the_first_and_that_without_an_index(
    weibao: Weibao, repository: Repository, asked: tuple[str, ...], lang: str
) -> None:
    first = weibao(*asked, lang=lang)
    assert kept(repository).exists()
    read = kept(repository).stat().st_mtime_ns
    assert weibao(*asked, lang=lang).out == first.out == weibao("--no-index", *asked, lang=lang).out
    assert kept(repository).stat().st_mtime_ns == read


def test_a_step_that_is_recorded_is_in_the_next_answer(
    weibao: Weibao, repository: Repository
) -> None:
    weibao("status")
    repository.write(PATH, a_ticket(log=WHOLE_LOG))
    repository.commit("关闭", at="2026-11-20T14:06:00+08:00")
    weibao.set_clock("2026-11-20T15:00:00+08:00")
    told = json.loads(weibao("status", "--format", "json").out)
    assert told["open"] == []
    assert weibao("status").out == weibao("--no-index", "status").out


def test_without_an_index_none_is_made(weibao: Weibao, repository: Repository) -> None:
    weibao("--no-index", "status")
    weibao("--no-index", "explain", TICKET)
    assert not kept(repository).exists()


@pytest.mark.parametrize(
    "always_cold",
    [("check",), ("sla",), ("audit",), ("ticket", "list"), ("status", "--at", "HEAD~0")],
)
def test_what_others_rely_on_neither_makes_an_index_nor_asks_one(
    weibao: Weibao, repository: Repository, always_cold: tuple[str, ...]
) -> None:
    told = weibao(*always_cold).out
    assert not kept(repository).exists()
    weibao("status")
    kept(repository).write_bytes(b"what is no index")
    assert weibao(*always_cold).out == told
    assert kept(repository).read_bytes() == b"what is no index"


def test_an_index_is_verified_and_deleted(weibao: Weibao, repository: Repository) -> None:
    assert weibao("index", "verify").out == "There is no index that a command would answer from.\n"
    assert weibao("index", "drop").out == "There is no index.\n"
    weibao("status")
    assert weibao("index", "verify").out == "The index says what the history says.\n"
    with closing(sqlite3.connect(kept(repository))) as base:
        base.execute("update commits set time = time + 60 where place = 1")
        base.commit()
    wrong = weibao("index", "verify")
    assert wrong.code == 1
    assert f"The index differs from the history (1): commit {repository.head}." in wrong.err
    assert "weibao index drop" in wrong.err
    doctor = weibao("doctor")
    assert doctor.code == 1
    assert f"it differs from the history (1), as commit {repository.head}" in doctor.out
    assert weibao("index", "drop").out == "The index is deleted.\n"
    assert not kept(repository).exists()
    assert "what is kept of the history" not in weibao("doctor").out


def test_an_index_that_a_new_contract_ends_is_not_told_as_wrong(
    weibao: Weibao, repository: Repository
) -> None:
    weibao("status")
    repository.write("records/staff.yaml", f"# 2026\n{repository.read('records/staff.yaml')}")
    repository.commit("人员", at="2026-11-20T14:06:00+08:00")
    assert weibao("index", "verify").code == 0
    assert "what is kept of the history" not in weibao("doctor").out


def test_an_index_that_is_no_database_is_told_by_verify_and_passed_over_by_status(
    weibao: Weibao, repository: Repository
) -> None:
    told = weibao("status").out
    kept(repository).write_bytes(b"SQLite format 3\0" + bytes(9000))
    unreadable = weibao("index", "verify")
    assert unreadable.code == 1
    assert "The index cannot be read" in unreadable.err
    assert weibao("status").out == told
    assert weibao("index", "verify").code == 0


def test_what_refuses_a_clone_refuses_it_with_an_index_as_well(
    weibao: Weibao, repository: Repository
) -> None:
    weibao("status")
    (repository.path / ".git" / "shallow").write_text(f"{repository.head}\n")
    refused = weibao("status")
    assert (refused.code, refused.err) == (
        (without := weibao("--no-index", "status")).code,
        without.err,
    )
    assert refused.code


def test_an_index_that_cannot_be_deleted_is_told_with_what_to_do(
    weibao: Weibao, repository: Repository
) -> None:
    kept(repository).mkdir(parents=True)
    refused = weibao("index", "drop")
    assert refused.code
    assert "cannot be deleted" in refused.err
    assert "by hand" in refused.err
    assert weibao("status").out == weibao("--no-index", "status").out


def test_an_index_that_is_read_by_nobody_is_not_said_to_be_true(
    weibao: Weibao, repository: Repository
) -> None:
    """Of another version, or from before the configuration was changed: nothing of it was held against anything."""
    unread = "There is no index that a command would answer from.\n"
    weibao("status")
    staff = repository.read("records/staff.yaml")
    repository.write("records/staff.yaml", f"# 2026\n{staff}")
    repository.commit("人员", at="2026-11-20T09:30:00+08:00")
    assert weibao("index", "verify").out == unread
    assert "what is kept of the history" not in weibao("doctor").out
    weibao("status")
    assert "what is kept of the history is what it says" in weibao("doctor").out
    with closing(sqlite3.connect(kept(repository))) as base:
        base.execute("update told set value = '\"0\"' where name = 'made_by'")
        base.commit()
    assert weibao("index", "verify").out == unread
