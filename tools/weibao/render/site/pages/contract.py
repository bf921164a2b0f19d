"""The contract page: parties, the single contact, terms, calendars, ladder, credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset

if TYPE_CHECKING:
    from weibao.render.site.voice import Voice

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def contract_page(voice: Voice) -> SitePage:
    """The contract as the customer reads it."""
    contract = voice.book.records.contract
    html = typeset(
        "contract.html",
        addresses.CONTRACT,
        voice,
        contract=contract,
        single=contract.data["single_contact"],
        credentials=contract.data.get("credentials", []),
        resource_plan=contract.data.get("resource_plan"),
        carriers=contract.data.get("carriers", []),
        terms=list(reversed(contract.terms)),
        week=WEEK,
        assets=voice.book.records.assets,
    )
    title = voice.language.text(N_("Contract"))
    return SitePage(addresses.CONTRACT, addresses.CONTRACT, title, html)
