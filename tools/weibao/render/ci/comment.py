"""The one comment on a pull request that says what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.ci import markdown
from weibao.render.json.difference import silent

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.render.json.difference import DifferenceOutput

MARKER = "<!-- weibao: what this change does -->"
"""The first line of the comment, which nobody sees, by which it is found again."""


def comment_on(told: DifferenceOutput, words: Language) -> str:
    """The comment; "" where there is nothing to say."""
    if silent(told):
        return ""
    return f"{MARKER}\n{markdown.difference(told, words)}"


def comment_without_difference(words: Language) -> str:
    """The comment on a change whose difference did not arrive, or is too large to be read."""
    said = words.text(
        N_("What this change does cannot be shown here; the log of its check says why.")
    )
    return f"{MARKER}\n{markdown.escaped(said)}\n"
