"""The rota as ``weibao duty now`` and ``weibao duty show`` print it as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import Called, Mark, Moment
from weibao.operations.on_duty import leave_during, stand_in_behind, uncovered
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShownLeave:
    """请假 · Leave | 一次请假 · One leave."""

    start: Annotated[Moment, Called("from")]
    """起 · From | 开始 · When it begins"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 结束（不含） · When it ends, excluded"""


@dataclass(frozen=True, slots=True)
class ShownShift:
    """值班 · Shift | 一个人的一段值班 · One person's span of duty."""

    rota: str
    """值班表 · Rota | 值班表的标识 · The rota's id"""
    person: str
    """人员 · Person | 值班人员的标识 · The id of who is on duty"""
    start: Annotated[Moment, Called("from")]
    """起 · From | 本班开始 · When the shift begins"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 本班结束（不含） · When it ends, excluded"""
    instead_of: str | None
    """代谁 · Instead of | 原轮到的人；不是代班则为空 · Whose turn it is; null if it is their own"""
    reason: str | None
    """原因 · Reason | 代班原因 · Why somebody stands in"""
    leave: tuple[ShownLeave, ...]
    """请假 · Leave | 此人在本班内的请假 · When that person is on leave during the shift"""


@dataclass(frozen=True, slots=True)
class ShownShiftNow:
    """值班 · Shift | 一个人的一段值班 · One person's span of duty."""

    shift: Annotated[ShownShift, Mark.INLINE]
    phone: str | None
    """电话 · Phone | 合同公开电话时才有 · Only where the contract publishes phones"""


@dataclass(frozen=True, slots=True)
class DutyNowOutput:
    """当前值班 · On duty now | weibao duty now --format json 的输出 · What weibao duty now --format json prints."""

    head: Head
    on_duty: tuple[ShownShiftNow, ...]
    """值班 · On duty | 各值班表当前的值班人员 · Who is on duty, by rota"""
    uncovered: tuple[str, ...]
    """无人值班 · Uncovered | 此刻无人值班的值班表 · The rotas that nobody is on"""


@dataclass(frozen=True, slots=True)
class ShiftsOutput:
    """排班 · Shifts | weibao duty show --format json 的输出 · What weibao duty show --format json prints."""

    head: Head
    start: Annotated[Moment, Called("from")]
    """起 · From | 第一天的开始 · The beginning of the first day"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 最后一天的结束（不含） · The end of the last day, excluded"""
    shifts: tuple[ShownShift, ...]
    """班次 · Shifts | 按值班表和时间排列 · By rota and time"""


def now(book: Book) -> DutyNowOutput:
    """``weibao duty now``: who has each rota's duty, and the rotas that nobody has."""
    people = book.records.staff.people if book.records.contract.publish_phones else {}
    return DutyNowOutput(
        head=head(book),
        on_duty=tuple(
            ShownShiftNow(
                shift=_shift(book, span),
                phone=(people[span.person].phone if span.person in people else "") or None,
            )
            for span in book.on_duty
        ),
        uncovered=uncovered(book.records.duty, book.on_duty),
    )


def shifts(book: Book, start: Instant, end: Instant, spans: Iterable[OnDuty]) -> ShiftsOutput:
    """``weibao duty show``: the shifts that touch [``start``, ``end``), in their order."""
    return ShiftsOutput(head(book), start, end, tuple(_shift(book, span) for span in spans))


def _shift(book: Book, span: OnDuty) -> ShownShift:
    duty = book.records.duty
    stand_in = stand_in_behind(duty, span)
    return shown_as(
        ShownShift,
        span,
        reason=(stand_in.reason if stand_in else "") or None,
        leave=tuple(ShownLeave(leave.start, leave.end) for leave in leave_during(duty, span)),
    )
