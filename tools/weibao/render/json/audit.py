"""An audit as ``weibao audit --format json`` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.shown import UNIQUE, CommitId, Count, Keyed, Moment
from weibao.render.json.difference import ShownAdded, ShownTurned, shown_added, shown_turned
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, ShownFinding, head, shown_finding, shown_findings
from weibao.render.words.findings import tell
from weibao.report.audit.audit import AuditState
from weibao.report.audit.configuration import ConfigurationChange
from weibao.report.audit.confirmations import Confirmations
from weibao.report.audit.corroboration import Corroboration
from weibao.report.audit.limits import NEVER_SHOWN
from weibao.report.audit.pauses import PausedTime
from weibao.report.audit.quality import Quality
from weibao.report.audit.sample import Drawn
from weibao.report.clauses.clause import RowState
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.language import Language
    from weibao.model.records import Records
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.since import Since
    from weibao.report.clauses.clause import ClauseState


@dataclass(frozen=True, slots=True)
class ShownAuditCheck:
    """检查项 · Check | 一项检查及其结果 · A check with what it examined and found."""

    name: str
    """名称 · Name | 检查项的名称 · The name of the check"""
    passed: bool
    """通过 · Passed | 没有发现错误 · Whether it found no error"""
    examined: Count
    """检查数量 · Examined | 检查了多少 · How many things it examined"""
    unit: Annotated[str, ("enum", ("commits", "versions", "files", "records", "entries", "things"))]
    """单位 · Unit | 检查的是什么 · What it examined"""
    findings: tuple[ShownFinding, ...]
    """问题 · Findings | 发现的问题 · What it found"""


@dataclass(frozen=True, slots=True)
class ShownLapse:
    """期间不符 · Lapse | 曾有一段时间不符，后已改正 · What was wrong for a part of the term, and no longer is."""

    start: Moment
    """起 · Start | 从此时起 · From when"""
    end: Moment
    """止 · End | 到此时止 · Until when"""
    finding: ShownFinding
    """检查结果 · Finding | 其间的检查结果 · What was wrong"""


@dataclass(frozen=True, slots=True)
class ShownClause:
    """条款 · Clause | 服务方案的一项要求及其现状 · What the service plan asks in a row, and how it stands."""

    row: Annotated[int, ("minimum", 1), ("maximum", 40)]
    """行 · Row | 要求的编号 · The number of the requirement"""
    clause: Annotated[str, ("pattern", r"^[1-9](\.[1-9])+$")]
    """条款 · Clause | 服务方案的条款号 · The clause of the service plan"""
    state: RowState
    """状态 · State | 符合、不符合、曾不符合而已改正、仅有导入数据或尚无证据 · Holds, fails, failed and mended, imported only, or no evidence yet"""
    since: Moment | None
    """不符合自 · Since | 最近一段连续不符合从何时起；未曾不符合则为空 · When the last span began in which it failed without a break; null where it never did"""
    until: Moment | None
    """不符合至 · Until | 何时改正；仍不符合或未曾不符合则为空 · When that was mended; null while it fails, and where it never did"""
    records: Annotated[tuple[str, ...], UNIQUE]
    """证据 · Records | 作为证据的记录：编号、路径，或路径与行号 · What bears witness: ids, paths, or paths with lines"""
    findings: tuple[ShownFinding, ...]
    """检查结果 · Findings | 不利于此项要求的检查结果 · What speaks against the row"""
    lapses: tuple[ShownLapse, ...]
    """期间不符 · Lapses | 合同期内曾有一段时间不符之处，后已改正 · What spoke against it for a part of the term"""


@dataclass(frozen=True, slots=True)
class Settled:
    """新定案 · Settled | 此后定案的承诺数 · How many promises were settled since."""

    met: Count
    """达标 · Met | 达标 · Kept"""
    breached: Count
    """超时 · Breached | 超时 · Broken"""
    waived: Count
    """免除 · Waived | 免除 · Waived"""
    cancelled: Count
    """取消 · Cancelled | 取消 · Cancelled"""


@dataclass(frozen=True, slots=True)
class ShownChangedFile:
    """配置变更 · Change | 提交与文件 · A commit and a file."""

    path: str
    """文件 · Path | 记录库中的路径 · The path in the repository"""
    commit: CommitId
    """提交 · Commit | 作出变更的提交 · The commit that made it"""


@dataclass(frozen=True, slots=True)
class ShownLate:
    """迟记 · Late | 一条迟记 · An entry recorded late."""

    record: str
    """记录 · Record | 记录编号 · The record's id"""
    at: Moment
    """时间 · At | 自报的时间 · The time claimed"""
    event: str
    """步骤 · Event | 步骤的名称 · The event's name"""
    by: str
    """人员 · By | 谁做的 · Who did it"""
    grade: Annotated[Grade, ("enum", ("B", "C", "F"))]
    """等级 · Grade | 证据等级 · How well it is supported"""
    lateness_seconds: int | None
    """迟记秒数 · Lateness | 从自报到证据的秒数 · Seconds from claim to evidence"""
    commit: CommitId | None
    """提交 · Commit | 登记它的提交 · The commit that recorded it"""


