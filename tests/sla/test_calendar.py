from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from weibao.model.contract import CalendarTerms, Override
from weibao.sla.calendar import (
    AroundTheClock,
    Uncovered,
    covering_nothing,
    merge,
    working_hours,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-18:00",))
HOUR = 3600


def at(text: str, zone: ZoneInfo = SHANGHAI, *, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).timestamp())


def calendar(hours=OFFICE, *overrides: Override, zone: ZoneInfo = SHANGHAI, year: int = 2026):
    covers = date(year, 1, 1), date(year, 12, 31)
    return working_hours(CalendarTerms("office", zone, hours, *covers, overrides))


def test_work_counts_only_the_hours_in_between() -> None:
    office = calendar()

    assert office.work(at("2026-11-20 17:30"), at("2026-11-23 10:30")) == 2 * HOUR
    assert office.work(at("2026-11-20 18:00"), at("2026-11-23 09:00")) == 0
    assert office.work(at("2026-11-23 10:00"), at("2026-11-23 09:30")) == 0


def test_a_target_is_reached_at_closing_time_and_not_at_the_next_opening() -> None:
    office = calendar()

    assert office.advance(at("2026-11-20 16:00"), 2 * HOUR) == at("2026-11-20 18:00")
    assert office.advance(at("2026-11-20 16:00"), 2 * HOUR + 1) == at("2026-11-23 09:00:01")


def test_time_off_before_the_first_hour_does_not_count() -> None:
    office = calendar()

    assert office.advance(at("2026-11-21 12:00"), 1) == at("2026-11-23 09:00:01")
    assert office.advance(at("2026-11-20 18:00"), HOUR) == at("2026-11-23 10:00")


def test_an_override_takes_the_place_of_the_weekly_hours() -> None:
    holiday = Override((date(2026, 11, 23),), (), "停电")
    makeup = Override((date(2026, 11, 21),), ("10:00-12:00",), "调休上班")
    office = calendar(OFFICE, holiday, makeup)

    assert office.work(at("2026-11-21 00:00"), at("2026-11-24 00:00")) == 2 * HOUR
    assert office.close_of_business(at("2026-11-20 10:00"), 1) == at("2026-11-21 12:00")
    assert office.close_of_business(at("2026-11-20 10:00"), 2) == at("2026-11-24 18:00")


def test_a_lunch_break_is_no_working_time() -> None:
    office = calendar({"fri": ("13:00-18:00", "09:00-12:00")})

    assert office.work(at("2026-11-20 00:00"), at("2026-11-21 00:00")) == 8 * HOUR
    assert office.advance(at("2026-11-20 11:00"), 2 * HOUR) == at("2026-11-20 14:00")


def test_hours_that_overlap_count_once() -> None:
    office = calendar({"fri": ("09:00-13:00", "12:00-18:00", "10:00-11:00")})

    assert office.work(at("2026-11-20 00:00"), at("2026-11-21 00:00")) == 9 * HOUR


def test_a_night_shift_belongs_to_the_day_on_which_it_began() -> None:
    night = calendar({"fri": ("22:00-06:00",)})

    assert night.work(at("2026-11-20 00:00"), at("2026-11-22 00:00")) == 8 * HOUR
    assert night.close_of_business(at("2026-11-19 12:00"), 1) == at("2026-11-21 06:00")


def test_a_shift_that_began_on_the_last_covered_day_is_known_to_its_end() -> None:
    night = calendar({"thu": ("22:00-06:00",)})

    assert night.work(at("2026-12-31 00:00"), at("2027-01-01 06:00")) == 8 * HOUR
    assert night.close_of_business(at("2026-12-30 12:00"), 1) == at("2027-01-01 06:00")
    assert night.advance(at("2026-12-31 22:00"), 8 * HOUR) == at("2027-01-01 06:00")
    beyond = night.advance(at("2026-12-31 22:00"), 8 * HOUR + 1)
    assert beyond == Uncovered(at("2027-01-01 06:00"))
    assert night.close_of_business(at("2027-01-01 01:00"), 1) == Uncovered(at("2027-01-01 06:00"))


def test_midnight_may_be_written_as_24_00() -> None:
    late = calendar({"fri": ("18:00-24:00",)})

    assert late.work(at("2026-11-20 00:00"), at("2026-11-21 12:00")) == 6 * HOUR
    assert late.close_of_business(at("2026-11-19 12:00"), 1) == at("2026-11-21 00:00")


def test_working_days_are_counted_from_the_day_after_the_start() -> None:
    office = calendar()

    assert office.close_of_business(at("2026-11-20 00:00"), 1) == at("2026-11-23 18:00")
    assert office.close_of_business(at("2026-11-20 23:59"), 1) == at("2026-11-23 18:00")
    assert office.close_of_business(at("2026-11-21 00:00"), 1) == at("2026-11-23 18:00")
    assert office.close_of_business(at("2026-11-20 10:00"), 6) == at("2026-11-30 18:00")


