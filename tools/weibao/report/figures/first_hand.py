"""First-hand confirmations: those that one of the customer's own identities committed."""

from __future__ import annotations

from weibao.language import N_
from weibao.report.figure import KeyFigure

FIGURE = KeyFigure(
    title=N_("Confirmations first-hand"),
    definition=N_(
        "Confirmations that one of the customer's own identities committed, of all confirmations that are not imported."
    ),
    tally=lambda audit: audit.confirmations.confirmed.told,
    beside=lambda told, words: words.plural(
        N_("{number} reported by the provider"), "{number} reported by the provider", told.rest
    ),
    page="audit",
    place=30,
    see=("audit-evidence", "confirmations"),
)
