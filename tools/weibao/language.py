"""The message catalogues: every sentence that a person reads, in Chinese and in English.

English sentences are the message ids; ``locale/<code>/LC_MESSAGES/<room>.po`` translates them, one
catalogue a room. Words of the record format (events, verdicts, reasons …) are looked up by
``term``, with the kind of word as their context, in both languages. Dates, durations, numbers and
lists are formatted by Babel, never glued by hand.
"""

from __future__ import annotations

import errno
import gettext
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

LOCALE = Path(__file__).parent / "locale"
CODES = ("zh", "en")
_FIRST = frozenset({"cli", "render", "terms"})
"""The rooms whose catalogues are looked in first: what is shown comes mostly from them."""
SYSTEM_REASONS = (
    "EACCES",
    "EEXIST",
    "EISDIR",
    "ELOOP",
    "ENAMETOOLONG",
    "ENOENT",
    "ENOSPC",
    "ENOTDIR",
    "EPERM",
    "EROFS",
)
"""Why the system does not do as it is asked, of what people meet; the rest is in its own words."""
_FULL_WIDTH = "：；，。？！、）”"
_TO_THE_MINUTE = "yyyy-MM-dd HH:mm"


def N_(message: str) -> str:  # noqa: N802 - the field's name for "translate this later"
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def run_on(*sentences: str) -> str:
    """Sentences one after the other; after a mark of full width stands no space."""
    told = ""
    for sentence in filter(None, sentences):
        told += f" {sentence}" if told and told[-1] not in _FULL_WIDTH else sentence
    return told


