"""A difference as it gets out: what ``weibao diff --format json`` prints, and what prose is made of.

Its text and its Markdown are made from :class:`DifferenceOutput` and nothing else, so that whoever has
only the JSON, as the job that writes a pull request's comment does, can read it back and write them itself.
Times are of the contract's zone. Numbers and times have bounds: the JSON may come from anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.alterations import Alteration
from weibao.model.paths import kind_of
from weibao.model.shown import CommitId, Count, Level, Mark, Positive, Target, TicketId
from weibao.operations.stock import PieceState
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import ShownFinding, shown_findings
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.names import depot_called, part_called, person_called
from weibao.report.difference import Setting
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.operations.stock import Piece
    from weibao.report.difference import (
        Added,
        ChangedMonth,
        ChangedSetting,
        Difference,
        Moved,
        Turned,
    )
    from weibao.sla.verdict import Verdict

Time = Annotated[datetime, ("pattern", r"^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$")]
BoundedMonth = Annotated[str, ("pattern", r"^20\d{2}-(0[1-9]|1[0-2])$")]
Bounded = Annotated[Count, ("maximum", 1_000_000_000)]
Seconds = Annotated[int, ("minimum", -10_000_000_000), ("maximum", 10_000_000_000)]


@dataclass(frozen=True, slots=True)
class ShownFact:
    """内容 · Fact | 一项内容 · One of the event's own keys."""

    key: str
    """键 · Key | 键的名称 · The key's name"""
    value: str
    """值 · Value | 用文字表述的值 · Its value in words"""


@dataclass(frozen=True, slots=True)
class ShownAddedEntry:
    """步骤 · Entry | 新增的一行 · A line that is added."""

    at: Time
    """时间 · At | 声明的时间 · The time claimed"""
    event: str
    """步骤 · Event | 步骤的名称 · The event's name"""
    by: str
    """人员 · By | 谁做的 · Who did it"""
    name: str
    """姓名 · Name | 此人的姓名；无从得知时为编号 · What the person is called; the id where nothing says so"""
    effective: Time
    """生效时间 · Effective | 据以判定的时间 · The time it is judged at"""
    grade: Grade
    """等级 · Grade | 证据等级 · The grade of its evidence"""
    facts: Annotated[tuple[ShownFact, ...], ("maxItems", 20)]
    """内容 · Facts | 步骤自身的各项内容 · What the entry says of its step"""
    note: str | None
    """备注 · Note | null：没有 · null: there is none"""


@dataclass(frozen=True, slots=True)
class ShownAdded:
    """新增步骤 · Added | 一条记录新增的步骤 · What one record gains."""

    record: str
    """记录 · Record | 记录编号 · The record's id"""
    path: str
    """文件 · Path | 记录库中的路径 · The path in the repository"""
    title: str | None
    """标题 · Title | 工单标题；null：没有 · The ticket's title; null: it has none"""
    new: bool
    """新建 · New | 记录本身是否新建 · Whether the record itself is new"""
    entries: tuple[ShownAddedEntry, ...]
    """步骤 · Entries | 按记录的次序 · In the order of the log"""


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """判定结果 · Standing | 承诺在一个提交上的判定 · How a promise stands at one commit."""

    verdict: Outcome
    """判定 · Verdict | 判定结果 · The outcome"""
    clock: str
    """计时 · Clock | 计时所用日历；always：7×24 小时 · The calendar that measures it; always: round the clock"""
    due: Time | None
    """时限 · Due | 到期时间；null：不确定 · When it is due; null: there is no such time"""
    margin_seconds: Seconds | None
    """余量 · Margin | 按其日历剩余的秒数，负数为超出；null：不确定 · Seconds left on its clock, negative: over; null: not measured"""


@dataclass(frozen=True, slots=True)
class ShownTurned:
    """变化的判定 · Turned | 变更前后的判定；null：没有此承诺 · A verdict before and after; null: no such promise."""

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    target: Target
    """指标 · Target | 服务承诺的种类 · The kind of promise"""
    occurrence: Annotated[Positive, ("maximum", 100_000)]
    """次序 · Occurrence | 第几次申请备件，或修复保持住之后重新打开的第几轮；否则为 1 · The number of the request for a part, or of the round after a repair that had held; else 1"""
    severity: Level
    """级别 · Severity | 适用的级别 · The level that applies"""
    month: BoundedMonth | None
    """月份 · Month | 合同当地月份 · A contract-local month"""
    before: ShownStanding | None
    """变更前 · Before | null：没有 · null: there is none"""
    after: ShownStanding | None
    """变更后 · After | null：没有 · null: there is none"""


