"""People: project managers, the matrix of the staff, who covers which site and maker, and the rota (requirements 6, 13 to 16, 26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site.page import FixedPage
from weibao.report.staffing import staffing

if TYPE_CHECKING:
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    return {"staffing": staffing(voice.book)}


PAGE = FixedPage(
    address="people",
    title=N_("People and duty"),
    template="people.html",
    facts=_facts,
    place=47,
)
