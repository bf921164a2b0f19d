"""What a command refuses of serial numbers: a part that is elsewhere, was not issued, or does not fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.fold import ticket_on_claims
from weibao.model.instant import parse_instant
from weibao.operations.stock import stock_of
from weibao.operations.whereabouts import fits, in_two_places, installed
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import with_record
from weibao.workspace.recording.check_objections import stored_ticket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.records import RecordFile
    from weibao.model.ticket import Ticket
    from weibao.operations.stock import Piece
    from weibao.workspace.recording.clone import Desk


_STANDS = {
    "in_stock": N_("At that time {serial} ({part}) lies in {held}."),
    "issued": N_("At that time {serial} ({part}) is issued for {held}."),
    "at_maker": N_("At that time {serial} ({part}) is with the maker."),
    "scrapped": N_("At that time {serial} ({part}) is scrapped."),
    "installed": N_("At that time {serial} ({part}) is installed in {held}."),
}
"""Where a piece is, as the command's own time has it."""


def require_issued(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    """Refuse to install a part that no depot issued for the ticket, that is installed already, or that does not fit.

    Raises:
        Refusal: it says where the part is.
    """
    ticket: Ticket = record_file.value
    part, serial = entry["part"], entry["installed_serial"]
    told = {"serial": serial, "part": part, "ticket": ticket.id}
    at = parse_instant(entry["at"])
    pieces = stock_of(desk.records.spares, at).pieces
    piece = pieces.get((part, serial))
    if piece is None:
        raise UsageRefusal(
            N_("No depot had {serial} ({part}) at that time, so it cannot be installed."),
            mend=N_(
                "Receive it with its papers and issue it: weibao spares receive, weibao spares issue. "
                "What others recorded comes with weibao sync."
            ),
            **told,
        )
    if (piece.state, piece.ticket) != ("issued", ticket.id):
        raise UsageRefusal(
            _STANDS[piece.state],
            mend=N_(
                "Only what was issued for {ticket} can be installed. Issue it, with the time when it left: "
                "weibao spares issue --ticket {ticket}"
            ),
            held=piece.held,
            **told,
        )
    for asset_id in installed([ticket], desk.records.spares.log, at).get((part, serial), ()):
        raise UsageRefusal(
            _STANDS["installed"],
            mend=N_("Name the serial number on the part that went in: --installed-serial SERIAL"),
            held=asset_id,
            **told,
        )
    _require_it_was_there(desk, entry, pieces)
    known, asset = desk.records.spares.parts[part], desk.records.assets[entry["asset"]]
    if not fits(known, asset):
        raise UsageRefusal(
            N_("{part} does not fit {asset}, which is a {model}; it fits {models}."),
            mend=N_(
                "Name the part and the equipment again, or correct `fits` in records/spares.yaml by review."
            ),
            part=part,
            asset=asset.id,
            model=asset.model,
            models=known.fits,
        )


def _require_it_was_there(
    desk: Desk, entry: Mapping[str, Any], pieces: Mapping[tuple[str, str], Piece]
) -> None:
    """Refuse to take out of equipment what is put in, what lies elsewhere, or what is in another piece of it."""
    part, serial = entry["part"], entry["removed_serial"]
    label = N_("Name the serial number on the part that came out: --removed-serial SERIAL")
    if serial == entry["installed_serial"]:
        raise UsageRefusal(
            N_("{serial} cannot be both what came out and what went in."), mend=label, serial=serial
        )
    piece = pieces.get((part, serial))
    if piece is not None and piece.state != "issued":
        raise UsageRefusal(
            _STANDS[piece.state], mend=label, serial=serial, part=part, held=piece.held
        )
    used_on = stored_ticket(desk, piece.ticket) if piece else None
    if used_on is None:
        return
    at = parse_instant(entry["at"])
    into = installed([used_on], desk.records.spares.log, at).get((part, serial), ())
    if into and entry["asset"] not in into:
        raise UsageRefusal(_STANDS["installed"], mend=label, serial=serial, part=part, held=into[0])


def require_one_place(
    desk: Desk, after: RecordFile, entry: Mapping[str, Any], tickets: Mapping[str, Ticket]
) -> None:
    """Refuse a movement that puts a serial number into a second place; ``after`` is the ledger with it.

    ``tickets`` are those that the pieces were issued to or came out of.

    Raises:
        Refusal: it says where the piece is.
    """
    if entry["event"] == "counted":
        return
    if entry["event"] == "issued":
        _for_an_open_ticket(desk, entry, tickets)
    part, at = entry["part"], parse_instant(entry["at"])
    _came_out(entry, tickets, stock_of(desk.records.spares, at).pieces)
    records = with_record(replace(desk.records, tickets=dict(tickets)), after)
    for found in in_two_places(records, max(at, desk.now), entry["serials"]):
        others = [place for place in found.places if place.part != part]
        if others:
            raise UsageRefusal(
                _STANDS[others[0].where],
                mend=N_(
                    "A serial number is in one place. Look at the label again; or record how it came out of "
                    "there: weibao ticket part replace, records/assets.yaml; of what nothing was put in place of, "
                    "weibao spares return --ticket TICKET --condition CONDITION."
                ),
                serial=found.serial,
                part=others[0].part or part,
                held=others[0].held,
            )


def _for_an_open_ticket(
    desk: Desk, entry: Mapping[str, Any], tickets: Mapping[str, Ticket]
) -> None:
    """Refuse to issue a part for work that had ended by then: mostly it is the id of another ticket."""
    ticket = tickets.get(entry["ticket"])
    at = parse_instant(entry["at"])
    if ticket is not None and ticket_on_claims(ticket, desk.records.contract, at).ended:
        raise UsageRefusal(
            N_("{ticket} had ended by then, and no part is issued for it any more."),
            mend=N_(
                "Name the ticket that is worked on, or give the time when the part left: --at TIME. "
                "Work that goes on: weibao ticket reopen {ticket}"
            ),
            ticket=ticket.id,
        )


def _came_out(
    entry: Mapping[str, Any], tickets: Mapping[str, Ticket], pieces: Mapping[tuple[str, str], Piece]
) -> None:
    """Refuse to take in what no depot had and the named ticket took out of no equipment."""
    ticket = tickets.get(entry.get("ticket", ""))
    if entry["event"] != "returned" or ticket is None:
        return
    removed = {
        (step.data["part"], step.data["removed_serial"])
        for step in ticket.log
        if step.event == "part_replaced"
    }
    for serial in entry["serials"]:
        key = (entry["part"], serial)
        if key not in pieces and key not in removed:
            raise UsageRefusal(
                N_("No depot had {serial} ({part}), and {ticket} took it out of no equipment."),
                mend=N_("Record first what was replaced: weibao ticket part replace {ticket}"),
                serial=serial,
                part=entry["part"],
                ticket=ticket.id,
            )
