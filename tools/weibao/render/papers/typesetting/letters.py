"""What letters a font has no shape for, and runs of letters that have no place to be broken at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BREAK = "\u200b"
"""Where a line may be broken, and nothing is seen."""

_WIDE = "\u2e80-\U0003ffff"
RUN = re.compile(f"[^\\s{_WIDE}]+")
"""Letters between which no line is broken of itself."""


def boxes(lacking: Iterable[str]) -> Mapping[int, str]:
    """What is set instead of each character that the font lacks: ``□(U+2705)``, for ``str.translate``."""
    return {ord(character): f"□(U+{ord(character):04X})" for character in lacking}


def broken(text: str, room: int) -> str:
    """The text with places to break at in what is longer than ``room`` letters, after a sign if there is one."""
    if len(text) <= room:
        return text
    longest = max(room, 1)
    pieces = re.compile(
        rf".{{{longest // 2 or 1},{longest}}}(?<=[-/_.,:;?&=])|.{{1,{longest}}}", re.DOTALL
    )
    return RUN.sub(
        lambda run: run[0] if len(run[0]) <= room else BREAK.join(pieces.findall(run[0])), text
    )
