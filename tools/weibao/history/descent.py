"""Descent: where a history begins, and whether it goes on from a commit that somebody outside holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.commit import Commit
    from weibao.history.history import History

RECORDS = "records"
_UTC = ZoneInfo("UTC")


def descends(history: History, commit: str) -> bool:
    """Whether ``commit``, a full id, is the head of the history or lies behind it."""
    return commit in history.commits


def check_descent(history: History, commit: str) -> Iterator[Finding]:
    """L107 where the history has been rewritten since somebody noted ``commit``, a full id.

    The commit is not part of this history, so of its author and its time nothing can be said.
    """
    if not descends(history, commit):
        facts = {"commit": commit, "author": "", "time": "", "old": commit, "new": history.head}
        show = f"git log --oneline {history.head}..{commit}"
        yield Finding("L107", Place(RECORDS), "", facts | {"show": show})


def other_roots(history: History) -> tuple[Commit, ...]:
    """The commits without parents, but for the one in which the official branch begins."""
    first = history.line[0]
    return tuple(
        commit for commit in history.commits.values() if not commit.parents and commit.id != first
    )


def check_roots(
    history: History, declared: Mapping[str, str], zone: ZoneInfo = _UTC
) -> Iterator[Finding]:
    """L108 for every further root that the contract does not declare (commit id → reason)."""
    first = history.line[0]
    for root in other_roots(history):
        if root.id not in declared:
            facts = {
                "commit": root.id,
                "author": root.author.email,
                "time": format_instant(root.commit_time, zone),
                "old": first,
                "new": root.id,
                "show": f"git rev-list --max-parents=0 {history.head}",
            }
            yield Finding("L108", Place(RECORDS), "", facts)
