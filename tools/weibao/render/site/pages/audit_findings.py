"""The audit's page of findings: all of them, the worst first, to be searched and sorted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.pages.audit import PARTS, told
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from weibao.model.finding import Finding
    from weibao.render.site.voice import Voice
    from weibao.report.audit.audit import Audit

SHOWN = 1000
"""Findings on the page: a browser sorts and searches no more in an instant. The rest are counted."""

_RANKS = list(Severity)


def audit_findings_page(voice: Voice, audit: Audit) -> SitePage:
    """The page of findings."""
    findings = sorted(audit.findings, key=_order)
    html = typeset(
        "audit_findings.html",
        addresses.AUDIT_FINDINGS,
        voice,
        parts=PARTS,
        findings=told(voice, findings[:SHOWN]),
        more=max(0, len(findings) - SHOWN),
        counts=Counter(one.code for one in findings),
        rules=RULES,
        severities=_RANKS,
        families=sorted({one.code[0] for one in findings}),
    )
    title = voice.language.text(PARTS[addresses.AUDIT_FINDINGS])
    return SitePage(addresses.AUDIT_FINDINGS, addresses.AUDIT, title, html)


def _order(finding: Finding) -> tuple[int, str, tuple[str, int, int, str, str]]:
    return (_RANKS.index(RULES[finding.code].severity), finding.code, finding.order)
