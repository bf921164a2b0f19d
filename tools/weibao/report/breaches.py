"""The promises that were missed, each with what was said of it: its cause, and what is to be better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.rules.book.levels import explanation_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Breach:
    """A missed promise; ``explanation`` is the entry that explains it, None while nothing does."""

    verdict: Verdict
    explanation: Entry | None


def breaches_among(book: Book, verdicts: Iterable[Verdict]) -> tuple[Breach, ...]:
    """The breaches among verdicts, in their own order."""
    tickets = book.records.tickets
    missed = (verdict for verdict in verdicts if verdict.outcome is Outcome.BREACHED)
    return tuple(
        Breach(
            verdict,
            explanation_of(tickets[verdict.ticket], verdict) if verdict.ticket in tickets else None,
        )
        for verdict in sorted(missed, key=lambda verdict: verdict.order)
    )
