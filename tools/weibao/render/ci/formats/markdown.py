"""Findings as Markdown: a list for people, which no text of a record can break out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.ci.format import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText


def _write(told: Sequence[FindingText], words: Language) -> str:
    from weibao.render.ci import markdown

    return markdown.findings(told, words)


FORMAT = Format(name="markdown", place=60, write=_write)
