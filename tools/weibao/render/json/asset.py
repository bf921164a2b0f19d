"""A piece of equipment as ``weibao asset show --format json`` prints it: the latest first in every list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from weibao.model.assets import CRITICALITIES
from weibao.model.events import State
from weibao.model.shown import Mark, Moment, TicketId
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, ShownTicket, head, shown_ticket
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from weibao.model.assets import Asset
    from weibao.model.contract import Names
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.report.asset_file import AssetFile, ListedAsset
    from weibao.report.book import Book
    from weibao.sla.availability import ServiceAvailability


@dataclass(frozen=True, slots=True)
class ShownNames:
    """名称 · Name | 各语言的名称 · Its name by language."""

    zh: str | None
    """中文 · Chinese | 中文名称 · Its Chinese name"""
    en: str | None
    """英文 · English | 英文名称 · Its English name"""


@dataclass(frozen=True, slots=True)
class ShownAsset:
    """设备 · Asset | 设备台账的内容 · What the list of assets says."""

    id: str
    """标识 · Id | 设备标识 · The asset's id"""
    name: ShownNames
    """名称 · Name | 各语言的名称 · Its name by language"""
    kind: str
    """类别 · Kind | 设备类别 · What kind of equipment it is"""
    vendor: str | None
    """厂商 · Vendor | 设备厂商 · Its maker"""
    model: str | None
    """型号 · Model | 设备型号 · Its model"""
    serial: str | None
    """序列号 · Serial | 设备序列号 · Its serial number"""
    site: str
    """场所 · Site | 所在场所的标识 · The id of its site"""
    location: str | None
    """位置 · Location | 机房内的位置 · Where on the site"""
    services: tuple[str, ...]
    """服务 · Services | 依赖它的服务 · The services that rest on it"""
    covered_from: date
    """维保起 · Covered from | 第一天 · The first day"""
    covered_to: date
    """维保止 · Covered to | 最后一天，含当天 · The last day, included"""
    tag: str | None
    """资产编号 · Tag | 客户的资产编号 · The customer's own number of it"""
    criticality: Annotated[str | None, ("enum", (*CRITICALITIES, None))]
    """重要程度 · Criticality | 对业务的重要程度 · How much the business rests on it"""
    software: str | None
    """软件版本 · Software | 软件版本 · The version of its software"""
    keeper: str | None
    """保管人 · Keeper | 客户方保管人的标识 · The id of the contact who keeps it"""
    end_of_support: date | None
    """停止支持日 · End of support | 厂商支持它的最后一天 · The last day on which its maker supports it"""


@dataclass(frozen=True, slots=True)
class ShownAvailability:
    """可用率 · Availability | 最近十二个月；没有在保日则为空 · Over the last twelve months; null without a covered day."""

    share: float | None
    """比例 · Share | 一减去加权的不可用时间的比例，按实际感受 · One less the weighted share of what was lost, as experienced"""
    seconds: int
    """总秒数 · Seconds | 在保日的总长 · The length of its covered days"""
    down_seconds: int
    """中断秒数 · Down | 其中的中断时间 · The outage in them"""
    degraded_seconds: int
    """降级秒数 · Degraded | 其中的降级时间 · The time in them in which it worked worse than it should"""
    maintenance_seconds: int
    """维护秒数 · Maintenance | 其中批准窗口内的时间 · The time in them within approved windows"""
    share_by_contract: float | None
    """合同口径 · By contract | 不计批准的窗口，以及运营商和不可抗力的暂停 · Without approved windows and pauses for a carrier or force majeure"""
    excluded_seconds: int
    """不计秒数 · Excluded | 合同口径不计的时间 · What the figure by contract leaves out"""


@dataclass(frozen=True, slots=True)
class ShownFault:
    """检查项 · Check | 一项检查 · One check."""

    item: str
    """项目 · Item | 检查项的标识 · The id of the item"""
    status: Annotated[str, ("enum", ("warning", "failed"))]
    """结果 · Result | 警告或不合格 · A warning or a failure"""
    ticket: str | None
    """工单 · Ticket | 由此开出的工单 · The ticket it raised"""


@dataclass(frozen=True, slots=True)
class ShownAssetRound:
    """巡检 · Inspection | 一轮巡检 · One round."""

    inspection: str
    """编号 · Id | 巡检编号 · The inspection's id"""
    plan: str
    """计划 · Plan | 计划的标识 · The id of its plan"""
    period: str
    """周期 · Period | 所属周期 · The period it is of"""
    state: Annotated[State, ("enum", ("new", "started", "completed", "confirmed"))]
    """状态 · State | 巡检的状态 · Where it stands"""
    found: tuple[ShownFault, ...]
    """发现 · Found | 此设备不正常的检查项 · The checks of this asset that were not well"""


