"""Which rounds of the plan have begun in this clone, without reading more files than it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.desk.recording import stored_bytes
from weibao.record.ids import record_path
from weibao.record.load import read_record

if TYPE_CHECKING:
    from weibao.desk.recording import Desk


def begun_periods(desk: Desk, plan: str) -> frozenset[str]:
    """The periods of this line of the plan of which an inspection is filed; damaged ones aside."""
    periods = set()
    for record in desk.inspection_ids:
        raw = stored_bytes(desk, record_path(record))
        if plan.encode() in raw:
            value = read_record(record_path(record), raw).value
            if value is not None and value.plan == plan:
                periods.add(value.period)
    return frozenset(periods)
