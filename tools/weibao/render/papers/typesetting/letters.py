"""What letters a font has no shape for, and runs of letters that have no place to be broken at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BREAK = "\u200b"
"""Where a line may be broken, and nothing is seen."""

_WIDE = "\u2e80-\U0003ffff"
BESIDE = re.compile(r"(?<=[\d%])(?=（)")
"""Between a number and what stands beside it: there no line is broken of itself."""

RUN = re.compile(f"[^\\s{_WIDE}]+")
"""Letters between which no line is broken of itself."""

_MEETING = re.compile(f"(?<=[0-9A-Za-z])(?=[{_WIDE}])|(?<=[{_WIDE}])(?=[0-9A-Za-z])")
"""Between a letter and a Chinese character is a quarter of a character's room."""

_NARROW = dict.fromkeys(" .,:;'|!ijlftr", 0.34) | dict.fromkeys("-/()[]", 0.37)
_NARROW |= dict.fromkeys("mwMW%@", 0.88)
_BOLD = 1.05
_MOSTLY, _BROADEST = 0.64, _BOLD
"""How broad letters are, of their height: most capitals, and the broadest of all."""


def boxes(lacking: Iterable[str]) -> Mapping[int, str]:
    """What is set instead of each character that the font lacks: ``□(U+2705)``, for ``str.translate``."""
    return {ord(character): f"□(U+{ord(character):04X})" for character in lacking}


def ems(text: str) -> float:
    """About how long a text is on one line, in heights of its letters, if it is bold."""
    return _BOLD * (sum(map(_broad, text)) + len(_MEETING.findall(text)) / 4)


def broken(text: str, room: float) -> str:
    """The text with places to break at in what is longer than the room, after a sign if there is one."""
    if len(text) * _BROADEST <= room:
        return text
    longest = max(int(room / _MOSTLY), 2)
    if ems(text) > room:
        text = BESIDE.sub(BREAK, text)
    pieces = re.compile(rf".{{{longest // 2},{longest}}}(?<=[-/_.,:;?&=])|.{{1,{longest}}}")
    return RUN.sub(
        lambda run: run[0] if ems(run[0]) <= room else BREAK.join(pieces.findall(run[0])), text
    )


def _broad(letter: str) -> float:
    if letter >= "\u2e80":
        return 1.0
    return _NARROW.get(letter, 0.56 if letter < "A" or letter.islower() else _MOSTLY)
