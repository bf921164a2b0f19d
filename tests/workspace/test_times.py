"""Times as they are typed: by clock, by how long ago, whole, and by a Chinese keyboard."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.model.instant import format_instant, parse_instant
from weibao.refusal import Refusal
from weibao.workspace.times.when import parse_when

ZONE = ZoneInfo("Asia/Shanghai")
NOW = parse_instant("2026-11-20T22:30:00+08:00")
FULL_WIDTH = {ord(one): chr(ord(one) + 0xFEE0) for one in "0123456789:-"}


def meant(text: str) -> str:
    return format_instant(parse_when(text, NOW, ZONE), ZONE)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("now", "2026-11-20T22:30:00+08:00"),
        ("22:05", "2026-11-20T22:05:00+08:00"),
        ("２２：０５", "2026-11-20T22:05:00+08:00"),
        ("22：05", "2026-11-20T22:05:00+08:00"),
        ("23:50", "2026-11-19T23:50:00+08:00"),
        ("-20m", "2026-11-20T22:10:00+08:00"),
        ("-1h30m", "2026-11-20T21:00:00+08:00"),
        ("-1d2h3m4s", "2026-11-19T20:26:56+08:00"),
        ("2026-11-23 09:12", "2026-11-23T09:12:00+08:00"),
        ("2026-11-23　09：12", "2026-11-23T09:12:00+08:00"),
        ("2026-11-23T09:12:00+08:00", "2026-11-23T09:12:00+08:00"),
    ],
)
def test_a_time_is_what_whoever_types_it_means(text: str, instant: str) -> None:
    assert meant(text) == instant


@pytest.mark.parametrize("text", ["", "noon", "-", "-1h30", "-1wd", "-0m", "25:00", "1h30m", "-m"])
def test_what_is_no_time_is_refused_as_it_was_typed(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        meant(text)
    assert refused.value.facts["text"] == text


@given(st.times())
def test_a_clock_means_the_same_in_either_width(time: object) -> None:
    text = f"{time:%H:%M:%S}"
    assert meant(text.translate(FULL_WIDTH)) == meant(text)


@given(st.integers(1, 999), st.integers(1, 999))
def test_lengths_in_a_row_count_back_together(hours: int, minutes: int) -> None:
    assert parse_when(f"-{hours}h{minutes}m", NOW, ZONE) == NOW - hours * 3600 - minutes * 60