@dataclass(frozen=True, slots=True)
class ShownShare:
    """达标率 · Share | 分子与分母 · Numerator and denominator."""

    met: Bounded
    """达标 · Met | 达标数 · How many were kept"""
    judged: Bounded
    """已判定 · Judged | 已判定数 · How many were judged"""


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """月达标率 · Month | 一个月变更前后的达标率 · A month's compliance before and after."""

    month: BoundedMonth
    """月份 · Month | 合同当地月份 · A contract-local month"""
    before: ShownShare | None
    """变更前 · Before | null：没有 · null: there is none"""
    after: ShownShare | None
    """变更后 · After | null：没有 · null: there is none"""
    lost: Bounded
    """缺少的判定 · Lost | 因记录消失或无法读取而不再计入的判定数 · Verdicts no longer counted, as their records are gone or cannot be read"""


@dataclass(frozen=True, slots=True)
class ShownRestatedMonth:
    """已结月份 · Closed month | 变更使已结月份的承诺结果不同 · A closed month that the change restates."""

    month: BoundedMonth
    """月份 · Month | 已结的合同当地月份 · A contract-local month that is closed"""
    promises: Bounded
    """承诺 · Promises | 结果有变的承诺数 · How many of its promises come out otherwise"""


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """约定变化 · Setting | 合同约定的变化及其影响 · A change of the contract and what it alters."""

    setting: Setting
    """约定 · Setting | 合同中变化的部分 · The part of the contract that is changed"""
    altered: tuple[ShownTurned, ...]
    """改变的判定 · Altered | 仅此一项就会改变的已有判定 · Existing verdicts that this alone would alter"""
    values: tuple[Alteration, ...]
    """差异 · Values | 逐项的差异，最多 40 项 · What is otherwise, at most 40"""
    more: Bounded
    """其余 · More | 未列出的差异数 · How many more there are"""


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """备件 · Piece | 一件备件的所在 · Where a part is."""

    state: PieceState
    """状态 · State | 备件状态 · Where it is"""
    depot: str | None
    """备件库 · Depot | null：不在库 · null: in none"""
    depot_name: str | None
    """库名 · Depot name | 备件库名称；null：不在库 · What the depot is called; null: in none"""
    ticket: str | None
    """工单 · Ticket | null：未领用 · null: issued to none"""


@dataclass(frozen=True, slots=True)
class ShownMoved:
    """备件变动 · Moved | 变更前后的所在 · Where it is before and after."""

    part: str
    """型号 · Part | 备件型号 · The part"""
    name: str
    """名称 · Name | 备件名称；无从得知时为型号 · What the part is called; its id where nothing says so"""
    serial: str
    """序列号 · Serial | 备件序列号 · Its serial number"""
    before: ShownPiece | None
    """变更前 · Before | null：没有 · null: there is none"""
    after: ShownPiece | None
    """变更后 · After | null：没有 · null: there is none"""


@dataclass(frozen=True, slots=True)
class DifferenceOutput:
    """变更影响 · Difference | weibao diff --format json 的输出 · What weibao diff --format json prints."""

    base: CommitId
    """变更前 · Base | 对照的提交 · The commit before the change"""
    head: CommitId
    """变更后 · Head | 变更的提交 · The commit that has the change"""
    as_of: Time
    """截至 · As of | 两个提交都以此时刻判定 · The instant as of which both are judged"""
    seen_log: Annotated[CommitId, Mark.ABSENT]
    """首见记录 · Seen log | 所用首见记录的提交；平台没有这种记录时不出现 · The commit of the forge's log of what it saw first; absent where there is no such log"""
    proposed: bool
    """预览 · Proposed | true：按此刻合并预览；false：已在正式分支上 · true: as if it were merged at that instant; false: as it landed"""
    added: tuple[ShownAdded, ...]
    """新增步骤 · Added | 按文件排列 · Ordered by path"""
    removed: tuple[str, ...]
    """消失的记录 · Removed | 不再存在的记录文件 · Records that are there no longer"""
    unreadable: tuple[str, ...]
    """无法读取的记录 · Unreadable | 无法再读取的记录文件 · Records that can no longer be read"""
    configuration: tuple[str, ...]
    """其他变化 · Configuration | 其他变化的文件 · Other files that are changed"""
    verdicts: tuple[ShownTurned, ...]
    """变化的判定 · Verdicts | 结果不同的判定，以及新增和消失的承诺 · Verdicts with another outcome, and promises that come or go"""
    months: tuple[ShownMonth, ...]
    """月达标率 · Months | 达标率变化的月份 · Months with another compliance"""
    restated: tuple[ShownRestatedMonth, ...]
    """更正 · Restated | 因此须更正的已结月份；结月数字不变，更正并列 · Closed months that this restates: their figures stand, with the restatement beside them"""
    settings: tuple[ShownSetting, ...]
    """约定变化 · Settings | 合同约定的变化 · What the contract settles otherwise"""
    stock: tuple[ShownMoved, ...]
    """备件变动 · Stock | 所在变化的备件 · Parts that lie elsewhere"""
    new: tuple[ShownFinding, ...]
    """新发现 · New | 变更带来的检查结果 · Findings that the change brings"""
    gone: tuple[ShownFinding, ...]
    """不再出现 · Gone | 不再出现的检查结果；消失或无法读取的记录除外 · Findings that are there no longer, but for those of records that are gone or cannot be read"""


