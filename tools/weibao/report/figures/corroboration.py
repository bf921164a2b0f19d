"""Corroboration: kept promises that somebody else's commit or the forge vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import KeyFigure

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.sla.tally import Tally


def _tally(audit: Audit) -> Tally:
    return audit.corroboration.total.vouched


def _beside(vouched: Tally, words: Language) -> str:
    return words.plural(
        N_("{number} by the recorder's own clock alone"),
        "{number} by the recorder's own clock alone",
        vouched.rest,
    )


FIGURE = KeyFigure(
    title=N_("Kept promises that others vouch for"),
    definition=N_(
        "Promises that are kept even if each step was recorded at the end of the window that others' commits leave, of all kept promises that do not rest on imported entries."
    ),
    tally=_tally,
    beside=_beside,
    page="audit",
    place=20,
    see=("audit-evidence", "corroboration"),
)
