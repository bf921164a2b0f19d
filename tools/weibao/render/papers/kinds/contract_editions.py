"""The contract and its amendments: the service levels edition by edition, its calendars, and every change of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.contract_editions import CONTRACT
from weibao.language import N_
from weibao.model.contract import UNSETTLED
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import column, day, number, own, term
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.configuration_cells import changes_table
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.report.papers.calendars_told import calendars_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.contract import ServiceTerms
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Paper, Section
    from weibao.report.papers.calendars_told import CalendarTold

NAME = "contract-editions"

NOT_SETTLED = N_("default values, which no contract has settled")


def _write(commission: Commission) -> Paper:
    title = own(commission.voice, N_("The contract and its amendments"))
    return record_paper(commission, NAME, title, _sections(commission), long=True)


def _sections(commission: Commission) -> Iterator[Section]:
    voice, audit = commission.voice, commission.audit
    contract = voice.book.records.contract
    terms = tuple(_levels(voice, edition) for edition in contract.terms)
    yield section(commission, "levels", N_("Service levels, edition by edition"), terms)
    calendars = (_calendars(voice, calendars_told(contract)),)
    yield section(commission, "calendars", N_("Working calendars and their sources"), calendars)
    caption, empty = N_("Every change of the contract"), N_("The contract was not changed.")
    changes = [change for change in audit.configuration if change.path == CONTRACT]
    table = (changes_table(voice, changes, caption, empty),)
    yield section(commission, "amendments", caption, table)
    yield from endorsed(commission, NAME)


def _levels(voice: Voice, edition: ServiceTerms) -> Table:
    return Table(
        f"levels_{edition.id}",
        own(
            voice,
            N_("In effect from {day}; source: {source}"),
            day=edition.id,
            source=Told(voice.language.text(NOT_SETTLED))
            if edition.source == UNSETTLED
            else edition.source,
        ),
        (
            column(voice, "severity", N_("Severity"), 2),
            column(voice, "target", N_("Promise"), 2),
            column(voice, "within", N_("Within"), 2),
            column(voice, "clock", N_("By the calendar"), 2),
        ),
        tuple(
            (
                PaperCell(said(voice.shown(voice.language.pick(level.names))), level.level),
                term(voice, "target", promise.target),
                PaperCell(said(voice.promise(promise.within)), promise.within.text),
                PaperCell(said(voice.shown(voice.calendar(promise.clock))), promise.clock),
            )
            for level in edition.severities.values()
            for promise in level.targets.values()
        ),
        own(voice, N_("Nothing is promised.")),
    )


def _calendars(voice: Voice, calendars: tuple[CalendarTold, ...]) -> Table:
    return Table(
        "calendars",
        own(voice, N_("Working calendars and their sources")),
        (
            column(voice, "calendar", N_("Calendar"), 2),
            column(voice, "from", N_("Covers from"), 2),
            column(voice, "to", N_("Covers to"), 2),
            column(voice, "days", N_("Days that differ")),
            column(voice, "why", N_("Why, as the contract says"), 5),
        ),
        tuple(
            (
                PaperCell(said(voice.shown(voice.calendar(calendar.terms.id))), calendar.terms.id),
                day(calendar.terms.covers_from),
                day(calendar.terms.covers_to),
                number(voice, calendar.days),
                PaperCell(
                    said(voice.shown(voice.language.listing(calendar.reasons))),
                    " ".join(calendar.reasons),
                ),
            )
            for calendar in calendars
        ),
        own(voice, N_("The contract has no working calendar: it counts round the clock.")),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("The contract and its amendments"),
    explained=N_(
        "The service levels edition by edition, the working calendars with the reasons of their holidays, and every change of the contract."
    ),
    subject="",
    place=70,
    write=_write,
)
