"""Text as Markdown that says it and does nothing: one escaping for what forges show and for papers."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"[&<>\"'\\`*_\[\]{}|~@#$]"
    r"|:(?=[/A-Za-z_+-])|(?<=www)\.|(?<=WWW)\."  # addresses and :emoji: that forges link and draw
    r"|\A[-+=]"  # what begins a list or underlines a heading
)
_ORDINAL = re.compile(r"\A(\d+)([.)])")
_SIGILS = re.compile(r"[@#!$%&~^](?=\w)|\bGH-(?=\d)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def inert(line: str) -> str:
    """A line of text as Markdown in which nothing is markup.

    Characters that mean something to Markdown or HTML become references, which never do; a word
    joiner, which nobody sees, keeps a forge from taking ``@name``, ``#1`` or ``GH-1`` in what is left for a
    person or a ticket to be told or linked.
    """
    joined = _SIGILS.sub(rf"\g<0>{_WORD_JOINER}", line)
    marked = _MARKUP.sub(lambda found: _reference(found[0]), joined)
    return _ORDINAL.sub(lambda found: f"{found[1]}{_reference(found[2])}", marked)


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
