"""The entries behind the figures of the evidence: those that a grade, a month, a person or a step is counted out of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import local_month
from weibao.report.audit.confirmations import EVENTS
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book

WORST_FIRST = {grade: -place for place, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class EntryBehind:
    """An entry that a figure counts, and the record that has it."""

    record: str
    proven: ProvenEntry


def entries_behind(book: Book) -> Mapping[tuple[str, str], tuple[EntryBehind, ...]]:
    """By what figures are told apart by, and its key, the entries: the worst grade first, then the latest.

    What: ``all``, ``grade``, ``month``, ``person`` and ``event`` as of the quality of the evidence; ``stopped`` by who
    stopped the clock of a promise that was kept, ``contact`` by who confirmed ("" for everybody), ``paused`` by who paused.
    """
    found: dict[tuple[str, str], list[EntryBehind]] = {}
    for record, log in book.proofs.items():
        for proven in log.timeline:
            for group in _groups(proven, book):
                found.setdefault(group, []).append(EntryBehind(record, proven))
    # One step can stop several clocks: it is listed once.
    stops = {
        (verdict.ticket, verdict.ended_by)
        for verdict in book.verdicts
        if verdict.outcome is Outcome.MET and verdict.ended_by is not None
    }
    for behind in found.get(("all", ""), ()):
        if (behind.record, behind.proven.entry.index) in stops:
            found.setdefault(("stopped", behind.proven.entry.by), []).append(behind)
    return {group: tuple(sorted(found[group], key=_order)) for group in sorted(found)}


def _groups(proven: ProvenEntry, book: Book) -> Iterator[tuple[str, str]]:
    entry = proven.entry
    yield "all", ""
    yield "grade", proven.grade.value
    yield "month", local_month(entry.at, book.zone)
    yield "person", entry.by
    yield "event", entry.event
    if entry.event == "paused":
        yield "paused", entry.by
    if entry.event in EVENTS:
        yield "contact", ""
        yield "contact", str(entry.data.get("contact", ""))


def _order(behind: EntryBehind) -> tuple[int, int, str, int]:
    entry = behind.proven.entry
    return (WORST_FIRST[behind.proven.grade], -entry.at, behind.record, entry.index)
