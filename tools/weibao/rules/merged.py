"""A merge held against what has landed, before it is sent: what errors would it bring?

Whoever sends answers for the result, not for what was wrong before: an error that the landed files
have already stands in nobody's way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.rules.catalogue import RULES, Severity
from weibao.rules.check import check_files

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from weibao.record.finding import Finding
    from weibao.record.instant import Instant

Files = tuple["Mapping[str, bytes]", "Mapping[str, str]"]
"""The files of a commit and their modes, by path."""

WHOLE = frozenset(
    f"records/{kind}.yaml" for kind in ("contract", "staff", "duty", "assets", "plan")
)
"""Files on which every other one may rest: where they change, everything is judged anew."""


def errors_brought(
    landed: Files, merged: Files, changed: Collection[str], now: Instant
) -> tuple[Finding, ...]:
    """The errors of ``merged`` that ``landed`` has not: of its files, and against what has landed.

    ``changed`` are the paths in which the two differ.
    """
    only = None if WHOLE.intersection(changed) else changed
    before = {_sense(one) for one in check_files(*landed, now, only=only)}
    return tuple(
        one
        for one in check_files(*merged, now, base=("@{upstream}", landed[0]), only=only)
        if RULES[one.code].severity is Severity.ERROR and _sense(one) not in before
    )


def _sense(finding: Finding) -> tuple[str, ...]:
    """What a finding says, wherever it stands by now."""
    facts = str(sorted(finding.facts.items()))
    return (finding.code, finding.place.path, finding.record, facts)
