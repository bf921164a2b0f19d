"""Findings by what is the matter: a forge shows the first few, which are to be as many causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.render.words.findings import FindingText

_WORST_FIRST = tuple(Severity)


def by_rule(told: Iterable[FindingText]) -> list[list[FindingText]]:
    """The findings of each rule together, in their order; the rules of errors first."""
    rules: dict[str, list[FindingText]] = {}
    for finding_text in told:
        rules.setdefault(finding_text.finding.code, []).append(finding_text)
    return sorted(rules.values(), key=lambda group: _WORST_FIRST.index(group[0].severity))
