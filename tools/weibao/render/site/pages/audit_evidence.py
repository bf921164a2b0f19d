"""The audit's page of the evidence: grades and lateness, corroboration, confirmations, pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.edition.charts import MonthShare, shares
from weibao.render.site.page import FixedPage
from weibao.render.site.pages.audit_entries import anchor_of, marks_of
from weibao.render.terminal.audit_evidence import corroboration_sentence, windows_sentence
from weibao.render.terminal.audit_pauses import pauses_sentence
from weibao.render.words.findings import event_title
from weibao.report.audit.behind import entries_behind

if TYPE_CHECKING:
    from markupsafe import Markup

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.quality import Support

GRADES = {
    Grade.SUPPORTED: N_("The commit came within the tolerance of the time claimed."),
    Grade.COUNTERSIGNED: N_("Recorded late; the customer has countersigned it."),
    Grade.IMPORTED: N_("Brought in from before the evidence began; judged at its claim."),
    Grade.OWN_CLOCK: N_(
        "In time by the recorder's own clock alone: shown to others only later. Believed, and counted apart."
    ),
    Grade.LATE: N_("Recorded late: judged at the time of the commit, not at the claim."),
    Grade.UNCOMMITTED: N_("Not yet committed."),
    Grade.CONTRADICTED: N_("The claim and the history contradict each other."),
}
"""What each grade means, from best to worst."""


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    quality = audit.quality
    marks = marks_of(entries_behind(audit.whole))

    def behind(what: str, key: str) -> tuple[str, str]:
        """Where the entries behind a figure are listed; of nobody, the heading."""
        if what == "month":
            return addresses.entries_of_month(key), ""
        mark = marks.get((what, key))
        return addresses.ENTRIES, what if mark is None else anchor_of(what, mark)

    def person(key: str) -> str:
        return voice.person(key) if key else "—"

    def month(key: str) -> str:
        return voice.language.month(key) if key else "—"

    def event(key: str) -> str:
        return event_title("", key, voice.language)

    return {
        "audit": audit,
        "quality": quality,
        "Grade": Grade,
        "by_grade": {Grade(support.key): support for support in quality.by_grade},
        "meanings": GRADES,
        "person": person,
        "month": month,
        "event": event,
        "behind": behind,
        "month_page": addresses.month_page,
        "chart": _chart(voice, quality.last_year),
        "late_entries": quality.late_last_year,
        "corroborated": corroboration_sentence(audit.corroboration.total, voice.language),
        "windows": windows_sentence(audit.corroboration.windows, voice.language),
        "paused": pauses_sentence(audit.pauses, voice.language),
        "policy": voice.book.records.contract.evidence,
    }


def _chart(voice: Voice, months: tuple[Support, ...]) -> Markup:
    """Entries by month, the latest first: those that count at their claim, and those late or contradicted."""
    bars = [
        MonthShare(month.key, month.at_claim, voice.share(month.at_claim.share))
        for month in reversed(months)
    ]
    return shares(bars, voice.language.text(N_("Entries supported, and late or contradicted")))


PAGE = FixedPage(
    address="audit-evidence",
    title=N_("Quality of the evidence"),
    template="audit_evidence.html",
    facts=_facts,
    place=90,
    section=addresses.AUDIT,
    part=1,
)
