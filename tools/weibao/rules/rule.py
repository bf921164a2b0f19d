"""What a rule is: a code, a severity, the sentences that tell it, its reason and its examples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: errors fail a check, the others are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. All texts are message ids; ``message`` and ``help`` have ``{named}`` places.

    Attributes:
        code: its family's letter and three digits.
        severity: what a finding of it amounts to.
        title: the rule in a few words.
        message: what is wrong here, with the offending text.
        help: the edit or command that mends it.
        why: the reason for the rule, with the requirement or standard it comes from.
        bad: an example that breaks it, as it would stand in a file or a history.
        good: the same, mended.
        dropped: the message where nothing stands instead of what was (``new`` is ""); "" where that
            makes no difference.
        facts: the facts that every finding of it carries, for the places of the texts.
        since: the version in which it appeared.
    """

    code: str
    severity: Severity
    title: str
    message: str
    help: str
    why: str
    bad: str
    good: str
    facts: tuple[str, ...] = ()
    dropped: str = ""
    since: str = "0.1.0"

    @property
    def family(self) -> str:
        """The letter: R, X, L, E, S or O."""
        return self.code[0]
