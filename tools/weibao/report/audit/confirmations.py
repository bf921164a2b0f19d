"""Who wrote down what the customer said: the customer, or the provider for the customer.

A confirmation or a countersignature is first-hand where one of the customer's own identities made its
commit, and reported otherwise (requirement 39). Imported ones have no commit of their own and are
counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.contact_keys import KeyProof
from weibao.history.proven import Grade, Hand
from weibao.model.shown import Count
from weibao.report.figure import EVER
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.report.figure import Period

EVENTS = ("confirmed", "countersigned")


@dataclass(frozen=True, slots=True)
class Hands:
    """How many of some entries were recorded by whom.

    由谁登记 · Hands | 客户的意见由谁登记 · Who recorded what the customer said.
    """

    first_hand: Count
    """亲自 · First-hand | 客户签名或从其地址提交的 · Signed by the customer, or committed from their address"""
    reported: Count
    """转述 · Reported | 服务商代为登记的 · Written down by the provider"""
    imported: Count
    """导入 · Imported | 导入的 · Imported ones"""
    signed: Count
    """签名 · Signed | 亲自的之中，以已证明的客户密钥签名的 · Of the first-hand ones, those signed with a proven key"""

    @property
    def told(self) -> Tally:
        """Those first-hand, of those that are not imported."""
        return Tally(self.first_hand, self.first_hand + self.reported)

    @property
    def named(self) -> int:
        """Those first-hand that nobody signed: committed from the customer's address alone."""
        return self.first_hand - self.signed


@dataclass(frozen=True, slots=True)
class OfContact:
    """What one of the customer's contacts is said to have confirmed and countersigned.

    联系人 · Contact | 一位联系人的确认与会签 · What one contact confirmed and countersigned.
    """

    contact: str
    """联系人 · Contact | 联系人编号 · The contact's id"""
    confirmed: Hands
    """确认 · Confirmed | 其确认 · Their confirmations"""
    countersigned: Hands
    """会签 · Countersigned | 其会签 · Their countersignatures"""


@dataclass(frozen=True, slots=True)
class CustomerKey:
    """A key of one of the customer's contacts.

    客户密钥 · Customer's key | 客户联系人的一把密钥 · A key of one of the customer's contacts.
    """

    contact: str
    """联系人 · Contact | 联系人编号；空为审计人员给出、不指明何人的 · The contact's id; empty for one that the auditor gave for anybody"""
    fingerprint: str
    """指纹 · Fingerprint | 密钥的指纹 · The key's fingerprint"""
    proof: KeyProof
    """证明 · Proof | 由什么证明 · What proves that it is theirs"""


@dataclass(frozen=True, slots=True)
class Confirmations:
    """All confirmations and countersignatures; ``by_contact`` is in the order of their ids.

    确认 · Confirmations | 客户的确认与会签 · Confirmations and countersignatures.
    """

    confirmed: Hands
    """确认 · Confirmed | 全部确认 · All confirmations"""
    countersigned: Hands
    """会签 · Countersigned | 全部会签 · All countersignatures"""
    by_contact: tuple[OfContact, ...]
    """按联系人 · By contact | 按联系人编号排列 · Ordered by the contact's id"""
    keys: tuple[CustomerKey, ...]
    """密钥 · Keys | 客户的密钥，供核对指纹 · The customer's keys, to compare their fingerprints"""


def confirmations_of(book: Book, period: Period = EVER) -> Confirmations:
    """Who recorded every confirmation and countersignature of the Book that was given in a period."""
    said = [
        proven
        for log in book.proofs.values()
        for proven in log.entries
        if proven.entry.event in EVENTS and period.has(proven.effective)
    ]
    contacts = sorted({_contact(proven) for proven in said})
    by_contact = (
        OfContact(who, *_both(proven for proven in said if _contact(proven) == who))
        for who in contacts
    )
    keys = (
        CustomerKey(own.contact, own.fingerprint, proof) for own, proof in book.customer.known_keys
    )
    return Confirmations(*_both(said), tuple(by_contact), tuple(keys))


def _contact(proven_entry: ProvenEntry) -> str:
    return str(proven_entry.entry.data.get("contact", ""))


def _both(entries: Iterable[ProvenEntry]) -> tuple[Hands, Hands]:
    known = list(entries)
    confirmed, countersigned = (
        _hands(proven for proven in known if proven.entry.event == event) for event in EVENTS
    )
    return confirmed, countersigned


def _hands(entries: Iterable[ProvenEntry]) -> Hands:
    known = list(entries)
    proven = [proven for proven in known if proven.grade is not Grade.IMPORTED]
    first = sum(entry_said.first_hand is True for entry_said in proven)
    signed = sum(entry_said.hand is Hand.SIGNED for entry_said in proven)
    return Hands(first, len(proven) - first, len(known) - len(proven), signed)
