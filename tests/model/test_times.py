"""Times as people say them: each the instant that is meant, or refused; never another instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.model.instant import format_instant, parse_instant
from weibao.model.times.when import (
    Tense,
    TimeAndPlace,
    parse_day,
    parse_when,
    understood,
    written,
)
from weibao.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = "2026-11-29T10:20:00+08:00"
FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789:-"}

SAID = {
    "昨天 14:30": "2026-11-28T14:30:00",
    "今天9点": "2026-11-29T09:00:00",
    "11月29日 14:30": "2026-11-29T14:30:00",
    "11月28日 14:30": "2026-11-28T14:30:00",
    "2026/11/29 9:00": "2026-11-29T09:00:00",
    "10分钟前": "2026-11-29T10:10:00",
    "刚才": "2026-11-29T10:20:00",
    "１４：３０": "? 2026-11-28T14:30:00",
    "９：０５": "2026-11-29T09:05:00",
    "前天下午3点": "2026-11-27T15:00:00",
    "昨晚11点半": "2026-11-28T23:30:00",
    "今早8点20": "2026-11-29T08:20:00",
    "凌晨两点": "2026-11-29T02:00:00",
    "半小时前": "2026-11-29T09:50:00",
    "一个半小时前": "2026-11-29T08:50:00",
    "2026年11月28日14时30分": "2026-11-28T14:30:00",
    "2026.11.3 9:10": "2026-11-03T09:10:00",
    "11.12 9：05": "2026-11-12T09:05:00",
    "20261103 1430": "2026-11-03T14:30:00",
    "上周五 16:00": "2026-11-20T16:00:00",
    "周五 16:00": "2026-11-27T16:00:00",
    "28号上午十点一刻": "2026-11-28T10:15:00",
    "12月31日 23:50": "? 2025-12-31T23:50:00",
    "2小时15分钟前": "2026-11-29T08:05:00",
    "中午12点半": "? 2026-11-28T12:30:00",
    "下午3点20": "? 2026-11-28T15:20:00",
    "2026-11-03T14:30:00": "2026-11-03T14:30:00",
    "11月28日": None,
    "2026-11-31 08:00": None,
    "下午": None,
    "昨天": None,
    "昨晚12点": None,
    "今天 09:05:30": "2026-11-29T09:05:30",
    "昨日22时": "2026-11-28T22:00:00",
    "11/28 9:05": "2026-11-28T09:05:00",
    "11-28 21:00": "2026-11-28T21:00:00",
    "2026年11月3号 下午2:30": "2026-11-03T14:30:00",
    "26.11.8 上午10时": "2026-11-08T10:00:00",
    "十一月二十八日晚八点": "2026-11-28T20:00:00",
    "三天前": "2026-11-26T10:20:00",
    "一刻钟前": "2026-11-29T10:05:00",
    "刚刚": "2026-11-29T10:20:00",
    "礼拜五下午三点": "2026-11-27T15:00:00",
    "上礼拜一9点": "2026-11-16T09:00:00",
    "28日 9:00": "2026-11-28T09:00:00",
    "9点零5分": "2026-11-29T09:05:00",
    "9点05": "2026-11-29T09:05:00",
    "晚上12点": None,
    "零点十分": "2026-11-29T00:10:00",
    "昨天夜里两点": None,
    "下午14:30": "? 2026-11-28T14:30:00",
    "半夜1点": "2026-11-29T01:00:00",
    "今天上午": None,
    "大前天 8:00": "2026-11-26T08:00:00",
    "明天9点": None,
    "11月31日 9:00": None,
    "2026-2-29 9:00": None,
    "0915": "2026-11-29T09:15:00",
    "上个月8号 9:00": "2026-10-08T09:00:00",
    "十分钟以前": "2026-11-29T10:10:00",
    "5分钟之前": "2026-11-29T10:15:00",
    "两个钟头前": "2026-11-29T08:20:00",
    "9：5": None,
    "11月28日14:30左右": None,
    "今天9点多": None,
}
"""What was said on a Sunday at 10:20, and what it means: ``?`` is asked, None refused."""

SAID_TOO = {
    # A clock, with and without its half of the day.
    "两点十分": "2026-11-29T02:10:00",
    "差一刻十点": "2026-11-29T09:45:00",
    "十点差五分": "2026-11-29T09:55:00",
    "九点过一刻": "2026-11-29T09:15:00",
    "今晨２点": "2026-11-29T02:00:00",
    "昨天凌晨1点半": "2026-11-28T01:30:00",
    "前晚8点": "2026-11-27T20:00:00",
    "昨天傍晚六点三刻": "2026-11-28T18:45:00",
    "昨天中午1点": "2026-11-28T13:00:00",
    "昨日　１４：３０": "2026-11-28T14:30:00",
    "昨天22点45分30秒": "2026-11-28T22:45:30",
    "今天零点": "2026-11-29T00:00:00",
    "noon": "? 2026-11-28T12:00:00",
    "2:30 p.m. yesterday": "2026-11-28T14:30:00",
    "yesterday at half past two in the afternoon": "2026-11-28T14:30:00",
    "this morning at 8:20": "2026-11-29T08:20:00",
    "last night 11:30": "2026-11-28T23:30:00",
    "12:30am": "2026-11-29T00:30:00",
    # Days.
    "星期二十点": "2026-11-24T10:00:00",
    "上周日 9:00": "2026-11-22T09:00:00",
    "上上周三 14:00": "2026-11-11T14:00:00",
    "2026-11-28（周六）14:30": "2026-11-28T14:30:00",
    "三天前 14:00": "2026-11-26T14:00:00",
    "一周前九点": "2026-11-22T09:00:00",
    "二〇二六年十一月三日九时十分": "2026-11-03T09:10:00",
    "去年12月31日 23:50": "2025-12-31T23:50:00",
    "30号 9:00": "? 2026-10-30T09:00:00",
    "昨天下午三點半": "2026-11-28T15:30:00",
    "202611031430": "2026-11-03T14:30:00",
    "28 November 2026, 2:30 pm": "2026-11-28T14:30:00",
    "on Friday at 4pm": "2026-11-27T16:00:00",
    "28/11/2026 9:00": "2026-11-28T09:00:00",
    "2026-11-03 14:30 +01:00": "2026-11-03T21:30:00",
    # So long ago.
    "1.5小时前": "2026-11-29T08:50:00",
    "an hour and a half ago": "2026-11-29T08:50:00",
    "two hours and 15 minutes ago": "2026-11-29T08:05:00",
    # Two readings.
    "昨天3点20": None,
    "周一一点": None,
    "凌晨12点半": None,
    "last Friday 16:00": None,
    "03/11/2026 9:00": None,
    "12am": None,
    # Estimates, and what contradicts itself.
    "三四点": None,
    "十七八分钟前": None,
    "大概9点": None,
    "月底 18:00": None,
    "9:00-10:00": None,
    "上午12点": None,
    "2026-11-28 周五 14:30": None,
    "31号 9:00": None,
    "24:00": None,
    "9点5": None,
    "2小时后": None,
    "2026-11-30T08:00:00+08:00": None,
}
"""The same, by others."""

EVERY = SAID | SAID_TOO


def outcome(
    text: str, now: str = SUNDAY, zone: ZoneInfo = SHANGHAI, tense: Tense = Tense.PAST
) -> str | None:
    """What ``text`` means, as the tables have it."""
    try:
        meaning = understood(text, TimeAndPlace(parse_instant(now), zone), tense)
    except Refusal:
        return None
    return ("" if meaning.certain else "? ") + format_instant(meaning.instant, zone)[:19]


@pytest.mark.parametrize("text", EVERY)
def test_a_time_is_what_whoever_says_it_means(text: str) -> None:
    assert outcome(text) == EVERY[text]


@pytest.mark.parametrize("text", [text for text, meant in EVERY.items() if meant is None])
def test_what_is_not_certainly_one_time_is_refused_as_it_was_typed(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        understood(text, TimeAndPlace(parse_instant(SUNDAY), SHANGHAI))
    assert refused.value.facts["text"] == text
    assert refused.value.mend


@pytest.mark.parametrize(
    "text", [text for text, meant in EVERY.items() if meant and meant[0] == "?"]
)
def test_a_time_whose_day_was_not_said_is_refused_where_nobody_can_be_asked(text: str) -> None:
    here = TimeAndPlace(parse_instant(SUNDAY), SHANGHAI)
    with pytest.raises(Refusal) as refused:
        parse_when(text, here)
    told = refused.value.facts["time"]
    assert parse_when(str(told), here) == understood(text, here).instant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("18:30", "2026-11-30T15:54:00+08:00", "? 2026-11-29T18:30:00"),
        ("23:50", "2026-11-30T00:20:00+08:00", "? 2026-11-29T23:50:00"),
        ("15:58", "2026-11-30T15:54:00+08:00", "2026-11-30T15:58:00"),
        ("夜里11点", "2026-11-30T01:30:00+08:00", "? 2026-11-29T23:00:00"),
        ("3点20", "2026-11-30T16:00:00+08:00", None),
        ("3点20", "2026-11-30T12:00:00+08:00", "2026-11-30T03:20:00"),
        ("8点", "2026-11-30T22:00:00+08:00", None),
        ("8:00", "2026-11-30T22:00:00+08:00", "2026-11-30T08:00:00"),
        ("昨天8点", "2026-11-30T22:00:00+08:00", "2026-11-29T08:00:00"),
        ("晚上8点", "2026-11-30T22:00:00+08:00", "2026-11-30T20:00:00"),
        ("上周五 16:00", "2026-11-30T09:00:00+08:00", "2026-11-27T16:00:00"),
        ("last Friday 16:00", "2026-11-30T09:00:00+08:00", "2026-11-27T16:00:00"),
        ("周五 16:00", "2026-12-03T09:00:00+08:00", "? 2026-11-27T16:00:00"),
        ("2月29日 9:00", "2026-11-30T09:00:00+08:00", None),
        ("25.11.26 9:00", "2026-11-30T09:00:00+08:00", None),
        ("1月3日 9:00", "2027-01-02T09:00:00+08:00", "? 2026-01-03T09:00:00"),
        ("1月1日 9:00", "2026-12-31T23:00:00+08:00", "? 2026-01-01T09:00:00"),
        ("5/11 9:00", "2026-11-30T09:00:00+08:00", "? 2026-05-11T09:00:00"),
        ("2026-05-11 9:00", "2026-11-30T09:00:00+08:00", "2026-05-11T09:00:00"),
        ("6月5日 9:00", "2026-11-30T09:00:00+08:00", "2026-06-05T09:00:00"),
    ],
)
def test_what_is_meant_depends_on_when_it_is_said(text: str, now: str, meant: str | None) -> None:
    assert outcome(text, now) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:00", "2026-11-29T22:00:00"),
        ("02:00", "? 2026-11-30T02:00:00"),
        ("明天 22:00", "2026-11-30T22:00:00"),
        ("12月5日 22:00", "2026-12-05T22:00:00"),
        ("2026-12-05 22:00", "2026-12-05T22:00:00"),
        ("周三 22:00", "? 2026-12-02T22:00:00"),
        ("下周三 22:00", "2026-12-02T22:00:00"),
        ("3小时后", "2026-11-29T13:20:00"),
        ("1月5日 22:00", "? 2027-01-05T22:00:00"),
        ("明天3点", None),
    ],
)
def test_a_window_is_still_to_come(text: str, meant: str | None) -> None:
    assert outcome(text, tense=Tense.PLANNED) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        # Put forward on 29 March at 02:00, back on 25 October at 03:00.
        ("02:30", "2026-03-29T12:00:00+02:00", None),
        ("2026-03-29 02:30", "2026-03-30T12:00:00+02:00", None),
        ("昨天 03:00", "2026-03-30T12:00:00+02:00", "2026-03-29T03:00:00"),
        ("1天前", "2026-03-30T02:30:00+02:00", None),
        ("-1d", "2026-03-30T12:00:00+02:00", "2026-03-29T12:00:00"),
        ("1天前", "2026-03-29T12:00:00+02:00", "2026-03-28T12:00:00"),
        ("-1d", "2026-03-29T12:00:00+02:00", "2026-03-28T11:00:00"),
        ("02:30", "2026-10-25T12:00:00+01:00", None),
        ("02:30", "2026-10-25T02:40:00+02:00", "2026-10-25T02:30:00"),
        ("2026-10-25 02:30+01:00", "2026-10-26T12:00:00+01:00", "2026-10-25T02:30:00"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_none_and_one_that_they_repeat_is_two(
    text: str, now: str, meant: str | None
) -> None:
    assert outcome(text, now, BERLIN) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-31", "2026-12-31"),
        ("２０２６－１２－３１", "2026-12-31"),
        ("12月31日", "2026-12-31"),
        ("Dec 31", "2026-12-31"),
        ("下周五", "2026-12-04"),
        ("后天", "2026-12-01"),
        ("11月1日", None),
        ("周五", None),
        ("2026-02-30", None),
        ("明天9点", None),
        ("明天周三", None),
        ("999999999999天后", None),
        ("9:00", None),
        ("月底", None),
    ],
)
def test_a_day_is_said_as_times_are(text: str, meant: str | None) -> None:
    here = TimeAndPlace(parse_instant(SUNDAY), SHANGHAI)
    if meant is None:
        with pytest.raises(Refusal):
            parse_day(text, here)
    else:
        assert parse_day(text, here).isoformat() == meant


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2026, 11, 29)),  # noqa: DTZ001 - the zone is drawn
    st.sampled_from((SHANGHAI, BERLIN)),
    st.sampled_from((0, 1)),
)
def test_what_was_understood_is_told_so_that_it_is_understood_again(
    local: datetime, zone: ZoneInfo, fold: int
) -> None:
    instant = int(local.replace(tzinfo=zone, fold=fold).timestamp())
    assert parse_when(written(instant, zone), TimeAndPlace(parse_instant(SUNDAY), zone)) == instant


@given(
    st.text("昨今前天晚早上午下点半刻时分周一二三十月日号0123456789: .-/前小刚才agopm", max_size=14)
)
def test_whatever_is_typed_is_understood_and_told_or_refused(text: str) -> None:
    here = TimeAndPlace(parse_instant(SUNDAY), SHANGHAI)
    try:
        instant = understood(text, here).instant
    except Refusal:
        return
    assert parse_when(written(instant, SHANGHAI), here, Tense.ANY) == instant


@given(st.times())
def test_a_clock_means_the_same_in_either_width(time: object) -> None:
    text = f"今天 {time:%H:%M:%S}"
    assert outcome(text.translate(FULL_WIDTH)) == outcome(text)


@given(st.integers(1, 999), st.integers(1, 999))
def test_lengths_in_a_row_count_back_together(hours: int, minutes: int) -> None:
    here = TimeAndPlace(parse_instant(SUNDAY), SHANGHAI)
    assert parse_when(f"-{hours}h{minutes}m", here) == here.now - hours * 3600 - minutes * 60
