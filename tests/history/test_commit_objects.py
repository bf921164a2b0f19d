"""What a raw commit object says, to the last second that a calendar can show."""

from __future__ import annotations

import pytest

from weibao.history.git.objects import LAST_INSTANT, read_commit
from weibao.refusal import Refusal

ID = "c" * 40


def raw(*, committed: int, authored: int) -> bytes:
    return (
        f"tree {'a' * 40}\n"
        f"author li <li.qiang@provider.example> {authored} +0800\n"
        f"committer li <li.qiang@provider.example> {committed} +0800\n\n记录\n"
    ).encode()


def test_the_last_second_that_a_calendar_can_show_is_a_time_and_the_next_is_none() -> None:
    last = read_commit(ID, raw(committed=LAST_INSTANT, authored=LAST_INSTANT))
    assert (last.commit_time, last.author_time) == (LAST_INSTANT, LAST_INSTANT)

    with pytest.raises(Refusal):
        read_commit(ID, raw(committed=LAST_INSTANT + 1, authored=0))


def test_an_author_whose_time_nobody_can_show_wrote_when_it_was_committed() -> None:
    assert read_commit(ID, raw(committed=60, authored=LAST_INSTANT + 1)).author_time == 60
    assert read_commit(ID, raw(committed=60, authored=59)).author_time == 59
