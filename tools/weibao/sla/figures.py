"""Key figures: each with its numerator and its denominator, and None where that is empty.

They are figures of reactive work: planned tickets have no severity, so nothing promises them a
time and no verdict is on them (requirement 30).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.shown import Count, Positive
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.sla.verdict import Verdict

TIMED = ("arrive", "respond", "restore")
"""The targets whose times are told as median, 90th percentile and worst."""


@dataclass(frozen=True, slots=True)
class Compliance:
    """How many promises of one kind were kept in one contract-local month.

    ``met`` + ``breached`` is the denominator; ``waived`` and the rest are shown beside it, and
    ``running`` includes those at risk. ``met_on_claim`` and ``breached_on_claim`` are the same on
    claims alone; ``met_imported`` and ``breached_imported`` say how many of ``met`` and ``breached``
    rest on imported entries, which no history proves.
    """

    month: str
    target: str
    severity: int
    met: int
    breached: int
    waived: int
    cancelled: int
    undetermined: int
    running: int
    met_on_claim: int
    breached_on_claim: int
    met_imported: int = 0
    breached_imported: int = 0

    @property
    def share(self) -> float | None:
        """Met ÷ (met + breached), or None where nothing was judged."""
        return _share(self.met, self.met + self.breached)

    @property
    def share_on_claim(self) -> float | None:
        """The same on claims alone."""
        return _share(self.met_on_claim, self.met_on_claim + self.breached_on_claim)


@dataclass(frozen=True, slots=True)
class MonthOfCompliance:
    """Every promise of one contract-local month together: numerators and denominators."""

    month: str
    met: int
    judged: int
    met_on_claim: int
    judged_on_claim: int

    @property
    def share(self) -> float | None:
        """Met ÷ judged, or None where nothing was judged."""
        return _share(self.met, self.judged)

    @property
    def share_on_claim(self) -> float | None:
        """The same on claims alone."""
        return _share(self.met_on_claim, self.judged_on_claim)


@dataclass(frozen=True, slots=True)
class Spread:
    """How ``count`` values lie. Percentiles are by nearest rank, so each is one of the values.

    分布 · Spread | 一组数值的分布，按最近秩取百分位 · How values lie; percentiles by nearest rank.
    """

    count: Positive
    """个数 · Count | 数值的个数 · How many values there are"""
    median: Count
    """中位数 · Median | 一半不超过此值 · Half of them do not exceed it"""
    ninetieth: Count
    """第 90 百分位 · 90th percentile | 九成不超过此值 · Nine of ten do not exceed it"""
    worst: Count
    """最大 · Worst | 最大的值 · The largest"""


@dataclass(frozen=True, slots=True)
class TimesTaken:
    """How long a promise took, in working seconds on its ``clock``, at one severity."""

    target: str
    severity: int
    clock: str
    spread: Spread


def compliance(verdicts: Iterable[Verdict]) -> tuple[Compliance, ...]:
    """Verdicts counted by month, target and severity, sorted so.

    A verdict without a due time, which has no month, is in none of them.
    """
    key = attrgetter("month", "target", "severity")
    dated = sorted((one for one in verdicts if one.month is not None), key=key)
    return tuple(_compliance(*where, list(group)) for where, group in groupby(dated, key=key))


def compliance_by_month(rows: Iterable[Compliance]) -> tuple[MonthOfCompliance, ...]:
    """The rows of each month together, months in order."""
    return tuple(
        _month(month, list(group))
        for month, group in groupby(sorted(rows, key=attrgetter("month")), key=attrgetter("month"))
    )


def times_taken(verdicts: Iterable[Verdict]) -> tuple[TimesTaken, ...]:
    """The times to respond, arrive and restore, by target, severity and clock, sorted so.

    Of promises that were kept or broken and whose clock has stopped. Clocks are kept apart, for an hour
    of a working day and an hour of the night are not one measure.
    """
    key = attrgetter("target", "severity", "clock")
    stopped = (
        one
        for one in verdicts
        if one.target in TIMED
        and one.outcome in {Outcome.MET, Outcome.BREACHED}
        and one.stop is not None
        and one.elapsed_seconds is not None
    )
    return tuple(
        TimesTaken(*where, spread=found)
        for where, group in groupby(sorted(stopped, key=key), key=key)
        if (found := spread(one.elapsed_seconds or 0 for one in group))
    )


def spread(values: Iterable[int]) -> Spread | None:
    """Median, 90th percentile and worst of the values, or None where there is none.

    The p-th percentile is by nearest rank: the smallest value that at least p of a hundred
    values do not exceed.
    """
    ranked = sorted(values)
    if not ranked:
        return None
    return Spread(len(ranked), _percentile(ranked, 50), _percentile(ranked, 90), ranked[-1])


def _percentile(ranked: Sequence[int], percent: int) -> int:
    return ranked[-(-percent * len(ranked) // 100) - 1]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _compliance(month: str, target: str, severity: int, verdicts: Sequence[Verdict]) -> Compliance:
    outcomes = Counter(one.outcome for one in verdicts)
    claims = Counter(one.on_claim for one in verdicts)
    imported = Counter(one.outcome for one in verdicts if one.grade is Grade.IMPORTED)
    return Compliance(
        month=month,
        target=target,
        severity=severity,
        met=outcomes[Outcome.MET],
        breached=outcomes[Outcome.BREACHED],
        waived=outcomes[Outcome.WAIVED],
        cancelled=outcomes[Outcome.CANCELLED],
        undetermined=outcomes[Outcome.UNDETERMINED],
        running=outcomes[Outcome.RUNNING] + outcomes[Outcome.AT_RISK],
        met_on_claim=claims[Outcome.MET],
        breached_on_claim=claims[Outcome.BREACHED],
        met_imported=imported[Outcome.MET],
        breached_imported=imported[Outcome.BREACHED],
    )


def _month(month: str, rows: Sequence[Compliance]) -> MonthOfCompliance:
    return MonthOfCompliance(
        month=month,
        met=sum(one.met for one in rows),
        judged=sum(one.met + one.breached for one in rows),
        met_on_claim=sum(one.met_on_claim for one in rows),
        judged_on_claim=sum(one.met_on_claim + one.breached_on_claim for one in rows),
    )
