"""The bytes of a wheel, out of its files alone: what is installed can be made the wheel again.

Whoever builds this package packs it by this module too, which is why it imports nothing but Python's own.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644


def pack_wheel(files: Mapping[str, bytes]) -> bytes:
    """A wheel with these files, by path; its RECORD is made here.

    The order, the times and the permissions are always the same, and nothing is compressed: what a
    compressor makes of a file differs between its versions, and git compresses what it keeps itself.
    """
    (metadata,) = (path for path in files if path.endswith(".dist-info/METADATA"))
    record = metadata.removesuffix("METADATA") + "RECORD"
    content = {path: raw for path, raw in files.items() if path != record}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(content, key=_place):
            _add(archive, path, content[path])
        _add(archive, record, _record(content, record))
    return packed.getvalue()


def record_digest(raw: bytes) -> str:
    """A file's hash, as a RECORD writes it."""
    return "sha256=" + urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()


def _place(path: str) -> tuple[bool, str]:
    """What describes the wheel comes last, as its specification recommends."""
    return path.partition("/")[0].endswith(".dist-info"), path


def _record(content: Mapping[str, bytes], own: str) -> bytes:
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    for path in sorted(content, key=_place):
        rows.writerow((path, record_digest(content[path]), len(content[path])))
    rows.writerow((own, "", ""))
    return lines.getvalue().encode()


def _add(archive: zipfile.ZipFile, path: str, raw: bytes) -> None:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.create_system = 3  # as on Unix, wherever it is made
    entry.external_attr = _REGULAR_FILE << 16
    archive.writestr(entry, raw)
