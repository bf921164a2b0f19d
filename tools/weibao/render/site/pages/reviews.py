"""Hand-overs and reviews: who took which shift over, what was audited, asked and visited (requirements 6, 10, 19, 39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.events import SCORES
from weibao.operations.actions import actions_of
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage
from weibao.render.words.handover import pressing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.handover import Handover
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    book = voice.book
    timeline = list(reversed(book.proofs["reviews"].timeline))
    return {
        "handovers": [book.handovers[name] for name in sorted(book.handovers, reverse=True)],
        "audits": [step for step in timeline if step.entry.event == "audited"],
        "surveys": [step for step in timeline if step.entry.event in {"surveyed", "called_back"}],
        "visits": [step for step in timeline if step.entry.event == "visited"],
        "actions": actions_of(book.records.actions, book.as_of, book.zone),
        "scores": [(key, voice.field_of("reviews", "surveyed", key)) for key in SCORES],
    }


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    for handover in voice.book.handovers.values():
        shift = handover.shift
        yield OneOfMany(
            addresses.shift_page(shift.id),
            f"{shift.id} {shift.rota}",
            {
                "handover": handover,
                "steps": voice.book.proofs[shift.id].timeline,
                "pressing": _pressing(voice, handover),
            },
        )


def _pressing(voice: Voice, handover: Handover) -> dict[str, str]:
    return {
        handed.ticket.id: pressing(handed, handover, voice.language) for handed in handover.open
    }


PAGE = FixedPage(
    address=addresses.REVIEWS,
    title=N_("Hand-overs and reviews"),
    template="reviews.html",
    facts=_facts,
    place=125,
    section=addresses.AUDIT,
    part=6,
)

PAGES = RecordPage(template="shift.html", each=_each, place=25, section=addresses.REVIEWS)
