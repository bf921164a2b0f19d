"""The key figures as ``weibao kpi`` prints them as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.shown import Called, Count, Filled, Mark, Moment
from weibao.render.json.parts import Head, head
from weibao.report.figure import Unit
from weibao.sla.figures import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.report.book import Book
    from weibao.report.figure import FigureRow, Measured, Period
    from weibao.sla.tally import Tally


@dataclass(frozen=True, slots=True)
class ShownTally:
    """计数 · Tally | 分子与分母 · A numerator and its denominator."""

    numerator: Count
    """分子 · Numerator | 计入的 · Those that count"""
    denominator: Count
    """分母 · Denominator | 全部；0 即无数据 · All of them; 0 is no figure at all"""


@dataclass(frozen=True, slots=True)
class ShownFigureRow:
    """依据 · Row | 指标背后的一条记录 · One record behind a figure."""

    record: Filled
    """记录 · Record | 记录编号，或文件 · The record's id, or the file"""
    what: str
    """项 · What | 记录的哪一项；空为整条记录 · Which of the record's; empty for the record"""
    group: str
    """分组 · Group | 按什么分列 · What it is told apart by"""
    tally: ShownTally
    """计数 · Tally | 对分子、分母的贡献 · What it adds to either"""
    on_claim: ShownTally
    """按自报 · On claim | 若全部相信自报时间 · The same, were every claim believed"""
    amount: str | None
    """金额 · Amount | 十进制数；null：不是金额 · A decimal number; null where it is no amount"""
    seconds: Count | None
    """秒数 · Seconds | 时长；null：不是时长 · How long it lasted; null where it is no length"""
    grade: Annotated[Grade | None, ("enum", (*Grade, None))]
    """证据等级 · Grade | 所依据的最弱证据；null：不问证据 · The worst that it rests on; null where none is asked for"""


@dataclass(frozen=True, slots=True)
class ShownNumbers:
    """数值 · Numbers | 一项指标在期间内的数值 · The numbers of a figure over the period."""

    group: str
    """分组 · Group | 分列的组；空为合计 · What it is told apart by; empty for all together"""
    tally: ShownTally
    """计数 · Tally | 分子与分母，不含导入的 · Numerator and denominator, imported ones left out"""
    on_claim: ShownTally
    """按自报 · On claim | 若全部相信自报时间 · The same, were every claim believed"""
    own_clock: ShownTally
    """仅凭登记人的时钟 · Own clock | 其中等级为 O 的 · Those of it of grade O"""
    imported: ShownTally
    """导入 · Imported | 凭导入条目的，单列 · On imported entries, counted apart"""
    amount: str | None
    """金额 · Amount | 十进制数，不超过每月上限；null：不是金额或无可扣减 · A decimal number, within each month's cap; null where it is no amount or nothing can cost anything"""
    mean_seconds: Count | None
    """平均秒数 · Mean | 时长的平均，向下取整；null：不是时长或没有 · The mean of the lengths, rounded down; null where there is none"""
    mean_seconds_on_claim: Count | None
    """按自报的平均秒数 · Mean on claim | 若全部相信自报时间 · The same, were every claim believed"""
    bands: tuple[Count, ...]
    """分段 · Bands | 各时长段的个数，末项为超过各段的；空：不分段 · How many lengths are in each band, the last beyond all; empty where there are none"""
    target: str | None
    """目标 · Target | 合同约定的目标；null：未约定，或期间不是一个月 · What the contract asks; null where it asks nothing, or the period is no month"""
    reached: bool | None
    """达成 · Reached | 是否达成；null：无目标或无可计 · Whether it was reached; null without a target, or with nothing to count"""
    spread: Spread | None
    """分布 · Spread | 少于五个时为 null · Null where there are fewer than five"""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """指标 · Figure | 一项指标 · A key figure."""

    name: Filled
    """名称 · Name | 命令中的名称 · What commands call it"""
    unit: Annotated[Unit, ("enum", tuple(Unit))]
    """单位 · Unit | 比例、时间占比、时长、平均分、金额、每次间隔 · A share, a share of time, lengths, a mean of scores, money, time for each event"""
    provisional: bool
    """可能变化 · Provisional | 期间之后的事还可能改变它 · Whether what comes later may still change it"""
    closed: ShownTally | None
    """结月 · Closed | 该月结月时的数字；null：不是已结月份，或结月不含此项 · What the month was closed with; null where it is no closed month, or its close does not say"""
    numbers: tuple[ShownNumbers, ...]
    """数值 · Numbers | 合计（若有意义）与各组 · All together, where that means anything, then each group"""
    rows: Annotated[tuple[ShownFigureRow, ...], Mark.ABSENT] = ()
    """依据 · Rows | 背后的每条记录；未要求时不出现 · Every record behind it; absent where they were not asked for"""


@dataclass(frozen=True, slots=True)
class KpiOutput:
    """指标 · Key figures | weibao kpi --format json 的输出 · What weibao kpi --format json prints."""

    head: Head
    start: Annotated[Moment, Called("from")]
    """起 · From | 期间的开始 · The beginning of the period"""
    end: Annotated[Moment, Called("to")]
    """止 · To | 期间的结束（不含） · The end of the period, excluded"""
    figures: tuple[ShownFigure, ...]
    """指标 · Figures | 按固定顺序排列 · In their order"""


def kpi(book: Book, period: Period, figures: Iterable[Measured], *, explained: bool) -> KpiOutput:
    """``weibao kpi``: these figures over the period, with the records behind them where they are asked for."""
    shown = tuple(
        ShownFigure(
            name=measured.figure.name,
            unit=measured.figure.unit,
            provisional=measured.provisional,
            closed=_tally(measured.closed) if measured.closed else None,
            numbers=tuple(_numbers(group, part) for group, part in _parts(measured)),
            rows=tuple(map(_row, (*measured.counted, *measured.imported))) if explained else (),
        )
        for measured in figures
    )
    return KpiOutput(head(book), period.start, period.end, shown)


def _parts(measured: Measured) -> list[tuple[str, Measured]]:
    whole = [("", measured)] if measured.figure.whole else []
    return [*whole, *measured.groups.items()]


def _numbers(group: str, measured: Measured) -> ShownNumbers:
    return ShownNumbers(
        group=group,
        tally=_tally(measured.tally),
        on_claim=_tally(measured.on_claim),
        own_clock=_tally(measured.own_clock),
        imported=_tally(measured.by_import),
        amount=None if measured.amount is None else str(measured.amount),
        mean_seconds=measured.mean,
        mean_seconds_on_claim=measured.mean_on_claim,
        bands=measured.bands,
        target=_target(measured),
        reached=measured.kept,
        spread=measured.spread,
    )


def _target(measured: Measured) -> str | None:
    bound = measured.bound
    return None if bound is None else f"{'>=' if bound.at_least else '<='} {bound.said}"


def _row(row: FigureRow) -> ShownFigureRow:
    return ShownFigureRow(
        record=row.record,
        what=row.what,
        group=row.group,
        tally=_tally(row.tally),
        on_claim=_tally(row.on_claim or row.tally),
        amount=None if row.amount is None else str(row.amount),
        seconds=row.seconds,
        grade=row.grade,
    )


def _tally(tally: Tally) -> ShownTally:
    return ShownTally(int(tally.count), int(tally.of))
