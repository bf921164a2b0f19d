"""``weibao seen`` on real repositories: what is recorded, what never is, and who wins a race."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from building.commands import process
from building.repository import Repository
from building.together import shared_repository
from weibao.history.first_sight.reading import read_seen
from weibao.history.git.reader import Git
from weibao.workspace.first_sight import places as seen_places

if TYPE_CHECKING:
    from building.commands import Ran, Weibao
    from weibao.history.first_sight.log import SeenLog

SCHEMA = Path(__file__).parents[2] / "schemas/output/seen-show.schema.json"
SEEN = "refs/weibao/seen"
BEGAN, LATER, LATEST = (f"2026-11-20T{clock}:00+08:00" for clock in ("10:00", "10:30", "11:00"))
RUN = "https://forge.example/provider/records/actions/runs/7"


class Forge:
    """A bare repository as a forge has it, a contributor's clone, and one for a workflow's run."""

    def __init__(self, folder: Path, weibao: Weibao) -> None:
        self.bare, (self.work, self.run) = shared_repository(folder / "forge")
        self.weibao = weibao
        self.run.git("remote", "rename", "origin", "forge")

    def record(self, *options: str, at: str = BEGAN, folder: Path | None = None) -> Ran:
        self.weibao.set_clock(at)
        where = folder or self.run.path
        return self.weibao(
            *("seen", "record", "--remote", "forge", "--push", *options), folder=where
        )

    def send(self, ref: str, message: str = "一步") -> str:
        """A commit of an author whose clock says whatever it likes, sent to a ref."""
        commit = self.work.commit(message, at="2026-11-19T08:00:00+08:00")
        self.work.git("push", "-q", "--force", "origin", f"HEAD:{ref}")
        return commit

    @property
    def log(self) -> SeenLog:
        return read_seen(Git(self.bare.path), self.tip).log

    @property
    def tip(self) -> str:
        return self.bare.git("rev-parse", "--verify", "-q", SEEN, check=False)


@pytest.fixture
def forge(tmp_path: Path, weibao: Weibao) -> Forge:
    return Forge(tmp_path, weibao)


def instant(at: str) -> int:
    from weibao.model.instant import parse_instant

    return parse_instant(at)


def test_the_first_run_notes_what_is_there_and_claims_nothing_of_it(forge: Forge) -> None:
    ran = forge.record()
    log = forge.log

    assert (ran.code, ran.err) == (0, "")
    assert "The log is begun with 1 ref" in ran.out
    assert log.since == instant(BEGAN)
    assert log.heads == {"refs/heads/main": forge.bare.head}
    assert log.first == {}


def test_what_came_later_is_recorded_once_with_the_time_the_ref_and_the_run(forge: Forge) -> None:
    forge.record()
    first = forge.send("refs/heads/work")
    second = forge.send("refs/heads/work")
    ran = forge.record("--run", RUN, at=LATER)

    assert ran.code == 0
    assert "2 commits" in ran.out
    assert {commit: (one.time, one.ref, one.run) for commit, one in forge.log.first.items()} == {
        commit: (instant(LATER), "refs/heads/work", RUN) for commit in (first, second)
    }
    before = forge.tip
    forge.work.git("push", "-q", "origin", "HEAD:refs/heads/main")
    assert forge.record(at=LATEST).out == "Nothing new was seen.\n"
    assert forge.tip == before


def test_a_forks_pull_request_is_seen_by_the_heads_that_the_forge_keeps(forge: Forge) -> None:
    forge.record()
    commit = forge.send("refs/pull/12/head")
    forge.send("refs/pull/12/merge", "the forge's own")
    forge.work.git("reset", "-q", "--hard", "origin/main")
    merge_request = forge.send("refs/merge-requests/3/head", "anders")
    forge.record(at=LATER)

    assert forge.log.first[commit].ref == "refs/pull/12/head"
    assert forge.log.first[merge_request].ref == "refs/merge-requests/3/head"
    assert {one.ref for one in forge.log.first.values()} == {
        "refs/pull/12/head",
        "refs/merge-requests/3/head",
    }


def test_a_tag_is_seen_by_the_commit_that_it_names_and_a_tag_of_no_commit_is_passed_over(
    forge: Forge,
) -> None:
    forge.record()
    commit = forge.work.commit("tagged alone")
    forge.work.git("tag", "-a", "v1", "-m", "v1")
    blob = forge.work.git("hash-object", "-w", "--stdin", given=b"x")
    forge.work.git("tag", "blob", blob)
    forge.work.git("push", "-q", "origin", "--tags")
    assert forge.record(at=LATER).code == 0

    assert {commit: one.ref for commit, one in forge.log.first.items()} == {commit: "refs/tags/v1"}
    assert forge.record(at=LATEST).out == "Nothing new was seen.\n"


def test_another_ref_is_seen_where_it_is_named(forge: Forge) -> None:
    forge.record()
    commit = forge.send("refs/changes/01/1")
    assert forge.record(at=LATER).out == "Nothing new was seen.\n"
    forge.record("--ref", "refs/changes/*", at=LATEST)
    assert forge.log.first[commit].ref == "refs/changes/01/1"


def test_of_several_refs_the_first_by_name_is_told(forge: Forge) -> None:
    forge.record()
    commit = forge.send("refs/pull/2/head")
    forge.work.git("push", "-q", "origin", "HEAD:refs/heads/b", "HEAD:refs/heads/a")
    forge.record(at=LATER)
    assert forge.log.first[commit].ref == "refs/heads/a"


def test_what_was_there_before_stays_left_out_when_its_branch_is_renamed(forge: Forge) -> None:
    forge.send("refs/heads/old")
    forge.record()
    forge.bare.git("update-ref", "refs/heads/new", "refs/heads/old")
    forge.bare.git("update-ref", "-d", "refs/heads/old")
    assert forge.record(at=LATER).out == "Nothing new was seen.\n"


def test_what_was_there_before_stays_left_out_when_it_is_rewritten_and_every_clone_is_fresh(
    forge: Forge, tmp_path: Path
) -> None:
    old = forge.send("refs/heads/work")
    above = forge.send("refs/heads/work")
    forge.send("refs/pull/3/head")
    forge.record()
    forge.work.git("push", "-q", "origin", ":refs/heads/work", ":refs/pull/3/head")
    forge.bare.git("reflog", "expire", "--expire=all", "--all")
    forge.bare.git("gc", "-q", "--prune=now")
    forge.work.git("reset", "-q", "--hard", old)
    rewritten = forge.send("refs/heads/other", "anders")
    fresh = forge.bare.clone(tmp_path / "fresh", "--origin", "forge")
    assert fresh.git("cat-file", "-t", above, check=False) == ""
    assert forge.record(folder=fresh.path, at=LATER).code == 0

    assert list(forge.log.first) == [rewritten]
    auditor = forge.bare.clone(tmp_path / "auditor")
    auditor.git("fetch", "-q", "origin", f"{SEEN}:{SEEN}")
    shown = forge.weibao("seen", "show", above, folder=auditor.path)
    assert shown.out.endswith("was there before the log was begun\n")


def test_a_log_begun_over_many_refs_holds_the_outermost_of_them(forge: Forge) -> None:
    forge.work.commit("one")
    for number in range(40):
        forge.work.git("update-ref", f"refs/pull/{number}/head", "HEAD")
    tip = forge.send("refs/heads/work")
    forge.work.git("push", "-q", "origin", "refs/pull/*:refs/pull/*")
    assert "42 refs" in forge.record().out

    assert len(forge.log.heads) == 42
    assert forge.bare.git("log", "--format=%P", "-1", SEEN) == tip


def test_what_was_rewritten_stays_in_the_log_for_ever(forge: Forge) -> None:
    forge.record()
    gone = forge.send("refs/heads/work")
    forge.record(at=LATER)
    forge.work.git("reset", "-q", "--hard", "HEAD~1")
    instead = forge.send("refs/heads/work", "anders")
    forge.record(at=LATEST)

    assert [(commit, one.time) for commit, one in forge.log.first.items()] == [
        (gone, instant(LATER)),
        (instead, instant(LATEST)),
    ]
    removed = forge.bare.git("log", "--format=", "--numstat", SEEN, "--", "*.jsonl").split("\n")
    assert {row.split("\t")[1] for row in removed if row} == {"0"}


def test_each_run_that_sees_something_is_one_commit_on_the_last_with_a_file_a_day(
    forge: Forge,
) -> None:
    forge.record()
    began = forge.tip
    forge.send("refs/heads/work")
    forge.record(at=LATER)

    assert forge.bare.git("rev-list", "--parents", SEEN, "^main").split("\n") == [
        f"{forge.tip} {began}",
        f"{began} {forge.bare.head}",
    ]
    names = forge.bare.git("ls-tree", "--name-only", "-r", SEEN).split("\n")
    assert names == ["2026-11-20.jsonl", "since.json"]
    assert forge.bare.git("log", "-1", "--format=%an <%ae> %ct %s", SEEN) == (
        f"weibao <weibao@seen.invalid> {instant(LATER)} First seen: 1"
    )


def test_no_file_index_branch_or_other_ref_of_the_clone_is_touched(forge: Forge) -> None:
    forge.record()
    forge.run.append("records/staff.yaml", "# changed")
    forge.run.write("new.txt", "x")
    forge.send("refs/heads/work")
    forge.send("refs/pull/1/head")

    def state() -> tuple[str, ...]:
        listed = ("status", "--porcelain"), ("ls-files", "--stage"), ("rev-parse", "HEAD")
        return tuple(forge.run.git(*one) for one in listed)

    def refs() -> set[str]:
        return set(forge.run.git("for-each-ref", "--format=%(refname)").split())

    before, known = state(), refs()
    assert forge.record(at=LATER).code == 0
    assert state() == before
    assert refs() - known <= {"refs/remotes/forge/work"}
    assert not (forge.run.path / ".git" / "FETCH_HEAD").exists()


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_forge_can_run_it_in_its_own_bare_repository(
    weibao: Weibao, tmp_path: Path, object_format: str
) -> None:
    work = Repository(tmp_path / "work", object_format=object_format)
    bare = Repository(tmp_path / "bare.git", object_format=object_format, bare=True)
    work.commit("one")
    work.git("push", "-q", bare.path.as_uri(), "main")
    own = ("seen", "record", "--remote", ".")
    assert weibao(*own, folder=bare.path).code == 0
    commit = work.commit("two")
    work.git("push", "-q", bare.path.as_uri(), "main")
    assert weibao(*own, folder=bare.path).code == 0

    shown = weibao("seen", "show", commit, "--format", "json", folder=bare.path)
    (told,) = json.loads(shown.out)["commits"]
    assert (told["state"], told["ref"], told["run"]) == ("seen", "refs/heads/main", None)


def test_without_push_the_log_is_this_clones_own(forge: Forge) -> None:
    own = ("seen", "record", "--remote", "forge")
    assert forge.weibao(*own, folder=forge.run.path).code == 0
    commit = forge.send("refs/heads/work")
    assert forge.weibao(*own, folder=forge.run.path).code == 0

    assert forge.tip == ""
    assert commit in forge.weibao("seen", "show", folder=forge.run.path).out


def test_two_runs_at_once_both_record_and_neither_loses_the_others_line(
    forge: Forge, tmp_path: Path
) -> None:
    forge.record()
    clones = [forge.bare.clone(tmp_path / f"run{number}") for number in range(2)]
    arguments = ("seen", "record", "--push", "--run")
    commits = [forge.send("refs/heads/b0"), forge.send("refs/heads/b1")]
    runs = [process(one, *arguments, f"r{number}") for number, one in enumerate(clones)]
    commits += [forge.send("refs/heads/b2"), forge.send("refs/heads/b3")]
    runs += [process(one, *arguments, "late") for one in clones]
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(lambda run: (run.communicate(timeout=300), run.returncode), runs))

    assert [code for _, code in said] == [0] * 4, said
    assert set(forge.log.first) == set(commits)
    assert forge.bare.git("rev-list", "--merges", SEEN, "^main") == ""
    removed = forge.bare.git("log", "--format=", "--numstat", SEEN, "--", "*.jsonl").split("\n")
    assert {row.split("\t")[1] for row in removed if row} == {"0"}


def test_two_first_runs_at_once_begin_one_log(forge: Forge, tmp_path: Path) -> None:
    clones = [forge.bare.clone(tmp_path / f"run{number}") for number in range(3)]
    runs = [process(one, "seen", "record", "--push") for one in clones]
    said = [(run.communicate(timeout=300), run.returncode) for run in runs]

    assert [code for _, code in said] == [0] * 3, said
    assert forge.bare.git("rev-list", "--count", SEEN, "^main") == "1"


def test_a_run_that_is_overtaken_while_it_writes_starts_again_from_the_others_log(
    forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.record()
    commit = forge.send("refs/heads/work")
    other = forge.bare.clone(tmp_path / "other")
    move = seen_places.There.move
    overtaken = []

    def late(place: seen_places.There, before: str, after: str) -> bool:
        if not overtaken:
            overtaken.append(before)
            forge.work.git("switch", "-q", "-c", "more")
            overtaken.append(forge.send("refs/heads/more"))
            run = process(other, "seen", "record", "--push", "--run", "faster", now=LATER)
            assert run.wait(timeout=300) == 0
            run.communicate()
        return move(place, before, after)

    monkeypatch.setattr(seen_places.There, "move", late)
    assert forge.record("--run", "slower", at=LATEST).code == 0
    assert {one: sighting.run for one, sighting in forge.log.first.items()} == {
        commit: "faster",
        overtaken[1]: "faster",
    }


def test_a_forge_that_refuses_the_push_is_told_and_nothing_is_kept_here(forge: Forge) -> None:
    forge.record()
    before = forge.tip
    forge.send("refs/heads/work")
    hook = forge.bare.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho refs/weibao is protected >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    forge.bare.git("config", "core.hooksPath", "hooks")
    ran = forge.record(at=LATER)

    assert ran.code == 3
    assert "refs/weibao is protected" in ran.err
    assert "contents: write" in ran.err
    assert forge.tip == before
    assert forge.run.git("for-each-ref", SEEN) == ""


def test_without_a_network_nothing_is_recorded_and_the_next_run_makes_up_for_it(
    forge: Forge,
) -> None:
    forge.record()
    commit = forge.send("refs/heads/work")
    away = forge.bare.path.with_name("away.git")
    forge.bare.path.rename(away)
    ran = forge.record(at=LATER)
    assert ran.code == 3
    assert "the next run records" in ran.err
    away.rename(forge.bare.path)
    forge.record(at=LATEST)
    assert forge.log.first[commit].time == instant(LATEST)


def test_a_log_that_somebody_has_damaged_is_refused_and_never_written_over(forge: Forge) -> None:
    forge.record()
    forge.send("refs/heads/work")
    blob = forge.bare.git("hash-object", "-w", "--stdin", given=b"{}\n")
    for name, line in (("since.json", "Line 1 of since.json"), ("x", "something else than")):
        row = f"100644 blob {blob}\t{name}\n"
        tree = forge.bare.git("mktree", given=row.encode())
        forge.bare.git("update-ref", SEEN, forge.bare.git("commit-tree", "-m", "x", tree))
        before = forge.tip
        ran = forge.record(at=LATER)
        assert ran.code == 3
        assert line in ran.err
        assert forge.tip == before


def test_a_shallow_clone_is_refused(forge: Forge, tmp_path: Path) -> None:
    forge.send("refs/heads/main")
    shallow = forge.bare.clone(tmp_path / "shallow", "--depth", "1", "--origin", "forge")
    ran = forge.record(folder=shallow.path)
    assert ran.code == 3
    assert "shallow" in ran.err
    assert forge.tip == ""


def test_a_remote_without_a_ref_begins_no_log(weibao: Weibao, tmp_path: Path) -> None:
    Repository(tmp_path / "empty.git", bare=True)
    ran = weibao("seen", "record", "--remote", (tmp_path / "empty.git").as_uri(), "--push")
    assert ran.code == 2
    assert "nothing to see" in ran.err


@pytest.mark.parametrize("run", ["a\nb", "\x1b[2J", "x" * 201])
def test_a_run_that_is_no_address_is_misuse(forge: Forge, run: str) -> None:
    assert forge.record("--run", run).code == 2
    assert forge.tip == ""


@pytest.mark.parametrize("remote", ["--upload-pack=false", "nowhere", "ext::sh -c x"])
def test_a_remote_that_is_none_is_refused_and_nothing_is_run(weibao: Weibao, remote: str) -> None:
    ran = weibao("seen", "record", f"--remote={remote}")
    assert ran.code == 3


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_REPOSITORY": "provider/records",
                "GITHUB_RUN_ID": "7",
                "GITHUB_RUN_NUMBER": "3",
            },
            "https://github.com/provider/records/actions/runs/7",
        ),
        (
            {
                "GITHUB_ACTIONS": "true",
                "GITEA_ACTIONS": "true",
                "GITHUB_SERVER_URL": "https://git.example",
                "GITHUB_REPOSITORY": "provider/records",
                "GITHUB_RUN_ID": "7",
                "GITHUB_RUN_NUMBER": "3",
            },
            "https://git.example/provider/records/actions/runs/3",
        ),
        (
            {"GITLAB_CI": "true", "CI_JOB_URL": "https://gitlab.example/p/r/-/jobs/9"},
            "https://gitlab.example/p/r/-/jobs/9",
        ),
        ({"GITHUB_RUN_ID": "7"}, ""),
    ],
)
def test_a_run_names_itself_by_what_its_forge_says(
    forge: Forge, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
) -> None:
    for name in [one for one in os.environ if one.startswith(("GITHUB_", "GITLAB_", "CI_"))]:
        monkeypatch.delenv(name)
    forge.record()
    commit = forge.send("refs/heads/work")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert forge.record(at=LATER).code == 0
    assert forge.log.first[commit].run == address


def test_it_tells_of_a_commit_when_it_was_first_seen_or_that_it_was_not(
    forge: Forge, tmp_path: Path
) -> None:
    before = forge.work.head
    forge.record()
    commit = forge.send("refs/heads/work")
    forge.record("--run", RUN, at=LATER)
    auditor = forge.bare.clone(tmp_path / "auditor")
    own = auditor.commit("never sent")

    def show(*arguments: str) -> Ran:
        return forge.weibao("seen", "show", *arguments, folder=auditor.path)

    assert show().code == 3
    assert f"git fetch origin {SEEN}:{SEEN}" in show().err
    auditor.git("fetch", "-q", "origin", "refs/weibao/*:refs/weibao/*")
    assert show(commit).out == (
        "Kept since 2026-11-20 10:00:00; there by then: 1 ref; seen since then: 1 commit\n"
        f"{commit}  2026-11-20 10:30:00  refs/heads/work  {RUN}\n"
    )
    assert show(before).out.endswith("was there before the log was begun\n")
    assert show(own).out.endswith("has not been seen\n")
    assert show("nonsense").code == 2
    assert commit in show().out
    for arguments in ((), (commit,), (before,), (own,)):
        told = json.loads(show(*arguments, "--format", "json").out)
        Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
        assert told["since"] == BEGAN
    assert "此后见到 1 个提交" in forge.weibao("seen", "show", folder=auditor.path, lang="zh").out


def test_an_auditor_whose_fetch_forces_nothing_is_told_when_the_log_is_rewritten(
    forge: Forge, tmp_path: Path
) -> None:
    forge.record()
    auditor = forge.bare.clone(tmp_path / "auditor")
    auditor.git("config", "--add", "remote.origin.fetch", "refs/weibao/*:refs/weibao/*")
    auditor.git("fetch", "-q")
    held = auditor.git("rev-parse", SEEN)
    forge.bare.git("update-ref", "-d", SEEN)
    forge.record(at=LATER)

    with pytest.raises(AssertionError, match="non-fast-forward"):
        auditor.git("fetch")
    assert auditor.git("rev-parse", SEEN) == held


def test_a_clones_own_log_moves_on_only_from_where_it_was(forge: Forge) -> None:
    own = seen_places.Here(forge.run.path)
    first, second = forge.run.head, forge.run.commit("x")

    assert own.tip() == ""
    assert own.move("", first)
    assert not own.move("", second)
    assert not own.move(second, second)
    assert own.tip() == first
    assert own.move(first, second)
    assert own.tip() == second


def test_a_clone_fetches_the_log_and_its_verdicts_rest_on_it_from_then_on(
    forge: Forge, tmp_path: Path
) -> None:
    auditor = forge.bare.clone(tmp_path / "auditor")

    def fetch() -> Ran:
        return forge.weibao("seen", "fetch", folder=auditor.path)

    assert fetch().out == "origin keeps no log of what was seen first.\n"
    forge.record()
    assert fetch().out == f"The log is here now, commit {forge.tip[:12]}.\n"
    assert "was here already" in fetch().out
    told = forge.weibao("sla", "--format", "json", folder=auditor.path)
    assert json.loads(told.out)["seen_log"] == forge.tip


def test_a_log_that_was_rewritten_takes_nothing_from_a_clone_that_has_it(
    forge: Forge, tmp_path: Path
) -> None:
    auditor = forge.bare.clone(tmp_path / "auditor")
    forge.record()
    assert forge.weibao("seen", "fetch", folder=auditor.path).code == 0
    held = auditor.git("rev-parse", SEEN)
    forge.bare.git("update-ref", "-d", SEEN)
    forge.record(at=LATER)
    ran = forge.weibao("seen", "fetch", folder=auditor.path)
    assert ran.code == 3
    assert "no longer contains" in ran.err
    assert auditor.git("rev-parse", SEEN) == held
