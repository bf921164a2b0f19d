"""Who wrote down what the customer said: the customer, or the provider for the customer.

A confirmation or a countersignature is first-hand where one of the customer's own identities made its
commit, and reported otherwise (requirement 39). Imported ones have no commit of their own and are
counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book

EVENTS = ("confirmed", "countersigned")


@dataclass(frozen=True, slots=True)
class Hands:
    """How many of some entries were recorded by whom."""

    first_hand: int
    reported: int
    imported: int

    @property
    def told(self) -> Tally:
        """Those first-hand, of those that are not imported."""
        return Tally(self.first_hand, self.first_hand + self.reported)


@dataclass(frozen=True, slots=True)
class OfContact:
    """What one of the customer's contacts is said to have confirmed and countersigned."""

    contact: str
    confirmed: Hands
    countersigned: Hands


@dataclass(frozen=True, slots=True)
class Confirmations:
    """All confirmations and countersignatures; ``by_contact`` is in the order of their ids."""

    confirmed: Hands
    countersigned: Hands
    by_contact: tuple[OfContact, ...]


def confirmations_of(book: Book) -> Confirmations:
    """Who recorded every confirmation and countersignature of the Book."""
    said = [one for log in book.proofs.values() for one in log.entries if one.entry.event in EVENTS]
    contacts = sorted({_contact(one) for one in said})
    by_contact = (
        OfContact(who, *_both(one for one in said if _contact(one) == who)) for who in contacts
    )
    return Confirmations(*_both(said), tuple(by_contact))


def _contact(one: ProvenEntry) -> str:
    return str(one.entry.data.get("contact", ""))


def _both(entries: Iterable[ProvenEntry]) -> tuple[Hands, Hands]:
    known = list(entries)
    confirmed, countersigned = (
        _hands(one for one in known if one.entry.event == event) for event in EVENTS
    )
    return confirmed, countersigned


def _hands(entries: Iterable[ProvenEntry]) -> Hands:
    known = list(entries)
    proven = [one for one in known if one.grade is not Grade.IMPORTED]
    first = sum(one.first_hand is True for one in proven)
    return Hands(first, len(proven) - first, len(known) - len(proven))
