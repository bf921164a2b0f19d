"""Logs and proofs made of plain values, for tests of the pure functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.history.proven import Grade, Hand, ProvenEntry, ProvenLog, Word
from weibao.model.entry import Entry
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping


def moment(text: str) -> int:
    """``2026-11-20 09:12`` in the contract's zone (+08:00), as an instant."""
    return parse_instant(f"{text.replace(' ', 'T')}:00+08:00")


def claim(at: str | int, event: str, by: str = "li-qiang", **data: Any) -> Entry:
    """One entry; ``from_`` stands for the key ``from``."""
    instant = moment(at) if isinstance(at, str) else at
    keys = {key.rstrip("_"): value for key, value in data.items()}
    return Entry(
        0, 0, f"{instant} {event} {by} {keys}", instant, event, by, "", internal=False, data=keys
    )


def log_of(*claims: Entry) -> tuple[Entry, ...]:
    """The claims as a log, in this order."""
    return tuple(replace(one, index=place, line=place + 2) for place, one in enumerate(claims))


def proof_of(
    reported_at: int,
    log: tuple[Entry, ...],
    *,
    effective: Mapping[str, int] | None = None,
    grade: Grade = Grade.SUPPORTED,
) -> ProvenLog:
    """The log proven: effective at its claims, but for the events that ``effective`` dates."""
    return ProvenLog(
        entries=tuple(
            ProvenEntry(
                entry=one,
                recorded=one.at + 60,
                landed=one.at + 60,
                evidence=one.at + 60,
                effective=(effective or {}).get(one.event, one.at),
                grade=grade,
                commit="c" * 40,
                landing_commit="c" * 40,
                author=None,
                word=Word(Hand.REPORTED) if one.event == "confirmed" else None,
            )
            for one in log
        ),
        header_effective=reported_at,
        header_grade=grade,
        header_commit="c" * 40,
    )
