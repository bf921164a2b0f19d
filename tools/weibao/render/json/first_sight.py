"""The log of what was seen first as ``weibao seen show --format json`` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.first_sight.log import SightingState
from weibao.model.instant import Instant
from weibao.model.shown import CommitId, Count, Mark
from weibao.render.json.encode import shown_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.history.first_sight.log import CommitSighting, SeenLog

Seen = Annotated[Instant, Mark.INSTANT]


@dataclass(frozen=True, slots=True)
class ShownSighting:
    """首见 · Sighting | 日志对一个提交的记载 · What the log says of a commit."""

    commit: CommitId
    """提交 · Commit | 完整的提交号 · Its full id"""
    state: SightingState
    """状态 · State | seen 有记载；before 在日志开始前就有；unseen 没有见过 · seen: it is in the log; before: it was there before the log was begun; unseen: neither"""
    time: Seen | None
    """时刻 · Time | 最迟在此刻平台已有此提交 · By then the forge had it"""
    ref: str | None
    """引用 · Ref | 从哪个引用看到 · The ref that it was reached from"""
    run: str | None
    """运行 · Run | 记录它的那次运行；没有则为 null · The run that found it; null where it was none of a forge"""


@dataclass(frozen=True, slots=True)
class SeenOutput:
    """首见日志 · What was seen first | weibao seen show --format json 的输出 · What weibao seen show --format json prints."""

    tip: CommitId
    """日志提交 · Log's commit | 读取的 refs/weibao/seen 的提交 · The commit of refs/weibao/seen that was read"""
    since: Seen
    """自 · Since | 日志开始的时刻 · When the log was begun"""
    refs: Count
    """引用数 · Refs | 日志开始时已有的引用数 · How many refs there were by then"""
    commits: tuple[ShownSighting, ...]
    """提交 · Commits | 最近的在前；指定提交时只有它 · The latest first; that commit alone, where one was named"""


def seen(tip: str, log: SeenLog, told: Sequence[CommitSighting]) -> SeenOutput:
    """``weibao seen show``: the log, and what it says of commits."""
    commits = (shown_as(ShownSighting, sighted, sighted.sighting) for sighted in told)
    return SeenOutput(tip, log.since, len(log.heads), tuple(commits))
