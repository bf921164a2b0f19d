"""A finding: something wrong, at a place, as a value.

A finding carries the code of its rule and the facts; the rule's catalogue entry
(:mod:`weibao.rules.catalogue`) holds its severity and its sentences in both languages, so that
neither is written twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: ``line`` and ``column`` count from 1; 0 means the file as a whole.

    ``keys`` is the way to a node of the document, for a check that knows typed values and not
    lines; :func:`weibao.rules.locate.located` turns it into line and column.
    """

    path: str
    line: int = 0
    column: int = 0
    keys: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. ``facts`` fill the named places of the rule's message and help.

    ``record`` is the id of the record it is about, or ``""`` for a file that has none. Facts are
    raw text out of records: whoever shows them escapes them for where they are shown. ``since`` is
    the instant from which on it is so, where the check knows one.
    """

    code: str
    place: Place
    record: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    since: Instant | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by place, then by code."""
        return (self.place.path, self.place.line, self.place.column, self.code, str(self.facts))


@dataclass(frozen=True, slots=True)
class Lapse:
    """What was wrong from ``start`` (included) to ``end`` (excluded), and had been mended by then."""

    finding: Finding
    start: Instant
    end: Instant


def place_of(path: str, entry: Entry, key: str) -> Place:
    """The value that an entry of a file's log has under a key."""
    return Place(path, entry.line, keys=("log", entry.index, key))


class Unsound(Refusal):
    """A command cannot go on because of what is wrong with records: the findings say it."""

    def __init__(
        self,
        message: str,
        findings: tuple[Finding, ...],
        *,
        mend: str = "",
        exit_code: Exit = Exit.UNTRUSTED,
        **facts: object,
    ) -> None:
        super().__init__(message, mend=mend, exit_code=exit_code, **facts)
        self.findings = findings
