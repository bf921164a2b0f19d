"""What every writing command does around the record: who, when, and what it prints afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from weibao.desk.commit import author_email, push
from weibao.desk.recording import append_entry_to, commit_message, file_record
from weibao.desk.times import parse_when
from weibao.language import N_
from weibao.record.ids import make_id, record_path
from weibao.record.instant import format_instant, local_day
from weibao.record.printing import header_text
from weibao.record.ticket import PLANNED
from weibao.refusal import Exit, Refusal
from weibao.service.provisional import next_on_claims
from weibao.view.findings import event_title
from weibao.view.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from weibao.cli.session import Session
    from weibao.desk.recording import Desk, Recorded
    from weibao.record.instant import Instant
    from weibao.record.ticket import Ticket

Given = dict[str, Any]
"""The options of a writing command, by name."""


def append(
    session: Session,
    desk: Desk,
    ticket: Ticket,
    event: str,
    data: Mapping[str, Any],
    given: Given,
    beside: Mapping[str, bytes] | None = None,
) -> None:
    """Append an entry to a ticket, commit it, and say what stands now."""
    when = parse_when(given["when"], desk.now, desk.records.contract.zone)
    entry = _entry(desk, event, when, given)
    entry |= {key: value for key, value in data.items() if value is not None}
    said = given["note"] or str(next((v for v in data.values() if isinstance(v, str)), ""))
    message = commit_message(ticket.id, event, said) if given["commit"] else None
    recorded = append_entry_to(desk, ticket.path, entry, message=message, beside=beside)
    _show(session, desk, recorded)
    _push(desk, given)


def open_ticket(session: Session, desk: Desk, given: Given, number: int) -> None:
    """File a new ticket whose id has ``number`` for its random part, and say what stands now."""
    zone = desk.records.contract.zone
    when = parse_when(given["when"], desk.now, zone)
    reported = parse_when(given["reported_at"], desk.now, zone) if given["reported_at"] else when
    entry = _entry(desk, "opened", when, given)
    record = make_id("T", local_day(reported, zone), number)
    header = _header(record, reported, entry["by"], given, desk)
    text = header_text("ticket", header, [entry])
    message = commit_message(record, "opened", given["title"]) if given["commit"] else None
    recorded = file_record(desk, record_path(record), text, message=message)
    _show(session, desk, recorded)
    _push(desk, given)


def entry_named(text: str, ticket: Ticket, zone: ZoneInfo) -> dict[str, str]:
    """The entry that ``acknowledged``, or ``TIME/acknowledged`` names, as records refer to it."""
    at, _, event = text.rpartition("/")
    found = [
        entry
        for entry in ticket.log
        if entry.event == event and at in {"", format_instant(entry.at, zone)}
    ]
    if len(found) != 1:
        raise Refusal(
            N_("“{text}” does not name one entry of {ticket}."),
            mend=N_("Write its event, or its time and event: {example}"),
            exit_code=Exit.USAGE,
            text=text,
            ticket=ticket.id,
            example=f"{format_instant(ticket.log[0].at, zone)}/{ticket.log[0].event}",
        )
    return {"at": format_instant(found[0].at, zone), "event": event}


def _entry(desk: Desk, event: str, when: Instant, given: Given) -> Given:
    entry: Given = {
        "at": format_instant(when, desk.records.contract.zone),
        "event": event,
        "by": given["by"] or _whoever_records(desk),
    }
    if given["note"]:
        entry["note"] = given["note"]
    if given["internal"]:
        entry["internal"] = True
    return entry


def _header(record: str, reported: Instant, by: str, given: Given, desk: Desk) -> Given:
    zone = desk.records.contract.zone
    header: Given = {"id": record, "kind": given["kind"], "title": given["title"]}
    if given["severity"] is not None:
        header["severity"] = given["severity"]
    header["reported_at"] = format_instant(reported, zone)
    header["reported_by"] = given["reported_by"]
    header["intake"] = {"channel": given["channel"], "received_by": given["received_by"] or by}
    if given["emergency"]:
        header["intake"]["emergency"] = True
    if given["assets"]:
        header["assets"] = list(given["assets"])
    if given["description"]:
        header["description"] = given["description"]
    if given["kind"] in PLANNED:
        if given["window"]:
            start, end = (parse_when(one, desk.now, zone) for one in given["window"])
            header["window"] = {
                "start": format_instant(start, zone),
                "end": format_instant(end, zone),
            }
        for key in ("approved_by", "rollback"):
            if given[key]:
                header[key] = given[key]
    return header


def _whoever_records(desk: Desk) -> str:
    """The id of the person whose git identity this clone commits with."""
    email = author_email(desk.root)
    records = desk.records
    identities = {one.id: one.git for one in records.staff.people.values()}
    identities |= {one.id: one.git for one in records.contract.contacts.values()}
    for identifier, addresses in identities.items():
        if email in addresses:
            return identifier
    raise Refusal(
        N_("Nobody in staff.yaml or among the contacts commits as “{email}”."),
        mend=N_("Say who did it with --by, or add the address to that person's git identities."),
        exit_code=Exit.USAGE,
        email=email,
    )


def _show(session: Session, desk: Desk, recorded: Recorded) -> None:
    words, zone = session.language, desk.records.contract.zone
    ticket = recorded.value
    event = event_title(recorded.entry.event, words)
    head = Text.assemble((f"✓ {ticket.id}", "bold green"), f"  {event}  {plain(ticket.title)}")
    session.console.print(head)
    lines = []
    if recorded.standing is not None:
        state = words.term("state", recorded.standing.state)
        lines.append(words.text(N_("State: {state}"), state=state))
    deadline = next_on_claims(ticket, desk.records, desk.now)
    if deadline is not None and deadline.due is not None:
        target = words.term("target", deadline.target)
        away = words.duration(deadline.due - desk.now)
        due = words.moment(deadline.due, zone)
        late = deadline.due < desk.now
        lines.append(
            words.text(
                N_("Overdue: {target}, since {due} ({away})"), target=target, due=due, away=away
            )
            if late
            else words.text(
                N_("Next deadline: {target}, {due} ({away} left)"),
                target=target,
                due=due,
                away=away,
            )
        )
    lateness = desk.now - recorded.entry.at
    if lateness > desk.records.contract.evidence.tolerance:
        lines.append(
            words.text(
                N_(
                    "Recorded {lateness} after it happened: it will be judged at the commit's time."
                ),
                lateness=words.duration(lateness),
            )
        )
    lines.append(
        words.text(N_("Commit: {commit}"), commit=recorded.commit[:12])
        if recorded.commit
        else words.text(N_("Written, not committed: {path}"), path=ticket.path)
    )
    for line in lines:
        session.console.print(Text(f"  {line}"))


def _push(desk: Desk, given: Given) -> None:
    if given["push"] and given["commit"]:
        push(desk.root)
