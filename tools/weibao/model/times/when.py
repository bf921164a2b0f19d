"""The one instant that a phrase means here and now, or the reason why it means none.

What is not certainly one instant is refused, never guessed: no clock, two readings, an hour that the
clocks skipped, a day that does not exist. Of a clock whose day nobody said, and whose today's is still
to come, the last one is *proposed*, for whoever can be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.instant import Instant
    from weibao.model.times.phrase import Ago, Phrase

NOW = "now"
"""What says that it is now: what a command takes for the time of a step where none is given."""

_LAST = 253_402_214_400  # 9999-12-31: later times cannot be written in every zone
_FORMS = N_(
    "Write 09:12, -20m, 20 minutes ago, yesterday 2:30 pm, Nov 28 14:30, “2026-11-23 09:12” or "
    "2026-11-23T09:12:00+08:00."
)
_DAYS = N_("Write 2026-12-31 or Dec 31.")
_WHICH = N_("Write the one that is meant, with its day.")
_SMALL_HOURS = range(1, 7)
"""What is said without the part of the day, and mostly meant of the afternoon: 三点二十. Of today, any hour
before noon may be meant of the evening, once that has come."""
_HALF_A_YEAR = timedelta(days=183)


class Tense(Enum):
    """What a time is asked for: what has happened, what is planned, or any instant there is."""

    PAST = "past"
    PLANNED = "planned"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class TimeAndPlace:
    """When it is, and where: by this a phrase gets its meaning.

    ``skew`` is how many seconds a clock may be wrong by, so that what is later is still to come.
    """

    now: Instant
    zone: ZoneInfo
    skew: int = 300

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now, self.zone)

    def has_come(self, instant: Instant) -> bool:
        """Whether an instant is past, as far as clocks tell."""
        return instant <= self.now + self.skew

    def is_of_another_day(self, instant: Instant) -> bool:
        """Whether an instant is of a day to come; of what is later today X203 speaks."""
        coming = local_day(instant, self.zone) > self.today
        return coming and not self.has_come(instant)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The instant that is meant; ``certain`` is false where its day was not said, and may be another."""

    instant: Instant
    certain: bool


@dataclass(frozen=True, slots=True)
class _NamedDay:
    """The days that may be meant, and of many that are ``open`` the one ``before`` and ``after``.

    One that is ``dated`` has a number in its month.
    """

    days: tuple[date, ...]
    before: date | None = None
    after: date | None = None
    open: bool = False
    dated: bool = False


def understood(text: str, here: TimeAndPlace, tense: Tense = Tense.PAST) -> Meaning:
    """What ``text`` means.

    Raises:
        Refusal: it is no time, or not certainly one; it says which, and what to write.
    """
    try:
        meaning = _meaning(text, here, tense)
    except (ValueError, OverflowError):
        raise UsageRefusal(N_("“{text}” is not a time."), mend=_FORMS, text=text) from None
    if tense is Tense.PAST and here.is_of_another_day(meaning.instant):
        raise UsageRefusal(
            N_("“{text}” ({time}) is still to come."),
            mend=N_("Record what has happened, when it has happened."),
            text=text,
            time=written(meaning.instant, here.zone),
        )
    return meaning


def instant_of(
    text: str, meaning: Meaning, here: TimeAndPlace, tense: Tense = Tense.PAST
) -> Instant:
    """The instant that was meant, where nobody can be asked; refused where it is not certain."""
    if not meaning.certain:
        raise UsageRefusal(
            N_("“{text}” does not say which year, and is more than half a year ago.")
            if _is_long_ago(meaning.instant, here)
            else N_("“{text}” does not say which day, and the nearest is past.")
            if tense is Tense.PLANNED
            else N_("“{text}” does not say which day, and the nearest is still to come."),
            mend=N_("If you mean {time}, write that."),
            text=text,
            time=written(meaning.instant, here.zone),
        )
    return meaning.instant


def parse_when(text: str, here: TimeAndPlace, tense: Tense = Tense.PAST) -> Instant:
    """The instant that ``text`` means; refusals as for ``understood`` and ``instant_of``."""
    return instant_of(text, understood(text, here, tense), here, tense)


def parse_day(text: str, here: TimeAndPlace) -> date:
    """The day that ``text`` means: 2026-12-31, 12月31日, 下周五; without a year or week, one still to come.

    Raises:
        Refusal: it is no day, or may be several.
    """
    from weibao.model.times.phrase import Phrase, read_phrase

    try:
        phrase = read_phrase(text)
        if (
            not isinstance(phrase, Phrase)
            or phrase.dayless
            or phrase.part
            or phrase.hour is not None
        ):
            raise ValueError(text)  # noqa: TRY301 - the same as what the calendar raises
        named = _named_day(text, phrase, here)
    except (ValueError, OverflowError):
        raise UsageRefusal(N_("“{text}” is not a day."), mend=_DAYS, text=text) from None
    if len(named.days) != 1 or (named.open and named.days[0] < here.today):
        raise UsageRefusal(N_("“{text}” may be several days."), mend=_DAYS, text=text)
    return named.days[0]


