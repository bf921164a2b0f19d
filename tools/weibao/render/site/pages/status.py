"""The home page: is it all right? One sentence, then what is open, who is on duty, and the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.charts import Column, columns, day_strip
from weibao.render.site.page import FixedPage
from weibao.render.words.due import due_told, whose
from weibao.report.due.due import due, for_customer, number_promised, open_by_harm
from weibao.report.due.item import DueKind, Harm
from weibao.report.months import last_months
from weibao.report.soundness import damage, errors_of_record, failed_checks
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from weibao.model.ticket import Ticket
    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit
    from weibao.report.due.item import DueItem
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

SERVICE_YEAR = N_("{service}: {share} available over twelve months, troubled on {days} days")


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
class DueRow:
    """Something that is due, as the customer is told: its title where it is a ticket's."""

    item: DueItem
    told: str
    title: str
    who: str


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """A service's twelve months: the strip of days, and those that were troubled, latest first."""

    service: ServiceAvailability
    name: str
    strip: Markup
    troubled: tuple[tuple[str, str, tuple[str, ...]], ...]
    by_condition: tuple[tuple[Condition, str], ...]
    excluded: tuple[tuple[str, str, tuple[str, ...]], ...]


def answer(voice: SiteVoice) -> Answer:
    """Is it all right? The gravest thing that is so, in words."""
    book, say = voice.book, voice.language.plural
    if damaged := damage(book):
        return Answer("bad", "shield-alert", say(*DAMAGED, damaged))
    items = due(book, book.as_of)
    if late := number_promised(items, Harm.BROKEN):
        return Answer("bad", "alert-octagon", say(*BREACHED, late))
    if at_risk := number_promised(items, Harm.THREATENED):
        return Answer("risk", "clock-alert", say(*AT_RISK, at_risk))
    return Answer("ok", "check-circle", voice.language.text(ALL_KEPT))


def _facts(voice: SiteVoice, _audit: Audit) -> dict[str, Any]:
    book = voice.book
    pressing = open_by_harm(book)
    items = due(book, book.as_of)
    months = last_months(book)
    return {
        "answer": answer(voice),
        "open_tickets": [_open(voice, ticket) for ticket in pressing if not ticket.planned],
        "planned": [ticket for ticket in pressing if ticket.planned],
        "due_items": [_due(voice, item) for item in for_customer(items)],
        "late": number_promised(items, Harm.BROKEN),
        "this_month": months[-1],
        "months": months,
        "chart": _chart(voice, months),
        "conditions": tuple(
            condition for condition in Condition if condition is not Condition.UNKNOWN
        ),
        "services": [_year(voice, service) for service in book.availability.services.values()],
        "overdue_work": [
            item for item in items if item.kind is DueKind.ROUND and item.harm is Harm.OWED
        ],
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


def _due(voice: SiteVoice, item: DueItem) -> DueRow:
    ticket = voice.book.records.tickets.get(item.record)
    return DueRow(
        item,
        due_told(item, voice.book.records, voice.language, voice.person),
        ticket.title if ticket else "",
        whose(item, voice.language, voice.person),
    )


def _chart(voice: SiteVoice, months: Iterable[MonthOfCompliance]) -> Markup:
    bars = [Column(month.month[2:], month.kept, voice.share(month.kept.share)) for month in months]
    return columns(bars, voice.language.text(N_("Promises kept and missed, by month")))


def _year(voice: SiteVoice, service: ServiceAvailability) -> ServiceYear:
    book = voice.book
    name = voice.service(service.id)
    words = voice.language.text(
        SERVICE_YEAR,
        service=name,
        share=voice.share(service.share, 3),
        days=len(service.troubled_days),
    )
    since = book.records.contract.start.isoformat()
    return ServiceYear(
        service,
        name,
        day_strip(service.days, since, words),
        tuple(
            (voice.day(day.day), _told(voice, day.seconds), day.tickets)
            for day in reversed(service.troubled_days)
        ),
        tuple(
            (condition, voice.length(service.by_condition[condition]))
            for condition in Condition
            if condition in service.by_condition
        ),
        tuple(
            (
                f"{voice.moment(span.start)} – {voice.moment(span.end)}",
                voice.language.term("condition", span.condition.value),
                span.tickets,
            )
            for span in service.excluded
        ),
    )


def _told(voice: SiteVoice, seconds: Mapping[Condition, int]) -> str:
    """The seconds of a day by condition, the gravest first."""
    return voice.language.listing(
        f"{voice.language.term('condition', condition.value)} {voice.length(seconds[condition])}"
        for condition in Condition
        if condition in seconds
    )


PAGE = FixedPage(
    address=addresses.STATUS, title=N_("Status"), template="status.html", facts=_facts, place=10
)
