"""The grave faults: how each went, step by step, and whether it was reviewed in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    fact,
    joined,
    length,
    moment,
    named,
    own,
    person,
    record,
    term,
)
from weibao.render.papers.paper import Facts, Heading, PaperCell, Prose, Table, said
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.grave_incidents import grave_incidents, reviews_owed, steps_told
from weibao.report.register import register_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.grave_incidents import GraveIncident, ReviewOwed
    from weibao.report.papers.period_report import PeriodReport
    from weibao.sla.reading import Step


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    incidents = grave_incidents(report)
    yield Table(
        "incidents",
        own(voice, N_("Faults of severity 1 and 2")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 4),
            column(voice, "severity", N_("Severity"), 2),
            column(voice, "reported", N_("Reported"), 3),
            column(voice, "restored", N_("Restored"), 3),
            column(voice, "lasted", N_("Lasted"), 2),
        ),
        tuple(_row(voice, incident) for incident in incidents),
        own(voice, N_("There was no fault of severity 1 or 2.")),
    )
    if owed := reviews_owed(report.book, (incident.ticket for incident in incidents)):
        yield _reviews(voice, owed)
    for incident in incidents:
        yield from _story(voice, incident)


def _title(voice: Voice, incident: GraveIncident) -> str:
    return voice.shown(voice.book.records.tickets[incident.ticket].title)


def _severity(voice: Voice, level: int | None) -> PaperCell:
    return NONE if level is None else named(voice, str(level), voice.severity(level))


def _row(voice: Voice, incident: GraveIncident) -> tuple[PaperCell, ...]:
    title = _title(voice, incident)
    down = PaperCell(own(voice, N_("not restored")), None, "bad")
    precision = voice.book.records.tickets[incident.ticket].reported_precision
    return (
        record(voice, incident.ticket),
        PaperCell(said(title), title),
        _severity(voice, incident.state.severity),
        moment(voice, incident.reported, precision),
        down if incident.restored is None else _at(voice, incident.restored),
        length(voice, incident.lasted),
    )


def _reviews(voice: Voice, owed: tuple[ReviewOwed, ...]) -> Table:
    return Table(
        "incident_reports",
        own(voice, N_("Incident reports that are owed on them")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "edition", N_("Edition"), 2),
            column(voice, "due", N_("Due by"), 3),
            column(voice, "done", N_("Recorded"), 3),
        ),
        tuple(
            (
                record(voice, review.ticket),
                term(voice, "review_edition", review.edition),
                moment(voice, review.due),
                _recorded(voice, review),
            )
            for review in owed
        ),
        own(voice, N_("None is owed.")),
    )


def _recorded(voice: Voice, review: ReviewOwed) -> PaperCell:
    if review.done is None:
        word = N_("overdue") if review.late else N_("not due yet")
        return PaperCell(own(voice, word), None, "bad" if review.late else "")
    cell = moment(voice, review.done)
    return PaperCell(cell.said, cell.value, "warn" if review.late else "good")


def _story(voice: Voice, incident: GraveIncident) -> Iterator[Block]:
    book, key = voice.book, incident.ticket
    row = register_row(book, book.records.tickets[key])
    steps, besides = steps_told(book.proofs[key], book.as_of)
    precision = row.ticket.reported_precision
    yield Heading(own(voice, N_("{ticket}: {title}"), ticket=key, title=_title(voice, incident)))
    yield Facts(
        f"incident_{key}",
        (
            fact(voice, "declared", N_("As declared"), _severity(voice, incident.state.declared)),
            fact(voice, "severity", N_("In force"), _severity(voice, incident.state.severity)),
            fact(
                voice,
                "assets",
                N_("Equipment"),
                _several(voice, row.ticket.assets, map(voice.asset, row.ticket.assets)),
            ),
            fact(
                voice,
                "services",
                N_("Services"),
                _several(voice, row.services, map(voice.service, row.services)),
            ),
            fact(voice, "reported", N_("Reported"), moment(voice, incident.reported, precision)),
            fact(
                voice,
                "claimed",
                N_("Reported, as claimed"),
                moment(voice, incident.claimed, precision),
            ),
            fact(voice, "restored", N_("Restored"), _at(voice, incident.restored)),
            fact(voice, "resolved", N_("Resolved"), _at(voice, incident.resolved)),
            fact(voice, "lasted", N_("Lasted"), length(voice, incident.lasted)),
        ),
    )
    yield Table(
        f"timeline_{key}",
        own(voice, N_("Timeline of {ticket}"), ticket=key),
        (
            column(voice, "at", N_("By the evidence"), 3),
            column(voice, "claimed", N_("Claimed"), 3),
            column(voice, "step", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "told", N_("What was said"), 6),
        ),
        tuple(_step(voice, step) for step in steps),
        own(voice, N_("No step that may be shown is recorded.")),
    )
    if besides:
        yield Prose(
            own(
                voice,
                N_("Entries besides these, which inform, attach, correct or explain: {number}."),
                number=besides,
            ),
            "note",
        )


def _several(voice: Voice, keys: tuple[str, ...], names: Iterator[str]) -> PaperCell:
    told = voice.language.listing(map(voice.shown, names))
    return PaperCell(said(Told(told)), " ".join(keys)) if keys else NONE


def _at(voice: Voice, step: Step | None) -> PaperCell:
    return NONE if step is None else moment(voice, step.instant, step.precision)


def _step(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    entry = step.entry
    details = [
        voice.language.text(N_("{key}: {value}"), key=title, value=value)
        for title, value, _ in voice.details("ticket", entry)
    ]
    said_then = [*details, *([entry.note] if entry.note else [])]
    told = voice.shown(joined(voice, said_then)) if said_then else ""
    return (
        moment(voice, step.effective, step.precision),
        moment(voice, entry.at, step.precision),
        PaperCell(said(Told(voice.event("ticket", entry.event))), entry.event),
        person(voice, entry.by),
        PaperCell(said(told), None) if told else NONE,
    )


PART = ReportPart(key="incidents", title=N_("Grave faults"), place=50, tell=_tell)
