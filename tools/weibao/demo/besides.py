"""Besides the tickets that are asked for: a complaint, and a drill of the emergency plan.

Both are the same every year but for their days, and draw from no chance that anything else draws from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from weibao.demo.data_files import read_data
from weibao.demo.hours import HOUR, MINUTE, at_time, written
from weibao.demo.people import ENGINEERS, HEAD, MANAGER, NETWORKS
from weibao.demo.staged_record import EntryWriter, StagedRecord
from weibao.demo.ticket_script import ticket_id
from weibao.model.ids import record_path

if TYPE_CHECKING:
    from datetime import date

    from weibao.demo.year import Year
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about how somebody came, and what became of it."""

    title: str
    description: str
    acknowledged: str
    cause: str
    action: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What is said to have happened, and what was done about it."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill around a table."""

    title: str
    description: str
    rollback: str
    approved: str
    scenes: tuple[Scene, ...]
    cause: str
    action: str
    score: int
    reached: str


@dataclass(frozen=True, slots=True)
class Besides:
    """Both."""

    complaint: Complaint
    drill: Drill


_BESIDES = read_data(Besides, "data/complaint.yaml")
PLAN = "core-outage"


def complaint_and_drill(year: Year) -> list[StagedRecord]:
    """Those of the two that are over by the end of the year."""
    middle = year.start + timedelta(days=(year.until - year.start).days // 2)
    days = year.days.shifted(middle, 3), year.days.shifted(middle, 8)
    return [_complaint(year, days[0]), _drill(year, days[1])]


def _complaint(year: Year, day: date) -> StagedRecord:
    writer, said = EntryWriter(year, year.chance("complaint")), _BESIDES.complaint
    reported = at_time(day, 10, 12)
    desk, by = year.desk_at(reported), MANAGER.id
    writer.write(reported + 3 * MINUTE, "opened", desk)
    writer.write(reported + 5 * MINUTE, "notified", desk, whom=by, via="phone")
    writer.write(reported + 6 * MINUTE, "assigned", desk, to=by)
    writer.write(reported + 20 * MINUTE, "acknowledged", by, note=said.acknowledged)
    ended: dict[str, Any] = {"mode": "remote", "cause": said.cause, "action": said.action}
    writer.write(reported + 3 * HOUR, "resolved", by, **ended)
    _confirm(writer, reported + 5 * HOUR, NETWORKS.id, 4)
    header = {
        "kind": "complaint",
        "title": said.title,
        "severity": 4,
        "reported_at": written(reported),
        "reported_by": NETWORKS.id,
        "intake": {"channel": "phone", "received_by": desk},
        "description": f"{said.description}\n",
    }
    return _staged(writer, header, reported)


def _drill(year: Year, day: date) -> StagedRecord:
    writer, said = EntryWriter(year, year.chance("drill")), _BESIDES.drill
    reported, opens = at_time(year.days.shifted(day, -5), 9, 30), at_time(day, 14)
    engineer = ENGINEERS[0].id
    opened = writer.write(reported + 2 * MINUTE, "opened", MANAGER.id)
    desk = year.desk_at(reported + 3 * MINUTE)
    writer.write(reported + 3 * MINUTE, "notified", MANAGER.id, whom=desk, via="message")
    writer.write(reported + 4 * MINUTE, "assigned", MANAGER.id, to=engineer)
    writer.write(
        reported + 4 * HOUR,
        "countersigned",
        HEAD.id,
        entries=[opened.reference],
        contact=HEAD.id,
        note=said.approved,
    )
    writer.write(opens + 2 * MINUTE, "acknowledged", engineer)
    for number, scene in enumerate(said.scenes, 1):
        at = opens + number * 20 * MINUTE
        writer.write(at, "injected", MANAGER.id, text=scene.text)
        writer.write(at + 8 * MINUTE, "answered", engineer, text=scene.answer)
    ended: dict[str, Any] = {"mode": "remote", "cause": said.cause, "action": said.action}
    writer.write(opens + 80 * MINUTE, "resolved", engineer, **ended)
    rating: dict[str, Any] = {"score": said.score, "reached": said.reached}
    writer.write(opens + 90 * MINUTE, "rated", MANAGER.id, **rating)
    _confirm(writer, opens + 2 * HOUR, HEAD.id, 5)
    header = {
        "kind": "drill",
        "title": said.title,
        "reported_at": written(reported),
        "reported_by": HEAD.id,
        "intake": {"channel": "pm", "received_by": MANAGER.id},
        "window": {"start": written(opens), "end": written(opens + 2 * HOUR)},
        "approved_by": HEAD.id,
        "rollback": said.rollback,
        "description": f"{said.description}\n",
        "emergency_plan": PLAN,
        "form": "tabletop",
    }
    return _staged(writer, header, reported)


def _confirm(writer: EntryWriter, at: Instant, contact: str, satisfaction: int) -> None:
    """The desk asks the customer, and closes."""
    desk = writer.year.desk_at(at)
    writer.write(at, "confirmed", desk, contact=contact, via="phone", satisfaction=satisfaction)
    writer.write(at + 4 * MINUTE, "closed", desk)


def _staged(writer: EntryWriter, header: dict[str, Any], reported: Instant) -> StagedRecord:
    record = ticket_id(writer.random, reported)
    return StagedRecord(
        "ticket", record, record_path(record), {"id": record, **header}, writer.finished()
    )
