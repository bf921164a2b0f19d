"""The quality of the evidence by person, month, event and grade, and how late entries came.

A figure says how many entries it counts, and has no percentile where it counts none. Imported entries
are of an old register that no history proves: they are counted apart and in no lateness.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import local_month
from weibao.sla.figures import spread
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.sla.figures import Spread


@dataclass(frozen=True, slots=True)
class Support:
    """How well a group of entries is supported.

    Attributes:
        key: what they share: a person's id, a month ``2026-11``, an event, the letter of a grade;
            "" for all entries together.
        entries: how many there are, those imported left out: the denominator of every share.
        by_grade: how many of each grade, from best to worst; imported ones are not among them.
        lateness: seconds from claim to evidence of the entries that git dates, one claimed ahead
            counting as 0; None where there is none.
        imported: how many were imported besides.
    """

    key: str
    entries: int
    by_grade: Mapping[Grade, int]
    lateness: Spread | None
    imported: int

    def graded(self, grade: Grade) -> Tally:
        """The entries of a grade, of all that are not imported."""
        return Tally(self.by_grade[grade], self.entries)

    @property
    def at_claim(self) -> Tally:
        """The entries that are judged at their claim; the rest came late or are contradicted."""
        late = self.by_grade[Grade.LATE] + self.by_grade[Grade.CONTRADICTED]
        return Tally(self.entries - late, self.entries)


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of the evidence of every entry of a Book.

    Attributes:
        total: all entries together.
        by_person: by who did the step, in the order of their ids.
        by_month: by the contract-local month of the claim, oldest first.
        by_event: by event, in the order of their names.
        by_grade: every grade, from best to worst, imported left out.
    """

    total: Support
    by_person: tuple[Support, ...]
    by_month: tuple[Support, ...]
    by_event: tuple[Support, ...]
    by_grade: tuple[Support, ...]

    @property
    def last_year(self) -> tuple[Support, ...]:
        """The last twelve of the months that have entries."""
        return self.by_month[-12:]

    @property
    def late_last_year(self) -> int:
        """How many entries of these months came late or are contradicted."""
        return sum(month.at_claim.rest for month in self.last_year)


PROVEN = tuple(grade for grade in Grade if grade is not Grade.IMPORTED)
"""The grades of entries that are not imported, from best to worst."""


def quality_of(book: Book) -> Quality:
    """The quality of the evidence of all entries of tickets, inspections, spares and actions."""
    entries = [one for log in book.proofs.values() for one in log.entries]

    def month(one: ProvenEntry) -> str:
        return local_month(one.entry.at, book.zone)

    return Quality(
        total=_support("", entries),
        by_person=_grouped(entries, lambda one: one.entry.by),
        by_month=_grouped(entries, month),
        by_event=_grouped(entries, lambda one: one.entry.event),
        by_grade=tuple(
            _support(grade.value, [one for one in entries if one.grade is grade])
            for grade in PROVEN
        ),
    )


def _grouped(
    entries: Iterable[ProvenEntry], key: Callable[[ProvenEntry], str]
) -> tuple[Support, ...]:
    groups: dict[str, list[ProvenEntry]] = {}
    for one in entries:
        groups.setdefault(key(one), []).append(one)
    return tuple(_support(name, groups[name]) for name in sorted(groups))


def _support(key: str, entries: list[ProvenEntry]) -> Support:
    proven = [one for one in entries if one.grade is not Grade.IMPORTED]
    grades = Counter(one.grade for one in proven)
    return Support(
        key=key,
        entries=len(proven),
        by_grade={grade: grades[grade] for grade in PROVEN},
        lateness=spread(max(0, one.lateness) for one in proven if one.lateness is not None),
        imported=len(entries) - len(proven),
    )
