"""A reading of the evidence: when each step of a ticket happened, if this is what one believes.

One function judges; it is given three readings: what the evidence supports, what was claimed, and
what holds without believing any clock of the provider's. The order of the steps is that of their claims in every reading: evidence says when, not in what order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from weibao.history.imprecise import end_of_day
from weibao.history.proven import Grade
from weibao.model.fold import cut_short, fold, places_of_requests
from weibao.model.imported import Precision
from weibao.model.state import NO_SEVERITY
from weibao.sla.backing import backed, only_said, unshown

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.state import RecordState, SeverityPolicy


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant that a verdict uses, how well it is supported, and the commit that shows it.

    ``precision`` is how exactly an old register says it, None where it is exact.
    """

    instant: Instant
    grade: Grade
    commit: str | None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Step(Moment):
    """An entry that happened, and its ``place`` in the timeline."""

    entry: Entry = field(kw_only=True)
    place: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """A ticket's timeline as of an instant.

    Attributes:
        report: when the ticket was reported, from which its clocks run.
        steps: what had happened and counts, in the order of the claims.
        state: what the ticket has come to by them.
        until: the instant to which running clocks are read: the cancellation's, or the as-of.
        requests: the place of each request for a part, happened or not, so that its number is the
            same in every reading.
    """

    report: Moment
    steps: tuple[Step, ...]
    state: RecordState[Step]
    until: Instant
    requests: tuple[int, ...]


def by_evidence(proof: ProvenLog, policy: SeverityPolicy, as_of: Instant) -> Reading:
    """What the evidence supports: the reading that rules."""
    return _read(_report(proof), proof, policy, lambda proven: proven.effective, as_of)


def at_both_ends(
    proof: ProvenLog, policy: SeverityPolicy, as_of: Instant
) -> tuple[Reading, Reading] | None:
    """The least and the most that an old register can mean for the provider, where it does not say a time exactly.

    First all starts at their earliest and all else at its latest, then the reverse: but nothing before what began
    before it. None where every time is exact.
    """
    if not proof.latest and proof.header_latest is None:
        return None

    def latest(proven: ProvenEntry) -> Instant:
        return proof.latest.get(proven.entry.index, proven.effective)

    report = _report(proof)
    begun = report.instant if proof.header_latest is None else proof.header_latest
    most: dict[int, Instant] = {}
    for proven in proof.timeline:
        begun = max(begun, latest(proven)) if proven.start else begun
        most[proven.entry.index] = max(begun, proven.effective)
    late = replace(report, instant=proof.header_latest or report.instant)
    return (
        _read(
            report,
            proof,
            policy,
            lambda proven: proven.effective if proven.start else latest(proven),
            as_of,
        ),
        _read(late, proof, policy, lambda proven: most[proven.entry.index], as_of),
    )


def by_claim(
    reported_at: Instant, proof: ProvenLog, policy: SeverityPolicy, as_of: Instant
) -> Reading | None:
    """What was claimed: the reading in which everybody is believed; None where that rules anyway."""
    report = replace(_report(proof), instant=reported_at)
    return _read_otherwise(report, proof, policy, lambda proven: proven.entry.at, as_of)


def by_witness(
    proof: ProvenLog, policy: SeverityPolicy, as_of: Instant, tolerance: int
) -> Reading | None:
    """What none of the provider's clocks is needed for: each step recorded when it was witnessed.

    One that nobody outside has witnessed was recorded at ``as_of``. A start, an imported entry and one that
    the customer countersigned do not rest on their recorder's clock. What takes a promise back, and a
    remote repair in place of an arrival, counts only where the customer signed it or a document shows it.
    None where that rules anyway.
    """
    shown = backed(proof, _SIGNED)
    left_out = {proven.entry.index for proven in only_said(proof, _SIGNED)}
    unbacked = unshown(proof, _SIGNED)

    def latest(proven: ProvenEntry) -> Instant:
        countersigned = proven.grade is Grade.COUNTERSIGNED and proven.entry.reference in shown
        if proven.start or proven.evidence is None or countersigned:
            return proven.effective
        if proven.grade is Grade.IMPORTED:
            return proof.latest.get(proven.entry.index, proven.effective)
        end = as_of if proven.witnessed is None else max(proven.evidence, proven.witnessed)
        believed = end - proven.entry.at <= tolerance
        return max(proven.effective, proven.entry.at if believed else end)

    if not left_out and not unbacked:
        return _read_otherwise(_report(proof), proof, policy, latest, as_of)
    strict = replace(policy, unshown=unbacked)
    return _read(_report(proof), proof.without(left_out), strict, latest, as_of)


_SIGNED = "signed"
"""What the customer's word must be where nobody is believed, whatever was agreed."""


def state_at_longest(
    proof: ProvenLog, as_of: Instant, policy: SeverityPolicy, zone: ZoneInfo
) -> RecordState[Step]:
    """What a ticket has come to if an outage lasted as long as its old register can mean, day by day.

    It lasts from its earliest to the end of the day of its repair: not longer where no day is known either, since
    nothing says so.
    """

    def latest(proven: ProvenEntry) -> Instant:
        known = proof.latest.get(proven.entry.index, proven.effective)
        return min(known, max(proven.effective, end_of_day(proven.entry.at, zone)))

    steps = _steps(proof, lambda proven: proven.effective if proven.start else latest(proven))
    return fold("ticket", [step for step in steps if step.instant <= as_of], policy)


def state_by_evidence(
    kind: str, proof: ProvenLog, as_of: Instant, policy: SeverityPolicy = NO_SEVERITY
) -> RecordState[Step]:
    """What a record of this kind has come to, by what the evidence supports."""
    steps = _steps(proof, lambda proven: proven.effective)
    return fold(kind, [step for step in steps if step.instant <= as_of], policy)


def _report(proof: ProvenLog) -> Moment:
    precision = None if proof.header_latest is None else Precision.DAY
    return Moment(proof.header_effective, proof.header_grade, proof.header_commit, precision)


def _steps(proof: ProvenLog, instant_of: Callable[[ProvenEntry], Instant]) -> list[Step]:
    return [
        Step(
            instant_of(proven),
            proven.grade,
            proven.commit,
            proven.precision,
            entry=proven.entry,
            place=place,
        )
        for place, proven in proof.placed
    ]


def _read_otherwise(
    report: Moment,
    proof: ProvenLog,
    policy: SeverityPolicy,
    instant_of: Callable[[ProvenEntry], Instant],
    as_of: Instant,
) -> Reading | None:
    """Another reading than the one that rules; None where everything happens at the same instants."""
    same = all(instant_of(proven) == proven.effective for proven in proof.entries)
    if same and report.instant == proof.header_effective:
        return None
    return _read(report, proof, policy, instant_of, as_of)


def _read(
    report: Moment,
    proof: ProvenLog,
    policy: SeverityPolicy,
    instant_of: Callable[[ProvenEntry], Instant],
    as_of: Instant,
) -> Reading:
    steps = _steps(proof, instant_of)
    happened = [step for step in steps if step.instant <= as_of]
    state = fold("ticket", happened, policy)
    return Reading(
        report=report,
        steps=tuple(cut_short(happened)[0]),
        state=state,
        until=as_of if state.cancelled is None else state.cancelled.instant,
        requests=places_of_requests(steps),
    )
