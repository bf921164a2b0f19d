"""Evidence: what git says against what was claimed (E1xx)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from weibao.evidence.proof import Grade
from weibao.record.finding import Finding, Place
from weibao.record.instant import format_instant, local_day
from weibao.record.strict_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.evidence.ledger import Ledger
    from weibao.evidence.proof import ProvenEntry, ProvenLog
    from weibao.record.contract import Contract
    from weibao.record.instant import Instant

CONTRACT = "records/contract.yaml"


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
        yield Finding("E104", place, record, facts | {"allowed": policy.late_entry})
    if proven.first_hand is False and proven.author is not None:
        reported = {"event": entry.event, "contact": entry.data["contact"]}
        yield Finding("E105", place, record, reported | {"author": proven.author.email})


def landed_terms(ledger: Ledger, contract: Contract) -> dict[str, Instant]:
    """When each of the contract's terms, word for word as they stand now, came to the branch."""
    history = ledger.history
    found: dict[str, Instant] = {}
    for change in history.changes:
        if change.path != CONTRACT or change.after is None:
            continue
        document, _ = read_yaml(CONTRACT, history.blobs[change.after])
        written = document.data.get("sla", ()) if document else ()
        landed = history.time[history.landing[change.commit]]
        for terms in contract.data["sla"]:
            if terms in written:
                name = terms["effective_from"]
                found[name] = min(landed, found.get(name, landed))
    return found


def check_terms(landed: Mapping[str, Instant], contract: Contract) -> Iterator[Finding]:
    """Terms must have landed before they take effect; ``landed`` is by the terms' id.

    Terms in effect when ``evidence.since`` begins were imported with the rest.
    """
    since = contract.evidence.since
    for index, terms in enumerate(contract.data["sla"]):
        effective = date.fromisoformat(terms["effective_from"])
        if since is not None and effective <= local_day(since, contract.zone):
            continue
        instant = landed.get(terms["effective_from"])
        if instant is not None and local_day(instant, contract.zone) >= effective:
            facts = {
                "terms": terms["effective_from"],
                "landed": format_instant(instant, contract.zone),
            }
            yield Finding("E106", Place(CONTRACT, keys=("sla", index)), "", facts)
