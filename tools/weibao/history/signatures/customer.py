"""Whose word an act of the customer is: the keys that are proven to be theirs, and by what.

Anybody can write an address into a commit, and the provider edits the files that say whose keys are
whose. So a key counts as the customer's only where something that the provider cannot make proves it,
and only for acts that have the proof behind them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.agreed import first_records
from weibao.history.contract_editions import CONTRACT, contract_editions, contract_in
from weibao.history.proven import Hand, Word
from weibao.history.signatures.signature import (
    LONGEST_SIGNATURE,
    OPENPGP,
    SSH,
    openpgp_keys,
)
from weibao.model.load import read_record
from weibao.model.paths import attachment_sha256
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
    from weibao.history.ledger import Ledger
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.history.signatures.signature import KeyRing
    from weibao.model.contract import Contact, Contract, ForgeKey
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff

AGREEMENTS = "records/agreements.yaml"
STAFF = "records/staff.yaml"


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
        by: what proves it: ``agreed``, ``approved``, ``document`` or ``given``.
        behind: the commits that an act must be or have behind it; None where none is asked.
        since: only what was recorded from then on.
    """

    own: ContactKey
    by: str
    behind: frozenset[str] | None = None
    since: Instant | None = None

    def covers(self, commit: str, recorded: Instant) -> bool:
        """Whether the proof stands behind the commit."""
        followed = self.behind is None or commit in self.behind
        return followed and (self.since is None or recorded >= self.since)


