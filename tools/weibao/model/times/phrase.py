"""The grammar: which day, which part of it and which clock somebody named, before any calendar is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.model.times.wording import AM, PM, WEEKDAYS, in_digits, reworded

if TYPE_CHECKING:
    from collections.abc import Mapping

    Numbers = tuple[int | None, int | None, int]

PARTS = {
    "凌晨": "dawn",
    **dict.fromkeys(("大清早", "清晨", "清早", "早晨", "早上", "早", "晨"), "morning"),
    **dict.fromkeys(("上午", "午前"), "forenoon"),
    **dict.fromkeys(("中午", "正午"), "noon"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    "傍晚": "dusk",
    **dict.fromkeys(("晚上", "晚间", "晚"), "evening"),
    **dict.fromkeys(("后半夜", "半夜", "深夜", "午夜", "夜里", "夜间", "夜晚", "夜"), "night"),
    AM: "am",
    PM: "pm",
}
"""The parts of a day, by the words for each."""


def _span(first: int, last: int) -> dict[int, int]:
    """The hours from ``first`` to ``last``, by their own names and by those of a twelve-hour clock."""
    hours = range(first, last + 1)
    return {(hour - 1) % 12 + 1: hour for hour in hours if hour >= 12} | {
        hour: hour for hour in hours
    }


HOURS = {
    "dawn": _span(0, 6),
    "morning": _span(1, 11),
    "forenoon": _span(0, 11),
    "noon": _span(11, 14),
    "afternoon": _span(12, 23),
    "dusk": _span(16, 20),
    "evening": _span(17, 23),
    "night": _span(20, 23),
    "am": _span(0, 11) | {12: 0},
    "pm": _span(12, 23),
}
"""The hours that each part of the day has, by what they are called in it; no other may go with it."""

DAYS = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "大后天": 3,
    "后天": 2,
}

_BARE_DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1}
_MONTHS_AWAY = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_YEARS_AWAY = {"去": -1, "今": 0, "明": 1}
_WEEKS_AWAY = {
    "上上": (-2,),
    "上": (-1,),
    "last": (-1, 0),
    "本": (0,),
    "这": (0,),
    "this": (0,),
    "下": (1,),
    "next": (0, 1),
}
"""The weeks that may be meant, from this one; of ``last Friday`` people mean one or the other."""

_WEEKDAY = re.compile(
    r"(?P<week>上上|[上本这下])?个?(?:周|星期|礼拜)(?P<name>[一二三四五六日天]|[1-7](?![\d天周个点时]))"
    rf"|(?:\b(?P<which>last|this|next) )?\b(?P<english>{'|'.join(WEEKDAYS)})(?:[a-z]*day|rs|s)?\b\.?"
)
_DAY = re.compile(
    rf"{'|'.join(DAYS)}|[{''.join(_BARE_DAYS)}](?=[早晚晨夜]|上午|下午|中午|凌晨|傍晚)"
)
_DAYS_AWAY = re.compile(r"(?P<number>\d+)(?P<unit>天|周|个?星期|个?礼拜)(?:以|之)?(?P<way>前|后)")
_PART = re.compile("|".join(sorted(PARTS, key=len, reverse=True)))

_BEFORE, _AFTER = r"(?<![\d:./-])", r"(?![\d:./点时分-])"
_END = r"(?:[日号]|(?![\d日号:./点时分-]))"
_THREE = r"(?P<{}>\d{{{}}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<{}>\d{{{}}})"
_DATES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_BEFORE}(?P<year>\d{{4}}|\d\d)年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}}){_END}",
        rf"(?P<years>[去今明])年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}}){_END}",
        rf"{_BEFORE}{_THREE.format('year', '4', 'day', '1,2')}{_AFTER}",
        rf"{_BEFORE}{_THREE.format('day', '1,2', 'year', '4')}{_AFTER}",
        rf"{_BEFORE}{_THREE.format('year', '2', 'day', '1,2')}{_AFTER}",
        rf"{_BEFORE}(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?=\d{{4}}$|{_AFTER})",
        rf"{_BEFORE}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}}){_END}",
        rf"{_BEFORE}(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_AFTER}",
        r"(?P<months>[上本这当下])个?月份?(?P<day>\d{1,2})[日号]",
        rf"{_BEFORE}(?P<day>\d{{1,2}})[日号]",
    )
)

_HOUR = r"(?P<hour>\d{1,2})"
_CLOCKS = tuple(
    re.compile(shape)
    for shape in (
        rf"{_HOUR}:(?P<minute>\d\d)(?::(?P<second>\d\d))?分?(?: ?(?P<offset>[+-]\d\d:\d\d|z))?",
        r"(?P<hour>\d\d)(?P<minute>\d\d)",
        rf"{_HOUR}时(?:整|(?P<minute>\d{{1,2}})分(?:(?P<second>\d{{1,2}})秒)?|(?P<digits>\d\d))?",
        rf"{_HOUR}(?P<spoken>点)(?:钟|整)?",
        rf"{_HOUR}(?P<spoken>点)(?:(?P<half>半)|过?(?P<quarters>[13])刻|(?P<digits>\d\d))",
        rf"{_HOUR}(?P<spoken>点)过?(?P<minute>\d{{1,2}})分(?:(?P<second>\d{{1,2}})秒)?",
        rf"差(?:(?P<less>\d{{1,2}})分钟?|(?P<lacking>[13])刻钟?)到?{_HOUR}(?P<spoken>点)",
        rf"{_HOUR}(?P<spoken>点)差(?:(?P<less>\d{{1,2}})分|(?P<lacking>[13])刻)",
    )
)

_AGO = re.compile(
    r"(?P<minus>-)?(?:(?P<days>\d+)天)?"
    r"(?:(?P<hours>\d+)(?P<point>\.5)?个?(?P<half>半)?(?:小时|钟头)|(?P<only>半)个?(?:小时|钟头))?"
    r"(?:(?P<minutes>\d+)分钟?|(?P<quarters>[123])刻钟)?(?:(?P<seconds>\d+)秒钟?)?"
    r"(?:(?:以|之)?(?P<way>前|后))?"
)
_LONGEST = 100
"""Characters: what is longer may be read in so many ways that it takes minutes."""
_NOW = frozenset({"now", "现在", "刚才", "刚刚"})


@dataclass(frozen=True, slots=True)
class Ago:
    """How long ago (or, negative, how long from now): whole days of the calendar, then seconds."""

    days: int
    seconds: int

    @property
    def is_to_come(self) -> bool:
        """Whether it is from now on, and not ago."""
        return self.days < 0 or self.seconds < 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A day and a clock as they were named; what was not named is None, () or "".

    Attributes:
        numbers: year, month and day of a date, of which the first may be left out; two of them where
            its order is not certain (03/04/2026).
        short: the year is written in two digits.
        days, months, years: how many from the present one.
        weekday: from 1, a Monday.
        weeks: how many from this one; () where the week was not said.
        part: of the day, one of those in ``PARTS``.
        hour, minute, second: the clock; no hour, no clock.
        spoken: the hour is one that people say, of twelve or of twenty-four.
        offset: of the zone from UTC.
    """

    numbers: tuple[Numbers, ...] = ()
    short: bool = False
    days: int | None = None
    months: int | None = None
    years: int | None = None
    weekday: int | None = None
    weeks: tuple[int, ...] = ()
    part: str = ""
    hour: int | None = None
    minute: int = 0
    second: int = 0
    spoken: bool = False
    offset: str = ""

    @property
    def dayless(self) -> bool:
        """Whether no day was named."""
        return not self.numbers and self.days is None and self.weekday is None


