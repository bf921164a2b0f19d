"""Evidence: what git says against what was claimed (E1xx)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant

CONTRACT = "records/contract.yaml"
PAUSING = frozenset({"paused", "resumed"})
"""Steps that stop and start the clock: what they claim decides how long it stood."""

_DOUBTED = frozenset({Grade.CONTRADICTED, Grade.LATE})


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
    late = proven.grade is not Grade.IMPORTED and proven.evidence - entry.at > policy.late_entry
    if not late and proven.grade not in _DOUBTED:
        return
    place = Place(path, entry.line)
    facts = {
        "event": entry.event,
        "at": format_instant(entry.at, zone),
        "evidence": format_instant(proven.evidence, zone),
        "effective": format_instant(proven.effective, zone),
        "lateness": proven.evidence - entry.at,
        "commit": proven.commit,
    }
    if proven.grade is Grade.CONTRADICTED:
        yield Finding("E102", place, record, facts)
    elif proven.grade is Grade.LATE:
        yield Finding("E115" if entry.event in PAUSING else "E101", place, record, facts)
    if late:
        yield Finding("E104", place, record, facts | {"allowed": policy.late_entry})


def check_terms(ledger: Ledger, contract: Contract) -> Iterator[Finding]:
    """Terms must have landed, word for word as they stand, before they take effect.

    Those in effect when ``evidence.since`` begins may have been imported: they must have come with
    the first contract, so that editing them afterwards is found as well.
    """
    landings = _landings_of_terms(ledger)
    if not landings:
        return
    began = min(landed for landed, _ in landings)
    since = contract.evidence.since
    imported_until = local_day(since, contract.zone) if since is not None else date.min
    for index, terms in enumerate(contract.data["sla"]):
        landed = min((at for at, written in landings if terms in written), default=None)
        if landed is None:
            continue
        effective = date.fromisoformat(terms["effective_from"])
        imported = landed == began and effective <= imported_until
        if not imported and local_day(landed, contract.zone) >= effective:
            facts = {
                "terms": terms["effective_from"],
                "landed": format_instant(landed, contract.zone),
            }
            yield Finding("E106", Place(CONTRACT, keys=("sla", index)), "", facts)


def _landings_of_terms(ledger: Ledger) -> list[tuple[Instant, list[object]]]:
    """When each version of the contract came to the official branch, and the terms in it."""
    history = ledger.history
    found: list[tuple[Instant, list[object]]] = []
    for change in history.changes:
        if change.path == CONTRACT and change.after is not None:
            document, _ = read_yaml(CONTRACT, history.blobs[change.after])
            written = document.data.get("sla") if document else None
            if isinstance(written, list):
                found.append((history.time[history.landing[change.commit]], written))
    return found
