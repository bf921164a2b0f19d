"""Every number of the table, against an oracle that counts minutes and never saw the package."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sla.oracle import NotCoveredError, Wall, count, target_seconds, wall
from sla.table import OPEN, Case, Expected, cases, contracts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.contract import TargetTerms

CASES = pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
IN_TIME = {"met", "waived", "cancelled", "running", "at_risk"}


def promised(case: Case, target: str, expected: Expected):
    contract = contracts()[case.contract]
    day = max(
        one.effective_from
        for one in contract.terms
        if one.effective_from.isoformat() <= _day(case, case.reported_at)
    )
    terms = next(one for one in contract.terms if one.effective_from == day)
    target_terms = terms.severities[expected.severity].targets[target]
    return wall(case.contract, contract, target_terms.clock), target_terms


def graded(case: Case) -> Iterator[tuple[tuple[str, int], Expected]]:
    """Those whose severity anybody knows."""
    return ((key, one) for key, one in case.expected.items() if one.severity is not None)


def pauses(case: Case, target: str, expected: Expected) -> tuple[tuple[int, int], ...]:
    """Pauses stop every clock but respond's, until that clock ended."""
    if target == "respond":
        return ()
    end = OPEN if expected.until == case.as_of else expected.until
    return tuple((start, min(until, end)) for start, until in case.pauses if start < end)


def promised_seconds(case: Case, target: str, occurrence: int) -> int:
    """The target in working seconds: of a further occurrence, what those before it had left."""
    expected = case.expected[target, occurrence]
    on, terms = promised(case, target, expected)
    earlier = [case.expected[target, number] for number in range(1, occurrence)]
    if target in {"update", "part"} or not earlier or earlier[-1].severity != expected.severity:
        return target_seconds(on, expected.start, terms)
    used = (count(on, was.start, was.until, pauses(case, target, was)) for was in earlier)
    return max(0, target_seconds(on, case.reported_at, terms) - sum(used))


def is_beyond(on: Wall, start: int, terms: TargetTerms) -> bool:
    """Whether the target cannot be counted to its end on the days that are covered."""
    try:
        return count(on, start, on.end) < target_seconds(on, start, terms)
    except NotCoveredError:
        return True


def _day(case: Case, instant: int) -> str:
    return datetime.fromtimestamp(instant, case.zone).date().isoformat()


@CASES
def test_the_due_time_is_the_first_second_that_reaches_the_target(case: Case) -> None:
    for (target, occurrence), expected in graded(case):
        on, terms = promised(case, target, expected)
        idle = pauses(case, target, expected)
        if expected.due is not None:
            seconds = promised_seconds(case, target, occurrence)
            before = max(expected.start, expected.due - 1)
            assert count(on, expected.start, expected.due, idle) == seconds, target
            assert count(on, expected.start, before, idle) == max(0, seconds - 1), target
        elif expected.outcome == "undetermined":
            assert is_beyond(on, expected.start, terms), target
        elif expected.elapsed is not None:
            pause = max(start for start, _ in case.pauses)
            assert pause < case.as_of
            seconds = promised_seconds(case, target, occurrence)
            assert count(on, expected.start, pause, idle) < seconds, target


@CASES
def test_elapsed_and_paused_are_what_the_clock_on_the_wall_shows(case: Case) -> None:
    for (target, _), expected in graded(case):
        on, _ = promised(case, target, expected)
        if expected.elapsed is not None:
            idle = pauses(case, target, expected)
            elapsed = count(on, expected.start, expected.until, idle)
            whole = count(on, expected.start, expected.until)
            assert (elapsed, whole - elapsed) == (expected.elapsed, expected.paused), target


@CASES
def test_late_is_after_the_due_time_and_nothing_else(case: Case) -> None:
    for (target, _), expected in case.expected.items():
        if expected.due is not None and not (case.imported and expected.outcome == "undetermined"):
            late = expected.until > expected.due
            assert (expected.outcome == "breached") is late, target
        else:
            assert expected.outcome in IN_TIME - {"met"} | {"undetermined"}, target
