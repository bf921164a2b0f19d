"""Two versions of a log, joined: what has landed first and as it stood, and every line once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.contract import entry
from weibao.history.growth.union import HeadersDiffer, added_lines, joined
from weibao.history.integrity import changes_against

PATH = "records/tickets/2026/11/20/T20261120-7K3Q9M.yaml"
HEADER = "id: T20261120-7K3Q9M\nlog:\n"
LINES = [f"{entry(f'09:{minute}', 'updated')}\n" for minute in range(10, 30)]

some_lines = st.lists(st.sampled_from(LINES), unique=True, max_size=8)


def text(lines: list[str], header: str = HEADER) -> bytes:
    return f"{header}{''.join(lines)}".encode()


@given(some_lines, some_lines, some_lines)
def test_every_entry_is_kept_once_and_what_has_landed_stands_first(
    shared: list[str], theirs: list[str], mine: list[str]
) -> None:
    landed = [*shared, *(one for one in theirs if one not in shared)]
    own = [*shared, *(one for one in mine if one not in shared)]
    result = joined(text(shared), text(landed), text(own))
    kept = result.decode().removeprefix(HEADER).splitlines(keepends=True)
    assert sorted(kept) == sorted({*landed, *own})
    assert kept[: len(landed)] == landed
    assert [one for one in kept if one in own and one not in landed] == [
        one for one in own if one not in landed
    ]
    assert changes_against({PATH: text(landed)}, {PATH: result}, "main") == ()
    assert added_lines([text(landed)], result) == len(set(own) - set(landed))


@given(some_lines, some_lines, some_lines, some_lines)
def test_it_does_not_matter_in_which_groups_three_are_joined(
    shared: list[str], first: list[str], second: list[str], third: list[str]
) -> None:
    one, two, three = (
        text([*shared, *(line for line in side if line not in shared)])
        for side in (first, second, third)
    )
    before = text(shared)
    left = joined(before, joined(before, one, two), three)
    assert left == joined(before, one, joined(before, two, three))
    assert joined(before, left, three) == left


def test_a_version_without_its_last_line_end_loses_no_entry() -> None:
    own = text(LINES[:2]).removesuffix(b"\n")
    assert joined(text(LINES[:1]), text([LINES[0], LINES[2]]), own) == text(
        [LINES[0], LINES[2], LINES[1]]
    )
    assert joined(b"log:", b"log:", b"log:\n" + LINES[0].encode()) == b"log:\n" + LINES[0].encode()


def test_a_line_that_one_side_has_taken_back_stays_away() -> None:
    assert joined(text(LINES[:2]), text(LINES[:1]), text(LINES[:3])) == text([LINES[0], LINES[2]])


def test_a_header_that_one_side_has_changed_is_taken() -> None:
    other = "id: T20261120-7K3Q9M\n# 说明\nlog:\n"
    for landed, own in ((HEADER, other), (other, HEADER), (other, other)):
        result = joined(text(LINES[:1]), text(LINES[:2], landed), text(LINES[:1], own))
        assert result == text(LINES[:2], other)


def test_headers_that_both_sides_have_changed_are_left_to_a_person() -> None:
    with pytest.raises(HeadersDiffer):
        joined(text([]), text([], "id: a\nlog:\n"), text([], "id: b\nlog:\n"))
    with pytest.raises(HeadersDiffer):
        joined(None, text([], "id: a\nlog:\n"), text([], "id: b\nlog:\n"))
