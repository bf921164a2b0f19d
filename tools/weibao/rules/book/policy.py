"""The rules of evidence: changed since the first record (E112 looser, E121 not), or loose as agreed (E124, E125)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from weibao.history.agreed import policy_in_force
from weibao.history.approved import approved_places
from weibao.history.contract_editions import (
    CHANGE,
    CONTRACT,
    ContractEdition,
    changed,
    contract_editions,
    contract_in,
    since_agreed,
)
from weibao.language import N_
from weibao.model.contract import FIRST_HAND
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.model.contract import Contract, EvidencePolicy, Rung
    from weibao.rules.facts import BookFacts

_SETTING = (*CHANGE, "setting", "old", "new")

ROWS = (
    Rule(
        code="E112",
        severity=Severity.WARNING,
        title=N_("Rules of evidence loosened"),
        message=N_(
            "“{setting}” was loosened by {author} at {time}: from {old} to {new}. Nobody has agreed to that."
        ),
        help=N_(
            "Rules of evidence go on counting as they were agreed, whatever the file says: bring the old value back, or have the customer approve the new edition (`weibao agreement approve`). To see the change: {show}"
        ),
        why=N_(
            "How late a step may be recorded and still be believed, which branch counts, whose clock is passed over and who is told when a promise is near its end are agreed before the work begins. If the provider alone could loosen them afterwards, claims that did not count when they were made would become good."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 4h\n",
        good="   tolerance: 15m\n",
        facts=_SETTING,
    ),
    Rule(
        code="E121",
        severity=Severity.NOTE,
        title=N_("Rules of evidence changed"),
        message=N_(
            "“{setting}” was changed by {author} at {time}: from {old} to {new}. Nothing became looser."
        ),
        help=N_(
            "There is nothing to mend; say in the commit's message where both sides agreed. To see the change: {show}"
        ),
        why=N_(
            "A stricter policy cannot favour the provider, but it holds for the whole history and changes what old entries are worth, and so it is shown."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 10m\n",
        good="   tolerance: 15m\n",
        facts=_SETTING,
    ),
    Rule(
        code="E124",
        severity=Severity.NOTE,
        title=N_("Rules of evidence loose for what is promised"),
        message=N_(
            "{setting}: {allowed} of the provider's word are believed, more than half of the shortest promise (“{target}” at severity {level}: {within})."
        ),
        help=N_(
            "Agree on shorter lengths under `evidence` in records/contract.yaml; stricter ones count at once, for the past too. Until then look at what does not stand at worst: `weibao audit`."
        ),
        why=N_(
            "Within these lengths a claim is believed on the recorder's own clock. Where they come near to the promise itself, a missed promise can be written as a kept one, and no finding tells: both sides should know that from the first day."
        ),
        bad="tolerance: 15m\nlanding_within: 4h   # and somebody is to answer within 30m\n",
        good="tolerance: 5m\nlanding_within: 10m   # and somebody is to answer within 30m\n",
        facts=("setting", "allowed", "target", "level", "within"),
    ),
    Rule(
        code="E125",
        severity=Severity.WARNING,
        title=N_("Old register that is not closed"),
        message=N_(
            "“{setting}” is {instant}: until then steps can still be brought in as of an older register, and are believed as they are claimed."
        ),
        help=N_(
            "Set it in records/contract.yaml to an instant that is over as soon as the register is in; of `evidence.since` an earlier one counts at once, for the past too."
        ),
        why=N_(
            "Git cannot date what was done before the record was begun, so what an older register says is taken over as it is. While that is open whatever is late can be filed as of the old register, and looks kept."
        ),
        bad="evidence: {since: 2027-01-01T00:00:00+08:00}   # it is November 2026\n",
        good="evidence: {since: 2026-01-01T00:00:00+08:00}\n",
        facts=("setting", "instant"),
    ),
)

LENGTHS = ("tolerance", "landing_within", "clock_skew", "late_entry", "recheck")
"""Lengths of the policy, in seconds; but for the recheck the longer is the looser."""


def check_policy(facts: BookFacts) -> Iterator[Finding]:
    """Every change of the rules of evidence and of the ladder since they were agreed or last approved."""
    in_force = facts.records.contract.evidence
    history = facts.ledger.history
    editions = contract_editions(history)
    approved = {editions[place].commit for place, _ in approved_places(history, facts.approved)}
    standing = since_agreed(history, facts.agreed)
    last = max((at for at, edition in enumerate(standing) if edition.commit in approved), default=0)
    loosened: set[str] = set()
    for before, after in pairwise(standing[last:]):
        for name, was, now in _altered(before.contract, after.contract):
            looser = _looser(name, before.contract.evidence, after.contract.evidence, in_force)
            loosened |= {name} if looser else set()
            shown = {"setting": f"evidence.{name}", "old": was, "new": now}
            yield changed("E112" if looser else "E121", ("evidence", name), after, shown)
        yield from _ladder(before, after)
    for strict, edition in _beside(facts) if not last else ():
        for name, was, now in _altered(strict, edition.contract):
            policy = edition.contract.evidence
            if name not in loosened and _looser(name, strict.evidence, policy, in_force):
                shown = {"setting": f"evidence.{name}", "old": was, "new": now}
                yield changed("E112", ("evidence", name), edition, shown)


def _beside(facts: BookFacts) -> Iterator[tuple[Contract, ContractEdition]]:
    """Where sides of the history began under several contracts: what counts of all, and each of them."""
    agreed, history = facts.agreed, facts.ledger.history
    if len(agreed) < 2:
        return
    policies = [contract.evidence for contract in agreed]
    strict = replace(agreed[0], evidence=policy_in_force(policies, policies[0], {}))
    for contract in agreed:
        brought = next(
            change.commit
            for change in history.changes_to(CONTRACT)
            if change.after and contract_in(history.blobs[change.after]) == contract
        )
        author, show = history.commits[brought].author.email, f"git show {brought} -- {CONTRACT}"
        landed = history.landed(brought)
        yield strict, ContractEdition(brought, author, show, landed, contract)


def _altered(before: Contract, after: Contract) -> Iterator[tuple[str, str, str]]:
    """The rules of evidence that differ, each as it is written on either side."""
    old, new = before.evidence, after.evidence
    told = {
        **{name: (_length(old, name), _length(new, name)) for name in LENGTHS},
        "since": (_moment(before), _moment(after)),
        "main": (old.main, new.main),
        "signed": (_asked(before), _asked(after)),
        "roots": (_listed(old.roots), _listed(new.roots)),
        "distrusted": (_listed(old.distrusted), _listed(new.distrusted)),
        "firsthand": (old.firsthand, new.firsthand),
        "forge_keys": (_pinned(old), _pinned(new)),
        "imports": (_registers(before), _registers(after)),
    }
    for name, (was, now) in told.items():
        if getattr(old, name) != getattr(new, name) or was != now:
            yield name, was, now


_A_DAY = 86400

_BELIEVED = (("tolerance", "landing_within"), ("clock_skew",))
"""Lengths of the policy that add up to how far a claim is believed against the forge's clock."""


