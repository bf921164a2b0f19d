"""A checkpoint: its digest as anyone computes it, its form, and what a changed history makes of it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.contract import entry
from building.proving import PATH, opened, step
from building.repository import Repository
from weibao.history.checkpoints.checkpoint import (
    Checkpoint,
    checkpoint_bytes,
    checkpoint_of,
    contents_of,
    read_checkpoint,
    verify_checkpoint,
)
from weibao.history.checkpoints.kept import contents_at
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.finding import Finding

BY_CHECKOUT = "git ls-files -z records | xargs -0 sha256sum | sha256sum"
BY_COMMIT = (
    "git ls-tree -r -z --name-only HEAD records | xargs -0 -n 1 sh -c "
    """'printf "%s  %s\\n" "$(git cat-file blob "HEAD:$0" | sha256sum | cut -c 1-64)" "$0"'"""
    " | sha256sum"
)
GOOD = checkpoint_bytes(Checkpoint("a" * 40, "b" * 40, 3, "c" * 64))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "clone")
    made.write("records/staff.yaml", "people: {}\n")
    made.write("records/attachments/3f/照片 1.jpg", b"\xff\xd8\x00")
    made.write("records/tickets-old", "between tickets and tickets/\n")
    opened(made)
    return made


def checkpoint(repository: Repository, commit: str = "HEAD") -> Checkpoint:
    snapshot = read_snapshot(Git(repository.path), commit)
    return checkpoint_of(snapshot.history, snapshot.commit, contents_of(snapshot.files))


def held(repository: Repository, one: Checkpoint) -> list[str]:
    git = Git(repository.path)
    history = read_snapshot(git).history
    contents = contents_at(git, history.commits.keys() & {one.commit})
    found = verify_checkpoint("kept.json", one, history, contents)
    return [f"{each.code} {each.facts.get('key', each.facts.get('fault'))}" for each in found]


@pytest.mark.parametrize("command", [BY_CHECKOUT, BY_COMMIT])
def test_the_digest_is_what_git_and_sha256sum_print(repository: Repository, command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", command], cwd=repository.path, capture_output=True, check=True
    )
    assert done.stdout.decode().split()[0] == checkpoint(repository).sha256


def test_the_documents_give_these_commands() -> None:
    written = (Path(__file__).parents[2] / "docs/formats.md").read_text(encoding="utf-8")
    assert BY_CHECKOUT in written
    assert BY_COMMIT in written


def test_commit_and_tree_are_what_git_calls_them(repository: Repository) -> None:
    one = checkpoint(repository)
    assert one.commit == repository.head
    assert one.tree == repository.git("rev-parse", "HEAD^{tree}")
    assert one.records == 4


def test_files_beside_the_records_do_not_count(repository: Repository) -> None:
    before = checkpoint(repository)
    repository.write("schemas/x.json", "{}\n")
    repository.write("records.txt", "no record\n")
    repository.commit()
    after = checkpoint(repository)
    assert (after.records, after.sha256) == (before.records, before.sha256)
    assert after.tree != before.tree


def test_submodules_are_left_out_and_links_are_what_they_name(repository: Repository) -> None:
    before = checkpoint(repository).records
    named = repository.git("hash-object", "-w", "--stdin", given=b"staff.yaml")
    for facts in (f"160000,{repository.head},records/sub", f"120000,{named},records/link"):
        repository.git("update-index", "--add", "--cacheinfo", facts)
    repository.git("commit", "-q", "-m", "x")
    one = checkpoint(repository)
    assert one.records == before + 1
    assert held(repository, one) == []


def test_a_repository_without_records_has_a_checkpoint_of_none() -> None:
    assert contents_of({}).records == 0
    assert (
        contents_of({}).sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_a_sha256_repository_has_checkpoints_too(tmp_path: Path) -> None:
    made = Repository(tmp_path / "clone", object_format="sha256")
    opened(made)
    one = checkpoint(made)
    assert len(one.commit) == len(one.tree) == 64
    assert read_checkpoint("x", checkpoint_bytes(one)) == one
    assert held(made, one) == []


def test_a_history_that_grows_still_contains_every_checkpoint(repository: Repository) -> None:
    kept = [checkpoint(repository)]
    for minute in range(20, 25):
        step(repository, entry(f"09:{minute}", "updated"), f"09:{minute}")
        kept.append(checkpoint(repository))
    repository.branch("side", "HEAD~2")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit()
    repository.switch("main")
    repository.merge("side")
    assert [held(repository, one) for one in kept] == [[]] * 6


def test_a_rewritten_history_no_longer_contains_the_checkpoint(repository: Repository) -> None:
    step(repository, entry("09:40", "acknowledged"), "10:20")
    one = checkpoint(repository)
    repository.git("reset", "-q", "--hard", "HEAD~1")
    step(repository, entry("09:40", "acknowledged"), "09:41")
    assert held(repository, one) == ["L110 not in the history"]


def test_a_checkpoint_of_another_repository_is_not_in_the_history(
    repository: Repository, tmp_path: Path
) -> None:
    other = Repository(tmp_path / "other")
    opened(other)
    assert held(repository, checkpoint(other)) == ["L110 not in the history"]


def test_a_merge_that_puts_the_official_branch_second_leaves_the_checkpoint_in_the_history(
    repository: Repository,
) -> None:
    repository.branch("side")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit()
    repository.switch("main")
    step(repository, entry("09:40", "acknowledged"), "09:41")
    one = checkpoint(repository)
    repository.switch("side")
    repository.merge("main")
    repository.git("branch", "-f", "main", "side")
    repository.switch("main")
    assert held(repository, one) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [({"tree": "0" * 40}, "tree"), ({"records": 9}, "records"), ({"sha256": "0" * 64}, "sha256")],
)
def test_a_checkpoint_that_was_changed_says_otherwise(
    repository: Repository, change: dict[str, object], key: str
) -> None:
    assert held(repository, replace(checkpoint(repository), **change)) == [f"L111 {key}"]


def test_a_checkpoint_reads_back_from_its_bytes() -> None:
    one = read_checkpoint("x.json", GOOD)
    assert isinstance(one, Checkpoint)
    assert checkpoint_bytes(one) == GOOD


@pytest.mark.parametrize("cut", range(0, len(GOOD) - 2, 7))
def test_a_truncated_checkpoint_is_none(cut: int) -> None:
    found = read_checkpoint("x.json", GOOD[:cut])
    assert isinstance(found, Finding)
    assert (found.code, found.place.path) == ("L112", "x.json")
    assert found.facts["fault"] == "not whole JSON"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (GOOD + b" " * (1 << 20), "too large for a checkpoint"),
        (b"[" * 4000, "not whole JSON"),
        (GOOD.decode().encode("utf-16"), "not whole JSON"),
        (b"\xef\xbb\xbf" + GOOD, "not whole JSON"),
        (GOOD.replace(b'"tree"', b'"commit"'), "not whole JSON"),
        (b"[]", "not a checkpoint"),
        (b"null", "not a checkpoint"),
        (b'"x"', "not a checkpoint"),
        (GOOD.replace(b"{", b'{"more": 1,', 1), "not a checkpoint"),
        (GOOD.replace(b'"checkpoint": 1', b'"checkpoint": 2'), "not a checkpoint"),
        (GOOD.replace(b'"checkpoint": 1', b'"checkpoint": true'), "not a checkpoint"),
        (GOOD.replace(b'"checkpoint": 1', b'"checkpoint": 1.0'), "not a checkpoint"),
        (GOOD.replace(b'"records": 3', b'"records": -3'), "not a checkpoint"),
        (GOOD.replace(b'"records": 3', b'"records": true'), "not a checkpoint"),
        (GOOD.replace(b'"records": 3', b'"records": 3.0'), "not a checkpoint"),
        (GOOD.replace(b"aaaa", b"AAAA"), "not a checkpoint"),
        (GOOD.replace(b"a" * 40, b"a" * 39), "not a checkpoint"),
        (GOOD.replace(b'"%b"' % (b"a" * 40), b"null"), "not a checkpoint"),
        (GOOD.replace(b"c" * 64, b"c" * 63 + b"\\n"), "not a checkpoint"),
    ],
)
def test_what_is_no_checkpoint_is_found(raw: bytes, fault: str) -> None:
    found = read_checkpoint("x.json", raw)
    assert isinstance(found, Finding)
    assert (found.code, found.facts["fault"]) == ("L112", fault)


def test_space_and_the_order_of_keys_do_not_matter() -> None:
    turned = json.dumps(dict(reversed(json.loads(GOOD).items()))).encode()
    assert read_checkpoint("x", turned) == read_checkpoint("x", GOOD)


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_bytes_bring_more_than_a_finding(raw: bytes) -> None:
    assert isinstance(read_checkpoint("x", raw), Finding)


@given(st.dictionaries(st.text(min_size=1).map("records/".__add__), st.binary(max_size=9)))
def test_the_digest_does_not_depend_on_the_order_of_the_files(files: dict[str, bytes]) -> None:
    safe = {path.encode(errors="ignore").decode(): raw for path, raw in files.items()}
    assert contents_of(safe) == contents_of(dict(reversed(safe.items())))
    assert contents_of(safe).records == len(safe)


def test_contents_read_from_git_are_those_of_the_snapshot(repository: Repository) -> None:
    commits = [repository.head]
    commits.append(step(repository, entry("09:40", "acknowledged"), "09:41"))
    repository.remove(PATH)
    commits.append(repository.commit())
    git = Git(repository.path)
    expected = {one: contents_of(read_snapshot(git, one).files) for one in commits}
    assert contents_at(git, commits) == expected
    assert len({one.sha256 for one in expected.values()}) == 3
