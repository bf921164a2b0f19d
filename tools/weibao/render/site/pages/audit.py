"""The audit's first page: whether the record is sound, what was checked, how to compute it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.public import public_finding
from weibao.render.words.findings import Told, tell
from weibao.report.audit.limits import NEVER_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.finding import Finding
    from weibao.render.site.voice import Voice
    from weibao.report.audit.audit import Audit

PARTS = {
    addresses.AUDIT: N_("Audit"),
    addresses.AUDIT_EVIDENCE: N_("Quality of the evidence"),
    addresses.AUDIT_CONFIGURATION: N_("Changes of the configuration"),
    addresses.CLAUSES: N_("The service plan, clause by clause"),
    addresses.AUDIT_FINDINGS: N_("Findings"),
}
"""The pages of the audit by address, and what each is called."""

SHOWN = 50
"""Errors told on the first page; the page of findings has the others."""


def audit_page(voice: Voice, audit: Audit) -> SitePage:
    """The first page of the audit."""
    book = voice.book
    wrong = audit.unsound
    html = typeset(
        "audit.html",
        addresses.AUDIT,
        voice,
        audit=audit,
        parts=PARTS,
        wrong=len(wrong),
        told=told(voice, wrong[:SHOWN]),
        supported=audit.quality.total.share_of(Grade.SUPPORTED),
        records=len(book.records.tickets) + len(book.records.inspections),
        commits=len(book.snapshot.history.commits),
        never_shown=NEVER_SHOWN.values(),
        unreadable=book.records.unreadable,
    )
    title = voice.language.text(PARTS[addresses.AUDIT])
    return SitePage(addresses.AUDIT, addresses.AUDIT, title, html)


def told(voice: Voice, findings: Iterable[Finding]) -> list[Told]:
    """The findings as the customer may read them."""
    return [tell(public_finding(one, voice.book, voice.people), voice.language) for one in findings]
