"""The JSON of the commands: a stable interface, described by ``schemas/output/``.

The same bytes for the same commit and instant. Times are RFC 3339 in the contract's zone, null
where there is none; seconds are integers of working time on the target's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import (
    Called,
    CommitId,
    Filled,
    Level,
    Mark,
    Moment,
    Month,
    Positive,
    Sha256,
    TicketId,
)
from weibao.render.json.difference import ShownTurned, shown_turned
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import (
    Head,
    ShownDeadline,
    ShownEntry,
    ShownFinding,
    ShownTicket,
    head,
    shown_deadline,
    shown_entries,
    shown_finding,
    shown_ticket,
)
from weibao.report.due.due import promised
from weibao.report.due.item import DueKind, Harm
from weibao.sla.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.model.closing import MonthClose
    from weibao.model.ticket import Ticket
    from weibao.render.words.findings import FindingText
    from weibao.report.book import Book
    from weibao.report.closed_months import Restated
    from weibao.report.due.item import DueItem


@dataclass(frozen=True, slots=True)
class ShownClose:
    """结月 · Close | 一个月份如何结月 · How a month was closed."""

    period: Month
    """月份 · Period | 结月的月份 · The month that was closed"""
    as_of: Moment
    """截至 · As of | 判定所截至的时刻 · The instant as of which it was judged"""
    commit: CommitId
    """提交 · Commit | 判定所用的提交 · The commit that it was judged at"""
    rules: Positive
    """规则号 · Rules | 判定规则的编号 · The number of the rules that it was judged by"""
    sha256: Sha256
    """摘要 · SHA-256 | 逐行判定的摘要 · Over a line a verdict"""


@dataclass(frozen=True, slots=True)
class ShownRestated:
    """更正 · Restated | 结月后结果有变的承诺 · A promise of a closed month that came out otherwise since."""

    turned: Annotated[ShownTurned, Mark.INLINE]
    landed: Moment | None
    """合入 · Landed | 使其改变的提交何时合入；null：没有这样的提交 · When what changed it landed; null: no commit shows it"""


@dataclass(frozen=True, slots=True)
class SlaOutput:
    """服务级别判定 · Verdicts | weibao sla --format json 的输出 · What weibao sla --format json prints."""

    head: Head
    verdicts: tuple[Verdict, ...]
    """判定 · Verdicts | 按工单、指标、次序排列；已结月份的，为结月时的判定 · Ordered by ticket, target, occurrence; of a closed month those of its close"""
    closed: Annotated[ShownClose | None, Mark.ABSENT] = None
    """结月 · Closed | 所选月份如何结月；未结月时不出现 · How the month asked for was closed; absent where it was not"""
    restated: Annotated[tuple[ShownRestated, ...], Mark.ABSENT] = ()
    """更正 · Restated | 该月结月之后的改变，及在该月合入、改变了更早已结月份的；没有时不出现 · What has changed of the month since its close, and what landed in it and changed months closed before; absent where nothing did"""


def sla(
    book: Book,
    verdicts: Iterable[Verdict],
    closed: MonthClose | None = None,
    restated: Iterable[Restated] = (),
) -> SlaOutput:
    """``weibao sla``."""
    shown = None
    if closed is not None:
        own = (closed.period, closed.as_of, closed.commit, closed.rules, closed.sha256)
        shown = ShownClose(*own)
    return SlaOutput(
        head(book),
        tuple(sorted(verdicts, key=lambda verdict: verdict.order)),
        shown,
        tuple(
            ShownRestated(shown_turned(found.turned, book.zone), found.landed) for found in restated
        ),
    )


@dataclass(frozen=True, slots=True)
class ExplainOutput:
    """判定说明 · Explanation | weibao explain --format json 的输出 · What weibao explain --format json prints."""

    head: Head
    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    entries: tuple[ShownEntry, ...]
    """记录行 · Entries | 按日志顺序 · In the order of the log"""
    verdicts: tuple[Verdict, ...]
    """判定 · Verdicts | 按指标、次序排列 · Ordered by target and occurrence"""


def explain(book: Book, ticket: Ticket) -> ExplainOutput:
    """``weibao explain``."""
    entries = shown_entries(book, ticket.id)
    return ExplainOutput(head(book), ticket.id, entries, book.verdicts_of(ticket.id))


@dataclass(frozen=True, slots=True)
class ShownOnDuty:
    """值班 · On duty | 当前值班的一个人 · One who is on duty."""

    rota: str
    """值班表 · Rota | 值班表的标识 · The rota's id"""
    person: str
    """人员 · Person | 值班人员的标识 · The id of who is on duty"""
    start: Annotated[Moment, Called("from")]
    """起 · From | 本班开始 · When the shift began"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 本班结束 · When the shift ends"""
    instead_of: str | None
    """替班 · Instead of | 替谁值班；null：按表值班 · Whom they stand in for; null: nobody"""


