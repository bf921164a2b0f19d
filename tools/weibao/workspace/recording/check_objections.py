"""What the checklist, the round and the tickets say against a check that is to be recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.fold import ticket_on_claims
from weibao.model.ids import record_path
from weibao.model.instant import parse_instant
from weibao.model.load import read_record
from weibao.operations.checklist import items_of, milder_than_told
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.records import RecordFile
    from weibao.model.ticket import Ticket
    from weibao.workspace.recording.clone import Desk


def check_objections(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    """Refuse a check that its round, its checklist or its ticket contradicts.

    Raises:
        Refusal: it says what they say.
    """
    _of_the_round(record_file, entry)
    _by_the_checklist(desk, record_file, entry)
    if entry["status"] == "failed" and "ticket" in entry:
        _on_an_open_ticket(desk, entry)


def _of_the_round(record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    if entry["asset"] not in record_file.value.assets:
        raise UsageRefusal(
            N_("“{asset}” is not among the equipment of {inspection}."),
            mend=N_(
                "See what is: weibao inspection show {inspection}. Other equipment has an inspection "
                "of its own: weibao inspection start {plan} --period {period} --asset {asset}"
            ),
            asset=entry["asset"],
            inspection=record_file.value.id,
            plan=record_file.value.plan,
            period=record_file.value.period,
        )


def _by_the_checklist(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    item = items_of(desk.records.plan, record_file.value.plan).get(entry["item"])
    if item is None:
        return
    if item.unit and entry.get("unit", item.unit) != item.unit:
        raise UsageRefusal(
            N_("“{item}” is measured in {unit} by the checklist, and not in {found}."),
            mend=N_("Give the value in {unit}, and leave out --unit."),
            item=item.item,
            unit=item.unit,
            found=entry["unit"],
        )
    if told := milder_than_told(item, entry.get("value"), entry["status"]):
        raise UsageRefusal(
            N_("By the checklist {value} is “{told}” for “{item}”, and not “{status}”."),
            mend=N_("Leave the result out, --status or the cell: the checklist tells it."),
            value=f"{entry['value']} {entry.get('unit', '')}".strip(),
            told=told,
            item=item.item,
            status=entry["status"],
        )


def _on_an_open_ticket(desk: Desk, entry: Mapping[str, Any]) -> None:
    """The ticket had not ended when the check was made; one that is filed with it is not there yet."""
    ticket = stored_ticket(desk, entry["ticket"])
    if ticket is None:
        return
    made = parse_instant(entry["at"])
    if ticket_on_claims(ticket, desk.records.contract, made).ended:
        raise UsageRefusal(
            N_("{ticket} has ended, and a failed check needs a ticket that is open."),
            mend=N_("Name another with --ticket, or add --open-ticket."),
            ticket=ticket.id,
        )


def stored_ticket(desk: Desk, ticket: str) -> Ticket | None:
    """The ticket as it stands in the clone; None where it is not there, or is damaged."""
    path = record_path(ticket)
    try:
        raw = (desk.root / path).read_bytes()
    except OSError:
        return None
    found: Ticket | None = read_record(path, raw).value
    return found
