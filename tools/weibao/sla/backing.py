"""What takes a promise back, and what stands behind it: a signature of the customer's, or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from weibao.history.customer import Customer
    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket


def backed(proof: ProvenLog, firsthand: str) -> frozenset[tuple[Instant, str]]:
    """The entries that a document or a countersignature names, each by its time and event.

    The countersignature is the customer's own: as ``firsthand`` asks, or the forge vouches for it.
    """
    return frozenset(proof.documented).union(
        (parse_instant(reference["at"]), reference["event"])
        for proven in proof.entries
        if proven.entry.event == "countersigned" and first_hand(proven, firsthand)
        for reference in proven.entry.data["entries"]
    )


def first_hand(proven: ProvenEntry, firsthand: str) -> bool:
    """Whether the customer gave it: as ``firsthand`` asks, or under the forge's own signature."""
    word = proven.word
    return word is not None and (word.forge or word.suffices(firsthand))


def only_said(proof: ProvenLog, firsthand: str) -> tuple[ProvenEntry, ...]:
    """The lowerings (of severity or impact), pauses and cancellations that nobody of the customer gave and nothing documents."""
    taking_back = [proven for proven in proof.entries if _takes_back(proven)]
    if not taking_back:
        return ()
    shown = backed(proof, firsthand)
    return tuple(
        proven
        for proven in taking_back
        if proven.entry.reference not in shown and not first_hand(proven, firsthand)
    )


def unshown(proof: ProvenLog, firsthand: str) -> frozenset[int]:
    """The places of consents that are only said, and of remote repairs that nothing shows either.

    A repair is shown by a document, a countersignature, or the customer's confirmation, which speaks of what
    was repaired since the last reopening. A consent to a raised severity is among them: it may be a lowering
    where the one before it does not count.
    """
    found: list[ProvenEntry] = []
    unconfirmed: list[ProvenEntry] = []
    for proven in proof.timeline:
        event = proven.entry.event
        if event == "reopened":
            found, unconfirmed = [*found, *unconfirmed], []
        elif event == "confirmed" and first_hand(proven, firsthand):
            unconfirmed = []
        elif proven.grade is Grade.IMPORTED:
            continue
        elif event == "severity_agreed" and not first_hand(proven, firsthand):
            found.append(proven)
        elif proven.entry.data.get("mode") == "remote":
            unconfirmed.append(proven)
    found += unconfirmed
    shown = backed(proof, firsthand) if found else frozenset()
    return frozenset(proven.entry.index for proven in found if proven.entry.reference not in shown)


def approval_shown(
    ticket: Ticket, proof: ProvenLog, customer: Customer, firsthand: str, as_of: Instant
) -> bool:
    """Whether planned work has the approval of a contact who may give it, in the customer's own hand or in a document.

    The contact's own commit of the ticket shows it, a countersignature, or a document that names the ticket's
    opening and was attached before the window opened. What was brought in from before the evidence began is taken at its word.
    """
    landed = next((proven.landed for proven in proof.entries), None)
    if not customer.may(ticket.approved_by, "approve", landed):
        return False
    if proof.header_grade is Grade.IMPORTED:
        return True
    if proof.header_commit is not None:
        word = customer.word(ticket.approved_by, [proof.header_commit])
        if word.forge or word.suffices(firsthand):
            return True
    opens = ticket.window[0] if ticket.window else as_of
    return any(
        proof.documented.get(proven.entry.reference, opens + 1) <= opens
        if proven.entry.event == "opened"
        else proven.entry.event == "countersigned" and first_hand(proven, firsthand)
        for proven in proof.entries
        if proven.entry.at <= as_of
    )


def _takes_back(proven: ProvenEntry) -> bool:
    """Whether an entry takes a promise back; a duplicate must prove itself otherwise (X220)."""
    entry = proven.entry
    if proven.grade is Grade.IMPORTED:
        return False
    match entry.event:
        case "severity_agreed" | "impact":
            return not proven.start
        case "paused":
            return True
        case "cancelled":
            return "duplicate_of" not in entry.data
        case _:
            return False
