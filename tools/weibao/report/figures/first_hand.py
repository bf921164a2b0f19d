"""First-hand confirmations: those that one of the customer's own identities committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import KeyFigure

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.sla.tally import Tally


def _tally(audit: Audit) -> Tally:
    return audit.confirmations.confirmed.told


def _beside(told: Tally, words: Language) -> str:
    return words.plural(
        N_("{number} reported by the provider"), "{number} reported by the provider", told.rest
    )


FIGURE = KeyFigure(
    title=N_("Confirmations first-hand"),
    definition=N_(
        "Confirmations that one of the customer's own identities committed, of all confirmations that are not imported."
    ),
    tally=_tally,
    beside=_beside,
    page="audit",
    place=30,
    see=("audit-evidence", "confirmations"),
)
