"""The corrective actions as ``weibao action list --format json`` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from weibao.model.shown import Filled, Moment
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import Head, head

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.operations.actions import Action
    from weibao.report.book import Book

Step = Annotated[str, ("enum", ("raised", "done", "verified"))]


@dataclass(frozen=True, slots=True)
class ShownOrigin:
    """事由 · Origin | 一项来由 · One origin."""

    kind: Annotated[str, ("enum", ("ticket", "inspection", "finding", "audit"))]
    """种类 · Kind | 来由的种类 · The kind of origin"""
    name: Filled
    """名称 · Name | 编号或说明 · The id, the code or the words"""


@dataclass(frozen=True, slots=True)
class ShownActionStep:
    """步骤 · Step | 一个步骤 · One step."""

    at: Moment
    """时间 · At | 条目所写的时间 · The time that the entry claims"""
    event: Step
    """事件 · Event | 做了什么 · What was done"""
    by: Filled
    """经手人 · By | 经手人 · Who did it"""
    note: str | None
    """备注 · Note | 备注 · The note"""


@dataclass(frozen=True, slots=True)
class ShownAction:
    """整改项 · Action | 一项整改 · One corrective action."""

    action: Filled
    """整改项 · Action | 整改项编号 · The action's id"""
    text: Filled
    """内容 · Text | 整改内容 · What is to be done"""
    about: tuple[ShownOrigin, ...]
    """事由 · About | 整改的来由 · What it comes from"""
    owner: Filled
    """责任人 · Owner | 责任人 · Who is responsible"""
    due: date
    """期限 · Due | 按时的最后一天 · The last day on time"""
    state: Step
    """状态 · State | 现在的状态 · Where it stands"""
    overdue: bool
    """逾期 · Overdue | 是否逾期未完成 · Whether it is late and not done"""
    steps: tuple[ShownActionStep, ...]
    """步骤 · Steps | 按时间排列 · In the order of time"""


@dataclass(frozen=True, slots=True)
class ActionsOutput:
    """整改项列表 · Actions | weibao action list --format json 的输出 · What weibao action list --format json prints."""

    head: Head
    actions: tuple[ShownAction, ...]
    """整改项 · Actions | 未完成的在前，按期限排列 · What is open first, by day due"""


def actions(book: Book, chosen: Iterable[Action]) -> ActionsOutput:
    """``weibao action list``."""
    return ActionsOutput(head(book), tuple(map(_action, chosen)))


def _action(action: Action) -> ShownAction:
    return shown_as(
        ShownAction,
        action,
        action=action.id,
        about=tuple(ShownOrigin(kind, name) for kind, name in action.about.items()),
        steps=tuple(shown_as(ShownActionStep, entry) for entry in action.steps),
    )
