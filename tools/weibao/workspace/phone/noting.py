"""A note from a phone, recorded as the commands record: judged alike, refused alike, one commit.

Whoever records it is the commit's author; who did it, and when, is what the note says, and no more
proven by it than by a command's ``--by``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.field_note import OPENED
from weibao.model.ids import record_path
from weibao.model.printing import entry_line, header_text
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of
from weibao.workspace.recording.recording import (
    append_entry_to,
    commit_message,
    entry_message,
    file_record,
    read_standing_record,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from weibao.model.field_note import FieldNote
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.recording import RecordedStep


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
        record, text = opened_by(desk, note)
        message = commit_message(record, OPENED, note.fields["title"]) if commit else None
        return file_record(desk, record_path(record), text, message=message, beside=beside)
    standing = read_standing_record(desk, path_noted(desk, note))
    entry = note.entry()
    message = entry_message(standing, entry) if commit else None
    return append_entry_to(desk, standing.path, entry, message=message, beside=beside)


def is_recorded(desk: Desk, note: FieldNote) -> bool:
    """Whether the record says already, to the letter, what the note does."""
    if note.event == OPENED:
        return note.ticket_id(desk.records.contract.zone) in desk.ticket_ids
    standing = read_standing_record(desk, path_noted(desk, note))
    line = entry_line(note.entry())
    return any(entry.text == line for entry in log_of(standing))


def path_noted(desk: Desk, note: FieldNote) -> str:
    """The path of the record that a step was noted of; refused where there is none."""
    known = desk.inspection_ids if note.kind == "inspection" else desk.ticket_ids
    if note.record not in known:
        raise UsageRefusal(
            N_("There is no record {record} here."),
            mend=N_("If it is new, fetch it first: weibao sync"),
            record=note.record,
        )
    return record_path(note.record)


def opened_by(desk: Desk, note: FieldNote) -> tuple[str, str]:
    """The id and the text of the ticket that a note opens."""
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
    header = {key: value for key, value in header.items() if value is not None}
    return record, header_text("ticket", header, [note.entry()])
