"""Whose word an act of the customer is: the keys that are proven to be theirs, and by what.

Anybody can write an address into a commit, and the provider edits the files that say whose keys are
whose. So a key counts as the customer's only where something that the provider cannot make proves it,
and only for acts that have the proof behind them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.agreed import first_records
from weibao.history.candidates import Candidates
from weibao.history.contact_keys import (
    ContactKey,
    KeyProof,
    ProvenKey,
    alive,
    held,
    signing_fingerprints,
)
from weibao.history.proven import Hand, Word
from weibao.model.paths import attachment_sha256
from weibao.model.signers import AllowedSigner, is_key_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.history.contact_keys import Configurations
    from weibao.history.ledger import Ledger
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.history.signatures.signature import KeyRing
    from weibao.model.contract import Contract, ForgeKey
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant

AGREEMENTS = "records/agreements.yaml"


@dataclass(frozen=True)
class Customer:
    """The customer's contacts, as far as their acts can be told from others'.

    Attributes:
        ledger: of the history in which they act.
        contracts: the editions that give them their rights and addresses.
        of_staff: addresses, in lower case, that staff have in any edition: no contact has them.
        keys: those that are proven.
        claimed: contacts to whom the newest edition gives what staff have: who, and which address or key.
        forge_keys: the forge's, by the contract.
        forge_copies: of the forge's OpenPGP keys those that the repository holds.
        told: what the editions of the configuration say.
    """

    ledger: Ledger
    contracts: Candidates[Contract]
    of_staff: frozenset[str] = frozenset()
    keys: tuple[ProvenKey, ...] = ()
    claimed: tuple[tuple[str, str], ...] = ()
    forge_keys: tuple[ForgeKey, ...] = ()
    forge_copies: tuple[OpenPgpKey, ...] = ()
    told: Configurations | None = None

    def has_edition(self, path: str, digest: str) -> bool:
        """Whether some commit has a version of a file with this SHA-256."""
        history = self.ledger.history
        blobs = {change.after for change in history.changes_to(path)} & history.blobs.keys()
        return any(sha256(history.blobs[blob]).hexdigest() == digest for blob in blobs if blob)

    @property
    def known_keys(self) -> tuple[tuple[ContactKey, KeyProof], ...]:
        """The keys that are proven, and those that the newest edition lists for a contact and are not."""
        proven = {(key.own.contact, key.own.fingerprint): (key.own, key.by) for key in self.keys}
        listed = self.told.keys_now if self.told else ()
        others = {
            (own.contact, own.fingerprint): (own, KeyProof.UNPROVEN)
            for own in listed
            if (own.contact, own.fingerprint) not in proven
        }
        return (*proven.values(), *others.values())

    def word(self, contact: str, commits: Iterable[str]) -> Word:
        """From whose hand an act is that ``commits`` brought: of a ``contact``, with "" of any of them."""
        named, forge = False, False
        for commit in commits:
            signers = self.signers(commit)
            if signers and (not contact or not signers.isdisjoint((contact, ""))):
                return Word(Hand.SIGNED)
            if self.wrote(contact, commit):
                named, forge = True, forge or self.by_forge(commit)
        return Word(Hand.NAMED, forge) if named else Word(Hand.REPORTED)

    def may(self, contact: str, right: str, at: Instant | None) -> bool:
        """Whether a contact had a right, with "" whether they were one, by all that may have stood then."""
        return all(
            contact in contract.contacts and (not right or right in contract.contacts[contact].may)
            for contract in self.contracts.at(at)
        )

    @cached_property
    def contacts(self) -> frozenset[str]:
        """Who is a contact, or was in any edition."""
        dated = (*self.contracts.line, *self.contracts.beside)
        contracts = (self.contracts.now, *(edition.value for edition in dated))
        return frozenset(contact for contract in contracts for contact in contract.contacts)

    def wrote(self, contact: str, commit: str) -> bool:
        """Whether a commit's author has an address of the contact, with "" of any, when it landed."""
        history = self.ledger.history
        author = history.commits[commit].author.email.casefold()
        if author in self.of_staff:
            return False
        return all(
            any(
                author in map(str.casefold, holder.git)
                for holder in contract.contacts.values()
                if contact in (holder.id, "")
            )
            for contract in self.contracts.at(history.landed(commit))
        )

    def signers(self, commit: str) -> frozenset[str]:
        """The contacts by whose proven key a commit is signed; with "" where an auditor gave the key."""
        if commit not in self._signers:
            self._signers[commit] = frozenset(self._signed_by(commit))
        return self._signers[commit]

    def by_forge(self, commit: str) -> bool:
        """Whether the forge's own key signed the commit, under the forge's own address."""
        made = self.ledger.history.commits[commit]
        committer = made.committer.email.casefold()
        pinned = {key.fingerprint for key in self.forge_keys if key.address == committer}
        return bool(pinned) and any(
            found in pinned for found in signing_fingerprints(made, self.forge_copies)
        )

    def _signed_by(self, commit: str) -> Iterator[str]:
        history = self.ledger.history
        made, shown = history.commits[commit], history.shown(commit)
        if made.seal is None or not self.keys:
            return
        place = history.places[history.landing[commit]]
        copies = [key for key in map(_key, self.keys) if not isinstance(key, AllowedSigner)]
        fitting = set(signing_fingerprints(made, copies))
        for proven in self.keys:
            key = proven.own.key
            if proven.own.fingerprint in fitting and proven.covers(commit, history.time[commit]):
                withdrawn = proven.by is not KeyProof.GIVEN and self._withdrawn(key, place, shown)
                if alive(key, shown) and not withdrawn:
                    yield proven.own.contact

    def _withdrawn(self, key: AllowedSigner | OpenPgpKey, place: int, shown: Instant) -> bool:
        """Whether the line once held the key, and when an act landed held it no more, or as expired."""
        rings = [ring for begun, ring in self._rings if begun <= place]
        copies = list(held(rings[-1], key.fingerprint)) if rings else []
        if copies:
            return not any(alive(copy, shown) for copy in copies)
        return any(list(held(ring, key.fingerprint)) for ring in rings)

    @cached_property
    def _signers(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _rings(self) -> tuple[tuple[int, KeyRing], ...]:
        """The keys that the line held, and from which place on what landed was judged by them."""
        found: list[tuple[int, KeyRing]] = []
        for place, commit in enumerate(self.ledger.history.line):
            ring = self.ledger.rings.get(commit)
            if ring is not None and (not found or found[-1][1] is not ring):
                found.append((place, ring))
        return tuple(found)


def by_address(ledger: Ledger, contract: Contract) -> Customer:
    """The contacts of a contract by their addresses alone, whenever they acted: nobody's key is proven."""
    return Customer(ledger, Candidates(contract))


def customer_of(
    ledger: Ledger,
    agreements: Sequence[Entry],
    files: Mapping[str, bytes],
    contracts: Candidates[Contract],
    told: Configurations,
    given: Sequence[AllowedSigner | OpenPgpKey] = (),
) -> Customer:
    """The customer by all that the history proves.

    ``agreements`` are the entries of ``records/agreements.yaml`` and ``files`` those of the commit that is
    judged; of its contract the rules of evidence are those in force; ``given`` are keys that the
    auditor has from the customer.
    """
    staff, forge_keys = told.staff, contracts.now.evidence.forge_keys
    agreed, has_one = told.agreed(first_records(ledger.history, ledger.files))
    proven = [ProvenKey(own, KeyProof.AGREED, behind) for own, behind in agreed]
    proven += [
        ProvenKey(ContactKey(contact, key), KeyProof.GIVEN) for contact, key in told.given(given)
    ]
    customer = Customer(
        ledger,
        contracts,
        frozenset(staff.addresses),
        tuple(key for key in proven if key.own.fingerprint not in staff.fingerprints),
        told.claimed,
        forge_keys,
        told.copies({key.fingerprint for key in forge_keys}),
        told,
    )
    return _approved_keys(customer, agreements, files, told, documents=not has_one)


def _approved_keys(
    customer: Customer,
    agreements: Sequence[Entry],
    files: Mapping[str, bytes],
    told: Configurations,
    *,
    documents: bool,
) -> Customer:
    """With the keys of the editions that a proven key approved, in the order of the history.

    Where no key was agreed, the first document that names one proves it.
    """
    ledger, history = customer.ledger, customer.ledger.history
    order = {commit: place for place, commit in enumerate(history.commits)}
    brought = [(entry, ledger.introductions(AGREEMENTS, entry.text)) for entry in agreements]
    for entry, commits in sorted(
        ((entry, commits) for entry, commits in brought if commits),
        key=lambda one: min(order[commit] for commit in one[1]),
    ):
        path, contact = entry.data["path"], entry.data["contact"]
        edition = told.edition(path, entry.data["sha256"])
        if edition is None or not is_key_file(path):
            continue
        able = [
            commit for commit in commits if customer.may(contact, "approve", history.landed(commit))
        ]
        signed = [commit for commit in able if customer.word(contact, [commit]).hand is Hand.SIGNED]
        if signed:
            keys = told.keys_in({path: edition}, told.contract_at(signed[0]))
            behind = told.behind(signed)
            found = [ProvenKey(own, KeyProof.APPROVED, behind) for own in keys]
        elif documents and able and "document" in entry.data:
            named = _named_in(entry, files)
            keys = told.keys_in({path: edition}, told.contract_at(able[0]))
            since = history.landed(able[0])
            behind = told.behind(able)
            found = [
                ProvenKey(own, KeyProof.DOCUMENT, behind, since)
                for own in keys
                if own.fingerprint.casefold() in named
            ]
            documents = not found
        else:
            continue
        kept = (key for key in found if key.own.fingerprint not in told.staff.fingerprints)
        customer = replace(customer, keys=(*customer.keys, *kept))
    return customer


def _named_in(entry: Entry, files: Mapping[str, bytes]) -> str:
    """What the note of an entry and the document say, without spaces and in small letters."""
    stored = {attachment_sha256(path): raw for path, raw in files.items() if "attachments" in path}
    raw = stored.get(entry.data["document"])
    if raw is None:
        return ""
    return "".join((entry.note + "\n" + raw.decode(errors="replace")).casefold().split())


def _key(proven: ProvenKey) -> AllowedSigner | OpenPgpKey:
    return proven.own.key
