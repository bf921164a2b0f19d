"""Equipment inspected: pieces looked at in full, round by round, of what the plan promised."""

from __future__ import annotations

from weibao.language import N_
from weibao.report.figure import KeyFigure
from weibao.report.inspected import assets_looked_at

FIGURE = KeyFigure(
    title=N_("Equipment inspected as planned"),
    definition=N_(
        "Pieces on which each item for their kind was looked at, round by round, of all that the plan promised for rounds that are closed or past due."
    ),
    tally=lambda audit: assets_looked_at(audit.book),
    beside=lambda seen, words: words.text(
        N_("{seen} of {planned}"), seen=seen.count, planned=seen.of
    ),
    page="inspections",
    place=10,
)
