"""A note from a phone, recorded as the commands record: judged alike, refused alike, one commit.

Whoever records it is the commit's author; who did it, and when, is what the note says, and no more
proven by it than by a command's ``--by``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.field_note import OPENED
from weibao.model.ids import record_path
from weibao.model.paths import stem_of
from weibao.model.printing import entry_line, ticket_text
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of
from weibao.workspace.recording.recording import (
    append_entry_to,
    commit_message,
    draft_entry,
    draft_record,
    entry_message,
    file_record,
    read_standing_record,
)
from weibao.workspace.recording.store import plain_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from weibao.model.field_note import FieldNote
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.recording import Draft, RecordedStep


def record_note(
    desk: Desk,
    note: FieldNote,
    *,
    commit: bool = True,
    beside: Mapping[str, bytes] | None = None,
) -> RecordedStep:
    """Record a note: a step of a standing record, or a new ticket.

    ``beside`` are new files (path → content) that come with it. Only written where ``commit`` is false.

    Raises:
        Unsound: the step may not follow, or names something unknown.
        Refusal: it may, and cannot be meant so; or there is no such record.
    """
    if note.event == OPENED:
        path, text = opened_by(desk, note)
        title = note.fields["title"]
        message = commit_message(stem_of(path), OPENED, title) if commit else None
        return file_record(desk, path, text, message=message, beside=beside)
    standing = read_standing_record(desk, path_noted(desk, note))
    entry = note.entry()
    message = entry_message(standing, entry) if commit else None
    return append_entry_to(desk, standing.path, entry, message=message, beside=beside)


def draft_note(desk: Desk, note: FieldNote, before: bytes) -> Draft:
    """What a note would make of its record, which holds ``before`` ("" for a new ticket); errors as above."""
    if note.event == OPENED:
        return draft_record(desk, *opened_by(desk, note))
    return draft_entry(desk, path_noted(desk, note), before, note.entry())


def is_recorded(desk: Desk, note: FieldNote) -> bool:
    """Whether the record says already, to the letter, what the note does."""
    if note.event == OPENED:
        return plain_path(desk.root, path_noted(desk, note)).exists()
    standing = read_standing_record(desk, path_noted(desk, note))
    line = entry_line(note.entry())
    return any(entry.text == line for entry in log_of(standing))


def path_noted(desk: Desk, note: FieldNote) -> str:
    """The path of the record that a step was noted of, or of the ticket that is opened.

    Raises:
        UsageRefusal: there is no such record.
    """
    if note.event == OPENED:
        return record_path(note.ticket_id(desk.records.contract.zone))
    known = desk.inspection_ids if note.kind == "inspection" else desk.ticket_ids
    if note.record not in known:
        raise UsageRefusal(
            N_("There is no record {record} here."),
            mend=N_("If it is new, fetch it first: weibao sync"),
            record=note.record,
        )
    return record_path(note.record)


def opened_by(desk: Desk, note: FieldNote) -> tuple[str, str]:
    """The path and the text of the ticket that a note opens."""
    said = note.fields
    record = note.ticket_id(desk.records.contract.zone)
    header: dict[str, Any] = {
        "id": record,
        "kind": said["kind"],
        "title": said["title"],
        "severity": said.get("severity"),
        "reported_at": note.reported_at,
        "reported_by": said["reported_by"],
        "intake": {
            "channel": said.get("channel", "engineer"),
            "received_by": said.get("received_by", note.by),
        },
        "assets": said.get("assets"),
        "description": said.get("description"),
    }
    return record_path(record), ticket_text(header, [note.entry()])
