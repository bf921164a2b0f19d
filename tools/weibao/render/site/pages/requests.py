"""Requests: how they came, who was sent, when the project manager knew, and answers by hour of the week (requirements 2, 4, 23, 28, 32 to 36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.cut import cut
from weibao.report.ways_in import HOURS, WEEK, ways_in, who_was_sent

if TYPE_CHECKING:
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

LISTED = 200
"""Requests listed in one table, the latest; the others are counted."""


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    ways, sent = ways_in(audit.whole), who_was_sent(voice.book)
    return {
        "ways": ways,
        "latest": lambda tickets: cut(tickets, LISTED),
        "days": {day for day, _ in ways.hours},
        "told": cut(ways.told, LISTED),
        "sent": cut(sent, LISTED),
        "were_sent": sent,
        "night": cut(ways.night, LISTED),
        "hours": HOURS,
        "week": WEEK,
    }


PAGE = FixedPage(
    address="requests",
    title=N_("How requests came, and who was sent"),
    template="requests.html",
    facts=_facts,
    place=140,
    section=addresses.TICKETS,
    part=1,
)
