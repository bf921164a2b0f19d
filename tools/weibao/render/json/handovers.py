"""The hand-overs as ``weibao shift show`` and ``weibao shift list`` print them as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import Called, Filled, Level, Mark, Moment, ShiftId, Target, TicketId
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, ShownEntry, TicketState, head, shown_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.operations.handover import HandedTicket, Handover
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """交接班 · Hand-over | 一个班次的交接 · The hand-over of a shift."""

    shift: ShiftId
    """班次 · Shift | 班次编号 · The shift's id"""
    rota: Filled
    """值班表 · Rota | 值班表的标识 · The rota's id"""
    start: Annotated[Moment, Called("from")]
    """起 · From | 本班开始 · When the shift begins"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 本班结束（不含） · When it ends, excluded"""
    at: Moment
    """交班时间 · At | 以此时刻的记录为准 · The instant of the hand-over, as of which all is told"""
    outgoing: str | None
    """交班人 · Outgoing | 谁交的班 · Who handed it over"""
    incoming: str | None
    """接班人 · Incoming | 谁接的班；未接班为空 · Who took it over; null while nobody has"""
    taken_at: Moment | None
    """接班时间 · Taken over | 据以判定的接班时刻 · When it was taken over, as it is judged"""
    unlisted: tuple[TicketId, ...]
    """漏列 · Unlisted | 当时未结而交班没有列出的工单 · Tickets that were open and that the hand-over does not name"""


@dataclass(frozen=True, slots=True)
class ShownHandedTicket:
    """未结工单 · Open ticket | 交班时未结的一张工单 · A ticket that was open at the hand-over."""

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    severity: Level | None
    """级别 · Severity | 当时的级别 · The severity then in force"""
    state: TicketState
    """状态 · State | 当时的状态 · Where it stood"""
    owner: str | None
    """负责人 · Owner | 当时的负责人 · Who was responsible"""
    target: Target | None
    """下一项承诺 · Next promise | 最紧迫的承诺 · What pressed most"""
    due: Moment | None
    """期限 · Due | 其期限 · When that was due"""
    at_risk: bool
    """有风险 · At risk | 已超时或四小时内到期 · Late, or due within four hours"""
    silent: bool
    """无更新 · Silent | 超过承诺未更新 · Whether the customer heard nothing for longer than promised"""
    paused: str | None
    """暂停 · Paused | 暂停的原因 · Why it was paused"""
    parts: tuple[Filled, ...]
    """等待的备件 · Parts | 已申请未到的备件 · Parts that were requested and had not come"""
    window: bool
    """窗口 · Window | 一天内开始的维护窗口 · Whether its window began within a day"""


@dataclass(frozen=True, slots=True)
class HandoverOutput:
    """交接班 · Hand-over | weibao shift show --format json 的输出 · What weibao shift show --format json prints."""

    head: Head
    handover: Annotated[ShownHandover, Mark.INLINE]
    open: tuple[ShownHandedTicket, ...]
    """未结工单 · Open | 最紧迫的在前 · What presses first"""
    entries: tuple[ShownEntry, ...]
    """条目 · Entries | 交班与接班及其证据 · Both sides with their evidence"""


@dataclass(frozen=True, slots=True)
class HandoversOutput:
    """交接班 · Hand-overs | weibao shift list --format json 的输出 · What weibao shift list --format json prints."""

    head: Head
    handovers: tuple[ShownHandover, ...]
    """交接班 · Hand-overs | 最近的在前 · The latest first"""


def handover(book: Book, chosen: Handover) -> HandoverOutput:
    """``weibao shift show``."""
    return HandoverOutput(
        head(book),
        _handover(chosen),
        tuple(_handed(handed, chosen) for handed in chosen.open),
        shown_entries(book, chosen.shift.id),
    )


def handovers(book: Book, chosen: Iterable[Handover]) -> HandoversOutput:
    """``weibao shift list``."""
    return HandoversOutput(head(book), tuple(map(_handover, chosen)))


def _handover(handover: Handover) -> ShownHandover:
    return shown_as(
        ShownHandover,
        handover.shift,
        handover,
        shift=handover.shift.id,
        outgoing=handover.given.entry.by if handover.given else None,
        incoming=handover.taken.entry.by if handover.taken else None,
        taken_at=handover.taken.effective if handover.taken else None,
    )


def _handed(handed: HandedTicket, handover: Handover) -> ShownHandedTicket:
    return shown_as(
        ShownHandedTicket,
        handed,
        ticket=handed.ticket.id,
        severity=handed.state.severity,
        state=handed.state.state,
        owner=handed.state.owner or None,
        target=handed.next.target if handed.next else None,
        due=handed.next.due if handed.next else None,
        paused=handed.paused_for or None,
        parts=handed.state.awaited_parts,
        window=handed in handover.windows,
    )
