"""Where the package and ``tools/verify_by_hand.py`` tell different things of one repository."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.sla.judge import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.report.book import Book

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_by_hand.py"
TARGETS = {"respond", "restore"}


def by_hand():
    """The script as a module; nothing of it is on any path."""
    spec = importlib.util.spec_from_file_location("verify_by_hand", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disagreements(
    clone: Path, instants: Callable[[str, Book], Iterable[int]]
) -> tuple[list[str], int]:
    """What the two tell differently of every entry and verdict, as sentences; and how many they told.

    ``instants`` gives for each ticket the instants as of which it is judged.
    """
    script = by_hand()
    late = parse_instant("2027-06-30T00:00:00+08:00")
    known = script.history(str(clone), late)
    book = book_of(read_snapshot(Git(clone)), late)
    staff = frozenset(book.records.staff.people)
    wrong, compared = [], 0
    for ticket in book.records.tickets.values():
        report, *log = script.prove(known, ticket.path)
        theirs = [_entry(one) for one in log if one["counts"]]
        ours = [_proven(one) for one in book.proofs[ticket.id].timeline]
        wrong += _differing(ticket.id, theirs, ours)
        compared += len(ours)
        for as_of in instants(ticket.id, book):
            theirs = [tuple(one.values()) for one in script.verdicts(known, report, log, as_of)]
            ours = [
                (one.target, one.outcome.value, one.due, one.stop, one.elapsed_seconds)
                for one in judge(ticket, book.proofs[ticket.id], book.settings, staff, as_of)
                if one.target in TARGETS
            ]
            wrong += _differing(f"{ticket.id} as of {as_of}", theirs, ours)
            compared += len(ours)
    return wrong, compared


def _entry(one: dict) -> tuple:
    keys = ("event", "claimed", "recorded", "landed", "evidence", "effective", "grade", "commit")
    return tuple(script_value(one, key) for key in keys)


def script_value(one: dict, key: str) -> object:
    """What the script says; it keeps a claim as it is written."""
    return parse_instant(one["at"]) if key == "claimed" else one[key]


def _proven(one) -> tuple:
    entry = one.entry
    return (
        *(entry.event, entry.at, one.recorded, one.landed, one.evidence, one.effective),
        *(one.grade.value, one.commit),
    )


def _differing(what: str, theirs: list[tuple], ours: list[tuple]) -> list[str]:
    pairs = zip(theirs, ours, strict=False)
    found = [f"{what}: by hand {one}, by the package {two}" for one, two in pairs if one != two]
    if len(theirs) != len(ours):
        found.append(f"{what}: {len(theirs)} by hand, {len(ours)} by the package")
    return found
