"""The home page: is it all right? One sentence, then what is open, who is on duty, and the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.charts import Column, columns, day_strip
from weibao.render.site.page import FixedPage
from weibao.report.months import last_months
from weibao.report.pressing import (
    damage,
    errors_of_record,
    failed_checks,
    overdue_work,
    promises_at_risk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from weibao.model.ticket import Ticket
    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.figures import MonthOfCompliance
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


def answer(voice: SiteVoice) -> Answer:
    """Is it all right? The gravest thing that is so, in words."""
    book, say = voice.book, voice.language.plural
    if damaged := damage(book):
        return Answer("bad", "shield-alert", say(*DAMAGED, damaged))
    if book.overdue:
        return Answer("bad", "alert-octagon", say(*BREACHED, len(book.overdue)))
    if at_risk := promises_at_risk(book):
        return Answer("risk", "clock-alert", say(*AT_RISK, at_risk))
    return Answer("ok", "check-circle", voice.language.text(ALL_KEPT))


def _facts(voice: SiteVoice, _audit: Audit) -> dict[str, Any]:
    book = voice.book
    pressing = book.open_by_urgency
    months = last_months(book)
    return {
        "answer": answer(voice),
        "open_tickets": [_open(voice, ticket) for ticket in pressing if not ticket.planned],
        "planned": [_open(voice, ticket) for ticket in pressing if ticket.planned],
        "this_month": months[-1],
        "months": months,
        "chart": _chart(voice, months),
        "services": [_year(voice, service) for service in book.availability.services.values()],
        "overdue_work": overdue_work(book),
        "checks_failed": failed_checks(book),
        "unsound": errors_of_record(book),
    }


def _open(voice: SiteVoice, ticket: Ticket) -> OpenTicket:
    state = voice.book.states[ticket.id]
    return OpenTicket(
        ticket,
        ticket.title,
        voice.book.next_deadline(ticket.id),
        state.severity if state.severity is not None else ticket.severity,
        state.state.value,
        state.paused,
        state.owner,
    )


def _chart(voice: SiteVoice, months: Iterable[MonthOfCompliance]) -> Markup:
    bars = [Column(month.month[2:], month.kept, voice.share(month.kept.share)) for month in months]
    return columns(bars, voice.language.text(N_("Promises kept and missed, by month")))


def _year(voice: SiteVoice, service: ServiceAvailability) -> ServiceYear:
    book = voice.book
    name = voice.service(service.id)
    words = voice.language.text(
        SERVICE_DOWN, service=name, share=voice.share(service.share, 3), days=len(service.days_down)
    )
    since = book.records.contract.start.isoformat()
    return ServiceYear(
        service,
        name,
        day_strip(service.days, since, words),
        tuple(
            (voice.day(day.day), voice.length(day.down_seconds), day.tickets)
            for day in reversed(service.days_down)
        ),
    )


PAGE = FixedPage(
    address=addresses.STATUS, title=N_("Status"), template="status.html", facts=_facts, place=10
)
