"""Corroboration: kept promises that somebody else's commit or the forge vouches for."""

from __future__ import annotations

from weibao.language import N_
from weibao.report.figure import KeyFigure

FIGURE = KeyFigure(
    title=N_("Kept promises that others vouch for"),
    definition=N_(
        "Promises that are kept even if each step was recorded at the end of the window that others' commits leave, of all kept promises that do not rest on imported entries."
    ),
    tally=lambda audit: audit.corroboration.total.vouched,
    beside=lambda vouched, words: words.plural(
        N_("{number} by the provider's word alone"),
        "{number} by the provider's word alone",
        vouched.rest,
    ),
    page="audit",
    place=20,
    see=("audit-evidence", "corroboration"),
)
