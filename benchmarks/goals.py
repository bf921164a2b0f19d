"""What was promised of speed: each a ratio to its floor, by processor time, and whether it is kept."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.commands import (
    SAMPLE,
    asked_subjects,
    by_hand,
    importing_click,
    recording_subjects,
    request_subjects,
    schema_check_subjects,
    writing_clone,
)
from benchmarks.race import race, spent, warm
from benchmarks.results import Goal, exponent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.race import Subject, Timing

_OFTEN = 9
"""Rounds of what takes well under a second."""

_LONG = 2.0
"""Seconds of processor time after which one round says enough: a goal of a few times nothing is missed by far."""

_WARM, _TEXT, _SIZES, _COMMITTED = 4, 5.5, 1.2, 1.6
_COLD, _EXPONENT, _RECORDED, _SCHEMA, _REQUEST = 6, 1.05, 12, 20, 10
"""How many times its floor each may take; of a schema and a request, how many times less it must."""

MUCH, MEMORY = 11, 1.5
"""How much more ten times as many tickets may take, and how many GiB they may hold."""


def goals(
    folders: Sequence[Path],
    sizes: Sequence[int],
    pipelines: Sequence[Sequence[Timing]],
    rounds: int,
) -> Iterator[Goal]:
    """Those that repositories of two sizes can show, the smaller first.

    ``pipelines`` are the timings of what a pipeline runs in each, whose floor is git's reading.
    """
    yield from _asked(folders, sizes)
    (_, less, *_), (git, sla, *_, check) = pipelines
    at = f"{sizes[-1]:,} tickets"
    yield Goal(f"{sla.name}, {at}", git.name, sla.ratio, _COLD)
    steepness = exponent(less, sla, sizes[1] / sizes[0])
    yield Goal(f"{sla.name}, exponent", f"{sizes[0]:,} tickets", steepness, _EXPONENT, unit="")
    recording = recording_subjects(folders[-1])
    warm(recording)
    hand, step = race(recording, _OFTEN, spent)
    yield Goal(f"`weibao ticket update`, {at}", hand.name, step.ratio, _RECORDED)
    yield _schema(folders[-1], check.median / sizes[-1], rounds)
    whole, *requests = race(request_subjects(folders[-1]), rounds, spent)
    for request in requests:
        ratio = median(1 / one for one in request.ratios)
        yield Goal(f"{whole.name}, {at}", request.name, ratio, _REQUEST, at_least=True)


def check_jsonschema() -> str | None:
    """Where check-jsonschema is: beside this Python, or on the path."""
    beside = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    return beside or shutil.which("check-jsonschema")


def _schema(folder: Path, seconds: float, rounds: int) -> Goal:
    """What check-jsonschema takes a file, its start left out, against what ``weibao check`` takes."""
    name, floor = "`check-jsonschema`, a file", "`weibao check`, a file"
    program = check_jsonschema()
    if program is None:
        name += ", which is not here: pip install check-jsonschema"
        return Goal(name, floor, None, _SCHEMA, at_least=True)
    one, more = race(schema_check_subjects(folder, program), rounds, spent)
    ratio = (more.median - one.median) / SAMPLE / seconds
    return Goal(name, floor, ratio, _SCHEMA, at_least=True)


def _asked(folders: Sequence[Path], sizes: Sequence[int]) -> Iterator[Goal]:
    """What is asked at a prompt, once it was asked before, and after one more commit."""
    raced = [_quick((importing_click(folder), *asked_subjects(folder))) for folder in folders]
    for size, (floor, *asked) in zip(sizes, raced, strict=True):
        for timing in asked:
            limit = _WARM if timing.name.endswith("JSON") else _TEXT
            yield Goal(f"{timing.name}, warm, {size:,} tickets", floor.name, timing.ratio, limit)
    for less, more in zip(raced[0][1:], raced[-1][1:], strict=True):
        ratio = more.median / less.median
        yield Goal(
            f"{more.name}, warm, {sizes[-1]:,} tickets", f"{sizes[0]:,} tickets", ratio, _SIZES
        )
    clone = writing_clone(folders[-1])
    once = _quick(asked_subjects(clone, by_hand(clone)))
    for before, after in zip(raced[-1][1:], once, strict=True):
        ratio = after.median / before.median
        yield Goal(f"{after.name}, after one more commit", "warm", ratio, _COMMITTED)


def _quick(subjects: Sequence[Subject]) -> Sequence[Timing]:
    """The subjects, each of which has run before; often, unless one of them takes long."""
    start = spent()
    warm(subjects)
    is_long = spent() - start > _LONG * len(subjects)
    return race(subjects, 1 if is_long else _OFTEN, spent)
