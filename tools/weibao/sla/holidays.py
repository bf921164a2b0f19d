"""Public holidays and make-up working days (调休) in China, by the notice that sets them.

Only days that differ from the weekly hours are listed. A year whose notice is not out yet is
covered by no calendar: nobody can know its working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """The yearly notice of the State Council's General Office.

    ``holidays`` are (name, days off); ``working`` are the weekend days worked in their place.
    """

    year: int
    name: str
    published: date
    holidays: tuple[tuple[str, tuple[str, ...]], ...]
    working: tuple[str, ...]


NOTICES = (
    Notice(
        2025,
        "国务院办公厅关于2025年部分节假日安排的通知",
        date(2024, 11, 12),
        (
            ("元旦", ("01-01",)),
            ("春节", ("01-28", "01-29", "01-30", "01-31", "02-03", "02-04")),
            ("清明节", ("04-04",)),
            ("劳动节", ("05-01", "05-02", "05-05")),
            ("端午节", ("06-02",)),
            ("国庆节、中秋节", ("10-01", "10-02", "10-03", "10-06", "10-07", "10-08")),
        ),
        ("01-26", "02-08", "04-27", "09-28", "10-11"),
    ),
    Notice(
        2026,
        "国务院办公厅关于2026年部分节假日安排的通知",
        date(2025, 11, 4),
        (
            ("元旦", ("01-01", "01-02")),
            ("春节", ("02-16", "02-17", "02-18", "02-19", "02-20", "02-23")),
            ("清明节", ("04-06",)),
            ("劳动节", ("05-01", "05-04", "05-05")),
            ("端午节", ("06-19",)),
            ("中秋节", ("09-25",)),
            ("国庆节", ("10-01", "10-02", "10-05", "10-06", "10-07")),
        ),
        ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
)


def published_by(day: date) -> tuple[Notice, ...]:
    """The notices that were out on ``day``."""
    return tuple(notice for notice in NOTICES if notice.published <= day)


def calendar_text(first_year: int, known_on: date) -> str:
    """The contract's ``calendars``, as a text, with what was known on ``known_on``.

    It covers the years from ``first_year`` on whose notices were out; where none was (the year is
    beyond those listed here), only the day before the first of them, so that it covers nothing
    of the contract's term.
    """
    notices = [notice for notice in published_by(known_on) if notice.year >= first_year]
    years = [notice.year for notice in notices]
    covers = (
        (f"{years[0]}-01-01", f"{years[-1]}-12-31") if years else (f"{first_year - 1}-12-31",) * 2
    )
    weekly = ", ".join(f'{day}: ["09:00-18:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))
    lines = [
        "calendars:",
        "  workdays:",
        f"    hours: {{{weekly}}}",
        f"    covers: {{from: {covers[0]}, to: {covers[1]}}}",
    ]
    if notices:
        lines.append("    overrides:")
    for notice in notices:
        lines.append(f"      # {notice.name}")
        lines += [
            f"      - {{days: [{_days(notice.year, days)}], hours: [], why: {name}}}"
            for name, days in notice.holidays
        ]
        working = _days(notice.year, notice.working)
        lines.append(f'      - {{days: [{working}], hours: ["09:00-18:00"], why: 调休上班}}')
    return "\n".join(lines) + "\n"


def days_off() -> frozenset[date]:
    """Every holiday listed, whatever was known when: what really was not worked."""
    return frozenset(
        date.fromisoformat(f"{notice.year}-{day}")
        for notice in NOTICES
        for _, days in notice.holidays
        for day in days
    )


def days_made_up() -> frozenset[date]:
    """Every make-up working day listed."""
    return frozenset(
        date.fromisoformat(f"{notice.year}-{day}") for notice in NOTICES for day in notice.working
    )


def by_notice(day: date, hours: tuple[str, ...]) -> bool:
    """Whether the hours of a day are what the notices make of it: none on a holiday, some on a day made up."""
    return day in (days_made_up() if hours else days_off())


def _days(year: int, days: tuple[str, ...]) -> str:
    return ", ".join(f"{year}-{day}" for day in days)
