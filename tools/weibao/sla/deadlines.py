"""Deadlines: of the promises about tickets, those that can still be kept, and which is the next.

The verdict on ``update`` names the first silence that was too long, and is settled by it. The silence
that runs has a due time of its own, and counts here beside the verdicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.sla.verdict import Verdict


def with_silences(verdicts: Iterable[Verdict], silences: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, and of the silences that run those that no verdict is on."""
    verdicts = tuple(verdicts)
    told = {
        verdict.ticket
        for verdict in verdicts
        if verdict.target == "update" and verdict.stop is None
    }
    return (*verdicts, *(silence for silence in silences if silence.ticket not in told))


def to_come(promises: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Those still to be kept, the soonest due first."""
    running = (
        promise
        for promise in promises
        if promise.outcome in {Outcome.RUNNING, Outcome.AT_RISK} and promise.due is not None
    )
    return tuple(sorted(running, key=_by_due))


def past_due(promises: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Those past due and still not kept, the oldest first."""
    late = (
        promise
        for promise in promises
        if promise.outcome is Outcome.BREACHED and promise.stop is None and promise.due is not None
    )
    return tuple(sorted(late, key=_by_due))


def _by_due(verdict: Verdict) -> tuple[int, str, str, int]:
    return (verdict.due or 0, *verdict.order)
