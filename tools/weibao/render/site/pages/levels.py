"""Service levels: every promise by month, severity and target, and every one that was missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.instant import local_month
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.site.pages.ticket import DESCRIPTIONS
from weibao.render.words.cut import cut
from weibao.render.words.deliveries import state_told
from weibao.report.declared_levels import declared_levels
from weibao.report.months import months_of, standing_closes
from weibao.sla.figures import by_gravity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.model.closing import MonthClose
    from weibao.model.entry import Entry
    from weibao.operations.deliverables import Delivery
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.sla.figures import Compliance, MonthOfCompliance
    from weibao.sla.verdict import Verdict


LISTED = 60
"""Promises of a target listed one by one, the latest; the pages of the months have them all."""

_SETTLED = {Outcome.MET, Outcome.BREACHED, Outcome.WAIVED}


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its sum, as it was closed if it was, and the promises of each severity and target as of now."""

    month: str
    total: MonthOfCompliance
    cells: dict[tuple[int | None, str], Compliance]
    severities: tuple[int | None, ...]
    close: MonthClose | None
    reports: tuple[Delivery, ...]

    @property
    def address(self) -> str:
        """The page of its promises."""
        return addresses.month_page(self.month)


@dataclass(frozen=True, slots=True)
class Missed:
    """A promise that was not kept, with the explanations given for it."""

    verdict: Verdict
    title: str
    explanations: tuple[Entry, ...]


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    """Every month, this one first and those to come last, and what was missed."""
    book = voice.book
    closes = standing_closes(book)
    current = local_month(book.as_of, book.zone)
    # What falls due next month is there already; the reader asks for this one.
    latest_first = months_of(book)[::-1]
    months = sorted(latest_first, key=lambda total: total.month > current)
    missed = [verdict for verdict in book.verdicts if verdict.outcome is Outcome.BREACHED]
    missed.sort(key=lambda verdict: (verdict.due or 0, verdict.order), reverse=True)
    latest = sorted(book.verdicts, key=lambda verdict: (verdict.due or 0, verdict.order))[::-1]
    return {
        "months": [_month(book, month, closes.get(month.month)) for month in months],
        "opened": months[0].month if months else "",
        "levels": declared_levels(book),
        "latest_of": lambda level: level.tickets[::-1],
        "missed": [_missed(voice, verdict) for verdict in missed],
        "targets": TARGETS,
        "by_target": {
            target: cut(
                [
                    verdict
                    for verdict in latest
                    if verdict.target == target and verdict.outcome in _SETTLED
                ],
                LISTED,
            )
            for target in TARGETS
        },
        "descriptions": DESCRIPTIONS,
        "report_told": lambda delivery: state_told(delivery, book.as_of, voice.language),
        "terms": list(reversed(book.records.contract.terms)),
    }


def _month(book: Book, total: MonthOfCompliance, close: MonthClose | None) -> Month:
    rows = [row for row in book.compliance if row.month == total.month]
    cells = {(row.severity, row.target): row for row in rows}
    levels = tuple(sorted({row.severity for row in rows}, key=by_gravity))
    reports = tuple(
        delivery
        for delivery in book.deliveries
        if delivery.kind != "inspection" and delivery.covers == total.month
    )
    return Month(total.month, total, cells, levels, close, reports)


def _missed(voice: Voice, verdict: Verdict) -> Missed:
    ticket = voice.book.records.tickets[verdict.ticket]
    explanations = tuple(
        entry
        for entry in ticket.log
        if entry.event == "justified" and entry.data["target"] == verdict.target
    )
    return Missed(verdict, ticket.title, explanations)


PAGE = FixedPage(
    address="levels", title=N_("Service levels"), template="levels.html", facts=_facts, place=30
)
