"""The promised reports as ``weibao report list --format json`` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.shown import Filled, Moment
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.operations.deliverables import Delivery
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShownDelivery:
    """报告 · Report | 一份约定的报告 · One report that was promised."""

    kind: Filled
    """种类 · Kind | 报告的种类 · Which report"""
    covers: Filled
    """覆盖 · Covers | 所覆盖时段的最后一个月，或巡检 · The last month that it covers, or the round"""
    over: Moment
    """结束 · Over | 所覆盖的时段何时结束 · When what it covers was over"""
    due: Moment | None
    """期限 · Due | 按时的最后一刻；null：日历未覆盖 · The last instant on time; null where no calendar says it"""
    in_time: bool
    """按时 · In time | 是否按时发布 · Whether it was issued in time"""
    issued: Moment | None
    """发布 · Issued | 按证据；null：未发布 · By the evidence; null while it is not"""
    grade: Annotated[Grade | None, ("enum", (*Grade, None))]
    """证据等级 · Grade | 发布所依据的证据；null：未发布 · What the issue rests on; null while it is not"""
    version: int
    """版次 · Version | 已发布的版数 · How often it was issued"""
    revised: Moment | None
    """修订 · Revised | 最近一版自何时起在修订；null：未在修订 · Since when its last version is being revised; null where that stands"""
    submitted: Moment | None
    """提交 · Submitted | 提交给客户；null：未提交 · Given to the customer; null while it is not"""
    accepted: Moment | None
    """认可 · Accepted | 客户认可；null：未认可 · Accepted by the customer; null while it is not"""
    disputed: Moment | None
    """异议 · Disputed | 客户有异议且其后未认可；null：没有 · Disputed, and not accepted since; null where it is not"""
    first_hand: bool
    """亲手 · First-hand | 客户的答复是否出自其本人之手；否则为服务商自报 · Whether that answer is in the customer's own hand, and not on the provider's word alone"""


@dataclass(frozen=True, slots=True)
class DeliveriesOutput:
    """报告列表 · Reports | weibao report list --format json 的输出 · What weibao report list --format json prints."""

    head: Head
    reports: tuple[ShownDelivery, ...]
    """报告 · Reports | 约定的、时段已结束的报告 · Those promised of which the period is over"""


def deliveries(book: Book, chosen: Iterable[Delivery]) -> DeliveriesOutput:
    """``weibao report list``."""
    return DeliveriesOutput(
        head(book), tuple(shown_as(ShownDelivery, delivery) for delivery in chosen)
    )
