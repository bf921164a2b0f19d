"""The rules of evidence changed while they were in use: the policy, the ladder, and the beginning.

E112 is what became looser, E121 what became stricter or merely other, E113 a beginning moved on, E122
another official branch.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE, changed, contract_editions
from weibao.language import N_
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.contract_editions import ContractEdition
    from weibao.model.contract import EvidencePolicy, Rung
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts

_SETTING = (*CHANGE, "setting", "old", "new")

ROWS = (
    Rule(
        code="E112",
        severity=Severity.WARNING,
        title=N_("Rules of evidence loosened"),
        message=N_(
            "“{setting}” was loosened while the contract was running, by {author} at {time}: from {old} to {new}."
        ),
        help=N_(
            "If both sides agreed, say where in the commit's message. Otherwise bring the old value back: everything recorded so far is judged by it. To see the change: {show}"
        ),
        why=N_(
            "How late a step may be recorded and still be believed, and who is told when a promise is near its end, are agreed before the work begins. The policy holds for the whole history, so a looser one makes old claims good that did not count when they were made."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 4h\n",
        good="   tolerance: 15m\n",
        facts=_SETTING,
    ),
    Rule(
        code="E113",
        severity=Severity.ERROR,
        title=N_("Beginning of the evidence moved on"),
        message=N_(
            "`evidence.since` was moved from {old} to {new} by {author} at {time}, when it had already passed."
        ),
        help=N_(
            "Bring the old time back: what was recorded since then is judged at its evidence. To see the change: {show}"
        ),
        why=N_(
            "What is claimed before that time counts as brought along from an old register and is judged at its claim. Moved over work that was done under the contract, it would make every late claim in it good. It may be put off only while it has not come."
        ),
        bad="-  since: 2026-01-01T00:00:00+08:00\n+  since: 2026-11-01T00:00:00+08:00\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        good="   since: 2026-01-01T00:00:00+08:00\n",
        facts=_SETTING,
    ),
    Rule(
        code="E121",
        severity=Severity.NOTE,
        title=N_("Rules of evidence changed"),
        message=N_(
            "“{setting}” was changed while the contract was running, by {author} at {time}: from {old} to {new}. Nothing became looser."
        ),
        help=N_(
            "There is nothing to mend; say in the commit's message where both sides agreed. To see the change: {show}"
        ),
        why=N_(
            "The policy holds for the whole history. A stricter one cannot favour the provider, but it changes what old entries are worth, and so it is shown."
        ),
        bad="-  tolerance: 15m\n+  tolerance: 10m\n",
        good="   tolerance: 15m\n",
        facts=_SETTING,
    ),
    Rule(
        code="E122",
        severity=Severity.WARNING,
        title=N_("Another official branch"),
        message=N_(
            "The official branch was changed from “{old}” to “{new}” by {author} at {time}."
        ),
        help=N_(
            "If both sides agreed, say where in the commit's message, and protect the new branch as the old one was. Otherwise bring the old name back. To see the change: {show}"
        ),
        why=N_(
            "When an entry landed is told by this branch, and audits and checkpoints go along it. Whoever names another may put one in its place that the other side has never seen."
        ),
        bad="-  main: main\n+  main: release\n",
        good="   main: main\n",
        facts=(*CHANGE, "old", "new"),
    ),
)

LENGTHS = ("tolerance", "landing_within", "clock_skew", "late_entry")
"""Lengths of the policy: the longer, the more is believed or allowed."""


def check_policy(facts: BookFacts) -> Iterator[Finding]:
    """Every change that landed once the contract had begun, by the earliest start of any edition."""
    editions = contract_editions(facts.ledger.history)
    began = min((edition.contract.start for edition in editions), default=None)
    for before, after in pairwise(editions):
        if began is not None and after.day >= began:
            yield from _lengths(before, after)
            yield from _signing(before, after)
            yield from _ladder(before, after)
            yield from _official_branch(before, after)
    yield from _beginning(editions)


def _lengths(before: ContractEdition, after: ContractEdition) -> Iterator[Finding]:
    for key in LENGTHS:
        old = getattr(before.contract.evidence, key)
        new = getattr(after.contract.evidence, key)
        if old != new:
            facts = {"setting": f"evidence.{key}", "old": _written(old), "new": _written(new)}
            yield changed("E112" if new > old else "E121", ("evidence", key), after, facts)


def _signing(before: ContractEdition, after: ContractEdition) -> Iterator[Finding]:
    """What must be signed, and from when on: fewer steps or a later day are looser."""
    old, new = before.contract.evidence, after.contract.evidence
    if (old.signed, old.signed_from) != (new.signed, new.signed_from):
        zone = after.contract.zone
        facts = {"setting": "evidence.signed", "old": _asked(old, zone), "new": _asked(new, zone)}
        looser = old.signed - new.signed or (old.signed and new.signed_from > old.signed_from)
        yield changed("E112" if looser else "E121", ("evidence", "signed"), after, facts)


def _asked(policy: EvidencePolicy, zone: ZoneInfo) -> str:
    if not policy.signed:
        return "—"
    return f"{format_instant(policy.signed_from, zone)}: {', '.join(sorted(policy.signed))}"


def _written(seconds: int) -> str:
    """A length as a contract writes it."""
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _ladder(before: ContractEdition, after: ContractEdition) -> Iterator[Finding]:
    old, new = before.contract.ladder, after.contract.ladder
    if old != new:
        facts = {"setting": "escalation", "old": old or ("—",), "new": new or ("—",)}
        kept = all(_climbed(rung, new) for rung in old)
        yield changed("E121" if kept else "E112", ("escalation",), after, facts)


def _official_branch(before: ContractEdition, after: ContractEdition) -> Iterator[Finding]:
    old, new = before.contract.evidence.main, after.contract.evidence.main
    if old != new:
        yield changed("E122", ("evidence", "main"), after, {"old": old, "new": new})


def _climbed(rung: Rung, ladder: Sequence[Rung]) -> bool:
    """Whether everyone whom the rung tells is told as early by some rung of the ladder."""
    told = {
        role
        for lower_rung in ladder
        if lower_rung.at_percent <= rung.at_percent
        for role in lower_rung.to
    }
    return told >= set(rung.to)


def _beginning(editions: Sequence[ContractEdition]) -> Iterator[Finding]:
    """Where evidence begins, held against where it began for those who recorded under it.

    A beginning may be put off before it has come. Afterwards a later one turns what was judged at
    its evidence into imported claims (E113); an earlier one believes less than before (E121).
    """
    if not editions:
        return
    valid = editions[0].contract.evidence.since
    mover = editions[0]
    for before, after in pairwise(editions):
        old, new = before.contract.evidence.since, after.contract.evidence.since
        if old != new:
            mover = after
            if valid is not None and new is not None and after.landed < min(valid, new):
                valid = new
    now = editions[-1].contract.evidence.since
    if now == valid:
        return
    zone = editions[-1].contract.zone

    def told(instant: Instant | None) -> str:
        return "—" if instant is None else format_instant(instant, zone)

    facts = {"setting": "evidence.since", "old": told(valid), "new": told(now)}
    later = now is not None and (valid is None or now > valid)
    yield changed("E113" if later else "E121", ("evidence", "since"), mover, facts)
