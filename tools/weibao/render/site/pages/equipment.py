"""Equipment and services: how each is now, where it stands, and how available it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage
from weibao.report.asset_file import asset_files
from weibao.report.conditions import conditions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.assets import Asset
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.report.asset_file import ListedAsset
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.report.conditions import ThingNow
    from weibao.sla.availability import ServiceAvailability


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """A piece of equipment, how it is now, and how available it was; None where it never was covered."""

    listed: ListedAsset
    now: ThingNow
    availability: ServiceAvailability | None


def _rows(book: Book, chosen: Iterable[Asset]) -> list[EquipmentRow]:
    now = {now.id: now for now in conditions_of(book, services=False)}
    return [
        EquipmentRow(listed, now[listed.asset.id], book.availability.assets.get(listed.asset.id))
        for listed in asset_files(book, chosen)
    ]


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    book = voice.book
    return {
        "services": [
            (now, book.availability.services.get(now.id))
            for now in conditions_of(book, services=True)
        ],
        "sites": book.records.contract.sites,
        "equipment": _rows(book, book.records.assets.values()),
    }


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    """A page for each site: what stands there, and what is planned and open on it."""
    book = voice.book
    for site in book.records.contract.sites:
        assets = [asset for asset in book.records.assets.values() if asset.site == site]
        there = {asset.id for asset in assets}
        yield OneOfMany(
            addresses.site_page(site),
            voice.site(site),
            {
                "site": site,
                "equipment": _rows(book, assets),
                "open": [ticket for ticket in book.open_tickets if there & {*ticket.assets}],
                "latest": _latest(book, there),
            },
        )


def _latest(book: Book, there: set[str]) -> list[Ticket]:
    """The past tickets about equipment that stands there, the latest report first."""
    named = (ticket for ticket in book.records.tickets.values() if there & {*ticket.assets})
    ended = (ticket for ticket in named if book.states[ticket.id].ended)
    return sorted(ended, key=lambda ticket: (-ticket.reported_at, ticket.id))


PAGE = FixedPage(
    address=addresses.EQUIPMENT,
    title=N_("Equipment and services"),
    template="equipment.html",
    facts=_facts,
    place=25,
)

PAGES = RecordPage(template="place.html", each=_each, place=42, section=addresses.EQUIPMENT)
