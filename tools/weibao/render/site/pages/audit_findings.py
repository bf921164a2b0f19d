"""The audit's page of findings: all of them, the worst first, to be searched and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.cut import cut
from weibao.report.found import by_code
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from weibao.model.finding import Finding
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

SHOWN = 1000
"""Findings on the page: a browser sorts and searches no more in an instant. The rest are counted."""

_RANKS = list(Severity)


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    shown, more = cut(sorted(audit.findings, key=_order), SHOWN)
    return {
        "findings": list(map(voice.finding, shown)),
        "more": more,
        "counts": by_code(audit.findings),
        "rules": RULES,
        "severities": _RANKS,
        "families": sorted({finding.code[0] for finding in audit.findings}),
    }


def _order(finding: Finding) -> tuple[int, str, tuple[str, int, int, str, str]]:
    return (_RANKS.index(RULES[finding.code].severity), finding.code, finding.order)


PAGE = FixedPage(
    address="audit-findings",
    title=N_("Findings"),
    template="audit_findings.html",
    facts=_facts,
    place=110,
    section=addresses.AUDIT,
    part=4,
)
