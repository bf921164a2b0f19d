from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from weibao.sla.tally import Tally, tally


def test_a_share_is_count_by_whole() -> None:
    assert (Tally(3, 4).share, Tally(3, 4).rest) == (0.75, 1)
    assert Tally(0, 4).share == 0


def test_nothing_to_count_is_neither_none_nor_all() -> None:
    assert tally([]).share is None


@given(st.lists(st.booleans(), min_size=1))
def test_law_what_holds_and_what_does_not_are_the_whole(holds: list[bool]) -> None:
    found = tally(holds)
    assert found.count + tally(not one for one in holds).count == found.of == len(holds)
    assert 0 <= (found.share or 0) <= 1
