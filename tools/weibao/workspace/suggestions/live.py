"""The records that work goes on with, read from the clone: those that have not ended, or the last ones.

Of ten thousand tickets only those are read whole that do not look ended; the rest is a glance.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from weibao.model.fold import on_claims, ticket_on_claims
from weibao.model.ids import FOLDERS, record_path
from weibao.model.load import read_record
from weibao.model.state import Claimed, RecordState
from weibao.rules.one_record import log_of
from weibao.workspace.recording.filed import filed_ids
from weibao.workspace.suggestions.agenda import agenda, recent_assets
from weibao.workspace.suggestions.asked import ComingStep
from weibao.workspace.suggestions.glance import glimpse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from weibao.model.inspection import Inspection
    from weibao.model.records import RecordFile
    from weibao.model.shift import Shift
    from weibao.model.ticket import Ticket
    from weibao.workspace.recording.clone import Desk

LAST = 100
"""How many of the last records are offered where a step may also follow the end of one."""


def live_files(root: Path) -> tuple[RecordFile, ...]:
    """The files of the tickets that do not look closed or cancelled, the latest first."""
    names = (record_path(identifier) for identifier in filed_ids(str(root), FOLDERS["T"]))
    seen = (path for path in names if (one := glimpse(str(root), path)) and not one.ended)
    return tuple(_read(root, seen))


def live_tickets(root: Path) -> tuple[Ticket, ...]:
    """The tickets that are not closed or cancelled, the latest first; one that is damaged is not."""
    return _values(live_files(root))


def last_tickets(root: Path) -> tuple[Ticket, ...]:
    """The last tickets, ended or not, the latest first."""
    return _values(_read(root, _last(root, "T")))


def last_inspections(root: Path) -> tuple[Inspection, ...]:
    """The last rounds, the latest first."""
    return _values(_read(root, _last(root, "I")))


def last_shifts(root: Path) -> tuple[Shift, ...]:
    """The last shifts that were handed over, the latest first."""
    return _values(_read(root, _last(root, "S")))


def _last(root: Path, letter: str) -> Iterator[str]:
    return map(record_path, islice(filed_ids(str(root), FOLDERS[letter]), LAST))


def _read(root: Path, paths: Iterable[str]) -> Iterator[RecordFile]:
    for path in paths:
        with suppress(OSError):
            yield read_record(path, (root / path).read_bytes())


def _values(files: Iterable[RecordFile]) -> tuple[Any, ...]:
    return tuple(file.value for file in files if file.value is not None)


def coming_step(
    desk: Desk, kind: str, event: str, record_file: RecordFile | None, answered: Mapping[str, Any]
) -> ComingStep:
    """A step that is being asked for, on a record as it stands (None: one still to be filed)."""
    tickets = live_tickets(desk.root)
    logged = record_file is not None and record_file.kind in {"ticket", "inspection", "shift"}
    return ComingStep(
        kind=kind,
        event=event,
        value=record_file.value if record_file else None,
        state=_state(kind, record_file.value, desk) if record_file and logged else RecordState(),
        log=log_of(record_file) if record_file else (),
        recent=recent_assets(tickets),
        tickets=tuple(due.ticket for due in agenda(tickets, desk.records, desk.now)),
        answered=answered,
        now=desk.now,
    )


def _state(kind: str, value: Any, desk: Desk) -> RecordState[Claimed]:
    if kind in {"inspection", "shift"}:
        return on_claims(kind, value.log, desk.now)
    return ticket_on_claims(value, desk.records.contract, desk.now)
