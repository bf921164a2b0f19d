"""Markdown for pull requests, in which no text of a record can do anything but be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.ci.causes import by_rule
from weibao.render.prose.difference_story import headline, paragraphs, premise
from weibao.render.words.inert import inert
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.language import Language
    from weibao.render.json.difference import DifferenceOutput
    from weibao.render.prose.difference_lines import DifferenceLine
    from weibao.render.words.findings import FindingText

LONGEST = 60_000
"""Characters of a whole text; GitHub takes 65,536 in a comment."""

_SPARE = 200
"""Characters that are kept back for each list: it may have to say how much it leaves out."""

_CLIPPED = 400
"""Characters of one line, before it is escaped."""


def escaped(text: str) -> str:
    """One line of text, not too long, as Markdown that says it and does nothing."""
    shown = plain(text)
    if len(shown) > _CLIPPED:
        shown = shown[: _CLIPPED - 1] + "…"
    return inert(shown)


def findings(told: Sequence[FindingText], words: Language) -> str:
    """The findings as a list, by rule and errors first, or that there are none.

    Of each rule the first is told with its help, the others by their place and message below it.
    """
    if not told:
        nothing = words.text(N_("Nothing is wrong."))
        return f"✓ {nothing}\n"
    lines = []
    for first, *others in by_rule(told):
        severity = escaped(words.term("severity_of_finding", first.severity))
        lines.append(
            f"- **{first.finding.code}** {severity} {escaped(_place(first))}  \n  {escaped(first.message)}  \n  → {escaped(first.help)}"
        )
        lines += [
            f"  - {escaped(_place(another))}  \n    {escaped(another.message)}"
            for another in others
        ]
    return _listed(lines, LONGEST, words)


def difference(told: DifferenceOutput, words: Language) -> str:
    """A difference as a comment, short enough for every forge; long lists are cut, and say so."""
    found = paragraphs(told, words)
    head = [f"**{escaped(headline(told, words))}**", "", escaped(premise(told, words)), ""]
    headings = [f"### {escaped(paragraph.heading)}\n\n" for paragraph in found]
    lists = [[_line(line) for line in paragraph.lines] for paragraph in found]
    fixed = len("\n".join([*head, *headings])) + _SPARE * len(found)
    needs = [sum(len(line) + 1 for line in lines) for lines in lists]
    parts = [
        heading + _listed(lines, room, words)
        for heading, lines, room in zip(
            headings, lists, _shares(needs, LONGEST - fixed), strict=True
        )
    ]
    return "\n".join([*head, *parts])


def _shares(needs: Sequence[int], room: int) -> list[int]:
    """The room that each may have: as much as all others have, and what those leave who need less."""
    shares = [0] * len(needs)
    for left, at in zip(
        range(len(needs), 0, -1), sorted(range(len(needs)), key=needs.__getitem__), strict=True
    ):
        shares[at] = min(needs[at], room // left)
        room -= shares[at]
    return shares


def _line(line: DifferenceLine) -> str:
    return "  \n  ".join([f"- {escaped(line.text)}", *map(escaped, line.under)])


def _listed(lines: Iterable[str], room: int, words: Language) -> str:
    """As many lines as there is room for, and how many more there are."""
    kept: list[str] = []
    left = 0
    for line in lines:
        if left or room < len(line) + 1:
            left += 1
        else:
            kept.append(line)
            room -= len(line) + 1
    if left:
        more = words.plural(N_("… and {number} more"), "… and {number} more", left)
        kept.append(f"- {more}")
    return "\n".join(kept) + "\n"


def _place(told: FindingText) -> str:
    place = told.finding.place
    return f"{place.path}:{place.line}" if place.line else place.path
