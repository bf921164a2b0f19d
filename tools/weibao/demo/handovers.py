"""Hand-overs and reviews of the example: every week of the engineers, audits, surveys, and a visit to a depot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weibao.demo.data_files import read_data
from weibao.demo.hours import MINUTE, ZONE, at_time, written
from weibao.demo.people import KEEPER, MANAGER, SUPERVISOR
from weibao.demo.staged_record import EntryWriter, StagedRecord
from weibao.model.events import SCORES
from weibao.model.ids import make_id, record_path
from weibao.model.instant import local_day
from weibao.operations.on_duty import shifts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.demo.year import Year
    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty

ROTA = "engineer"
"""The rota whose shifts the contract asks to be handed over."""


@dataclass(frozen=True, slots=True)
class AuditMade:
    """An audit, so many days after the year's beginning."""

    name: str
    day: int
    hour: int
    scope: str
    text: str


@dataclass(frozen=True, slots=True)
class SurveyMade:
    """A survey and its scores by dimension, none of who did not answer; and what a call back brought."""

    contact: str
    via: str
    day: int
    hour: int
    scores: tuple[int, ...]
    comment: str = ""
    called_back: str = ""


@dataclass(frozen=True, slots=True)
class VisitMade:
    """A visit of a contact to a depot."""

    contact: str
    depot: str
    day: int
    hour: int
    text: str


@dataclass(frozen=True, slots=True)
class ReviewsMade:
    """All of them, and what is said when a shift is handed over."""

    handed_over: tuple[str, ...]
    tools: str
    environment: str
    audits: tuple[AuditMade, ...]
    surveys: tuple[SurveyMade, ...]
    visits: tuple[VisitMade, ...]


_REVIEWS = read_data(ReviewsMade, "data/reviews.yaml")


def hand_overs(year: Year, tickets: Sequence[StagedRecord]) -> Iterator[StagedRecord]:
    """Every week that one engineer handed over to another, with the tickets that were open then."""
    begin = at_time(year.start, 0)
    for turn, following in pairwise(shifts(year.duty, ROTA, begin, year.finish)):
        over = following.start + 20 * MINUTE
        if turn.person != following.person and begin < following.start and over < year.finish:
            yield _hand_over(year, turn, following, tickets)


def _hand_over(
    year: Year, turn: OnDuty, following: OnDuty, tickets: Sequence[StagedRecord]
) -> StagedRecord:
    random = year.chance("hand-over", turn.end)
    writer = EntryWriter(year, random)
    at = turn.end - writer.about(4, 12)
    opened = [ticket for ticket in tickets if _open(ticket, at)]
    data: dict[str, Any] = {
        "text": random.choice(_REVIEWS.handed_over),
        "tools": _REVIEWS.tools,
        "environment": _REVIEWS.environment,
        "open": sorted(ticket.name for ticket in opened),
    }
    if any(_grave(ticket) for ticket in opened):
        data["consent_by"] = SUPERVISOR.id
    writer.write(at, "handed_over", turn.person, **data)
    writer.write(turn.end + writer.about(2, 11), "taken_over", following.person)
    name = make_id("S", local_day(at, ZONE), random.randrange(32**6))
    header = {
        "id": name,
        "rota": ROTA,
        "from": written(turn.start),
        "to": written(turn.end),
    }
    return StagedRecord("shift", name, record_path(name), header, writer.finished())


def _open(ticket: StagedRecord, at: Instant) -> bool:
    """Whether a ticket had been recorded by then, and its end had not."""
    known = [step for step in ticket.steps if step.recorded <= at]
    ends = [step for step in known if step.event in {"closed", "cancelled", "reopened"}]
    last = max(ends, key=lambda step: step.at, default=None)
    return bool(known) and (last is None or last.event == "reopened")


def _grave(ticket: StagedRecord) -> bool:
    raised = (step.data["severity"] for step in ticket.steps if step.event == "severity_agreed")
    return 1 in {ticket.header.get("severity"), *raised}


def review_ledger(year: Year) -> StagedRecord:
    """reviews.yaml: what was audited, asked and visited in the year."""
    writer = EntryWriter(year, year.chance("reviews"))

    def on(day: int, hour: int) -> Instant:
        return at_time(year.days.shifted(year.start + timedelta(days=day), 0), hour)

    for audit in _REVIEWS.audits:
        data: dict[str, Any] = {"audit": audit.name, "scope": audit.scope, "text": audit.text}
        writer.write(on(audit.day, audit.hour), "audited", MANAGER.id, **data)
    for survey in _REVIEWS.surveys:
        at = on(survey.day, survey.hour)
        named: dict[str, Any] = {"contact": survey.contact, "via": survey.via}
        scores = dict(zip(SCORES, survey.scores, strict=False))
        said = {"comment": survey.comment} if survey.comment else {}
        writer.write(at, "surveyed", MANAGER.id, **(named | scores | said))
        if survey.called_back:
            later = year.days.later(at, 120)
            named = {"contact": survey.contact, "via": "phone"}
            writer.write(later, "called_back", MANAGER.id, **named, text=survey.called_back)
    for visit in _REVIEWS.visits:
        data = {"depot": visit.depot, "contact": visit.contact, "access": "granted"}
        writer.write(on(visit.day, visit.hour), "visited", KEEPER.id, **data, text=visit.text)
    return StagedRecord(
        "reviews", "reviews", "records/reviews.yaml", {}, writer.finished(), writer.files
    )
