"""``weibao check --changed``: what a branch changed, and what that bears upon in other files.

Nothing of an earlier run is believed. By git's own comparison of trees, all other files hold the same
bytes as in the commits that the branch goes on from, so what is wrong in one of them by itself was wrong
there. What hangs on several files is judged with all of those, or everything is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from weibao.cli.checking.judging import Named, judged
from weibao.history.git.objects import read_commit
from weibao.history.git.reader import shown_path
from weibao.history.snapshot import (
    ABSENT,
    FOLDERS,
    files_at,
    read_beyond,
    refuse_unless_whole,
)
from weibao.model.ids import RECORD_ID, record_path
from weibao.model.load import read_record
from weibao.model.paths import (
    CONFIGURATION,
    PLAIN_FILE,
    ROOT,
    attachment_sha256,
    kind_of,
)
from weibao.rules.bearing import bearing, pieces
from weibao.rules.causes import by_cause
from weibao.rules.check import check_files
from weibao.rules.full_width import with_half_width

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from weibao.cli.framework.session import Session
    from weibao.history.git.reader import Git
    from weibao.history.growth.grown import Grown
    from weibao.history.landed import Landed
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.references import Reference

_TICKETS = f"{ROOT}tickets"
_CONTRACT = f"{ROOT}contract.yaml"
_SETTINGS = frozenset(f"{ROOT}{kind}.yaml" for kind in CONFIGURATION)
_FEW = frozenset({"inspection", "shift", "report"})
"""Kinds of which there are few enough that all are judged where one changed."""

_ABOUT = timedelta(hours=25)
"""How far a clock may be from UTC, and two reports of one thing from each other."""

_ESCAPE = "\\"
"""What a file has that spells a word otherwise than by its letters."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """What a branch changed.

    Attributes:
        names: the files, some of which may no longer be there.
        kinds: kinds of which every file is judged with them.
        beside: tickets that are read with them, and folders of some, each ending in "/".
    """

    names: frozenset[str]
    kinds: frozenset[str]
    beside: frozenset[str]

    def needs(self, path: str) -> bool:
        """Whether a file must be read for them to be judged."""
        return (
            path in self.names
            or path in _SETTINGS
            or path in self.beside
            or f"{path.rpartition('/')[0]}/" in self.beside
            or bool(self.kinds and kind_of(path) in self.kinds)
        )


def judged_changes(session: Session, base: str, at: str) -> tuple[Finding, ...]:
    """The findings R, X and L that the commits behind ``at`` and not behind ``base`` can have brought.

    They are all those of the files that these have changed, and those of others that name one of them.

    Raises:
        Refusal: as :func:`judged` does.
    """
    git = session.git
    refuse_unless_whole(git)
    head = git.resolve(at)
    branch = read_beyond(git, base, head)
    changed = _changed(git, branch, head)
    files, modes = files_at(git, head, changed.needs) if changed else ({}, {})
    if changed is None or _has_namesakes(changed.names, modes):
        return judged(session, Named(session, ()), base, at)
    session.speak_of(files)
    only = changed.names | {
        path for path in modes if changed.kinds and kind_of(path) in changed.kinds
    }

    @cache
    def landed() -> Landed:
        from weibao.history.landed import Landed

        return Landed(git, base, only)

    def stood(reference: Reference) -> bool:
        return landed().stood(reference)

    told = check_files(
        files,
        modes,
        session.now,
        base=(head, files),
        branch=branch,
        only=only,
        beside=True,
        stood=stood,
    )
    return tuple(with_half_width(by_cause(told, files, {}), files))


def _has_namesakes(names: Collection[str], there: Collection[str]) -> bool:
    """Whether another file has the name of one of them, in another folder or another case."""

    def name(path: str) -> str:
        return path.rpartition("/")[2].partition(".")[0].casefold()

    taken = set(map(name, names))
    return any(name(path) in taken and path not in names for path in there)


def _changed(git: Git, branch: Grown, head: str) -> _Changed | None:
    """What the branch changed; None where everything must be judged."""
    rows = _differences(git, branch, head)
    if rows is None:
        return None
    names = frozenset({*rows, *(change.path for change in branch.changes)})
    kinds = {path: kind_of(path) or attachment_sha256(path) for path in names}
    if not all(kinds.values()) or not _SETTINGS.isdisjoint(names):
        return None
    tickets = {path: blobs for path, blobs in rows.items() if kinds[path] == "ticket"}
    beside = _beside(git, branch, head, tickets) if tickets else set()
    if beside is None:
        return None
    return _Changed(names, _FEW.intersection(kinds.values()), frozenset(beside))


def _differences(git: Git, branch: Grown, head: str) -> Mapping[str, Sequence[str]] | None:
    """By path, the blobs that a file has here and in the commits that the branch goes on from, this one first.

    None where it begins anew, or where a file has gone or is no plain one.
    """
    bounds = {
        parent
        for commit in branch.commits.values()
        for parent in commit.parents
        if parent not in branch.commits
    }
    if branch.commits and not bounds:
        return None
    read = git.objects(dict.fromkeys((head, *bounds)), "commit") if bounds else ()
    trees = {commit: read_commit(commit, raw).tree for commit, raw in read}
    found: dict[str, list[str]] = {}
    pairs = dict.fromkeys((trees[bound], trees[head]) for bound in bounds)
    for _, raw in git.differences((pair for pair in pairs if pair[0] != pair[1]), *FOLDERS):
        for facts, path in zip(raw[::2], raw[1::2], strict=True):
            old_mode, mode, old, new, _ = facts[1:].decode().split(" ")
            if mode != PLAIN_FILE or old_mode not in {PLAIN_FILE, ABSENT}:
                return None
            found.setdefault(shown_path(path), [new]).append(old)
    return found


def _beside(
    git: Git, branch: Grown, head: str, changed: Mapping[str, Sequence[str]]
) -> set[str] | None:
    """What is read beside changed tickets; None where everything must be.

    Those that each names, and those beside which it may be told as a repeat: by the day that their ids
    name; and where others are judged by it otherwise than before, by the words that all of them hold.
    """
    contract = _read(_CONTRACT, git.files_of(head, (_CONTRACT,)).get(_CONTRACT))
    found: set[str] = set()
    marks: set[str] = set()
    for path, (here, *before) in changed.items():
        ticket = _read(path, branch.blobs.get(here))
        if contract is None or ticket is None:
            continue  # which is told, and it is held against no other
        earlier = [_read(path, branch.blobs.get(blob)) for blob in before]
        if ticket.window or any(
            pieces(ticket) != (pieces(version) if version else ()) for version in earlier
        ):
            return None
        named = {str(entry.data.get("duplicate_of")) for entry in ticket.log}
        found |= {record_path(other) for other in named if RECORD_ID.fullmatch(other)}
        days = _days_about(ticket.reported_at)
        now = bearing(ticket, contract)
        if all(version and bearing(version, contract) == now for version in earlier):
            found |= {f"{_TICKETS}/{day.replace('-', '/')}/" for day in days}
        else:
            marks |= {ticket.id, *days}
    return found | git.holding(head, (*sorted(marks), _ESCAPE), _TICKETS) if marks else found


def _read(path: str, raw: bytes | None) -> Any:
    """What a file says, typed; None where it is not there or cannot be read."""
    return None if raw is None else read_record(path, raw).value


def _days_about(instant: Instant) -> tuple[str, ...]:
    """Every day that is written in a time about this one, whatever the clock it is told by."""
    first = datetime.fromtimestamp(instant, UTC) - _ABOUT
    last = first + 2 * _ABOUT
    days = range((last.date() - first.date()).days + 1)
    return tuple((first.date() + timedelta(day)).isoformat() for day in days)
