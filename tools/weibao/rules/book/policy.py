"""The rules of evidence changed after the first record was made under them (E112 looser, E121 not)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE, changed, since_agreed
from weibao.language import N_
from weibao.model.contract import FIRST_HAND
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.history.contract_editions import ContractEdition
    from weibao.model.contract import EvidencePolicy, Rung
    from weibao.model.finding import Finding
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
)

LENGTHS = ("tolerance", "landing_within", "clock_skew", "late_entry", "recheck")
"""Lengths of the policy, in seconds; but for the recheck the longer is the looser."""


def check_policy(facts: BookFacts) -> Iterator[Finding]:
    """Every change of the rules of evidence and of the ladder since the first record was made."""
    in_force = facts.records.contract.evidence
    for before, after in pairwise(since_agreed(facts.ledger.history, facts.agreed)):
        old, new = before.contract.evidence, after.contract.evidence
        told = {
            **{name: (_length(old, name), _length(new, name)) for name in LENGTHS},
            "since": (_moment(before), _moment(after)),
            "main": (old.main, new.main),
            "signed": (_asked(before), _asked(after)),
            "roots": (_listed(old.roots), _listed(new.roots)),
            "distrusted": (_listed(old.distrusted), _listed(new.distrusted)),
            "firsthand": (old.firsthand, new.firsthand),
            "forge_keys": (_pinned(old), _pinned(new)),
        }
        for name, (was, now) in told.items():
            if getattr(old, name) != getattr(new, name) or was != now:
                looser = _looser(name, old, new, in_force)
                shown = {"setting": f"evidence.{name}", "old": was, "new": now}
                yield changed("E112" if looser else "E121", ("evidence", name), after, shown)
        yield from _ladder(before, after)


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
        case "roots" | "distrusted":
            added = getattr(new, name).keys() - getattr(old, name).keys()
            return bool(added - getattr(in_force, name).keys())
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


def _length(policy: EvidencePolicy, name: str) -> str:
    """A length as a contract writes it."""
    seconds: int = getattr(policy, name)
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _moment(edition: ContractEdition) -> str:
    since = edition.contract.evidence.since
    return "—" if since is None else format_instant(since, edition.contract.zone)


def _asked(edition: ContractEdition) -> str:
    policy = edition.contract.evidence
    if not policy.signed:
        return "—"
    begins = format_instant(policy.signed_from, edition.contract.zone)
    return f"{begins}: {', '.join(sorted(policy.signed))}"


def _pinned(policy: EvidencePolicy) -> str:
    return ", ".join(f"{key.address} {key.fingerprint}" for key in policy.forge_keys) or "—"


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
