"""Races: subjects run in turn, so that a slow minute of the machine slows all of them alike."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from os import times
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: ``run`` is called again and again, and must do all of its work each time.

    ``prepare`` is called before each, and no clock runs meanwhile.
    """

    name: str
    run: Callable[[], object]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a subject took, in seconds, round by round; and its ratio to the floor's round."""

    name: str
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the rounds, in seconds."""
        return median(self.seconds)

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios to the floor."""
        return median(self.ratios)


def warm(subjects: Iterable[Subject]) -> None:
    """Run each subject once unmeasured, to warm files and caches."""
    for subject in subjects:
        subject.prepare()
        subject.run()


def spent() -> float:
    """Seconds of processor time that this process and those it waited for have used."""
    if sys.platform == "win32":
        return sum(times()[:4])
    # To the microsecond, where the other counts in hundredths of a second.
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

    used = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def race(
    subjects: Sequence[Subject], rounds: int, clock: Callable[[], float] = perf_counter
) -> tuple[Timing, ...]:
    """Time the subjects by a clock; the first is the floor that the others are held against.

    Each runs ``rounds`` times, every round beginning with another subject.
    """
    seconds: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for number in range(rounds):
        first = number % len(subjects)
        for subject in (*subjects[first:], *subjects[:first]):
            subject.prepare()
            start = clock()
            subject.run()
            seconds[subject.name].append(clock() - start)
    floor = seconds[subjects[0].name]
    return tuple(
        Timing(
            name,
            tuple(taken),
            tuple(own / base for own, base in zip(taken, floor, strict=True)),
        )
        for name, taken in seconds.items()
    )
