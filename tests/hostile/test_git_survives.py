"""Odd but whole repositories give the same answer as plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import entry, ticket_path
from building.proving import PATH, clock, codes, day, last, opened, proven, step
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = entry("09:20", "acknowledged")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "origin")
    opened(built)
    step(built, FIRST, "09:21")
    return built


def bare(repository: Repository, tmp_path: Path) -> Path:
    return repository.clone(tmp_path / "bare.git", "--bare").path


def linked(repository: Repository, tmp_path: Path) -> Path:
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"), "HEAD")
    return tmp_path / "linked"


def detached(repository: Repository, tmp_path: Path) -> Path:
    repository.switch(repository.head)
    return repository.path


def sparse(repository: Repository, tmp_path: Path) -> Path:
    repository.git("sparse-checkout", "set", "docs")
    assert not (repository.path / PATH).exists()
    return repository.path


def packed(repository: Repository, tmp_path: Path) -> Path:
    repository.git("gc", "-q", "--prune=now")
    repository.git("pack-refs", "--all")
    return repository.path


def commit_graph(repository: Repository, tmp_path: Path) -> Path:
    repository.git("commit-graph", "write", "--reachable")
    return repository.path


def borrowing(repository: Repository, tmp_path: Path) -> Path:
    return repository.clone(tmp_path / "shared", "--shared").path


def attributes(repository: Repository, tmp_path: Path) -> Path:
    repository.git("config", "filter.gone.smudge", "false")
    repository.git("config", "filter.gone.required", "true")
    repository.git("config", "diff.gone.textconv", "false")
    info = repository.path / ".git" / "info" / "attributes"
    info.parent.mkdir(exist_ok=True)
    info.write_text("*.yaml filter=gone diff=gone text eol=crlf\n", encoding="ascii")
    return repository.path


def mailmap(repository: Repository, tmp_path: Path) -> Path:
    repository.write(".mailmap", "X <zhang.gong@customer.example> <li.qiang@provider.example>\n")
    repository.git("config", "log.mailmap", "true")
    return repository.path


def settings(repository: Repository, tmp_path: Path) -> Path:
    for key, text in (
        *(("core.abbrev", "4"), ("core.quotePath", "true"), ("diff.renames", "copies")),
        *(("diff.noprefix", "true"), ("log.date", "relative"), ("diff.orderFile", "nowhere")),
        *(("color.ui", "always"), ("core.autocrlf", "true"), ("diff.ignoreSubmodules", "all")),
    ):
        repository.git("config", key, text)
    return repository.path


@pytest.mark.parametrize(
    "make",
    [
        *(bare, linked, detached, sparse, packed, commit_graph, borrowing, attributes, mailmap),
        settings,
    ],
)
def test_the_same_history_in_another_shape_reads_the_same(
    repository: Repository, tmp_path: Path, make: Callable[[Repository, Path], Path]
) -> None:
    plain = read_snapshot(Git(repository.path))
    assert read_snapshot(Git(make(repository, tmp_path))) == plain


def test_a_sha_256_repository_proves_the_same_times(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone", object_format="sha256")
    opened(repository)
    repository.branch("side")
    commit = step(repository, FIRST, "09:21")
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("09:30"))
    repository.merge("side", at=day("09:40"))
    one = last(repository)
    assert len(commit) == 64
    assert (one.commit, one.recorded, one.grade) == (commit, clock("09:21"), Grade.OWN_CLOCK)
    assert codes(repository) == []


def test_an_octopus_merge_brings_each_sides_steps(repository: Repository) -> None:
    for number in range(3):
        repository.branch(f"side{number}", "main~0")
        repository.write(f"records/attachments/{number}.txt", "x")
        if number == 2:
            repository.append(PATH, entry("09:30", "updated"))
        repository.commit(at=day(f"09:3{number + 1}"))
        repository.switch("main")
    merge = repository.merge("side0", "side1", "side2", at=day("09:50"))
    commit = read_snapshot(Git(repository.path)).history.commits[merge]
    one = last(repository)
    assert len(commit.parents) == 4
    assert (one.recorded, one.landed) == (clock("09:33"), clock("09:50"))
    assert codes(repository) == []


def test_criss_cross_merges_lose_nothing(repository: Repository) -> None:
    one, two = entry("09:30", "updated"), entry("09:31", "updated", by="wang-lei")
    whole = repository.read(PATH)
    repository.branch("side")
    step(repository, two, "09:32")
    repository.switch("main")
    step(repository, one, "09:31")
    repository.git("tag", "was")
    repository.merge(
        "side", at=day("09:40"), edit=lambda: repository.write(PATH, f"{whole}{one}\n{two}\n")
    )
    repository.switch("side")
    repository.merge(
        "was", at=day("09:41"), edit=lambda: repository.write(PATH, f"{whole}{two}\n{one}\n")
    )
    repository.switch("main")
    repository.merge(
        "side", at=day("09:50"), edit=lambda: repository.write(PATH, f"{whole}{one}\n{two}\n")
    )
    assert [proof.recorded for proof in proven(repository).entries[2:]] == [
        clock("09:31"),
        clock("09:32"),
    ]
    assert codes(repository) == []


def test_a_merge_whose_second_parent_is_dated_years_back_lands_when_it_lands(
    repository: Repository,
) -> None:
    repository.branch("side", "main~1")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at="2019-01-01T00:00:00+08:00")
    repository.append(PATH, entry("09:25", "updated"))
    early = repository.commit(at="2019-01-02T00:00:00+08:00")
    repository.switch("main")
    repository.merge(
        "side",
        at=day("19:00"),
        edit=lambda: repository.write(
            PATH, repository.git("show", "main:" + PATH) + "\n" + entry("09:25", "updated") + "\n"
        ),
    )
    one = last(repository)
    assert one.commit == early
    assert (one.landed, one.evidence) == (clock("19:00"), clock("19:00"))
    assert one.grade is Grade.CONTRADICTED


@pytest.mark.parametrize("encoding", ["GB18030", "ISO-8859-1", "no-such-encoding", "zlib"])
def test_a_commit_in_another_encoding_is_read(repository: Repository, encoding: str) -> None:
    repository.git("config", "i18n.commitEncoding", encoding)
    message = "到场".encode("gb18030")
    tree = repository.git("write-tree")
    commit = repository.git("commit-tree", tree, "-p", "HEAD", given=message)
    repository.git("update-ref", "HEAD", commit)
    read = read_snapshot(Git(repository.path)).history.commits[commit]
    assert (read.subject == "到场") is (encoding == "GB18030")
    assert read.author.email == "li.qiang@provider.example"


@pytest.mark.parametrize(
    ("time", "read"),
    [
        (b"4102444800 +0000", 4_102_444_800),
        (b"8589934592 +9999", 8_589_934_592),
        (b"1795137660 -0000", 1_795_137_660),
    ],
)
def test_far_times_and_odd_zones_are_read_as_they_are(
    repository: Repository, time: bytes, read: int
) -> None:
    commit = rewritten(repository, b"committer", b"committer li <li@provider.example> " + time)
    assert read_snapshot(Git(repository.path)).history.time[commit] == read


@pytest.mark.parametrize("line", [b"author nobody", b"author <> 5 +0000", b"author \xff <x> y z"])
def test_a_broken_author_line_is_nobodys_identity(repository: Repository, line: bytes) -> None:
    commit = rewritten(repository, b"author", line)
    author = read_snapshot(Git(repository.path)).history.commits[commit].author
    assert author.email == ""


def rewritten(repository: Repository, key: bytes, line: bytes) -> str:
    """HEAD's commit with one header line replaced, as a new HEAD."""
    raw = repository.git("cat-file", "commit", "HEAD").encode()
    lines = [line if one.startswith(key + b" ") else one for one in raw.split(b"\n")]
    changed = b"\n".join(lines) + b"\n"
    literally = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    commit = repository.git(*literally, given=changed)
    repository.git("update-ref", "refs/heads/main", commit)
    return commit


