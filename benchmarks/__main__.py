"""Run all races and write ``benchmarks/RESULTS.md``: ``make bench``, or ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.big_repository import STEPS, make_big_repository
from benchmarks.commands import (
    cold,
    command_subjects,
    pipeline_subjects,
    recording_subjects,
    site_subjects,
    typing_subjects,
)
from benchmarks.goals import MEMORY, MUCH, check_jsonschema, goals
from benchmarks.papers import TICKETS, paper_subjects, sizes_of
from benchmarks.process import peak_memory
from benchmarks.race import race, spent, warm
from benchmarks.reading import (
    evidence_subjects,
    history_subjects,
    record_files,
    schema_subjects,
    yaml_subjects,
)
from benchmarks.registers import ROWS, register_subjects
from benchmarks.results import Goal, Goals, Growth, Table, results_page
from weibao.model.instant import parse_instant
from weibao.model.paths import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.race import Subject, Timing

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "RESULTS.md"
UNTIL = "2026-11-23"
AS_OF = f"{UNTIL}T12:00:00+08:00"
"""The end of both histories, fixed so that every run measures the same work."""
SIZES = (2_000, 10_000)
"""How many tickets the big repositories have, the smaller first."""
MOST = 100_000
"""How many the one has that is made only where somebody asks for it."""
WHILE_TYPING = (
    "Whole processes, but for the last. Tab is to answer in 100 ms and a saved file is to be judged in "
    "150 ms, which a process that is already there does; 20 ms of it are spent on seeing the save end."
)


def main() -> None:
    """Make the repositories in a folder that goes away again, race, and write the page or show the goals."""
    options = _options()
    with TemporaryDirectory(prefix="weibao-bench-", ignore_cleanup_errors=True) as work:
        page = _page(Path(work), options)
    if options.only:
        print(page)
    else:
        RESULTS.write_text(page, encoding="utf-8", newline="\n")
        print(f"wrote {RESULTS.relative_to(ROOT).as_posix()}")


def _page(work: Path, options: argparse.Namespace) -> str:
    demo, rounds = work / "demo", options.rounds
    notes = [_timed("the example contract with `weibao demo`", lambda: _make_demo(demo))]
    tables: list[Table | Growth | Goals] = []
    if not options.only:
        papers = paper_subjects()
        notes += sizes_of(papers)
        tables += [
            *_demo_tables(demo, rounds),
            *_paper_tables(papers, rounds),
            _register_table(demo, rounds),
        ]
    if options.big_rounds:
        for tickets in (*SIZES, MOST) if options.most else SIZES:
            make = partial(_make_big, demo, work / f"{tickets}", tickets)
            notes.append(_timed(f"the repository of {_scale(tickets)}", make))
        tables += _goal_tables(work, options.big_rounds, most=options.most)
        if not options.only:
            tables += _big_tables(work / f"{SIZES[-1]}", SIZES[-1], options.big_rounds)
        notes += _memory(work / f"{SIZES[-1]}")
    if program := check_jsonschema():
        said = subprocess.run((program, "--version"), capture_output=True, text=True, check=True)
        notes.append(said.stdout.strip())
    return results_page(tables, notes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds on the example contract")
    parser.add_argument(
        "--big-rounds",
        type=int,
        default=3,
        help="rounds on the big repositories; 0 leaves them out",
    )
    parser.add_argument(
        "--only", choices=("goals",), help="take the goals alone, and show them instead of writing"
    )
    parser.add_argument(
        "--most",
        action="store_true",
        help=f"measure {MOST:,} tickets too, which takes minutes to make",
    )
    return parser.parse_args()


def _make_big(demo: Path, folder: Path, tickets: int) -> None:
    paths = [f"records/{kind}.yaml" for kind in sorted(CONFIGURATION)]
    files = {path: (demo / path).read_bytes() for path in paths if (demo / path).is_file()}
    make_big_repository(folder, files, parse_instant(AS_OF), tickets)


def _make_demo(folder: Path) -> None:
    command = [sys.executable, "-m", "weibao", "demo", str(folder), "--until", UNTIL]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _demo_tables(demo: Path, rounds: int) -> list[Table]:
    files = record_files(demo)
    size = sum(map(len, files.values())) // 1024
    return [
        Table(
            "Reading history, example contract",
            "In this process, against git's own walk, which reads trees but no file.",
            _warm_raced("history", history_subjects(demo, parse_instant(AS_OF)), rounds),
        ),
        Table(
            "Strict YAML",
            f"The {len(files)} records of the example ({size} KiB), read from memory. PyYAML's "
            "loaders build values only; the strict reader refuses what the format does not have, and "
            "keeps line and column of every value.",
            _warm_raced("yaml", yaml_subjects(files), rounds),
        ),
        Table(
            "Schemas",
            "The same records, already read, judged by their schemas.",
            _warm_raced("schemas", schema_subjects(files), rounds),
        ),
        Table(
            "Commands, example contract",
            "Whole processes, from start to end.",
            _warm_raced("commands", command_subjects(demo, AS_OF), rounds),
        ),
        Table(
            "Recording a step, example contract",
            "The line judged with its record, written and committed; and the same by hand, judged by nobody.",
            _warm_raced("recording", recording_subjects(demo), rounds),
        ),
        Table(
            "While somebody types, example contract",
            WHILE_TYPING,
            _typing_raced("typing", demo, rounds),
        ),
        Table(
            "Site, example contract",
            "The whole site, built from nothing.",
            _warm_raced("site", site_subjects(demo, demo.parent / "floor"), max(1, rounds // 2)),
        ),
    ]


def _paper_tables(papers: Sequence[Subject], rounds: int) -> Sequence[Table | Growth]:
    """Papers as PDF, by processor time: Typst takes every core that it finds."""
    print("… papers", file=sys.stderr, flush=True)
    timings = race(papers, max(1, rounds // 2), spent)
    fewer, more = TICKETS
    return (
        Table(
            "Papers as PDF",
            "Monthly reports in both languages that tell of each ticket three times, set by Typst. By processor time.",
            timings,
        ),
        Growth(
            f"Growth of a paper from {fewer:,} to {more:,} tickets",
            "The same reports.",
            timings[1:2],
            timings[2:3],
            times=more / fewer,
        ),
    )


def _register_table(demo: Path, rounds: int) -> Table:
    """What an old register takes, by processor time."""
    print("… registers", file=sys.stderr, flush=True)
    return Table(
        f"An old register of {ROWS:,} rows",
        "Seven columns, three of them times; in this process, by processor time.",
        race(register_subjects(record_files(demo)), max(1, rounds // 2), spent),
    )


def _goal_tables(work: Path, rounds: int, *, most: bool) -> list[Table | Growth | Goals]:
    """What a pipeline runs in repositories of two sizes, by processor time, and the goals that hang on it."""
    folders = [work / f"{tickets}" for tickets in SIZES]
    pipelines = [
        _raced(folder.name, pipeline_subjects(folder, AS_OF), rounds, spent) for folder in folders
    ]
    print("… goals", file=sys.stderr, flush=True)
    found = [*goals(folders, SIZES, pipelines, rounds), *(_most(work) if most else ())]
    less, more = SIZES
    return [
        Goals("Goals", "By processor time, the medians of paired runs.", found),
        *(
            Table(
                f"Commands, {tickets:,} tickets",
                f"Whole processes, from start to end, in a repository of {_scale(tickets)}; by processor time.",
                timings,
            )
            for tickets, timings in zip(SIZES, pipelines, strict=True)
        ),
        Growth(
            f"Growth from {less:,} to {more:,} tickets",
            "The same commands in the two repositories.",
            *pipelines,
            times=more / less,
        ),
    ]


def _most(work: Path) -> list[Goal]:
    """What ten times as many tickets take, once, and hold."""
    big, biggest = work / f"{SIZES[-1]}", work / f"{MOST}"
    sla = [pipeline_subjects(folder, AS_OF)[1] for folder in (big, biggest)]
    less, more = (race([subject], 1, spent)[0] for subject in sla)
    name, peak = f"{more.name}, {MOST:,} tickets", _peak(biggest)
    held = None if peak is None else peak / 2**30
    return [
        Goal(name, f"{SIZES[-1]:,} tickets", more.median / less.median, MUCH),
        Goal(f"{name}, memory", "–", held, MEMORY, unit="GiB"),
    ]


def _big_tables(big: Path, tickets: int, rounds: int) -> list[Table | Growth | Goals]:
    return [
        _evidence_table(big, tickets, rounds),
        Table(
            f"While somebody types, {tickets:,} tickets",
            WHILE_TYPING,
            _typing_raced("big typing", big, max(7, rounds)),
        ),
    ]


def _evidence_table(big: Path, tickets: int, rounds: int) -> Table:
    """What the rules of evidence take in a big repository."""
    print("… evidence", file=sys.stderr, flush=True)
    return Table(
        f"Evidence, {tickets:,} tickets",
        f"{_scale(tickets)}. By processor time, user and system, of this process and of git. Each but "
        "the second begins with the history read and nothing worked out.",
        race(evidence_subjects(big, parse_instant(AS_OF)), rounds, spent),
    )


def _scale(tickets: int) -> str:
    return f"{tickets:,} tickets, about {tickets * STEPS:,.0f} commits"


def _memory(big: Path) -> list[str]:
    peak = _peak(big)
    return (
        []
        if peak is None
        else [
            f"`weibao sla --format json` on {big.name} tickets held at most {peak // 2**20:,} MiB"
        ]
    )


def _peak(folder: Path) -> int | None:
    return peak_memory(sys.executable, *cold("sla", AS_OF), folder=folder)


def _warm_raced(name: str, subjects: Sequence[Subject], rounds: int) -> Sequence[Timing]:
    warm(subjects)
    return _raced(name, subjects, rounds)


def _typing_raced(name: str, folder: Path, rounds: int) -> Sequence[Timing]:
    with typing_subjects(folder) as subjects:
        return _warm_raced(name, subjects, rounds)


def _raced(
    name: str,
    subjects: Sequence[Subject],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> Sequence[Timing]:
    print(f"… {name}", file=sys.stderr, flush=True)
    return race(subjects, rounds, clock)


def _timed(what: str, run: Callable[[], object]) -> str:
    print(f"… making {what}", file=sys.stderr, flush=True)
    start = perf_counter()
    run()
    return f"making {what} took {perf_counter() - start:.1f} s"


main()
