"""A paper by which somebody vouches for somebody from day to day: a credential, an authorisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CredentialKey = tuple[str, str, str, date]


@dataclass(frozen=True, slots=True)
class Credential:
    """Who issued it, what it is or whom it is for, its number; it holds from ``start`` to ``end``, both included."""

    issuer: str
    what: str
    number: str
    start: date
    end: date

    @property
    def key(self) -> CredentialKey:
        """What tells it from another: all but its end, which may come earlier than it was to."""
        return self.issuer, self.what, self.number, self.start

    def covers(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.start <= day <= self.end
