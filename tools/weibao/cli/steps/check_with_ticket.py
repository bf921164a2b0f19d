"""A check together with the ticket that it opens, for what was found."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.cli.steps.recorded import agree_to
from weibao.cli.steps.recording import append, entry_of, new_ticket, open_ticket
from weibao.cli.steps.settling import settled
from weibao.language import N_
from weibao.model.fold import ticket_on_claims
from weibao.model.ids import record_path
from weibao.operations.checklist import items_of
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of
from weibao.workspace.recording.check_objections import stored_ticket
from weibao.workspace.recording.recording import draft_entry, draft_record, stored_bytes

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.plan import ChecklistItem
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk


def record_with_ticket(
    session: Session, desk: Desk, record_file: RecordFile, data: dict[str, Any], given: Given
) -> None:
    """Open a ticket for the check and record the check that names it, in a commit each.

    Both are judged first, the check as if the ticket were there, so that no ticket is opened for a
    check that is then refused, or not wanted.
    """
    given = settled(session, desk, given)
    _require_for_ticket(data, given)
    _require_none_open(desk, record_file, data)
    wanted = _ticket_wanted(session, desk, record_file, data, given)
    number = secrets.randbelow(32**6)
    record, text = new_ticket(desk, wanted, number)
    draft_record(desk, record_path(record), text)
    knowing = replace(desk, ticket_ids=desk.ticket_ids | {record})
    data = data | {"ticket": record}
    entry = entry_of(knowing, "checked", data, given)
    draft = draft_entry(knowing, record_file.path, stored_bytes(desk, record_file.path), entry)
    if given.get("asked"):
        agree_to(session, desk, draft, f"{text}\n{log_of(draft.one)[-1].text}")
    agreed = {"asked": False}
    open_ticket(session, desk, wanted | agreed | {"push": False}, number)
    append(session, knowing, record_file, "checked", data, given | agreed)


def _require_for_ticket(data: dict[str, Any], given: Given) -> None:
    if data["ticket"] is not None:
        raise UsageRefusal(
            N_("The check names a ticket already."),
            mend=N_("Give --ticket or --open-ticket, not both."),
        )
    if data["status"] not in {"warning", "failed"}:
        raise UsageRefusal(
            N_("Nothing was found that a ticket could be about."),
            mend=N_("Leave out --open-ticket, or add --status failed."),
        )
    if given["severity"] is None or not given["reported_by"]:
        raise UsageRefusal(
            N_("A ticket needs the severity that the customer declares, and who declared it."),
            mend=N_("Add --severity and --reported-by."),
        )


def _require_none_open(desk: Desk, record_file: RecordFile, data: dict[str, Any]) -> None:
    """Refuse a second ticket for what the round has found already, while the first is open."""
    for earlier in reversed(log_of(record_file)):
        found = earlier.data
        if (
            earlier.event == "checked"
            and (found["asset"], found["item"]) == (data["asset"], data["item"])
            and found["status"] in {"warning", "failed"}
            and "ticket" in found
            and (ticket := stored_ticket(desk, found["ticket"]))
            and not ticket_on_claims(ticket, desk.records.contract, desk.now).ended
        ):
            raise UsageRefusal(
                N_("“{item}” of {asset} has a ticket already, and it is open: {ticket}"),
                mend=N_("Name it again: --ticket {ticket}, in place of --open-ticket."),
                item=data["item"],
                asset=data["asset"],
                ticket=ticket.id,
            )


def _ticket_wanted(
    session: Session, desk: Desk, record_file: RecordFile, data: dict[str, Any], given: Given
) -> Given:
    """The options of ``ticket open`` that say what was found."""
    words = session.language
    asset = desk.records.assets.get(data["asset"])
    item: ChecklistItem | None = items_of(desk.records.plan, record_file.value.plan).get(
        data["item"]
    )
    value = f"{data['value'] if data['value'] is not None else ''} {data['unit'] or ''}".strip()
    title = words.text(
        N_("Found on inspection: {asset}, {item}: {result}"),
        asset=words.pick(asset.names) if asset else data["asset"],
        item=words.pick(item.names) if item else data["item"],
        result=value or words.term("check_status", data["status"]),
    )
    return given | {
        "title": title,
        "kind": "fault",
        "reported_at": "",
        "channel": "engineer",
        "received_by": "",
        "emergency": False,
        "assets": (data["asset"],),
        "impact": (),
        "description": words.text(N_("Inspection {inspection}"), inspection=record_file.value.id),
        "window": None,
        "approved_by": "",
        "rollback": "",
        "plan": "",
    }
