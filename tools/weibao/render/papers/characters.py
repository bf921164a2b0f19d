"""Characters that no paper prints: taken out of every text before a format sets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weibao.render.papers.paper import PaperText, mapped

if TYPE_CHECKING:
    from weibao.render.papers.paper import Paper

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\x1f]")
_UNPRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, but for the end of a line
    "\u202a-\u202e\u2066-\u2069"  # what turns around the text that stands after it
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]"  # no characters, or none in XML
)


def printable(text: str) -> str:
    """The text without what is no character to be read; its lines end in line feeds."""
    return _UNPRINTED.sub("", _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)))


def printed(paper: Paper) -> Paper:
    """The paper, every text of it printable."""
    return mapped(paper, lambda words: PaperText(tuple(map(printable, words.texts))))
