"""What the outputs of several commands are made of, as ``schemas/output/parts.schema.json`` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade, Hand
from weibao.history.signatures.signature import SignatureState
from weibao.model.events import EVENTS, State
from weibao.model.imported import Precision
from weibao.model.shown import (
    CommitId,
    Count,
    Filled,
    Level,
    Mark,
    Moment,
    Positive,
    Target,
    TicketId,
)
from weibao.model.ticket import PLANNED, REACTIVE
from weibao.render.json.encode import shown_as
from weibao.render.words.findings import tell
from weibao.rules.rule import Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.model.finding import Finding
    from weibao.model.ticket import Ticket
    from weibao.render.words.findings import FindingText
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

Event = Annotated[
    str,
    (
        "enum",
        tuple(
            dict.fromkeys(
                e.name for kind in ("ticket", "inspection", "shift") for e in EVENTS[kind]
            )
        ),
    ),
]
_LED_TO = {event.to for event in EVENTS["ticket"]}
TicketState = Annotated[
    State, ("enum", tuple(state for state in State if state is State.NEW or state in _LED_TO))
]


@dataclass(frozen=True, slots=True)
class BookHead:
    """What every output of a Book begins with: all that it is a function of."""

    commit: CommitId
    """提交 · Commit | 读取记录的提交 · The commit that was read"""
    as_of: Moment
    """截至 · As of | 以此时刻判定 · The instant as of which it was judged"""
    seen_log: Annotated[CommitId, Mark.ABSENT]
    """首见记录 · Seen log | 所用首见记录的提交；平台没有这种记录时不出现 · The commit of the forge's log of what it saw first; absent where there is no such log"""


Head = Annotated[BookHead, Mark.INLINE]


def head(book: Book) -> BookHead:
    """The Book's commit, instant, and the log of what the forge saw first, where it keeps one."""
    return BookHead(book.commit, book.as_of, book.snapshot.seen_log)


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """检查结果 · Finding | 一处错误或提示 · Something that is wrong."""

    code: Annotated[str, ("pattern", "^[RXLESO][0-9]{3}$")]
    """代码 · Code | 规则代码 · The rule's code"""
    severity: Severity
    """严重程度 · Severity | 错误、警告或提示 · How much it matters"""
    path: str
    """文件 · Path | 记录库中的路径 · The path in the repository"""
    line: Positive | None
    """行 · Line | 行号，从 1 起；null：整个文件 · The line, from 1; null: the whole file"""
    column: Positive | None
    """列 · Column | 列号，从 1 起；null：整行 · The column, from 1; null: the whole line"""
    record: str | None
    """记录 · Record | 记录编号；null：不属于某条记录 · The record's id; null: it has none"""
    message: Filled
    """说明 · Message | 哪里不对，随语言而变 · What is wrong, in the reader's language"""
    help: Filled
    """修正办法 · Help | 怎样修正，随语言而变 · How to mend it, in the reader's language"""


def shown_finding(told: FindingText) -> ShownFinding:
    """One finding."""
    found = told.finding
    line, column = found.place.line or None, found.place.column or None
    return shown_as(ShownFinding, told, found, found.place, line=line, column=column)


def shown_findings(found: Iterable[Finding], words: Language) -> tuple[ShownFinding, ...]:
    """The findings in their order, told in one language."""
    return tuple(shown_finding(tell(finding, words)) for finding in found)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """条目 · Entry | 一行记录及其证据 · An entry with its evidence."""

    index: Count
    """序号 · Index | 在日志中的位置，从 0 起 · Its place in the log, from 0"""
    event: Event
    """事件 · Event | 记录的事件 · What was recorded"""
    by: str
    """人员 · By | 由谁完成 · Who did it"""
    claimed: Moment
    """自报时间 · Claimed | 记录中自报的时刻 · When it is said to have happened"""
    precision: Precision | None
    """精度 · Precision | 旧台账写到多细：day 只知日期，unknown 不详，时刻为最早可能；null：确切 · How exactly an old register says when: day, unknown; the times are then the earliest; null: exactly"""
    recorded: Moment | None
    """记录时间 · Recorded | 首个带有该行的提交的时刻 · The time of the commit that introduced it"""
    landed: Moment | None
    """并入时间 · Landed | 并入正式分支的时刻 · When it reached the official branch"""
    evidence: Moment | None
    """证据时间 · Evidence | 作为证据的时刻 · The time that counts as evidence"""
    effective: Moment
    """判定时间 · Effective | 据以判定的时刻 · What it is judged on"""
    grade: Grade
    """证据等级 · Grade | 证据等级 · How well the claim is supported"""
    commit: CommitId | None
    """提交 · Commit | 带入该行的提交 · The commit that introduced it"""
    landing_commit: CommitId | None
    """并入提交 · Landing commit | 把它并入正式分支的提交 · The commit that brought it to the official branch"""
    not_before: Moment | None
    """不早于 · Not before | 真实记录时刻的下限 · It was recorded no earlier than this"""
    not_after: Moment | None
    """不晚于 · Not after | 真实记录时刻的上限 · It was recorded no later than this"""
    first_hand: bool | None
    """客户本人 · First hand | 是否由客户本人签名或从其地址提交；不是客户行为的为 null · Whether the customer gave it, signed or from an address of theirs; null for what is no act of the customer's"""
    hand: Hand | None
    """出自谁手 · Hand | 客户行为：signed 已证明的密钥签名；named 仅地址相符；reported 服务商转述 · Of the customer's acts: signed with a proven key; named by the address alone; reported by the provider"""
    first_seen: Moment | None
    """首见时间 · First seen | 平台的首见记录何时见到该提交；没有则为 null · When the forge first saw the commit, null where no log says so"""
    signature: SignatureState
    """签名 · Signature | 提交的签名 · What the commit's signature is worth"""
    signer: str | None
    """签名人 · Signer | 签名者：人员编号，或没有登记的地址 · Who signed: a person's id, or an address that nobody lists"""


