"""From claims to proven entries: what git says of when an entry was recorded, and its grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.history.customer import by_address
from weibao.history.imprecise import with_latest
from weibao.history.proven import Grade, Hand, ProvenEntry, ProvenLog, Word, unproven
from weibao.model.events import STARTS
from weibao.model.fold import raising
from weibao.model.instant import parse_instant
from weibao.model.references import RIGHTS
from weibao.model.state import severity_policy
from weibao.model.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from weibao.history.commit import Commit
    from weibao.history.customer import Customer
    from weibao.history.ledger import Ledger
    from weibao.model.contract import Contract, EvidencePolicy
    from weibao.model.entry import Entry
    from weibao.model.imported import Imported
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.shift import Shift


def prove_log(
    path: str,
    log: tuple[Entry, ...],
    ledger: Ledger,
    contract: Contract,
    record: Ticket | Inspection | Shift | None = None,
    customer: Customer | None = None,
    approved: Sequence[tuple[Instant | None, EvidencePolicy]] = (),
    *,
    given: Collection[bytes] | None = None,
) -> ProvenLog:
    """The log of the record at ``path``, each entry held against the commit that recorded it.

    ``record`` is that whose log it is, if it has a header: a ticket's claims when it was reported, what another
    claims is its first entry's; and either may say of which old register it is. Without a ``customer`` the contacts are those of the contract, told by their addresses alone. ``approved``
    are rules of evidence that the customer approved, in their order, for what landed from when on (None: for all).
    ``given`` are the lines of the record that its old register was shown to give; None where nobody has asked it.
    """
    ticket = record if isinstance(record, Ticket) else None
    prover = _LogProver(
        path,
        ledger,
        contract.evidence,
        customer or by_address(ledger, contract),
        approved=approved,
        register=_register(path, log, record.imported, ledger) if record else None,
        given=given,
    )
    if countersigned := prover.countersignatures(log):
        prover = replace(prover, countersigned=countersigned)
    first = prover.under(log[0]) if log else prover
    effective, grade, commit = first.header(log, ticket.reported_at if ticket else None)
    refused = prover.refused(log)
    starts = _starts(log, contract, ticket, effective, refused)
    uncounted = ledger.uncounted(path, log)
    entries = tuple(
        replace(proven, counts=False) if proven.entry.index in uncounted else proven
        for proven in (
            prover.under(entry).entry(entry, start=entry.index in starts) for entry in log
        )
    )
    proven = ProvenLog(
        entries,
        effective,
        grade,
        commit,
        refused,
        prover.documented(log),
        since=first.policy.since or 0 if grade is Grade.IMPORTED else 0,
    )
    return with_latest(proven, record.imported if record else None, contract.zone)


@dataclass(frozen=True, slots=True)
class _EntryEvidence:
    """What a claim rests on, whether the clocks of those commits ran backwards, and whether a register gives it."""

    commit: Commit
    landing: str
    recorded: Instant
    landed: Instant
    shown: Instant
    evidence: Instant
    backwards: bool
    given: bool


@dataclass(frozen=True, slots=True)
class _Register:
    """The old register that a record's header names, and when the record landed."""

    name: str
    landed: Instant