def check_lengths(facts: BookFacts) -> Iterator[Finding]:
    """Lengths that let a claim be false by more than half of the shortest promise; a working day is a day."""
    contract = facts.records.contract
    promises = [
        (target.within.seconds or target.within.working_days * _A_DAY, level, target)
        for terms in contract.terms
        for level, severity in terms.severities.items()
        for target in severity.targets.values()
    ]
    shortest, level, target = min(promises, key=itemgetter(0), default=(0, 0, None))
    for names in _BELIEVED if target else ():
        allowed = sum(getattr(contract.evidence, name) for name in names)
        if target and 2 * allowed > shortest:
            shown = {
                "setting": " + ".join(f"evidence.{name}" for name in names),
                "allowed": allowed,
                "target": target.target,
                "level": level,
                "within": target.within.text,
            }
            yield Finding("E124", Place(CONTRACT, keys=("evidence", names[0])), "", shown)


def check_registers(facts: BookFacts) -> Iterator[Finding]:
    """Old registers to which the judging does not come late: by the beginning of the evidence, or one's own end."""
    contract = facts.records.contract
    policy = contract.evidence
    ends = {"evidence.since": (("evidence", "since"), policy.since or facts.as_of)} | {
        f"evidence.imports.{name}.until": (("evidence", "imports"), register.until)
        for name, register in policy.imports.items()
    }
    for setting, (keys, end) in ends.items():
        if end > facts.as_of:
            shown = {"setting": setting, "instant": format_instant(end, contract.zone)}
            yield Finding("E125", Place(CONTRACT, keys=keys), "", shown)


