"""A difference on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.render.prose.difference_story import headline, paragraphs, premise
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.render.json.difference import DifferenceOutput

_STYLES = {"✓": "green", "!": "bold yellow", "✗": "bold red"}


def difference_text(told: DifferenceOutput, words: Language) -> RenderableType:
    """What matters most first; every kind of thing under its heading."""
    first = headline(told, words)
    parts = [Text(first, style=_STYLES[first[0]]), Text(premise(told, words), style="dim")]
    for paragraph in paragraphs(told, words):
        parts += [Text(), Text(paragraph.heading, style="bold")]
        for line in paragraph.lines:
            parts.append(Text(f"  {plain(line.text)}"))
            parts += [Text(f"    {plain(detail)}", style="dim") for detail in line.under]
    return Group(*parts)