@dataclass(frozen=True, slots=True)
class ShownReplacement:
    """更换 · Replacement | 一次更换 · One replacement."""

    at: Moment
    """时间 · Time | 自报的时间 · The claimed time"""
    ticket: str
    """工单 · Ticket | 所属工单 · The ticket of it"""
    by: str
    """人员 · By | 更换人的标识 · The id of who did it"""
    part: str
    """备件 · Part | 备件的标识 · The id of the part"""
    removed_serial: str
    """拆下序列号 · Removed | 拆下的序列号 · The serial taken out"""
    installed_serial: str
    """装上序列号 · Installed | 装上的序列号 · The serial put in"""


@dataclass(frozen=True, slots=True)
class AssetOutput:
    """设备 · Asset | weibao asset show --format json 的输出 · What weibao asset show --format json prints."""

    head: Head
    asset: ShownAsset
    """设备 · Asset | 设备台账的内容 · What the list of assets says"""
    covered: bool
    """在保 · Covered | 此刻是否在保 · Whether it is covered at the instant"""
    availability: ShownAvailability | None
    """可用率 · Availability | 最近十二个月；没有在保日则为空 · Over the last twelve months; null without a covered day"""
    open: tuple[ShownTicket, ...]
    """未结工单 · Open tickets | 最近报修的在前 · The latest report first"""
    past: tuple[ShownTicket, ...]
    """已结工单 · Past tickets | 最近报修的在前 · The latest report first"""
    inspections: tuple[ShownAssetRound, ...]
    """巡检 · Inspections | 最近的在前 · The latest first"""
    parts_replaced: tuple[ShownReplacement, ...]
    """更换的备件 · Parts replaced | 最近的在前 · The latest first"""


def asset(book: Book, found: AssetFile) -> AssetOutput:
    """``weibao asset show``."""
    share = book.availability.assets.get(found.asset.id)
    return AssetOutput(
        head=head(book),
        asset=_asset(found.asset),
        covered=found.covered,
        availability=_available(share) if share else None,
        open=tuple(shown_ticket(book, ticket) for ticket in found.open),
        past=tuple(shown_ticket(book, ticket) for ticket in found.past),
        inspections=tuple(_round(book, done, faults) for done, faults in found.inspections),
        parts_replaced=tuple(
            ShownReplacement(
                at=entry.at,
                ticket=ticket.id,
                by=entry.by,
                part=entry.data["part"],
                removed_serial=entry.data["removed_serial"],
                installed_serial=entry.data["installed_serial"],
            )
            for ticket, entry in found.replaced
        ),
    )


@dataclass(frozen=True, slots=True)
class ShownListedAsset:
    """设备 · Asset | 列表中的一台设备 · A piece of equipment in the list."""

    asset: Annotated[ShownAsset, Mark.INLINE]
    covered: bool
    """在保 · Covered | 此刻是否在保 · Whether it is covered at the instant"""
    open: tuple[TicketId, ...]
    """未结工单 · Open tickets | 未结工单的编号 · The ids of its open tickets"""


@dataclass(frozen=True, slots=True)
class AssetsOutput:
    """设备列表 · Assets | weibao asset list --format json 的输出 · What weibao asset list --format json prints."""

    head: Head
    assets: tuple[ShownListedAsset, ...]
    """设备 · Assets | 按场所、编号排列 · Ordered by site and id"""


def assets(book: Book, listed: tuple[ListedAsset, ...]) -> AssetsOutput:
    """``weibao asset list``."""
    shown = (ShownListedAsset(_asset(row.asset), row.covered, row.open) for row in listed)
    return AssetsOutput(head(book), tuple(shown))


def _available(found: ServiceAvailability) -> ShownAvailability:
    return shown_as(
        ShownAvailability,
        found,
        share=None if found.share is None else float(found.share),
        degraded_seconds=found.by_condition.get(Condition.DEGRADED, 0),
        maintenance_seconds=found.by_condition.get(Condition.MAINTENANCE, 0),
        share_by_contract=None
        if found.share_by_contract is None
        else float(found.share_by_contract),
    )


def _asset(known: Asset) -> ShownAsset:
    return shown_as(ShownAsset, known, name=shown_names(known.names))


def shown_names(names: Names) -> ShownNames:
    """A name in each language."""
    return ShownNames(names.get("zh"), names.get("en"))


def _round(book: Book, done: Inspection, faults: tuple[Entry, ...]) -> ShownAssetRound:
    return shown_as(
        ShownAssetRound,
        done,
        book.states[done.id],
        inspection=done.id,
        found=tuple(
            ShownFault(check.data["item"], check.data["status"], check.data.get("ticket"))
            for check in faults
        ),
    )
