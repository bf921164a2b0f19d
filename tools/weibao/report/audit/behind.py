"""The entries behind the figures of the evidence: those that a grade, a month, a person or a step is counted out of.

Figures are of the whole record; of what an audience may not read the entries are counted here, and not told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import local_month
from weibao.report.audit.confirmations import EVENTS
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book

    Group = tuple[str, str]

WORST_FIRST = {grade: -place for place, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class EntryBehind:
    """An entry that a figure counts, and the record that has it."""

    record: str
    proven: ProvenEntry


@dataclass(frozen=True, slots=True)
class GroupedEntry(EntryBehind):
    """An entry with all that figures of the evidence tell it apart by.

    Attributes:
        month: the contract-local month of its claim.
        stopped: how many clocks of kept promises it stopped.
        groups: what figures are told apart by, with the key: ``grade``, ``person`` and ``event`` as of the quality of
            the evidence; ``stopped`` by who stopped the clock of a promise that was kept, ``confirmed`` of what the customer
            confirmed, ``contact`` by who did, ``paused`` by who paused; and ``all``.
    """

    month: str
    stopped: int
    groups: tuple[Group, ...]

    def counts(self, what: str) -> int:
        """How much a figure counts it for: one step can stop several clocks."""
        return self.stopped if what == "stopped" else 1


@dataclass(frozen=True, slots=True)
class MonthBehind:
    """What a figure counts of one month, and how many of it are internal and not told."""

    month: str
    counted: int
    withheld: int


def entries_behind(book: Book) -> tuple[GroupedEntry, ...]:
    """All entries by month, the latest month first: the worst grade first, then the latest."""
    stops = Counter(
        (verdict.ticket, verdict.ended_by)
        for verdict in book.verdicts
        if verdict.outcome is Outcome.MET
    )
    found = (
        _behind(record, proven, book, stops[record, proven.entry.index])
        for record, log in book.proofs.items()
        for proven in log.timeline
    )
    by_grade = sorted(found, key=_order)
    return tuple(sorted(by_grade, key=lambda behind: behind.month, reverse=True))


def by_month(behind: Iterable[GroupedEntry]) -> Mapping[str, tuple[GroupedEntry, ...]]:
    """The entries, which are in the order of :func:`entries_behind`, by month."""
    return {month: tuple(own) for month, own in groupby(behind, lambda entry: entry.month)}


def months_behind(
    whole: Iterable[GroupedEntry], told: Iterable[GroupedEntry]
) -> Mapping[Group, tuple[MonthBehind, ...]]:
    """By group, what its figures count of each month of the whole record, and how much of that is not told."""
    counted, shown = _counted(whole), _counted(told)
    found: dict[Group, list[MonthBehind]] = {}
    for (group, month), number in counted.items():
        found.setdefault(group, []).append(MonthBehind(month, number, number - shown[group, month]))
    return {group: tuple(found[group]) for group in sorted(found)}


def _counted(behind: Iterable[GroupedEntry]) -> Counter[tuple[Group, str]]:
    found: Counter[tuple[Group, str]] = Counter()
    for entry in behind:
        for group in entry.groups:
            found[group, entry.month] += entry.counts(group[0])
    return found


def _behind(record: str, proven: ProvenEntry, book: Book, stopped: int) -> GroupedEntry:
    month = local_month(proven.entry.at, book.zone)
    return GroupedEntry(record, proven, month, stopped, tuple(_groups(proven, stopped)))


def _groups(proven: ProvenEntry, stopped: int) -> Iterator[Group]:
    entry = proven.entry
    yield "all", ""
    yield "grade", proven.grade.value
    yield "person", entry.by
    yield "event", entry.event
    if stopped:
        yield "stopped", entry.by
    if entry.event == "paused":
        yield "paused", entry.by
    if entry.event in EVENTS:
        yield "confirmed", "yes"
        if contact := str(entry.data.get("contact", "")):
            yield "contact", contact


def _order(behind: GroupedEntry) -> tuple[int, int, str, int]:
    entry = behind.proven.entry
    return (WORST_FIRST[behind.proven.grade], -entry.at, behind.record, entry.index)
