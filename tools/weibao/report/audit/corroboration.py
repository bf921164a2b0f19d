"""What promises that were kept rest on: what somebody outside has witnessed, or the provider's word alone.

A verdict ``met`` is corroborated where it would be met ``at_worst`` too. Where it would not, nobody but the
provider vouches for it: for when a step was done, or for what the customer agreed to. Of promises met on imported entries nothing is known either way: they are counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.shown import Called, Count
from weibao.sla.figures import Spread, spread
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Windows:
    """How wide windows are: seconds between the commits by others before and after an entry's.

    ``open`` counts those that nobody else's commit bounds on one side; they have no width and are
    not in ``widths``, which is None where every window is open.

    时间窗口 · Windows | 他人的提交夹住的登记时间 · When commits by others say it was recorded.
    """

    widths: Annotated[Spread | None, Called("width_seconds")]
    """宽度 · Width | 窗口宽度的分布；都未闭合时为 null · How wide they are; null where all are open"""
    open: Count
    """未闭合 · Open | 一侧没有他人提交的窗口数 · How many nobody else's commit bounds on one side"""


@dataclass(frozen=True, slots=True)
class KeptPromises:
    """Promises that were kept, by what vouches for them.

    Attributes:
        key: the id of who did the step that stopped the clock, or the month ``2026-11`` of the due
            time; "" for all, and where no step stopped it.
        met: how many promises were kept: those that are told apart next.
        corroborated: met at the worst reading too.
        alone: met by the provider's word alone.
        imported: met on imported entries.
        windows: of the steps that stopped the clocks, imported ones left out.

    达标 · Kept | 达标的判定凭什么 · What kept promises rest on.
    """

    key: str
    """分组 · Key | 停止计时的人或月份；合计为空 · Who stopped the clock, or a month; empty for all"""
    met: Count
    """达标 · Met | 达标的判定数 · How many promises were kept"""
    corroborated: Count
    """有佐证 · Corroborated | 最坏情形下仍达标的 · Met at the worst reading too"""
    alone: Count
    """仅凭自己 · Alone | 仅凭服务商自己的说法的 · By the provider's word alone"""
    imported: Count
    """导入 · Imported | 凭导入条目的 · On imported entries"""
    windows: Windows
    """时间窗口 · Windows | 停止计时的步骤的窗口 · Of the steps that stopped the clocks"""

    @property
    def vouched(self) -> Tally:
        """Those corroborated, of those that are not imported."""
        return Tally(self.corroborated, self.corroborated + self.alone)


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the kept promises of a Book rest on, and how wide the windows of all entries are.

    ``by_person`` is in the order of the ids, ``by_month`` oldest first.

    佐证 · Corroboration | 达标的判定凭什么 · What kept promises rest on.
    """

    total: KeptPromises
    """合计 · Total | 全部达标的判定 · All that were kept"""
    by_person: tuple[KeptPromises, ...]
    """按人员 · By person | 按停止计时的人排列 · Ordered by who stopped the clock"""
    by_month: tuple[KeptPromises, ...]
    """按月份 · By month | 按时限所在的月份排列 · Ordered by the month of the due time"""
    windows: Windows
    """时间窗口 · Windows | 全部条目的窗口 · Of all entries"""


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise that was kept, and the entry that stopped its clock."""

    verdict: Verdict
    stop: ProvenEntry | None


def corroboration_of(book: Book) -> Corroboration:
    """What every verdict ``met`` of the Book rests on."""
    promises = [
        _Promise(verdict, _stop(book, verdict))
        for verdict in book.verdicts
        if verdict.outcome is Outcome.MET
    ]
    entries = (entry for log in book.proofs.values() for entry in log.entries)
    return Corroboration(
        total=_kept("", promises),
        by_person=_grouped(promises, lambda promise: promise.stop.entry.by if promise.stop else ""),
        by_month=_grouped(promises, lambda promise: promise.verdict.month or ""),
        windows=_windows(entries),
    )


def _stop(book: Book, verdict: Verdict) -> ProvenEntry | None:
    if verdict.ended_by is None:
        return None
    return book.proofs[verdict.ticket].entries[verdict.ended_by]


def _grouped(
    promises: Iterable[_Promise], key: Callable[[_Promise], str]
) -> tuple[KeptPromises, ...]:
    groups: dict[str, list[_Promise]] = {}
    for promise in promises:
        groups.setdefault(key(promise), []).append(promise)
    return tuple(_kept(name, groups[name]) for name in sorted(groups))


def _kept(key: str, promises: list[_Promise]) -> KeptPromises:
    proven = [promise for promise in promises if promise.verdict.corroborated is not None]
    corroborated = sum(promise.verdict.corroborated is True for promise in proven)
    # One step can stop several clocks: its window counts once.
    stops = {
        (promise.verdict.ticket, promise.stop.entry.index): promise.stop
        for promise in proven
        if promise.stop
    }
    return KeptPromises(
        key=key,
        met=len(promises),
        corroborated=corroborated,
        alone=len(proven) - corroborated,
        imported=len(promises) - len(proven),
        windows=_windows(stops.values()),
    )


def _windows(entries: Iterable[ProvenEntry]) -> Windows:
    dated = [entry for entry in entries if entry.commit and entry.grade is not Grade.IMPORTED]
    widths = [
        proven.not_after - proven.not_before
        for proven in dated
        if proven.not_after is not None and proven.not_before is not None
    ]
    return Windows(spread(widths), len(dated) - len(widths))
