"""What a verdict is: whether one promise about one ticket was kept, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.duration import Duration
from weibao.model.imported import Precision
from weibao.model.shown import (
    UNIQUE,
    Called,
    CommitId,
    Count,
    Level,
    Mark,
    Moment,
    Month,
    Positive,
    Target,
    TicketId,
)

if TYPE_CHECKING:
    from weibao.model.instant import Instant


class Outcome(StrEnum):
    """How a promise stands (design, "Service levels")."""

    MET = "met"
    BREACHED = "breached"
    RUNNING = "running"
    AT_RISK = "at_risk"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    UNDETERMINED = "undetermined"


NOT_MISSED = frozenset({Outcome.MET, Outcome.WAIVED, Outcome.CANCELLED})
"""Kept, or not asked for any more."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that counts, from ``start`` (included) to ``end`` (excluded; None: still running)."""

    start: Instant
    end: Instant | None
    reason: str


@dataclass(frozen=True, slots=True)
class UndoneRepair:
    """A repair that did not hold: when it was made, and the reopening that voided it."""

    made: Instant
    reopened: Instant


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict. Seconds are integers of working time on the target's ``clock``.

    Of what is not shown: ``clock`` is the name of the calendar that measures it; ``within`` is the length
    that was promised, by the edition that rules; ``pauses`` are those
    between start and stop; ``reopened`` is the reopening with which a further occurrence began; ``undone``
    are the repairs that would have stopped it, had they held; ``ended_by`` is the place in the log of the entry that ended it (its stop, the
    repair that waived it, the cancellation), None while nothing has; ``late_seconds`` are, of a breach, the
    seconds on the wall from ``due`` to its end, or to the instant of judging while nothing has ended it,
    None for every other outcome; ``uncovered`` is the first instant that it needs and no calendar covers. A promise can be past due with no margin used up: outside working hours
    its clock does not run.

    判定 · Verdict | 一项服务承诺的判定 · The verdict on one promise.
    """

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    target: Target
    """指标 · Target | 服务承诺的种类 · The kind of promise"""
    occurrence: Positive
    """次序 · Occurrence | 第几次申请备件，或修复保持住之后重新打开的第几轮；否则为 1 · The number of the request for a part, or of the round after a repair that had held; else 1"""
    severity: Level | None
    """级别 · Severity | 给出时限的级别；null：旧台账没有写 · The level whose target gives the due time; null: an old register does not say"""
    terms: Annotated[str, ("format", "date")]
    """条款 · Terms | 适用条款的生效日 · The day from which the terms in force took effect"""
    clock: Annotated[str, Mark.HIDDEN]
    within: Annotated[Duration, Mark.HIDDEN]
    outcome: Annotated[Outcome, Called("verdict")]
    """判定 · Verdict | 按证据得出的判定 · The outcome by the evidence"""
    on_claim: Outcome
    """按自报 · On claim | 若全部相信自报时间的判定 · The outcome were every claim believed"""
    at_worst: Annotated[Outcome, ("enum", (*Outcome, None))]
    """最坏情形 · At worst | 若只相信外部见证、客户签名或有文件的内容；null：未推算 · The outcome were nothing believed but what is witnessed from outside, signed or documented; null: not worked out"""
    start: Moment | None
    """起算 · Start | 开始计时的时刻 · When the clock starts"""
    due: Moment | None
    """时限 · Due | 应达到的时刻；null：暂停中或无法确定 · When it is due; null while paused, or where nobody can know"""
    stop: Moment | None
    """停止 · Stop | 停止计时的时刻；null：仍在计时 · When the clock stopped; null while it runs"""
    target_seconds: Count | None
    """目标秒数 · Target seconds | 承诺的工作秒数 · Promised seconds of working time"""
    elapsed_seconds: Count | None
    """已用秒数 · Elapsed seconds | 已用的工作秒数 · Seconds of working time used"""
    paused_seconds: Count | None
    """暂停秒数 · Paused seconds | 扣除的暂停秒数 · Seconds of working time in pauses"""
    margin_seconds: int | None
    """余量秒数 · Margin seconds | 目标减已用，超时为负 · Target less elapsed; negative when overrun"""
    grade: Grade
    """证据等级 · Grade | 所用时间中最弱的证据等级 · The worst grade of the times used"""
    implied: bool
    """推定 · Implied | 是否由后续步骤代替 · Whether a later step stands for one that was skipped"""
    misses: Count | None
    """超时次数 · Misses | 进展通报间隔超时的次数；其余指标为 null · How many gaps between updates overran; null for every other target"""
    month: Month | None
    """月份 · Month | 时限所在的月份（合同时区） · The contract-local month of the due time"""
    commits: Annotated[tuple[CommitId, ...], UNIQUE]
    """提交 · Commits | 判定所依据的提交 · The commits that it rests on"""
    start_precision: Precision | None = None
    """起算精度 · Start precision | 旧台账写到多细，时刻为最早可能；null：确切 · How exactly an old register says it, the instant being the earliest; null: exactly"""
    stop_precision: Precision | None = None
    """停止精度 · Stop precision | 同上 · The same of the stop"""
    pauses: Annotated[tuple[Pause, ...], Mark.HIDDEN] = ()
    reopened: Annotated[int | None, Mark.HIDDEN] = None
    undone: Annotated[tuple[UndoneRepair, ...], Mark.HIDDEN] = ()
    ended_by: Annotated[int | None, Mark.HIDDEN] = None
    late_seconds: Annotated[int | None, Mark.HIDDEN] = None
    uncovered: Annotated[int | None, Mark.HIDDEN] = None

    @property
    def order(self) -> tuple[str, str, int]:
        """How verdicts are listed: by ticket, target, occurrence."""
        return (self.ticket, self.target, self.occurrence)

    def left(self, now: Instant) -> int | None:
        """Seconds until it is due, negative after that; None where nothing is due."""
        return None if self.due is None else self.due - now

    @property
    def paused(self) -> bool:
        """Whether its clock, which nothing has stopped, stands still in a pause."""
        return self.outcome is Outcome.RUNNING and any(pause.end is None for pause in self.pauses)

    @property
    def corroborated(self) -> bool | None:
        """Of a promise that was kept: whether more than the provider's word vouches for it.

        None where it was not kept, or was on imported entries, of which nothing is known either way.
        """
        return self.stands if self.outcome is Outcome.MET else None

    @property
    def stands(self) -> bool | None:
        """Of a promise that was not missed: whether it is not missed at worst either; else None, as above."""
        if self.outcome not in NOT_MISSED or self.grade is Grade.IMPORTED:
            return None
        return self.at_worst in NOT_MISSED
