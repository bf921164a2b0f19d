"""The year that the example plays in: its days, its contract, and who can be called when."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from weibao.demo.contract_text import contract_text
from weibao.demo.hours import HOUR, ZONE, WorkingDays, at_time, working_days
from weibao.demo.people import ENGINEERS
from weibao.demo.rota import Absence, absences, duty_data
from weibao.model.duty import Duty, read_duty
from weibao.model.instant import Instant, local_day
from weibao.model.load import read_record
from weibao.operations.on_duty import on_duty
from weibao.sla.clock import Clocks, clocks_of

if TYPE_CHECKING:
    from weibao.demo.network import Equipment
    from weibao.demo.people import Colleague


@dataclass(frozen=True, slots=True)
class Year:
    """All that the year's records have in common.

    Attributes:
        seed: what all chance comes from.
        start, end: the contract's term, both included: twelve whole months.
        until: the day as of which the example is told.
        finish: midnight before it. Nothing is recorded from then on, so that no entry lies in the
            future at whatever hour of that day somebody makes the example.
        amended_from: when the amended service terms take effect.
        days: the working days.
        away, duty: the rota with its absences.
        clocks: the contract's calendars.
    """

    seed: int
    start: date
    end: date
    until: date
    finish: Instant
    amended_from: date
    days: WorkingDays
    away: tuple[Absence, ...]
    duty: Duty
    clocks: Clocks

    @property
    def last_quarter(self) -> Instant:
        """The beginning of the tenth month."""
        return at_time((self.end - timedelta(days=75)).replace(day=1), 0)

    def chance(self, *about: object) -> Random:
        """A source of chance of its own for each matter, so that one does not move another."""
        return chance(self.seed, self.until, *about)

    def desk_at(self, instant: Instant) -> str:
        """Who has the desk's duty."""
        return next(shift.person for shift in on_duty(self.duty, instant) if shift.rota == "desk")

    def engineer_at(self, instant: Instant) -> str:
        """Which engineer has the duty."""
        return next(
            shift.person for shift in on_duty(self.duty, instant) if shift.rota == "engineer"
        )


def chance(*about: object) -> Random:
    """A source of chance that is the same for the same words, on every machine."""
    return Random(":".join(map(str, about)))  # noqa: S311 - an example must repeat, not surprise


def year_until(until: date, seed: int) -> Year:
    """The year that ends with the month of ``until``."""
    end = until.replace(day=monthrange(until.year, until.month)[1])
    start = (end - timedelta(days=364)).replace(day=1)
    middle = (start + timedelta(days=183)).replace(day=1)
    away = absences(chance(seed, "away"), start, end)
    text = contract_text(start, end, until, amended_from=middle if middle < until else None)
    contract = read_record("records/contract.yaml", text.encode()).value
    return Year(
        seed=seed,
        start=start,
        end=end,
        until=until,
        finish=at_time(until, 0),
        amended_from=middle,
        days=working_days(start, end),
        away=tuple(absence for absence in away if absence.back < until),
        duty=read_duty(duty_data(start, [absence for absence in away if absence.back < until])),
        clocks=clocks_of(contract),
    )


@dataclass(slots=True)
class Roster:
    """Who is on site when, so that nobody is in two places at once."""

    year: Year
    _busy: dict[str, list[tuple[Instant, Instant]]] = field(default_factory=dict)

    def choose(self, random: Random, equipment: Equipment, instant: Instant) -> Colleague:
        """An engineer for this equipment: for its site, certified, here and free."""
        fit = [
            engineer
            for engineer in ENGINEERS
            if equipment.site in engineer.sites
            and (equipment.kind == "line" or equipment.vendor in engineer.vendors)
        ]
        there = [engineer for engineer in fit if not self._away(engineer.id, instant)] or fit
        free = [engineer for engineer in there if not self._taken(engineer.id, instant)] or there
        on_call = self.year.engineer_at(instant)
        called = [engineer for engineer in free if engineer.id == on_call]
        quiet = not 8 <= (instant - at_time(local_day(instant, ZONE), 0)) // HOUR < 19
        if called and (quiet or random.random() < 0.4):
            return called[0]
        return random.choice(free)

    def named(self, name: str) -> Colleague:
        """The engineer of this id."""
        return next(engineer for engineer in ENGINEERS if engineer.id == name)

    def keep(self, who: str, start: Instant, end: Instant) -> None:
        """They are on site from ``start`` to ``end``."""
        self._busy.setdefault(who, []).append((start, end))

    def _away(self, who: str, instant: Instant) -> bool:
        return any(
            leave.who == who and leave.start <= instant < leave.end
            for leave in self.year.duty.leave
        )

    def _taken(self, who: str, instant: Instant) -> bool:
        around = (instant - HOUR, instant + 6 * HOUR)
        return any(start < around[1] and around[0] < end for start, end in self._busy.get(who, []))
