"""Signatures and first sights: what a commit's maker could not have written alone (E117–E120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.signatures.signature import SignatureState
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenLog
    from weibao.model.contract import Contract


def check_required_signatures(
    proofs: Mapping[str, ProvenLog], paths: Mapping[str, str]
) -> Iterator[Finding]:
    """Entries whose author should have signed (E117); ``paths`` gives the file of each record id."""
    for record, proof in proofs.items():
        for proven in proof.entries:
            if proven.lacks_signature and proven.author is not None:
                facts = {
                    "event": proven.entry.event,
                    "commit": proven.commit,
                    "author": proven.author.email,
                    "signature": proven.signature.state.value,
                }
                yield Finding("E117", Place(paths[record], proven.entry.line), record, facts)


def check_commits(ledger: Ledger, contract: Contract) -> Iterator[Finding]:
    """Signatures that do not fit (E118) or whose key did not count (E119); dates ahead of the forge (E120).

    A key that did not count is told of commits that change records, and only where the branch held keys
    at all: a forge signs the merges that it makes, and without keys nobody has said whose signatures count.
    """
    history = ledger.history
    first_path: dict[str, str] = {}
    for change in history.changes:
        first_path.setdefault(change.commit, change.path)
    for commit, signature in ledger.signatures.items():
        facts: dict[str, object] = {
            "commit": commit,
            "author": history.commits[commit].author.email,
            "key": signature.key,
            "signature": signature.state.value,
        }
        place = Place(first_path.get(commit, "records"))
        if signature.state is SignatureState.BAD:
            yield Finding("E118", place, "", facts)
        elif (
            signature.state in {SignatureState.EXPIRED, SignatureState.UNKNOWN_KEY}
            and commit in first_path
            and ledger.keys_known(commit)
        ):
            yield Finding("E119", place, "", facts)
    for commit, seen in history.seen.items():
        made = history.commits[commit]
        if made.commit_time - seen > contract.evidence.clock_skew:
            facts = {
                "commit": commit,
                "author": made.author.email,
                "time": format_instant(made.commit_time, contract.zone),
                "seen": format_instant(seen, contract.zone),
            }
            yield Finding("E120", Place(first_path.get(commit, "records")), "", facts)
