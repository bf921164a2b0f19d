"""What may be offered of the spares: parts, depots, serial numbers and suppliers, best first. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.operations.stock import FAULTY, stock_of
from weibao.render.words.plain import plain
from weibao.workspace.suggestions.asked import Offer, offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.records import Records
    from weibao.workspace.suggestions.asked import ComingStep, FieldPrompt

_LEAVING = {"issued": "depot", "moved": "from", "rma_sent": "depot", "scrapped": "depot"}
"""The movements out of a depot, and the field that names it."""


def parts(asked: FieldPrompt) -> Iterator[Offer]:
    """The parts of the catalogue: those awaited first, then those that fit the record's assets."""
    assets = [asked.records.assets.get(asset) for asset in getattr(asked.step.value, "assets", ())]
    models = {asset.model for asset in assets if asset is not None}
    awaited = asked.step.state.awaited_parts

    def far(identifier: str) -> tuple[bool, bool]:
        fits = models.intersection(asked.records.spares.parts[identifier].fits)
        return (identifier not in awaited, not fits)

    for identifier in sorted(asked.records.spares.parts, key=far):
        if asked.step.event != "part_arrived" or identifier in awaited:
            names = asked.records.spares.parts[identifier].names
            yield offered(identifier, names, asked.words)


def depots(asked: FieldPrompt) -> Iterator[Offer]:
    """The depots; what moves goes to another than it comes from."""
    for depot in asked.records.spares.depots.values():
        if asked.field.key != "to" or depot.id != asked.step.answered.get("from"):
            yield offered(depot.id, depot.names, asked.words)


def serials(asked: FieldPrompt) -> Iterator[Offer]:
    """The pieces that may move so: in the depot for what goes out, out for what comes back, the faulty first to be sent back.

    What goes out lies in one depot: once a piece is chosen, the others are those beside it.
    """
    event, given = asked.step.event, asked.step.answered
    depots = asked.records.spares.depots
    depot = given.get("from") or given.get("depot") or depot_left(asked.step, asked.records)
    pieces = stock_of(asked.records.spares, asked.step.now).pieces.values()
    sent = event == "rma_sent"
    for piece in sorted(pieces, key=lambda piece: sent and piece.condition != FAULTY):
        here = piece.state == "in_stock" and depot in {None, "", piece.depot}
        movable = {
            "received": False,
            "returned": piece.state == "issued",
            "oem_verified": here and not piece.verified,
            "issued": here and piece.usable,
            "rma_returned": piece.state == "at_maker",
            "scrapped": here or (piece.state in {"issued", "at_maker"} and not depot),
        }.get(event, here)
        if piece.part == given.get("part") and movable:
            title = plain(piece.serial)
            if piece.depot in depots:
                title = f"{title}  {plain(asked.words.pick(depots[piece.depot].names))}"
            yield Offer(piece.serial, title)


def depot_left(step: ComingStep, records: Records) -> str:
    """The depot that the pieces of the step leave; "" where it has none yet, or they lie apart."""
    if step.event not in _LEAVING:
        return ""
    part, chosen = step.answered.get("part", ""), step.answered.get("serials") or ()
    pieces = stock_of(records.spares, step.now).pieces
    found = [pieces[part, serial].depot for serial in chosen if (part, serial) in pieces]
    return found[0] if found and set(found) == {found[0]} and len(found) == len(chosen) else ""


def received_before(step: ComingStep, records: Records, serials: Iterable[str]) -> tuple[str, ...]:
    """Of the serial numbers of a delivery, those that the book has for that part already."""
    part, pieces = step.answered.get("part"), stock_of(records.spares, step.now).pieces
    return tuple(
        serial for serial in serials if step.event == "received" and (part, serial) in pieces
    )


def suppliers(asked: FieldPrompt) -> Iterator[Offer]:
    """Whoever delivered before: this part first, and the last one first; then who else is on the register."""
    received = [entry.data for entry in reversed(asked.step.log) if "supplier" in entry.data]
    received.sort(key=lambda asset: asset["part"] != asked.step.answered.get("part"))
    named = [asset["supplier"] for asset in received]
    register = asked.records.spares.suppliers.values()
    other = [supplier for supplier in register if not any(map(supplier.called, named))]
    names = [next(iter(supplier.names.values())) for supplier in other]
    for name in dict.fromkeys((*named, *names)):
        yield Offer(name, plain(name))
