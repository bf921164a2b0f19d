"""How findings read on a terminal, as pieces of text with the style of each.

Without Rich, whose import costs more than judging a file does: where there are no colours, the pieces
are printed as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.plain import plain, plain_name
from weibao.report.found import by_severity
from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText

    Piece = tuple[str, str]

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def findings_pieces(told: Sequence[FindingText], words: Language) -> Iterator[Piece]:
    """Every finding with its place and its mend, ending in counts."""
    if not told:
        yield "✓ " + words.text(N_("Nothing is wrong.")), "green"
        return
    for finding_text in told:
        yield from finding_pieces(finding_text, words)
        yield "\n", ""
    counts = (
        words.text(
            N_("{severity}: {count}"),
            severity=words.term("severity_of_finding", severity),
            count=count,
        )
        for severity, count in by_severity(finding_text.finding for finding_text in told).items()
        if count
    )
    yield " · ".join(counts), ""


def finding_pieces(told: FindingText, words: Language) -> Iterator[Piece]:
    """One finding: place, severity and code; what is wrong; how to mend it."""
    place = told.finding.place
    where = plain_name(place.path)
    if place.line:
        where += f":{place.line}:{max(place.column, 1)}"
    severity = words.term("severity_of_finding", told.severity)
    yield where, "bold"
    yield "  ", ""
    yield f"{severity} {told.finding.code}", STYLES[told.severity]
    yield f"\n  {plain(told.message)}\n  → {plain(told.help)}", ""
