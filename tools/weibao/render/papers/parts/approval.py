"""Versions: what was issued of the report to whom, and why it was revised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    NONE,
    column,
    details,
    fact,
    for_reader,
    moment,
    number,
    own,
    person,
    term,
)
from weibao.render.papers.paper import Facts, PaperCell, Prose, Table, said
from weibao.render.papers.report_part import ReportPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    yield Facts(
        "versions",
        (
            fact(
                voice,
                "version",
                N_("This version"),
                replace(number(voice, report.version), number=False),
            ),
            fact(voice, "from", N_("From"), moment(voice, report.period.start)),
            fact(voice, "to", N_("Until"), moment(voice, report.period.end)),
            fact(voice, "as_of", N_("As of"), moment(voice, report.book.as_of)),
            fact(
                voice,
                "restated",
                N_("Promises that came out otherwise than their month was closed"),
                number(voice, len(report.restated)),
            ),
        ),
    )
    yield Table(
        "version_history",
        own(voice, N_("What became of it before this version")),
        (
            column(voice, "at", N_("Time"), 2),
            column(voice, "event", N_("Step"), 2),
            column(voice, "by", N_("By"), 2),
            column(voice, "hand", N_("Whose word"), 2),
            column(voice, "what", N_("What was said"), 5),
        ),
        tuple(
            _step(voice, proven)
            for proven in report.log
            if proven.entry.event != "remarked" and for_reader(voice, proven)
        ),
        own(voice, N_("This is the first version: none was issued before.")),
    )
    yield _distribution(voice, report)
    yield Prose(
        own(
            voice,
            N_(
                "The figures of a closed month stand; what came out otherwise later is listed beside them, under “{part}”."
            ),
            part=voice.language.text(N_("Service levels")),
        ),
        "note",
    )


def _distribution(voice: Voice, report: PeriodReport) -> Table:
    """Whom it was submitted to, and who may accept it."""
    submitted = {
        proven.entry.data["to"]: proven.effective
        for proven in report.log
        if proven.entry.event == "submitted" and for_reader(voice, proven)
    }
    contacts = voice.book.records.contract.contacts
    accepting = [key for key, contact in contacts.items() if "confirm" in contact.may]
    return Table(
        "distribution",
        own(voice, N_("Distribution")),
        (
            column(voice, "to", N_("Recipient"), 3),
            column(voice, "accepts", N_("May accept it"), 2),
            column(voice, "submitted", N_("Submitted at, before this version"), 3),
        ),
        tuple(
            (
                person(voice, key),
                PaperCell(
                    own(voice, N_("may") if key in accepting else N_("may not")), key in accepting
                ),
                moment(voice, submitted.get(key)),
            )
            for key in dict.fromkeys((*accepting, *submitted))
        ),
        own(voice, N_("No contact of the customer may accept reports.")),
    )


def _step(voice: Voice, proven: ProvenEntry) -> tuple[PaperCell, ...]:
    entry, hand = proven.entry, proven.hand
    return (
        moment(voice, proven.effective),
        PaperCell(said(voice.event("report", entry.event)), entry.event),
        person(voice, entry.by),
        term(voice, "hand", hand.value) if hand else NONE,
        PaperCell(details(voice, "report", entry), entry.index),
    )


PART = ReportPart(key="approval", title=N_("Versions and revisions"), place=0, tell=_tell)
