"""Compliance: promises kept, of those judged in the month of the Book's instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import KeyFigure
from weibao.report.months import last_months

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.sla.tally import Tally


def _beside(kept: Tally, words: Language) -> str:
    if not kept.of:
        return words.text(N_("none judged yet"))
    return words.text(N_("{met} of {judged}"), met=kept.count, judged=kept.of)


FIGURE = KeyFigure(
    title=N_("Promises kept this month"),
    definition=N_(
        "Promises kept, of those kept or missed that fell due this month. Waived, cancelled, undetermined and running ones are counted in neither."
    ),
    tally=lambda audit: last_months(audit.book)[-1].kept,
    beside=_beside,
    page="index",
    place=10,
)
