"""Evidence in time: entries of grade A, of all that are not imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.report.figure import KeyFigure

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.sla.tally import Tally


def _tally(audit: Audit) -> Tally:
    return audit.quality.total.graded(Grade.SUPPORTED)


def _beside(supported: Tally, words: Language) -> str:
    return words.plural(N_("of {number} entry"), "of {number} entries", supported.of)


FIGURE = KeyFigure(
    title=N_("Entries with evidence in time"),
    definition=N_(
        "Entries whose commit came within the tolerance of the time claimed, of all entries that are not imported."
    ),
    tally=_tally,
    beside=_beside,
    page="audit",
    place=10,
    see=("audit-evidence", "grades"),
)
