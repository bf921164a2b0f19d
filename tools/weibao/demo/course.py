"""The course of a reactive ticket, from the report to its close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.demo.aftermath import confirm_and_close, explain, extras, reopen
from weibao.demo.cadence import climb, keep_told, put_in_words
from weibao.demo.hours import DAY, HOUR, MINUTE, clock_face, written
from weibao.demo.incident_reviews import with_reviews
from weibao.demo.people import MANAGER, NETWORKS
from weibao.demo.photographs import with_photographs
from weibao.demo.remarks import REMARKS
from weibao.demo.repair import mend, pause
from weibao.demo.service_sheet import fill_in
from weibao.demo.severity_timing import SeverityTiming
from weibao.demo.staged_record import DraftedEntry, EntryWriter, Merge, StagedRecord
from weibao.demo.ticket_run import TicketRun
from weibao.demo.wording import Wording, places
from weibao.model.ids import record_path

if TYPE_CHECKING:
    from weibao.demo.parts import Store
    from weibao.demo.ticket_script import TicketScript
    from weibao.demo.year import Roster, Year
    from weibao.model.instant import Instant

_OFF_LINE = 0.25
"""How often an engineer has no network on site."""

_SOON = 25 * MINUTE
"""How long after it a contact countersigns what takes a promise back."""

_RECORDED_LATER = {
    "late-but-met": (62, 90),
    "recorded-later": (72, 100),
    "countersigned": (150, 200),
}


def write_ticket(script: TicketScript, year: Year, roster: Roster, store: Store) -> StagedRecord:
    """The whole record of a ticket."""
    random = year.chance("ticket", script.id)
    earlier = clock_face(script.reported - random.randint(3, 18) * MINUTE)
    wording = Wording(
        random, places(random, script.equipment, script.client.call, earlier), script.story
    )
    run = TicketRun(
        script,
        EntryWriter(year, random),
        wording,
        SeverityTiming(year, script.severity),
        roster.named(script.engineer)
        if script.engineer
        else roster.choose(random, script.equipment, script.reported),
        store,
        year.finish + DAY,
    )
    header = _header(run)
    _take_in(run)
    if not script.duplicate_of:
        _respond(run)
        _worsen(run)
    if script.turn == "cancelled":
        _cancel(run)
    else:
        _work(run, roster)
    _hold(run)
    keep_told(run.writer, script.severity, script.reported, run.quiet_from)
    climb(run.writer, script.severity, script.reported, on_record=script.turn == "backdated")
    put_in_words(run.writer, wording)
    fill_in(run)
    _record_later(run)
    _agree_in_writing(run)
    return StagedRecord(
        "ticket",
        script.id,
        record_path(script.id),
        header,
        with_photographs(run, with_reviews(run, run.writer.finished())),
        run.writer.files,
        run.branch[0] if run.branch else None,
    )


def _header(run: TicketRun) -> dict[str, object]:
    script, wording, year = run.script, run.wording, run.writer.year
    receivers = {"pm": MANAGER.id, "engineer": run.engineer.id}
    received_by = receivers.get(script.channel) or year.desk_at(script.reported)
    intake: dict[str, object] = {"channel": script.channel, "received_by": received_by}
    if script.severity == 1 or script.turn in {"countersigned", "recorded-later"}:
        intake["emergency"] = True
    struck = _struck(script, script.story.strikes.get(script.severity, {}))
    if script.severity == 1 and script.mends:
        struck = [{"on": script.equipment.id, "state": "outage"}, *struck]
    stated = {"impact": struck} if struck else {}
    return {
        "id": script.id,
        "kind": script.story.kind,
        "title": wording.variant(script.story.titles),
        "severity": script.severity,
        "reported_at": written(script.reported),
        "reported_by": script.client.id,
        "intake": intake,
        "assets": [script.equipment.id],
        **stated,
        "description": wording.variant(script.story.descriptions) + "\n",
    }


def _struck(script: TicketScript, by_service: dict[str, str]) -> list[dict[str, str]]:
    """What is lost of the services that rest on the equipment, as records state it."""
    return [
        {"on": service, "state": by_service[service]}
        for service in script.equipment.services
        if service in by_service
    ]


def _worsen(run: TicketRun) -> None:
    """Whoever has looked at it says that more is lost than was thought."""
    struck = _struck(run.script, run.script.story.worsens)
    if run.script.severity == 2 and struck:
        run.writer.write(run.writer.last() + 4 * MINUTE, "impact", run.engineer.id, impact=struck)


def _take_in(run: TicketRun) -> None:
    """The desk opens the ticket, tells who must know, and names who is responsible."""
    script, writer = run.script, run.writer
    soon = (1, 3) if script.channel in {"phone", "monitoring"} else (3, 8)
    at = script.reported + writer.about(*soon)
    desk = writer.year.desk_at(at)
    writer.write(at, "opened", desk)
    at += MINUTE
    if script.channel == "engineer":
        writer.write(at, "notified", run.engineer.id, recorder=desk, whom=MANAGER.id, via="phone")
    elif script.severity <= 2 and script.channel != "pm":
        via = writer.random.choice(("phone", "message"))
        writer.write(at, "notified", desk, whom=MANAGER.id, via=via)
    writer.write(at + MINUTE, "assigned", desk, to=run.engineer.id)


def _respond(run: TicketRun) -> None:
    script, writer, timing = run.script, run.writer, run.timing
    slow = {2: (66, 88), 3: (128, 170), 4: (262, 330)}
    span = slow[script.severity] if script.turn == "slow-response" else timing.pace.respond
    at = max(timing.draw(script.reported, span, writer.random), writer.last() + MINUTE)
    writer.write(
        at, "acknowledged", run.engineer.id, note=run.wording.variant(script.story.diagnoses)
    )


def _cancel(run: TicketRun) -> None:
    writer, at = run.writer, run.later(run.writer.last(), 8, 30)
    if run.script.duplicate_of:
        at = writer.last() + writer.about(3, 9)
        reason = REMARKS.duplicate
        writer.write(
            at,
            "cancelled",
            writer.year.desk_at(at),
            reason=reason,
            duplicate_of=run.script.duplicate_of,
        )
    else:
        reason = REMARKS.false_alarm
        writer.write(at, "cancelled", writer.year.desk_at(at), reason=run.wording.filled(reason))


def _work(run: TicketRun, roster: Roster) -> None:
    script, writer = run.script, run.writer
    if script.turn in {"raised", "lowered"}:
        _change_severity(run)
    if script.story.pause:
        pause(run)
    mend(run)
    arrived, left = writer.first("arrived"), writer.first("left")
    if arrived and left:
        roster.keep(run.engineer.id, arrived.at, left.at)
    landed = _branch_off(run)
    confirm_and_close(run, landed)
    if script.turn == "reopened":
        reopen(run)
    extras(run)
    explain(run)


def _change_severity(run: TicketRun) -> None:
    """The customer agrees to another severity, and things go at its pace from then on."""
    script, writer = run.script, run.writer
    raised = script.turn == "raised"
    level = script.severity + (-1 if raised else 1)
    consent = script.client if "consent" in script.client.may else NETWORKS
    note = REMARKS.raised if raised else REMARKS.lowered
    at = run.later(writer.last(), *((35, 80) if raised else (5, 14)))
    writer.write(
        at,
        "severity_agreed",
        writer.year.desk_at(at),
        severity=level,
        consent_by=consent.id,
        note=run.wording.filled(note),
    )
    run.timing = SeverityTiming(writer.year, level)


def _branch_off(run: TicketRun) -> Instant:
    """Put what the engineer records on site on a branch of their own; returns when it lands.

    Without a network there, they commit to their clone and merge on the way back: within the
    contract's four hours, or (``branch-late``) long after.
    """
    writer, script = run.writer, run.script
    arrived = writer.first("arrived")
    ordinary = (
        script.complication is None and script.severity >= 2 and writer.random.random() < _OFF_LINE
    )
    if arrived is None or not (ordinary or script.turn in {"branch", "branch-late", "union"}):
        return writer.last()
    late = script.turn == "branch-late"
    until = arrived.at + (12 * HOUR if late else 3 * HOUR)
    name = f"site/{script.id[-6:].lower()}"
    on_site = {
        place
        for place in range(len(writer.steps))
        if writer.steps[place].by == run.engineer.id
        and arrived.at <= writer.steps[place].at <= until
    }
    for place in on_site:
        writer.steps[place] = replace(writer.steps[place], recorder=run.engineer.id, branch=name)
    last = max(writer.steps[place].at for place in on_site)
    at = last + (writer.about(6 * 60, 9 * 60) if late else writer.about(12, 35))
    if script.turn == "union":
        between = arrived.at + (last - arrived.at) // 2
        note = run.wording.filled(REMARKS.phoned)
        writer.write(between, "updated", writer.year.desk_at(between), note=note)
    run.branch.append(Merge(name, at + 20, writer.year.desk_at(at)))
    return max(at, writer.last())


def _hold(run: TicketRun) -> None:
    """Forget what has not happened yet."""
    held = run.writer.first(run.script.hold) if run.script.hold else None
    if held:
        run.writer.steps = [step for step in run.writer.steps if step.at <= held.at]


def _record_later(run: TicketRun) -> None:
    """Somebody went first and wrote it down later: everything until then lands at once."""
    span = _RECORDED_LATER.get(run.script.turn)
    if span is None:
        return
    writer = run.writer
    at = run.later(run.script.reported, *span) + 25
    desk = writer.year.desk_at(at)

    def caught_up(step: DraftedEntry) -> DraftedEntry:
        return step if step.at >= at else replace(step, recorder=desk, recorded=at)

    writer.steps = [caught_up(step) for step in writer.steps]
    if run.script.turn == "countersigned":
        late = sorted(
            (step for step in writer.steps if step.recorded == at), key=lambda step: step.at
        )
        morning = writer.year.days.later(at, writer.random.randint(20, 90))
        writer.write(
            morning,
            "countersigned",
            NETWORKS.id,
            entries=[step.reference for step in late],
            contact=NETWORKS.id,
            note=REMARKS.countersigned,
        )


def _agree_in_writing(run: TicketRun) -> None:
    """What takes a promise back the customer countersigns soon after, under their own key."""
    writer = run.writer
    known = {step.event for step in writer.steps}
    if "countersigned" in known:
        return
    taken = [step for step in writer.steps if _takes_back(step, run.script.severity)]
    if taken:
        at = max(max(step.at, step.recorded) for step in taken) + _SOON
        writer.write(
            at,
            "countersigned",
            NETWORKS.id,
            recorded=at + 2 * MINUTE,
            entries=[step.reference for step in taken],
            contact=NETWORKS.id,
            note=REMARKS.agreed,
        )


def _takes_back(step: DraftedEntry, severity: int | None) -> bool:
    """Whether a step pauses a clock, lowers a severity or ends a ticket that is no duplicate."""
    match step.event:
        case "severity_agreed":
            return severity is None or step.data["severity"] > severity
        case "cancelled":
            return "duplicate_of" not in step.data
        case _:
            return step.event == "paused"
