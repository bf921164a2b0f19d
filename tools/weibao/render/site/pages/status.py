"""The home page: is it all right? One sentence, then what is open, who is on duty, and the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_month
from weibao.render.site import addresses
from weibao.render.site.amendments import public_title
from weibao.render.site.charts import Column, columns, day_strip
from weibao.render.site.months import last_months, tally_of_month
from weibao.render.site.page import SitePage, typeset
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from markupsafe import Markup

    from weibao.model.ticket import Ticket
    from weibao.render.site.voice import Voice
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.verdict import Verdict

ALL_KEPT = N_("All promises are being kept")
AT_RISK = N_("{number} promise is at risk"), N_("{number} promises are at risk")
BREACHED = N_("{number} promise is overdue now"), N_("{number} promises are overdue now")
DAMAGED = (
    N_("The record itself is damaged in {number} place"),
    N_("The record itself is damaged in {number} places"),
)

SERVICE_DOWN = N_("{service}: {share} available over twelve months, outages on {days} days")


@dataclass(frozen=True, slots=True)
class Answer:
    """The one sentence: how grave it is (``ok``, ``risk``, ``bad``), its icon and its words."""

    mood: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket with what it must reach next."""

    ticket: Ticket
    title: str
    next: Verdict | None
    severity: int | None
    state: str
    paused: bool
    owner: str


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """A service's twelve months: the strip of days, and the days with an outage, latest first."""

    service: ServiceAvailability
    name: str
    strip: Markup
    down_days: tuple[tuple[str, str, tuple[str, ...]], ...]


def answer(voice: Voice) -> Answer:
    """Is it all right? The gravest thing that is so, in words."""
    book, say = voice.book, voice.language.plural
    damaged = sum(one.code[0] == "L" for one in book.findings)
    if damaged:
        return Answer("bad", "shield-alert", say(*DAMAGED, damaged))
    if book.overdue:
        return Answer("bad", "alert-octagon", say(*BREACHED, len(book.overdue)))
    at_risk = sum(one.outcome is Outcome.AT_RISK for one in book.due_next)
    if at_risk:
        return Answer("risk", "clock-alert", say(*AT_RISK, at_risk))
    return Answer("ok", "check-circle", voice.language.text(ALL_KEPT))


def status_page(voice: Voice) -> SitePage:
    """The home page."""
    book = voice.book
    month = local_month(book.as_of, book.zone)
    pressing = book.open_by_urgency
    html = typeset(
        "status.html",
        addresses.STATUS,
        voice,
        answer=answer(voice),
        open_tickets=[_open(voice, one) for one in pressing if not one.planned],
        planned=[_open(voice, one) for one in pressing if one.planned],
        month=month,
        this_month=tally_of_month(book, month),
        months=[(one, tally_of_month(book, one)) for one in last_months(book)],
        chart=_chart(voice),
        services=[_year(voice, one) for one in book.availability.services.values()],
        overdue_work=[one for one in book.due_work if one.state == "overdue"],
        checks_failed=sum(not one.passed for one in book.checks),
    )
    title = voice.language.text(N_("Status"))
    return SitePage(addresses.STATUS, addresses.STATUS, title, html)


def _open(voice: Voice, ticket: Ticket) -> OpenTicket:
    state = voice.book.states[ticket.id]
    return OpenTicket(
        ticket,
        voice.prose(public_title(ticket, voice.book)),
        voice.book.next_deadline(ticket.id),
        state.severity if state.severity is not None else ticket.severity,
        state.state.value,
        state.paused,
        state.owner,
    )


def _chart(voice: Voice) -> Markup:
    bars = []
    for month in last_months(voice.book):
        counted = tally_of_month(voice.book, month)
        above = voice.share(counted.share)
        bars.append(Column(month[2:], counted.met, counted.breached, above))
    return columns(bars, voice.language.text(N_("Promises kept and missed, by month")))


def _year(voice: Voice, service: ServiceAvailability) -> ServiceYear:
    book = voice.book
    down = [day for day in service.days if day.down_seconds]
    name = voice.service(service.id)
    words = voice.language.text(
        SERVICE_DOWN, service=name, share=voice.share(service.share, 3), days=len(down)
    )
    since = book.records.contract.start.isoformat()
    return ServiceYear(
        service,
        name,
        day_strip(service.days, since, words),
        tuple(
            (voice.day(one.day), voice.length(one.down_seconds), one.tickets)
            for one in reversed(down)
        ),
    )
