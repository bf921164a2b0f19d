"""Rounds: rounds of inspection that were done in full, of those that are over."""

from __future__ import annotations

from weibao.language import N_
from weibao.report.figure import KeyFigure
from weibao.report.inspected import rounds_done

FIGURE = KeyFigure(
    title=N_("Rounds of inspection done in full"),
    definition=N_(
        "Rounds in which every item was looked at on every piece that the plan promised for them, on time or late, of all that are closed or past due. What was skipped was not looked at."
    ),
    tally=lambda audit: rounds_done(audit.book),
    beside=lambda done, words: words.text(
        N_("{done} of {rounds}"), done=done.count, rounds=done.of
    ),
    page="index",
    place=30,
    see=("inspections", "reports"),
)
