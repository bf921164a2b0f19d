"""All generated pages of the site: a pure function of a voice and of the audit of its Book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.rules.catalogue import RULES
from weibao.site import addresses
from weibao.site.audit_configuration_page import audit_configuration_page
from weibao.site.audit_evidence_page import audit_evidence_page
from weibao.site.audit_findings_page import audit_findings_page
from weibao.site.audit_page import audit_page
from weibao.site.clauses_page import clauses_page
from weibao.site.contract_page import contract_page
from weibao.site.inspections_pages import inspection_page, inspections_page
from weibao.site.levels_page import levels_page
from weibao.site.rules_pages import rule_page, rules_page
from weibao.site.spares_page import spares_page
from weibao.site.status_page import status_page
from weibao.site.ticket_page import ticket_page
from weibao.site.ticket_register import register_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.audit.audit import Audit
    from weibao.record.finding import Finding
    from weibao.site.page import SitePage
    from weibao.site.voice import Voice

NAVIGATION = (
    addresses.STATUS,
    addresses.TICKETS,
    addresses.LEVELS,
    addresses.INSPECTIONS,
    addresses.SPARES,
    addresses.AUDIT,
    addresses.CONTRACT,
    addresses.RULES,
)
"""The pages of the navigation, in order."""


def pages_of(voice: Voice, audit: Audit) -> Iterator[SitePage]:
    """Every page of one language: those of the navigation first, in its order.

    ``audit`` is the audit of the voice's Book, the same for every language.
    """
    yield status_page(voice)
    yield register_page(voice)
    yield levels_page(voice)
    yield inspections_page(voice)
    yield spares_page(voice)
    yield audit_page(voice, audit)
    yield contract_page(voice)
    yield rules_page(voice)
    yield audit_evidence_page(voice, audit)
    yield audit_configuration_page(voice, audit)
    yield audit_findings_page(voice, audit)
    yield clauses_page(voice, audit.clauses)
    by_record: dict[str, list[Finding]] = {}
    for finding in voice.book.findings:
        by_record.setdefault(finding.record, []).append(finding)
    for ticket in voice.book.records.tickets.values():
        yield ticket_page(ticket, voice, tuple(by_record.get(ticket.id, ())))
    for inspection in voice.book.records.inspections.values():
        yield inspection_page(inspection, voice)
    for code in sorted(RULES):
        yield rule_page(RULES[code], voice)
