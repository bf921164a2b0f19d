"""Where every page of the site lies, and how one page links to another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from weibao.model.records import Records

STATUS = "index"
TICKETS = "tickets"
INSPECTIONS = "inspections"
EQUIPMENT = "equipment"
CALENDAR = "calendar"
ENTRIES = "audit-entries"
CONFIGURATION = "audit-configuration"
PEOPLE = "people"
AUDIT = "audit"
REVIEWS = "reviews"
RULES = "rules"

NOTING = "record"
"""Where on the page of a ticket or a piece of equipment an engineer notes a step."""

CHECKPOINT = "checkpoint.json"
"""The checkpoint of the commit that is published: a file at the root, one for all languages."""


def ticket_page(ticket_id: str) -> str:
    """The page of a ticket."""
    return f"{TICKETS}/{ticket_id}"


def month_page(month: str) -> str:
    """The page of the promises that fell due in a month; of those that are due in none yet, for ""."""
    return f"levels/{month or 'undated'}"


def tickets_of_month(month: str) -> str:
    """The page of the tickets of a month."""
    return f"{TICKETS}/{month}"


def entries_of_month(month: str) -> str:
    """The page of the entries claimed in a month."""
    return f"{ENTRIES}/{month}"


def record_page(records: Records, record: str) -> str:
    """The page of a record with a log; a file that is there once, or the close of a month, has that of its proof alone."""
    if record in records.tickets:
        return ticket_page(record)
    if record in records.inspections:
        return inspection_page(record)
    return shift_page(record) if record in records.shifts else record


def proof_page(page: str) -> str:
    """The plain page of the proof of the record that a page shows."""
    return f"{page}-proof"


def inspection_page(inspection_id: str) -> str:
    """The page of an inspection."""
    return f"{INSPECTIONS}/{inspection_id}"


def asset_page(asset: str) -> str:
    """The page of a piece of equipment."""
    return f"{EQUIPMENT}/{asset}"


def service_page(service: str) -> str:
    """The page of a service."""
    return f"services/{service}"


def site_page(site: str) -> str:
    """The page of a site of the customer's."""
    return f"sites/{site}"


def person_page(place: str) -> str:
    """The page of somebody, by their place among people."""
    return f"{PEOPLE}/{place}"


def day_page(day: date) -> str:
    """The page of a contract-local day."""
    return f"days/{day.isoformat()}"


def shift_page(shift_id: str) -> str:
    """The page of a shift."""
    return f"shifts/{shift_id}"


def rule_page(code: str) -> str:
    """The page of a rule."""
    return f"{RULES}/{code}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one language's pages.

    ``prefix`` is "" for the contract's first language and ``en/`` or ``zh/`` for the other;
    ``directory_urls`` is MkDocs' ``use_directory_urls``, ``site`` its ``site_url``: "" where nobody has said it.
    """

    prefix: str
    directory_urls: bool
    site: str = ""

    def source(self, page: str) -> str:
        """The name under which MkDocs knows the page: ``tickets/T….md``."""
        return f"{self.prefix}{page}.md"

    def url(self, page: str) -> str:
        """The address of the page from the site's root."""
        whole = f"{self.prefix}{page}"
        if not self.directory_urls:
            return f"{whole}.html"
        return whole.removesuffix(STATUS) if page == STATUS else f"{whole}/"

    def whole(self, page: str, anchor: str) -> str:
        """The page's whole address, as it is printed on a label; "" where the site has none."""
        return f"{self.site.rstrip('/')}/{self.url(page)}#{anchor}" if self.site else ""

    def link(self, here: str, there: str, anchor: str = "") -> str:
        """What page ``here`` writes to link to page ``there``."""
        return self.link_from(self.url(here), there, anchor)

    def file(self, here: str, path: str) -> str:
        """What page ``here`` writes to link to the file at ``path`` from the site's root."""
        return _relative(path, self.url(here))

    def link_from(self, here_url: str, there: str, anchor: str = "") -> str:
        """What the page at ``here_url`` writes to link to page ``there``; to itself for ""."""
        relative = _relative(self.url(there), here_url) if there else ""
        return f"{relative}#{anchor}" if anchor else relative


def _relative(url: str, here_url: str) -> str:
    """An address as the page at another writes it, both from the site's root."""
    relative = posixpath.relpath(f"/{url}", posixpath.dirname(f"/{here_url}"))
    return f"{relative}/" if url.endswith("/") else relative
