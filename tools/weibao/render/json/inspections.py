"""The inspections as the commands print them as JSON: one with its checks, all, and the rounds that are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.model.events import CHECK_STATUSES, State
from weibao.model.inspection import check_results
from weibao.model.shown import Count, Filled, InspectionId, Keyed, Mark, TicketId
from weibao.operations.planned import DueWork
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, ShownEntry, head, shown_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """检查数 · Counts | 各结果的检查数 · How many checks came out how."""

    ok: Count
    """正常 · OK | 正常的检查数 · Checks that were fine"""
    warning: Count
    """告警 · Warning | 告警的检查数 · Checks with a warning"""
    failed: Count
    """不合格 · Failed | 不合格的检查数 · Checks that failed"""
    not_applicable: Count
    """不适用 · Not applicable | 不适用的检查数 · Checks that do not apply"""


@dataclass(frozen=True, slots=True)
class ShownLeft:
    """未检查 · Left | 一台设备上没有检查的项目 · What nobody looked at on an asset."""

    asset: Filled
    """设备 · Asset | 设备编号 · The asset's id"""
    items: tuple[Filled, ...]
    """检查项 · Items | 没有检查的项目；没有检查表时为空 · What was not looked at; empty where there is no checklist"""
    skipped: bool
    """跳过 · Skipped | 是否说明了原因 · Whether somebody said why"""


@dataclass(frozen=True, slots=True)
class ShownCoverage:
    """完成度 · Coverage | 计划内的设备与检查项完成了多少 · How much of what the plan promised was looked at."""

    assets: Count
    """设备 · Assets | 全部检查项都已检查的设备数 · Assets on which every item was looked at"""
    assets_planned: Count
    """计划设备 · Assets planned | 计划检查的设备数 · Assets that the plan promised"""
    checks: Count
    """检查 · Checks | 已检查的项目数 · Items looked at, asset by asset"""
    checks_planned: Count
    """计划检查 · Checks planned | 计划检查的项目数 · Items that the plan promised, asset by asset"""
    left: tuple[ShownLeft, ...]
    """未检查 · Left | 没有检查完的设备 · The assets with something left"""


@dataclass(frozen=True, slots=True)
class ShownRound:
    """一期巡检 · Round | 一期计划巡检及其完成度 · One planned round, and how much of it was looked at."""

    work: Annotated[DueWork, Mark.INLINE]
    coverage: ShownCoverage | None
    """完成度 · Coverage | 尚未到期也未开始的为 null · null of one that has neither come nor begun"""


@dataclass(frozen=True, slots=True)
class ShownInspection:
    """巡检 · Inspection | 一次巡检 · One inspection."""

    inspection: InspectionId
    """巡检 · Inspection | 巡检编号 · The inspection's id"""
    plan: Filled
    """计划 · Plan | plan.yaml 中的编号 · The key in plan.yaml"""
    period: Filled
    """周期 · Period | 哪一期 · Which round"""
    state: Annotated[State, ("enum", ("started", "completed", "confirmed"))]
    """状态 · State | 现在的状态 · Where it stands"""
    counts: Annotated[Mapping[str, Count], Keyed(CheckCounts)]
    """检查数 · Counts | 各结果的检查数；重复检查的取较重的 · How many items came out how; of one looked at twice, the graver"""
    round: ShownRound | None
    """所属一期 · Round | 所属的计划巡检；不属于任何一期的为 null · The planned round that it is of; null where it is of none"""


@dataclass(frozen=True, slots=True)
class ShownCheckItem:
    """检查 · Check | 一项检查 · One check."""

    index: Count
    """序号 · Index | 在日志中的次序，从 0 起 · The place in the log, from 0"""
    asset: Filled
    """设备 · Asset | 设备编号 · The asset's id"""
    item: Filled
    """检查项 · Item | 检查项编号 · The item's id"""
    value: Annotated[float | str | None, ("type", ("number", "string", "null"))]
    """数值 · Value | 测得的数值或看到的情况 · What was measured or seen"""
    unit: str | None
    """单位 · Unit | 计量单位 · The unit"""
    status: Annotated[str, ("enum", CHECK_STATUSES)]
    """结果 · Status | 检查结果 · How it came out"""
    ticket: TicketId | None
    """工单 · Ticket | 由此开的工单 · The ticket that it names"""


