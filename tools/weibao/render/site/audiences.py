"""The table of what whom may read: every kind of page, and what of the records is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site.all_pages import FIXED, OF_RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language

YES, NO = N_("yes"), N_("no")
EACH = N_("{section}: each of them")


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """Something, and whether the customer and the provider's own people read it."""

    what: str
    customer: str
    internal: str


WITHIN = (
    AudienceRow(N_("Pages of docs/ with `audience: customer`"), YES, YES),
    AudienceRow(N_("Pages of docs/ with another audience, and what only they show"), NO, YES),
    AudienceRow(N_("Pages of docs/knowledge/ without audience"), NO, YES),
    AudienceRow(N_("Other pages of docs/ without audience"), YES, YES),
    AudienceRow(
        N_("Other files of docs/"), N_("where nobody and nothing withheld is in them"), YES
    ),
    AudienceRow(N_("Entries with `internal: true`, and corrections of them"), NO, YES),
    AudienceRow(N_("Pictures attached"), N_("without metadata"), N_("as kept")),
    AudienceRow(N_("Documents attached"), NO, YES),
    AudienceRow(N_("Names, ids and addresses of people"), N_("by `publish.people`"), YES),
    AudienceRow(N_("Telephone numbers of people"), N_("by `publish.phones`"), YES),
    AudienceRow(N_("Serial numbers"), NO, YES),
)
"""What of the records, and of what was written by hand, is for whom; figures are those of the whole record."""


def audience_table(language: Language) -> Iterator[AudienceRow]:
    """The rows in a language: the generated pages first."""
    titles = {page.address: language.text(page.title) for page in FIXED}
    pages = [(titles[page.address], page.audience) for page in FIXED]
    of_records = (
        (language.text(EACH, section=titles[kind.section]), kind.audience) for kind in OF_RECORDS
    )
    for title, audience in (*pages, *dict.fromkeys(of_records)):
        customer = YES if audience == "customer" else NO
        yield AudienceRow(title, language.text(customer), language.text(YES))
    for row in WITHIN:
        yield AudienceRow(*map(language.text, (row.what, row.customer, row.internal)))
