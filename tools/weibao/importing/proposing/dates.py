"""How a register writes its times, by its title and by what stands in its columns; what that leaves open is asked."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from weibao.importing.mapping import DateReading
from weibao.importing.moments import MomentReader
from weibao.importing.proposing.question import OpenQuestion
from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from weibao.importing.proposing.table import ProposedTable
    from weibao.model.instant import Instant

_MONTH = re.compile(r"(?<!\d)(20\d\d)(?: ?年 ?|[-._/])(0?[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?: ?年|(?!\d))")
_OFFSET = re.compile(r".*\d(?:Z|[+-]\d\d:?\d\d)")
_YEAR_FIRST = re.compile(r"\d{4} ?[-/.年]")
"""A date that begins so leaves neither year nor order open."""
_ORDERS = ("dmy", "mdy", "ymd")
_SHOWN = 3
_SOME_YEAR = 2024  # a leap year: every day of a year is one of its days

ORDER = N_(
    "{texts}: which comes first, the day (dmy) or the month (mdy)? Write dates: order. Dates that can only be read with the day first: {day_first}, with the month first: {month_first}."
)
ZONE = N_(
    "The times say no zone. Are they by the clock of {zone}? If not, change dates: zone; then take this line out."
)
YEAR = N_("{texts}: of which year? Write dates: year.")
SERIALS = N_(
    "{texts} may be days that a spreadsheet counts, from 1900 or (old files of a Mac) from 1904. Write dates: serials."
)
BETWEEN = N_("The title says {title} and the sheet {sheet}. Write dates: between and year.")


@dataclass(frozen=True, slots=True)
class ProposedDates:
    """What the mapping says under ``dates``, and what of it is open."""

    data: dict[str, Any]
    questions: tuple[OpenQuestion, ...]


def proposed_dates(
    table: ProposedTable, file: str, columns: Iterable[str], zone: ZoneInfo
) -> ProposedDates:
    """How the times in ``columns`` are to be read; ``file`` is the name of the register's file."""
    cells = [cell for column in columns for cell in table.cells(column)]
    texts = tuple(
        dict.fromkeys(
            cell.text for cell in cells if not isinstance(cell.value, date | datetime | time)
        )
    )
    doubtful = [
        text for text in texts if not _YEAR_FIRST.match(unicodedata.normalize("NFKC", text))
    ]
    spans = [_span(said) for said in (table.title, table.name, file)]
    told = [span for span in spans if span is not None]
    between = told[0] if told else None
    questions = list(_of_the_zone(texts, zone)) if cells else []
    if spans[0] and spans[1] and spans[0] != spans[1]:
        questions.append(
            OpenQuestion("dates.between", BETWEEN, {"title": table.title, "sheet": table.name})
        )
    data: dict[str, Any] = {"zone": zone.key}
    reader = _DateTrial(zone, between)
    if between:
        data["year"] = between[0].year
    elif yearless := [text for text in doubtful if reader.lacks_year(text)]:
        questions.append(
            OpenQuestion("dates.year", YEAR, {"texts": _some(yearless)}, ("dates", "year"))
        )
    if numbers := [text for text in texts if re.fullmatch(r"\d{4,6}(?:\.\d+)?", text)]:
        data["serials"] = 1900
        if not all(reader.counts_from_1900(text) for text in numbers):
            questions.append(
                OpenQuestion(
                    "dates.serials",
                    SERIALS,
                    {"texts": _some(numbers)},
                    ("dates", "serials"),
                    (1900, 1904),
                )
            )
    if unclear := [text for text in doubtful if reader.has_two_orders(text)]:
        first = {
            order: _some([text for text in texts if reader.only(text, order)]) or ("–",)
            for order in ("dmy", "mdy")
        }
        questions.append(
            OpenQuestion(
                "dates.order",
                ORDER,
                {
                    "texts": _some(unclear),
                    "day_first": first["dmy"],
                    "month_first": first["mdy"],
                },
                ("dates", "order"),
                _ORDERS,
            )
        )
    if between:
        data["between"] = [day.isoformat() for day in between]
    return ProposedDates(data, tuple(questions))


def _of_the_zone(texts: tuple[str, ...], zone: ZoneInfo) -> Iterator[OpenQuestion]:
    if not texts or not all(_OFFSET.fullmatch(text) for text in texts):
        yield OpenQuestion("dates.zone", ZONE, {"zone": zone.key})


def _some(texts: list[str]) -> tuple[str, ...]:
    return tuple(texts[:_SHOWN])


def month_said(said: str) -> str:
    """The month that a title names alone, as ``2026-11``; "" if it names none."""
    months = set(_MONTH.findall(said))
    return "-".join(part.zfill(2) for part in months.pop()) if len(months) == 1 else ""


def _span(said: str) -> tuple[date, date] | None:
    """The month, or else the year, that a title names if it names one alone."""
    months = set(_MONTH.findall(said))
    if len(months) == 1:
        year, month = map(int, months.pop())
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    years = set(_YEAR.findall(said))
    if not months and len(years) == 1:
        year = int(years.pop())
        return date(year, 1, 1), date(year, 12, 31)
    return None


@dataclass(frozen=True, slots=True)
class _DateTrial:
    """Reads a text as the import would, in one way and in another."""

    zone: ZoneInfo
    between: tuple[date, date] | None

    def _at(
        self, text: str, order: str = "", serials: int | None = None, *, year: bool = True
    ) -> Instant | None:
        number = (self.between[0].year if self.between else _SOME_YEAR) if year else None
        reading = DateReading(self.zone.key, number, order, serials, self.between)
        try:
            return MomentReader(reading, self.zone).reported(text, "").at
        except UsageRefusal:
            return None

    def lacks_year(self, text: str) -> bool:
        """Whether it is a date only once a year is said."""
        return any(
            self._at(text, order, year=False) is None and self._at(text, order) is not None
            for order in ("dmy", "mdy")
        )

    def counts_from_1900(self, text: str) -> bool:
        """Whether a number is one of the register's days as counted from 1900, and none from 1904."""
        if self.between is None:
            return False
        return self._at(text, serials=1900) is not None and self._at(text, serials=1904) is None

    def has_two_orders(self, text: str) -> bool:
        """Whether it can be read only once it is said whether day, month or year comes first."""
        return self._at(text) is None and any(self._at(text, order) for order in _ORDERS)

    def only(self, text: str, order: str) -> bool:
        """Whether it can be read in this order alone."""
        other = "mdy" if order == "dmy" else "dmy"
        return self._at(text, order) is not None and self._at(text, other) is None
