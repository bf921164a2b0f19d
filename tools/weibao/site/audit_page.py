"""The audit page, first form: integrity, evidence quality, every L and E finding, how to recompute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.evidence.proof import Grade
from weibao.language import N_
from weibao.rules.catalogue import RULES
from weibao.service.figures import evidence_quality
from weibao.site import addresses
from weibao.site.page import SitePage, typeset
from weibao.site.public import public_finding
from weibao.view.findings import Told, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.record.finding import Finding
    from weibao.site.voice import Voice

GRADES = {
    Grade.SUPPORTED: N_("The commit came within the tolerance of the time claimed."),
    Grade.COUNTERSIGNED: N_("Recorded late; the customer has countersigned it."),
    Grade.IMPORTED: N_("Brought in from before the evidence began; judged at its claim."),
    Grade.LATE: N_("Recorded late: judged at the time of the commit, not at the claim."),
    Grade.UNCOMMITTED: N_("Not yet committed."),
    Grade.CONTRADICTED: N_("The claim and the history contradict each other."),
}
"""What each grade means, from best to worst."""

NEVER_SHOWN = (
    N_("Work that nobody ever recorded."),
    N_("False facts that were entered on time."),
    N_("Collusion of all who hold the keys and the copies."),
    N_("Anything before the first commit that someone outside holds."),
)
"""What git alone can never show (hostile input, "Dishonest history")."""


def audit_page(voice: Voice) -> SitePage:
    """The audit page."""
    book = voice.book
    html = typeset(
        "audit.html",
        addresses.AUDIT,
        voice,
        checks=book.checks,
        quality=evidence_quality(book.proofs),
        meanings=GRADES,
        ledger=_told(voice, (one for one in book.findings if one.code[0] == "L")),
        evidence=_by_code(_told(voice, (one for one in book.findings if one.code[0] == "E"))),
        rules=RULES,
        records=len(book.records.tickets) + len(book.records.inspections),
        commits=len(book.snapshot.history.commits),
        never_shown=NEVER_SHOWN,
        policy=book.records.contract.evidence,
        unreadable=book.records.unreadable,
    )
    title = voice.language.text(N_("Audit"))
    return SitePage(addresses.AUDIT, addresses.AUDIT, title, html)


def _told(voice: Voice, findings: Iterable[Finding]) -> list[Told]:
    return [tell(public_finding(one, voice.book, voice.people), voice.language) for one in findings]


def _by_code(told: list[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in sorted(told, key=lambda it: it.finding.code):
        found.setdefault(one.finding.code, []).append(one)
    return found
