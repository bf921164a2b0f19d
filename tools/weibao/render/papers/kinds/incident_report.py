"""The report on an incident: what happened when, by whose word, why, what was promised, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.story import story_of
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    fact,
    field_head,
    length,
    moment,
    own,
    several,
    stated,
    step_time,
    term,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.incident_tables import (
    editions_owed,
    faults_before,
    timeline_of,
    what_was_missed,
)
from weibao.render.papers.paper import (
    Blank,
    Fact,
    Facts,
    PaperCell,
    Prose,
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
    ticket_head,
)
from weibao.render.words.explain import reopening_sentences
from weibao.render.words.names import cause_called
from weibao.report.papers.incident_report import incident_report, report_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, Section
    from weibao.report.papers.incident_report import IncidentReport

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
    yield part("timeline", N_("Timeline"), iter([timeline_of(voice, told)]))
    yield part("analysis", N_("Detection, cause and contributing factors"), _analysis(voice, told))
    yield part("recovery", N_("Recovery"), _recovery(voice, told))
    yield part("promises", N_("Promises"), _promises(voice, told))
    yield part("before", N_("The same fault before"), iter([faults_before(voice, told)]))
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
            fact(voice, "responded", N_("Responded at"), step_time(voice, told.response)),
            fact(
                voice,
                "arrived",
                N_("On site, or repaired from afar, at"),
                step_time(voice, told.arrival),
            ),
            fact(voice, "restored", N_("Restored at"), step_time(voice, told.repaired)),
            fact(voice, "resolved", N_("Resolved at"), step_time(voice, told.resolved)),
            fact(voice, "confirmed", N_("Confirmed at"), step_time(voice, told.confirmed)),
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
    yield editions_owed(voice, told)
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


def _summary(voice: Voice, ticket: Ticket) -> Iterator[Block]:
    for line in story_of(ticket, voice, plain=True):
        yield Prose(said(line))


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
                moment=Told(voice.when(review.effective, review.precision)),
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
        yield what_was_missed(voice, missed)


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
