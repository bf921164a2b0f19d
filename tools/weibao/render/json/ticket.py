"""One ticket as ``weibao ticket show`` prints it as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.alterations import flow
from weibao.model.events import event_named
from weibao.model.instant import format_instant
from weibao.model.shown import Count, Filled, Level, Mark, Moment, Positive
from weibao.operations.visits import visits_by_evidence
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import (
    Head,
    ShownEntry,
    ShownTicket,
    head,
    shown_entries,
    shown_ticket,
)
from weibao.rules.book.incident_reviews import owed
from weibao.sla.verdict import Verdict

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.model.entry import Amendment
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShownAmendment:
    """更正 · Correction | 一处更正 · A correction."""

    index: Count
    """序号 · Index | 更正行在日志中的位置，从 0 起 · The place of the correcting entry in the log, from 0"""
    entry: str | None
    """条目 · Entry | 被更正的条目，时间/事件；null：记录头 · The entry corrected, as time/event; null: the header"""
    field: Filled
    """字段 · Field | 被更正的字段 · The key corrected"""
    before: str | None
    """更正前 · Before | 更正前的值；null：没有 · The value before; null: none"""
    value: str
    """更正后 · Value | 更正后的值 · The value it should have"""
    reason: Filled
    """原因 · Reason | 更正原因 · Why"""
    counts: bool
    """计入 · Counts | 判定是否按更正后的值 · Whether verdicts are judged by it"""


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """上门 · Visit | 一次上门 · A visit."""

    number: Positive
    """次序 · Number | 第几次上门 · Which visit of the ticket it is"""
    people: tuple[Filled, ...]
    """人员 · People | 在场人员的标识，含同行 · The ids of who was there, companions included"""
    dispatched: Moment | None
    """派出 · Dispatched | 派出的时刻；null：没有派单 · When the first was sent; null: nobody sent them"""
    arrived: Moment
    """到场 · Arrived | 第一人到场的时刻 · When the first arrived"""
    left: Moment | None
    """离场 · Left | 最后一人离场的时刻；null：仍在场 · When the last left; null: somebody is still there"""
    parts: tuple[Filled, ...]
    """备件 · Parts | 期间装上的序列号 · The serial numbers installed meanwhile"""


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """条目内容 · Statement | 一个条目的一个字段 · What an entry says under one key."""

    index: Count
    """序号 · Index | 条目在日志中的位置，从 0 起 · The place of the entry in the log, from 0"""
    event: Filled
    """事件 · Event | 条目的事件 · The entry's event"""
    key: Filled
    """字段 · Key | 字段的键 · The key"""
    value: str
    """值 · Value | 如记录所写，含更正 · As the record has it, corrections included"""


@dataclass(frozen=True, slots=True)
class ShownIncidentReview:
    """故障分析 · Incident review | 合同要求的一稿 · An edition that the contract asks for."""

    edition: Filled
    """稿次 · Edition | preliminary 初稿；final 终稿 · Which edition"""
    due: Moment
    """期限 · Due | 最迟何时 · The last instant in time"""
    done: Moment | None
    """完成 · Done | 何时登记，按证据；null：还没有 · When it was there, by the evidence; null: it is not"""


@dataclass(frozen=True, slots=True)
class TicketOutput:
    """工单 · Ticket | weibao ticket show --format json 的输出 · What weibao ticket show --format json prints."""

    head: Head
    ticket: Annotated[ShownTicket, Mark.INLINE]
    declared: Level | None
    """申报级别 · Declared | 客户申报的级别；null：没有 · The severity that the customer declared; null: none"""
    reported_by: Filled
    """报修人 · Reported by | 客户联系人的标识 · The id of the customer's contact"""
    assets: tuple[Filled, ...]
    """设备 · Assets | 涉及的设备 · The assets that it is about"""
    entries: tuple[ShownEntry, ...]
    """条目 · Entries | 按日志顺序 · In the order of the log"""
    amendments: tuple[ShownAmendment, ...]
    """更正 · Corrections | 按日志顺序 · In the order of the log"""
    visits: tuple[ShownVisit, ...]
    """上门 · Visits | 按证据时间推出的各次上门 · The visits, by the times that the evidence supports"""
    statements: tuple[ShownStatement, ...]
    """条目内容 · Statements | 各条目写明的原因、责任、测试结果、转单、分析等 · What the entries say: cause, who answers for it, test result, referral, review and so on"""
    reviews: tuple[ShownIncidentReview, ...]
    """故障分析 · Reviews | 合同要求的故障分析；终稿自首次恢复或解决起才有期限 · The reviews that the contract asks for; the final one has a limit from the first repair on"""
    verdicts: tuple[Verdict, ...]
    """判定 · Verdicts | 按指标、次序排列 · Ordered by target and occurrence"""


def ticket(book: Book, chosen: Ticket) -> TicketOutput:
    """``weibao ticket show``: the header, every entry with its evidence, the verdicts."""
    judged, _ = book.counting[chosen.id]
    counted = {amendment.entry.index for amendment in judged.amendments}
    return TicketOutput(
        head=head(book),
        ticket=shown_ticket(book, chosen),
        declared=chosen.severity,
        reported_by=chosen.reported_by,
        assets=chosen.assets,
        entries=shown_entries(book, chosen.id),
        amendments=tuple(
            _amendment(amendment, book.zone, counts=amendment.entry.index in counted)
            for amendment in chosen.amendments
        ),
        visits=tuple(
            shown_as(ShownVisit, visit)
            for visit in visits_by_evidence(book.proofs[chosen.id].timeline, book.as_of)
        ),
        statements=tuple(
            ShownStatement(entry.index, entry.event, field.key, flow(entry.data[field.key]))
            for entry in chosen.log
            for field in event_named("ticket", entry.event).fields
            if field.key in entry.data
        ),
        reviews=tuple(
            ShownIncidentReview(str(finding.facts["edition"]), limit, done)
            for finding, limit, done in owed(book, (chosen,))
        ),
        verdicts=book.verdicts_of(chosen.id),
    )


def _amendment(amendment: Amendment, zone: ZoneInfo, *, counts: bool) -> ShownAmendment:
    about = amendment.about
    return ShownAmendment(
        index=amendment.entry.index,
        entry=f"{format_instant(about[0], zone)}/{about[1]}" if about else None,
        field=amendment.key,
        before=None if amendment.before is None else flow(amendment.before),
        value=flow(amendment.value),
        reason=amendment.reason,
        counts=counts,
    )
