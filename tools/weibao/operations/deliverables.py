"""Deliverables: which reports the customer is to get, by when, and what became of each.

A report is issued on the close of the month with which its period ends. The record of a round of
inspection is its own report: it is delivered with the completion of the round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from weibao.model.closing import close_path
from weibao.model.instant import local_day, local_month, midnight
from weibao.model.promises import MONTHS_OF
from weibao.operations.duties import after, first_calendars
from weibao.sla.closing import month_after, month_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.official import Official
    from weibao.history.proven import Grade, ProvenEntry, ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.promises import Deliverable
    from weibao.operations.planned import DueWork


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report that was promised, and how far it has come. Instants are by the evidence.

    Attributes:
        kind: which report: a word of the kind ``deliverable``.
        covers: the last month that it covers, or the round.
        record: the path of the close, or the inspection ("" where none has begun); ``path`` the file to look into.
        over: when what it covers was over.
        due: the last instant on time; None where no calendar says it.
        issued, claimed, grade: when it was issued, and as it was claimed, and what that rests on; None: it is not.
        version: how often it was issued.
        revised: since when its last version is being revised; None where that stands.
        submitted, accepted, disputed: what followed its last issue, unless that is being revised: an answer is to
            its own version alone. Of the customer's answers the last stands.
        first_hand: whether that answer is in the customer's own hand, and not on the provider's word alone.
    """

    kind: str
    covers: str
    record: str
    path: str
    over: Instant
    due: Instant | None
    issued: Instant | None = None
    claimed: Instant | None = None
    grade: Grade | None = None
    version: int = 0
    revised: Instant | None = None
    submitted: Instant | None = None
    accepted: Instant | None = None
    disputed: Instant | None = None
    first_hand: bool = False

    @property
    def in_time(self) -> bool:
        """Whether it was issued by the last instant on time."""
        return self.issued is not None and self.due is not None and self.issued <= self.due


def deliveries(
    contracts: Official[Contract],
    logs: Mapping[str, ProvenLog],
    rounds: Iterable[DueWork],
    round_logs: Mapping[str, ProvenLog],
    since: Instant,
    as_of: Instant,
    until: Instant,
) -> Iterator[Delivery]:
    """Every report of which the period is over ``until`` then, by the contract as it stood then, in the order of the periods.

    What became of each is told ``as_of`` an instant. ``logs`` are the proven logs of the closes, by month; ``round_logs`` those of the inspections. What was over ``since`` the
    records are kept counts, and nothing before.
    """
    now = contracts.now
    calendar = first_calendars()

    def due(contract: Contract, promised: Deliverable, over: Instant) -> Instant | None:
        return after(promised.due_within, over - 1, partial(calendar, contract))

    for kind, first, last, over in periods(now, until):
        if over <= since:
            continue
        contract = contracts.before(over)
        for promised in contract.deliverables:
            if promised.kind == kind and f"{promised.first:%Y-%m}" <= first:
                delivery = Delivery(
                    kind,
                    last,
                    close_path(last),
                    close_path(last),
                    over,
                    due(contract, promised, over),
                )
                yield _followed(delivery, logs.get(last), as_of)
    yield from _of_rounds(contracts, rounds, round_logs, due, since, as_of, until)


def periods(contract: Contract, until: Instant) -> Iterator[tuple[str, str, str, Instant]]:
    """Kind of report, first and last month, and end, of every period of the term that is over.

    Quarters and years are the contract's own: they are counted from the month in which its term begins. The
    last of either ends with the term.
    """
    zone = contract.zone
    last = f"{contract.end:%Y-%m}"
    end = midnight(contract.end + timedelta(days=1), zone)
    begun = dict.fromkeys(MONTHS_OF, f"{contract.start:%Y-%m}")
    month, number = f"{contract.start:%Y-%m}", 1
    while month <= min(last, local_month(until, zone)):
        over = end if month == last else month_end(month, zone)
        if over <= until:
            for kind, length in MONTHS_OF.items():
                if number % length == 0 or month == last:
                    yield kind, begun[kind], month, over
                    begun[kind] = month_after(month)
            if month == last:
                yield "acceptance", f"{contract.start:%Y-%m}", month, over
        month, number = month_after(month), number + 1


def _followed(delivery: Delivery, log: ProvenLog | None, as_of: Instant) -> Delivery:
    """The delivery with what its log says of it by an instant."""
    said = [
        proven
        for proven in (log.timeline if log else ())
        if proven.entry.data.get("report") == delivery.kind and proven.effective <= as_of
    ]
    said.sort(key=lambda proven: proven.effective)
    issues = [proven for proven in said if proven.entry.event == "issued"]
    if not issues:
        return delivery
    since = [proven for proven in said if proven.effective >= issues[-1].effective]
    delivery = replace(_issued(delivery, issues[0]), version=len(issues))
    if revised := _when(since, "revised"):
        return replace(delivery, revised=revised)
    answers = [proven for proven in since if proven.entry.event in {"accepted", "disputed"}]
    answer = answers[-1] if answers else None
    return replace(
        delivery,
        submitted=_when(since, "submitted"),
        accepted=_when(answers[-1:], "accepted"),
        disputed=_when(answers[-1:], "disputed"),
        first_hand=answer is not None and answer.first_hand is True,
    )


def _issued(delivery: Delivery, step: ProvenEntry | None) -> Delivery:
    if step is None:
        return delivery
    return replace(delivery, issued=step.effective, claimed=step.entry.at, grade=step.grade)


def _when(log: Iterable[ProvenEntry], event: str) -> Instant | None:
    found = _first(log, event)
    return found.effective if found else None


def _first(log: Iterable[ProvenEntry], event: str) -> ProvenEntry | None:
    return next((proven for proven in log if proven.entry.event == event), None)


def _of_rounds(
    contracts: Official[Contract],
    rounds: Iterable[DueWork],
    logs: Mapping[str, ProvenLog],
    due: Callable[[Contract, Deliverable, Instant], Instant | None],
    since: Instant,
    as_of: Instant,
    until: Instant,
) -> Iterator[Delivery]:
    """The reports of the rounds whose last day on time is over: each is promised though the round was left out."""
    zone: ZoneInfo = contracts.now.zone
    last_day = local_day(until, zone)
    for work in rounds:
        if work.kind != "inspection" or work.due >= last_day:
            continue
        over = midnight(work.due + timedelta(days=1), zone)
        if over <= since:
            continue
        contract = contracts.before(over)
        for promised in contract.deliverables:
            if promised.kind == "inspection" and promised.first <= work.planned_for:
                covers = f"{work.plan} {work.planned_for.isoformat()}"
                last = due(contract, promised, over)
                delivery = Delivery("inspection", covers, work.record or PLAN, PLAN, over, last)
                yield _issued(delivery, _completed(work, logs, as_of))


PLAN = "records/plan.yaml"


def _completed(work: DueWork, logs: Mapping[str, ProvenLog], as_of: Instant) -> ProvenEntry | None:
    """The completion with which the last inspection of a round was closed; None while one is not."""
    found = [
        _first((proven for proven in logs[name].timeline if proven.effective <= as_of), "completed")
        for name in work.records
    ]
    known = [proven for proven in found if proven is not None]
    if not known or len(known) < len(found):
        return None
    return max(known, key=lambda proven: proven.effective)