@pytest.mark.parametrize(
    ("start", "end", "since"),
    [
        ("2025-12-31 23:59:59", "2026-01-05 12:00", "2025-12-31 23:59:59"),
        ("2026-12-31 17:00", "2027-01-01 00:00:01", "2027-01-01 00:00"),
        ("2027-03-01 10:00", "2027-03-02 10:00", "2027-03-01 10:00"),
    ],
)
def test_work_on_days_that_are_not_covered_is_not_guessed(start: str, end: str, since: str) -> None:
    assert calendar().work(at(start), at(end)) == Uncovered(at(since))


def test_the_covered_days_are_covered_to_their_last_second() -> None:
    office = calendar()

    assert office.work(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 261 * 9 * HOUR
    assert office.advance(at("2026-12-31 17:00"), HOUR) == at("2026-12-31 18:00")


def test_a_target_beyond_the_covered_days_is_not_guessed() -> None:
    office = calendar()
    end = Uncovered(at("2027-01-01 00:00"))

    assert office.advance(at("2026-12-31 17:00"), HOUR + 1) == end
    assert office.advance(at("2025-12-31 17:00"), 1) == Uncovered(at("2025-12-31 17:00"))
    assert office.advance(at("2027-01-01 00:00"), 1) == end
    assert office.close_of_business(at("2026-12-30 10:00"), 1) == at("2026-12-31 18:00")
    assert office.close_of_business(at("2026-12-30 10:00"), 2) == end
    assert office.close_of_business(at("2025-12-31 10:00"), 1) == Uncovered(at("2025-12-31 10:00"))


def test_of_a_calendar_that_covers_nothing_nothing_is_known() -> None:
    nothing = covering_nothing(SHANGHAI)

    assert nothing.work(5, 6) == Uncovered(5)
    assert nothing.advance(5, 1) == Uncovered(5)
    assert nothing.close_of_business(5, 1) == Uncovered(5)
    assert nothing.work(5, 5) == 0


def test_nine_to_six_is_nine_hours_on_either_side_of_a_clock_change() -> None:
    office = calendar(zone=BERLIN)
    friday, monday = at("2026-03-27 09:00", BERLIN), at("2026-03-30 18:00", BERLIN)

    assert office.work(friday, monday) == 18 * HOUR
    assert monday - friday == (3 * 24 + 9 - 1) * HOUR


@pytest.mark.parametrize(
    ("day", "night", "hours"),
    [("sun", "2026-03-29", 5), ("sun", "2026-10-25", 7), ("sat", "2026-03-28", 6)],
)
def test_a_night_is_as_long_as_its_clock_change_makes_it(day: str, night: str, hours: int) -> None:
    shift = calendar({day: ("00:00-06:00",)}, zone=BERLIN)

    start, end = at(f"{night} 00:00", BERLIN), at(f"{night} 12:00", BERLIN)
    assert shift.work(start, end) == hours * HOUR


def test_a_local_time_that_is_skipped_moves_forward() -> None:
    shift = calendar({"sun": ("02:30-06:00",)}, zone=BERLIN)

    assert shift.advance(at("2026-03-29 00:00", BERLIN), 1) == at("2026-03-29 03:30:01", BERLIN)


def test_hours_of_which_nothing_is_left_make_no_working_day() -> None:
    hours = {"sun": ("02:30-03:00",), "mon": ("09:00-18:00",)}
    shift = calendar(hours, zone=BERLIN)

    saturday = at("2026-03-28 12:00", BERLIN)
    assert shift.close_of_business(saturday, 1) == at("2026-03-30 18:00", BERLIN)


def test_a_local_time_that_comes_twice_is_the_first_of_the_two() -> None:
    shift = calendar({"sun": ("02:30-06:00",)}, zone=BERLIN)

    opens = shift.advance(at("2026-10-25 00:00", BERLIN), 1) - 1
    assert opens == at("2026-10-25 02:30", BERLIN, fold=0)
    assert opens == at("2026-10-25 02:30", BERLIN, fold=1) - HOUR


def test_round_the_clock_every_second_counts() -> None:
    always = AroundTheClock(SHANGHAI)

    assert always.work(10, 25) == 15
    assert always.work(25, 10) == 0
    assert always.advance(10, 15) == 25


def test_round_the_clock_a_working_day_is_a_calendar_day() -> None:
    always = AroundTheClock(BERLIN)

    start = at("2026-03-28 23:59", BERLIN)
    assert always.close_of_business(start, 1) == at("2026-03-30 00:00", BERLIN)


def test_spans_are_merged_where_they_touch_and_empty_ones_vanish() -> None:
    assert merge([(5, 9), (1, 3), (9, 11), (2, 4), (7, 8), (20, 20), (6, 5)]) == ((1, 4), (5, 11))
