"""Whose keys the editions of the configuration say are whose, and what a commit is signed with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CONTRACT, contract_in
from weibao.history.signatures.signature import (
    LONGEST_SIGNATURE,
    OPENPGP,
    SSH,
    openpgp_keys,
)
from weibao.model.load import read_record
from weibao.model.signers import (
    ALLOWED_SIGNERS,
    GIT_NAMESPACE,
    KEY_FILE,
    OPENPGP_KEY,
    AllowedSigner,
    allowed_signers,
    is_key_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from zoneinfo import ZoneInfo

    from weibao.history.commit import Commit
    from weibao.history.history import History
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.history.signatures.signature import KeyRing
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff

STAFF = "records/staff.yaml"


class KeyProof(StrEnum):
    """What proves that a key is a contact's."""

    AGREED = "agreed"
    APPROVED = "approved"
    DOCUMENT = "document"
    GIVEN = "given"
    """The auditor has it from the customer."""
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class ContactKey:
    """A key and whose it is; ``contact`` is "" of one that an auditor gave for whoever signs with it."""

    contact: str
    key: AllowedSigner | OpenPgpKey

    @property
    def fingerprint(self) -> str:
        """Of an SSH key as ``ssh-keygen -l`` names it, of an OpenPGP key in hexadecimal."""
        return self.key.fingerprint


@dataclass(frozen=True, slots=True)
class ProvenKey:
    """A key that is proven to be a contact's.

    Attributes:
        own: the key, and whose it is.
        by: what proves it.
        behind: the commits that an act must be or have behind it; None where none is asked.
        since: only what was recorded from then on.
    """

    own: ContactKey
    by: KeyProof
    behind: frozenset[str] | None = None
    since: Instant | None = None

    def covers(self, commit: str, recorded: Instant) -> bool:
        """Whether the proof stands behind the commit."""
        followed = self.behind is None or commit in self.behind
        return followed and (self.since is None or recorded >= self.since)


@dataclass(frozen=True, slots=True)
class OfStaff:
    """What people of the provider have, or had in any edition.

    Attributes:
        people: their ids.
        addresses: whose each address is, in lower case.
        fingerprints: of their keys.
    """

    people: frozenset[str]
    addresses: Mapping[str, str]
    fingerprints: frozenset[str]


def read_given_keys(raw: bytes, zone: ZoneInfo) -> tuple[AllowedSigner | OpenPgpKey, ...] | None:
    """The keys of a file that an auditor has: lines of allowed_signers, or public keys; None without any.

    A public key alone is that of whoever of the contacts signs with it.
    """
    if OPENPGP_KEY in raw:
        return tuple(key for _, key in openpgp_keys({"records/keys/given.asc": raw})) or None
    lines = (
        b"* " + line if line.startswith((b"ssh-", b"ecdsa-", b"sk-")) else line
        for line in raw.split(b"\n")
    )
    return allowed_signers(b"\n".join(lines), zone) or None


