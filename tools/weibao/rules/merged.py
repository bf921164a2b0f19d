"""A merge held against what has landed, before it is sent: what errors would it bring?

Whoever sends answers for the result, not for what was wrong before: an error that the landed files
have already stands in nobody's way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.load import read_record
from weibao.model.paths import kind_of
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.causes import by_cause
from weibao.rules.check import check_files, is_needed
from weibao.rules.files.repeats import repeats_among

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from weibao.history.growth.grown import Grown
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.references import Reference

Files = tuple["Mapping[str, bytes]", "Mapping[str, str]"]
"""The files of a commit and their modes, by path."""

WHOLE = frozenset(
    f"records/{kind}.yaml" for kind in ("contract", "staff", "duty", "assets", "plan")
)
"""Files on which every other one may rest: where they change, everything is judged anew."""


def is_judged_by(path: str, changed: Collection[str]) -> bool:
    """Whether a file must be read to judge what the files ``changed`` bring."""
    return not WHOLE.isdisjoint(changed) or is_needed(path, changed)


def errors_brought(
    landed: Files,
    merged: Files,
    changed: Collection[str],
    now: Instant,
    branch: Grown,
    own: Mapping[str, bytes],
) -> tuple[Finding, ...]:
    """The errors among what :func:`findings_brought` finds."""
    found = findings_brought(landed, merged, changed, now, branch, own)
    return tuple(file for file in found if RULES[file.code].severity is Severity.ERROR)


def findings_brought(
    landed: Files,
    merged: Files,
    changed: Collection[str],
    now: Instant,
    branch: Grown,
    own: Mapping[str, bytes],
) -> tuple[Finding, ...]:
    """What is wrong with ``merged`` and not with ``landed``: in its files, and in what commits have lost.

    ``changed`` are the paths in which the two differ; of other files there need be no more than
    :func:`is_judged_by` says. ``branch`` has the commits that lead from one to the other, and ``own``
    the files of the other side as it was before the merge.
    """
    touched = {change.path for change in branch.changes}
    only = None if WHOLE.intersection(changed) else touched.union(changed)
    stood = stood_in(landed[0])
    before = {_sense(file) for file in check_files(*landed, now, only=only, stood=stood)}
    sides = (landed[0], own)
    brought = (
        file
        for file in check_files(
            *merged,
            now,
            base=("", merged[0]),
            branch=branch,
            committed=sides,
            only=only,
            stood=stood,
        )
        if _sense(file) not in before
    )
    return by_cause(brought, merged[0], {})


def stood_in(landed: Mapping[str, bytes]) -> Callable[[Reference], bool]:
    """What an entry that has landed names was judged then."""
    lines = {path: frozenset(raw.split(b"\n")) for path, raw in landed.items()}
    return lambda reference: reference.line.encode() in lines.get(reference.path, ())


def repeats_brought(files: Mapping[str, bytes], changed: Collection[str]) -> tuple[Finding, ...]:
    """Tickets among ``files`` that say again what another says (X212), one of them ``changed``."""
    tickets = [
        one.value
        for path in sorted(files)
        if kind_of(path) == "ticket" and (one := read_record(path, files[path])).value is not None
    ]
    paths = {ticket.id: ticket.path for ticket in tickets}
    return tuple(
        found
        for found in repeats_among(tickets)
        if found.place.path in changed or paths[str(found.facts["other"])] in changed
    )


def _sense(finding: Finding) -> tuple[str, ...]:
    """What a finding says, wherever it stands by now."""
    facts = str(sorted(finding.facts.items()))
    return (finding.code, finding.place.path, finding.record, facts)
