"""The plain pages of proof: every entry of a record with its commit, and what each promise of a ticket rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.render.edition import addresses
from weibao.render.site.page import OneOfMany, RecordPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

PROOF = N_("Proof of {id}")


def _tickets(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    for ticket in voice.book.records.tickets.values():
        verdicts = sorted(
            voice.book.verdicts_of(ticket.id),
            key=lambda verdict: (TARGETS.index(verdict.target), verdict.occurrence),
        )
        yield _proof(
            voice,
            "ticket",
            ticket.id,
            ticket.id,
            title=ticket.title,
            head=ticket,
            verdicts=verdicts,
        )


def _inspections(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    for found in voice.book.records.inspections.values():
        title = f"{voice.work(found.plan)} {found.period}"
        yield _proof(voice, "inspection", found.id, found.id, title=title)


def _shifts(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    return (_proof(voice, "shift", key, key) for key in voice.book.records.shifts)


def _others(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    """The logs of the files that are there once, and of the closes of months."""
    ledgers = voice.book.records.ledgers
    for key in _beside(voice.book.proofs, voice):
        kind = key if key in ledgers else "report"
        yield _proof(voice, kind, key, voice.book.paths[key])


def _beside(keys: Iterable[str], voice: Voice) -> Iterator[str]:
    records = voice.book.records
    return (key for key in keys if addresses.record_page(records, key) == key)


def _proof(voice: Voice, kind: str, key: str, called: str, **more: object) -> OneOfMany:
    """``called`` is what the record is called; what a ticket alone has is ``more``."""
    book = voice.book
    page = addresses.record_page(book.records, key)
    proof = book.proofs[key]
    facts = {
        "kind": kind,
        "called": called,
        "page": page if page != key else "",
        "path": book.paths[key],
        "proof": proof,
        "recorded": [
            (proven, [] if kind == "ticket" else voice.details(kind, proven.entry))
            for proven in proof.timeline
        ],
        "title": "",
        "head": None,
        "verdicts": (),
    }
    return OneOfMany(
        addresses.proof_page(page), voice.language.text(PROOF, id=called), facts | more
    )


TICKETS = RecordPage(
    template="proof.html", each=_tickets, place=15, section=addresses.TICKETS, searched=False
)
INSPECTIONS = replace(TICKETS, each=_inspections, place=21, section=addresses.INSPECTIONS)
SHIFTS = replace(TICKETS, each=_shifts, place=26, section=addresses.REVIEWS)
OTHERS = replace(TICKETS, each=_others, place=27, section=addresses.AUDIT)
