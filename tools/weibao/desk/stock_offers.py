"""What may be offered of the spares: parts, depots, serial numbers and suppliers, best first. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.desk.asked import Offer, named
from weibao.service.stock import stock_of
from weibao.view.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.desk.asked import Asked


def parts(asked: Asked) -> Iterator[Offer]:
    """The parts of the catalogue: those awaited first, then those that fit the record's assets."""
    assets = [asked.records.assets.get(one) for one in getattr(asked.step.value, "assets", ())]
    models = {asset.model for asset in assets if asset is not None}
    awaited = asked.step.standing.awaited_parts

    def far(identifier: str) -> tuple[bool, bool]:
        fits = models.intersection(asked.records.spares.parts[identifier].fits)
        return (identifier not in awaited, not fits)

    for identifier in sorted(asked.records.spares.parts, key=far):
        if asked.step.event != "part_arrived" or identifier in awaited:
            names = asked.records.spares.parts[identifier].names
            yield Offer(identifier, named(asked.words.pick(names), identifier))


def depots(asked: Asked) -> Iterator[Offer]:
    """The depots; what moves goes to another than it comes from."""
    for depot in asked.records.spares.depots.values():
        if asked.field.key != "to" or depot.id != asked.step.answered.get("from"):
            yield Offer(depot.id, named(asked.words.pick(depot.names), depot.id))


def serials(asked: Asked) -> Iterator[Offer]:
    """The pieces that may move so: in the depot for what goes out, out for what comes back."""
    event, given = asked.step.event, asked.step.answered
    depot = given.get("from") or given.get("depot")
    for piece in stock_of(asked.records.spares, asked.step.now).pieces.values():
        here = piece.state == "in_stock" and depot in {None, "", piece.depot}
        movable = {
            "received": False,
            "returned": piece.state == "issued",
            "issued": here and piece.verified,
            "scrapped": here or (piece.state == "issued" and not depot),
        }.get(event, here)
        if piece.part == given.get("part") and movable:
            yield Offer(piece.serial, plain(piece.serial))


def suppliers(asked: Asked) -> Iterator[Offer]:
    """Whoever delivered before: this part first, and the last one first."""
    received = [one.data for one in reversed(asked.step.log) if one.event == "received"]
    received.sort(key=lambda one: one["part"] != asked.step.answered.get("part"))
    for name in dict.fromkeys(one["supplier"] for one in received):
        yield Offer(name, plain(name))
