"""All generated pages of the site: a pure function of a voice and of the audit of its Book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.site import addresses
from weibao.render.site.pages.audit import audit_page
from weibao.render.site.pages.audit_configuration import audit_configuration_page
from weibao.render.site.pages.audit_evidence import audit_evidence_page
from weibao.render.site.pages.audit_findings import audit_findings_page
from weibao.render.site.pages.clauses import clauses_page
from weibao.render.site.pages.contract import contract_page
from weibao.render.site.pages.inspections import inspection_page, inspections_page
from weibao.render.site.pages.levels import levels_page
from weibao.render.site.pages.rules import rule_page, rules_page
from weibao.render.site.pages.spares import spares_page
from weibao.render.site.pages.status import status_page
from weibao.render.site.pages.ticket import ticket_page
from weibao.render.site.pages.tickets import register_page
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.finding import Finding
    from weibao.render.site.page import SitePage
    from weibao.render.site.voice import Voice
    from weibao.report.audit.audit import Audit

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
