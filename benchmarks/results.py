"""The results as a page: what was raced, on what machine, and how far each is from its floor."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.race import Timing

_HEAD = """# Benchmarks

Made by `make bench`. Every table is one run in which the subjects took turns; the first row is the
floor, and a ratio is the median over the rounds of a subject's time to the floor's in the same round.
Ratios carry over to other machines; seconds do not. No test asserts any of them.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """One race: a title, what it says, and the timings, the floor first."""

    title: str
    text: str
    timings: Sequence[Timing]

    @property
    def heads(self) -> Sequence[str]:
        """What its columns say, the first of them of whom."""
        return ("subject", "median", "least – most", "× floor", "least – most")

    @property
    def rows(self) -> Iterable[Sequence[str]]:
        """A row for each subject."""
        return (
            (
                timing.name,
                _seconds(timing.median),
                f"{_seconds(min(timing.seconds))} – {_seconds(max(timing.seconds))}",
                f"{timing.ratio:.2f}",
                f"{min(timing.ratios):.2f} – {max(timing.ratios):.2f}",
            )
            for timing in self.timings
        )


def exponent(less: Timing, more: Timing, times: float) -> float:
    """How time grows where there is ``times`` as much to do: 1 is in step with it."""
    return log(more.median / less.median, times)


@dataclass(frozen=True, slots=True)
class Growth:
    """The same subjects in two races, the second of which had ``times`` as much to do."""

    title: str
    text: str
    less: Sequence[Timing]
    more: Sequence[Timing]
    times: float

    @property
    def heads(self) -> Sequence[str]:
        """What its columns say, the first of them of whom."""
        return ("subject", "median, of less", "of more", "exponent")

    @property
    def rows(self) -> Iterable[Sequence[str]]:
        """A row for each subject: an exponent of 1 is time that grows as the work does."""
        return (
            (
                less.name,
                _seconds(less.median),
                _seconds(more.median),
                f"{exponent(less, more, self.times):.2f}",
            )
            for less, more in zip(self.less, self.more, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """How far something may be from its floor: a ratio, None where it could not be taken, and its limit."""

    name: str
    floor: str
    ratio: float | None
    limit: float
    at_least: bool = False
    unit: str = "×"

    @property
    def met(self) -> str:
        """Whether it is, in a word."""
        if self.ratio is None:
            return "not measured"
        return (
            "yes"
            if (self.ratio >= self.limit if self.at_least else self.ratio <= self.limit)
            else "no"
        )


@dataclass(frozen=True, slots=True)
class Goals:
    """What was promised of speed, and whether it is kept."""

    title: str
    text: str
    goals: Sequence[Goal]

    @property
    def heads(self) -> Sequence[str]:
        """What its columns say, the first of them of what."""
        return ("subject", "against", "ratio", "goal", "met")

    @property
    def rows(self) -> Iterable[Sequence[str]]:
        """A row for each goal."""
        return (
            (
                goal.name,
                goal.floor,
                "–" if goal.ratio is None else f"{goal.ratio:.2f} {goal.unit}".rstrip(),
                f"{'≥' if goal.at_least else '≤'} {goal.limit:g} {goal.unit}".rstrip(),
                goal.met,
            )
            for goal in self.goals
        )


def results_page(tables: Iterable[Table | Growth | Goals], notes: Iterable[str]) -> str:
    """The page, in Markdown."""
    parts = [_HEAD, *(f"- {line}" for line in (*_machine(), *notes)), ""]
    for table in tables:
        ruler = ("---", *("---:" for _ in table.heads[1:]))
        parts += [f"## {table.title}", "", table.text, "", _line(table.heads)]
        parts += [f"|{'|'.join(ruler)}|", *map(_line, table.rows), ""]
    return "\n".join(parts)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def _machine() -> Iterable[str]:
    now = datetime.now(UTC)
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True)
    yield f"date: {now:%Y-%m-%d}, weibao {version('weibao')}"
    yield f"machine: {platform.system()} {platform.machine()}, {_processor()}"
    yield f"software: Python {platform.python_version()}, {git.stdout.strip()}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    named = platform.processor() or "processor unnamed"
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                named = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} × {named}"
