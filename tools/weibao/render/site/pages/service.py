"""The page of a service: how it is, what it rests on, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.edition import addresses
from weibao.render.edition.charts import day_strip
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.render.site.pages.status import year_told
from weibao.report.conditions import conditions_of
from weibao.report.service_file import service_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    book = voice.book
    services = {now.id: now for now in conditions_of(book, services=True)}
    assets = {now.id: now for now in conditions_of(book, services=False)}
    for service in book.records.contract.services:
        found = service_file(book, service)
        name = voice.service(service)
        since = book.records.contract.start.isoformat()
        yield OneOfMany(
            addresses.service_page(service),
            name,
            {
                "service": service,
                "now": services[service],
                "conditions": assets,
                "file": found,
                "tickets": _latest_first(book, found.effects),
                "strip": day_strip(
                    found.availability.days, since, year_told(voice, name, found.availability)
                ),
            },
        )


def _latest_first(book: Book, named: Iterable[str]) -> list[Ticket]:
    """The tickets of these ids, the latest report first."""
    tickets = (book.records.tickets[key] for key in named)
    return sorted(tickets, key=lambda ticket: (-ticket.reported_at, ticket.id))


PAGES = RecordPage(template="service.html", each=_each, place=41, section=addresses.EQUIPMENT)
