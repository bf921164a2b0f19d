"""An entry: one line of a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.imported import Precision
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a log.

    Attributes:
        index: its place in the log, from 0.
        line: its line in the file, from 1.
        text: the line as it stands in the file, without the line end. Evidence knows an entry by
            this text: it is the same entry in two versions of a file when its line is the same.
        at: when its author says that it happened.
        event: a name of the record kind's table of events.
        by: the id of who did it, a person of the staff or a customer's contact.
        note: free text, or "".
        internal: whether it stays off the customer's site.
        data: the event's own keys.
        precision: how exactly an old register says when: ``at`` is the earliest that it can have been; None
            where it happened then.
    """

    index: int
    line: int
    text: str
    at: Instant
    event: str
    by: str
    note: str
    internal: bool
    data: Mapping[str, Any]
    precision: Precision | None = None

    @property
    def reference(self) -> tuple[Instant, str]:
        """What names the entry within its record: no two have both ``at`` and ``event`` alike."""
        return (self.at, self.event)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction of a key of an entry, or of the header where ``about`` is None.

    ``before`` is what stood there, as it was amended by then; None where nothing did.
    """

    entry: Entry
    about: tuple[Instant, str] | None
    key: str
    value: Any
    before: Any
    reason: str
