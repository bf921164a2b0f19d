"""The page of a ticket: the facts, every promise with its verdict, and the proven timeline."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.operations.visits import visits_by_evidence
from weibao.render.edition import addresses
from weibao.render.edition.attachments import attachment_of, is_lost
from weibao.render.edition.charts import clock_bar
from weibao.render.edition.story import story_of
from weibao.render.edition.withheld import Told
from weibao.render.site.noting import ticket_noting
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.render.words.explain import inexact, moment_in, reopening_sentences
from weibao.report.ticket_clock import ticket_clock
from weibao.report.ticket_impact import NOTHING
from weibao.rules.book.levels import explanation_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Amendment, Entry
    from weibao.model.events import Field
    from weibao.model.finding import Finding
    from weibao.model.ticket import Ticket
    from weibao.render.edition.attachments import PublishedAttachment
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.ticket_clock import TicketClock
    from weibao.sla.verdict import Verdict

DESCRIPTIONS = {
    "respond": N_("From the report until a qualified engineer has contacted the customer."),
    "arrive": N_("From the report until an engineer is on site."),
    "restore": N_("From the report until the service runs again, if need be by a workaround."),
    "resolve": N_("From the report until the cause is removed."),
    "update": N_("The longest silence towards the customer between the response and the solution."),
    "part": N_("From the request for a spare part until it is there."),
}
"""What each target measures, in one sentence (design, "Service levels")."""

CLOCK = N_("{promise}: the clock from {start}, due {due}, done {stop}")
CLOCK_PAUSED = N_("{promise}: the clock from {start}, paused since {since}")

MISSED = N_("{promise} missed, due {due}")

_FILE = frozenset({"file", "sha256"})


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """An entry on the timeline, ready to be told."""

    proven: ProvenEntry
    details: tuple[tuple[str, str, Field], ...]
    amendments: tuple[Amendment, ...]
    attachment: PublishedAttachment | None
    lost: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A verdict, and what is said of it."""

    verdict: Verdict
    name: str
    what: str
    stop: ProvenEntry | None
    reopenings: tuple[str, ...]
    explanation: Entry | None


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    by_record: dict[str, list[Finding]] = {}
    for finding in voice.book.findings:
        by_record.setdefault(finding.record, []).append(finding)
    for ticket in voice.book.records.tickets.values():
        yield _ticket(ticket, voice, by_record.get(ticket.id, ()))


def _ticket(ticket: Ticket, voice: Voice, findings: Sequence[Finding]) -> OneOfMany:
    """One ticket; ``findings`` are those about it."""
    book = voice.book
    address = addresses.ticket_page(ticket.id)
    proof = book.proofs[ticket.id]
    verdicts = sorted(
        book.verdicts_of(ticket.id),
        key=lambda verdict: (TARGETS.index(verdict.target), verdict.occurrence),
    )
    clock = ticket_clock(book, ticket.id)
    missed = [
        verdict
        for verdict in verdicts
        if verdict.outcome is Outcome.BREACHED and (clock is None or verdict != clock.verdict)
    ]
    facts = {
        "ticket": ticket,
        "file": lambda path: Told(voice.addresses.file(address, path)),
        "title": ticket.title,
        "proof_address": addresses.proof_page(address),
        "story": story_of(ticket, voice),
        "clock": clock,
        "bar": _bar(clock, missed, voice) if clock else "",
        "missed_beside": missed,
        "impact": book.impacts.get(ticket.id, NOTHING),
        "current": book.states[ticket.id],
        "noting": ticket_noting(ticket, book.states[ticket.id].state, voice),
        "proof": proof,
        "steps": [_step(proven, voice, ticket.amendments) for proven in proof.timeline],
        "header_amendments": [
            amendment for amendment in ticket.amendments if amendment.about is None
        ],
        "at": partial(moment_in, book, ticket.id, voice.language, pattern="MM-dd HH:mm"),
        "inexact": lambda verdict: voice.language.text(inexact(verdict)),
        "visits": visits_by_evidence(proof.timeline, book.as_of),
        "cards": [_card(verdict, voice) for verdict in verdicts],
        "about": findings,
        "findings": [voice.finding(finding) for finding in findings if finding.code[0] != "E"],
        "about_evidence": [
            voice.finding(finding) for finding in findings if finding.code[0] == "E"
        ],
    }
    return OneOfMany(address, f"{ticket.id} {ticket.title}", facts)


def _step(
    proven: ProvenEntry,
    voice: Voice,
    amended: Iterable[Amendment],
) -> TimelineStep:
    entry = proven.entry
    attachment = attachment_of(entry, voice.book.files, voice.audience)
    # What can be looked at needs no path beside it: the page of the proof has it.
    told = _FILE if attachment else frozenset()
    return TimelineStep(
        proven,
        tuple(fact for fact in voice.details("ticket", entry) if fact[2].key not in told),
        tuple(amendment for amendment in amended if amendment.about == entry.reference),
        attachment,
        is_lost(entry, voice.book.files),
    )


def _card(verdict: Verdict, voice: Voice) -> Card:
    what = voice.language.text(DESCRIPTIONS[verdict.target])
    entries = voice.book.proofs[verdict.ticket].entries
    stop = next((proven for proven in entries if proven.entry.index == verdict.ended_by), None)
    name = voice.promise_called(verdict)
    reopenings = tuple(reopening_sentences(voice.book, verdict, voice.language))
    ticket = voice.book.records.tickets[verdict.ticket]
    missed = verdict.outcome is Outcome.BREACHED
    explanation = explanation_of(ticket, verdict) if missed else None
    return Card(verdict, name, what, stop, reopenings, explanation)


def _bar(clock: TicketClock, missed: Sequence[Verdict], voice: Voice) -> Markup:
    """The clock's bar with the other promises that were missed, in words too."""
    told = [_clock_told(clock, voice)]
    told += [
        voice.language.text(
            MISSED, promise=voice.promise_called(verdict), due=voice.moment(verdict.due)
        )
        for verdict in missed
    ]
    instants = [verdict.due for verdict in missed if verdict.due is not None]
    return clock_bar(clock, voice.language.listing(told), instants)


def _clock_told(clock: TicketClock, voice: Voice) -> str:
    verdict = clock.verdict
    if verdict.paused:
        return voice.language.text(
            CLOCK_PAUSED,
            promise=voice.promise_called(verdict),
            start=voice.moment(clock.start),
            since=voice.moment(verdict.pauses[-1].start),
        )
    return voice.language.text(
        CLOCK,
        promise=voice.promise_called(verdict),
        start=voice.moment(clock.start),
        due=voice.moment(verdict.due),
        stop=voice.moment(verdict.stop),
    )


PAGES = RecordPage(template="ticket.html", each=_each, place=10, section=addresses.TICKETS)
