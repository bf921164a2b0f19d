from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from building.contract import small_contract
from weibao.model.contract import CalendarTerms, Contract, ServiceTerms, read_contract
from weibao.model.yaml.strict import read_yaml
from weibao.sla.calendar import AroundTheClock, Uncovered, working_hours
from weibao.sla.clock import FOREVER, Clock, clocks_of

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = 3600


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def always(*idle: tuple[int, int]) -> Clock:
    return Clock(AroundTheClock(ZONE), idle)


def office(*idle: tuple[int, int]) -> Clock:
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-18:00",))
    days = date(2026, 1, 1), date(2026, 12, 31)
    return Clock(working_hours(CalendarTerms("office", ZONE, hours, *days, ())), idle)


def contract() -> Contract:
    document, _ = read_yaml("contract.yaml", small_contract()["records/contract.yaml"].encode())
    assert document is not None
    return read_contract(document.data)


def test_a_span_in_which_it_stands_still_does_not_count() -> None:
    clock = always((10, 20), (40, 50))

    assert clock.work(0, 100) == 80
    assert clock.work(15, 45) == 20
    assert clock.work(12, 18) == 0
    assert clock.work(20, 40) == 20
    assert clock.work(30, 30) == 0


def test_a_target_on_the_edge_of_a_pause_is_reached_before_it() -> None:
    clock = always((10, 20), (40, 50))

    assert clock.advance(0, 10) == 10
    assert clock.advance(0, 11) == 21
    assert clock.advance(0, 30) == 40
    assert clock.advance(0, 31) == 51
    assert clock.advance(15, 1) == 21


def test_a_pause_that_runs_leaves_no_due_time_but_those_before_it() -> None:
    clock = always((10, FOREVER))

    assert clock.advance(0, 10) == 10
    assert clock.advance(0, 11) is None
    assert clock.advance(50, 1) is None
    assert clock.work(0, 100) == 10


def test_a_pause_outside_working_hours_costs_nothing() -> None:
    clock = office((at("2026-11-20 18:00"), at("2026-11-23 09:00")))

    assert clock.advance(at("2026-11-20 17:00"), 2 * HOUR) == at("2026-11-23 10:00")


def test_a_day_that_a_pause_takes_out_need_not_be_covered() -> None:
    clock = office((at("2026-12-31 18:00"), at("2027-01-04 09:00")))

    assert clock.work(at("2026-12-31 17:00"), at("2027-01-04 09:00")) == HOUR
    assert clock.work(at("2026-12-31 17:00"), at("2027-01-04 09:00:01")) == Uncovered(
        at("2027-01-04 09:00")
    )


def test_a_due_time_before_the_uncovered_days_is_known_in_spite_of_them() -> None:
    clock = office((at("2027-01-04 09:00"), FOREVER))

    assert clock.advance(at("2026-12-31 17:00"), HOUR) == at("2026-12-31 18:00")
    assert clock.advance(at("2026-12-31 17:00"), HOUR + 1) == Uncovered(at("2027-01-01 00:00"))


def test_a_pause_that_begins_before_the_uncovered_days_is_all_there_is_to_say() -> None:
    clock = office((at("2026-12-31 17:30"), FOREVER))

    assert clock.advance(at("2026-12-31 17:00"), HOUR) is None


def test_every_contract_has_the_calendar_always() -> None:
    clocks = clocks_of(replace(contract(), calendars={}))

    assert clocks.calendar("always") == AroundTheClock(ZONE)


def test_a_calendar_that_the_contract_does_not_have_covers_nothing() -> None:
    clocks = clocks_of(contract())

    assert clocks.calendar("nights").work(5, 6) == Uncovered(5)
    assert clocks.calendar("workdays").work(at("2026-11-20 09:00"), at("2026-11-20 10:00")) == HOUR


def test_terms_are_in_effect_from_midnight_of_their_day() -> None:
    early = ServiceTerms(date(2026, 1, 1), "", {})
    late = ServiceTerms(date(2026, 11, 20), "", {})
    clocks = clocks_of(replace(contract(), terms=(early, late)))

    assert clocks.contract.terms_at(at("2025-12-31 23:59:59")) is None
    assert clocks.contract.terms_at(at("2026-01-01 00:00")) is early
    assert clocks.contract.terms_at(at("2026-11-19 23:59:59")) is early
    assert clocks.contract.terms_at(at("2026-11-20 00:00")) is late
