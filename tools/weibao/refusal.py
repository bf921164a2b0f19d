"""The one exception of the package: what cannot be done, why, and what to do about it.

Bad *data* is never an exception but a :class:`~weibao.model.finding.Finding`. A refusal is for
what stops a command altogether.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Exit(IntEnum):
    """The exit codes of every command (design, "Command line")."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    UNTRUSTED = 3
    OUR_BUG = 70


class Refusal(Exception):  # noqa: N818 - it is a refusal, not an error of ours
    """A command cannot go on; nothing was written.

    ``message`` and ``mend`` (what to do about it) are message ids of the catalogues (marked with ``N_``), with
    ``{named}`` places for ``facts``, of which a tuple is told as a list. ``exit_code`` says how the command ends: usage (2) when the user
    asked for what cannot be, findings (1) when a record would be wrong, untrusted (3) when the
    repository or the machine does not allow it.
    """

    def __init__(
        self,
        message: str,
        *,
        mend: str = "",
        exit_code: Exit = Exit.UNTRUSTED,
        **facts: object,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.exit_code = exit_code
        self.facts = facts

    def __str__(self) -> str:
        """The message in English, for logs and tests; people get it through a ``Language``."""
        return self.message.format_map(self.facts)


class UsageRefusal(Refusal):
    """The user asked for what cannot be: it ends with usage (2)."""

    def __init__(self, message: str, *, mend: str = "", **facts: object) -> None:
        super().__init__(message, mend=mend, exit_code=Exit.USAGE, **facts)


class SeveralRefused(UsageRefusal):
    """What was given is wrong in several places; ``refused`` has a refusal of each, in their order."""

    def __init__(self, message: str, refused: tuple[Refusal, ...], **facts: object) -> None:
        super().__init__(message, mend="", **facts)
        self.refused = refused


class FileFault(Protocol):
    """One thing that is wrong in a file that the user gave."""

    def told(self, words: Any, /) -> str:
        """Where and what, in one line, in a language."""


class FileFaults(UsageRefusal):
    """A file that the user gave cannot be taken as it is: each of ``faults`` is shown."""

    def __init__(self, message: str, faults: Sequence[FileFault], *, mend: str = "") -> None:
        super().__init__(message, mend=mend, number=len(faults))
        self.faults = faults
