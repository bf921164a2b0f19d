"""The contract page: parties, the single contact, terms, calendars, ladder, credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site.page import FixedPage
from weibao.report.exercised import exercised_plans

if TYPE_CHECKING:
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    contract = voice.book.records.contract
    return {
        "contract": contract,
        "single": contract.data["single_contact"],
        "credentials": contract.data.get("credentials", []),
        "resource_plan": contract.data.get("resource_plan"),
        "emergency_plans": exercised_plans(voice.book),
        "carriers": contract.data.get("carriers", []),
        "terms": list(reversed(contract.terms)),
        "week": WEEK,
        "assets": voice.book.records.assets,
    }


PAGE = FixedPage(
    address="contract", title=N_("Contract"), template="contract.html", facts=_facts, place=70
)
