"""Closing a month: when it can be closed, by when it must be, and what its figures are."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.model.closing import COUNTED
from weibao.model.instant import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.sla.verdict import Verdict

NUMBER_OF_RULES = 2
"""The number of the rules by which verdicts are reached: raised whenever one could come out otherwise."""

_DAY = 24 * 3600


def month_after(period: str) -> str:
    """The month that follows a month."""
    year, month = map(int, period.split("-"))
    return f"{year + month // 12:04}-{month % 12 + 1:02}"


def month_end(period: str, zone: ZoneInfo) -> Instant:
    """The first instant after a contract-local month."""
    year, month = map(int, month_after(period).split("-"))
    return int(datetime.combine(date(year, month, 1), time(), zone).timestamp())


def judged_at(period: str, contract: Contract) -> Instant:
    """As of when a month is judged for its close: a repair may still turn out void until then."""
    return month_end(period, contract.zone) + contract.evidence.recheck


def closing_due(period: str, contract: Contract) -> Instant:
    """By when a month is to be closed."""
    return month_end(period, contract.zone) + contract.evidence.closing_days * _DAY


def due_in(verdicts: Iterable[Verdict], period: str) -> tuple[Verdict, ...]:
    """Those due in a month, in their order."""
    found = (verdict for verdict in verdicts if verdict.month == period)
    return tuple(sorted(found, key=lambda verdict: verdict.order))


def counts_of(verdicts: Iterable[Verdict]) -> Mapping[str, int]:
    """How many of these there are, by outcome."""
    found = Counter(verdict.outcome.value for verdict in verdicts)
    return {outcome: found[outcome] for outcome in COUNTED}


def counted_as(verdict: Verdict | None) -> tuple[object, ...]:
    """What a close says of a promise: one that has come out otherwise since is restated."""
    return () if verdict is None else (verdict.outcome, verdict.due, verdict.stop)


def digest(verdicts: Iterable[Verdict], zone: ZoneInfo) -> str:
    """The SHA-256 over a line a verdict: ``ticket target occurrence verdict due stop``."""
    lines = "".join(f"{_line(verdict, zone)}\n" for verdict in verdicts)
    return sha256(lines.encode()).hexdigest()


def _line(verdict: Verdict, zone: ZoneInfo) -> str:
    times = (
        "-" if instant is None else format_instant(instant, zone)
        for instant in (verdict.due, verdict.stop)
    )
    told = (verdict.ticket, verdict.target, str(verdict.occurrence), verdict.outcome.value)
    return " ".join((*told, *times))