class Configurations:
    """What the editions of the configuration say, all of them and those of a commit's tree."""

    def __init__(self, history: History, zone: ZoneInfo) -> None:
        self.history, self.zone = history, zone
        self._touched: dict[str, dict[str, str | None]] = {}
        for change in (*history.changes, *history.resolutions):
            if change.path in {CONTRACT, STAFF} or is_key_file(change.path):
                self._touched.setdefault(change.path, {})[change.commit] = change.after

    def editions(self, path: str) -> Iterator[bytes]:
        """Every version of a file, each once."""
        blobs = dict.fromkeys(self._touched.get(path, {}).values())
        return (self.history.blobs[blob] for blob in blobs if blob is not None)

    def edition(self, path: str, digest: str) -> bytes | None:
        """The version of a file that has this SHA-256; None where no commit has one."""
        return next((raw for raw in self.editions(path) if sha256(raw).hexdigest() == digest), None)

    def tree_at(self, commit: str) -> dict[str, bytes]:
        """The configuration in the tree of a commit."""
        found: dict[str, bytes] = {}
        for path, touched in self._touched.items():
            place: str | None = commit
            while place is not None and place not in touched:
                place = next(iter(self.history.commits[place].parents), None)
            blob = None if place is None else touched[place]
            if blob is not None:
                found[path] = self.history.blobs[blob]
        return found

    def contract_at(self, commit: str) -> Contract | None:
        """The contract in the tree of a commit."""
        raw = self.tree_at(commit).get(CONTRACT)
        return None if raw is None else contract_in(raw)

    def behind(self, commits: Iterable[str]) -> frozenset[str]:
        """The commits, and all that have one of them behind them."""
        found = set(commits)
        for commit in self.history.commits.values():
            if not found.isdisjoint(commit.parents):
                found.add(commit.id)
        return frozenset(found)

    def keys_in(
        self, files: Mapping[str, bytes], contract: Contract | None
    ) -> tuple[ContactKey, ...]:
        """The keys that files of keys give to the contacts of a contract."""
        if contract is None:
            return ()
        addresses = {
            contact.id: [address.casefold() for address in contact.git]
            for contact in contract.contacts.values()
        }
        return tuple(_keys(files, addresses, self.zone))

    def agreed(self, first: Sequence[str]) -> tuple[list[tuple[ContactKey, frozenset[str]]], bool]:
        """The keys that all first records have in their trees; and whether any has one."""
        trees = [self.tree_at(commit) for commit in first]
        keys = [
            {
                (own.contact, own.fingerprint): own
                for own in self.keys_in(tree, contract_in(tree[CONTRACT]))
            }
            if CONTRACT in tree
            else {}
            for tree in trees
        ]
        if not keys:
            return [], False
        behind = self.behind(first)
        shared = [own for name, own in keys[0].items() if all(name in other for other in keys)]
        return [(own, behind) for own in shared], any(keys)

    def given(
        self, keys: Sequence[AllowedSigner | OpenPgpKey]
    ) -> Iterator[tuple[str, AllowedSigner | OpenPgpKey]]:
        """Keys that an auditor gives, and whose they are; "" of one that is said to be anybody's."""
        for key in keys:
            if not isinstance(key, AllowedSigner) or "*" in key.principals:
                yield "", key
                continue
            for address, contacts in self.addresses.items():
                if key.is_of(address):
                    yield from ((contact, key) for contact in contacts)

    def copies(self, fingerprints: AbstractSet[str]) -> tuple[OpenPgpKey, ...]:
        """The OpenPGP keys with these fingerprints that some edition holds."""
        if not fingerprints:
            return ()
        found = {
            key.fingerprint: key
            for path in self._touched
            if KEY_FILE.fullmatch(path)
            for raw in self.editions(path)
            for _, key in openpgp_keys({path: raw})
        }
        return tuple(key for fingerprint, key in found.items() if fingerprint in fingerprints)

    @cached_property
    def addresses(self) -> Mapping[str, frozenset[str]]:
        """The contacts that have each address in some edition."""
        found: dict[str, set[str]] = {}
        for raw in self.editions(CONTRACT):
            contract = contract_in(raw)
            for contact in contract.contacts.values() if contract else ():
                for address in contact.git:
                    found.setdefault(address.casefold(), set()).add(contact.id)
        return {address: frozenset(contacts) for address, contacts in found.items()}

    @cached_property
    def staff(self) -> OfStaff:
        """What staff have, or had in any edition."""
        people = [
            person
            for raw in self.editions(STAFF)
            if (staff := staff_in(raw)) is not None
            for person in staff.people.values()
        ]
        addresses = {person.id: set[str]() for person in people}
        for person in people:
            addresses[person.id] |= {address.casefold() for address in person.git}
        fingerprints = {
            own.fingerprint
            for path in self._touched
            if is_key_file(path)
            for raw in self.editions(path)
            for own in _keys({path: raw}, addresses, self.zone)
        }
        owners = {address: who for who, own in addresses.items() for address in own}
        return OfStaff(frozenset(addresses), owners, frozenset(fingerprints))

    @property
    def keys_now(self) -> tuple[ContactKey, ...]:
        """The keys that the newest edition gives to contacts."""
        head = self.history.head
        return self.keys_in(self.tree_at(head), self.contract_at(head))

    @cached_property
    def claimed(self) -> tuple[tuple[str, str], ...]:
        """What the newest edition gives to a contact, and staff have: the contact, and which."""
        contract = self.contract_at(self.history.head)
        if contract is None:
            return ()
        own = [
            (contact.id, address)
            for contact in contract.contacts.values()
            for address in contact.git
            if address.casefold() in self.staff.addresses
        ]
        own += [
            (key.contact, key.fingerprint)
            for key in self.keys_now
            if key.fingerprint in self.staff.fingerprints
        ]
        return tuple(dict.fromkeys(own))


@cache
def staff_in(raw: bytes) -> Staff | None:
    """The staff that a version of its file holds; None where it is no valid record."""
    staff: Staff | None = read_record(STAFF, raw).value
    return staff


def _keys(
    files: Mapping[str, bytes], holders: Mapping[str, Iterable[str]], zone: ZoneInfo
) -> Iterator[ContactKey]:
    """The keys that files of keys give to holders of addresses, or of an id."""
    for signer in allowed_signers(files.get(ALLOWED_SIGNERS, b""), zone):
        if signer.may_sign_commits():
            for holder, addresses in holders.items():
                if any(signer.is_of(address) for address in addresses):
                    yield ContactKey(holder, signer)
    for holder, key in openpgp_keys(files):
        if holder in holders:
            yield ContactKey(holder, key)


def signing_fingerprints(commit: Commit, copies: Iterable[OpenPgpKey]) -> Iterator[str]:
    """The keys that signed a commit as it is; of OpenPGP keys those whose copies are at hand."""
    seal = commit.seal
    if seal is None or len(seal.signature) > LONGEST_SIGNATURE:
        return
    if SSH in seal.signature:
        from weibao.history.signatures.ssh import (
            NotSigned,
            read_ssh_signature,
            verify_ssh_signature,
        )

        try:
            made = read_ssh_signature(seal.signature)
            verify_ssh_signature(made, seal.signed, GIT_NAMESPACE)
        except NotSigned:
            return
        yield made.fingerprint
    elif OPENPGP in seal.signature:
        from weibao.history.signatures.openpgp import read_openpgp_signature

        signature = read_openpgp_signature(seal.signature)
        if signature is not None:
            for copy in copies:
                if signature.fits(copy, seal.signed):
                    yield copy.fingerprint


def alive(key: AllowedSigner | OpenPgpKey, instant: Instant) -> bool:
    """Whether a key counts at an instant, as this copy of it says."""
    if isinstance(key, AllowedSigner):
        return key.counts_at(instant)
    return not key.revoked and (key.expires is None or instant < key.expires)


def held(ring: KeyRing, fingerprint: str) -> Iterator[AllowedSigner | OpenPgpKey]:
    """The copies of a key that a ring holds."""
    yield from (signer for signer in ring.signers if signer.fingerprint == fingerprint)
    yield from (key for _, key in ring.openpgp if key.fingerprint == fingerprint)
