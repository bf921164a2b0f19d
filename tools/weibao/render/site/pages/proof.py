"""The plain page of a ticket's proof: every entry with its commit, and what each promise rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import TARGETS
from weibao.render.site import addresses
from weibao.render.site.page import OneOfMany, RecordPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit


def _each(voice: SiteVoice, _audit: Audit) -> Iterator[OneOfMany]:
    book = voice.book
    for ticket in book.records.tickets.values():
        proof = book.proofs[ticket.id]
        yield OneOfMany(
            addresses.proof_page(ticket.id),
            f"{ticket.id} {ticket.title}",
            {
                "ticket": ticket,
                "proof": proof,
                "recorded": [
                    (proven, voice.people.recorder(proven.author)) for proven in proof.timeline
                ],
                "verdicts": sorted(
                    book.verdicts_of(ticket.id),
                    key=lambda verdict: (TARGETS.index(verdict.target), verdict.occurrence),
                ),
            },
        )


PAGES = RecordPage(
    template="proof.html", each=_each, place=15, section=addresses.TICKETS, searched=False
)