@dataclass(frozen=True, slots=True)
class OfStaff:
    """What people of the provider have, or had in any edition: addresses, SSH keys, fingerprints."""

    addresses: frozenset[str] = frozenset()
    fingerprints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Customer:
    """The customer's contacts, as far as their acts can be told from others'.

    Attributes:
        ledger: of the history in which they act.
        contacts: whose each address is, in lower case, in any edition; none that staff ever had.
        editions: the contacts of each edition of the contract on the line, by its place there.
        keys: those that are proven.
        claimed: contacts to whom the newest edition gives what staff have: who, and which address or key.
        forge_keys: the forge's, by the contract.
        forge_copies: of the forge's OpenPGP keys those that the repository holds.
        told: what the editions of the configuration say.
    """

    ledger: Ledger
    contacts: Mapping[str, frozenset[str]]
    editions: tuple[tuple[int, Mapping[str, Contact]], ...] = ()
    keys: tuple[ProvenKey, ...] = ()
    claimed: tuple[tuple[str, str], ...] = ()
    forge_keys: tuple[ForgeKey, ...] = ()
    forge_copies: tuple[OpenPgpKey, ...] = ()
    told: _Told | None = None

    def has_edition(self, path: str, digest: str) -> bool:
        """Whether some commit has a version of a file of the configuration with this SHA-256."""
        return self.told is not None and self.told.edition(path, digest) is not None

    def word(self, contact: str, commits: Iterable[str]) -> Word:
        """From whose hand an act is that ``commits`` brought: of a ``contact``, with "" of any of them."""
        named, forge = False, False
        for commit in commits:
            signers = self.signers(commit)
            if signers and (not contact or not signers.isdisjoint((contact, ""))):
                return Word(Hand.SIGNED)
            author = self.ledger.history.commits[commit].author.email.casefold()
            holders = self.contacts.get(author, frozenset())
            if contact in holders or (holders and not contact):
                named, forge = True, forge or self.by_forge(commit)
        return Word(Hand.NAMED, forge) if named else Word(Hand.REPORTED)

    def might(self, contact: str, right: str, commit: str) -> bool:
        """Whether a contact had a right when an act landed: by the edition that the line held before."""
        place = self._places[self.ledger.history.landing[commit]]
        before = [contacts for begun, contacts in self.editions if begun < place]
        standing = before[-1] if before else self.editions[0][1] if self.editions else {}
        return contact in standing and right in standing[contact].may

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
            found in pinned for found in _fingerprints(made, self.forge_copies)
        )

    def _signed_by(self, commit: str) -> Iterator[str]:
        history = self.ledger.history
        made, shown = history.commits[commit], history.shown(commit)
        if made.seal is None or not self.keys:
            return
        place = self._places[history.landing[commit]]
        copies = [key for key in map(_key, self.keys) if not isinstance(key, AllowedSigner)]
        fitting = set(_fingerprints(made, copies))
        for proven in self.keys:
            key = proven.own.key
            if proven.own.fingerprint in fitting and proven.covers(commit, history.time[commit]):
                withdrawn = proven.by != "given" and self._withdrawn(key, place, shown)
                if _alive(key, shown) and not withdrawn:
                    yield proven.own.contact

    def _withdrawn(self, key: AllowedSigner | OpenPgpKey, place: int, shown: Instant) -> bool:
        """Whether the line once held the key, and when an act landed held it no more, or as expired."""
        rings = [ring for begun, ring in self._rings if begun <= place]
        copies = list(_held(rings[-1], key.fingerprint)) if rings else []
        if copies:
            return not any(_alive(copy, shown) for copy in copies)
        return any(list(_held(ring, key.fingerprint)) for ring in rings)

    @cached_property
    def _signers(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {commit: place for place, commit in enumerate(self.ledger.history.line)}

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
    """The contacts of a contract by their addresses alone: nobody's key is proven."""
    holders: dict[str, frozenset[str]] = {}
    for contact in contract.contacts.values():
        for address in map(str.casefold, contact.git):
            holders[address] = holders.get(address, frozenset()) | {contact.id}
    return Customer(ledger, holders, ((-1, contract.contacts),))


def customer_of(
    ledger: Ledger,
    agreements: Sequence[Entry],
    files: Mapping[str, bytes],
    contract: Contract,
    given: Sequence[AllowedSigner | OpenPgpKey] = (),
) -> Customer:
    """The customer by all that the history proves.

    ``agreements`` are the entries of ``records/agreements.yaml`` and ``files`` those of the commit that is
    judged; of its ``contract`` the rules of evidence are those in force; ``given`` are keys that the
    auditor has from the customer.
    """
    told = _Told(ledger.history, contract.zone)
    history, staff = ledger.history, told.staff
    places = {commit: place for place, commit in enumerate(history.line)}
    addresses = {
        address: contacts
        for address, contacts in told.addresses.items()
        if address not in staff.addresses
    }
    agreed, has_one = told.agreed(first_records(history, ledger.files))
    proven = [ProvenKey(own, "agreed", behind) for own, behind in agreed]
    proven += [ProvenKey(ContactKey(contact, key), "given") for contact, key in told.given(given)]
    customer = Customer(
        ledger,
        addresses,
        tuple(
            (places[edition.commit], edition.contract.contacts)
            for edition in contract_editions(history)
        ),
        tuple(key for key in proven if key.own.fingerprint not in staff.fingerprints),
        told.claimed,
        contract.evidence.forge_keys,
        told.copies({key.fingerprint for key in contract.evidence.forge_keys}),
        told,
    )
    return _approved_keys(customer, agreements, files, told, documents=not has_one)


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


def _approved_keys(
    customer: Customer,
    agreements: Sequence[Entry],
    files: Mapping[str, bytes],
    told: _Told,
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
        able = [commit for commit in commits if customer.might(contact, "approve", commit)]
        signed = [commit for commit in able if customer.word(contact, [commit]).hand is Hand.SIGNED]
        if signed:
            keys = told.keys_in({path: edition}, told.contract_at(signed[0]))
            behind = told.behind(signed)
            found = [ProvenKey(own, "approved", behind) for own in keys]
        elif documents and able and "document" in entry.data:
            named = _named_in(entry, files)
            keys = told.keys_in({path: edition}, told.contract_at(able[0]))
            since = history.landed(able[0])
            behind = told.behind(able)
            found = [
                ProvenKey(own, "document", behind, since)
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


class _Told:
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
            if (staff := _staff_in(raw)) is not None
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
        return OfStaff(frozenset().union(*addresses.values()), frozenset(fingerprints))

    @cached_property
    def claimed(self) -> tuple[tuple[str, str], ...]:
        """What the newest edition gives to a contact, and staff have: the contact, and which."""
        tree = self.tree_at(self.history.head)
        contract = contract_in(tree[CONTRACT]) if CONTRACT in tree else None
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
            for key in self.keys_in(tree, contract)
            if key.fingerprint in self.staff.fingerprints
        ]
        return tuple(dict.fromkeys(own))


@cache
def _staff_in(raw: bytes) -> Staff | None:
    staff: Staff | None = read_record(STAFF, raw).value
    return staff


def _key(proven: ProvenKey) -> AllowedSigner | OpenPgpKey:
    return proven.own.key


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


def _fingerprints(commit: Commit, copies: Iterable[OpenPgpKey]) -> Iterator[str]:
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


def _alive(key: AllowedSigner | OpenPgpKey, instant: Instant) -> bool:
    """Whether a key counts at an instant, as this copy of it says."""
    if isinstance(key, AllowedSigner):
        return key.counts_at(instant)
    return not key.revoked and (key.expires is None or instant < key.expires)


def _held(ring: KeyRing, fingerprint: str) -> Iterator[AllowedSigner | OpenPgpKey]:
    """The copies of a key that a ring holds."""
    yield from (signer for signer in ring.signers if signer.fingerprint == fingerprint)
    yield from (key for _, key in ring.openpgp if key.fingerprint == fingerprint)
