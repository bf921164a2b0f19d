"""``weibao sla`` as JSON: the verdicts, and of a closed month how it was closed and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import CommitId, Mark, Moment, Month, Positive, Sha256, TicketId
from weibao.render.json.difference import ShownTurned, shown_turned
from weibao.render.json.parts import Head, head
from weibao.sla.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.closing import MonthClose
    from weibao.report.book import Book
    from weibao.report.breaches import Breach
    from weibao.report.closed_months import Restated


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
class ShownCause:
    """超时原因 · Cause | 一项超时的承诺及其说明 · A missed promise and what explains it."""

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    target: str
    """指标 · Target | 服务承诺的种类 · The kind of promise"""
    occurrence: Positive
    """次序 · Occurrence | 第几次 · Its number among those of its kind"""
    cause: str | None
    """原因 · Cause | 超时的原因；null：无人说明 · Why it was missed; null: nobody has said"""
    improvement: str | None
    """改进措施 · Improvement | 今后如何改进 · What will be better"""
    by: str | None
    """说明人 · By | 由谁说明 · Who said so"""
    at: Moment | None
    """时间 · Time | 何时说明 · When they said so"""


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
    causes: Annotated[tuple[ShownCause, ...], Mark.ABSENT] = ()
    """超时原因 · Causes | 用 --breaches 时，每项超时的说明；没有时不出现 · With --breaches what explains each miss; absent where there is none"""


def sla(
    book: Book,
    verdicts: Iterable[Verdict],
    closed: MonthClose | None = None,
    restated: Iterable[Restated] = (),
    breaches: Iterable[Breach] = (),
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
        tuple(map(_cause, breaches)),
    )


def _cause(breach: Breach) -> ShownCause:
    verdict, said = breach.verdict, breach.explanation
    return ShownCause(
        ticket=verdict.ticket,
        target=verdict.target,
        occurrence=verdict.occurrence,
        cause=said.data["cause"] if said else None,
        improvement=said.data["improvement"] if said else None,
        by=said.by if said else None,
        at=said.at if said else None,
    )
