"""Times as registers write them: the instant and how exact it is, or why there is none. Nothing is guessed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from weibao.importing.mapping import DateReading
from weibao.importing.moments import MomentReader, ReadTime
from weibao.model.instant import format_instant
from weibao.refusal import UsageRefusal

ZONE = ZoneInfo("Asia/Shanghai")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
READER = MomentReader(DateReading("Asia/Shanghai", 2026, "", 1900, NOVEMBER), ZONE)


def shown(found: ReadTime) -> str:
    return f"{format_instant(found.at, ZONE)[:-6]} {found.precision or ''}".strip()


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "2026-11-01 09:12:00": "2026-11-01T09:12:00",
        "2026.11.2 10:05": "2026-11-02T10:05:00",
        "46329.604166667": "2026-11-03T14:30:00",
        "46329": "2026-11-03T00:00:00 day",
        "11月3日 14:30": "2026-11-03T14:30:00",
        "2026年11月5日下午3点": "2026-11-05T15:00:00",
        "2026/11/6": "2026-11-06T00:00:00 day",
        "２０２６－１１－０７\u3000２１：１５": "2026-11-07T21:15:00",
        "11.12 9：05": "2026-11-12T09:05:00",
        "2026-11-18T14:02:00+08:00": "2026-11-18T14:02:00",
        "2026-11-13T05:00:00.000Z": "2026-11-13T13:00:00",
        "01/Nov/26 9:12 AM": "2026-11-01T09:12:00",
        "03-Nov-2026 2:30 PM": "2026-11-03T14:30:00",
        "20-11-2026 10:30": "2026-11-20T10:30:00",
        "26.11.8 9:00": "2026-11-08T09:00:00",
    }.items(),
)
def test_a_time_is_the_one_that_it_must_be(text: str, meant: str) -> None:
    assert shown(READER.reported(text, "")) == meant


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-31 08:00",
        "2126-11-21 09:00",
        "昨天下午",
        "今天9点",
        "星期三 9:00",
        "10:20",
        "0.5",
        "11月7日 3点",
        "11月7日下午",
        "上月7日 9:00",
        "随便",
    ],
)
def test_what_may_be_another_time_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageRefusal) as refused:
        READER.reported(text, "")
    assert refused.value.mend


def test_day_and_month_are_asked_for_and_not_guessed() -> None:
    anywhere = DateReading("Asia/Shanghai", 2026)
    for text in ("03/04/2026 9:00", "3.4 9:00", "3/4"):
        with pytest.raises(UsageRefusal) as refused:
            MomentReader(anywhere, ZONE).reported(text, "")
        assert "dmy" in refused.value.mend
        for order, day in (("dmy", "2026-04-03"), ("mdy", "2026-03-04")):
            reading = DateReading("Asia/Shanghai", 2026, order)
            assert shown(MomentReader(reading, ZONE).reported(text, "")).startswith(day)


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("03/04/26 9:00", "mdy", "2026-03-04T09:00:00"),
        ("03/04/26 9:00", "dmy", "2026-04-03T09:00:00"),
        ("03/04/26 9:00", "ymd", "2003-04-26T09:00:00"),
        ("11/05/11 9:00", "mdy", "2011-11-05T09:00:00"),
        ("12/25/26 9:00", "", "2026-12-25T09:00:00"),
        ("12/25/26 9:00", "mdy", "2026-12-25T09:00:00"),
    ],
)
def test_a_year_of_two_digits_leaves_the_order_as_it_is_said(
    text: str, order: str, meant: str
) -> None:
    reading = DateReading("Asia/Shanghai", 2026, order)
    assert shown(MomentReader(reading, ZONE).reported(text, "")) == meant


@pytest.mark.parametrize(("text", "order"), [("03/04/26", ""), ("03/04/2026", "ymd")])
def test_an_order_that_says_nothing_of_a_date_decides_nothing(text: str, order: str) -> None:
    reading = DateReading("Asia/Shanghai", 2026, order)
    with pytest.raises(UsageRefusal) as refused:
        MomentReader(reading, ZONE).reported(text, "")
    assert {"2026-03-04", "2026-04-03"} <= set(refused.value.facts["readings"])


def test_a_year_is_asked_for_and_not_guessed() -> None:
    with pytest.raises(UsageRefusal) as refused:
        MomentReader(DateReading("Asia/Shanghai"), ZONE).reported("11月3日 14:30", "")
    assert "year" in refused.value.mend


def test_numbers_are_dates_only_where_the_mapping_says_from_when_they_count() -> None:
    with pytest.raises(UsageRefusal):
        MomentReader(DateReading("Asia/Shanghai", 2026), ZONE).reported("46329.5", "")
    since_1904 = MomentReader(DateReading("Asia/Shanghai", 2026, "", 1904), ZONE)
    assert shown(since_1904.reported("44867.5", "")) == "2026-11-03T12:00:00"


def test_the_zone_is_the_register_s() -> None:
    london = MomentReader(DateReading("Europe/London"), ZoneInfo("Europe/London"))
    assert shown(london.reported("2026-11-03 06:00", "")) == "2026-11-03T14:00:00"


def test_day_and_clock_may_stand_in_two_columns() -> None:
    assert shown(READER.reported("2026-11-08", "02:40:00")) == "2026-11-08T02:40:00"
    assert shown(READER.reported("2026.11.28", "晚上8点")) == "2026-11-28T20:00:00"
    assert shown(READER.reported("46329", "0.604166667")) == "2026-11-03T14:30:00"


LATE = READER.reported("2026-11-10 23:50", "")


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "23:58": "2026-11-10T23:58:00",
        "00:40": "2026-11-11T00:40:00",
        "次日 9:30": "2026-11-11T09:30:00",
        "次日": "2026-11-11T00:00:00 day",
        "当天": "2026-11-10T23:50:00 day",
        "2026-11-10": "2026-11-10T23:50:00 day",
    }.items(),
)
def test_a_step_has_the_day_of_what_was_before_it(text: str, meant: str) -> None:
    assert shown(READER.step(text, "", LATE, LATE, LATE.at)) == meant


@pytest.mark.parametrize(
    "text", ["23:40", "下午3点20", "今天9点", "2026-11-09", "2026-11-10 23:49"]
)
def test_a_step_before_its_report_is_refused(text: str) -> None:
    with pytest.raises(UsageRefusal):
        READER.step(text, "", LATE, LATE, LATE.at)


def test_a_time_of_day_is_of_no_day_that_the_steps_had_left() -> None:
    responded = READER.reported("2026-11-11 10:00", "").at
    with pytest.raises(UsageRefusal):
        READER.step("23:55", "", LATE, LATE, responded)
    assert shown(READER.step("2026-11-10 23:55", "", LATE, LATE, responded)) == (
        "2026-11-10T23:55:00"
    )
    assert shown(READER.step("09:40", "", LATE, LATE, responded)) == "2026-11-11T09:40:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "8 minutes": "2026-11-10T23:58:00",
        "2 hours 25 minutes": "2026-11-11T02:15:00",
        "1 小时 5 分钟": "2026-11-11T00:55:00",
        "1 day": "2026-11-11T00:00:00 day",
        "2 小时": "2026-11-11T01:50:00 day",
        "2 hours 0 minutes": "2026-11-11T01:50:00",
    }.items(),
)
def test_a_length_of_time_is_as_exact_as_its_unit(text: str, meant: str) -> None:
    assert shown(READER.passed(text, LATE)) == meant


def test_what_is_no_length_of_time_is_refused() -> None:
    with pytest.raises(UsageRefusal):
        READER.passed("soon", LATE)
