"""What an entry in a working tree named, when it landed: asked of git only where it names nothing now.

A check of files reads no history. Where somebody has left, those who look at an old record must still
see what it was judged by: of the first-parent line only the versions of the configuration and of
the records in question are read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from weibao.history.official import edition_in
from weibao.model.paths import ROOT
from weibao.model.references import DEFINING, PEOPLE, defined_in, kinds_of
from weibao.model.versions import is_record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from weibao.history.git.reader import Git
    from weibao.model.references import Reference


class Landed:
    """The records and the configuration along the first-parent line, read when they are asked for."""

    def __init__(self, git: Git, revision: str, only: Collection[str] | None) -> None:
        """``revision`` ends the line; ``only`` are the records that may be asked about, None for all."""
        self._git, self._revision = git, revision
        self._only = only
        self._lines: dict[str, Mapping[bytes, int]] = {}

    def stood(self, reference: Reference) -> bool:
        """Whether what an entry names was there when it landed, with the right that it takes."""
        place = self._landings(reference.path).get(reference.line.encode())
        if place is None:
            return False
        return any(
            (edition := self._edition(kind, place)) is not None
            and defined_in(edition, reference, kind)
            for kind in kinds_of(reference.kind)
            if kind in DEFINING
        )

    def _edition(self, kind: str, place: int) -> Any:
        """What defines a kind of name, as a commit of the line worked by it; None where nothing is to be read.

        Who acts, and by what right, is what it found: nobody gives themselves a right by the act that takes it. A
        thing may come with what names it, and either with the first edition of all.
        """
        path = f"{ROOT}{DEFINING[kind]}.yaml"
        last = place - 1 if kind in PEOPLE else place
        editions = self._versions.get(path, ())
        found = [raw for begun, raw in editions if begun <= last] or [
            raw for _, raw in editions[:1]
        ]
        return edition_in(path, self._blobs((path,))[found[-1]]) if found else None

    @cached_property
    def _versions(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        if self._git.unborn:
            return found
        files = {f"{ROOT}{file}.yaml" for file in DEFINING.values()}
        asked = ["records"] if self._only is None else sorted({*self._only, *files})
        for place, path, blob in self._git.line_versions(self._revision, asked):
            found.setdefault(path, []).append((place, blob))
        return found

    def _landings(self, path: str) -> Mapping[bytes, int]:
        """By line of a record, the place at which it came to the line."""
        if path not in self._lines:
            together = [other for other in self._versions if is_record(other)]
            blobs = self._blobs(tuple(together) if is_record(path) else (path,))
            for other in together if is_record(path) else (path,):
                lines: dict[bytes, int] = {}
                for place, blob in self._versions.get(other, ()):
                    for line in blobs[blob].split(b"\n"):
                        lines.setdefault(line, place)
                self._lines[other] = lines
        return self._lines.get(path, {})

    def _blobs(self, paths: tuple[str, ...]) -> Mapping[str, bytes]:
        if paths not in self._read:
            wanted = dict.fromkeys(
                blob for path in paths for _, blob in self._versions.get(path, ())
            )
            self._read[paths] = dict(self._git.objects(wanted, "blob"))
        return self._read[paths]

    @cached_property
    def _read(self) -> dict[tuple[str, ...], Mapping[str, bytes]]:
        return {}
