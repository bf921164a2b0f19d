"""The index of an acceptance package: every file with its SHA-256, and whether a package is still the one that it names."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.words.csv_text import csv_text
from weibao.workspace.papers.bundle import bundle_holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

INDEX, LISTED = "INDEX.md", "index.csv"
"""The index for people, and the one that is checked by: it lists the first, and says its own SHA-256 nowhere."""

BUNDLE, CHECKPOINT = "16-integrity/records.bundle", "16-integrity/checkpoint.json"

HEAD = ("path", "sha256", "bytes", "what")


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file of the package: its path there, its digest and its length, and what it is."""

    path: str
    sha256: str
    bytes: int
    what: str


@dataclass(frozen=True, slots=True)
class VerifiedPackage:
    """How a package compares with its index.

    Attributes:
        files: how many files the index lists.
        digest: the SHA-256 of the index itself.
        changed, missing, extra: the paths that are otherwise, gone, or not listed.
        bundle: whether the bundle of the records is whole and holds what the checkpoint says; None where there is none.
    """

    files: int
    digest: str
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    bundle: bool | None

    @property
    def whole(self) -> bool:
        """Whether nothing is otherwise than the index says."""
        return not (self.changed or self.missing or self.extra) and self.bundle is not False


def packaged(path: str, raw: bytes, what: str) -> PackagedFile:
    """A file of the package by what is in it."""
    return PackagedFile(path, sha256(raw).hexdigest(), len(raw), what)


def index_csv(files: Iterable[PackagedFile]) -> bytes:
    """The index that is checked by, sorted by path."""
    rows = [
        (file.path, file.sha256, str(file.bytes), file.what)
        for file in sorted(files, key=lambda file: file.path)
    ]
    return csv_text([HEAD, *rows]).encode()


def verify_package(folder: Path) -> VerifiedPackage:
    """Hash every file anew, and open the bundle.

    Raises:
        Refusal: there is no index there, or it is none.
    """
    try:
        raw = (folder / LISTED).read_bytes()
        listed = dict(_listed(raw))
    except (OSError, ValueError) as error:
        raise Refusal(
            N_("{path} is no whole acceptance package: its index cannot be read ({reason})."),
            mend=N_("Name the folder that has INDEX.md and index.csv."),
            path=folder,
            reason=error,
        ) from None
    there = set(_files(folder, ""))
    changed = [
        path
        for path, digest in listed.items()
        if path in there and _digest(folder / path) != digest
    ]
    bundle = None
    if BUNDLE in listed or BUNDLE in there:
        bundle = BUNDLE in there and BUNDLE not in changed and _bundle(folder)
    return VerifiedPackage(
        files=len(listed),
        digest=sha256(raw).hexdigest(),
        changed=tuple(sorted(changed)),
        missing=tuple(sorted(listed.keys() - there)),
        extra=tuple(sorted(there - listed.keys() - {LISTED})),
        bundle=bundle,
    )


def _listed(raw: bytes) -> Iterator[tuple[str, str]]:
    rows = list(csv.reader(raw.decode().splitlines(), strict=True))
    if not rows or tuple(rows[0]) != HEAD:
        raise ValueError(LISTED)
    for path, digest, _, _ in rows[1:]:
        yield path, digest


def _files(folder: Path, under: str) -> Iterator[str]:
    """Every path of the folder; a link is one, and leads nowhere."""
    for inside in folder.iterdir():
        path = f"{under}{inside.name}"
        if inside.is_dir() and not inside.is_symlink():
            yield from _files(inside, f"{path}/")
        else:
            yield path


def _digest(file: Path) -> str:
    return "" if file.is_symlink() else sha256(file.read_bytes()).hexdigest()


def _bundle(folder: Path) -> bool:
    try:
        checkpoint = (folder / CHECKPOINT).read_bytes()
        commit = str(json.loads(checkpoint)["commit"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bundle_holds(folder / BUNDLE, checkpoint, commit)
