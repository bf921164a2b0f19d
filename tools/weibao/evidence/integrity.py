"""Integrity: whether records only ever grew, over the whole history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.record.finding import Finding


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """One check over the history.

    Attributes:
        name: a word of the kind ``check``.
        examined: how many things it looked at (commits, versions of files, entries …).
        findings: what it found.
    """

    name: str
    examined: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether it found nothing."""
        return not self.findings
