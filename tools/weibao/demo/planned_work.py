"""Planned work as it was done: upgrades, downtime and exchange, each in its approved window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.demo.aftermath import confirm_and_close
from weibao.demo.habits import HABITS
from weibao.demo.hours import HOUR, MINUTE, at_time, written
from weibao.demo.network import EQUIPMENT
from weibao.demo.people import HEAD, MANAGER, NETWORKS
from weibao.demo.remarks import REMARKS
from weibao.demo.severity_timing import SeverityTiming
from weibao.demo.staged_record import EntryWriter, StagedRecord
from weibao.demo.stories import PLANNED
from weibao.demo.ticket_run import TicketRun
from weibao.demo.ticket_script import TicketScript, ticket_id
from weibao.demo.wording import Wording, places
from weibao.model.ids import record_path
from weibao.operations.planned import rounds

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.parts import Store
    from weibao.demo.year import Roster, Year
    from weibao.model.instant import Instant
    from weibao.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """What kind of work is planned for which day, by which line of the plan; "" where it was agreed besides."""

    kind: str
    day: date
    plan: str = ""


def windows(year: Year, plan: Plan, count: int) -> list[PlannedWindow]:
    """The planned work of the year: the plan's rounds, what was agreed besides, one still to come."""
    ahead = PlannedWindow("upgrade", year.days.shifted(year.until, 4))
    found = [
        PlannedWindow(work.kind, year.days.shifted(day, 0), work.id)
        for work in plan.work.values()
        if work.kind != "inspection"
        for day in rounds(work, year.until - timedelta(days=6))
    ]
    random = year.chance("windows")
    first, last = year.days.shifted(year.start, 10), year.days.shifted(year.until, -8)
    days = year.days.between(first, last)
    agreed = [
        PlannedWindow(HABITS.agreed_work[number % len(HABITS.agreed_work)], random.choice(days))
        for number in range(max(0, count - 1 - len(found)))
    ]
    chosen = [*found[: max(0, count - 1)], *agreed]
    return (
        sorted([*chosen, ahead], key=lambda window: (window.day, window.kind))[-count:]
        if count
        else []
    )


def carry_out(
    window: PlannedWindow, number: int, year: Year, roster: Roster, store: Store, turn: str = ""
) -> StagedRecord:
    """The record of one piece of planned work; its ``turn`` is that it was ``missed`` or ``overran``, "" for none."""
    random = year.chance("planned", number)
    hours = HABITS.windows[window.kind]
    start, lasts = at_time(window.day, hours.opens), hours.hours
    reported = max(
        at_time(
            year.days.shifted(window.day, -random.randint(5, 8)),
            random.randint(9, 15),
            random.randint(0, 55),
        ),
        at_time(year.days.shifted(year.start, 0), 10),
    )
    story = random.choices(
        fit := [story for story in PLANNED if story.kind == window.kind],
        [story.weight for story in fit],
    )[0]
    equipment = random.choice([asset for asset in EQUIPMENT if asset.id.startswith(story.assets)])
    client = random.choice((NETWORKS, NETWORKS, HEAD))
    script = TicketScript(ticket_id(random, reported), story, equipment, client, 4, reported, "pm")
    wording = Wording(random, places(random, equipment, client.call, ""), story)
    writer = EntryWriter(year, random)
    engineer = roster.choose(random, equipment, start)
    run = TicketRun(script, writer, wording, SeverityTiming(year, 4), engineer, store, year.finish)
    approver = HEAD.id if window.kind == "downtime" else client.id
    header = {
        "id": script.id,
        "kind": story.kind,
        "title": wording.variant(story.titles),
        "reported_at": written(reported),
        "reported_by": client.id,
        "intake": {"channel": "pm", "received_by": MANAGER.id},
        "assets": [equipment.id],
        "window": {"start": written(start), "end": written(start + lasts * HOUR)},
        "approved_by": approver,
        "rollback": story.rollback,
        "description": wording.variant(story.descriptions) + "\n",
    }
    if window.plan:
        header["plan"] = window.plan
    _prepare(run, reported, approver)
    if turn == "missed":
        missed = start + lasts * HOUR + 40 * MINUTE
        writer.write(missed, "updated", MANAGER.id, note=wording.filled(REMARKS.missed))
    elif start + lasts * HOUR < year.finish:
        _within(run, start, lasts, random, overran=turn == "overran")
        if story.on_site:
            roster.keep(engineer.id, start, start + lasts * HOUR)
        confirm_and_close(run, writer.last())
    return StagedRecord("ticket", script.id, record_path(script.id), header, writer.finished())


def _prepare(run: TicketRun, reported: Instant, approver: str) -> None:
    """The project manager issues it, tells the desk, and names who does it; the customer approves it."""
    writer = run.writer
    at = reported + writer.about(3, 12)
    opened = writer.write(at, "opened", MANAGER.id)
    writer.write(at + MINUTE, "notified", MANAGER.id, whom=writer.year.desk_at(at), via="message")
    writer.write(at + 2 * MINUTE, "assigned", MANAGER.id, to=run.engineer.id)
    approved = writer.year.days.later(at, writer.random.randint(60, 500))
    note = run.wording.filled(REMARKS.approved)
    entries = [opened.reference]
    writer.write(approved, "countersigned", approver, entries=entries, contact=approver, note=note)


def _within(run: TicketRun, start: Instant, lasts: int, random: Random, *, overran: bool) -> None:
    """From the window's beginning to before its end; or to some time after it, where the work ``overran``."""
    writer, story, engineer = run.writer, run.script.story, run.engineer.id
    at = start + writer.about(1, 4)
    began = "arrived" if story.on_site else "acknowledged"
    writer.write(at, began, engineer, note=run.wording.variant(story.diagnoses))
    share = random.randint(55, 90) + (60 if overran else 0)
    done = start + lasts * HOUR * share // 100
    for place, text in enumerate(story.progress, start=1):
        between = at + (done - at) * place // (len(story.progress) + 1)
        writer.write(between, "updated", engineer, note=run.wording.filled(text))
    mode = "on_site" if story.on_site else "remote"
    writer.write(
        done,
        "resolved",
        engineer,
        mode=mode,
        cause=run.wording.variant(story.causes),
        action=run.wording.variant(story.actions),
    )
    if story.on_site:
        writer.write(done + writer.about(4, 9), "left", engineer)