@dataclass(frozen=True, slots=True)
class ShownDueItem:
    """到期事项 · Due | 须有人处理的一件事 · Something that somebody must see to."""

    kind: DueKind
    """种类 · Kind | 是什么事 · What it is"""
    harm: Harm
    """危害 · Harm | broken 已违背承诺；threatened 即将违背；owed 应办未办；coming 尚有时间 · What it does: a promise is broken, or threatened; something is owed, or coming"""
    instant: Annotated[Moment, Called("due")]
    """期限 · Due | 何时到期，或自何时起 · When it is due, or since when it has been"""
    person: str | None
    """人员 · Person | 由谁处理；null：只知角色 · The id of who must see to it; null: the role alone is known"""
    role: str | None
    """角色 · Role | 以何角色；null：因其为负责人 · In which role; null: it is theirs by name"""
    record: Filled
    """记录 · Record | 工单或巡检的编号，或文件路径 · The id of the ticket or inspection, or the path of the file"""
    subject: tuple[str, ...]
    """对象 · Subject | 依种类：指标；值班表与请假人；备件与备件库；颁发者与名称等 · By kind: a target; a rota and who is on leave; a part and its depot; an issuer and a name; and so on"""
    severity: Level | None
    """级别 · Severity | 工单的级别 · The ticket's severity"""
    edit: str | None
    """先改 · Edit | 运行命令之前要改的文件；null：没有 · The file that is edited before the command is run; null: none"""
    command: tuple[str, ...]
    """命令 · Command | 处理它的命令，逐词 · The command that mends it, word by word"""


@dataclass(frozen=True, slots=True)
class StatusOutput:
    """状态 · Status | weibao status --format json 的输出 · What weibao status --format json prints."""

    head: Head
    open: tuple[ShownTicket, ...]
    """未结工单 · Open tickets | 最早报障的在前 · The oldest report first"""
    due_next: tuple[ShownDeadline, ...]
    """待兑现 · Due next | 时限最近的在前 · The soonest due first"""
    on_duty: tuple[ShownOnDuty, ...]
    """值班 · On duty | 各值班表当前的值班人员 · Who is on duty, by rota"""
    overdue: tuple[ShownDeadline, ...]
    """超时 · Overdue | 超时最久的在前 · The longest overdue first"""
    due: tuple[ShownDueItem, ...]
    """到期事项 · Due | 按危害，再按期限 · By harm, then by when"""


def status(book: Book, items: Sequence[DueItem]) -> StatusOutput:
    """``weibao status``."""
    return StatusOutput(
        head=head(book),
        open=tuple(shown_ticket(book, ticket) for ticket in book.open_tickets),
        due_next=_deadlines(promised(items, Harm.THREATENED, Harm.COMING)),
        on_duty=tuple(shown_as(ShownOnDuty, span) for span in book.on_duty),
        overdue=_deadlines(promised(items, Harm.BROKEN)),
        due=tuple(shown_as(ShownDueItem, item, item.who, edit=item.edit or None) for item in items),
    )


def _deadlines(items: Iterable[DueItem]) -> tuple[ShownDeadline, ...]:
    """The promises among what is due, by when."""
    promises = [(item.instant, item.promise) for item in items if item.promise is not None]
    promises.sort(key=lambda promise: (promise[0], *promise[1].order))
    return tuple(shown_deadline(verdict) for _, verdict in promises)


@dataclass(frozen=True, slots=True)
class TicketsOutput:
    """工单列表 · Tickets | weibao ticket list --format json 的输出 · What weibao ticket list --format json prints."""

    head: Head
    tickets: tuple[ShownTicket, ...]
    """工单 · Tickets | 按编号排列 · Ordered by id"""


def tickets(book: Book, chosen: Iterable[Ticket]) -> TicketsOutput:
    """``weibao ticket list``."""
    ordered = sorted(chosen, key=lambda ticket: ticket.id)
    return TicketsOutput(head(book), tuple(shown_ticket(book, ticket) for ticket in ordered))


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """检查结果 · Findings | weibao check --format json 的输出 · What weibao check --format json prints."""

    findings: tuple[ShownFinding, ...]
    """检查结果 · Findings | 按位置排列 · Ordered by place"""


def check(told: Iterable[FindingText]) -> CheckOutput:
    """``weibao check``."""
    return CheckOutput(tuple(map(shown_finding, told)))
