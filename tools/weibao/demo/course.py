"""The course of a reactive ticket, from the report to its close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.demo.aftermath import confirm_and_close, explain, extras, reopen
from weibao.demo.cadence import climb, keep_told, put_in_words
from weibao.demo.draft import Draft, Merge, Pen, Step
from weibao.demo.hours import DAY, HOUR, MINUTE, clock_face, written
from weibao.demo.pace import Tempo
from weibao.demo.people import MANAGER, NETWORKS
from weibao.demo.repair import mend, pause
from weibao.demo.telling import Telling
from weibao.demo.wording import Wording, places
from weibao.model.ids import record_path

if TYPE_CHECKING:
    from weibao.demo.parts import Store
    from weibao.demo.plot import Plot
    from weibao.demo.year import Roster, Year
    from weibao.model.instant import Instant

_OFF_LINE = 0.25
"""How often an engineer has no network on site."""

_RECORDED_LATER = {
    "late-but-met": (62, 90),
    "recorded-later": (72, 100),
    "countersigned": (150, 200),
}


def tell(plot: Plot, year: Year, roster: Roster, store: Store) -> Draft:
    """The whole record of a ticket."""
    random = year.chance("ticket", plot.id)
    earlier = clock_face(plot.reported - random.randint(3, 18) * MINUTE)
    wording = Wording(random, places(random, plot.equipment, plot.client.call, earlier), plot.story)
    telling = Telling(
        plot,
        Pen(year, random),
        wording,
        Tempo(year, plot.severity),
        roster.named(plot.engineer)
        if plot.engineer
        else roster.choose(random, plot.equipment, plot.reported),
        store,
        year.finish + DAY,
    )
    header = _header(telling)
    _take_in(telling)
    if not plot.duplicate_of:
        _respond(telling)
    if plot.turn == "cancelled":
        _cancel(telling)
    else:
        _work(telling, roster)
    _hold(telling)
    keep_told(telling.pen, plot.severity, plot.reported, telling.quiet_from)
    climb(telling.pen, plot.severity, plot.reported, on_record=plot.turn == "backdated")
    put_in_words(telling.pen, wording)
    _record_later(telling)
    return Draft(
        "ticket",
        plot.id,
        record_path(plot.id),
        header,
        telling.pen.finished(),
        telling.pen.files,
        telling.branch[0] if telling.branch else None,
    )


def _header(telling: Telling) -> dict[str, object]:
    plot, wording, year = telling.plot, telling.wording, telling.pen.year
    receivers = {"pm": MANAGER.id, "engineer": telling.engineer.id}
    received_by = receivers.get(plot.channel) or year.desk_at(plot.reported)
    intake: dict[str, object] = {"channel": plot.channel, "received_by": received_by}
    if plot.severity == 1 or plot.turn in {"countersigned", "recorded-later"}:
        intake["emergency"] = True
    return {
        "id": plot.id,
        "kind": plot.story.kind,
        "title": wording.variant(plot.story.titles),
        "severity": plot.severity,
        "reported_at": written(plot.reported),
        "reported_by": plot.client.id,
        "intake": intake,
        "assets": [plot.equipment.id],
        "description": wording.variant(plot.story.descriptions) + "\n",
    }


def _take_in(telling: Telling) -> None:
    """The desk opens the ticket, tells who must know, and names who is responsible."""
    plot, pen = telling.plot, telling.pen
    soon = (1, 3) if plot.channel in {"phone", "monitoring"} else (3, 8)
    at = plot.reported + pen.about(*soon)
    desk = pen.year.desk_at(at)
    pen.write(at, "opened", desk)
    at += MINUTE
    if plot.channel == "engineer":
        pen.write(at, "notified", telling.engineer.id, recorder=desk, whom=MANAGER.id, via="phone")
    elif plot.severity <= 2 and plot.channel != "pm":
        via = pen.random.choice(("phone", "message"))
        pen.write(at, "notified", desk, whom=MANAGER.id, via=via)
    pen.write(at + MINUTE, "assigned", desk, to=telling.engineer.id)


def _respond(telling: Telling) -> None:
    plot, pen, tempo = telling.plot, telling.pen, telling.tempo
    slow = {2: (66, 88), 3: (128, 170), 4: (262, 330)}
    span = slow[plot.severity] if plot.turn == "slow-response" else tempo.pace.respond
    at = max(tempo.draw(plot.reported, span, pen.random), pen.last() + MINUTE)
    pen.write(
        at, "acknowledged", telling.engineer.id, note=telling.wording.variant(plot.story.diagnoses)
    )


def _cancel(telling: Telling) -> None:
    pen, at = telling.pen, telling.later(telling.pen.last(), 8, 30)
    if telling.plot.duplicate_of:
        at = pen.last() + pen.about(3, 9)
        reason = "与已受理的工单为同一故障，合并处理"
        pen.write(
            at,
            "cancelled",
            pen.year.desk_at(at),
            reason=reason,
            duplicate_of=telling.plot.duplicate_of,
        )
    else:
        reason = "经{contact}核实为客户侧例行测试引起的告警，非故障"
        pen.write(at, "cancelled", pen.year.desk_at(at), reason=telling.wording.filled(reason))


def _work(telling: Telling, roster: Roster) -> None:
    plot, pen = telling.plot, telling.pen
    if plot.turn in {"raised", "lowered"}:
        _change_severity(telling)
    if plot.story.pause:
        pause(telling)
    mend(telling)
    arrived, left = pen.first("arrived"), pen.first("left")
    if arrived and left:
        roster.keep(telling.engineer.id, arrived.at, left.at)
    landed = _branch_off(telling)
    confirm_and_close(telling, landed)
    if plot.turn == "reopened":
        reopen(telling)
    extras(telling)
    explain(telling)


def _change_severity(telling: Telling) -> None:
    """The customer agrees to another severity, and things go at its pace from then on."""
    plot, pen = telling.plot, telling.pen
    raised = plot.turn == "raised"
    level = plot.severity + (-1 if raised else 1)
    consent = plot.client if "consent" in plot.client.may else NETWORKS
    note = (
        "影响范围扩大，{contact}要求提高级别"
        if raised
        else "影响范围小于预期，{contact}同意降低级别"
    )
    at = telling.later(pen.last(), *((35, 80) if raised else (5, 14)))
    pen.write(
        at,
        "severity_agreed",
        pen.year.desk_at(at),
        severity=level,
        consent_by=consent.id,
        note=telling.wording.filled(note),
    )
    telling.tempo = Tempo(pen.year, level)


def _branch_off(telling: Telling) -> Instant:
    """Put what the engineer records on site on a branch of their own; returns when it lands.

    Without a network there, they commit to their clone and merge on the way back: within the
    contract's four hours, or (``branch-late``) long after.
    """
    pen, plot = telling.pen, telling.plot
    arrived = pen.first("arrived")
    ordinary = plot.twist is None and plot.severity >= 2 and pen.random.random() < _OFF_LINE
    if arrived is None or not (ordinary or plot.turn in {"branch", "branch-late", "union"}):
        return pen.last()
    late = plot.turn == "branch-late"
    until = arrived.at + (12 * HOUR if late else 3 * HOUR)
    name = f"site/{plot.id[-6:].lower()}"
    on_site = {
        place
        for place in range(len(pen.steps))
        if pen.steps[place].by == telling.engineer.id and arrived.at <= pen.steps[place].at <= until
    }
    for place in on_site:
        pen.steps[place] = replace(pen.steps[place], recorder=telling.engineer.id, branch=name)
    last = max(pen.steps[place].at for place in on_site)
    at = last + (pen.about(6 * 60, 9 * 60) if late else pen.about(12, 35))
    if plot.turn == "union":
        between = arrived.at + (last - arrived.at) // 2
        note = telling.wording.filled("致电{contact}通报现场进展，对方表示知悉")
        pen.write(between, "updated", pen.year.desk_at(between), note=note)
    telling.branch.append(Merge(name, at + 20, pen.year.desk_at(at)))
    return max(at, pen.last())


def _hold(telling: Telling) -> None:
    """Forget what has not happened yet."""
    held = telling.pen.first(telling.plot.hold) if telling.plot.hold else None
    if held:
        telling.pen.steps = [step for step in telling.pen.steps if step.at <= held.at]


def _record_later(telling: Telling) -> None:
    """Somebody went first and wrote it down later: everything until then lands at once."""
    span = _RECORDED_LATER.get(telling.plot.turn)
    if span is None:
        return
    pen = telling.pen
    at = telling.later(telling.plot.reported, *span) + 25
    desk = pen.year.desk_at(at)

    def caught_up(step: Step) -> Step:
        return step if step.at >= at else replace(step, recorder=desk, recorded=at)

    pen.steps = [caught_up(step) for step in pen.steps]
    if telling.plot.turn == "countersigned":
        late = sorted((step for step in pen.steps if step.recorded == at), key=lambda step: step.at)
        morning = pen.year.days.later(at, pen.random.randint(20, 90))
        pen.write(
            morning,
            "countersigned",
            NETWORKS.id,
            entries=[step.reference for step in late],
            contact=NETWORKS.id,
            note="当晚先处理后补录，时间与我方值班记录一致",
        )
