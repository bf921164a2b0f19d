"""A repository is read into one snapshot, by a bounded number of processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from building.contract import a_ticket, entry
from building.proving import OPENED, PATH, TICKET, clock, day, opened, step
from building.repository import Repository
from weibao.history.commit import Change, Identity
from weibao.history.git.reader import Git
from weibao.history.snapshot import files_at, read_snapshot, working_files
from weibao.refusal import Exit, Refusal


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "资料 库")
    opened(built)
    return built


def test_a_snapshot_holds_the_files_of_the_commit_and_not_of_the_working_tree(
    repository: Repository,
) -> None:
    repository.append(PATH, "  # not committed")
    repository.write("README.md", "not a record")
    snapshot = read_snapshot(Git(repository.path))
    assert snapshot.commit == repository.head
    assert snapshot.files == {PATH: a_ticket(TICKET, log=[OPENED]).encode()}
    assert snapshot.modes == {PATH: "100644"}


def test_commits_are_told_with_their_authors_times_and_parents(repository: Repository) -> None:
    first = repository.head
    second = repository.commit(
        "补记\n\n正文",
        at=day("10:00"),
        author_at=day("09:50"),
        by="li.qiang@provider.example",
        committer="desk@provider.example",
        name="李强",
    )
    commit = read_snapshot(Git(repository.path)).history.commits[second]
    assert commit.parents == (first,)
    assert commit.author == Identity("李强", "li.qiang@provider.example")
    assert commit.committer.email == "desk@provider.example"
    assert (commit.author_time, commit.commit_time) == (clock("09:50"), clock("10:00"))
    assert commit.subject == "补记"


def test_changes_are_told_against_every_parent_and_resolutions_apart(
    repository: Repository,
) -> None:
    base = repository.head
    repository.branch("side")
    side = step(repository, entry("09:30", "updated"), "09:31")
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    main = repository.commit(at=day("09:40"))
    merge = repository.merge("side", at=day("09:50"))
    history = read_snapshot(Git(repository.path)).history

    def blob(commit: str, path: str = PATH) -> str:
        return repository.git("rev-parse", f"{commit}:{path}")

    duty = blob(main, "records/duty.yaml")
    assert {change.commit: change for change in history.changes} == {
        base: Change(base, PATH, (), blob(base)),
        side: Change(side, PATH, (blob(base),), blob(side)),
        main: Change(main, "records/duty.yaml", (None,), duty),
    }
    assert set(history.resolutions) == {
        Change(merge, "records/duty.yaml", (duty, None), duty),
        Change(merge, PATH, (blob(base), blob(side)), blob(side)),
    }
    assert set(history.blobs) == {blob(base), blob(side), duty}


@pytest.mark.parametrize("commits", [1, 40])
def test_the_number_of_processes_does_not_grow_with_history(
    repository: Repository, commits: int
) -> None:
    for number in range(commits):
        repository.append(PATH, entry(f"2026-11-20T12:00:{number:02}+08:00", "updated"))
        repository.commit()
    git = Git(repository.path)
    history = read_snapshot(git).history
    assert len(history.commits) == commits + 1
    assert git.processes == 8


def test_a_repository_is_found_from_any_folder_inside_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = repository.path / "records" / "tickets"
    assert read_snapshot(Git(inside)) == read_snapshot(Git(repository.path))
    assert working_files(Git(inside)) == working_files(Git(repository.path))
    monkeypatch.chdir(inside)
    git = Git(Path())
    monkeypatch.chdir(repository.path.parent)
    assert read_snapshot(git).commit == repository.head


def test_git_variables_of_the_environment_are_not_heeded(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Repository(tmp_path / "other")
    other.commit("other")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    assert read_snapshot(Git(repository.path)).commit == repository.git("rev-parse", "main")


def test_a_revision_is_pinned_by_branch_before_tag(repository: Repository) -> None:
    first = repository.head
    repository.git("tag", "release", first)
    repository.branch("release")
    second = repository.commit("later")
    git = Git(repository.path)
    assert git.resolve("release") == second
    assert git.resolve("refs/tags/release") == first
    assert git.resolve("HEAD~1") == first
    assert git.resolve(first) == first


@pytest.mark.parametrize("revision", ["nowhere", "--all", "-x", "a\nb", "", "HEAD:records", "a b"])
def test_what_names_no_commit_is_a_mistake_of_usage(repository: Repository, revision: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_snapshot(Git(repository.path), revision)
    assert refused.value.exit_code is Exit.USAGE
    assert revision in str(refused.value)


def test_an_older_commit_knows_nothing_of_what_came_after(repository: Repository) -> None:
    first = repository.head
    step(repository, entry("09:30", "updated"), "09:31")
    assert list(read_snapshot(Git(repository.path), first).history.commits) == [first]


def test_the_files_of_a_commit_can_be_read_without_its_history(repository: Repository) -> None:
    first = repository.head
    step(repository, entry("09:30", "updated"), "09:31")
    git = Git(repository.path)
    snapshot = read_snapshot(git, first)
    assert files_at(git, first) == (snapshot.files, snapshot.modes)


def test_the_working_tree_is_read_as_it_lies_there(repository: Repository) -> None:
    repository.write("records/a.txt", b"\xff\r\n")
    repository.write("schemas/x.json", "{}")
    repository.write("docs/x.md", "")
    files, modes = working_files(Git(repository.path))
    assert list(files) == ["docs/x.md", "records/a.txt", PATH, "schemas/x.json"]
    assert files["records/a.txt"] == b"\xff\r\n"
    assert set(modes.values()) == {"100644"}


def test_links_and_executable_files_are_told_and_not_followed(
    repository: Repository, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("secret", encoding="utf-8")
    program = repository.write("records/run.yaml", "x")
    program.chmod(0o755)
    linked = repository.path / "records" / "linked"
    linked.symlink_to(outside, target_is_directory=True)
    repository.commit(at=day("10:00"))
    repository.git("update-index", "--chmod=+x", "records/run.yaml")
    repository.git("commit", "-q", "--amend", "-m", "executable")
    git = Git(repository.path)
    for files, modes in (working_files(git), files_at(git, "HEAD")):
        assert modes["records/linked"] == "120000"
        assert modes["records/run.yaml"] == (
            "100755" if program.stat().st_mode & 0o100 else "100644"
        )
        assert not any("secret" in path for path in files)
        assert b"secret" not in files.values()


def test_a_repository_without_records_has_none(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    repository.write("README.md", "x")
    repository.commit()
    git = Git(repository.path)
    assert read_snapshot(git).files == {}
    assert working_files(git) == ({}, {})
