"""Which rounds of the plan have begun in this clone, and which is to be started now."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from weibao.model.ids import day_of, record_path
from weibao.model.instant import local_day
from weibao.model.load import read_record
from weibao.operations.coverage import coverage_in, equipment_of, promised_by
from weibao.operations.planned import (
    Begun,
    assets_of,
    round_to_start,
    rounds_begun,
    rounds_in,
    undone,
)
from weibao.workspace.recording.recording import stored_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from weibao.model.inspection import Inspection
    from weibao.model.plan import PlannedWork
    from weibao.operations.planned import DueWork
    from weibao.workspace.recording.clone import Desk

Round = tuple[str, str]
"""A line of the plan, and a period."""

_PLAN = re.compile(rb"^plan: *([a-z0-9][a-z0-9._-]*) *$", re.MULTILINE)
_PERIOD = re.compile(rb"^period: *([\"']?)([0-9QW-]+)\1 *$", re.MULTILINE)


def coming_rounds(desk: Desk) -> tuple[DueWork, ...]:
    """The rounds of inspection to be started now, one a line of the plan at most; due first, first."""
    begun = _begun(desk)
    works = (work for work in desk.records.plan.work.values() if work.kind == "inspection")
    coming = (one for work in works if (one := _coming(desk, work, begun)))
    return tuple(sorted(coming, key=lambda due: (due.due, due.plan)))


def coming_round(desk: Desk, work: PlannedWork) -> DueWork | None:
    """The round of this line of the plan that is to be started now; None where there is none."""
    return _coming(desk, work, _begun(desk))


def last_begun(desk: Desk, work: PlannedWork) -> Inspection | None:
    """The inspection of this line of the plan that was filed last; None where none was begun."""
    filed = [key for (plan, _), ids in _begun(desk).items() if plan == work.id for key in ids]
    return _read(desk, max(filed)) if filed else None


def begun_with(
    desk: Desk, plan: str, period: str, assets: Collection[str]
) -> tuple[Inspection, tuple[str, ...]] | None:
    """An inspection that has some of ``assets``, and which, where the period has no round left for them.

    None where it has.
    """
    read = (_read(desk, record) for record in sorted(_begun(desk).get((plan, period), ())))
    begun = [(inspection, _equipment(desk, inspection)) for inspection in read if inspection]
    times = Counter(asset for _, inspected in begun for asset in inspected)
    planned = len(rounds_in(desk.records.plan.work[plan], period))
    for inspection, inspected in begun:
        shared = (asset for asset in assets if asset in inspected)
        if full := tuple(asset for asset in shared if times[asset] >= max(planned, 1)):
            return inspection, full
    return None


def _coming(desk: Desk, work: PlannedWork, begun: Mapping[Round, list[str]]) -> DueWork | None:
    of_line = {
        period: list(_each_begun(desk, records))
        for (plan, period), records in begun.items()
        if plan == work.id
    }
    found = round_to_start(work, of_line, desk.now, desk.records.contract.zone)
    ahead = found is None or found.state == "upcoming"
    return (_to_make_up(desk, work) if ahead else None) or found


def _to_make_up(desk: Desk, work: PlannedWork) -> DueWork | None:
    """The round that was begun last, where it was completed with something left and is not overdue yet."""
    last = last_begun(desk, work)
    planned = rounds_in(work, last.period) if last else ()
    if not last or not planned or not left_out(desk, last):
        return None
    found = undone(work, planned[-1], local_day(desk.now, desk.records.contract.zone))
    return None if found.state == "overdue" else found


def left_out(desk: Desk, inspection: Inspection) -> bool:
    """Whether an inspection was completed with something left that no other one has begun with."""
    left = coverage_in(desk.records.plan, desk.records.assets, inspection).left
    completed = any(entry.event == "completed" for entry in inspection.log)
    return bool(
        completed and left and not begun_with(desk, inspection.plan, inspection.period, left)
    )


def _each_begun(desk: Desk, records: Sequence[str]) -> Iterator[Begun]:
    """When each inspection of a period was begun; and with which equipment, where it is not the only one."""
    for record in sorted(records):
        one = _read(desk, record) if len(records) > 1 else None
        yield Begun(day_of(record), _equipment(desk, one) if one else frozenset())


def _equipment(desk: Desk, inspection: Inspection) -> frozenset[str]:
    return frozenset(equipment_of(desk.records.plan, desk.records.assets, inspection))


def left_of(desk: Desk, work: PlannedWork, period: str, day: date) -> tuple[str, ...]:
    """The equipment of a round to be begun on ``day`` that no inspection of it stands for yet.

    All of it where the period has no round that has begun and lacks something.
    """
    register = desk.records.assets
    covered = assets_of(work, register, day)
    assets = tuple(promised_by(desk.records.plan, work.id, covered, register))
    records = sorted(_begun(desk).get((work.id, period), ()))
    begun = list(_each_begun(desk, records))
    made = rounds_begun(rounds_in(work, period), begun)
    planned = rounds_in(work, period)
    come = [planned_day for planned_day in planned if planned_day <= day][-1:] or planned[:1]
    numbers = [number for planned_day in come for number in made.get(planned_day, ())]
    if not numbers:
        return assets
    read = [one for number in numbers if (one := _read(desk, records[number]))]
    taken = {asset for inspection in read for asset in _equipment(desk, inspection)}
    return tuple(asset for asset in assets if asset not in taken) or assets


def _begun(desk: Desk) -> Mapping[Round, list[str]]:
    """By plan and period, the ids of the inspections that are filed.

    Read off two lines of the header where it has them, as every header that a command wrote does:
    a thousand rounds must not be parsed to start the next. One that is damaged is left aside.
    """
    begun: dict[Round, list[str]] = {}
    for record in desk.inspection_ids:
        raw = stored_bytes(desk, record_path(record))
        plan, period = _PLAN.search(raw), _PERIOD.search(raw)
        if plan and period:
            begun.setdefault((plan[1].decode(), period[2].decode()), []).append(record)
        elif (one := _read(desk, record)) is not None:
            begun.setdefault((one.plan, one.period), []).append(record)
    return begun


def _read(desk: Desk, record: str) -> Inspection | None:
    path = record_path(record)
    one: Inspection | None = read_record(path, stored_bytes(desk, path)).value
    return one
