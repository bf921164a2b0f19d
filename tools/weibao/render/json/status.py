"""``weibao status`` as JSON: the headline, the services, what is due, what is open, who is on duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import Called, Count, Filled, Level, Moment
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import (
    Head,
    ShownDeadline,
    ShownTicket,
    head,
    shown_deadline,
    shown_ticket,
)
from weibao.report.conditions import conditions_of
from weibao.report.due.due import promised
from weibao.report.due.item import DueKind, Harm
from weibao.report.headline import Mood, Statement, headline
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.report.book import Book
    from weibao.report.due.item import DueItem
    from weibao.report.headline import Headline


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
class ShownSentence:
    """一句 · Sentence | 概要中的一句 · One sentence of the headline."""

    says: Statement
    """所说 · Says | 说的是什么 · What it says"""
    mood: Mood
    """轻重 · Mood | bad 严重；risk 有风险；unknown 未知；note 提示；calm 平静 · How grave it is"""
    number: Count
    """数量 · Number | 涉及几项 · Of how many it speaks"""
    subjects: tuple[str, ...]
    """对象 · Subjects | 服务的标识，或工单编号 · The ids of the services, or of the tickets"""
    since: Moment | None
    """起 · Since | 自何时；null：不涉及 · Since when; null: it names none"""
    until: Moment | None
    """止 · Until | 至何时；null：不涉及 · Until when; null: it names none"""
    also: Count
    """另有 · Also | 此外受影响的服务 · How many services are affected besides"""
    unknown: Count
    """未知 · Unknown | 此外状况未知的服务 · Of how many services besides nothing is known"""


@dataclass(frozen=True, slots=True)
class ShownHeadline:
    """概要 · Headline | 三句话：服务、承诺、记录 · Three sentences: services, promises, record."""

    mood: Mood
    """轻重 · Mood | 三句中最重的 · The gravest of the three"""
    services: ShownSentence
    """服务 · Services | 服务怎么样 · How the services are"""
    promises: ShownSentence
    """承诺 · Promises | 承诺怎么样 · How the promises are"""
    record: ShownSentence
    """记录 · Record | 记录怎么样 · How the record is"""


@dataclass(frozen=True, slots=True)
class ShownThingNow:
    """状态 · Condition | 一项服务此刻的状态 · What a service is like at the instant."""

    id: str
    """标识 · Id | 服务的标识 · The id of the service"""
    condition: Condition
    """状态 · Condition | 中断、部分中断、降级、未知、维护中、正常 · Outage, partial, degraded, unknown, maintenance or operational"""
    since: Moment | None
    """起 · Since | 自何时如此；null：正常或未知 · Since when it is so; null: operational or unknown"""
    tickets: tuple[str, ...]
    """工单 · Tickets | 使其如此的工单 · The tickets that make it so"""
    watched: tuple[str, ...]
    """观察中 · Watched | 已恢复而未解决的工单 · Tickets that are restored and not resolved"""


@dataclass(frozen=True, slots=True)
class StatusOutput:
    """状态 · Status | weibao status --format json 的输出 · What weibao status --format json prints."""

    head: Head
    open: tuple[ShownTicket, ...]
    """未结工单 · Open tickets | 最早报修的在前 · The oldest report first"""
    due_next: tuple[ShownDeadline, ...]
    """接下来到期 · Due next | 时限最近的在前 · The soonest due first"""
    on_duty: tuple[ShownOnDuty, ...]
    """值班 · On duty | 各值班表当前的值班人员 · Who is on duty, by rota"""
    overdue: tuple[ShownDeadline, ...]
    """超时 · Overdue | 超时最久的在前 · The longest overdue first"""
    headline: ShownHeadline
    """概要 · Headline | 三句话及其轻重 · Three sentences and how grave they are"""
    services: tuple[ShownThingNow, ...]
    """服务 · Services | 受影响最重的在前 · The most harmed first"""
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
        headline=_headline(headline(book)),
        services=tuple(shown_as(ShownThingNow, now) for now in conditions_of(book, services=True)),
        due=tuple(shown_as(ShownDueItem, item, item.who, edit=item.edit or None) for item in items),
    )


def _deadlines(items: Iterable[DueItem]) -> tuple[ShownDeadline, ...]:
    """The promises among what is due, by when."""
    promises = [(item.instant, item.promise) for item in items if item.promise is not None]
    promises.sort(key=lambda promise: (promise[0], *promise[1].order))
    return tuple(shown_deadline(verdict) for _, verdict in promises)


def _headline(found: Headline) -> ShownHeadline:
    told = (shown_as(ShownSentence, sentence) for sentence in found.sentences)
    return ShownHeadline(found.mood, *told)
