"""The editions of the configuration to which the customer agreed, by ``records/agreements.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CONTRACT, contract_editions
from weibao.history.official import editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.history.customer import Customer
    from weibao.history.history import History
    from weibao.history.ledger import Ledger
    from weibao.history.proven import Hand, ProvenLog
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Approved:
    """An edition to which a contact agreed.

    Attributes:
        path: of the file, of which the edition is the version with this ``sha256``.
        since: from when on it counts as agreed; None: for the past as well.
        contact: who agreed.
        hand: from whose hand that is.
    """

    path: str
    sha256: str
    since: Instant | None
    contact: str
    hand: Hand


def approved_editions(
    agreements: ProvenLog, customer: Customer, firsthand: str
) -> tuple[Approved, ...]:
    """The editions that a contact who may approve has approved, in the order of the log.

    Signed by the contact's key (or as weakly as ``firsthand`` allows) an approval counts for the past too.
    Reported, or vouched for by the forge, it needs a document or that voucher, and counts from its landing. A
    document that lay there before the edition did says nothing of it.
    """
    return tuple(_approved(agreements, customer, firsthand))


def approved_places(
    history: History, approved: Iterable[Approved]
) -> tuple[tuple[int, Instant | None], ...]:
    """The places among the editions of those that the customer approved, and from when on that counts."""
    wanted = [approval for approval in approved if approval.path == CONTRACT]
    if not wanted:
        return ()
    commits = [edition.commit for edition in contract_editions(history)]
    digests = {
        sha256(edition.raw).hexdigest(): commits.index(edition.commit)
        for edition in editions(history, CONTRACT)
        if edition.commit in commits
    }
    return tuple(
        (digests[approval.sha256], approval.since)
        for approval in wanted
        if approval.sha256 in digests
    )


def _approved(agreements: ProvenLog, customer: Customer, firsthand: str) -> Iterator[Approved]:
    for proven in agreements.entries:
        entry, word = proven.entry, proven.word
        if entry.event != "approved" or word is None or proven.commit is None:
            continue
        contact = entry.data["contact"]
        if not customer.may(contact, "approve", proven.landed):
            continue
        first_hand = word.suffices(firsthand)
        path, digest = entry.data["path"], entry.data["sha256"]
        document = entry.data.get("document", "")
        if first_hand or word.forge or _shows(customer.ledger, document, path, digest):
            since = None if first_hand else proven.landed
            yield Approved(path, digest, since, contact, word.hand)


def _shows(ledger: Ledger, document: str, path: str, digest: str) -> bool:
    """Whether a document was filed with the edition that has this SHA-256, or after it."""
    history = ledger.history
    return bool(document) and any(
        ledger.shows(document, change.commit)
        for change in history.changes_to(path)
        if change.after is not None and sha256(history.blobs[change.after]).hexdigest() == digest
    )
