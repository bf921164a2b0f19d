"""What is lacking, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.words.plain import plain_facts

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.report.diagnosis import Lack


def lacking(message: str, lack: Lack, words: Language) -> str:
    """One of the sentences of what is lacking, its facts filled in."""
    return words.text(message, **plain_facts(lack.facts, words))
