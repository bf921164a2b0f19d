"""The bytes of versions: of one that only grew, what it adds to the one before.

A record of nine steps has nine versions, of which each holds all that the one before it held. Kept whole,
they are by far the most of a large history.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from weibao.model.versions import added_entries, appended

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEPTH = 32
"""From how many versions at most one is put together, so that the last of a thousand costs no more than the first."""

_RECENT = 1024
"""Of how many files the last version is at hand while the next is read."""


class Blobs(Mapping[str, bytes]):
    """By their ids the bytes of blobs; of one that adds lines to the log of another, those lines alone are held."""

    def __init__(self, held: Mapping[str, bytes | tuple[str, bytes]]) -> None:
        """``held`` is by id a whole, or the id of another and the lines after it: see :func:`kept`."""
        self._held = held

    def __getitem__(self, blob: str) -> bytes:
        held = self._held[blob]
        added: list[bytes] = []
        while isinstance(held, tuple):
            added.append(held[1])
            held = self._held[held[0]]
        return b"".join([held, *(part for line in reversed(added) for part in (line, b"\n"))])

    def __contains__(self, blob: object) -> bool:
        return blob in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def added(self, before: str, after: str) -> bytes | None:
        """The lines that one adds to the log of another, without the end of the last; None where it is not held so."""
        held = self._held[after]
        return held[1] if isinstance(held, tuple) and held[0] == before else None


class Files(Mapping[str, bytes]):
    """By path the bytes of files, each of a blob."""

    def __init__(self, blobs: Mapping[str, bytes], named: Mapping[str, str]) -> None:
        """``named`` is the blob of each file, by path."""
        self._blobs = blobs
        self._named = named

    def __getitem__(self, path: str) -> bytes:
        return self._blobs[self._named[path]]

    def __contains__(self, path: object) -> bool:
        return path in self._named

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)


def kept(read: Iterable[tuple[str, bytes]], before: Mapping[str, str | None]) -> Blobs:
    """The blobs that were read. ``before`` is by its id the blob that each may have grown from, which is read first."""
    held: dict[str, bytes | tuple[str, bytes]] = {}
    recent: dict[str, tuple[bytes, int]] = {}
    for blob, raw in read:
        base = before[blob]
        whole, depth = recent.pop(base, (None, _DEPTH)) if base else (None, _DEPTH)
        added = appended(whole, raw) if whole is not None and depth < _DEPTH else None
        if base and added and added.endswith(b"\n"):
            held[blob] = (base, added[:-1])
        else:
            held[blob], depth = raw, 0
        recent[blob] = (raw, depth + 1)
        if len(recent) > _RECENT:
            del recent[next(iter(recent))]
    return Blobs(held)


def added_entries_of(blobs: Mapping[str, bytes], before: str, after: str) -> list[bytes] | None:
    """The entries that a version adds at the end of the log of another; None where anything else is different."""
    added = _added(blobs, before, after)
    return None if added is None else added_entries(added)


def grew(blobs: Mapping[str, bytes], before: str, after: str) -> bool:
    """Whether a version adds to the log of another, and nothing else is different."""
    return _added(blobs, before, after) is not None


def _added(blobs: Mapping[str, bytes], before: str, after: str) -> bytes | None:
    added = blobs.added(before, after) if isinstance(blobs, Blobs) else None
    return appended(blobs[before], blobs[after]) if added is None else added
