"""Evidence in time: entries of grade A, of all that are not imported."""

from __future__ import annotations

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.report.figure import KeyFigure

FIGURE = KeyFigure(
    title=N_("Entries with evidence in time"),
    definition=N_(
        "Entries whose commit came within the tolerance of the time claimed, of all entries that are not imported."
    ),
    tally=lambda audit: audit.quality.total.graded(Grade.SUPPORTED),
    beside=lambda supported, words: words.plural(
        N_("of {number} entry"), "of {number} entries", supported.of
    ),
    page="audit",
    place=10,
    see=("audit-evidence", "grades"),
)
