"""Who is on duty: the rota's turns, with stand-ins taken into account.

Shifts are counted by the clock on the wall: a turn that changes hands at 08:00 does so in summer as
in winter, and is an hour longer or shorter in the night in which the clocks are changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from weibao.model.duty import Duty, Leave, Rota, StandIn
    from weibao.model.instant import Instant


SHORTEST_ON_THE_WALL = 4 * 3600
"""Seconds: shorter shifts are counted as time goes by, since clocks may skip a whole one."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """``person`` has the duty of ``rota`` from ``start`` (included) to ``end`` (excluded).

    ``instead_of`` is whose turn of the rota it is, where that is someone else, or "".
    """

    rota: str
    person: str
    start: Instant
    end: Instant
    instead_of: str

    @property
    def over_a_day(self) -> bool:
        """Whether it lasts longer than a day on the wall, be it the longest of the year."""
        return self.end - self.start > 25 * 3600


def on_duty(duty: Duty, at: Instant) -> tuple[OnDuty, ...]:
    """Who has each rota's duty at an instant, sorted by rota; none before the rota's start.

    A stand-in wins over the turn of the rota; of two that overlap, the later in the file. The span
    is the longest around ``at`` in which that person has the duty without a break, cut where
    one shift ends and the next begins.
    """
    return tuple(span for rota in sorted(duty.rotas) for span in shifts(duty, rota, at, at + 1))


def uncovered(duty: Duty, spans: Iterable[OnDuty]) -> tuple[str, ...]:
    """The rotas whose duty nobody has in these spans, sorted."""
    covered = {span.rota for span in spans}
    return tuple(rota for rota in sorted(duty.rotas) if rota not in covered)


def shifts(duty: Duty, rota: str, start: Instant, end: Instant) -> tuple[OnDuty, ...]:
    """The spans of duty that touch [``start``, ``end``), whole, in order and without a gap.

    Raises:
        KeyError: there is no such rota.
    """
    turns = duty.rotas[rota]
    stand_ins = [stand_in for stand_in in duty.stand_ins if stand_in.rota == rota]
    # By the clock on the wall a shift may begin in the one before or after, as seconds have it.
    first = max(0, (start - turns.start) // turns.shift - 1)
    last = (end - 1 - turns.start) // turns.shift + 1
    return tuple(
        span
        for number in range(first, last + 1)
        for span in _spans(turns, stand_ins, number, duty.zone)
        if span.start < end and span.end > start
    )


def within(spans: Iterable[OnDuty], end: Instant) -> Iterator[OnDuty]:
    """The spans of duty that begin before an instant, none of them beyond it: after the contract nobody has a turn."""
    return (replace(span, end=min(span.end, end)) for span in spans if span.start < end)


def leave_during(duty: Duty, span: OnDuty) -> tuple[Leave, ...]:
    """When whoever has this duty is on leave during it, in the order of the file."""
    return tuple(
        stand_in
        for stand_in in duty.leave
        if stand_in.who == span.person and stand_in.start < span.end and span.start < stand_in.end
    )


def stand_in_behind(duty: Duty, span: OnDuty) -> StandIn | None:
    """The entry of the rota by which somebody stands in on this duty; None on a turn of one's own."""
    if not span.instead_of:
        return None
    found = [
        stand_in
        for stand_in in duty.stand_ins
        if stand_in.rota == span.rota
        and stand_in.by == span.person
        and stand_in.start <= span.start < stand_in.end
    ]
    return found[-1] if found else None


def _spans(
    rota: Rota, stand_ins: Sequence[StandIn], number: int, zone: ZoneInfo
) -> Iterator[OnDuty]:
    """The spans of the rota's shift with this number, counted from 0."""
    begins = _hand_over(rota.start, rota.shift, number, zone)
    ends = _hand_over(rota.start, rota.shift, number + 1, zone)
    turn = rota.order[number % len(rota.order)]
    edges = {
        edge
        for stand_in in stand_ins
        for edge in (stand_in.start, stand_in.end)
        if begins < edge < ends
    }
    since = begins
    person = _person(stand_ins, begins, turn)
    for edge in sorted(edges):
        follower = _person(stand_ins, edge, turn)
        if follower != person:
            yield _span(rota, turn, person, since, edge)
            since, person = edge, follower
    yield _span(rota, turn, person, since, ends)


@lru_cache(maxsize=4096)  # whoever asks of every ticket who was on duty asks for the same shifts
def _hand_over(start: Instant, shift: int, number: int, zone: ZoneInfo) -> Instant:
    """When the shift with this number begins, of those of a length from a start on."""
    elapsed = start + number * shift
    if shift < SHORTEST_ON_THE_WALL:
        return elapsed
    wall = datetime.fromtimestamp(start, zone).replace(tzinfo=None)
    wall += timedelta(seconds=number * shift)
    return int(wall.replace(tzinfo=zone).timestamp())


def _person(stand_ins: Sequence[StandIn], at: Instant, turn: str) -> str:
    standing_in = [stand_in.by for stand_in in stand_ins if stand_in.start <= at < stand_in.end]
    return standing_in[-1] if standing_in else turn


def _span(rota: Rota, turn: str, person: str, start: Instant, end: Instant) -> OnDuty:
    return OnDuty(rota.id, person, start, end, turn if person != turn else "")