def instant_on(text: str, phrase: Phrase, day: date, zone: ZoneInfo) -> Instant:
    """The instant at which the clock of ``phrase``, which is read out of ``text``, shows on a day that is known.

    Raises:
        Refusal: the clock may be several of that day, or was skipped on it.
    """
    elsewhere = TimeAndPlace(0, zone)  # of no day that it could be now
    found = _instants_of((day,), _clocks(text, phrase, (day,), elsewhere), _zone(phrase, elsewhere))
    if not found:
        raise _skipped(text)
    return _within(_only(text, found, elsewhere))


def written(instant: Instant, zone: ZoneInfo) -> str:
    """The instant as it can be typed again: local, whole, with its offset where there are two such."""
    local = datetime.fromtimestamp(instant, zone)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    twice = len(_instants(local.date(), local.time(), zone)) > 1
    offset = local.isoformat()[19:] if twice else ""
    return f"{local.date().isoformat()} {local.strftime(clock)}{offset}"


def _meaning(text: str, here: TimeAndPlace, tense: Tense) -> Meaning:
    if text == NOW:
        return Meaning(_within(here.now), certain=True)
    # The grammar compiles dozens of patterns, and most steps are recorded as of now.
    from weibao.model.times.phrase import Ago, read_phrase

    phrase = read_phrase(text)
    match phrase:
        case None:
            raise ValueError(text)
        case Ago():
            if phrase.is_to_come and tense is not Tense.PLANNED:
                raise ValueError(text)
            return Meaning(_within(_counted(text, phrase, here)), certain=True)
    if phrase.hour is None:
        raise UsageRefusal(
            N_("“{text}” does not say at what time of the day."), mend=_FORMS, text=text
        )
    zone = _zone(phrase, here)
    named = _named_day(text, phrase, here)
    clocks = _clocks(text, phrase, named.days, here)
    found = _instants_of(named.days, clocks, zone)
    if not found:
        raise _skipped(text)
    if len(found) > 1 and tense is not Tense.PLANNED:
        found = [instant for instant in found if here.has_come(instant)] or found
    if not named.open or _is_near(named, found, here, tense):
        instant = _within(_only(text, found, here))
        return Meaning(instant, certain=not (named.open and _is_long_ago(instant, here)))
    other = named.after if tense is Tense.PLANNED else named.before
    if other is None:
        raise _no_such_day(text)
    instead = _instants_of((other,), clocks, zone)
    if not instead:
        raise _skipped(text)
    return Meaning(_within(_only(text, instead, here)), certain=False)


def _zone(phrase: Phrase, here: TimeAndPlace) -> tzinfo:
    """The zone of the clock: that of the contract, but for a whole date with an offset of its own."""
    if not phrase.offset:
        return here.zone
    if phrase.numbers[:1] and phrase.numbers[0][0]:
        offset = "+00:00" if phrase.offset == "z" else phrase.offset
        return datetime.strptime(offset, "%z").tzinfo or UTC
    raise ValueError(phrase.offset)


def _is_near(named: _NamedDay, found: Iterable[Instant], here: TimeAndPlace, tense: Tense) -> bool:
    """Whether what nobody said the day of is certainly the one of these days."""
    if tense is Tense.PLANNED:
        ahead = [instant - here.now for instant in found]
        return all(-here.skew <= seconds < _HALF_A_YEAR.total_seconds() for seconds in ahead)
    if named.dated:
        return all(day <= here.today for day in named.days)
    return all(here.has_come(instant) for instant in found)


def _is_long_ago(instant: Instant, here: TimeAndPlace) -> bool:
    """Whether a date without its year is of more than half a year ago, and may be meant otherwise."""
    return here.now - instant > _HALF_A_YEAR.total_seconds()


def _within(instant: Instant) -> Instant:
    if not 0 <= instant < _LAST:
        raise OverflowError
    return instant


def _counted(text: str, ago: Ago, here: TimeAndPlace) -> Instant:
    if not ago.days:
        return here.now - ago.seconds
    local = datetime.fromtimestamp(here.now, here.zone)
    found = _instants(local.date() - timedelta(days=ago.days), local.time(), here.zone)
    if not found:
        raise _skipped(text)
    return _only(text, found, here) - ago.seconds


def _named_day(text: str, phrase: Phrase, here: TimeAndPlace) -> _NamedDay:
    today = here.today
    if phrase.numbers:
        named = _dated(text, phrase, today)
        if phrase.weekday is not None:
            days = tuple(day for day in named.days if day.isoweekday() == phrase.weekday)
            if not days:
                raise UsageRefusal(
                    N_("“{text}” names a day of the week that {day} is not."),
                    mend=_WHICH,
                    text=text,
                    day=named.days[0].isoformat(),
                )
            return _NamedDay(days)
        return named
    if phrase.weekday is not None:
        if phrase.days is not None:
            raise ValueError(text)
        monday = today - timedelta(days=today.weekday())
        this = monday + timedelta(days=phrase.weekday - 1)
        if phrase.weeks:
            return _NamedDay(tuple(this + timedelta(weeks=week) for week in phrase.weeks))
        week = timedelta(weeks=1)
        return _NamedDay((this,), this - week, this + week, open=True)
    if phrase.days is not None:
        return _NamedDay((today + timedelta(days=phrase.days),))
    day = timedelta(days=1)
    return _NamedDay((today,), today - day, today + day, open=True)


