"""The audit's first page: whether the record is sound, what was checked, how to compute it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import FixedPage
from weibao.render.site.public import public_finding
from weibao.render.words.answer import answer, beside
from weibao.render.words.cut import cut
from weibao.render.words.findings import FindingText, tell
from weibao.report.audit.limits import NEVER_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.finding import Finding
    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit

SHOWN = 50
"""Errors told on the first page; the page of findings has the others."""


def _facts(voice: SiteVoice, audit: Audit) -> dict[str, Any]:
    shown, more = cut(audit.unsound, SHOWN)
    return {
        "audit": audit,
        "answer": answer(audit, voice.language),
        "beside": tuple(beside(audit, voice.language)),
        "told": told(voice, shown),
        "more": more,
        "never_shown": NEVER_SHOWN.values(),
    }


def told(voice: SiteVoice, findings: Iterable[Finding]) -> list[FindingText]:
    """The findings as the customer may read them."""
    return [
        tell(public_finding(finding, voice.book, voice.people), voice.language)
        for finding in findings
    ]


PAGE = FixedPage(
    address=addresses.AUDIT, title=N_("Audit"), template="audit.html", facts=_facts, place=60
)
