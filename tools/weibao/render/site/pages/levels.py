"""Service levels: every promise by month, severity and target, and every one that was missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.instant import local_month
from weibao.render.site import addresses
from weibao.render.site.amendments import public_title
from weibao.render.site.months import Tally, tally, tally_of_month
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.pages.ticket import DESCRIPTIONS
from weibao.render.site.public import public_log
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.model.entry import Entry
    from weibao.render.site.voice import Voice
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its sum, and the tally of each severity and target."""

    month: str
    total: Tally
    cells: dict[tuple[int, str], Tally]
    severities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A promise that was not kept, with the explanations given for it."""

    verdict: Verdict
    title: str
    explanations: tuple[Entry, ...]


def levels_page(voice: Voice) -> SitePage:
    """The page of service levels, latest month first."""
    book = voice.book
    months = sorted({one.month for one in book.compliance}, reverse=True)
    # What falls due next month is there already; the reader asks for this one.
    current = local_month(book.as_of, book.zone)
    missed = [one for one in book.verdicts if one.outcome is Outcome.BREACHED]
    missed.sort(key=lambda one: (one.due or 0, one.order), reverse=True)
    html = typeset(
        "levels.html",
        addresses.LEVELS,
        voice,
        months=[_month(voice, one) for one in months],
        opened=next((one for one in months if one <= current), months[0] if months else ""),
        missed=[_missed(voice, one) for one in missed],
        targets=TARGETS,
        descriptions=DESCRIPTIONS,
        terms=list(reversed(book.records.contract.terms)),
        total=tally(book.compliance),
    )
    title = voice.language.text(N_("Service levels"))
    return SitePage(addresses.LEVELS, addresses.LEVELS, title, html)


def _month(voice: Voice, month: str) -> Month:
    rows = [one for one in voice.book.compliance if one.month == month]
    keys = sorted({(one.severity, one.target) for one in rows})
    cells = {key: tally(one for one in rows if (one.severity, one.target) == key) for key in keys}
    severities = tuple(sorted({severity for severity, _ in keys}))
    return Month(month, tally_of_month(voice.book, month), cells, severities)


def _missed(voice: Voice, verdict: Verdict) -> Missed:
    ticket = voice.book.records.tickets[verdict.ticket]
    explanations = tuple(
        one
        for one in public_log(ticket.log)
        if one.event == "justified" and one.data["target"] == verdict.target
    )
    return Missed(verdict, voice.prose(public_title(ticket, voice.book)), explanations)
