"""What every writing command does around the record: who, when, and what it prints afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.cli.framework.author import whoever_records
from weibao.cli.framework.field_values import impact_named
from weibao.cli.steps.recorded import agree_to, meant_told, show_recorded, word_told
from weibao.cli.steps.settling import settled
from weibao.model.ids import make_id, record_path
from weibao.model.instant import format_instant, local_day
from weibao.model.printing import ticket_text
from weibao.model.ticket import PLANNED
from weibao.model.times.when import Tense, parse_when
from weibao.rules.one_record import log_of
from weibao.workspace.recording.recording import (
    append_entry_to,
    commit_message,
    draft_entry,
    draft_record,
    entry_message,
    file_record,
    stored_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.instant import Instant
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.recording import RecordedStep

_OF_PLANNED = ("approved_by", "rollback", "plan", "emergency_plan", "form")
"""What the header of planned work says besides."""


def append(
    session: Session,
    desk: Desk,
    record_file: RecordFile,
    event: str,
    data: Mapping[str, Any],
    given: Given,
    beside: Mapping[str, bytes] | None = None,
    told: Iterable[str] = (),
    stood: str = "",
) -> None:
    """Append an entry to a record, commit it, and say what stands now, and what else is ``told``.

    ``stood`` is the SHA-256 of the record that it was thought of for, where that matters.
    """
    typed, given = given, settled(session, desk, given)
    entry = entry_of(desk, event, data, given)
    meant = meant_told(desk, record_file.kind, entry, typed, session.language)
    message = entry_message(record_file, entry) if given["commit"] else None
    if given.get("asked"):
        draft = draft_entry(
            desk, record_file.path, stored_bytes(desk, record_file.path), entry, beside
        )
        agree_to(session, desk, draft, log_of(draft.one)[-1].text)
    recorded = append_entry_to(
        desk, record_file.path, entry, message=message, beside=beside, stood=stood
    )
    show_recorded(
        session, desk, recorded, (*meant, *told, *word_told(desk, entry, session.language))
    )
    push_if_asked(session, desk, given)


def entry_of(desk: Desk, event: str, data: Mapping[str, Any], given: Given) -> Given:
    """The entry that a command's options describe, as the record writes it."""
    when = parse_when(given["when"], desk.here)
    said = {key: value for key, value in data.items() if value is not None}
    return first_keys(desk, event, when, given) | said


def open_ticket(session: Session, desk: Desk, given: Given, number: int) -> RecordedStep:
    """File a new ticket whose id has ``number`` for its random part, and say what stands now."""
    given = settled(session, desk, given)
    record, text = new_ticket(desk, given, number)
    message = commit_message(record, "opened", given["title"]) if given["commit"] else None
    if given.get("asked"):
        agree_to(session, desk, draft_record(desk, record_path(record), text), text)
    recorded = file_record(desk, record_path(record), text, message=message)
    show_recorded(session, desk, recorded)
    push_if_asked(session, desk, given)
    return recorded


def new_ticket(desk: Desk, given: Given, number: int) -> tuple[str, str]:
    """The id and the text of a new ticket whose id has ``number`` for its random part."""
    from weibao.cli.steps.emergency import dispatch_first
    from weibao.workspace.recording.plan_objections import require_planned

    zone = desk.records.contract.zone
    when = parse_when(given["when"], desk.here)
    reported = parse_when(given["reported_at"], desk.here) if given["reported_at"] else when
    entry = first_keys(desk, "opened", when, given)
    record = make_id("T", local_day(reported, zone), number)
    require_planned(desk, given)
    header = _header(record, reported, entry["by"], given, desk)
    return record, ticket_text(header, [*dispatch_first(desk, given, entry["by"]), entry])


def first_keys(desk: Desk, event: str, when: Instant, given: Given) -> Given:
    """What every entry says: when, what, by whom, with which note."""
    entry: Given = {
        "at": format_instant(when, desk.records.contract.zone),
        "event": event,
        "by": given["by"] or whoever_records(desk),
    }
    if given["note"]:
        entry["note"] = given["note"]
    if given["internal"]:
        entry["internal"] = True
    return entry


def _header(record: str, reported: Instant, by: str, given: Given, desk: Desk) -> Given:
    from weibao.workspace.recording.plan_objections import planned_assets

    zone = desk.records.contract.zone
    intake = {"channel": given["channel"], "received_by": given["received_by"] or by}
    asked = ("kind", "title", "severity", "reported_by", "description")
    header: Given = {key: given[key] for key in asked} | {
        "id": record,
        "reported_at": format_instant(reported, zone),
        "intake": intake | ({"emergency": True} if given["emergency"] else {}),
        "assets": list(given["assets"] or planned_assets(desk, given, reported)),
        "impact": [impact_named(desk, said) for said in given["impact"]],
    }
    if given["kind"] in PLANNED:
        header |= {key: given[key] for key in _OF_PLANNED}
        if given["window"]:
            start, end = (parse_when(typed, desk.here, Tense.PLANNED) for typed in given["window"])
            header["window"] = {
                "start": format_instant(start, zone),
                "end": format_instant(end, zone),
            }
    return header


def push_if_asked(session: Session, desk: Desk, given: Given) -> None:
    """Send what was committed where ``--push`` was given or this clone is set to, as sync does."""
    wanted = given["push"]
    if given["commit"] and (desk.sends_by_itself if wanted is None else wanted):
        from weibao.cli.steps.sending import send_recorded

        send_recorded(session, desk, must=bool(wanted))
