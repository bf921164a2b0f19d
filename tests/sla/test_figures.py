from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.history.proven import Grade
from weibao.model.duration import parse_duration
from weibao.sla.figures import (
    MonthOfCompliance,
    Spread,
    compliance,
    compliance_by_month,
    kept_of,
    outcomes_of,
    spread,
)
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome, Verdict


def verdict(
    outcome: Outcome = Outcome.MET,
    *,
    on_claim: Outcome | None = None,
    month: str | None = "2026-11",
    target: str = "respond",
    severity: int = 1,
    elapsed: int | None = 600,
    stop: int | None = 600,
    clock: str = "always",
    grade: Grade = Grade.SUPPORTED,
) -> Verdict:
    return Verdict(
        ticket="T1",
        target=target,
        occurrence=1,
        severity=severity,
        terms="2026-01-01",
        clock=clock,
        within=parse_duration("30m"),
        outcome=outcome,
        on_claim=on_claim or outcome,
        at_worst=outcome,
        start=0,
        due=1800,
        stop=stop,
        target_seconds=1800,
        elapsed_seconds=elapsed,
        paused_seconds=0,
        margin_seconds=1200,
        grade=grade,
        implied=False,
        misses=None,
        month=month,
        commits=(),
    )


def test_every_outcome_is_counted_under_its_own_name() -> None:
    outcomes = [Outcome.MET, Outcome.MET, Outcome.BREACHED, Outcome.WAIVED, Outcome.CANCELLED]
    outcomes += [Outcome.UNDETERMINED, Outcome.RUNNING, Outcome.AT_RISK]
    (row,) = compliance([verdict(one) for one in outcomes])
    assert (row.met, row.breached, row.waived, row.cancelled) == (2, 1, 1, 1)
    assert (row.undetermined, row.running) == (1, 2)
    assert row.kept == Tally(2, 3)
    assert kept_of(outcomes_of([verdict(one) for one in outcomes])) == row.kept


def test_claims_are_counted_beside_the_evidence() -> None:
    (row,) = compliance([verdict(Outcome.BREACHED, on_claim=Outcome.MET), verdict()])
    assert (row.kept.share, row.kept_on_claim.share) == (0.5, 1.0)


def test_nothing_judged_has_no_share() -> None:
    (row,) = compliance([verdict(Outcome.RUNNING)])
    assert (row.kept.share, row.kept_on_claim.share) == (None, None)


def test_rows_are_by_month_target_and_severity_in_order() -> None:
    mixed = [
        verdict(month="2026-12"),
        verdict(target="restore"),
        verdict(severity=2),
        verdict(),
        verdict(severity=2),
    ]
    assert [(row.month, row.target, row.severity, row.met) for row in compliance(mixed)] == [
        ("2026-11", "respond", 1, 1),
        ("2026-11", "respond", 2, 2),
        ("2026-11", "restore", 1, 1),
        ("2026-12", "respond", 1, 1),
    ]


def test_a_verdict_without_a_due_time_belongs_to_no_month() -> None:
    assert compliance([verdict(Outcome.UNDETERMINED, month=None)]) == ()


def test_a_month_is_the_sum_of_its_rows() -> None:
    rows = compliance(
        [
            verdict(),
            verdict(Outcome.BREACHED, on_claim=Outcome.MET, severity=2),
            verdict(Outcome.BREACHED, severity=2),
            verdict(Outcome.WAIVED, month="2026-12"),
        ]
    )
    november, december = compliance_by_month(rows)
    assert november == MonthOfCompliance(
        month="2026-11", met=1, breached=2, met_on_claim=2, breached_on_claim=1
    )
    assert (november.kept.share, november.kept_on_claim.share) == (Fraction(1, 3), Fraction(2, 3))
    assert november.claims_differ
    assert december == MonthOfCompliance(month="2026-12", waived=1)
    assert not december.claims_differ


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([7], Spread(1, 7, 7, 7)),
        ([1, 2], Spread(2, 1, 2, 2)),
        ([3, 1, 2], Spread(3, 2, 3, 3)),
        (range(1, 11), Spread(10, 5, 9, 10)),
        (range(1, 101), Spread(100, 50, 90, 100)),
    ],
)
def test_percentiles_are_by_nearest_rank(values: list[int], expected: Spread | None) -> None:
    assert spread(values) == expected


VERDICTS = st.lists(
    st.builds(
        verdict,
        st.sampled_from(Outcome),
        on_claim=st.sampled_from(Outcome),
        month=st.sampled_from((None, "2026-10", "2026-11")),
        target=st.sampled_from(("respond", "restore")),
        severity=st.integers(1, 4),
    ),
    max_size=30,
)


@given(VERDICTS)
def test_law_every_dated_verdict_is_counted_once_and_shares_are_shares(
    found: list[Verdict],
) -> None:
    rows = compliance(found)
    counted = sum(
        row.met + row.breached + row.waived + row.cancelled + row.undetermined + row.running
        for row in rows
    )
    assert counted == sum(one.month is not None for one in found)
    months = compliance_by_month(rows)
    assert sum(one.judged for one in months) == sum(row.met + row.breached for row in rows)
    assert all(one.kept.share is None or 0 <= one.kept.share <= 1 for one in (*rows, *months))


@given(VERDICTS, st.randoms())
def test_law_the_order_of_verdicts_does_not_matter(found: list[Verdict], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compliance(shuffled) == compliance(found)


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_law_percentiles_are_among_the_values_and_in_order(values: list[int]) -> None:
    found = spread(values)
    assert found is not None
    assert {found.median, found.ninetieth, found.worst} <= set(values)
    assert found.median <= found.ninetieth <= found.worst
    assert sum(one <= found.median for one in values) * 2 >= len(values)