@dataclass(frozen=True, slots=True)
class ShownSince:
    """此后的变化 · Since | 上次审计之后的变化 · What changed after the last audit."""

    commit: CommitId
    """提交 · Commit | 上次审计时的提交 · The commit of the last audit"""
    as_of: Moment | None
    """截至 · As of | 其判定的时刻；null：本克隆中没有 · The instant it is judged at; null: not in this clone"""
    descends: bool
    """承接 · Descends | 今天的历史是否包含它 · Whether today's history contains it"""
    added: tuple[ShownAdded, ...]
    """新增条目 · Added | 按文件排列 · Ordered by path"""
    lost: tuple[ShownAdded, ...]
    """消失的条目 · Lost | 那时有、现在没有的 · There then and gone now"""
    removed: tuple[str, ...]
    """消失的记录 · Removed | 消失的记录文件 · Paths of records that are gone"""
    opened: tuple[str, ...]
    """新工单 · Opened | 此后新增的工单 · Tickets that are new"""
    closed: tuple[str, ...]
    """办结 · Closed | 此后办结的工单 · Tickets that ended since"""
    turned: tuple[ShownTurned, ...]
    """变了的判定 · Turned | 已定案却变了的判定 · Settled verdicts that are otherwise now"""
    settled: Annotated[Mapping[Outcome, Count], Keyed(Settled)]
    """新定案 · Settled | 此后定案的承诺数 · How many promises were settled since"""
    configuration: tuple[ShownChangedFile, ...]
    """配置变更 · Configuration | 此后的配置变更 · Changes of the configuration"""
    new: tuple[ShownFinding, ...]
    """新问题 · New | 新发现的问题 · Findings that are new"""
    gone: tuple[ShownFinding, ...]
    """已消除 · Gone | 不再出现的发现 · Findings that are there no longer"""
    late: tuple[ShownLate, ...]
    """迟记 · Late | 新增条目中迟记或矛盾的 · Of the added entries those late or contradicted"""


@dataclass(frozen=True, slots=True)
class AuditOutput:
    """审计 · Audit | weibao audit --format json 的输出 · What weibao audit --format json prints."""

    head: Head
    state: AuditState
    """结论 · State | 可靠；一致但无外部见证；不可靠 · Sound, consistent but unwitnessed, or not sound"""
    branch: str
    """分支 · Branch | 所审的正式分支 · The official branch that was judged"""
    log_reach: Moment | None
    """日志截至 · Log reach | 首见日志最新一行的时间；null：没有日志 · The time of the newest line of the log of first sights; null without one"""
    not_at_worst: Count
    """最坏情形 · Not at worst | 达标、免除或取消的承诺中最坏情形下不成立的 · Of the promises kept, waived or cancelled, those that do not stand at worst"""
    checks: tuple[ShownAuditCheck, ...]
    """检查项 · Checks | 全部检查项 · Every check"""
    clauses: tuple[ShownClause, ...]
    """条款 · Clauses | 服务方案的每行要求 · Every row of the service plan"""
    sample: tuple[Drawn, ...]
    """抽样 · Sample | 抽中的工单；未要求抽样时为空 · The tickets drawn; empty where none were asked for"""
    quality: Quality
    """证据质量 · Quality | 证据的等级与迟记 · Grades and lateness of the evidence"""
    corroboration: Corroboration
    """佐证 · Corroboration | 达标的判定凭什么 · What kept promises rest on"""
    confirmations: Confirmations
    """确认 · Confirmations | 客户的意见由谁登记 · Who recorded what the customer said"""
    pauses: PausedTime
    """暂停 · Pauses | 工单时间有多少处于暂停，由谁暂停 · How much of the tickets' time stood still, and who had it so"""
    configuration: tuple[ConfigurationChange, ...]
    """配置变更 · Configuration | 按合入先后 · In the order of landing"""
    since: ShownSince | None
    """此后的变化 · Since | 上次审计之后的变化；未给出 --since 时为 null · What changed after --since; null without it"""
    never_shown: tuple[Annotated[str, ("enum", tuple(NEVER_SHOWN))], ...]
    """无法证明 · Never shown | git 永远无法证明的事 · What git can never show"""


def shown_audit(audit: Audit, words: Language) -> AuditOutput:
    """The audit; findings are told in one language, all else is the same in every one."""
    return shown_as(
        AuditOutput,
        audit,
        head=head(audit.book),
        branch=audit.book.records.contract.evidence.main,
        log_reach=audit.book.history.sights.reach,
        not_at_worst=audit.not_at_worst.count,
        checks=tuple(
            shown_as(ShownAuditCheck, check, findings=shown_findings(check.findings, words))
            for check in audit.checks
        ),
        clauses=shown_clauses(audit.clauses, words),
        sample=audit.sample.drawn if audit.sample else (),
        since=_since(audit.since, audit.book.records, words) if audit.since else None,
        never_shown=tuple(NEVER_SHOWN),
    )


def shown_clauses(states: Iterable[ClauseState], words: Language) -> tuple[ShownClause, ...]:
    """The rows of the service plan in their order, with all their evidence."""
    return tuple(
        shown_as(
            ShownClause,
            row,
            row.clause,
            clause=row.clause.number,
            findings=shown_findings(row.findings, words),
            lapses=tuple(
                ShownLapse(lapse.start, lapse.end, shown_finding(tell(lapse.finding, words)))
                for lapse in row.lapses
            ),
        )
        for row in states
    )


def _since(since: Since, records: Records, words: Language) -> ShownSince:
    zone = records.contract.zone
    return shown_as(
        ShownSince,
        since,
        added=tuple(shown_added(added, records, zone, words) for added in since.added),
        lost=tuple(shown_added(lost, records, zone, words) for lost in since.lost),
        turned=tuple(shown_turned(pair, zone) for pair in since.turned),
        configuration=tuple(shown_as(ShownChangedFile, change) for change in since.configuration),
        new=shown_findings(since.new, words),
        gone=shown_findings(since.gone, words),
        late=tuple(
            shown_as(
                ShownLate, proven, proven.entry, record=record, lateness_seconds=proven.lateness
            )
            for record, proven in since.late
        ),
    )
