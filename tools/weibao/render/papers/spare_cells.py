"""What several papers tell of spares: parts and depots, how many there are, what moved and what was counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.addresses import proof_page
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    listed,
    moment,
    named,
    number,
    own,
    person,
    record,
)
from weibao.render.papers.paper import PaperCell, Table, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.operations.stock import StockLevel
    from weibao.render.edition.voice import Voice
    from weibao.report.papers.spares_moved import CountTold, SpareMove


def spare_part(voice: Voice, part: str) -> PaperCell:
    """A part of the catalogue."""
    return named(voice, part, voice.part(part))


def depot(voice: Voice, name: str) -> PaperCell:
    """A depot."""
    return named(voice, name, voice.depot(name))


def supply(voice: Voice, level: StockLevel) -> PaperCell:
    """Whether enough of a part lies in a depot."""
    word = N_("below minimum") if level.short else N_("enough")
    return PaperCell(own(voice, word), level.short, "bad" if level.short else "good")


def lacking(voice: Voice, keys: Iterable[str]) -> PaperCell:
    """What of the proof that a piece is the maker's own is not there."""
    known = tuple(keys)
    told = voice.language.listing(voice.field_of("spares", "received", key) for key in known)
    return PaperCell(said(Told(told)), " ".join(known), "warn")


def variance(voice: Voice, told: CountTold) -> PaperCell:
    """How a count differs from the book."""
    agrees = not told.missing and not told.surplus
    text = (
        own(voice, N_("none"))
        if agrees
        else own(
            voice,
            N_("missing {missing}, too many {surplus}"),
            missing=told.missing,
            surplus=told.surplus,
        )
    )
    return PaperCell(text, f"-{told.missing} +{told.surplus}", "" if agrees else "bad")


def movements(voice: Voice, moves: Iterable[SpareMove]) -> Table:
    """What moved, from where to where."""
    return Table(
        "spare_movements",
        own(voice, N_("Movements")),
        (
            column(voice, "at", N_("Time"), 3),
            column(voice, "event", N_("Step"), 2),
            column(voice, "part", N_("Part"), 4),
            column(voice, "quantity", N_("Count")),
            column(voice, "serials", N_("Serial numbers"), 3),
            column(voice, "from", N_("From depot"), 2),
            column(voice, "to", N_("To depot"), 2),
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "by", N_("By"), 2),
        ),
        tuple(_move(voice, move) for move in moves),
        own(voice, N_("No spare moved.")),
    )


def _move(voice: Voice, move: SpareMove) -> tuple[PaperCell, ...]:
    entry, data = move.step.entry, move.step.entry.data
    return (
        moment(voice, move.step.effective),
        PaperCell(said(Told(voice.event("spares", entry.event))), entry.event),
        spare_part(voice, data["part"]),
        replace(number(voice, move.quantity), way=(proof_page("spares"), f"entry-{entry.index}")),
        listed(voice, data["serials"]),
        depot(voice, move.origin),
        depot(voice, move.to),
        record(voice, data["ticket"]) if data.get("ticket") else NONE,
        person(voice, entry.by),
    )