@dataclass(frozen=True, slots=True)
class _LogProver:
    """Proves the entries of one record by its ledger."""

    path: str
    ledger: Ledger
    policy: EvidencePolicy
    customer: Customer
    countersigned: frozenset[tuple[Instant, str]] = frozenset()
    approved: Sequence[tuple[Instant | None, EvidencePolicy]] = ()
    register: _Register | None = None
    given: Collection[bytes] | None = None

    def under(self, entry: Entry) -> _LogProver:
        """By the rules of evidence that the customer had approved when an entry landed."""
        commit = self.ledger.introduction(self.path, entry.text) if self.approved else None
        if commit is None:
            return self
        landed = self.ledger.history.landed(commit)
        for since, policy in reversed(self.approved):
            if since is None or since <= landed:
                return replace(self, policy=policy)
        return self

    def countersignatures(self, log: tuple[Entry, ...]) -> frozenset[tuple[Instant, str]]:
        """What customers' contacts who may do so have countersigned, at first hand."""
        found: set[tuple[Instant, str]] = set()
        for entry in log:
            rests = self.rests_on(entry) if entry.event == "countersigned" else None
            if rests is None or not self._may(entry, "contact", rests):
                continue
            word = self._word(entry, rests)
            if word is not None and word.suffices(self.under(entry).policy.firsthand):
                named = entry.data["entries"]
                found |= {
                    (parse_instant(reference["at"]), reference["event"]) for reference in named
                }
        return frozenset(found)

    def documented(self, log: tuple[Entry, ...]) -> dict[tuple[Instant, str], Instant]:
        """What an attachment names that first landed with it or after it, and the evidence of the first that does.

        An older document was no answer to it.
        """
        attached = [entry for entry in log if entry.event == "attached" and "entries" in entry.data]
        if not attached:
            return {}
        landed = {entry.reference: self.ledger.introduction(self.path, entry.text) for entry in log}
        found: dict[tuple[Instant, str], Instant] = {}
        for entry in attached:
            rests = self.rests_on(entry)
            for about in entry.data["entries"] if rests else ():
                reference = (parse_instant(about["at"]), about["event"])
                commit = landed.get(reference)
                if rests and commit and self.ledger.shows(entry.data["sha256"], commit):
                    found[reference] = min(found.get(reference, rests.evidence), rests.evidence)
        return found

    def refused(self, log: tuple[Entry, ...]) -> frozenset[int]:
        """The places of what somebody consented to who had no right to when it landed."""
        return frozenset(
            entry.index
            for entry in log
            if "consent_by" in entry.data
            and not self._may(entry, "consent_by", self.rests_on(entry))
        )

    def _may(self, entry: Entry, key: str, rests: _EntryEvidence | None) -> bool:
        """Whether the contact whom an entry names had the right to it when it landed."""
        right = RIGHTS.get(key) or RIGHTS[entry.event]
        landed = rests.landed if rests else None
        return self.customer.may(str(entry.data.get(key, "")), right, landed)

    def header(
        self, log: tuple[Entry, ...], reported_at: Instant | None
    ) -> tuple[Instant, Grade, str | None]:
        """When the record was reported, on the evidence of its first entry; its grade, its commit."""
        claimed = reported_at if reported_at is not None else log[0].at if log else 0
        rests = self.rests_on(log[0]) if log else None
        if rests is None:
            return claimed, Grade.UNCOMMITTED, None
        changed = self.ledger.header_changed(self.path)
        return (
            self.effective(claimed, rests, start=True, changed=changed, countersigned=False),
            self.grade(claimed, rests, changed=changed, countersigned=False),
            rests.commit.id,
        )

    def entry(self, entry: Entry, *, start: bool) -> ProvenEntry:
        """The entry with its evidence."""
        rests = self.rests_on(entry)
        if rests is None:
            return replace(unproven(entry), word=self._word(entry, None))
        commit = rests.commit.id
        window = self.ledger.windows[commit]
        changed = self.ledger.replaced(self.path, entry.text)
        believed = not changed and entry.reference in self.countersigned
        word = self._word(entry, rests)
        return ProvenEntry(
            entry,
            recorded=rests.recorded,
            landed=rests.landed,
            shown=rests.shown,
            evidence=rests.evidence,
            effective=self.effective(
                entry.at, rests, start=start, changed=changed, countersigned=believed
            ),
            grade=self.grade(entry.at, rests, changed=changed, countersigned=believed),
            commit=commit,
            landing_commit=rests.landing,
            author=rests.commit.author,
            not_before=window.not_before,
            not_after=window.not_after,
            witness=window.witness,
            witnessed=self.ledger.witnesses.get(commit),
            word=word,
            start=start,
            first_seen=self.ledger.history.sights.first.get(commit),
            signature=self.ledger.signature(commit),
            lacks_signature=self._lacks_signature(entry, rests)
            and (word is None or word.hand is not Hand.SIGNED),
        )

    def rests_on(self, entry: Entry) -> _EntryEvidence | None:
        """The commits that an entry rests on; None while it is not committed."""
        introduction = self.ledger.introduction(self.path, entry.text)
        if introduction is None:
            return None
        history, policy = self.ledger.history, self.policy
        landing = history.landing[introduction]
        recorded, landed = history.time[introduction], history.time[landing]
        shown = history.shown(introduction)
        evidence = history.evidence(introduction, policy.landing_within)
        return _EntryEvidence(
            commit=history.commits[introduction],
            landing=landing,
            recorded=recorded,
            landed=landed,
            shown=shown,
            evidence=evidence,
            backwards=self._backwards(introduction)
            or (evidence != recorded and shown == landed and self._backwards(landing)),
            given=self.given is None or entry.text.encode() in self.given,
        )

    def grade(
        self, claimed: Instant, rests: _EntryEvidence, *, changed: bool, countersigned: bool
    ) -> Grade:
        """How well a claim is supported (design, "Evidence")."""
        lateness = rests.evidence - claimed
        if changed:
            return Grade.CONTRADICTED
        if self._imported(claimed, rests):
            return Grade.IMPORTED
        if rests.backwards or lateness < -self.policy.clock_skew:
            return Grade.CONTRADICTED
        if rests.shown - claimed <= self.policy.tolerance:
            return Grade.SUPPORTED
        if countersigned:
            return Grade.COUNTERSIGNED
        return Grade.OWN_CLOCK if lateness <= self.policy.tolerance else Grade.LATE

    def effective(
        self,
        claimed: Instant,
        rests: _EntryEvidence,
        *,
        start: bool,
        changed: bool,
        countersigned: bool,
    ) -> Instant:
        """The instant that a service level is judged on."""
        if self._imported(claimed, rests) and not changed:
            return claimed
        if start:
            return min(claimed, rests.evidence)
        supported = rests.evidence - claimed <= self.policy.tolerance
        return claimed if supported or countersigned else rests.evidence

    def _imported(self, claimed: Instant, rests: _EntryEvidence) -> bool:
        """Whether the claim is of an old register that the provider brought along, and not one added later.

        The register is one that the contract names, and the record landed in time and whole; or it is what
        landed together with the first record of all.
        """
        since, register = self.policy.since, self.register
        if since is None or claimed >= since:
            return False
        if register is None:
            return self.ledger.landed_first(rests.commit.id)
        named = self.policy.imports.get(register.name)
        whole = rests.given and rests.landed == register.landed
        return named is not None and whole and rests.shown <= named.until

    def _backwards(self, commit: str) -> bool:
        """Whether the commit says that it was made well before its parents."""
        history = self.ledger.history
        if commit in self.policy.distrusted:
            return False
        own = history.commits[commit]
        if history.time[commit] - own.commit_time <= self.policy.clock_skew:
            return False  # a commit's time is never before its parents'
        before = max((history.time[parent] for parent in own.parents), default=own.commit_time)
        return before - own.commit_time > self.policy.clock_skew

    def _lacks_signature(self, entry: Entry, rests: _EntryEvidence) -> bool:
        """Whether the contract asks that the author sign it, and none has; an old register need not be."""
        asked = entry.event in self.policy.signed and rests.evidence >= self.policy.signed_from
        return (
            asked
            and not self._imported(entry.at, rests)
            and not self.ledger.signature(rests.commit.id).vouches
        )

    def _word(self, entry: Entry, rests: _EntryEvidence | None) -> Word | None:
        """From whose hand an act of the customer is; None of what is none, or is said by the provider.

        What only the provider is said to have done, but changes a promise, is the customer's too where
        the customer signed it, or the forge vouches that they wrote it.
        """
        whose = _giver(entry, self.customer.contacts)
        if whose is None:
            return None
        if rests is None:
            return Word(Hand.REPORTED) if whose else None
        word = self.customer.word(whose, self.ledger.introductions(self.path, entry.text))
        if not whose and not word.suffices("forge"):
            return None
        unsigned = word.hand is not Hand.SIGNED and self._lacks_signature(entry, rests)
        return Word(Hand.REPORTED) if unsigned else word


