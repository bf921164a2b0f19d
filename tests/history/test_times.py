"""Times never run backwards, a distrusted clock is passed over, and landing is by first parents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from weibao.history.commit import Commit, Identity
from weibao.history.history import History

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = Identity("", "")


def history(*rows: tuple[str, str, int], head: str = "") -> History:
    """Commits as (id, its parents' ids in one string, committer time), parents first."""
    commits = {
        name: Commit(name, tuple(parents), NOBODY, at, NOBODY, at, "") for name, parents, at in rows
    }
    last = head or rows[-1][0]
    return History(last, commits)


def believing(told: History, distrusted: Iterable[str]) -> History:
    return replace(told, distrusted=frozenset(distrusted))


def test_a_commit_set_back_has_its_parents_time() -> None:
    assert history(("a", "", 100), ("b", "a", 50), ("c", "b", 120)).time == {
        "a": 100,
        "b": 100,
        "c": 120,
    }


def test_a_merge_has_the_latest_of_its_own_and_its_parents_times() -> None:
    rows = (("a", "", 10), ("b", "a", 90), ("c", "a", 40), ("m", "bc", 60))
    assert history(*rows).time["m"] == 90


def test_every_commit_lands_with_the_first_of_the_first_parent_line_that_reaches_it() -> None:
    rows = (
        ("a", "", 1),
        ("b", "a", 2),
        ("x", "a", 1),
        ("m", "bx", 3),
        ("y", "x", 2),
        ("n", "my", 4),
    )
    assert history(*rows).landing == {"a": "a", "b": "b", "x": "m", "m": "m", "y": "n", "n": "n"}


def test_a_distrusted_commit_has_the_time_of_the_next_one_that_is_trusted() -> None:
    told = history(("a", "", 10), ("b", "a", 9999), ("c", "b", 30))
    assert told.time == {"a": 10, "b": 9999, "c": 9999}
    assert believing(told, {"b": "时钟"}).time == {"a": 10, "b": 30, "c": 30}


def test_of_several_descendants_the_earliest_counts() -> None:
    told = history(("a", "", 10), ("b", "a", 9999), ("c", "b", 50), ("d", "b", 30), ("m", "cd", 60))
    assert believing(told, {"b": ""}).time["b"] == 30


def test_two_distrusted_commits_in_a_row_wait_for_the_same_one() -> None:
    told = history(("a", "", 10), ("b", "a", 9999), ("c", "b", 8888), ("d", "c", 30))
    assert believing(told, {"b": "", "c": ""}).time == {"a": 10, "b": 30, "c": 30, "d": 30}


def test_a_distrusted_commit_that_nothing_follows_keeps_its_own_time() -> None:
    told = history(("a", "", 10), ("b", "a", 9999))
    assert believing(told, {"b": ""}).time == {"a": 10, "b": 9999}


def test_distrusting_a_commit_of_another_history_changes_nothing() -> None:
    told = history(("a", "", 10), ("b", "a", 20))
    assert believing(told, {"z": ""}).time == told.time


@st.composite
def histories(draw: st.DrawFn) -> History:
    count = draw(st.integers(1, 12))
    names = "abcdefghijkl"[:count]
    rows = []
    for at, name in enumerate(names):
        parents = draw(st.sets(st.sampled_from(names[:at]), max_size=3)) if at else set()
        rows.append((name, "".join(sorted(parents)), draw(st.integers(0, 100))))
    return history(*rows)


@given(histories(), st.sets(st.sampled_from("abcdefghijkl")))
def test_time_never_decreases_from_parent_to_child(told: History, distrusted: set[str]) -> None:
    believed = believing(told, dict.fromkeys(distrusted, ""))
    for one in (told, believed):
        for commit in one.commits.values():
            assert all(one.time[parent] <= one.time[commit.id] for parent in commit.parents)


@given(histories(), st.sets(st.sampled_from("abcdefghijkl")))
def test_a_trusted_commit_is_never_dated_before_its_own_clock(
    told: History, distrusted: set[str]
) -> None:
    believed = believing(told, dict.fromkeys(distrusted, ""))
    for commit in told.commits.values():
        if commit.id not in distrusted:
            assert commit.commit_time <= believed.time[commit.id] <= told.time[commit.id]


@given(histories())
def test_what_has_landed_is_on_the_first_parent_line_and_everything_behind_it_lands_by_then(
    told: History,
) -> None:
    line = {told.head}
    here = told.head
    while told.commits[here].parents:
        here = told.commits[here].parents[0]
        line.add(here)
    assert set(told.landing.values()) <= line
    assert all(told.landing[commit] == commit for commit in line)
    for commit, landing in told.landing.items():
        assert told.time[commit] <= told.time[landing]
