"""What a service sheet asks beside the course of a ticket: who came along, the old part, the test, the customer's words.

All of it follows from the course: nothing is drawn, so that no ticket takes another turn for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import at_time
from weibao.demo.people import RESERVE
from weibao.demo.remarks import REMARKS

if TYPE_CHECKING:
    from weibao.demo.staged_record import DraftedEntry
    from weibao.demo.ticket_run import TicketRun

_GRAVE = 2
_CONTENT = 4


def fill_in(run: TicketRun) -> None:
    """Complete the steps of a ticket, and add those that stand beside another."""
    writer, script = run.writer, run.script
    called = _calls_a_reserve(run)
    steps: list[DraftedEntry] = []
    for step in writer.steps:
        steps.append(replace(step, data={**step.data, **_more(run, step, called=called)}))
        if step.event == "dispatched" and called:
            steps.append(replace(step, event="called_up", data={"whom": RESERVE.id}))
        if step.event == "paused" and step.data["reason"] == "third_party_carrier":
            number = f"GZ-{script.id[1:9]}-{script.id[-4:]}"
            data = {"issuer": script.equipment.vendor, "via": "phone", "number": number}
            steps.append(replace(step, event="referred", data=data))
    writer.steps = steps


def _calls_a_reserve(run: TicketRun) -> bool:
    """Whether it is so grave that the reserve goes along, once there is one."""
    joined = at_time(run.writer.year.amended_from, 0)
    return run.script.severity == 1 and run.script.reported >= joined


def _more(run: TicketRun, step: DraftedEntry, *, called: bool) -> dict[str, Any]:
    grave = run.script.severity <= _GRAVE
    match step.event:
        case "dispatched" if called:
            return {"with": [RESERVE.id]}
        case "arrived" if grave:
            return {"visit": 1}
        case "part_replaced":
            return {"old_part": "kept" if run.script.severity > 1 else "destroyed"}
        case "resolved" if grave and run.script.mends:
            return {"test_result": REMARKS.tested}
        case "confirmed" if step.data["satisfaction"] < _CONTENT:
            return {"comment": REMARKS.discontent}
        case _:
            return {}
