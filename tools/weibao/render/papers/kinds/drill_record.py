"""The record of a drill: what was exercised, its scenes and the answers to them, how it went, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.ticket import DRILL
from weibao.refusal import UsageRefusal
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    fact,
    field_head,
    length,
    number,
    own,
    person,
    persons,
    stated,
    step_time,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import Blank, Fact, Facts, PaperCell, Prose, Table
from weibao.render.papers.photographs import photographs
from weibao.render.papers.record_paper import endorsed, record_paper, section, ticket_of
from weibao.render.papers.ticket_blocks import (
    corrective_actions,
    equipment,
    files_attached,
    ticket_head,
)
from weibao.report.papers.drill_record import drill_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, Section
    from weibao.report.papers.drill_record import DrillRecord, DrillScene

NAME = "drill-record"


def _write(commission: Commission) -> Paper:
    voice = commission.voice
    ticket = ticket_of(commission, commission.subject)
    if ticket.kind != DRILL:
        raise UsageRefusal(
            N_("{ticket} is no drill."),
            mend=N_("`weibao ticket list` shows those that there are."),
            ticket=ticket.id,
        )
    told = drill_record(voice.book, commission.audit.whole, ticket)
    marks = () if told.resolved else (own(voice, N_("Provisional: the drill is not over")),)
    title = own(voice, N_("Drill record: {title}"), title=ticket.title)
    return record_paper(commission, NAME, title, _sections(commission, told), marks)


def _sections(commission: Commission, told: DrillRecord) -> Iterator[Section]:
    voice = commission.voice

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("drill", N_("Drill"), _drill(commission, told))
    yield part("course", N_("Scenes and answers"), iter([_scenes(voice, told)]))
    yield part("result", N_("Result"), _result(voice, told))
    yield part("actions", N_("Findings and actions"), _actions(voice, told))
    yield part("plan", N_("The plan after the drill"), iter([_plan(voice, told)]))
    yield part("attached", N_("Files attached"), _attached(voice, told))
    yield from endorsed(commission, NAME)


def _drill(commission: Commission, told: DrillRecord) -> Iterator[Block]:
    voice, ticket, plan = commission.voice, told.ticket, told.plan
    yield Facts("head", tuple(ticket_head(commission, ticket)))
    yield Facts(
        "drill",
        (
            fact(voice, "project", N_("What was exercised"), written(voice, ticket.title)),
            fact(
                voice,
                "purpose",
                N_("Purpose and demands"),
                written(voice, ticket.description.strip()),
            ),
            fact(voice, "form", N_("Form of the drill"), term(voice, "drill_form", ticket.form)),
            fact(voice, "plan", N_("Emergency plan"), written(voice, ticket.emergency_plan)),
            fact(voice, "scenario", N_("Scenario"), written(voice, plan.scenario if plan else "")),
            fact(voice, "abort", N_("How it is stopped"), written(voice, ticket.rollback.strip())),
            fact(voice, "begun", N_("Begun at"), step_time(voice, told.begun)),
            fact(voice, "ended", N_("Ended at"), step_time(voice, told.resolved)),
            fact(
                voice, "provider", N_("Took part, of the provider"), persons(voice, told.provider)
            ),
            fact(
                voice, "customer", N_("Took part, of the customer"), persons(voice, told.customer)
            ),
        ),
    )
    if ticket.assets:
        yield equipment(voice, ticket.assets)
    yield Blank(own(voice, N_("Place, others who took part, and cost")))


def _scenes(voice: Voice, told: DrillRecord) -> Table:
    return Table(
        "scenes",
        own(voice, N_("Scenes and answers")),
        (
            column(voice, "injected", N_("Injected at"), 2),
            column(voice, "scene", N_("Scene"), 4),
            column(voice, "answered", N_("Answered at"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "answer", N_("What was done"), 4),
            column(voice, "after", N_("After"), 2),
        ),
        tuple(_scene(voice, scene) for scene in told.scenes),
        own(voice, N_("No scene was injected.")),
    )


def _scene(voice: Voice, scene: DrillScene) -> tuple[PaperCell, ...]:
    injected, answered = scene.injected, scene.answered
    return (
        step_time(voice, injected),
        written(voice, injected.entry.data["text"]) if injected else NONE,
        step_time(voice, answered) if answered else stated(voice, N_("not answered"), None, "bad"),
        person(voice, answered.entry.by) if answered else NONE,
        written(voice, answered.entry.data["text"]) if answered else NONE,
        length(voice, scene.seconds),
    )


def _result(voice: Voice, told: DrillRecord) -> Iterator[Block]:
    rated, resolved, confirmed = told.rated, told.resolved, told.confirmed
    done = resolved.entry.data if resolved else {}
    word = confirmed.entry.data if confirmed else {}
    score = word.get("satisfaction")
    yield Facts(
        "result",
        (
            fact(voice, "reached", N_("Time to recovery, reached"), length(voice, told.reached)),
            fact(
                voice,
                "score",
                N_("Points of 100"),
                number(voice, rated.entry.data["score"]) if rated else NONE,
            ),
            fact(
                voice, "rated_by", N_("Rated by"), person(voice, rated.entry.by) if rated else NONE
            ),
            fact(voice, "note", N_("Note"), written(voice, rated.entry.note if rated else "")),
            Fact(
                "action",
                field_head(voice, "ticket", "resolved", "action"),
                written(voice, str(done.get("action", ""))),
            ),
            fact(
                voice,
                "confirmed_by",
                N_("Confirmed by the customer"),
                person(voice, word.get("contact", "")),
            ),
            fact(
                voice,
                "confirmed",
                N_("Confirmed at"),
                step_time(voice, confirmed),
            ),
            fact(
                voice,
                "satisfaction",
                N_("Score (1 to 5)"),
                NONE if score is None else verbatim(str(score)),
            ),
            fact(voice, "comment", N_("Comment"), written(voice, word.get("comment", ""))),
        ),
    )
    yield Blank(own(voice, N_("Time to recovery, aimed at (by the plan)")))


def _actions(voice: Voice, told: DrillRecord) -> Iterator[Block]:
    yield corrective_actions(voice, told.actions)
    yield Blank(own(voice, N_("Findings, and what is to be improved")), 2)


def _plan(voice: Voice, told: DrillRecord) -> Facts:
    plan = told.plan
    if plan is None:
        missing = stated(voice, N_("there is no page of it"), None, "bad")
        return Facts("plan", (fact(voice, "plan", N_("Emergency plan"), missing),))
    renewed = (
        stated(voice, N_("yes, on the day of the drill or later"), "renewed", "good")
        if told.renewed
        else stated(voice, N_("not yet"), None)
    )
    return Facts(
        "plan",
        (
            fact(voice, "plan", N_("Emergency plan"), written(voice, plan.id)),
            fact(voice, "version", N_("Version"), written(voice, plan.version)),
            fact(voice, "approved_by", N_("Approved by"), person(voice, plan.approved_by)),
            fact(voice, "approved_on", N_("Approved on"), day(plan.approved_on)),
            fact(voice, "renewed", N_("Approved anew after the drill"), renewed),
        ),
    )


def _attached(voice: Voice, told: DrillRecord) -> Iterator[Block]:
    if not told.attached:
        yield Prose(own(voice, N_("No file is attached.")))
        return
    yield files_attached(voice, told.attached)
    yield from photographs(voice, ((told.ticket.id, step) for step in told.attached))


KIND = PaperKind(
    name=NAME,
    title=N_("Drill record"),
    explained=N_(
        "What a drill exercised, its scenes and the answers to them, how long recovery took, and what follows from it."
    ),
    subject="ticket",
    place=50,
    write=_write,
)
