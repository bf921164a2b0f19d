"""Compliance, and how values spread: counted once, here, and read by every view.

They are figures of reactive work: planned tickets have no severity, so nothing promises them a
time and no verdict is on them (requirement 30).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.model.shown import Count, Positive
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.sla.verdict import Verdict


JUDGED = frozenset({Outcome.MET, Outcome.BREACHED})
"""The outcomes that a share of kept promises counts."""


def promise(outcome: Outcome) -> Tally:
    """What a promise adds to the kept, of the judged; nothing to either where it was not judged."""
    return Tally(outcome is Outcome.MET, outcome in JUDGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Promises by how they came out.

    ``met`` + ``breached`` were judged; ``waived`` and the rest are shown beside it, and
    ``running`` includes those at risk. ``met_on_claim`` and ``breached_on_claim`` are the same on
    claims alone.
    """

    met: int = 0
    breached: int = 0
    waived: int = 0
    cancelled: int = 0
    undetermined: int = 0
    running: int = 0
    met_on_claim: int = 0
    breached_on_claim: int = 0

    @property
    def kept(self) -> Tally:
        """Those that were kept, of those that were judged."""
        return Tally(self.met, self.met + self.breached)

    @property
    def kept_on_claim(self) -> Tally:
        """The same, were every claim believed."""
        return Tally(self.met_on_claim, self.met_on_claim + self.breached_on_claim)

    @property
    def judged(self) -> int:
        """How many were judged."""
        return self.kept.of

    @property
    def claims_differ(self) -> bool:
        """Whether the claims alone would tell another story."""
        return self.kept != self.kept_on_claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance(Promises):
    """The promises of one kind that fell due in one contract-local month."""

    month: str
    target: str
    severity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfCompliance(Promises):
    """Every promise that fell due in one contract-local month.

    Of a closed month these are the figures that it was closed with; ``restated`` are those of today,
    where they are others.
    """

    month: str
    restated: Promises | None = None


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


def compliance(verdicts: Iterable[Verdict]) -> tuple[Compliance, ...]:
    """Verdicts counted by month, target and severity, sorted so.

    A verdict without a month is in none of them: its due time is not known. Where an old register does not say
    how grave a ticket was, its promises are counted under no severity, after the others.
    """
    key = attrgetter("month", "target", "severity")
    dated = sorted(
        (verdict for verdict in verdicts if verdict.month is not None),
        key=lambda verdict: (verdict.month, verdict.target, by_gravity(verdict.severity)),
    )
    return tuple(
        Compliance(month=month, target=target, severity=severity, **_counts(list(group)))
        for (month, target, severity), group in groupby(dated, key=key)
    )


def by_gravity(level: int | None) -> tuple[bool, int]:
    """In what order severities are told: the gravest first, one that nobody knows last."""
    return (level is None, level or 0)


def compliance_by_month(rows: Iterable[Compliance]) -> tuple[MonthOfCompliance, ...]:
    """The rows of each month together, months in order."""
    month_of = attrgetter("month")
    return tuple(
        MonthOfCompliance(month=month, restated=None, **_added(list(group)))
        for month, group in groupby(sorted(rows, key=month_of), key=month_of)
    )


def outcomes_of(verdicts: Iterable[Verdict]) -> Mapping[Outcome, int]:
    """How many verdicts have each outcome, in the order of the outcomes."""
    found = Counter(verdict.outcome for verdict in verdicts)
    return {outcome: found[outcome] for outcome in Outcome}


def kept_of(outcomes: Mapping[Outcome, int]) -> Tally:
    """The promises that were kept, of those that were judged."""
    return Tally(outcomes[Outcome.MET], outcomes[Outcome.MET] + outcomes[Outcome.BREACHED])


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


def _counts(verdicts: Sequence[Verdict]) -> dict[str, int]:
    outcomes = outcomes_of(verdicts)
    claims = Counter(verdict.on_claim for verdict in verdicts)
    return {
        "met": outcomes[Outcome.MET],
        "breached": outcomes[Outcome.BREACHED],
        "waived": outcomes[Outcome.WAIVED],
        "cancelled": outcomes[Outcome.CANCELLED],
        "undetermined": outcomes[Outcome.UNDETERMINED],
        "running": outcomes[Outcome.RUNNING] + outcomes[Outcome.AT_RISK],
        "met_on_claim": claims[Outcome.MET],
        "breached_on_claim": claims[Outcome.BREACHED],
    }


def _added(rows: Sequence[Compliance]) -> dict[str, int]:
    return {count.name: sum(getattr(row, count.name) for row in rows) for count in fields(Promises)}
