"""The list of spares: depot by depot what lies there, proven and counted; what no spare helps; and what moved of late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    fact,
    holds,
    length,
    listed,
    moment,
    number,
    own,
    person,
    several,
    share,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import Facts, PaperCell, Prose, Section, Table, said
from weibao.render.papers.record_paper import OF_A_LIST, endorsed, record_paper, section
from weibao.render.papers.spare_cells import lacking, movements, spare_part, supply, variance
from weibao.report.papers.spares_list import spares_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.assets import Asset
    from weibao.operations.stock import Piece
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Paper
    from weibao.report.papers.spares_list import (
        DepotLine,
        DepotList,
        ListedPiece,
        SparesList,
        Unserved,
    )

NAME = "spares-list"


def _write(commission: Commission) -> Paper:
    voice, depot = commission.voice, commission.subject
    depots = voice.book.records.spares.depots
    if depot and depot not in depots:
        raise UsageRefusal(
            N_("There is no depot “{depot}”."),
            mend=N_("There are: {known}."),
            depot=depot,
            known=tuple(depots),
        )
    title = (
        own(voice, N_("List of spare parts: {depot}"), depot=voice.depot(depot))
        if depot
        else own(voice, N_("List of spare parts"))
    )
    return record_paper(
        commission, NAME, title, _sections(commission, spares_list(voice.book, depot))
    )


def _sections(commission: Commission, told: SparesList) -> Iterator[Section]:
    voice = commission.voice
    for shelved in told.depots:
        name = shelved.depot.id
        yield Section(name, said(voice.shown(voice.depot(name))), tuple(_depot(voice, shelved)))
    if not commission.subject:
        blocks = (_unserved(voice, told.unserved), _away(voice, told.away))
        yield section(commission, "gaps", N_("What is not at hand"), blocks)
    yield section(commission, "movements", N_("Movements of the last month"), _moves(voice, told))
    yield from endorsed(commission, NAME, OF_A_LIST)


def _depot(voice: Voice, shelved: DepotList) -> Iterator[Block]:
    name = shelved.depot.id
    yield Facts(f"{name}_depot", tuple(_keeping(voice, shelved)))
    yield Table(
        f"{name}_stock",
        own(voice, N_("Stock")),
        (
            column(voice, "number", N_("Part number"), 3),
            column(voice, "part", N_("Name"), 3),
            column(voice, "oem", N_("Maker"), 2),
            column(voice, "fits", N_("Fits the models"), 3),
            column(voice, "serves", N_("Equipment covered that it fits"), 4),
            column(voice, "quantity", N_("In stock")),
            column(voice, "proven", N_("Of these proven"), 2),
            column(voice, "usable", N_("Usable")),
            column(voice, "minimum", N_("Minimum")),
            column(voice, "state", N_("State"), 2),
        ),
        tuple(_line(voice, line) for line in shelved.lines),
        own(voice, N_("Nothing is in stock, and no minimum is agreed.")),
    )
    yield Table(
        f"{name}_pieces",
        own(voice, N_("Piece by piece")),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "serial", N_("Serial number"), 3),
            column(voice, "condition", N_("Condition of the piece"), 2),
            column(voice, "proven", N_("Proven the maker's own"), 2),
            column(voice, "lacking", N_("What is lacking"), 4),
            column(voice, "warranty_to", N_("Under warranty until"), 2),
            column(voice, "since", N_("Here since"), 3),
        ),
        tuple(_piece(voice, piece) for line in shelved.lines for piece in line.pieces),
        own(voice, N_("Nothing is in stock.")),
    )
    yield Table(
        f"{name}_counts",
        own(voice, N_("Last count of each part")),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "at", N_("Counted"), 3),
            column(voice, "by", N_("Counted by"), 2),
            column(voice, "witness", N_("Witness"), 2),
            column(voice, "expected", N_("By the book")),
            column(voice, "found", N_("On the shelf")),
            column(voice, "variance", N_("Variance"), 3),
        ),
        tuple(_count(voice, line) for line in shelved.lines),
        own(voice, N_("Nothing was counted.")),
    )


def _keeping(voice: Voice, shelved: DepotList) -> Iterator[Fact]:
    depot, words = shelved.depot, voice.language
    keeper = voice.book.records.staff.people.get(depot.keeper)
    address = words.pick(depot.address) if depot.address else ""
    yield fact(
        voice,
        "address",
        N_("Address"),
        PaperCell(said(voice.shown(address)), depot.id) if address else NONE,
    )
    yield fact(voice, "keeper", N_("Keeper"), person(voice, depot.keeper))
    if keeper and (phone := voice.phone(keeper.phone)):
        yield fact(voice, "phone", N_("Phone"), written(voice, phone))
    yield fact(voice, "hours", N_("Open"), term(voice, "clock", depot.hours))
    yield fact(
        voice,
        "delivers_within",
        N_("Delivers a part within"),
        length(voice, depot.delivers_within or None),
    )
    yield fact(
        voice, "count_every", N_("To be counted every"), length(voice, depot.count_every or None)
    )


def _line(voice: Voice, line: DepotLine) -> tuple[PaperCell, ...]:
    part, level = line.part, line.level
    return (
        verbatim(part.number) if part else NONE,
        spare_part(voice, level.part),
        written(voice, part.oem) if part else NONE,
        listed(voice, part.fits) if part else NONE,
        _assets(voice, line.serves),
        number(voice, level.quantity),
        share(voice, line.verified),
        number(voice, level.usable),
        number(voice, level.minimum),
        supply(voice, level),
    )


def _assets(voice: Voice, assets: Iterable[Asset]) -> PaperCell:
    return listed(voice, (asset.id for asset in assets))


def _piece(voice: Voice, told: ListedPiece) -> tuple[PaperCell, ...]:
    piece = told.piece
    return (
        spare_part(voice, piece.part),
        written(voice, piece.serial),
        term(voice, "piece_condition", piece.condition, "warn" if told.faulty else ""),
        holds(voice, piece.verified),
        lacking(voice, told.lacking) if told.lacking else NONE,
        day(piece.warranty_to),
        moment(voice, told.since.effective if told.since else None),
    )


def _count(voice: Voice, line: DepotLine) -> tuple[PaperCell, ...]:
    told = line.count
    part = spare_part(voice, line.level.part)
    if told is None:
        never = stated(voice, N_("never counted"), None, "warn")
        return (part, never, NONE, NONE, NONE, NONE, NONE)
    entry = told.count.entry
    return (
        part,
        moment(voice, entry.at),
        person(voice, entry.by),
        person(voice, entry.data.get("witness", "")),
        number(voice, told.expected),
        number(voice, told.found),
        variance(voice, told),
    )


def _unserved(voice: Voice, unserved: Iterable[Unserved]) -> Table:
    return Table(
        "unserved",
        own(voice, N_("Equipment covered for which no usable part is at hand")),
        (
            column(voice, "vendor", N_("Maker"), 2),
            column(voice, "model", N_("Model"), 3),
            column(voice, "assets", N_("Equipment"), 5),
            column(voice, "parts", N_("Parts of the catalogue that would fit"), 5),
        ),
        tuple(
            (
                written(voice, model.vendor),
                written(voice, model.model),
                _assets(voice, model.assets),
                several(voice, {part.id: voice.part(part.id) for part in model.parts})
                if model.parts
                else stated(voice, N_("none in the catalogue"), None, "warn"),
            )
            for model in unserved
        ),
        own(voice, N_("For every model there is a usable part.")),
    )


def _away(voice: Voice, pieces: Iterable[Piece]) -> Table:
    return Table(
        "at_maker",
        own(voice, N_("Pieces at their makers for repair")),
        (
            column(voice, "part", N_("Part"), 4),
            column(voice, "serial", N_("Serial number"), 3),
        ),
        tuple((spare_part(voice, piece.part), written(voice, piece.serial)) for piece in pieces),
        own(voice, N_("None.")),
    )


def _moves(voice: Voice, told: SparesList) -> Iterator[Block]:
    start, end = (voice.moment(at) for at in (told.period.start, voice.book.as_of))
    yield Prose(own(voice, N_("From {start} to {end}."), start=Told(start), end=Told(end)), "note")
    yield movements(voice, told.moves)


KIND = PaperKind(
    name=NAME,
    title=N_("List of spare parts"),
    explained=N_(
        "What lies in each depot: proven the maker's own or not, against the minimum, as it was last counted; what no spare helps; and what moved in the last month."
    ),
    subject="depot",
    also_whole=True,
    place=60,
    write=_write,
)
