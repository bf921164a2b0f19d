"""Evidence: what git says against what was claimed (E1xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.evidence.proof import Grade
from weibao.record.finding import Finding, Place
from weibao.record.instant import format_instant, local_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.evidence.proof import ProvenEntry, ProvenLog
    from weibao.record.contract import Contract


def check_evidence(
    proofs: Mapping[str, ProvenLog], paths: Mapping[str, str], contract: Contract
) -> Iterator[Finding]:
    """Findings on the proven logs; ``paths`` gives the file of each record id."""
    for record, proof in proofs.items():
        for proven in proof.entries:
            yield from _entry(paths[record], record, proven, contract)


def _entry(path: str, record: str, proven: ProvenEntry, contract: Contract) -> Iterator[Finding]:
    if proven.evidence is None or proven.commit is None:
        return
    entry, zone, policy = proven.entry, contract.zone, contract.evidence
    place = Place(path, entry.line)
    facts = {
        "event": entry.event,
        "at": format_instant(entry.at, zone),
        "evidence": format_instant(proven.evidence, zone),
        "lateness": proven.evidence - entry.at,
        "commit": proven.commit,
    }
    if proven.grade is Grade.CONTRADICTED:
        yield Finding("E102", place, record, facts)
    elif proven.grade is Grade.LATE:
        yield Finding("E101", place, record, facts)
    if proven.grade is not Grade.IMPORTED and proven.evidence - entry.at > policy.late_entry:
        yield Finding("E104", place, record, facts | {"limit": policy.late_entry})
    if proven.first_hand is False and proven.author is not None:
        reported = {"event": entry.event, "contact": entry.data["contact"]}
        yield Finding("E105", place, record, reported | {"author": proven.author.email})


def check_terms(landed: Mapping[str, int], contract: Contract) -> Iterator[Finding]:
    """Terms must have landed before they take effect; ``landed`` is by the terms' id.

    Terms that took effect before ``evidence.since`` were imported with the rest.
    """
    since = contract.evidence.since
    for terms in contract.terms:
        if since is not None and terms.effective_from <= local_day(since, contract.zone):
            continue
        instant = landed.get(terms.id)
        if instant is not None and local_day(instant, contract.zone) >= terms.effective_from:
            facts = {"terms": terms.id, "landed": format_instant(instant, contract.zone)}
            yield Finding("E106", Place("records/contract.yaml", keys=("sla",)), "", facts)
