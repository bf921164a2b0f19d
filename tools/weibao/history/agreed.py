"""What was agreed: the configuration under which the first records were made, and what stood where.

Until the first record everything may be edited freely. From then on an edition counts for what comes
after it, and none can make the rules of evidence weaker than they were agreed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from weibao.history.sights import inherited
from weibao.model.contract import FIRST_HAND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.model.contract import EvidencePolicy
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Standing:
    """A version of a file that stood on a side of the history, from ``time`` until it was ``landed``."""

    raw: bytes
    time: Instant
    landed: Instant


def first_records(history: History, files: Mapping[str, FileHistory]) -> tuple[str, ...]:
    """The commits that brought a line of a log, and have none behind them that did; mostly one."""
    lines = (file.introduced.values() for file in files.values())
    brought = set(chain.from_iterable(chain.from_iterable(lines)))
    begun: set[str] = set()
    found: list[str] = []
    for commit in history.commits.values():
        if not begun.isdisjoint(commit.parents):
            begun.add(commit.id)
        elif commit.id in brought:
            begun.add(commit.id)
            found.append(commit.id)
    return tuple(found)


def standing_at(history: History, path: str, commits: Sequence[str]) -> tuple[bytes, ...]:
    """The file at ``path`` as the trees of ``commits`` have it, each version once; none where it is not."""
    own = _own(history, path)
    there: dict[str, str | None] = {}
    for commit in history.commits.values():
        inherited = there[commit.parents[0]] if commit.parents else None
        there[commit.id] = own.get(commit.id, inherited)
    blobs = dict.fromkeys(there[commit] for commit in commits)
    return tuple(history.blobs[blob] for blob in blobs if blob is not None)


def trees(
    history: History, commits: Sequence[str], paths: Sequence[str]
) -> Mapping[str, Mapping[str, bytes]]:
    """Of each of ``commits``, those of the files at ``paths`` that its tree has."""
    found: dict[str, dict[str, bytes]] = {commit: {} for commit in commits}
    for path in paths if commits else ():
        own = _own(history, path)
        there: dict[str, str | None] = {}
        for commit in history.commits.values():
            inherited = there[commit.parents[0]] if commit.parents else None
            blob = there[commit.id] = own.get(commit.id, inherited)
            if blob is not None and commit.id in found:
                found[commit.id][path] = history.blobs[blob]
    return found


def beside_the_line(history: History, path: str) -> tuple[Standing, ...]:
    """The versions of the file that commits beside the official line brought, until they landed."""
    line = set(history.line)
    return tuple(
        Standing(history.blobs[blob], history.time[commit], history.landed(commit))
        for commit, blob in _own(history, path).items()
        if blob is not None and commit not in line
    )


def _own(history: History, path: str) -> dict[str, str | None]:
    """The blob that each commit which touched the file has there."""
    return {change.commit: change.after for change in history.changes_to(path)}


_LONGER_IS_WEAKER = ("tolerance", "landing_within", "clock_skew", "late_entry")


def ahead_of_witness(
    history: History, distrusted: Mapping[str, str], as_of: Instant
) -> Mapping[str, str]:
    """Those of the commits whose clock says more than it can: later than a witness, or than ``as_of``."""
    witnessed = inherited(history.commits, history.sights.had) if distrusted else {}
    return {
        commit: reason
        for commit, reason in distrusted.items()
        if commit in history.commits
        and history.commits[commit].commit_time > min(witnessed.get(commit, as_of), as_of)
    }


def policy_in_force(
    agreed: Sequence[EvidencePolicy], now: EvidencePolicy, provable: Mapping[str, str]
) -> EvidencePolicy:
    """The rules of evidence: as agreed, but for what a later edition has made stricter.

    Where several were agreed, of each setting the one that is worse for the provider; the branch, which
    is neither, is that of the first. Of ``now``
    counts only what is stricter; without any that was agreed it counts whole. ``provable`` are
    distrusted commits that nobody need agree to distrust.
    """
    if not agreed:
        return now
    policies = (*agreed, now)
    strict = {name: min(getattr(policy, name) for policy in policies) for name in _LONGER_IS_WEAKER}
    signed, signed_from = _signing(agreed)
    if not signed or (now.signed >= signed and now.signed_from <= signed_from):
        signed, signed_from = now.signed, now.signed_from
    return replace(
        now,
        **strict,
        recheck=max(policy.recheck for policy in policies),
        since=_earliest(agreed),
        main=agreed[0].main,
        roots=_shared(agreed, "roots"),
        distrusted={**_shared(agreed, "distrusted"), **provable},
        signed=signed,
        signed_from=signed_from,
        firsthand=min((policy.firsthand for policy in policies), key=FIRST_HAND.index),
        imports={
            name: register
            for name, register in agreed[0].imports.items()
            if all(policy.imports.get(name) == register for policy in agreed)
        },
        forge_keys=tuple(
            key
            for key in agreed[0].forge_keys
            if all(key in policy.forge_keys for policy in policies)
        ),
    )


def _signing(agreed: Sequence[EvidencePolicy]) -> tuple[frozenset[str], Instant]:
    """All that some edition wants signed, from the first instant at which one does."""
    signing = [policy for policy in agreed if policy.signed]
    events = frozenset[str]().union(*(policy.signed for policy in signing))
    return events, min((policy.signed_from for policy in signing), default=0)


def _earliest(agreed: Sequence[EvidencePolicy]) -> Instant | None:
    """What begins earlier believes less; where one edition imports nothing, nothing is imported."""
    begun = [policy.since for policy in agreed]
    return None if None in begun else min(instant for instant in begun if instant is not None)


def _shared(agreed: Sequence[EvidencePolicy], name: str) -> Mapping[str, str]:
    """What all editions have."""
    first, *others = (getattr(policy, name) for policy in agreed)
    return {key: reason for key, reason in first.items() if all(key in other for other in others)}
