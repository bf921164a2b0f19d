"""Corrective actions: what is still to be done, what of it is late, and what was done in the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    fact,
    moment,
    number,
    own,
    person,
    term,
    verbatim,
    written,
)
from weibao.render.papers.paper import Facts, PaperCell, Table
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.action_states import action_states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.actions import Action
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice = commission.voice
    found = action_states(voice.book, report.period)
    yield Facts(
        "action_numbers",
        (
            fact(voice, "open", N_("Still to be done"), number(voice, len(found.open))),
            fact(voice, "overdue", N_("Of these overdue"), number(voice, found.overdue)),
            fact(
                voice,
                "finished",
                N_("Done or verified in the period"),
                number(voice, len(found.finished)),
            ),
        ),
    )
    columns = (
        column(voice, "action", N_("Action"), 3),
        column(voice, "about", N_("What it is about"), 3),
        column(voice, "text", N_("What is to be done"), 6),
        column(voice, "owner", N_("Owner"), 2),
        column(voice, "due", N_("Due"), 2),
    )
    yield Table(
        "open_actions",
        own(voice, N_("Open corrective actions")),
        (*columns, column(voice, "overdue", N_("Overdue"))),
        tuple((*_action(voice, action), _overdue(voice, action)) for action in found.open),
        own(voice, N_("No corrective action is open.")),
    )
    yield Table(
        "finished_actions",
        own(voice, N_("Corrective actions done or verified in the period")),
        (
            *columns,
            column(voice, "state", N_("State"), 2),
            column(voice, "at", N_("Done or verified at"), 2),
        ),
        tuple(
            (
                *_action(voice, action),
                term(voice, "state", action.state.value),
                moment(voice, action.steps[-1].at),
            )
            for action in found.finished
        ),
        own(voice, N_("No corrective action was done or verified in the period.")),
    )


def _action(voice: Voice, action: Action) -> tuple[PaperCell, ...]:
    return (
        verbatim(action.id),
        written(voice, voice.language.listing(map(str, action.about.values()))),
        written(voice, action.text),
        person(voice, action.owner),
        day(action.due),
    )


def _overdue(voice: Voice, action: Action) -> PaperCell:
    if not action.overdue:
        return NONE
    return PaperCell(own(voice, N_("overdue")), value=True, mood="bad")


PART = ReportPart(key="actions", title=N_("Corrective actions"), place=140, tell=_tell)
