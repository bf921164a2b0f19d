"""What keeps YAML from being read, by names of ours: each of the two parsers has sentences of its own."""

from __future__ import annotations

import re

_NAMES = (
    (r"',' or '}'", "open brace"),
    (r"',' or ']'", "open bracket"),
    (r"values are not allowed", "colon in a text"),
    (r"entries are not allowed", "dash in a text"),
    (r"expected ':'", "key without a colon"),
    (r"quoted scalar.*(end of stream|document (separator|indicator))", "open quote"),
    (r"cannot start any token", "sign that needs quotes"),
    (
        r"while scanning an? (alias|anchor|tag)|while parsing a tag|tag handle",
        "sign that needs quotes",
    ),
    (r"escape|hexa?decimal", "unknown escape"),
    (r"expected key|<block end>|'-' indicator|<document start>|tab character", "indentation"),
    (r"node content", "missing value"),
    (r"block scalar", "text block"),
)
"""By what is in a parser's sentence, the first that fits; a word of the kind ``problem``."""


def named_problem(said: str) -> str:
    """The name of what a parser ``said`` is wrong; its own sentence where none of ours fits."""
    return next((name for sign, name in _NAMES if re.search(sign, said, re.DOTALL)), said)