@dataclass(frozen=True, slots=True)
class InspectionOutput:
    """巡检 · Inspection | weibao inspection show --format json 的输出 · What weibao inspection show --format json prints."""

    head: Head
    inspection: Annotated[ShownInspection, Mark.INLINE]
    assets: tuple[Filled, ...]
    """设备 · Assets | 检查的设备 · The assets inspected"""
    entries: tuple[ShownEntry, ...]
    """条目 · Entries | 按日志顺序 · In the order of the log"""
    checks: tuple[ShownCheckItem, ...]
    """检查 · Checks | 按日志顺序 · In the order of the log"""


@dataclass(frozen=True, slots=True)
class InspectionsOutput:
    """巡检列表 · Inspections | weibao inspection list --format json 的输出 · What weibao inspection list --format json prints."""

    head: Head
    inspections: tuple[ShownInspection, ...]
    """巡检 · Inspections | 按编号排列 · Ordered by id"""


@dataclass(frozen=True, slots=True)
class RoundsOutput:
    """到期巡检 · Rounds due | weibao inspection due --format json 的输出 · What weibao inspection due --format json prints."""

    head: Head
    rounds: tuple[ShownRound, ...]
    """巡检 · Rounds | 最紧迫的在前 · The most pressing first"""


def inspection(book: Book, chosen: Inspection) -> InspectionOutput:
    """``weibao inspection show``: the header, every entry with its evidence, the checks."""
    return InspectionOutput(
        head=head(book),
        inspection=_inspection(book, chosen),
        assets=chosen.assets,
        entries=shown_entries(book, chosen.id),
        checks=tuple(_check(entry) for entry in chosen.log if entry.event == "checked"),
    )


def inspections(book: Book, chosen: Iterable[Inspection]) -> InspectionsOutput:
    """``weibao inspection list``: inspections in the order of their ids."""
    ordered = sorted(chosen, key=lambda inspection: inspection.id)
    return InspectionsOutput(
        head(book), tuple(_inspection(book, inspection) for inspection in ordered)
    )


def due(book: Book, rounds: Iterable[DueWork]) -> RoundsOutput:
    """``weibao inspection due``: rounds that are not done, the most pressing first."""
    return RoundsOutput(head(book), tuple(map(_round, rounds)))


def _round(work: DueWork) -> ShownRound:
    coverage = work.coverage
    if coverage is None or not (coverage.promised or work.records):
        return ShownRound(work, None)
    return ShownRound(
        work,
        ShownCoverage(
            assets=coverage.assets.count,
            assets_planned=coverage.assets.of,
            checks=coverage.checks.count,
            checks_planned=coverage.checks.of,
            left=tuple(
                ShownLeft(asset, items, asset in coverage.skipped)
                for asset, items in coverage.left.items()
            ),
        ),
    )


def _inspection(book: Book, chosen: Inspection) -> ShownInspection:
    found = check_results(chosen.log).by_status
    return shown_as(
        ShownInspection,
        chosen,
        book.states[chosen.id],
        inspection=chosen.id,
        counts={status: found[status] for status in CHECK_STATUSES},
        round=_round(book.round_of[chosen.id]) if chosen.id in book.round_of else None,
    )


def _check(entry: Entry) -> ShownCheckItem:
    data = entry.data
    return ShownCheckItem(
        index=entry.index,
        asset=data["asset"],
        item=data["item"],
        value=data.get("value"),
        unit=data.get("unit"),
        status=data["status"],
        ticket=data.get("ticket"),
    )
