"""Reviews of the grave faults: a preliminary one within the day, a final one once it is clear what it was.

They come when all else of a ticket is told, at hours that no chance decides, and move nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.demo.hours import HOUR, MINUTE, clock_face
from weibao.demo.remarks import REMARKS
from weibao.demo.staged_record import DraftedEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.demo.ticket_run import TicketRun
    from weibao.model.instant import Instant

_AT_WORK = range(11, 18)
_RECORDED = 95
"""Seconds after which it is committed."""


def with_reviews(run: TicketRun, steps: Sequence[DraftedEntry]) -> tuple[DraftedEntry, ...]:
    """The steps of a ticket with its reviews, if it is a fault of severity 1 or 2 and was not cancelled."""
    script, year = run.script, run.writer.year
    if run.timing.level > 2 or not script.mends or script.turn == "cancelled":
        return tuple(steps)
    restored = next((step.at for step in steps if step.event in {"restored", "resolved"}), None)
    ended = next((step.at for step in steps if step.event == "resolved"), None)
    cause = run.wording.variant(script.story.causes)
    trigger = run.wording.variant(script.story.titles)
    said: dict[str, Any] = {
        "edition": "preliminary",
        "trigger": trigger,
        "detected_by": _seen_by(script.channel),
    }
    early = _by_day(script.reported)
    # While it is open, the review stays inside: the customer hears of it as of every step.
    inside = {"note": REMARKS.review_inside, "internal": True}
    hidden = inside if ended is None or early <= ended else {}
    found = [_review(run, early, said | hidden)]
    if restored is not None:
        final = {
            "edition": "final",
            "trigger": trigger,
            "root_cause": cause,
            "business_effect": run.wording.filled(REMARKS.business_effect),
            "lessons": REMARKS.lessons,
        }
        found.append(_review(run, year.days.later(restored, 18 * 60), final))
    begun = [step.recorded for step in steps if step.event == "opened"]
    kept = [review for review in found if begun and begun[0] < review.recorded < year.finish]
    return tuple(sorted([*steps, *kept], key=lambda step: (step.recorded, step.at)))


def _seen_by(channel: str) -> str:
    return "monitoring" if channel == "monitoring" else "customer"


def _by_day(reported: Instant) -> Instant:
    """As late within a day of the report as people are at work."""
    hours = range(22, 4, -1)
    fit = (hour for hour in hours if int(clock_face(reported + hour * HOUR)[:2]) in _AT_WORK)
    return reported + next(fit) * HOUR - reported % MINUTE


def _review(run: TicketRun, at: Instant, said: Mapping[str, Any]) -> DraftedEntry:
    who = run.engineer.id
    return DraftedEntry(at, "analysed", who, said, who, at + _RECORDED)