def shown_entries(book: Book, record: str) -> tuple[ShownEntry, ...]:
    """A record's log with its evidence."""
    return tuple(_entry(proven) for proven in book.proofs[record].entries)


def _entry(proven: ProvenEntry) -> ShownEntry:
    return shown_as(
        ShownEntry,
        proven,
        proven.entry,
        claimed=proven.entry.at,
        signature=proven.signature.state,
        signer=proven.signature.signer or None,
    )


@dataclass(frozen=True, slots=True)
class ShownDeadline:
    """时限 · Deadline | 一项尚未到期的承诺 · A promise still to be kept."""

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    target: Target
    """指标 · Target | 服务承诺的种类 · The kind of promise"""
    occurrence: Positive
    """次序 · Occurrence | 第几次申请备件，或修复保持住之后重新打开的第几轮；否则为 1 · The number of the request for a part, or of the round after a repair that had held; else 1"""
    severity: Level
    """级别 · Severity | 给出时限的级别 · The level whose target gives the due time"""
    verdict: Outcome
    """判定 · Verdict | 按证据得出的判定 · The outcome by the evidence"""
    due: Moment | None
    """时限 · Due | 应达到的时刻；null：暂停中或无法确定 · When it is due; null while paused, or where nobody can know"""
    margin_seconds: int | None
    """余量秒数 · Margin seconds | 目标减已用，超时为负 · Target less elapsed; negative when overrun"""


def shown_deadline(verdict: Verdict) -> ShownDeadline:
    """A promise that is to be kept, or is overdue."""
    return shown_as(ShownDeadline, verdict, verdict=verdict.outcome)


@dataclass(frozen=True, slots=True)
class ShownTicket:
    """工单 · Ticket | 工单当前的情况 · Where a ticket stands."""

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    kind: Annotated[str, ("enum", (*REACTIVE, *PLANNED))]
    """种类 · Kind | 工单的种类 · What kind of work it is"""
    title: str
    """标题 · Title | 一句话说明 · What it is about in one line"""
    severity: Level | None
    """级别 · Severity | 给出时限的级别 · The level whose target gives the due time"""
    state: TicketState
    """状态 · State | 处理到哪一步 · Where it stands"""
    paused: bool
    """暂停 · Paused | 是否暂停计时 · Whether its clocks stand still"""
    owner: str | None
    """负责人 · Owner | 负责人的标识；null：无人负责 · The id of the person responsible; null: nobody"""
    reported_at: Moment
    """报修时间 · Reported at | 客户报修的时刻 · When the customer reported it"""
    reported_precision: Precision | None
    """报修时间的精度 · Precision | 旧台账写到多细：day 只知日期，unknown 不详，时刻为最早可能；null：确切 · How exactly an old register says when: day, unknown; the times are then the earliest; null: exactly"""
    next: ShownDeadline | None
    """下一时限 · Next | 下一个到期的承诺；null：没有 · The promise to be kept next; null: none"""


def shown_ticket(book: Book, ticket: Ticket) -> ShownTicket:
    """A ticket with its state and its next deadline."""
    deadline = book.next_deadline(ticket.id)
    return shown_as(
        ShownTicket,
        book.states[ticket.id],
        ticket,
        ticket=ticket.id,
        next=shown_deadline(deadline) if deadline else None,
    )
