"""The service sheet: what was done for a ticket, or on one visit of it; blank, to be signed on site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    claimed,
    column,
    fact,
    field_head,
    moment,
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
from weibao.render.papers.paper import (
    Blank,
    Fact,
    Facts,
    PaperCell,
    Prose,
    SignBox,
    SignOff,
    Table,
    TableColumn,
    said,
)
from weibao.render.papers.record_paper import (
    filled_in,
    made_from,
    record_paper,
    section,
    ticket_of,
)
from weibao.render.papers.ticket_blocks import (
    equipment,
    files_attached,
    parts_replaced,
    promises,
    step_told,
    ticket_head,
)
from weibao.report.papers.service_sheet import service_sheet, visits_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, PaperText, Section
    from weibao.report.papers.service_sheet import ServiceSheet, SheetVisit, Worker

NAME = "service-sheet"

NO_VISIT = N_("{ticket} has no visit {number}.")
IS_OVER = N_("{ticket} is over: a blank sheet is filled in while the work lasts.")

MEANING = N_(
    "This sheet is made from the records. Signing confirms the times and the work that it lists."
)
MEANING_BLANK = N_(
    "To be filled in on site and signed by both sides; then it is attached to ticket {ticket} as a scan, and the steps are recorded."
)
BLANK = N_("To be filled in by hand")

TIMES = N_(
    "Times are those that the evidence supports; where the claim was another, it stands beside."
)

_SCORES = (
    N_("5 very satisfied"),
    N_("4 satisfied"),
    N_("3 fair"),
    N_("2 dissatisfied"),
    N_("1 very dissatisfied"),
)


def _write(commission: Commission) -> Paper:
    ticket_id, number = _named(commission.subject)
    ticket = ticket_of(commission, ticket_id)
    book, whole = commission.voice.book, commission.audit.whole
    visits = [visit.number for visit in visits_in(book, ticket_id)]
    if number is not None and number not in visits:
        raise UsageRefusal(
            NO_VISIT,
            mend=N_(
                "`weibao ticket show {ticket}` lists its visits; leave the number out for all."
            ),
            ticket=ticket_id,
            number=number,
        )
    sheet = service_sheet(book, whole, ticket, number)
    if commission.blank and not sheet.state.open:
        raise UsageRefusal(
            IS_OVER, mend=N_("Ask for the filled one: leave out `--blank`."), ticket=ticket_id
        )
    voice = commission.voice
    title = (
        own(voice, N_("Service sheet {ticket}"), ticket=Told(ticket_id))
        if number is None
        else own(
            voice,
            N_("Service sheet {ticket}, visit {number}"),
            ticket=Told(ticket_id),
            number=number,
        )
    )
    marks = (own(voice, BLANK),) if commission.blank else ()
    edition = "blank" if commission.blank else ""
    return record_paper(
        commission, NAME, title, _sections(commission, sheet), marks, edition=edition
    )


def _named(subject: str) -> tuple[str, int | None]:
    """A ticket, or a visit of it, ``T…/2``: what is no number is none that it has."""
    ticket, slash, number = subject.partition("/")
    if not slash:
        return ticket, None
    return ticket, int(number) if number.isdecimal() else 0


def _sections(commission: Commission, sheet: ServiceSheet) -> Iterator[Section]:
    voice, blank = commission.voice, commission.blank

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("service", N_("Service"), iter([Facts("head", tuple(_head(commission, sheet)))]))
    yield part(
        "equipment", N_("Equipment"), iter([equipment(voice, sheet.ticket.assets, on_site=blank)])
    )
    asked = N_("Symptom") if sheet.ticket.kind == "fault" else N_("What is asked for")
    yield part("symptom", asked, iter([Facts("symptom", tuple(_symptom(voice, sheet)))]))
    yield part("visits", N_("Who came, and when"), _visits(voice, sheet, blank=blank))
    yield part("done", N_("What was done"), _done(voice, sheet, blank=blank))
    yield part("parts", N_("Parts"), iter([parts_replaced(voice, sheet.parts, room=blank)]))
    if not sheet.ticket.planned:
        judged = [verdict for verdict in sheet.promises if not blank or verdict.stop is None]
        yield part("promises", N_("Promises"), iter([promises(voice, judged)]))
    if blank:
        yield part("signed", N_("State, and signatures"), _signed_on_site(commission, sheet.ticket))
        return
    yield part("state", N_("State after the work"), iter([_state(voice, sheet)]))
    yield part("customer", N_("The customer's word"), iter([_customer(voice, sheet)]))
    if sheet.attached:
        yield part("attached", N_("Files attached"), iter([files_attached(voice, sheet.attached)]))
    yield part("signed", N_("Signatures"), _signed(commission))
    yield made_from(commission, NAME)


def _head(commission: Commission, sheet: ServiceSheet) -> Iterator[Fact]:
    yield from ticket_head(commission, sheet.ticket)
    if sheet.remote and not commission.blank:
        yield fact(
            commission.voice,
            "way",
            N_("How it was done"),
            stated(commission.voice, N_("from afar: nobody came to the site"), "remote"),
        )


def _symptom(voice: Voice, sheet: ServiceSheet) -> Iterator[Fact]:
    yield fact(voice, "title", N_("Title"), written(voice, sheet.ticket.title))
    yield fact(
        voice, "description", N_("Description"), written(voice, sheet.ticket.description.strip())
    )


def _visits(voice: Voice, sheet: ServiceSheet, *, blank: bool) -> Iterator[Block]:
    going_on = sheet.going_on if blank else None
    stays = (
        _stay(voice, told, worker, first=place == 0)
        for told in sheet.visits
        if told is not going_on
        for place, worker in enumerate(told.workers)
    )
    afar = () if blank else (_afar(voice, worker) for worker in sheet.remote)
    sent = () if blank or sheet.sent is None else (_sent(voice, sheet.sent),)
    rows = (*stays, *afar, *sent)
    if rows or not blank:
        yield Table(
            "visits",
            own(voice, N_("Visits")),
            (
                column(voice, "visit", N_("Visit")),
                column(voice, "person", N_("Person"), 2),
                column(voice, "certificates", N_("Certificate of the maker, valid that day"), 4),
                TableColumn("dispatched", said(voice.event("ticket", "dispatched")), 2),
                TableColumn("arrived", said(voice.event("ticket", "arrived")), 2),
                TableColumn("left", said(voice.event("ticket", "left")), 2),
            ),
            rows,
            own(voice, N_("Nobody has worked on it yet.")),
        )
    if blank:
        yield from filled_in("next_visit", _on_site(voice, sheet), blank=True)
    elif sheet.visits:
        yield Prose(own(voice, TIMES), "note")


def _on_site(voice: Voice, sheet: ServiceSheet) -> Iterator[Fact]:
    """The visit that the sheet is taken along to: what is known of it."""
    going_on, sent = sheet.going_on, sheet.sent
    people: tuple[str, ...] = ()
    away = arrived = NONE
    if going_on is not None:
        people = going_on.visit.people
        away = _dispatched(voice, going_on)
        arrived = _arrived(voice, going_on.workers[0])
    elif sent is not None:
        people = (sent.entry.data["to"], *sent.entry.data.get("with", ()))
        away = step_time(voice, sent)
    yield fact(voice, "people", N_("Engineer, and who came along"), persons(voice, people))
    yield fact(voice, "dispatched", N_("Dispatched at"), away)
    yield fact(voice, "arrived", N_("Arrived at"), arrived)
    yield fact(voice, "begun", N_("Work begun at"), NONE)
    yield fact(voice, "left", N_("Left at"), NONE)


def _stay(voice: Voice, told: SheetVisit, worker: Worker, *, first: bool) -> tuple[PaperCell, ...]:
    number = told.visit.number
    return (
        PaperCell(said(Told(str(number))), number),
        person(voice, worker.person),
        _certificates(voice, worker),
        _dispatched(voice, told) if first else NONE,
        _arrived(voice, worker),
        _left(voice, worker),
    )


def _dispatched(voice: Voice, told: SheetVisit) -> PaperCell:
    visit = told.visit
    return claimed(voice, visit.dispatched, told.claimed.dispatched, visit.dispatched_precision)


def _arrived(voice: Voice, worker: Worker) -> PaperCell:
    stay, said_of = worker.stay, worker.claimed
    if stay is None or said_of is None:
        return NONE
    return claimed(voice, stay.arrived, said_of.arrived, stay.arrived_precision)


def _left(voice: Voice, worker: Worker) -> PaperCell:
    stay, said_of = worker.stay, worker.claimed
    if stay is None or said_of is None:
        return NONE
    if stay.left is None:
        return stated(voice, N_("still there"), None)
    return claimed(voice, stay.left, said_of.left, stay.left_precision)


def _afar(voice: Voice, worker: Worker) -> tuple[PaperCell, ...]:
    return (
        stated(voice, N_("remote"), "remote"),
        person(voice, worker.person),
        _certificates(voice, worker),
        NONE,
        NONE,
        NONE,
    )


def _sent(voice: Voice, sent: ProvenEntry) -> tuple[PaperCell, ...]:
    """Who was sent, and has not arrived."""
    data = sent.entry.data
    return (
        stated(voice, N_("on the way"), "on_the_way"),
        persons(voice, (data["to"], *data.get("with", ()))),
        NONE,
        step_time(voice, sent),
        NONE,
        NONE,
    )


def _certificates(voice: Voice, worker: Worker) -> PaperCell:
    """The certificates; with their numbers only where people are called by their names."""
    named = voice.people.named
    held = [
        " ".join((known.vendor, known.name, *([known.number] if named else [])))
        for known in worker.certificates
    ]
    lacking = [
        voice.language.text(N_("{maker}: none valid"), maker=maker) for maker in worker.uncertified
    ]
    if not held and not lacking:
        return NONE
    value = "; ".join((*held, *(f"{maker} -" for maker in worker.uncertified)))
    told = voice.language.listing((*held, *lacking))
    return PaperCell(said(voice.shown(told)), value, "warn" if lacking else "")


def _done(voice: Voice, sheet: ServiceSheet, *, blank: bool) -> Iterator[Block]:
    if sheet.done:
        yield Table(
            "steps",
            own(voice, N_("Course of the work")),
            (
                column(voice, "at", N_("Time"), 2),
                column(voice, "step", N_("Step"), 2),
                column(voice, "by", N_("Person"), 2),
                column(voice, "told", N_("Remarks"), 6),
            ),
            tuple(_step(voice, step) for step in sheet.done),
            own(voice, N_("Nothing to show.")),
        )
    told = sheet.resolved.entry.data if sheet.resolved else {}
    restored = sheet.restored.entry.data if sheet.restored else {}
    mode = term(voice, "mode", told.get("mode", restored.get("mode", "")))
    rows = [Fact("mode", field_head(voice, "ticket", "resolved", "mode"), mode)]
    rows += [
        Fact(key, field_head(voice, "ticket", "resolved", key), written(voice, told.get(key, "")))
        for key in ("cause", "action", "test_result")
    ]
    yield from filled_in("done", rows, blank=blank, wordy={"cause", "action"})


def _step(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    name = step.entry.event
    return (
        step_time(voice, step),
        PaperCell(said(Told(voice.event("ticket", name))), name),
        person(voice, step.entry.by),
        step_told(voice, "ticket", step),
    )


def _state(voice: Voice, sheet: ServiceSheet) -> Facts:
    state, restored, resolved = sheet.state, sheet.restored, sheet.resolved
    rows = [
        fact(voice, "state", N_("State"), term(voice, "state", state.state.value)),
        fact(
            voice,
            "restored",
            N_("Restored at"),
            step_time(voice, restored),
        ),
        fact(
            voice,
            "resolved",
            N_("Resolved at"),
            step_time(voice, resolved),
        ),
    ]
    if state.paused:
        reason = state.pauses[-1].step.entry.data["reason"]
        rows.append(fact(voice, "paused", N_("Paused for"), term(voice, "pause_reason", reason)))
    if parts := state.awaited_parts:
        names = voice.language.listing(voice.part(part) for part in parts)
        rows.append(
            fact(voice, "awaited", N_("Parts expected"), PaperCell(said(names), " ".join(parts)))
        )
    return Facts("state", tuple(rows))


def _customer(voice: Voice, sheet: ServiceSheet) -> Facts:
    confirmed = sheet.confirmed
    if confirmed is None:
        told = stated(voice, N_("The customer has not confirmed the result yet."), None, "warn")
        return Facts("customer", (fact(voice, "confirmed", N_("Confirmed"), told),))
    data = confirmed.entry.data
    score = data.get("satisfaction")
    hand = confirmed.hand.value if confirmed.hand else ""
    return Facts(
        "customer",
        (
            fact(voice, "contact", N_("Contact"), person(voice, data["contact"])),
            fact(
                voice,
                "at",
                N_("Confirmed at"),
                moment(voice, confirmed.effective, confirmed.precision),
            ),
            fact(voice, "via", N_("Through"), term(voice, "via", data["via"])),
            fact(voice, "hand", N_("Whose word it is"), term(voice, "hand", hand)),
            fact(
                voice,
                "score",
                N_("Score (1 to 5)"),
                NONE if score is None else verbatim(str(score)),
            ),
            fact(voice, "comment", N_("Comment"), written(voice, data.get("comment", ""))),
            fact(voice, "note", N_("Note"), written(voice, confirmed.entry.note)),
        ),
    )


def _signed(commission: Commission) -> Iterator[Block]:
    voice = commission.voice
    yield SignOff(own(voice, MEANING), (_engineer(voice), _customer_signs(voice)))


def _signed_on_site(commission: Commission, ticket: Ticket) -> Iterator[Block]:
    voice = commission.voice
    state = SignBox(
        own(voice, N_("State after the work")),
        tuple(
            own(voice, word)
            for word in (N_("restored"), N_("working by a workaround"), N_("still open"))
        ),
        (Blank(own(voice, N_("What remains to be done")), 2),),
    )
    meaning: PaperText = own(voice, MEANING_BLANK, ticket=Told(ticket.id))
    yield SignOff(meaning, (state, _engineer(voice), _customer_signs(voice, room=2)))


def _engineer(voice: Voice) -> SignBox:
    return SignBox(
        own(voice, N_("Engineer")),
        (),
        (Blank(own(voice, N_("Name (signature)"))), Blank(own(voice, N_("Date")))),
    )


def _customer_signs(voice: Voice, room: int = 1) -> SignBox:
    return SignBox(
        own(voice, N_("Customer")),
        tuple(own(voice, score) for score in _SCORES),
        (
            Blank(own(voice, N_("Comment")), room),
            Blank(own(voice, N_("Name (signature)"))),
            Blank(own(voice, N_("Date"))),
        ),
        own(voice, N_("Seal")),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("Service sheet"),
    explained=N_(
        "What was done for a ticket, or on one visit of it (TICKET/2); blank, to be filled in on site, signed and attached."
    ),
    subject="ticket",
    place=10,
    write=_write,
    can_be_blank=True,
)