def shown_difference(
    found: Difference, records: Records, zone: ZoneInfo, words: Language
) -> DifferenceOutput:
    """The difference; findings and names are told in one language, the names by these records."""
    return shown_as(
        DifferenceOutput,
        found,
        as_of=_time(found.as_of, zone),
        added=tuple(shown_added(gained, records, zone, words) for gained in found.added),
        verdicts=tuple(shown_turned(pair, zone) for pair in found.turned),
        months=tuple(map(_month, found.months)),
        restated=tuple(shown_as(ShownRestatedMonth, month) for month in found.restated),
        settings=tuple(_setting(setting, zone) for setting in found.settings),
        stock=tuple(_moved(part, records, words) for part in found.moved),
        new=shown_findings(found.new, words),
        gone=shown_findings(found.gone, words),
    )


def silent(told: DifferenceOutput) -> bool:
    """Whether the change does nothing that a reviewer must be told."""
    lists = (told.added, told.removed, told.unreadable, told.verdicts, told.months)
    return not any((*lists, told.settings, told.stock, told.new, told.gone))


def shown_added(added: Added, records: Records, zone: ZoneInfo, words: Language) -> ShownAdded:
    """Entries that a record gains, with what they say in one language."""
    kind = kind_of(added.path) or ""
    saying = plainly(records, words)
    return shown_as(
        ShownAdded,
        added,
        entries=tuple(
            shown_as(
                ShownAddedEntry,
                proven,
                proven.entry,
                at=_time(proven.entry.at, zone),
                name=person_called(records, proven.entry.by, words),
                effective=_time(proven.effective, zone),
                facts=tuple(
                    ShownFact(field.key, value)
                    for field, value in entry_facts(kind, proven.entry, saying)
                ),
            )
            for proven in added.entries
        ),
    )


def shown_turned(pair: Turned, zone: ZoneInfo) -> ShownTurned:
    """A promise with its verdict before and after."""
    before, after = _standing(pair.before, zone), _standing(pair.after, zone)
    return shown_as(ShownTurned, pair.verdict, before=before, after=after)


def _standing(verdict: Verdict | None, zone: ZoneInfo) -> ShownStanding | None:
    if verdict is None:
        return None
    due = None if verdict.due is None else _time(verdict.due, zone)
    return ShownStanding(verdict.outcome, verdict.clock, due, verdict.margin_seconds)


def _month(changed: ChangedMonth) -> ShownMonth:
    before, after = (
        month and shown_as(ShownShare, month) for month in (changed.before, changed.after)
    )
    return shown_as(ShownMonth, changed, before=before, after=after)


def _setting(changed: ChangedSetting, zone: ZoneInfo) -> ShownSetting:
    return ShownSetting(
        setting=changed.setting,
        altered=tuple(shown_turned(pair, zone) for pair in changed.altered),
        values=changed.values.alterations,
        more=changed.values.more,
    )


def _moved(moved: Moved, records: Records, words: Language) -> ShownMoved:
    return shown_as(
        ShownMoved,
        moved,
        name=part_called(records, moved.part, words),
        before=_place(moved.before, records, words),
        after=_place(moved.after, records, words),
    )


def _place(piece: Piece | None, records: Records, words: Language) -> ShownPiece | None:
    if piece is None:
        return None
    name = depot_called(records, piece.depot, words) if piece.depot else None
    return shown_as(ShownPiece, piece, depot_name=name)


def _time(instant: Instant, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(instant, UTC).astimezone(zone)