def test_a_path_that_is_not_utf_8_is_told_in_a_form_that_can_be_printed(
    repository: Repository,
) -> None:
    blob = repository.git("hash-object", "-w", "--stdin", given=b"x")
    index = b"100644 %b 0\trecords/\xff\xfe.yaml\0" % blob.encode()
    repository.git("update-index", "-z", "--index-info", given=index)
    repository.git("commit", "-q", "-m", "odd")
    assert "records/\\xff\\xfe.yaml" in read_snapshot(Git(repository.path)).files


def test_a_submodule_is_told_by_its_mode_and_has_no_content(repository: Repository) -> None:
    repository.git(
        "update-index", "--add", "--cacheinfo", f"160000,{repository.head},records/inner"
    )
    repository.git("commit", "-q", "-m", "submodule")
    snapshot = read_snapshot(Git(repository.path))
    assert snapshot.modes["records/inner"] == "160000"
    assert "records/inner" not in snapshot.files


def test_a_submodule_where_there_never_was_a_record_is_none(repository: Repository) -> None:
    there = ticket_path("T20261120-000001")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.head},{there}")
    repository.git("commit", "-q", "-m", "submodule")
    assert codes(repository) == []


def test_a_record_replaced_by_a_submodule_is_a_record_deleted(repository: Repository) -> None:
    repository.git("rm", "-q", "--cached", PATH)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.head},{PATH}")
    repository.git("commit", "-q", "-m", "submodule")
    assert codes(repository) == ["L104"]