def _dated(text: str, phrase: Phrase, today: date) -> _NamedDay:
    """The day of a date, of the present year or month where none was written."""
    year, month, number = phrase.numbers[0]
    before = after = None
    nearest = False
    if year is not None:
        found = [_day(*numbers) for numbers in phrase.numbers]
        if phrase.short:
            found = [day for day in found if day and abs(day.year - today.year) <= 1]
    elif month is not None:
        this = today.year + (phrase.years or 0)
        found = [_day(this, month, number)]
        before, after = _day(this - 1, month, number), _day(this + 1, month, number)
        nearest = phrase.years is None
    else:
        found = [_of_month(today, phrase.months or 0, number)]
        before, after = _of_month(today, -1, number), _of_month(today, 1, number)
        nearest = phrase.months is None
    days = tuple(dict.fromkeys(day for day in found if day))
    if not days:
        raise _no_such_day(text)
    return _NamedDay(days, before, after, open=nearest, dated=True)


def _day(year: int | None, month: int | None, number: int) -> date | None:
    try:
        return date(year or 0, month or 0, number)
    except ValueError:
        return None


def _of_month(today: date, months: int, number: int) -> date | None:
    """The day of this number in the month that is so many from the present one."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _day(year, month + 1, number)


def _clocks(
    text: str, phrase: Phrase, days: tuple[date, ...], here: TimeAndPlace
) -> tuple[time, ...]:
    """The clock that was named, on one of twenty-four hours; two where it may be either half of the day."""
    from weibao.model.times.phrase import HOURS

    hour = phrase.hour or 0
    hours: tuple[int, ...] = (hour,)
    if phrase.part:
        known = HOURS[phrase.part]
        if phrase.part == "night" and phrase.dayless:
            known = known | {small: small for small in range(6)}
        if _is_of_either_night(phrase, known):
            first = days[0]
            around = (first, first + timedelta(days=1))
            clock = (time(hour % 12, phrase.minute, phrase.second),)
            raise _several(text, _instants_of(around, clock, here.zone), here)
        if hour not in known:
            raise UsageRefusal(
                N_("“{text}” names an hour that is not in that part of the day."),
                mend=_FORMS,
                text=text,
            )
        hours = (known[hour],)
    elif phrase.spoken and (hour in _SMALL_HOURS or (0 < hour < 12 and days[0] == here.today)):
        hours = (hour, hour + 12)
    return tuple(time(hour, phrase.minute, phrase.second) for hour in hours)


def _is_of_either_night(phrase: Phrase, known: Mapping[int, int]) -> bool:
    """Whether an hour may be of the night before the day or of that after it: 昨晚12点, 昨天夜里两点."""
    hour = phrase.hour or 0
    if phrase.part == "am":
        return hour == 12 and not phrase.minute
    small = hour == 12 or (hour < 6 and phrase.part != "dawn")
    return hour not in known and small and phrase.part in {"dawn", "evening", "night"}


def _instants_of(days: Iterable[date], clocks: Iterable[time], zone: tzinfo) -> list[Instant]:
    """Every instant at which one of the clocks shows on one of the days."""
    return [
        instant for day, clock in product(days, clocks) for instant in _instants(day, clock, zone)
    ]


def _instants(day: date, clock: time, zone: tzinfo) -> list[Instant]:
    """The instants at which ``zone`` has this day and clock: none in a gap, two in an overlap."""
    found = []
    for fold in (0, 1):
        local = datetime.combine(day, clock, zone).replace(fold=fold)
        instant = int(local.timestamp())
        shown = datetime.fromtimestamp(instant, zone)
        if (shown.date(), shown.time()) == (day, clock) and instant not in found:
            found.append(instant)
    return found


def _only(text: str, found: list[Instant], here: TimeAndPlace) -> Instant:
    if len(found) > 1:
        raise _several(text, found, here)
    return found[0]


def _several(text: str, found: list[Instant], here: TimeAndPlace) -> UsageRefusal:
    return UsageRefusal(
        N_("“{text}” may mean {readings}."),
        mend=_WHICH,
        text=text,
        readings=tuple(written(instant, here.zone) for instant in found),
    )


def _skipped(text: str) -> UsageRefusal:
    return UsageRefusal(
        N_("“{text}” never was: that day the clocks were put forward over it."),
        mend=_WHICH,
        text=text,
    )


def _no_such_day(text: str) -> UsageRefusal:
    return UsageRefusal(N_("“{text}” names a day that there is not."), mend=_FORMS, text=text)
