"""A difference in words: a heading, and paragraphs from what matters most to what matters least.

Made from :class:`weibao.render.json.difference.DifferenceOutput`. Texts of records in it are raw: whoever writes
it escapes it for where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.prose.difference_lines import (
    DifferenceLine,
    added_line,
    clauses,
    moment,
    month_line,
    moved_line,
    outcome,
    restated_line,
    turned_line,
)
from weibao.render.words.alterations import alteration_line, more_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.language import Language
    from weibao.render.json.difference import DifferenceOutput, ShownSetting
    from weibao.render.json.parts import ShownFinding

SETTINGS = {
    "terms": N_("Service terms are changed"),
    "calendars": N_("Working calendars are changed"),
    "evidence": N_("The evidence policy is changed"),
    "contacts": N_("The customer's contacts are changed"),
    "publish": N_("What is published is changed"),
    "other": N_("Other parts of the contract are changed"),
}

FEW = 3
"""Findings of one rule that are told one by one where there are many."""

JUDGING = frozenset({"terms", "calendars", "evidence", "contacts"})
"""Parts of the contract by which verdicts are reached."""


@dataclass(frozen=True, slots=True)
class DifferenceParagraph:
    """Things of one kind, under a heading."""

    heading: str
    lines: tuple[DifferenceLine, ...]


def headline(told: DifferenceOutput, words: Language) -> str:
    """What a reviewer must know, in one line."""
    errors = sum(finding.severity == "error" for finding in told.new)
    broken = sum(outcome(verdict.after) == "breached" for verdict in told.verdicts)
    altered = sum(len(setting.altered) for setting in told.settings)
    parts = []
    if errors:
        parts.append(
            words.plural(
                N_("{number} new error fails the check"),
                "{number} new errors fail the check",
                errors,
            )
        )
    if broken:
        parts.append(
            words.plural(N_("{number} promise is broken"), "{number} promises are broken", broken)
        )
    if told.settings:
        parts.append(
            words.plural(
                N_("{number} part of the contract is changed"),
                "{number} parts of the contract are changed",
                len(told.settings),
            )
        )
    if altered:
        parts.append(
            words.plural(
                N_("{number} verdict would be another, had they always stood so"),
                "{number} verdicts would be others, had they always stood so",
                altered,
            )
        )
    mark = "✗" if errors else "!" if parts else "✓"
    nothing = words.text(N_("No new error, and no promise is broken."))
    return f"{mark} {clauses(parts, words) if parts else nothing}"


def premise(told: DifferenceOutput, words: Language) -> str:
    """What is compared, as of when, and as what the later commit is judged."""
    facts = {"base": told.base[:12], "head": told.head[:12]}
    facts["time"] = moment(told.as_of, words)
    if told.proposed:
        return words.text(
            N_(
                "{head} as if it were merged into {base} at {time}: an entry that waited longer than the contract allows is dated by that landing."
            ),
            **facts,
        )
    return words.text(N_("{head} against {base} as of {time}, as it landed."), **facts)


def paragraphs(told: DifferenceOutput, words: Language) -> tuple[DifferenceParagraph, ...]:
    """Everything the change does; kinds of which there is nothing are left out."""
    settings = told.settings
    found = (
        (N_("Verdicts that turn"), (turned_line(verdict, words) for verdict in told.verdicts)),
        (N_("Compliance of the month"), (month_line(month, words) for month in told.months)),
        (N_("Closed months restated"), (restated_line(month, words) for month in told.restated)),
        (N_("New findings"), _findings(told.new, words)),
        *((SETTINGS[finding.setting], _setting(finding, words)) for finding in settings),
        (N_("Records that are gone"), (DifferenceLine(finding) for finding in told.removed)),
        (
            N_("Records that can no longer be read"),
            (DifferenceLine(finding) for finding in told.unreadable),
        ),
        (N_("Entries added"), (added_line(finding, words) for finding in told.added)),
        (N_("Stock moved"), (moved_line(finding, words) for finding in told.stock)),
        (N_("Findings gone"), _findings(told.gone, words)),
        (N_("Other files changed"), (DifferenceLine(finding) for finding in told.configuration)),
    )
    told_ones = (DifferenceParagraph(words.text(heading), tuple(lines)) for heading, lines in found)
    return tuple(paragraph for paragraph in told_ones if paragraph.lines)


def _findings(findings: Iterable[ShownFinding], words: Language) -> Iterator[DifferenceLine]:
    """The findings, the worst first; many of one rule are told once, with the first few of them."""
    by_rule: dict[tuple[int, str], list[ShownFinding]] = {}
    for finding in findings:
        rank = ("error", "warning", "note").index(finding.severity)
        by_rule.setdefault((rank, finding.code), []).append(finding)
    for _, alike in sorted(by_rule.items(), key=lambda finding: finding[0][0]):
        if len(alike) > FEW + 1:
            yield _folded(alike, words)
        else:
            yield from (_finding(shown_finding, words) for shown_finding in alike)


def _folded(alike: Sequence[ShownFinding], words: Language) -> DifferenceLine:
    first = alike[0]
    severity = words.term("severity_of_finding", first.severity)
    left = len(alike) - FEW
    more = words.plural(N_("… and {number} more"), "… and {number} more", left)
    told = (f"{_where(shown_finding)}  {shown_finding.message}" for shown_finding in alike[:FEW])
    return DifferenceLine(
        f"{severity} {first.code} × {len(alike)}", (*told, more, f"→ {first.help}")
    )


def _finding(shown_finding: ShownFinding, words: Language) -> DifferenceLine:
    severity = words.term("severity_of_finding", shown_finding.severity)
    text = f"{severity} {shown_finding.code}  {_where(shown_finding)}  {shown_finding.message}"
    return DifferenceLine(text, (f"→ {shown_finding.help}",))


def _where(shown_finding: ShownFinding) -> str:
    return (
        f"{shown_finding.path}:{shown_finding.line}" if shown_finding.line else shown_finding.path
    )


def _setting(changed: ShownSetting, words: Language) -> Iterator[DifferenceLine]:
    """What is otherwise in a part of the contract, and what it would alter, were it believed of the past."""
    for value in changed.values:
        yield DifferenceLine(alteration_line(value, words))
    if changed.more:
        yield DifferenceLine(more_line(changed.more, words))
    if not changed.altered and changed.setting in JUDGING:
        yield DifferenceLine(words.text(N_("No verdict would be altered by it.")))
    turning = [pair for pair in changed.altered if outcome(pair.before) != outcome(pair.after)]
    if turning:
        yield DifferenceLine(
            words.text(N_("Had it always stood so, these verdicts would be others:"))
        )
    for pair in turning:
        yield turned_line(pair, words)
    if kept := len(changed.altered) - len(turning):
        yield DifferenceLine(
            words.plural(
                N_("{number} verdict keeps its outcome with another due time or margin."),
                "{number} verdicts keep their outcome with another due time or margin.",
                kept,
            )
        )
