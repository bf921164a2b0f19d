"""Tickets that are settled: whatever time brings, what is due and what the headline says are the same without them.

A ticket that has ended is not settled by that: somebody may still owe a call, an explanation or a part, a
finding may rest on it, and a repair of its record may be to come. Only what none of these can touch is left out,
until a commit does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.agreed import first_records
from weibao.history.proven import Grade
from weibao.history.unwitnessed import WITNESSED_WITHIN
from weibao.model.ids import RECORD_ID
from weibao.model.ticket import REACTIVE
from weibao.report.audit.checks import FAMILIES as OF_RECORD
from weibao.report.audit.checks import unsound
from weibao.report.due.due import due
from weibao.report.due.duties import outstanding

if TYPE_CHECKING:
    from weibao.history.proven import ProvenLog
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book


def settled_tickets(book: Book) -> dict[str, tuple[Instant, ...]]:
    """By the path of each of the Book, the *times* at which what nobody has witnessed of it was recorded, in order.

    What is kept of a register that was brought along is worked out again as a whole, so none of that is settled.
    """
    stirring, first = _stirring(book), set(first_records(book.history, book.grown))
    found = {}
    for ticket in book.records.tickets.values():
        if ticket.kind in REACTIVE and ticket.imported is None and ticket.id not in stirring:
            proof = book.proofs[ticket.id]
            begins = any(proven.commit in first for proven in proof.entries)
            if not begins and book.states[ticket.id].ended and _past(book, ticket, proof):
                found[ticket.path] = _unwitnessed(proof)
    return found


def named_in(text: str) -> frozenset[str]:
    """The ids of records that a text has in it."""
    return frozenset(match[0] for match in RECORD_ID.finditer(text))


def _past(book: Book, ticket: Ticket, proof: ProvenLog) -> bool:
    """Whether all that it says lies behind the instant, on commits of which the forge's log has nothing more to say."""
    sights, landed = book.history.sights, book.history.landed
    for proven in proof.entries:
        commit = proven.commit
        told = (proven.entry.at, proven.effective, proven.landed or 0, proven.witnessed or 0)
        if commit is None or max(told) > book.as_of:
            return False
        if (
            sights.since is not None
            and commit not in sights.shown
            and landed(commit) > sights.since
        ):
            return False
    return ticket.reported_at <= book.as_of


def _unwitnessed(proof: ProvenLog) -> tuple[Instant, ...]:
    """The *times* of what nobody vouches for, or only too late: it counts once they are long enough ago."""
    return tuple(
        sorted(
            proven.recorded
            for proven in proof.entries
            if proven.recorded is not None
            and proven.grade is not Grade.IMPORTED
            and (proven.witnessed is None or proven.witnessed - proven.recorded > WITNESSED_WITHIN)
        )
    )


def _stirring(book: Book) -> frozenset[str]:
    """The records of which something is due, wrong or not done yet, and those that it is told by."""
    names: set[str] = set()
    for item in due(book, book.as_of):
        names |= named_in(" ".join((item.record, *item.subject, *item.command)))
        names.add(item.promise.ticket if item.promise else item.record)
    wrong = [*unsound(book.findings_among_errors(OF_RECORD))]
    wrong += [finding for findings in book.damaged.values() for finding in findings]
    wrong += [finding for finding, _ in outstanding(book)]
    for finding in wrong:
        names |= _told_by(finding)
    for piece in book.stock.pieces.values():
        # Whether it was put to use, the ticket alone says.
        if piece.movements and piece.movements[-1].event == "issued":
            names.add(piece.movements[-1].data["ticket"])
    for entry in (*book.records.spares.log, *book.records.actions, *book.records.reviews):
        if entry.at > book.as_of:
            names |= named_in(entry.text)
    for ticket in book.records.tickets.values():
        text = book.files[ticket.path].decode(errors="replace")
        # As it is written, and as it is read, where an id is spelled with escapes.
        named = named_in(f"{text} {[dict(entry.data) for entry in ticket.log]}")
        # Which of two was there first, or graver, either can come to say.
        if named - {ticket.id} or not book.states[ticket.id].ended:
            names |= named
    return frozenset(names)


def _told_by(finding: Finding) -> frozenset[str]:
    return named_in(f"{finding.record} {finding.place.path} {dict(finding.facts)}")
