"""What the customer thought of a period: every score with its words, and what was done about the low ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.events import SCORES
from weibao.model.instant import format_instant
from weibao.operations.actions import actions_of
from weibao.report.figures.satisfaction import CONTENT
from weibao.rules.book.duties import owed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.operations.actions import Action
    from weibao.report.book import Book
    from weibao.report.figure import Period

CALL_BACK = "O264"
"""The rule that somebody goes back to whoever is discontented."""


@dataclass(frozen=True, slots=True)
class LowMark:
    """A score by which somebody was less than content.

    Attributes:
        ticket: which they confirmed; "" where they were asked about the service.
        about: what they were asked about; "" of a ticket.
        step: the entry that says it.
        due: until when somebody had to go back to them; None where nobody has to.
        answered: when somebody did, or raised an action; None where nobody has.
        answer: the entry by which they did, as the reader may have it.
        overdue: whether nobody has, though it is past due; ``late`` whether they did so too late.
    """

    ticket: str
    about: str
    score: int
    step: ProvenEntry
    due: Instant | None
    answered: Instant | None
    answer: ProvenEntry | None
    overdue: bool

    @property
    def late(self) -> bool:
        """Whether somebody went back to them after that was due."""
        return self.due is not None and self.answered is not None and self.answered > self.due


@dataclass(frozen=True, slots=True)
class SatisfactionTold:
    """What the customer said in a period: the scored confirmations by time, the surveys, and the low marks, worst first.

    ``actions`` are those that were raised about tickets with a low mark.
    """

    scored: tuple[tuple[str, ProvenEntry], ...]
    surveys: tuple[ProvenEntry, ...]
    low: tuple[LowMark, ...]
    actions: tuple[Action, ...]


def satisfaction_told(told: Book, whole: Book, period: Period) -> SatisfactionTold:
    """What the ``told`` edition of the ``whole`` Book says of a period."""
    confirmed = [
        (ticket.id, step)
        for ticket in told.records.tickets.values()
        if not ticket.planned
        for step in told.proofs[ticket.id].entries
        if step.entry.event == "confirmed"
        and "satisfaction" in step.entry.data
        and period.has(step.effective)
    ]
    confirmed.sort(key=lambda scored: (scored[1].effective, scored[0]))
    surveys = tuple(
        step
        for step in told.proofs["reviews"].timeline
        if step.entry.event == "surveyed" and period.has(step.effective)
    )
    marks = [(ticket, "", step.entry.data["satisfaction"], step) for ticket, step in confirmed]
    marks += [
        ("", about, step.entry.data[about], step)
        for step in surveys
        for about in SCORES
        if about in step.entry.data
    ]
    duties = dict(_duties(whole))
    low = {ticket for ticket, _, score, _ in marks if ticket and score < CONTENT}
    return SatisfactionTold(
        tuple(confirmed),
        surveys,
        tuple(
            _low(told, duties, ticket, about, score, step)
            for ticket, about, score, step in sorted(marks, key=lambda mark: mark[2])
            if score < CONTENT
        ),
        tuple(
            action
            for action in actions_of(told.records.actions, told.as_of, told.zone)
            if action.about.get("ticket") in low
        ),
    )


_Mark = tuple[str, str, str]
"""The ticket, the contact and the time of a mark."""

_Duty = tuple["Instant", "Instant | None"]
"""Until when somebody had to go back to the contact, and when they did."""


def _duties(whole: Book) -> Iterator[tuple[_Mark, _Duty]]:
    for finding, due, answered in owed(whole):
        if finding.code == CALL_BACK:
            told = finding.facts
            yield (finding.record, str(told["contact"]), str(told["at"])), (due, answered)


def _low(
    told: Book,
    duties: Mapping[_Mark, _Duty],
    ticket: str,
    about: str,
    score: int,
    step: ProvenEntry,
) -> LowMark:
    at = format_instant(step.entry.at, told.zone)
    due, answered = duties.get((ticket, step.entry.data["contact"], at), (None, None))
    steps = [*told.proofs["reviews"].timeline, *(told.proofs[ticket].timeline if ticket else ())]
    return LowMark(
        ticket,
        about,
        score,
        step,
        due,
        answered,
        next(
            (
                later
                for later in steps
                if later.effective == answered and later.entry.event in _ANSWERS
            ),
            None,
        ),
        overdue=due is not None and answered is None and due < told.as_of,
    )


_ANSWERS = frozenset({"called_back", "updated", "reopened", "confirmed"})
