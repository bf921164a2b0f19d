"""The quality of the evidence by person, month, event and grade, and how late entries came.

A figure says how many entries it counts, and has no percentile where it counts none. Imported entries
are of an old register that no history proves: they are counted apart and in no lateness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.instant import local_month
from weibao.model.shown import Called, Count, Keyed
from weibao.sla.figures import Spread, spread
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ProvenGrades:
    """等级 · Grades | 各等级的条目数 · How many of each grade."""

    A: Count
    """A 级 · Grade A | 有证据支持的条目数 · How many entries are supported"""
    B: Count
    """B 级 · Grade B | 迟记而客户已会签的条目数 · How many entries are late and countersigned"""
    O: Count  # noqa: E741 - the letter of the grade
    """O 级 · Grade O | 仅凭登记人自己的时钟算及时的条目数 · How many entries are in time by the recorder's own clock alone"""
    C: Count
    """C 级 · Grade C | 迟记、按证据判定的条目数 · How many entries are late and judged at the evidence"""
    U: Count
    """U 级 · Grade U | 尚未提交的条目数 · How many entries are not yet committed"""
    F: Count
    """F 级 · Grade F | 与证据矛盾的条目数 · How many entries are contradicted"""


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

    证据质量 · Support | 一组条目的证据质量 · How well a group of entries is supported.
    """

    key: str
    """分组 · Key | 人员、月份、步骤或等级；合计为空 · A person, month, event or grade; empty for all"""
    entries: Count
    """条目 · Entries | 条目数，不含导入的 · How many entries, imported ones left out"""
    by_grade: Annotated[Mapping[Grade, Count], Keyed(ProvenGrades), Called("grades")]
    """等级 · Grades | 各等级的条目数 · How many of each grade"""
    lateness: Annotated[Spread | None, Called("lateness_seconds")]
    """迟记秒数 · Lateness | 从自报到证据的秒数；没有时为 null · Seconds from claim to evidence; null where there is none"""
    imported: Count
    """导入 · Imported | 另有多少导入的条目 · How many were imported besides"""

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

    证据质量 · Quality | 按人员、月份、步骤和等级的证据质量 · The evidence by person, month, event and grade.
    """

    total: Support
    """合计 · Total | 全部条目 · All entries"""
    by_person: tuple[Support, ...]
    """按人员 · By person | 按人员编号排列 · Ordered by the person's id"""
    by_month: tuple[Support, ...]
    """按月份 · By month | 按自报时间的月份排列 · Ordered by the month of the claim"""
    by_event: tuple[Support, ...]
    """按步骤 · By event | 按步骤名称排列 · Ordered by the event's name"""
    by_grade: tuple[Support, ...]
    """按等级 · By grade | 从好到差 · From best to worst"""

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
    entries = [entry for log in book.proofs.values() for entry in log.entries]

    def month(proven_entry: ProvenEntry) -> str:
        return local_month(proven_entry.entry.at, book.zone)

    return Quality(
        total=_support("", entries),
        by_person=_grouped(entries, lambda proven_entry: proven_entry.entry.by),
        by_month=_grouped(entries, month),
        by_event=_grouped(entries, lambda proven_entry: proven_entry.entry.event),
        by_grade=tuple(
            _support(grade.value, [entry for entry in entries if entry.grade is grade])
            for grade in PROVEN
        ),
    )


def _grouped(
    entries: Iterable[ProvenEntry], key: Callable[[ProvenEntry], str]
) -> tuple[Support, ...]:
    groups: dict[str, list[ProvenEntry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return tuple(_support(name, groups[name]) for name in sorted(groups))


def _support(key: str, entries: list[ProvenEntry]) -> Support:
    proven = [entry for entry in entries if entry.grade is not Grade.IMPORTED]
    grades = Counter(entry.grade for entry in proven)
    return Support(
        key=key,
        entries=len(proven),
        by_grade={grade: grades[grade] for grade in PROVEN},
        lateness=spread(max(0, entry.lateness) for entry in proven if entry.lateness is not None),
        imported=len(entries) - len(proven),
    )
