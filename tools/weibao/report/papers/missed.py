"""The promises that a report's months missed: what explains each, and what is done so that it does not come again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.actions import actions_of
from weibao.report.breaches import breaches_among
from weibao.report.papers.period_report import told_once
from weibao.sla.closing import due_in

if TYPE_CHECKING:
    from weibao.operations.actions import Action
    from weibao.report.book import Book
    from weibao.report.breaches import Breach
    from weibao.report.papers.period_report import PeriodReport


@dataclass(frozen=True, slots=True)
class MissedPromise:
    """A missed promise with its explanation, and the corrective actions that were raised on its ticket."""

    breach: Breach
    actions: tuple[Action, ...]


@told_once
def missed_promises(report: PeriodReport, told: Book) -> tuple[MissedPromise, ...]:
    """Every promise that was missed in the months of a report, in order of the ticket; ``told`` is the edition whose words are told."""
    verdicts = [
        verdict for month in report.months for verdict in due_in(month.book.verdicts, month.name)
    ]
    actions = actions_of(told.records.actions, told.as_of, told.zone)
    return tuple(
        MissedPromise(
            breach,
            tuple(
                action for action in actions if action.about.get("ticket") == breach.verdict.ticket
            ),
        )
        for breach in breaches_among(told, verdicts)
    )
