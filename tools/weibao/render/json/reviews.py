"""The reviews as ``weibao review list --format json`` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.events import REVIEW_EVENTS
from weibao.model.shown import Filled, Moment
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, head

if TYPE_CHECKING:
    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book

Reviewed = Annotated[str, ("enum", tuple(event.name for event in REVIEW_EVENTS))]


@dataclass(frozen=True, slots=True)
class ShownReviewFact:
    """事实 · Fact | 条目的一个字段 · One key of the entry."""

    key: Filled
    """字段 · Key | 字段名 · The key"""
    value: Filled
    """值 · Value | 字段的值 · What it says"""


@dataclass(frozen=True, slots=True)
class ShownReview:
    """考评 · Review | 一次考评 · One review."""

    at: Moment
    """时间 · At | 条目所写的时间 · The time that the entry claims"""
    event: Reviewed
    """事件 · Event | 做了什么 · What was done"""
    by: Filled
    """经手人 · By | 经手人 · Who did it"""
    grade: Grade
    """证据等级 · Grade | 证据等级 · How well the claim is supported"""
    facts: tuple[ShownReviewFact, ...]
    """内容 · Facts | 条目的其余字段 · What else the entry says"""
    note: str | None
    """备注 · Note | 备注 · The note"""


@dataclass(frozen=True, slots=True)
class ReviewsOutput:
    """考评 · Reviews | weibao review list --format json 的输出 · What weibao review list --format json prints."""

    head: Head
    reviews: tuple[ShownReview, ...]
    """考评 · Reviews | 最近的在前 · The latest first"""


def reviews(book: Book) -> ReviewsOutput:
    """``weibao review list``."""
    return ReviewsOutput(head(book), tuple(map(_review, reversed(book.proofs["reviews"].timeline))))


def _review(proven: ProvenEntry) -> ShownReview:
    facts = (ShownReviewFact(key, str(value)) for key, value in proven.entry.data.items())
    return shown_as(ShownReview, proven, proven.entry, facts=tuple(facts))
