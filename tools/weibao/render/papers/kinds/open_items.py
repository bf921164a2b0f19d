"""What is left open, and what changes hands: computed where the record knows it, by hand where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    moment,
    named,
    number,
    own,
    person,
    record,
    severity,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import Blank, Prose, Table
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.render.papers.spare_cells import spare_part
from weibao.report.papers.open_items import open_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.operations.stock import Piece, StockLevel
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, PaperCell, Section
    from weibao.report.papers.open_items import OpenItems

NAME = "open-items"

MEANING = N_(
    "What is computed from the records is complete as of the instant that it names. What changed hands is what both sides wrote by hand above; signing confirms that."
)

BY_HAND = (
    N_("Borrowed parts and equipment returned to whom they belong"),
    N_("Accounts closed, passwords and keys changed by the customer"),
    N_("Access cards, keys and passes returned"),
    N_("Configuration backups and software licences handed over"),
    N_("Drawings, manuals and other documents returned or handed over"),
    N_("Data of the customer deleted by the provider"),
    N_("Monitoring and remote access ended"),
)
"""What changes hands, of which the record knows nothing."""


def _write(commission: Commission) -> Paper:
    told = open_items(commission.audit.whole)
    title = own(commission.voice, N_("Open items and hand-over list"))
    return record_paper(commission, NAME, title, _sections(commission, told))


def _sections(commission: Commission, told: OpenItems) -> Iterator[Section]:
    voice = commission.voice
    yield section(commission, "tickets", N_("Open tickets"), (_tickets(commission, told.tickets),))
    yield section(
        commission, "actions", N_("Open corrective actions"), (_actions(voice, told.actions),)
    )
    yield section(commission, "parts", N_("Spare parts"), _parts(voice, told))
    yield section(commission, "hand_over", N_("What changes hands"), _by_hand(voice))
    yield from endorsed(commission, NAME, MEANING)


def _tickets(commission: Commission, tickets: Iterable[Ticket]) -> Table:
    voice, whole = commission.voice, commission.audit.whole
    readable = voice.book.records.tickets
    return Table(
        "tickets",
        own(voice, N_("Open tickets")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "kind", N_("Kind"), 2),
            column(voice, "title", N_("Title"), 5),
            column(voice, "severity", N_("Severity"), 2),
            column(voice, "reported", N_("Reported at"), 3),
            column(voice, "state", N_("State"), 2),
            column(voice, "owner", N_("Owner"), 2),
        ),
        tuple(
            (
                record(voice, ticket.id),
                term(voice, "ticket_kind", ticket.kind),
                written(voice, readable[ticket.id].title) if ticket.id in readable else NONE,
                severity(voice, whole.states[ticket.id].severity),
                moment(voice, ticket.reported_at, ticket.reported_precision),
                term(voice, "state", whole.states[ticket.id].state.value),
                person(voice, whole.states[ticket.id].owner),
            )
            for ticket in tickets
        ),
        own(voice, N_("No ticket is open.")),
    )


def _actions(voice: Voice, actions: Iterable[Action]) -> Table:
    return Table(
        "actions",
        own(voice, N_("Open corrective actions")),
        (
            column(voice, "action", N_("Action"), 3),
            column(voice, "text", N_("What is to be done"), 6),
            column(voice, "owner", N_("Owner"), 2),
            column(voice, "due", N_("Due"), 2),
        ),
        tuple(
            (
                verbatim(action.id),
                written(voice, action.text),
                person(voice, action.owner),
                day(action.due),
            )
            for action in actions
        ),
        own(voice, N_("No corrective action is open.")),
    )


def _parts(voice: Voice, told: OpenItems) -> Iterator[Block]:
    yield Table(
        "stock",
        own(voice, N_("In the depots")),
        (
            column(voice, "part", N_("Part"), 5),
            column(voice, "depot", N_("Depot"), 3),
            column(voice, "quantity", N_("In stock")),
            column(voice, "usable", N_("Usable")),
        ),
        tuple(_level(voice, level) for level in told.stock),
        own(voice, N_("Nothing is in stock.")),
    )
    yield _pieces(voice, "away", N_("Pieces at their makers for repair"), told.away)
    yield _pieces(voice, "issued", N_("Pieces issued for an open ticket"), told.issued)


def _level(voice: Voice, level: StockLevel) -> tuple[PaperCell, ...]:
    return (
        spare_part(voice, level.part),
        named(voice, level.depot, voice.depot(level.depot)),
        number(voice, level.quantity),
        number(voice, level.usable),
    )


def _pieces(voice: Voice, key: str, caption: str, pieces: Iterable[Piece]) -> Table:
    return Table(
        key,
        own(voice, caption),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "serial", N_("Serial number"), 3),
            column(voice, "ticket", N_("Ticket"), 3),
        ),
        tuple(
            (
                spare_part(voice, piece.part),
                written(voice, piece.serial),
                record(voice, piece.ticket) if piece.ticket else NONE,
            )
            for piece in pieces
        ),
        own(voice, N_("None.")),
    )


def _by_hand(voice: Voice) -> Iterator[Block]:
    told = N_(
        "The record does not know these: both sides fill them in by hand, or strike them out."
    )
    yield Prose(own(voice, told))
    for label in BY_HAND:
        yield Blank(own(voice, label), 2)


KIND = PaperKind(
    name=NAME,
    title=N_("Open items and hand-over list"),
    explained=N_(
        "Open tickets and corrective actions, parts that are neither in a depot nor fitted, and room for what changes hands at the end of a contract."
    ),
    subject="",
    place=74,
    write=_write,
)