@dataclass(frozen=True, slots=True)
class Language:
    """One language to write in. Values in, text out; holds no state but its catalogues."""

    code: str
    _catalogues: gettext.NullTranslations

    def text(self, message: str, /, **facts: object) -> str:
        """The message in this language, with ``{named}`` places filled from ``facts``."""
        found = self._catalogues.gettext(message) if message else ""
        return found.format_map(facts) if facts else found

    def plural(self, one: str, many: str, number: int, /, **facts: object) -> str:
        """The right form for ``number``, which fills ``{number}``."""
        # Babel takes long to load, and small numbers have no separators.
        written = self.number(number) if abs(number) >= 1000 else number
        return self._catalogues.ngettext(one, many, number).format_map({"number": written} | facts)

    def term(self, kind: str, word: str) -> str:
        """A word of the record format as people say it: ``term("event", "acknowledged")``."""
        found = self._catalogues.pgettext(kind, word)
        return found.replace("_", " ") if found == word else found

    def pick(self, names: dict[str, str]) -> str:
        """The name in this language out of a record's ``{zh: …, en: …}``, or whichever there is."""
        return names.get(self.code) or next(iter(names.values()), "")

    def moment(self, instant: int, zone: tzinfo, *, pattern: str = _TO_THE_MINUTE) -> str:
        """An instant (Unix seconds) as a local date and time of ``zone``, by a CLDR pattern."""
        local = datetime.fromtimestamp(instant, UTC).astimezone(zone)
        if pattern == _TO_THE_MINUTE:  # digits alone, in every language: Babel takes long to load
            return local.isoformat(" ", "minutes")[: len(pattern)]
        from babel.dates import format_datetime

        return format_datetime(local, pattern, tzinfo=zone, locale=self._locale)

    def day(self, day: date) -> str:
        """A date as this language writes it, with the day of the week."""
        from babel.dates import format_date

        pattern = "y年M月d日 EEE" if self.code == "zh" else "EEE d MMM y"
        return format_date(day, pattern, locale=self._locale)

    def month(self, month: str) -> str:
        """A month ``2026-11`` as this language writes it."""
        from babel.dates import format_skeleton

        first = datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - a month has no zone
        return format_skeleton("yMMM", first, locale=self._locale)

    def duration(self, seconds: int, *, units: int = 2) -> str:
        """A length of time in its largest units: ``1 小时 20 分钟``; ``0`` reads as seconds.

        A unit between two others is told even where it is none: ``1 天 0 小时 45 分钟``. In one unit it
        is rounded.
        """
        from babel.units import format_unit

        rest = abs(seconds)
        known = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
        if units == 1:
            size = next((size for _, size in known if size <= rest), 1)
            rest = (rest + size // 2) // size * size
        counts: list[tuple[str, int]] = []
        for unit, size in known:
            count, rest = divmod(rest, size)
            if count or counts or unit == "second":
                counts.append((unit, count))
        shown = counts[: units + any(not count for _, count in counts[1:units])]
        while len(shown) > 1 and not shown[-1][1]:
            shown.pop()
        parts = [
            format_unit(count, f"duration-{unit}", "short", locale=self._locale)
            for unit, count in shown
        ]
        return ("" if self.code == "zh" else " ").join(parts)

    def working_time(self, seconds: int) -> str:
        """A length of working time, in hours however long it is: ``53 working hours 15 mins``."""
        hours, rest = divmod(abs(seconds), 3600)
        minutes = rest // 60
        if not hours and minutes:
            one, many = N_("{number} working minute"), N_("{number} working minutes")
            return self.plural(one, many, minutes)
        if not hours and rest:
            one, many = N_("{number} working second"), N_("{number} working seconds")
            return self.plural(one, many, rest)
        one, many = N_("{number} working hour"), N_("{number} working hours")
        whole = self.plural(one, many, hours)
        more = (self.duration(minutes * 60),) if minutes else ()
        return ("" if self.code == "zh" else " ").join((whole, *more))

    def percent(self, share: Fraction, digits: int = 1) -> str:
        """A share of one as a percentage with this many decimals; none where it is all or nothing.

        Rounded down: what is not all is never shown as all.
        """
        from babel.numbers import format_percent

        decimals = "" if share in {0, 1} or not digits else f".{'0' * digits}"
        shown = Decimal(int(share * 10 ** (digits + 2))).scaleb(-digits - 2)
        return format_percent(shown, f"0{decimals}%", locale=self._locale)

    def decimal(self, value: Fraction | Decimal | int) -> str:
        """A number with two decimals, rounded down: what is not five is never shown as five."""
        from babel.numbers import format_decimal

        hundredths = Decimal(int(value * 100)).scaleb(-2)
        return format_decimal(hundredths, format="#,##0.00", locale=self._locale)

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def listing(self, items: Iterable[str]) -> str:
        """``甲、乙和丙`` / ``a, b and c``."""
        from babel.lists import format_list

        told = format_list(list(items), locale=self._locale)
        # Between Latin letters 和 has the spaces that words have, as in the catalogues.
        return re.sub(r"(?<=[!-~])和(?=[!-~])", " 和 ", told) if self.code == "zh" else told

    def fact(self, value: object) -> str:
        """A fact as a sentence has it: several as a listing, a name in both languages in this one, the system's refusal as its reason."""
        match value:
            case OSError():
                name = errno.errorcode.get(value.errno or 0, "")
                known = name in SYSTEM_REASONS
                return self.term("system", name) if known else value.strerror or str(value)
            case tuple() | list():
                return self.listing(map(self.fact, value))
            case dict():
                return self.pick(value)
            case _:
                return str(value)

    @property
    def _locale(self) -> str:
        return "zh_Hans_CN" if self.code == "zh" else "en_GB"


def words_for(kind: str, word: str) -> tuple[str, ...]:
    """A word of the record format as it is said, in every language that there is."""
    return tuple(language(code).term(kind, word) for code in CODES)


def in_both(message: str) -> dict[str, str]:
    """A message in every language that there is: a fact of which its reader gets the one."""
    return {code: language(code).text(message) for code in CODES}


class _Catalogues(gettext.NullTranslations):
    """The catalogues of a language, each read when a message is in none of those before it.

    Whoever presses Tab waits for all that is read, and sees a few messages of one room.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """``paths`` are those of the catalogues, the first to be looked in first."""
        super().__init__()
        self._paths = paths

    @cached_property
    def _first(self) -> gettext.NullTranslations:
        """The first catalogue, and behind it the others; none, where there are no more."""
        if not self._paths:
            return gettext.NullTranslations()
        with self._paths[0].open("rb") as stream:
            found = gettext.GNUTranslations(stream)
        found.add_fallback(_Catalogues(self._paths[1:]))
        return found

    def gettext(self, message: str) -> str:
        """See ``gettext.NullTranslations``."""
        return self._first.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """See ``gettext.NullTranslations``."""
        return self._first.ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        """See ``gettext.NullTranslations``."""
        return self._first.pgettext(context, message)


@cache
def language(code: str) -> Language:
    """The language with this code (``zh`` or ``en``); raises ``KeyError`` for any other."""
    if code not in CODES:
        raise KeyError(code)
    folder = LOCALE / code / "LC_MESSAGES"
    rooms = sorted(folder.glob("*.mo"), key=lambda path: (path.stem not in _FIRST, path.stem))
    return Language(code, _Catalogues(rooms))