def _register(
    path: str, log: tuple[Entry, ...], imported: Imported | None, ledger: Ledger
) -> _Register | None:
    """The register that the header names; None where it names none, or nothing of the record is committed."""
    found = (ledger.introduction(path, entry.text) for entry in log) if imported else ()
    landed = [ledger.history.landed(commit) for commit in found if commit is not None]
    return _Register(imported.register, min(landed)) if imported and landed else None


def _giver(entry: Entry, contacts: Collection[str]) -> str | None:
    """The contact whose act an entry is; "" where any contact's signature would do, None: nobody's."""
    match entry.event:
        case "confirmed" | "countersigned" | "approved" | "accepted" | "disputed":
            return str(entry.data.get("contact", ""))
        case "severity_agreed" | "impact":
            return str(entry.data.get("consent_by", "")) or None
        case "paused" | "cancelled":
            return entry.by if entry.by in contacts else ""
        case _:
            return None


def _starts(
    log: tuple[Entry, ...],
    contract: Contract,
    ticket: Ticket | None,
    reported_at: Instant,
    refused: frozenset[int],
) -> frozenset[int]:
    """The places in the log of entries whose later time favours the provider.

    A severity that raises is one, and an impact to which nobody consented, which can but raise. A
    lowering without the customer's consent changes nothing, so what comes after it is still measured
    against the graver level.
    """
    found = frozenset(
        entry.index
        for entry in log
        if entry.event in STARTS or (entry.event == "impact" and "consent_by" not in entry.data)
    )
    if ticket is None:
        return found
    return found | raising(log, severity_policy(contract, ticket, reported_at, refused))