def _looser(name: str, old: EvidencePolicy, new: EvidencePolicy, in_force: EvidencePolicy) -> bool:
    """Whether more is believed, or less is asked, by the new one; what can be proven is not more."""
    match name:
        case "recheck":
            return new.recheck < old.recheck
        case "since":
            return new.since is not None and (old.since is None or new.since > old.since)
        case "main" | "firsthand" | "forge_keys":
            return _trusts_more(name, old, new, in_force)
        case "signed":
            later = bool(old.signed) and new.signed_from > old.signed_from
            return bool(old.signed - new.signed) or later
        case "roots" | "distrusted" | "imports":
            return bool(_named(new, name) - _named(old, name) - _named(in_force, name))
        case _:
            return bool(getattr(new, name) > getattr(old, name))


def _trusts_more(
    name: str, old: EvidencePolicy, new: EvidencePolicy, in_force: EvidencePolicy
) -> bool:
    """Whether another branch, a weaker word of the customer, or a key of the forge that nobody agreed to counts."""
    if name == "main":
        return True
    if name == "firsthand":
        return FIRST_HAND.index(new.firsthand) > FIRST_HAND.index(old.firsthand)
    return not {*old.forge_keys, *in_force.forge_keys}.issuperset(new.forge_keys)


def _named(policy: EvidencePolicy, name: str) -> set[object]:
    """What a policy believes by name: commits, whatever the reason; registers as they are described."""
    given = getattr(policy, name)
    return set(given.items() if name == "imports" else given)


def _length(policy: EvidencePolicy, name: str) -> str:
    """A length as a contract writes it."""
    seconds: int = getattr(policy, name)
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _moment(contract: Contract) -> str:
    since = contract.evidence.since
    return "—" if since is None else format_instant(since, contract.zone)


def _asked(contract: Contract) -> str:
    policy = contract.evidence
    if not policy.signed:
        return "—"
    begins = format_instant(policy.signed_from, contract.zone)
    return f"{begins}: {', '.join(sorted(policy.signed))}"


def _pinned(policy: EvidencePolicy) -> str:
    return ", ".join(f"{key.address} {key.fingerprint}" for key in policy.forge_keys) or "—"


def _registers(contract: Contract) -> str:
    """The old registers, each with its end."""
    told = (
        f"{name} ≤ {format_instant(register.until, contract.zone)} ({register.source_sha256[:12]}, {register.mapping_sha256[:12]})"
        for name, register in contract.evidence.imports.items()
    )
    return ", ".join(told) or "—"


def _listed(commits: Mapping[str, str]) -> str:
    return ", ".join(commit[:12] for commit in sorted(commits)) or "—"


def _ladder(before: ContractEdition, after: ContractEdition) -> Iterator[Finding]:
    old, new = before.contract.ladder, after.contract.ladder
    if old != new:
        facts = {"setting": "escalation", "old": old or ("—",), "new": new or ("—",)}
        kept = all(_climbed(rung, new) for rung in old)
        yield changed("E121" if kept else "E112", ("escalation",), after, facts)


def _climbed(rung: Rung, ladder: Sequence[Rung]) -> bool:
    """Whether everyone whom the rung tells is told as early by some rung of the ladder."""
    told = {
        role
        for lower_rung in ladder
        if lower_rung.at_percent <= rung.at_percent
        for role in lower_rung.to
    }
    return told >= set(rung.to)
