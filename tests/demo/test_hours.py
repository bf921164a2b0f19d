"""The working days of the example, and the notices they come from."""

from __future__ import annotations

from datetime import date

import pytest

from weibao.demo.contract_text import contract_text
from weibao.demo.hours import at_time, clock_face, working_days, written
from weibao.demo.year import year_until
from weibao.model.load import read_record
from weibao.sla.calendar import working_hours
from weibao.sla.holidays import NOTICES, Notice, published_by

STATUTORY_HOLIDAYS = 13
"""Since 2025, by the State Council's regulation on holidays (国务院令第795号)."""

DAYS = working_days(date(2025, 12, 1), date(2026, 11, 30))


def test_holidays_are_not_worked_and_made_up_weekends_are() -> None:
    assert not DAYS.is_working(date(2026, 10, 1))
    assert DAYS.is_working(date(2026, 10, 10))
    assert not DAYS.is_working(date(2026, 10, 11))


def test_working_time_goes_on_after_the_holidays() -> None:
    evening = at_time(date(2026, 9, 30), 17, 30)

    assert written(DAYS.later(evening, 60)) == "2026-10-08T09:30:00+08:00"
    assert clock_face(DAYS.later(evening, 30)) == "18:00"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
    ],
)
def test_working_days_are_counted_from_any_day(day: date, count: int, expected: date) -> None:
    assert DAYS.shifted(day, count) == expected


def test_they_agree_with_the_contracts_calendar() -> None:
    text = contract_text(date(2025, 12, 1), date(2026, 11, 30), date(2026, 11, 23))
    contract = read_record("records/contract.yaml", text.encode()).value
    calendar = working_hours(contract.calendars["workdays"])

    for start in range(at_time(date(2025, 12, 1), 7), at_time(date(2026, 10, 1), 7), 7 * 3600 + 60):
        assert DAYS.later(start, 700) == -(-calendar.advance(start, 700 * 60) // 60) * 60


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: str(notice.year))
def test_a_year_has_its_thirteen_statutory_holidays_once_weekends_are_made_up(
    notice: Notice,
) -> None:
    off = sum(len(days) for _, days in notice.holidays)

    assert off - len(notice.working) == STATUTORY_HOLIDAYS


def test_a_notice_is_not_known_before_it_is_published() -> None:
    assert [one.year for one in published_by(date(2025, 11, 3))] == [2025]
    assert [one.year for one in published_by(date(2025, 11, 4))] == [2025, 2026]


@pytest.mark.parametrize(
    ("until", "start", "end"),
    [
        (date(2026, 11, 23), date(2025, 12, 1), date(2026, 11, 30)),
        (date(2027, 2, 1), date(2026, 3, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2026, 2, 1), date(2027, 1, 31)),
    ],
)
def test_a_year_is_the_twelve_months_that_end_with_the_month(
    until: date, start: date, end: date
) -> None:
    year = year_until(until, 1)

    assert (year.start, year.end) == (start, end)
    assert year.finish == at_time(until, 0)
