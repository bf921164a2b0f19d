"""Which rounds of the plan have begun in this clone, and which is to be started now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weibao.desk.recording import stored_bytes
from weibao.record.ids import record_path
from weibao.record.load import read_record
from weibao.service.planned import round_to_start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.desk.recording import Desk
    from weibao.record.plan import PlannedWork
    from weibao.service.planned import DueWork

_PLAN = re.compile(rb"^plan: *([a-z0-9][a-z0-9._-]*) *$", re.MULTILINE)
_PERIOD = re.compile(rb"^period: *([\"']?)([0-9QW-]+)\1 *$", re.MULTILINE)


def coming_rounds(desk: Desk) -> tuple[DueWork, ...]:
    """The rounds of inspection to be started now, one a line of the plan at most; due first, first."""
    begun = _begun_periods(desk)
    works = (one for one in desk.records.plan.work.values() if one.kind == "inspection")
    coming = (one for work in works if (one := _coming(desk, work, begun)))
    return tuple(sorted(coming, key=lambda one: (one.due, one.plan)))


def coming_round(desk: Desk, work: PlannedWork) -> DueWork | None:
    """The round of this line of the plan that is to be started now; None where there is none."""
    return _coming(desk, work, _begun_periods(desk))


def _coming(desk: Desk, work: PlannedWork, begun: Mapping[str, set[str]]) -> DueWork | None:
    zone = desk.records.contract.zone
    return round_to_start(work, begun.get(work.id, ()), desk.now, zone)


def _begun_periods(desk: Desk) -> Mapping[str, set[str]]:
    """By the plan's name, the periods of which an inspection is filed.

    Read off two lines of the header where it has them, as every header that a command wrote does:
    a thousand rounds must not be parsed to start the next. One that is damaged is left aside.
    """
    periods: dict[str, set[str]] = {}
    for record in desk.inspection_ids:
        path = record_path(record)
        raw = stored_bytes(desk, path)
        plan, period = _PLAN.search(raw), _PERIOD.search(raw)
        if plan and period:
            periods.setdefault(plan[1].decode(), set()).add(period[2].decode())
        elif (value := read_record(path, raw).value) is not None:
            periods.setdefault(value.plan, set()).add(value.period)
    return periods
