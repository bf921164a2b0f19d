"""Inspections as they were made: every round of the plan that was due, with what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from weibao.demo.data_files import read_data
from weibao.demo.hours import HOUR, MINUTE, ZONE, at_time
from weibao.demo.network import EQUIPMENT, NETWORK
from weibao.demo.people import CLIENT, NETWORKS
from weibao.demo.remarks import REMARKS
from weibao.demo.staged_record import EntryWriter, StagedRecord
from weibao.demo.ticket_script import TicketScript, ticket_id
from weibao.model.ids import make_id, record_path
from weibao.model.instant import local_day
from weibao.operations.planned import period_of, rounds

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from weibao.demo.network import Equipment
    from weibao.demo.stories import Story
    from weibao.demo.year import Roster, Year
    from weibao.model.instant import Instant
    from weibao.model.plan import ChecklistItem, Plan, PlannedWork


@dataclass(frozen=True, slots=True)
class ReadingRange:
    """Between what an item is usually read, and between what with which advice as a warning."""

    usual: tuple[int, int]
    warning: tuple[int, int]
    advice: str


@dataclass(frozen=True, slots=True)
class FailingRound:
    """Which round of a line of the plan finds a failure: what is read, and the story it starts."""

    round: int
    item: str
    value: int
    note: str
    story: str


@dataclass(frozen=True, slots=True)
class RoundGap:
    """Equipment that a round does not look at: skipped for a reason, or left without a word."""

    plan: str
    round: int
    assets: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadingTrend:
    """What an item of a piece of equipment reads, in tenths, from the first round of a line of the plan on.

    It is where no chance has the round warn of another value, and before and after a failing one.
    """

    plan: str
    asset: str
    item: str
    tenths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoundReadings:
    """The readings by item, how they go on some equipment and with the season at some sites, the rounds that find a failure by line of the plan, and those with gaps.

    ``summers`` are the degrees of each month from January, of equipment in rooms that are not cooled.
    """

    readings: dict[str, ReadingRange]
    trends: tuple[ReadingTrend, ...]
    summers: dict[str, tuple[int, ...]]
    failing: dict[str, FailingRound]
    gaps: tuple[RoundGap, ...]


_ROUNDS = read_data(RoundReadings, "data/rounds.yaml")


@dataclass(frozen=True, slots=True)
class RoundMade:
    """A round that was made: its record, and the ticket that it started, if any."""

    record: StagedRecord
    script: TicketScript | None


def make_rounds(
    year: Year, plan: Plan, roster: Roster, stories: dict[str, Story], *, failures: bool
) -> list[RoundMade]:
    """Every inspection that was over before the end, in the order of the plan."""
    made = []
    for work in plan.work.values():
        if work.kind != "inspection":
            continue
        for number, day in enumerate(rounds(work, year.until)):
            random = year.chance("round", work.id, day)
            done = year.days.shifted(
                day, 8 if number == 6 and work.id == "monthly-qingyu" else random.randint(0, 2)
            )
            failing = _ROUNDS.failing.get(work.id) if failures else None
            fails = failing if failing and failing.round == number else None
            gap = next(
                (gap for gap in _ROUNDS.gaps if (gap.plan, gap.round) == (work.id, number)), None
            )
            if at_time(done, 18) + 12 * HOUR < year.finish:
                visit = _Visit(year, plan, work, roster, random, gap, number)
                made.append(visit.round(day, done, fails, stories))
    return made


@dataclass(slots=True)
class _Visit:
    """One round, while it is made."""

    year: Year
    plan: Plan
    work: PlannedWork
    roster: Roster
    random: Random
    gap: RoundGap | None
    number: int

    def round(
        self, day: date, done: date, fails: FailingRound | None, stories: dict[str, Story]
    ) -> RoundMade:
        """Inspect, asset by asset; ``fails`` names the item that fails and the story it starts."""
        random = self.random
        assets = self._assets()
        begin = at_time(done, 9, random.randint(20, 50))
        engineer = self.roster.choose(random, assets[0], begin)
        writer = EntryWriter(self.year, random)
        writer.write(begin, "started", engineer.id)
        at, script = begin + 8 * MINUTE, None
        for asset in assets:
            if self.gap and asset.id in self.gap.assets:
                if self.gap.reason:
                    writer.write(at, "skipped", engineer.id, asset=asset.id, reason=self.gap.reason)
                continue
            for checked in self._items(asset):
                failing = (
                    script is None
                    and fails is not None
                    and fails.item == checked.item
                    and asset.vendor in {"huawei", "vertiv"}
                )
                if failing and fails:
                    script = self._raise(asset, at, engineer.id, stories[fails.story])
                    self._fail(writer, at, engineer.id, asset, checked.unit, fails, script.id)
                else:
                    self._check(writer, at, engineer.id, asset, checked)
                at += MINUTE
            at += random.randint(2, 6) * MINUTE
        writer.write(
            at,
            "completed",
            engineer.id,
            note=REMARKS.round_over.format(site=NETWORK.sites[assets[0].site].zh),
        )
        self._confirm(writer, at, assets[0].site)
        name = make_id("I", done, random.randrange(32**6))
        header = {
            "id": name,
            "plan": self.work.id,
            "period": period_of(self.work.rule, day),
            "assets": [asset.id for asset in assets],
        }
        return RoundMade(
            StagedRecord("inspection", name, record_path(name), header, writer.finished()), script
        )

    def _assets(self) -> list[Equipment]:
        """What the plan promises, but lines, of which the checklists have no item."""
        return [
            asset
            for asset in EQUIPMENT
            if (asset.site in self.work.asset_sites and asset.kind != "line")
            or asset.kind in self.work.asset_kinds
        ]

    def _items(self, asset: Equipment) -> list[ChecklistItem]:
        return [
            checked
            for name in self.work.checklists
            for checked in self.plan.checklists[name]
            if asset.kind in checked.kinds or not checked.kinds
        ]

    def _check(
        self, writer: EntryWriter, at: Instant, by: str, asset: Equipment, item: ChecklistItem
    ) -> None:
        if item.item == "appearance":
            writer.write(
                at,
                "checked",
                by,
                asset=asset.id,
                item=item.item,
                value=REMARKS.looks_well,
                status="ok",
            )
            return
        warned = self.random.random() < 0.035
        reading = _ROUNDS.readings[item.item]
        low, high = reading.warning if warned else reading.usual
        drawn = self.random.randint(low * 10, high * 10)
        value = (drawn if warned else self._usual(asset, item.item, at, drawn)) / 10
        data: dict[str, Any] = {
            "value": value,
            "unit": item.unit,
            "status": "warning" if warned else "ok",
        }
        if warned:
            data["note"] = reading.advice
        writer.write(at, "checked", by, asset=asset.id, item=item.item, **data)

    def _usual(self, asset: Equipment, item: str, at: Instant, drawn: int) -> int:
        """What is read in tenths where all is well: as it goes on this equipment, or as drawn."""
        about = (self.work.id, asset.id, item)
        for trend in _ROUNDS.trends:
            if (trend.plan, trend.asset, trend.item) == about and self.number < len(trend.tenths):
                return trend.tenths[self.number]
        months = _ROUNDS.summers.get(asset.site)
        if item == "temperature" and months:
            return months[local_day(at, ZONE).month - 1] * 10 + drawn % 19 - 9
        return drawn

    def _fail(
        self,
        writer: EntryWriter,
        at: Instant,
        by: str,
        asset: Equipment,
        unit: str,
        fails: FailingRound,
        ticket: str,
    ) -> None:
        writer.write(
            at,
            "checked",
            by,
            recorded=at + 14 * MINUTE,
            asset=asset.id,
            item=fails.item,
            value=fails.value,
            unit=unit,
            status="failed",
            ticket=ticket,
            note=fails.note,
        )

    def _raise(self, asset: Equipment, at: Instant, engineer: str, story: Story) -> TicketScript:
        reported = at + 2 * MINUTE
        name = ticket_id(self.random, reported)
        script = TicketScript(name, story, asset, NETWORKS, 3, reported, "engineer")
        return replace(script, engineer=engineer)

    def _confirm(self, writer: EntryWriter, completed: Instant, site: str) -> None:
        contact = {"qingyu": "luo-xin", "yunxiu": "shen-he"}.get(site, NETWORKS.id)
        at = self.year.days.later(completed, self.random.randint(90, 500))
        if CLIENT[contact].commits and self.random.random() < 0.25:
            writer.write(at, "confirmed", contact, contact=contact, via="portal")
        else:
            writer.write(at, "confirmed", self.year.desk_at(at), contact=contact, via="phone")
