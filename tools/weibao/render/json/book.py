"""The JSON of the commands: a stable interface, described by ``schemas/output/``.

The same bytes for the same commit and instant. Times are RFC 3339 in the contract's zone, null
where there is none; seconds are integers of working time on the target's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.shown import (
    TicketId,
)
from weibao.render.json.parts import (
    Head,
    ShownEntry,
    ShownFinding,
    ShownTicket,
    head,
    shown_entries,
    shown_finding,
    shown_ticket,
)
from weibao.sla.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.ticket import Ticket
    from weibao.render.words.findings import FindingText
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ExplainOutput:
    """判定说明 · Explanation | weibao explain --format json 的输出 · What weibao explain --format json prints."""

    head: Head
    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    entries: tuple[ShownEntry, ...]
    """条目 · Entries | 按日志顺序 · In the order of the log"""
    verdicts: tuple[Verdict, ...]
    """判定 · Verdicts | 按指标、次序排列 · Ordered by target and occurrence"""


def explain(book: Book, ticket: Ticket) -> ExplainOutput:
    """``weibao explain``."""
    entries = shown_entries(book, ticket.id)
    return ExplainOutput(head(book), ticket.id, entries, book.verdicts_of(ticket.id))


@dataclass(frozen=True, slots=True)
class TicketsOutput:
    """工单列表 · Tickets | weibao ticket list --format json 的输出 · What weibao ticket list --format json prints."""

    head: Head
    tickets: tuple[ShownTicket, ...]
    """工单 · Tickets | 按编号排列 · Ordered by id"""


def tickets(book: Book, chosen: Iterable[Ticket]) -> TicketsOutput:
    """``weibao ticket list``."""
    ordered = sorted(chosen, key=lambda ticket: ticket.id)
    return TicketsOutput(head(book), tuple(shown_ticket(book, ticket) for ticket in ordered))


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """检查结果 · Findings | weibao check --format json 的输出 · What weibao check --format json prints."""

    findings: tuple[ShownFinding, ...]
    """检查结果 · Findings | 按位置排列 · Ordered by place"""


def check(told: Iterable[FindingText]) -> CheckOutput:
    """``weibao check``."""
    return CheckOutput(tuple(map(shown_finding, told)))
