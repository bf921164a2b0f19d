"""Items inspected: items looked at, piece by piece and round by round, of what the plan promised."""

from __future__ import annotations

from weibao.language import N_
from weibao.report.figure import KeyFigure
from weibao.report.inspected import items_looked_at

FIGURE = KeyFigure(
    title=N_("Items inspected as planned"),
    definition=N_(
        "Items of the checklists that were looked at, piece by piece and round by round, whatever came out, of all that the plan promised for rounds that are closed or past due."
    ),
    tally=lambda audit: items_looked_at(audit.book),
    beside=lambda seen, words: words.text(
        N_("{seen} of {planned}"), seen=seen.count, planned=seen.of
    ),
    page="inspections",
    place=20,
)
