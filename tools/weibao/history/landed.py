"""What an entry in a working tree named, when it landed: asked of git only where it names nothing now.

A check of files reads no history. Where somebody has left, those who look at an old record must still
see what it was judged by: of the first-parent line only the versions of the configuration and of
the records in question are read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.contact_keys import STAFF, staff_in
from weibao.history.contract_editions import CONTRACT, contract_in
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
        name, right = reference.name, reference.right
        if "contact" in reference.kind:
            contract = contract_in(self._before(CONTRACT, place))
            contact = contract.contacts.get(name) if contract else None
            if contact is not None and (not right or right in contact.may):
                return True
        if "person" in reference.kind:
            staff = staff_in(self._before(STAFF, place))
            return staff is not None and name in staff.people
        return False

    def _before(self, path: str, place: int) -> bytes:
        """The edition that a commit of the line found; its own, where it brought the first."""
        editions = self._versions.get(path, ())
        found = [raw for begun, raw in editions if begun < place] or [
            raw for _, raw in editions[:1]
        ]
        return self._blobs((CONTRACT, STAFF))[found[-1]] if found else b""

    @cached_property
    def _versions(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        if self._git.unborn:
            return found
        asked = ["records"] if self._only is None else sorted({*self._only, CONTRACT, STAFF})
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
