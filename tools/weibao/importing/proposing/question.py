"""What a register leaves open, and what an answer to it changes in the mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question.

    Attributes:
        about: the place in the mapping that it is about: ``dates.order``.
        message: a message id, and
        facts: what fills it.
        keys: where an answer is put; none where it is answered by editing.
        choices: what may be put there.
    """

    about: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    choices: tuple[str | int, ...] = ()


def with_answer(data: Mapping[str, Any], keys: tuple[str, ...], answer: object) -> dict[str, Any]:
    """A mapping with an answer put under keys, those that lead there made if need be."""
    first, *rest = keys
    inner = answer if not rest else with_answer(data.get(first, {}), tuple(rest), answer)
    return {**data, first: inner}
