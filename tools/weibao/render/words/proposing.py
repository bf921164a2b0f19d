"""What a proposed mapping asks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.words.plain import plain_facts

if TYPE_CHECKING:
    from weibao.importing.proposing.question import OpenQuestion
    from weibao.language import Language


def question_told(question: OpenQuestion, words: Language) -> str:
    """A question with the place in the mapping that it is about."""
    return f"{question.about}: {question_text(question, words)}"


def question_text(question: OpenQuestion, words: Language) -> str:
    """A question."""
    return words.text(question.message, **plain_facts(question.facts, words))
