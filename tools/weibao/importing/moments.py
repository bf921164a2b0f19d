"""When something was, by what a register says of it: an instant and how exact it is, or the reason why neither.

The grammar is that of every time that somebody types; the day that a phrase leaves out is the row's, never
today. All days that a date may be are tried, and those that the mapping excludes are not: one must be left.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import Precision
from weibao.model.instant import local_day
from weibao.model.times.phrase import Phrase, read_phrase
from weibao.model.times.when import instant_on, written
from weibao.model.times.wording import reworded
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from weibao.importing.mapping import DateReading
    from weibao.model.instant import Instant
    from weibao.model.times.phrase import Numbers

_FORMS = N_(
    "Write it as 2026-11-23 09:12 in the source, or only the day if that is all that is known."
)
_WITH_DAY = N_("Write its day too: 2026-11-23 09:12.")
_BEFORE = N_("“{text}” says no day, and is before {time}, which it should be after.")
_HALF_A_DAY = 12 * 3600
_SAME_DAY = re.compile("当天|当日|同日|同一天|same day")
_NEXT_DAY = re.compile("次日|翌日|第二天|隔天|隔日|next day")
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?")
_FRACTION = re.compile(r"(?<=:\d\d)\.\d+")
_EPOCHS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}  # noqa: DTZ001 - a spreadsheet's, of no zone
_FIRST_SERIAL = {1900: 61, 1904: 0}
"""Before March 1900 a spreadsheet counts a day that there was not."""
_LENGTH = re.compile(
    r"(?:(\d+) ?(?:天|日|days?|d))? ?(?:(\d+) ?(?:小时|hours?|hrs?|h))? ?"
    r"(?:(\d+) ?(?:分钟?|minutes?|mins?|m))? ?(?:(\d+) ?(?:秒钟?|seconds?|secs?|s))?"
)
_OF_A_SHEET = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d)(?::(\d\d))?)?")
"""What a spreadsheet gave as a time and not as a text, which is most of a register."""


@dataclass(frozen=True, slots=True)
class ReadTime:
    """``at`` is the earliest instant that it can have been; ``precision`` says how far after it the true one may lie.

    None is as it was written, a day up to the end of that day, unknown any time after.
    """

    at: Instant
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class MomentReader:
    """Reads the times of one register."""

    reading: DateReading
    zone: ZoneInfo

    def reported(self, text: str, clock: str) -> ReadTime:
        """When something was reported.

        Raises:
            UsageRefusal: what the register says is no time, may be several, or is outside of its days.
        """
        found = self._read(self._joined(text, clock), None)
        between, day = self.reading.between, local_day(found.at, self.zone)
        if between and not between[0] <= day <= between[1]:
            raise UsageRefusal(
                N_("“{text}” is not between {first} and {last}, when everything was reported."),
                mend=N_(
                    "Mend the date in the source, or the days in the mapping (dates: between)."
                ),
                text=text,
                first=between[0].isoformat(),
                last=between[1].isoformat(),
            )
        return found

    def step(
        self, text: str, clock: str, after: ReadTime | None, since: ReadTime, latest: Instant
    ) -> ReadTime:
        """When a step was, which comes after another; ``since`` is when the whole began, ``latest`` the last step so far.

        Raises:
            UsageRefusal: what the register says is no time, may be several, is before that, or says no day while
                the steps had come to another.
        """
        joined = self._joined(text, clock)
        found = self._read(joined, after)
        if local_day(found.at, self.zone) < local_day(latest, self.zone) and _says_no_day(joined):
            raise UsageRefusal(_BEFORE, mend=_WITH_DAY, text=text, time=written(latest, self.zone))
        return self._not_before(found, since, text)

    def passed(self, text: str, after: ReadTime) -> ReadTime:
        """When a length of time had passed since something: no more exact than its smallest unit.

        Of whole days it is that day; of whole hours it was then or later on that day.
        """
        found = _LENGTH.fullmatch(" ".join(unicodedata.normalize("NFKC", text).casefold().split()))
        if found is None or not any(found.groups()):
            raise UsageRefusal(
                N_("“{text}” is no length of time."),
                mend=N_("Write it as “8 minutes” or “2 hours 25 minutes” in the source."),
                text=text,
            )
        days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
        if not found[2] and not found[3] and not found[4]:
            day = local_day(after.at, self.zone) + timedelta(days=days)
            return self._not_before(ReadTime(self._start_of(day), Precision.DAY), after, text)
        length = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        whole_hours = not found[3] and not found[4]
        return ReadTime(after.at + length, Precision.DAY if whole_hours else after.precision)

    def _not_before(self, found: ReadTime, since: ReadTime, text: str) -> ReadTime:
        if found.at >= since.at:
            return found
        if found.precision and local_day(found.at, self.zone) == local_day(since.at, self.zone):
            return ReadTime(since.at, found.precision)
        raise UsageRefusal(
            N_("“{text}” ({time}) is before it was reported ({reported})."),
            mend=N_("Mend the time that is wrong in the source."),
            text=text,
            time=written(found.at, self.zone),
            reported=written(since.at, self.zone),
        )

    def _joined(self, text: str, clock: str) -> str:
        parts = (self._plain(part) for part in (text, clock) if part)
        return " ".join(parts)

    def _plain(self, text: str) -> str:
        """The text with half-width digits, without parts of seconds, and a spreadsheet's number as a time."""
        plain = _FRACTION.sub("", unicodedata.normalize("NFKC", text).strip())
        serials = self.reading.serials
        if serials and _SERIAL.fullmatch(plain):
            return _of_serial(float(plain), serials) or plain
        return plain

    def _read(self, text: str, after: ReadTime | None) -> ReadTime:
        if found := _OF_A_SHEET.fullmatch(text):
            return self._of_a_sheet(text, [int(number or 0) for number in found.groups()])
        for said, days in ((_SAME_DAY, 0), (_NEXT_DAY, 1)):
            rest, number = said.subn(" ", text)
            if number:
                return self._on_the_row_s_day(text, rest.strip(), days, after)
        phrase = read_phrase(text)
        if not isinstance(phrase, Phrase):
            raise UsageRefusal(N_("“{text}” is no time that can be read."), mend=_FORMS, text=text)
        if not phrase.numbers:
            if not phrase.dayless:
                raise _of_no_day(text)
            return self._without_a_day(text, phrase, after)
        if phrase.months is not None or phrase.years is not None:
            raise _of_no_day(text)
        return self._on(text, phrase, self._day(text, phrase))

    def _of_a_sheet(self, text: str, numbers: list[int]) -> ReadTime:
        year, month, number, hour, minute, second = numbers
        clock = Phrase(
            ((year, month, number),),
            hour=hour if len(text) > len("2026-11-23") else None,
            minute=minute,
            second=second,
        )
        return self._on(text, clock, self._day(text, clock))

    def _on(self, text: str, phrase: Phrase, day: date) -> ReadTime:
        if phrase.hour is not None:
            return ReadTime(_instant_on(text, phrase, day, self.zone))
        if phrase.part:
            raise UsageRefusal(
                N_("“{text}” does not say at what time of the day."), mend=_FORMS, text=text
            )
        return ReadTime(self._start_of(day), Precision.DAY)

    def _on_the_row_s_day(
        self, text: str, rest: str, days: int, after: ReadTime | None
    ) -> ReadTime:
        """A day that is told by that of the row: 当天, 次日 9:30."""
        if after is None or after.precision == Precision.UNKNOWN:
            raise _of_no_day(text)
        day = local_day(after.at, self.zone) + timedelta(days=days)
        if not rest:
            return ReadTime(self._start_of(day), Precision.DAY)
        phrase = read_phrase(rest)
        if not isinstance(phrase, Phrase) or not phrase.dayless:
            raise UsageRefusal(N_("“{text}” is no time that can be read."), mend=_FORMS, text=text)
        return self._on(text, phrase, day)

    def _without_a_day(self, text: str, phrase: Phrase, after: ReadTime | None) -> ReadTime:
        """A time of day alone: of the day of what was before it, or after its midnight."""
        if after is None or after.precision == Precision.UNKNOWN:
            raise _of_no_day(text)
        day = local_day(after.at, self.zone)
        found = self._on(text, phrase, day)
        if found.at >= after.at:
            return found
        found = self._on(text, phrase, day + timedelta(days=1))
        if found.at - after.at > _HALF_A_DAY:
            raise UsageRefusal(
                _BEFORE,
                mend=_WITH_DAY,
                text=text,
                time=written(after.at, self.zone),
            )
        return found

    def _day(self, text: str, phrase: Phrase) -> date:
        """The one day that a date can be."""
        days = sorted(set(self._days(text, phrase)))
        between = self.reading.between
        if between and len(days) > 1:
            days = [day for day in days if between[0] <= day <= between[1]] or days
        if phrase.weekday is not None:
            days = [day for day in days if day.isoweekday() == phrase.weekday]
        if len(days) > 1:
            raise UsageRefusal(
                N_("“{text}” may be {readings}."),
                mend=N_("Say in the mapping which comes first (dates: order: dmy or mdy)."),
                text=text,
                readings=tuple(day.isoformat() for day in days),
            )
        if not days:
            raise UsageRefusal(
                N_("“{text}” names a day that there is not."),
                mend=N_("Mend the date in the source."),
                text=text,
            )
        return days[0]

    def _days(self, text: str, phrase: Phrase) -> Iterator[date]:
        """Every day that a date in this wording can be, in the order that the mapping says if it does."""
        for year, month, number in self._readings(text, phrase):
            if year is None and self.reading.year is None:
                raise UsageRefusal(
                    N_("“{text}” does not say which year."),
                    mend=N_("Say in the mapping which (dates: year: 2026)."),
                    text=text,
                )
            if month is None:
                raise _of_no_day(text)
            turned = "月" not in reworded(text) and year is None
            orders = [(month, number)] if not turned else [(month, number), (number, month)]
            if turned and self.reading.order:
                orders = orders[1:] if self.reading.order == "dmy" else orders[:1]
            for said_month, said_number in orders:
                try:
                    yield date(year or self.reading.year or 0, said_month, said_number)
                except ValueError:
                    continue

    def _readings(self, text: str, phrase: Phrase) -> tuple[Numbers, ...]:
        """What a date in numbers can be: in the order that the mapping says, if it can be of that; else in any.

        03/04/2026 has the day first or the month; 03/04/26 the year, the day or the month.
        """
        orders: dict[str, Numbers] = {}
        if phrase.short and "月" not in reworded(text):
            year, month, number = phrase.numbers[-1]
            orders = {"ymd": phrase.numbers[0], "dmy": phrase.numbers[-1]}
            orders["mdy"] = (year, number, month or 0)
        elif len(phrase.numbers) > 1:
            orders = dict(zip(("dmy", "mdy"), phrase.numbers, strict=True))
        if self.reading.order in orders:
            return (orders[self.reading.order],)
        return tuple(orders.values()) or phrase.numbers

    def _start_of(self, day: date) -> Instant:
        return int(datetime.combine(day, time(), self.zone).timestamp())


def _instant_on(text: str, phrase: Phrase, day: date, zone: ZoneInfo) -> Instant:
    try:
        return instant_on(text, phrase, day, zone)
    except (ValueError, OverflowError):
        raise UsageRefusal(
            N_("“{text}” is no time that can be read."), mend=_FORMS, text=text
        ) from None


def _of_serial(number: float, since: int) -> str:
    """A spreadsheet's number as a time in ISO 8601: a day, a time of day, or both; "" if it is neither."""
    whole = int(number)
    if whole and not _FIRST_SERIAL[since] <= whole < 200_000:
        return ""
    moment = _EPOCHS[since] + timedelta(days=whole, seconds=round((number - whole) * 86_400))
    if not whole:
        return moment.time().isoformat() if number else ""
    return moment.date().isoformat() if number == whole else moment.isoformat(" ")


def _says_no_day(text: str) -> bool:
    phrase = read_phrase(text)
    return isinstance(phrase, Phrase) and phrase.dayless


def _of_no_day(text: str) -> UsageRefusal:
    return UsageRefusal(N_("“{text}” does not say of which day."), mend=_WITH_DAY, text=text)