def read_phrase(text: str) -> Ago | Phrase | None:
    """What ``text`` names; None where it is no time in any of the forms that are known."""
    if len(text) > _LONGEST:
        return None
    rest, named = _taken(_WEEKDAY, reworded(text))
    rest = in_digits(rest)
    if named is None and (ago := _ago(rest)):
        return ago
    rest, away = _taken(_DAYS_AWAY, rest)
    rest, day = _taken(_DAY, rest)
    rest, part = _taken(_PART, rest)
    date = None
    for shape in _DATES:
        rest, date = _taken(shape, rest)
        if date:
            break
    clock = _clock(rest.strip(" 的"))
    if clock is None or (away, day, date).count(None) < 2:
        return None
    if clock == {} and (named, away, day, part, date).count(None) == 5:
        return None
    return Phrase(
        **clock,
        **(_date(date.groupdict()) if date else {}),
        **(_weekday(named.groupdict()) if named else {}),
        days=_days(away, day),
        part=PARTS[part[0]] if part else "",
    )


def _taken(shape: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what the shape finds first in it, and that."""
    found = shape.search(text)
    return (
        (text, None) if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found)
    )


def _ago(text: str) -> Ago | None:
    if text in _NOW:
        return Ago(0, 0)
    found = _AGO.fullmatch(text)
    if found is None or bool(found["minus"]) == bool(found["way"]):
        return None
    days = int(found["days"] or 0)
    halves = sum(bool(found[name]) for name in ("point", "half", "only"))
    seconds = int(found["hours"] or 0) * 3600 + halves * 1800 + int(found["seconds"] or 0)
    seconds += (int(found["minutes"] or 0) + 15 * int(found["quarters"] or 0)) * 60
    if not days and not seconds:
        return None
    if found["minus"]:  # a length of time, in which a day has 24 hours
        return Ago(0, days * 86400 + seconds)
    return Ago(days, seconds) if found["way"] == "前" else Ago(-days, -seconds)


def _clock(text: str) -> dict[str, Any] | None:
    """The clock that ``text`` is; {} where it is empty, None where it is no clock."""
    if not text:
        return {}
    found = next((found for shape in _CLOCKS if (found := shape.fullmatch(text))), None)
    if found is None:
        return None
    named = found.groupdict(default="")
    minutes = int(named.get("minute") or named.get("digits") or 0)
    minutes += 30 * bool(named.get("half")) + 15 * int(named.get("quarters") or 0)
    before = int(named.get("less") or 0) + 15 * int(named.get("lacking") or 0)
    hour, second = int(named["hour"]), int(named.get("second") or 0)
    if before:
        hour, minutes = hour - 1, 60 - before
    if not (0 <= hour < 24 and 0 <= minutes < 60 and second < 60):
        return None
    spoken, offset = bool(named.get("spoken")), named.get("offset", "")
    return {"hour": hour, "minute": minutes, "second": second, "spoken": spoken, "offset": offset}


def _date(found: Mapping[str, str | None]) -> dict[str, Any]:
    year, month, day = (int(found.get(key) or 0) or None for key in ("year", "month", "day"))
    numbers: list[Numbers] = [(year, month, day or 0)]
    if found.get("mark") and year is not None:
        if year < 100:
            # 26.11.8 may be read from its end too, as 25.11.26.
            numbers = [(2000 + year, month, day or 0), (2000 + (day or 0), month, year)]
        elif list(found).index("day") < list(found).index("year"):
            numbers.append((year, day, month or 0))
    elif year is not None and year < 100:
        numbers = [(2000 + year, month, day or 0)]
    return {
        "numbers": tuple(dict.fromkeys(numbers)),
        "short": year is not None and year < 100,
        "months": _MONTHS_AWAY.get(found.get("months") or ""),
        "years": _YEARS_AWAY.get(found.get("years") or ""),
    }


def _weekday(found: Mapping[str, str | None]) -> dict[str, Any]:
    if found["english"]:
        weekday = WEEKDAYS.index(found["english"]) + 1
    else:
        name = found["name"] or ""
        weekday = int(name) if name.isdigit() else "一二三四五六日天".index(name) + 1
    week = found["week"] or found["which"] or ""
    return {"weekday": min(weekday, 7), "weeks": _WEEKS_AWAY.get(week, ())}


def _days(away: re.Match[str] | None, day: re.Match[str] | None) -> int | None:
    if away:
        number = int(away["number"]) * (1 if away["unit"] == "天" else 7)
        return -number if away["way"] == "前" else number
    return (DAYS | _BARE_DAYS)[day[0]] if day else None
