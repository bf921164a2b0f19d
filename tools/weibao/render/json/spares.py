"""The spares as the commands print them as JSON: what lies where, and one serial number's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from weibao.model.field_kinds import CONDITION
from weibao.model.shown import Called, Count, Filled, Moment, TicketId
from weibao.operations.stock import MOVEMENTS, PROVENANCE, PieceState
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry
    from weibao.operations.stock import Piece, StockLevel
    from weibao.report.book import Book


Condition = Annotated[str, ("enum", CONDITION.choices)]


@dataclass(frozen=True, slots=True)
class ShownStockLevel:
    """库存 · Level | 一种备件在一个备件库的库存 · What lies of a part in a depot."""

    part: Filled
    """备件 · Part | 备件编号 · The part's id"""
    depot: Filled
    """备件库 · Depot | 备件库编号 · The depot's id"""
    quantity: Count
    """数量 · Quantity | 在库数量 · How many lie there"""
    minimum: Count
    """最低库存 · Minimum | 合同要求的最低库存，没有即为 0 · The least that the contract asks for; 0 for none"""
    usable: Count
    """可用 · Usable | 其中可用于客户设备的数量，只有这些计入最低库存 · How many of them are fit for use: those alone count towards the minimum"""
    short: bool
    """不足 · Short | 是否低于最低库存 · Whether it is under the minimum"""
    serials: tuple[Filled, ...]
    """序列号 · Serial numbers | 在库的序列号 · Those that lie there"""


@dataclass(frozen=True, slots=True)
class StockOutput:
    """库存 · Stock | weibao spares stock --format json 的输出 · What weibao spares stock --format json prints."""

    head: Head
    levels: tuple[ShownStockLevel, ...]
    """库存 · Levels | 按备件、备件库排列 · Ordered by part and depot"""
    at_maker: tuple[ShownAway, ...]
    """返厂 · At the maker | 返厂未归的备件，按备件、序列号排列 · What is with the maker, by part and serial number"""


@dataclass(frozen=True, slots=True)
class ShownAuthorisation:
    """授权 · Authorisation | 原厂给一家供应商的一份授权 · A maker's authorisation of a supplier."""

    supplier: Filled
    """供应商 · Supplier | 供应商编号 · The supplier's id"""
    by: Filled
    """原厂 · Maker | 授权的原厂 · The maker that authorises it"""
    number: Filled
    """编号 · Number | 授权书编号 · Its number"""
    first: Annotated[date, Called("from")]
    """从 · From | 第一天 · The first day"""
    to: date
    """到 · To | 最后一天 · The last day"""


@dataclass(frozen=True, slots=True)
class SuppliersOutput:
    """供应商 · Suppliers | weibao spares suppliers --format json 的输出 · What weibao spares suppliers --format json prints."""

    head: Head
    authorised: tuple[ShownAuthorisation, ...]
    """授权 · Authorised | 按供应商排列 · By supplier"""


@dataclass(frozen=True, slots=True)
class ShownAway:
    """返厂件 · Away | 一件返厂未归的备件 · A piece that is with the maker."""

    part: Filled
    """备件 · Part | 备件编号 · The part's id"""
    serial: Filled
    """序列号 · Serial number | 序列号 · Its serial number"""
    since: Moment
    """送出时间 · Since | 送出的时间 · When it was sent"""
    supplier: Filled
    """送修单位 · To whom | 送到哪里 · Who has it"""
    rma: str | None
    """RMA 单号 · RMA number | 返厂单号 · The number of the return"""


@dataclass(frozen=True, slots=True)
class ShownProvenance:
    """来源 · Provenance | 入库和核验记录所写的来源 · What is said of its source, as it came in or later."""

    supplier: str | None
    """供应商 · Supplier | 供应商 · The supplier"""
    source_document: str | None
    """来源凭证 · Source document | 来源凭证 · The source document"""
    document_sha256: str | None
    """凭证 SHA-256 · SHA-256 of the document | 凭证文件的 SHA-256 · The SHA-256 of the document"""
    oem_verified_by: str | None
    """原厂核验人 · Verified by | 向原厂核验的人 · Who verified it with the maker"""


