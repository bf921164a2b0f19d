"""The report on an incident: what happened when, by whose word, why, what was promised, and what follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.story import story_of
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    claimed,
    column,
    fact,
    field_head,
    length,
    moment,
    own,
    person,
    record,
    several,
    severity,
    stated,
    term,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import (
    Blank,
    Fact,
    Facts,
    PaperCell,
    Prose,
    Table,
    said,
)
from weibao.render.papers.photographs import photographs
from weibao.render.papers.record_paper import endorsed, record_paper, section, ticket_of
from weibao.render.papers.ticket_blocks import (
    corrective_actions,
    equipment,
    files_attached,
    parts_replaced,
    promises,
    step_told,
    ticket_head,
)
from weibao.render.words.explain import reopening_sentences
from weibao.render.words.names import cause_called
from weibao.report.papers.incident_report import incident_report, report_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Mood, Paper, Section
    from weibao.report.papers.grave_incidents import ReviewOwed
    from weibao.report.papers.incident_report import IncidentReport, PromiseTold

NAME = "incident-report"

UNREVIEWED = N_(
    "Preliminary: there is no review to read yet; what stands here is what the record shows"
)
PRELIMINARY = N_("Preliminary: the final review is not recorded yet")

_REASONS = {
    "severity": N_("a severity that is reviewed"),
    "repeat": N_("a repeat within 30 days"),
    "restore": N_("restoration later than promised"),
    "review": N_("a review on record"),
}


def _write(commission: Commission) -> Paper:
    voice, whole = commission.voice, commission.audit.whole
    ticket = ticket_of(commission, commission.subject)
    if not report_reasons(whole, ticket):
        raise UsageRefusal(
            N_(
                "There is no incident report on {ticket}: it is not grave, no repeat, was restored in time and not reviewed."
            ),
            mend=N_("Review it, and there is one: `weibao ticket analyse {ticket}`."),
            ticket=ticket.id,
        )
    told = incident_report(voice.book, whole, ticket)
    if told.review is None:
        marks = [own(voice, UNREVIEWED)]
    else:
        marks = [] if told.edition == "final" else [own(voice, PRELIMINARY)]
    title = own(
        voice,
        N_("Incident report {ticket}: {title} ({edition})"),
        ticket=Told(ticket.id),
        title=ticket.title,
        edition=Told(voice.language.term("review_edition", told.edition)),
    )
    sections = _sections(commission, told)
    return record_paper(commission, NAME, title, sections, marks, long=True, edition=told.edition)


def _sections(commission: Commission, told: IncidentReport) -> Iterator[Section]:
    voice = commission.voice

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("facts", N_("The facts"), _facts(commission, told))
    yield part("summary", N_("The incident in brief"), _summary(voice, told.ticket))
    yield part("timeline", N_("Timeline"), iter([_timeline(voice, told)]))
    yield part("analysis", N_("Detection, cause and contributing factors"), _analysis(voice, told))
    yield part("recovery", N_("Recovery"), _recovery(voice, told))
    yield part("promises", N_("Promises"), _promises(voice, told))
    yield part("before", N_("The same fault before"), iter([_before(voice, told)]))
    yield part("actions", N_("Corrective actions"), iter([corrective_actions(voice, told.actions)]))
    yield part("advice", N_("Lessons and advice"), _advice(voice, told))
    yield part("evidence", N_("Evidence"), _evidence(voice, told))
    yield from endorsed(commission, NAME, long=True)


def _facts(commission: Commission, told: IncidentReport) -> Iterator[Block]:
    voice, ticket = commission.voice, told.ticket
    services = {name: voice.service(name) for name in told.services}
    reasons = voice.language.listing(voice.language.text(_REASONS[why]) for why in told.reasons)
    edition = told.edition
    yield Facts("head", tuple(ticket_head(commission, ticket)))
    yield Facts(
        "facts",
        (
            fact(voice, "title", N_("Title"), written(voice, ticket.title)),
            fact(
                voice, "description", N_("Description"), written(voice, ticket.description.strip())
            ),
            fact(voice, "edition", N_("Edition"), term(voice, "review_edition", edition)),
            fact(
                voice,
                "why",
                N_("Why it is reported"),
                PaperCell(said(reasons), " ".join(told.reasons)),
            ),
            fact(voice, "services", N_("Services that rest on it"), several(voice, services)),
            Fact(
                "business_effect",
                field_head(voice, "ticket", "analysed", "business_effect"),
                written(voice, told.analysis.get("business_effect", "")),
            ),
            *(
                [fact(voice, "detected", N_("Detected at"), moment(voice, told.detected_at))]
                if told.detected_at is not None
                else []
            ),
            fact(voice, "responded", N_("Responded at"), _when(voice, told.response)),
            fact(
                voice,
                "arrived",
                N_("On site, or repaired from afar, at"),
                _when(voice, told.arrival),
            ),
            fact(voice, "restored", N_("Restored at"), _when(voice, told.repaired)),
            fact(voice, "resolved", N_("Resolved at"), _when(voice, told.resolved)),
            fact(voice, "confirmed", N_("Confirmed at"), _when(voice, told.confirmed)),
            fact(voice, "state", N_("State"), term(voice, "state", told.state.state.value)),
            fact(voice, "lost", N_("Outage of the ticket, on the wall"), length(voice, told.lost)),
            *(
                [
                    fact(
                        voice,
                        "lost_on_claims",
                        N_("The same on the claims alone"),
                        length(voice, told.lost_on_claims),
                    )
                ]
                if told.lost != told.lost_on_claims
                else []
            ),
            *_by_contract(voice, told),
            *_by_service(voice, told),
        ),
    )
    yield equipment(voice, ticket.assets)
    yield _owed(voice, told)
    yield Blank(own(voice, N_("Users affected, and other effects on the business")))


def _by_service(voice: Voice, told: IncidentReport) -> Iterator[Fact]:
    """What each service was brought by the ticket: what a redundancy group bore is nothing."""
    for name, seconds in told.lost_by_services.items():
        lasted = voice.by_condition(seconds)
        value = " ".join(f"{condition.value}={seconds[condition]}" for condition in seconds)
        yield Fact(
            f"service_{name}",
            own(voice, N_("What the service {service} had of it"), service=voice.service(name)),
            PaperCell(said(Told(lasted)), value)
            if lasted
            else stated(voice, N_("nothing, by the impact on record"), "", "muted"),
        )


def _by_contract(voice: Voice, told: IncidentReport) -> Iterator[Fact]:
    for verdict in told.by_contract:
        used = verdict.elapsed_seconds
        cell = (
            NONE
            if used is None
            else PaperCell(said(Told(voice.counted(used, verdict.clock))), used, number=True)
        )
        key = "by_contract" if verdict.occurrence == 1 else f"by_contract_{verdict.occurrence}"
        yield Fact(
            key,
            own(
                voice,
                N_("Outage by the contract ({promise})"),
                promise=Told(voice.promise_called(verdict)),
            ),
            cell,
        )


def _when(voice: Voice, step: ProvenEntry | None) -> PaperCell:
    return claimed(voice, step.effective, step.entry.at) if step else NONE


def _owed(voice: Voice, told: IncidentReport) -> Table:
    return Table(
        "editions",
        own(voice, N_("Editions of the review that the contract asks for")),
        (
            column(voice, "edition", N_("Edition"), 2),
            column(voice, "due", N_("Due"), 2),
            column(voice, "there", N_("Recorded"), 2),
        ),
        tuple(_edition(voice, owed) for owed in told.owed),
        own(voice, N_("The contract asks for none.")),
    )


def _edition(voice: Voice, owed: ReviewOwed) -> tuple[PaperCell, ...]:
    mood: Mood = "bad" if owed.late else ""
    there = (
        stated(voice, N_("not yet"), None, mood)
        if owed.done is None
        else replace(moment(voice, owed.done), mood=mood)
    )
    return term(voice, "review_edition", owed.edition), moment(voice, owed.due), there


def _summary(voice: Voice, ticket: Ticket) -> Iterator[Block]:
    for line in story_of(ticket, voice):
        yield Prose(said(line))


def _timeline(voice: Voice, told: IncidentReport) -> Table:
    return Table(
        "timeline",
        own(voice, N_("Timeline")),
        (
            column(voice, "claimed", N_("Claimed"), 2),
            column(voice, "effective", N_("By the evidence"), 2),
            column(voice, "grade", N_("Grade")),
            column(voice, "step", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "told", N_("Remarks"), 6),
        ),
        tuple(_step(voice, step) for step in told.timeline),
        own(voice, N_("Nothing to show.")),
    )


def _step(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    name, grade = step.entry.event, step.grade.value
    effective = moment(voice, step.effective)
    differs = voice.moment(step.effective) != voice.moment(step.entry.at)
    return (
        moment(voice, step.entry.at, step.precision),
        PaperCell(effective.said, effective.value, "warn" if differs else ""),
        PaperCell(said(Told(grade)), grade),
        PaperCell(said(Told(voice.event("ticket", name))), name),
        person(voice, step.entry.by),
        step_told(voice, "ticket", step),
    )


def _analysis(voice: Voice, told: IncidentReport) -> Iterator[Block]:
    review, resolved = told.review, told.resolved
    data = told.analysis
    done = resolved.entry.data if resolved else {}
    cause = done.get("cause_code", "")
    if review is None:
        yield Prose(own(voice, N_("There is no review to read yet.")), "lead")
    else:
        yield Prose(
            own(
                voice,
                N_("As {person} recorded it on {moment} ({edition})."),
                person=Told(voice.person(review.entry.by)),
                moment=Told(voice.moment(review.effective)),
                edition=Told(voice.language.term("review_edition", review.entry.data["edition"])),
            ),
            "lead",
        )
    rows = [
        Fact(
            "detected_by",
            field_head(voice, "ticket", "analysed", "detected_by"),
            term(voice, "detected_by", data.get("detected_by", "")),
        ),
        Fact(
            "cause",
            field_head(voice, "ticket", "resolved", "cause"),
            written(voice, done.get("cause", "")),
        ),
    ]
    rows += [
        Fact(key, field_head(voice, "ticket", "analysed", key), written(voice, data.get(key, "")))
        for key in ("trigger", "root_cause", "contributing")
    ]
    rows += [
        Fact(
            "cause_code",
            field_head(voice, "ticket", "resolved", "cause_code"),
            PaperCell(said(cause_called(voice.book.records, cause, voice.language)), cause)
            if cause
            else NONE,
        ),
        Fact(
            "responsible",
            field_head(voice, "ticket", "resolved", "responsible"),
            term(voice, "responsible", done.get("responsible", "")),
        ),
    ]
    yield Facts("analysis", tuple(rows))


def _recovery(voice: Voice, told: IncidentReport) -> Iterator[Block]:
    done = told.resolved.entry.data if told.resolved else {}
    repaired = told.repaired.entry.data if told.repaired else {}
    rows = [
        Fact(
            "restored_by",
            field_head(voice, "ticket", "restored", "mode"),
            term(voice, "mode", repaired.get("mode", "")),
        ),
        *(
            Fact(
                key, field_head(voice, "ticket", "resolved", key), written(voice, done.get(key, ""))
            )
            for key in ("action", "test_result")
        ),
    ]
    yield Facts("recovery", tuple(rows))
    yield parts_replaced(voice, told.parts)


def _promises(voice: Voice, told: IncidentReport) -> Iterator[Block]:
    yield promises(voice, (kept.verdict for kept in told.promises))
    for kept in told.promises:
        for sentence in reopening_sentences(voice.book, kept.verdict, voice.language):
            yield Prose(said(sentence), "note")
    missed = [kept for kept in told.promises if voice.overrun(kept.verdict) != "—"]
    if missed:
        yield Table(
            "missed",
            own(voice, N_("What was missed, and what was said of it")),
            (
                column(voice, "promise", N_("Promise"), 2),
                column(voice, "cause", N_("Cause"), 4),
                column(voice, "improvement", N_("Improvement"), 4),
                column(voice, "by", N_("By"), 2),
            ),
            tuple(_missed(voice, kept) for kept in missed),
            own(voice, N_("None was missed.")),
        )


def _missed(voice: Voice, kept: PromiseTold) -> tuple[PaperCell, ...]:
    verdict, told = kept.verdict, kept.explanation
    name = PaperCell(
        said(Told(voice.promise_called(verdict))), f"{verdict.target}-{verdict.occurrence}"
    )
    if told is None:
        return (name, stated(voice, N_("Nobody has explained it yet."), None, "bad"), NONE, NONE)
    return (
        name,
        written(voice, told.data["cause"]),
        written(voice, told.data["improvement"]),
        person(voice, told.by),
    )


def _before(voice: Voice, told: IncidentReport) -> Table:
    return Table(
        "before",
        own(
            voice,
            N_(
                "Faults of the same equipment in the 90 days before; those whose cause is coded otherwise left out"
            ),
        ),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 5),
            column(voice, "severity", N_("Severity")),
            column(voice, "reported", N_("Reported"), 2),
            column(voice, "repeat", N_("Repeat of it"), 2),
        ),
        tuple(
            (
                record(voice, ticket.id),
                written(voice, ticket.title),
                severity(voice, ticket.severity),
                moment(voice, ticket.reported_at, ticket.reported_precision),
                stated(voice, N_("within 30 days"), "repeat", "warn")
                if ticket.id == told.repeats
                else NONE,
            )
            for ticket in told.before
        ),
        own(voice, N_("There was none.")),
    )


def _advice(voice: Voice, told: IncidentReport) -> Iterator[Block]:
    lessons = told.analysis.get("lessons", "")
    note = told.review.entry.note if told.review else ""
    label = field_head(voice, "ticket", "analysed", "lessons")
    yield Facts(
        "lessons",
        (
            Fact("lessons", label, written(voice, lessons)),
            fact(voice, "note", N_("Note"), written(voice, note)),
        ),
    )
    yield Blank(own(voice, N_("Advice to the customer")), 3)


def _evidence(voice: Voice, told: IncidentReport) -> Iterator[Block]:
    yield files_attached(voice, told.attached)
    yield from photographs(voice, ((told.ticket.id, step) for step in told.attached))


KIND = PaperKind(
    name=NAME,
    title=N_("Incident report"),
    explained=N_(
        "A grave incident, a fault that came back or one not restored in time: what happened when, why, and what follows; preliminary until its review is final."
    ),
    subject="ticket",
    place=30,
    write=_write,
)
