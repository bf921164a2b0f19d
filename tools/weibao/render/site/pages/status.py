"""The home page: how it is now, in three sentences and what they rest on; then the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.edition.charts import MonthShare, day_strip, shares
from weibao.render.site.live import live_parts
from weibao.render.site.page import FixedPage
from weibao.render.words.figures import agreed_told
from weibao.report.figure import whole_month
from weibao.report.headline import Statement, headline
from weibao.report.months import last_months
from weibao.report.service_file import borne_tickets
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from markupsafe import Markup

    from weibao.model.promises import Bound
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book
    from weibao.report.headline import Sentence
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.figures import MonthOfCompliance

_INTEGRITY = {
    Statement.BEHIND: N_("not the newest"),
    Statement.UNWITNESSED: N_("consistent, unwitnessed"),
    Statement.UNDAMAGED: N_("sound"),
}
SERVICE_YEAR = N_("{service}: {share} available over twelve months, troubled on {days} days")


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """A service's twelve months: the strip of days, and those that were troubled, latest first."""

    service: ServiceAvailability
    name: str
    strip: Markup
    troubled: tuple[tuple[date, str, tuple[str, ...]], ...]
    by_condition: tuple[tuple[Condition, str], ...]
    excluded: tuple[tuple[str, str, tuple[str, ...]], ...]
    borne: frozenset[str]


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    book = voice.book
    months, record = last_months(book), headline(book).record
    agreed = _agreed(book, months)
    return {
        "live": live_parts(voice),
        "planned": [ticket for ticket in book.open_tickets if ticket.planned],
        "months": months,
        "rows_of": lambda month: _rows_of(month, voice),
        "chart": _chart(voice, months, agreed),
        "agreed": dict.fromkeys(agreed_told(bound, voice.language) for bound in agreed.values()),
        "conditions": tuple(
            condition for condition in Condition if condition is not Condition.UNKNOWN
        ),
        "services": [_year(voice, service) for service in book.availability.services.values()],
        "pressing": [work for work in book.due_work if work.pressing],
        "record": record,
        "integrity": _integrity(voice, record),
        "checks_made": audit.checks_made,
    }


def _rows_of(month: str, voice: Voice) -> str:
    """The page of a month's promises; that of all months where none fell due in it."""
    due = any(compliance.month == month for compliance in voice.book.compliance)
    return addresses.month_page(month) if due else "levels"


def _integrity(voice: Voice, sentence: Sentence) -> str:
    """What the headline says of the record, in a word or two."""
    words, number = voice.language, sentence.number
    if sentence.says is Statement.DAMAGED:
        return words.plural(N_("damaged in {number} place"), "damaged in {number} places", number)
    if sentence.says is Statement.ERRORS:
        return words.plural("{number} error", "{number} errors", number)
    return words.text(_INTEGRITY[sentence.says])


def _agreed(book: Book, months: Iterable[MonthOfCompliance]) -> Mapping[str, Bound]:
    """What the contract asks of the share of promises kept, by month; of a month without promises nothing."""
    asked = {
        month.month: book.figure("compliance", whole_month(month.month, book.zone)).bound
        for month in months
        if month.judged
    }
    return {month: bound for month, bound in asked.items() if bound is not None}


def _chart(
    voice: Voice, months: Sequence[MonthOfCompliance], agreed: Mapping[str, Bound]
) -> Markup:
    """The latest month first, as in the table beside it."""
    bars = [
        MonthShare(
            month.month,
            month.kept,
            voice.share(month.kept.share),
            agreed[month.month].value if month.month in agreed else None,
        )
        for month in reversed(months)
    ]
    return shares(bars, voice.language.text(N_("Promises kept and missed, by month")))


def _year(voice: Voice, service: ServiceAvailability) -> ServiceYear:
    book = voice.book
    name = voice.service(service.id)
    since = book.records.contract.start.isoformat()
    return ServiceYear(
        service,
        name,
        day_strip(service.days, since, year_told(voice, name, service)),
        tuple(
            (day.day, voice.by_condition(day.seconds), day.tickets)
            for day in reversed(service.troubled_days)
        ),
        tuple(
            (condition, voice.roughly(service.by_condition[condition]))
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
        borne_tickets(book, service),
    )


def year_told(voice: Voice, name: str, found: ServiceAvailability) -> str:
    """What a strip of days shows, in a sentence."""
    return voice.language.text(
        SERVICE_YEAR,
        service=name,
        share=voice.share(found.share, 3),
        days=len(found.troubled_days),
    )


PAGE = FixedPage(
    address=addresses.STATUS, title=N_("Status"), template="status.html", facts=_facts, place=10
)