@dataclass(frozen=True, slots=True)
class ShownMovement:
    """出入库 · Movement | 一次出入库 · One movement."""

    at: Moment
    """时间 · At | 条目所写的时间 · The time that the entry claims"""
    event: Annotated[str, ("enum", MOVEMENTS)]
    """事件 · Event | 出入库的种类 · What was done"""
    by: Filled
    """经手人 · By | 经手人 · Who did it"""
    from_depot: Annotated[str | None, Called("from")]
    """调出库 · From | 调拨的调出库 · The depot it was moved from"""
    to: str | None
    """备件库 · To | 到达或经过的备件库 · The depot it came to or left"""
    ticket: TicketId | None
    """工单 · Ticket | 用于或退自的工单 · The ticket it went to or came from"""
    rma: str | None
    """RMA 单号 · RMA number | 返厂单号 · The number of the return"""
    note: str | None
    """备注 · Note | 备注 · The note"""


@dataclass(frozen=True, slots=True)
class ShownTracedPiece:
    """单件 · Piece | 一件备件 · One piece."""

    part: Filled
    """备件 · Part | 备件编号 · The part's id"""
    state: PieceState
    """状态 · State | 现在的状态 · Where it stands"""
    depot: str | None
    """备件库 · Depot | 现在所在的备件库 · The depot where it lies"""
    ticket: TicketId | None
    """工单 · Ticket | 最近一次用于的工单 · The ticket it was last issued to"""
    condition: Condition
    """成色 · Condition | 全新、良品、坏件或修复件 · New, good, faulty or repaired"""
    warranty_to: date | None
    """保修至 · Under warranty until | 保修的最后一天 · The last day of its warranty"""
    verified: bool
    """已核验 · Verified | 是否已核验为原厂正品且来源合法 · Whether it is proven the maker's own and legally sourced"""
    provenance: ShownProvenance
    """来源 · Provenance | 入库和核验记录所写的来源 · What is said of its source, as it came in or later"""
    movements: tuple[ShownMovement, ...]
    """出入库 · Movements | 按时间排列 · In the order of time"""


@dataclass(frozen=True, slots=True)
class TraceOutput:
    """备件追溯 · Trace | weibao spares trace --format json 的输出 · What weibao spares trace --format json prints."""

    head: Head
    serial: Filled
    """序列号 · Serial number | 查询的序列号 · The serial number asked for"""
    pieces: tuple[ShownTracedPiece, ...]
    """单件 · Pieces | 该序列号的各件，按备件排列 · Those with this serial number, by part"""


def stock(book: Book, levels: Iterable[StockLevel]) -> StockOutput:
    """``weibao spares stock``: levels by part and depot."""
    return StockOutput(
        head=head(book),
        levels=tuple(
            shown_as(ShownStockLevel, level, serials=book.stock.serials_at(level))
            for level in levels
        ),
        at_maker=tuple(map(_away, book.stock.at_maker)),
    )


def suppliers(book: Book) -> SuppliersOutput:
    """``weibao spares suppliers``: the makers' authorisations, by supplier."""
    papers = book.records.spares.authorisations
    return SuppliersOutput(
        head=head(book),
        authorised=tuple(
            ShownAuthorisation(paper.what, paper.issuer, paper.number, paper.start, paper.end)
            for paper in papers
        ),
    )


def trace(book: Book, serial: str, pieces: Iterable[Piece]) -> TraceOutput:
    """``weibao spares trace``: the pieces with this serial number, by part."""
    return TraceOutput(head(book), serial, tuple(map(_piece, pieces)))


def _away(piece: Piece) -> ShownAway:
    sent = piece.movements[-1]
    data = sent.data
    return ShownAway(piece.part, piece.serial, sent.at, data["supplier"], data.get("rma"))


def _piece(piece: Piece) -> ShownTracedPiece:
    return shown_as(
        ShownTracedPiece,
        piece,
        provenance=shown_provenance(piece),
        movements=tuple(map(_movement, piece.movements)),
    )


def shown_provenance(piece: Piece) -> ShownProvenance:
    """Where a piece comes from."""
    return ShownProvenance(*(piece.provenance.get(key) for key in PROVENANCE))


def _movement(entry: Entry) -> ShownMovement:
    return shown_as(
        ShownMovement,
        entry,
        from_depot=entry.data.get("from"),
        to=entry.data.get("to") or entry.data.get("depot"),
        ticket=entry.data.get("ticket"),
        rma=entry.data.get("rma"),
    )
