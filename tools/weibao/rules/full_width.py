"""Full-width signs: a colon, a comma, a quote or a digit that an input method wrote where YAML needs the other.

A sign is named only where the fault is gone with it: Chinese sentences are full of the same signs, and are right.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.model.load import read_record
from weibao.model.paths import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.finding import Finding

_TOLD = frozenset({"R110", "R201", "R202", "R203", "R204", "R205", "R206"})
_MEANT = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    "\u3000": " ",
    "、": ",",
    "。": ".",
}
"""The half-width sign by the full-width one."""

_SIGN = re.compile(f"[{re.escape(''.join(_MEANT))}]")
_TRIED = 12
"""Signs of a line that are tried one by one: an entry is a line, and its note may be long."""

_LARGE = 64 * 1024
"""Bytes of a file of which the signs of a line are only tried together."""


def with_half_width(findings: Iterable[Finding], files: Mapping[str, bytes]) -> Iterator[Finding]:
    """The findings; those that a full-width sign causes say which it is, and what to type instead."""
    for finding in findings:
        typed = _typed(finding, files) if finding.code in _TOLD else ""
        if typed:
            meant = "".join(_MEANT[sign] for sign in typed).replace(" ", "␣")
            shown = typed.replace("\u3000", "␣")
            yield replace(finding, facts={**finding.facts, "typed": shown, "meant": meant})
        else:
            yield finding


def _typed(finding: Finding, files: Mapping[str, bytes]) -> str:
    """The full-width signs of the finding's line without which it is not: one, or all there are."""
    path, line = finding.place.path, finding.place.line
    raw = files.get(path, b"")
    if not line or kind_of(path) is None:
        return ""
    lines = raw.decode(errors="replace").split("\n")
    # A parser may notice only on the next line what the one before it left open.
    for number in (line, line - 1):
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        signs = list(_SIGN.finditer(text))
        tries = [[sign] for sign in signs[: _TRIED if len(raw) < _LARGE else 0]]
        tries += [signs] if signs else []
        left = [_left(finding, lines, number, _half(text, tried)) for tried in tries]
        # One of a pair of quotes moves the fault elsewhere; both of them mend it.
        if mended := [count for count in left if count is not None]:
            return "".join(dict.fromkeys(sign[0] for sign in tries[left.index(min(mended))]))
    return ""


def _half(text: str, signs: Iterable[re.Match[str]]) -> str:
    """The line with these signs in half width; a colon or a comma has a space after it."""
    for sign in sorted(signs, key=lambda sign: -sign.start()):
        after = text[sign.end() :]
        meant = "  " if sign[0] == "\u3000" else _MEANT[sign[0]]
        gap = " " if meant in {":", ","} and not after.startswith(" ") else ""
        text = text[: sign.start()] + meant + gap + after
    return text


def _left(finding: Finding, lines: list[str], number: int, text: str) -> int | None:
    """How many faults the file has left where a line reads otherwise; None where this one stays."""
    other = [*lines[: number - 1], text, *lines[number:]]
    found = read_record(finding.place.path, "\n".join(other).encode()).findings
    stays = any(left.place.line in {number, finding.place.line} for left in found)
    return None if stays else len(found)
