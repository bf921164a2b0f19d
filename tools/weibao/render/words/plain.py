"""Plain text that is safe to print: what came from a record can move no cursor and hide nothing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.language import Language


def plain(text: str) -> str:
    r"""The text on one line, with every control and format character made visible.

    ESC, BEL, OSC 8, bidi controls and zero-width characters become ``\x1b``, ``\u202e`` …
    """
    return "".join(_visible(character) for character in text)


def plain_lines(text: str) -> str:
    """Such text of several lines, whose ends stay."""
    return "\n".join(map(plain, text.split("\n")))


def plain_name(name: str) -> str:
    r"""A file's name as such text; a line end in it is ``\n``, where no wrapping breaks the line."""
    return plain(name.replace("\n", "\\n"))


def plain_facts(facts: Mapping[str, object], words: Language) -> dict[str, str]:
    """The facts of a refusal as such text, in the words of a language."""
    return {key: plain(words.fact(value)) for key, value in facts.items()}


def _visible(character: str) -> str:
    if character == "\n":
        return " ⏎ "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character
