"""A file as the official branch had it: its editions along the official line.

Configuration is replaced, not appended to. What counts is not who wrote a version on a branch, but when
it became what everyone worked by: with the commit that put it on the line. Nor does what is written
afterwards: an act is judged by the edition that it found there.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from weibao.history.agreed import first_records
from weibao.model.load import read_record
from weibao.model.versions import header_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.history.history import History
    from weibao.history.ledger import Ledger
    from weibao.model.instant import Instant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileEdition:
    """What a file held from a commit on.

    Attributes:
        commit: the commit of the official line that brought it.
        landed: the *time* of that commit.
        raw: the file's bytes.
    """

    commit: str
    landed: Instant
    raw: bytes


def editions(
    history: History, path: str, part: Callable[[bytes], bytes] | None = None
) -> tuple[FileEdition, ...]:
    """The editions of the file at ``path``, the oldest first; each differs from the one before.

    Of each only a ``part`` counts, where one is given. Where the file was deleted, nothing is left of it.
    """
    blobs = {change.commit: change.after for change in history.changes_to(path)}
    found: list[FileEdition] = []
    for commit in sorted(blobs.keys() & history.places.keys(), key=history.places.__getitem__):
        blob = blobs[commit]
        raw = b"" if blob is None else history.blobs[blob]
        raw = part(raw) if part else raw
        if not found or found[-1].raw != raw:
            found.append(FileEdition(commit, history.time[commit], raw))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tenure(Generic[T]):
    """An edition, and for which instants it is the last before: after ``since``, up to ``until``.

    None is of the first and of the last, which are open.
    """

    value: T
    since: Instant | None = None
    until: Instant | None = None

    def covers(self, instant: Instant) -> bool:
        """Whether it is what stood on the line before an instant."""
        return (self.since is None or self.since < instant) and (
            self.until is None or instant <= self.until
        )


@dataclass(frozen=True, slots=True)
class Official(Generic[T]):
    """A file of the configuration as it stood on the official line when something was done.

    Attributes:
        now: the file as it stands.
        dated: its editions, the oldest first, but for those that were replaced before there was a record.
        read: what an edition says; None where it is no valid record.
    """

    now: T
    dated: tuple[FileEdition, ...] = ()
    read: Callable[[bytes], T | None] = lambda _raw: None

    def before(self, instant: Instant | None) -> T:
        """The last edition before an instant, else the first; None is of what has not landed yet."""
        place = (
            len(self.dated)
            if instant is None
            else bisect_left(self.dated, instant, key=lambda edition: edition.landed)
        )
        if place == len(self.dated):
            return self.now
        readable = (self.read(edition.raw) for edition in reversed(self.dated[: max(1, place)]))
        return next((value for value in readable if value is not None), self.now)

    def tenures(self) -> Iterator[Tenure[T]]:
        """Every edition, the oldest first, with its time."""
        since: Instant | None = None
        for later in self.dated[1:]:
            yield Tenure(self.before(later.landed), since, later.landed)
            since = later.landed
        yield Tenure(self.now, since)


def official(
    ledger: Ledger,
    path: str,
    now: T,
    read: Callable[[bytes], T | None],
    within: int,
    part: Callable[[bytes], bytes] | None = None,
) -> Official[T]:
    """A file as it stood on the line, of which a ``part`` counts; what was never edited costs nothing.

    An edition that was shown more than ``within`` seconds after its commit's *time* stood from then on.
    """
    history = ledger.history
    dated = editions(history, path, part)
    if len(dated) < 2:
        return Official(now)
    begun = [history.landed(commit) for commit in first_records(history, ledger.files)]
    if not begun:
        return Official(now)
    dated = tuple(_shown(history, dated, within))
    agreed = sum(edition.landed <= min(begun) for edition in dated)
    return Official(now, dated[max(0, agreed - 1) :], read)


def _shown(history: History, dated: Iterable[FileEdition], within: int) -> Iterator[FileEdition]:
    last = 0
    for edition in dated:
        last = max(last, history.evidence(edition.commit, within))
        yield replace(edition, landed=last)


def edition_in(path: str, raw: bytes) -> Any:
    """The configuration that a version of a file holds, whatever log comes after it; None where it is no valid one."""
    return value_in(path, header_of(raw))


@cache
def value_in(path: str, raw: bytes) -> Any:
    """The record that a version of its file holds; None where it is no valid one."""
    return read_record(path, raw).value
