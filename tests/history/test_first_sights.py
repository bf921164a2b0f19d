"""What the forge saw first stands in place of the landing, and is a witness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.contract import entry
from building.proving import clock, day, last, opened, step
from building.repository import Repository
from building.sightings import keep_files, keep_log
from weibao.history.first_sight.log import SeenLog, Sighting, seen_files
from weibao.history.first_sight.reading import seen_integrity, seen_steps
from weibao.history.git.reader import Git
from weibao.history.git.refs import SEEN_REF
from weibao.history.proven import Grade
from weibao.history.sights import NOTHING_SEEN
from weibao.history.snapshot import read_snapshot
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

ACKNOWLEDGED = entry("09:20", "acknowledged")
LATER = entry("12:00", "arrived")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "clone")
    opened(built)
    return built


def test_without_a_log_nothing_is_first_seen(repository: Repository) -> None:
    step(repository, ACKNOWLEDGED, "09:21")
    snapshot = read_snapshot(Git(repository.path))
    assert (snapshot.seen_log, snapshot.history.sights) == ("", NOTHING_SEEN)
    assert last(repository).first_seen is None


@pytest.mark.parametrize(
    ("seen", "evidence", "grade"),
    [
        ("09:21", "09:21", Grade.SUPPORTED),
        ("13:21", "09:21", Grade.OWN_CLOCK),
        ("13:22", "13:22", Grade.LATE),
        ("09:18", "09:18", Grade.SUPPORTED),
        ("09:14", "09:14", Grade.CONTRADICTED),
    ],
)
def test_a_first_sight_stands_in_place_of_the_landing(
    repository: Repository, seen: str, evidence: str, grade: Grade
) -> None:
    commit = step(repository, ACKNOWLEDGED, "09:21")
    keep_log(repository, {commit: day(seen)})
    one = last(repository)
    assert (one.first_seen, one.evidence, one.grade) == (clock(seen), clock(evidence), grade)
    assert one.landed == clock("09:21")


def test_work_that_the_forge_saw_in_time_is_not_late_for_landing_late(
    repository: Repository,
) -> None:
    repository.branch("change")
    commit = step(repository, ACKNOWLEDGED, "09:21")
    repository.switch("main")
    repository.merge("change", at=day("18:00"))
    assert last(repository).grade is Grade.LATE
    keep_log(repository, {commit: day("09:22")})
    assert (last(repository).grade, last(repository).evidence) == (
        Grade.SUPPORTED,
        clock("09:21"),
    )


def test_a_commit_and_a_merge_dated_back_gain_nothing_where_the_forge_saw_them(
    repository: Repository,
) -> None:
    commit = step(repository, ACKNOWLEDGED, "09:21")
    assert last(repository).grade is Grade.SUPPORTED
    keep_log(repository, {commit: day("23:00")})
    assert (last(repository).grade, last(repository).evidence) == (Grade.LATE, clock("23:00"))


def test_a_commit_that_no_run_saw_was_there_when_its_first_seen_descendant_was(
    repository: Repository,
) -> None:
    step(repository, ACKNOWLEDGED, "09:21")
    after = repository.commit(at=day("09:30"))
    keep_log(repository, {after: day("18:00")})
    one = last(repository)
    assert (one.first_seen, one.shown, one.witnessed) == (None, clock("18:00"), clock("18:00"))
    assert one.grade is Grade.LATE


def test_what_is_newer_than_the_log_is_shown_by_its_landing(repository: Repository) -> None:
    keep_log(repository, {repository.head: day("09:14")})
    step(repository, ACKNOWLEDGED, "09:21")
    one = last(repository)
    assert (one.shown, one.witnessed, one.grade) == (clock("09:21"), None, Grade.SUPPORTED)


def test_what_was_there_before_the_log_was_begun_is_witnessed_by_its_beginning(
    repository: Repository,
) -> None:
    commit = step(repository, ACKNOWLEDGED, "09:21")
    keep_files(repository, seen_files(SeenLog(clock("12:00"), {"refs/heads/main": commit}, {})))
    one = last(repository)
    assert (one.shown, one.witnessed, one.grade) == (
        clock("09:21"),
        clock("12:00"),
        Grade.SUPPORTED,
    )


def test_the_log_says_nothing_of_commits_that_the_history_does_not_have(
    repository: Repository,
) -> None:
    keep_log(repository, {"a" * 40: day("09:21")})
    assert read_snapshot(Git(repository.path)).history.sights.first == {}


def test_a_ref_that_holds_no_log_is_refused(repository: Repository) -> None:
    repository.git("update-ref", "refs/weibao/seen", "HEAD")
    with pytest.raises(Refusal, match="something else than the log") as refused:
        last(repository)
    assert refused.value.facts["ref"] == repository.head[:12]


def broken(repository: Repository) -> list[str]:
    """The commits of the log that did not only add to it."""
    git = Git(repository.path)
    check = seen_integrity(seen_steps(git, git.find(SEEN_REF)))
    assert check.examined
    assert {one.code for one in check.findings} <= {"L109"}
    return [str(one.facts["commit"]) for one in check.findings]


def test_a_log_that_only_grew_is_sound_by_day_and_over_midnight(repository: Repository) -> None:
    commit = step(repository, ACKNOWLEDGED, "09:21")
    seen = {commit: day("09:22")}
    keep_log(repository, {})
    keep_log(repository, seen)
    seen[repository.commit(at=day("10:00"))] = day("10:01")
    keep_log(repository, seen)
    seen[repository.commit(at="2026-11-21T10:00:00+08:00")] = "2026-11-21T10:01:00+08:00"
    keep_log(repository, seen)
    assert broken(repository) == []


def test_a_line_changed_or_slipped_in_or_a_file_dropped_is_found_even_when_it_is_put_back(
    repository: Repository,
) -> None:
    first, second = repository.commit(at=day("10:00")), repository.commit(at=day("10:05"))
    honest = {first: day("10:01"), second: day("10:06")}
    keep_log(repository, honest)
    cheats = [
        keep_log(repository, honest | {second: day("10:03")}, by="li.qiang@provider.example"),
        keep_log(repository, {second: day("10:06")}),
        keep_log(repository, {}),
    ]
    keep_log(repository, honest)
    slipped_in = keep_log(repository, {"b" * 40: day("10:00")} | honest)
    assert broken(repository) == [*cheats, slipped_in]


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-20"])
def test_nobody_adds_to_a_day_that_is_over(repository: Repository, day: str) -> None:
    first, second = repository.commit(at="2026-11-20T10:00:00+08:00"), repository.commit()
    seen = {first: "2026-11-20T10:01:00+08:00", second: "2026-11-21T10:01:00+08:00"}
    keep_log(repository, seen)
    late = keep_log(repository, {"b" * 40: f"{day}T10:02:00+08:00"} | seen)
    assert broken(repository) == [late]


def test_a_log_begun_a_second_time_and_joined_is_found(repository: Repository) -> None:
    keep_log(repository, {})
    other = repository.git("commit-tree", "-m", "x", f"{SEEN_REF}^{{tree}}")
    git = ("commit-tree", "-p", SEEN_REF, "-p", other, "-m", "x")
    repository.git("update-ref", SEEN_REF, repository.git(*git, f"{SEEN_REF}^{{tree}}"))
    listed = ("rev-list", "--topo-order", "--reverse", "--max-parents=0", SEEN_REF)
    assert broken(repository) == repository.git(*listed).split()


def test_the_log_ends_where_what_was_there_before_it_begins(repository: Repository) -> None:
    head = repository.head
    since = SeenLog(clock("08:00"), {"refs/heads/main": head}, {})
    began = keep_files(repository, seen_files(since), parents=[head])
    keep_files(
        repository,
        seen_files(replace(since, first={"a" * 40: Sighting(clock("09:30"), "refs/heads/x", "")})),
    )
    git = Git(repository.path)
    steps = seen_steps(git, git.find(SEEN_REF))
    assert {one.commit for one in steps} == {began, git.find(SEEN_REF)}
    assert seen_integrity(steps).passed


def test_a_log_that_names_itself_as_what_was_there_before_hides_nothing(
    repository: Repository,
) -> None:
    commit = step(repository, ACKNOWLEDGED, "09:21")
    honest = keep_log(repository, {commit: day("14:00")})
    heads = {"refs/heads/x": honest}
    cheat = SeenLog(clock("08:00"), heads, {commit: Sighting(clock("09:22"), "refs/heads/x", "")})
    cheated = keep_files(repository, seen_files(cheat))
    assert set(broken(repository)) == {cheated}


def test_the_log_is_checked_in_a_bare_repository_as_well(
    repository: Repository, tmp_path: Path
) -> None:
    keep_log(repository, {repository.head: day("10:00")})
    bare = tmp_path / "bare.git"
    repository.git("clone", "-q", "--mirror", repository.path.as_uri(), str(bare))
    git = Git(bare)
    assert seen_integrity(seen_steps(git, git.find(SEEN_REF))).passed
    assert read_snapshot(git).history.sights.first == {repository.head: clock("10:00")}
