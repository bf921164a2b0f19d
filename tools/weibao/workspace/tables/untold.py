"""What a workbook says of its cells and calamine does not: hidden rows, formulas without an outcome, errors.

It is read out of the parts that a sheet is kept in, and only where a search in their bytes finds any.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNPACKED = 512 * 1024 * 1024
_TELLING = re.compile(rb"<(?:\w+:)?f[ />]|\bhidden=|\bt=[\"']e[\"']")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Untold:
    """Of a sheet: the rows that are hidden, and the (row, column) of formulas without outcome and of errors."""

    hidden: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()


def require_small(raw: bytes) -> None:
    """Refuse a workbook that is no archive, or that unpacks to more than anybody's register."""
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (BadZipFile, OSError, ValueError):
        raise UsageRefusal(
            N_("This is no XLSX workbook that can be read."),
            mend=N_("Save it as XLSX, or as CSV UTF-8."),
        ) from None
    if unpacked > _UNPACKED:
        raise UsageRefusal(N_("The workbook unpacks to more than {limit} bytes."), limit=_UNPACKED)


def untold_in(raw: bytes) -> dict[str, Untold]:
    """By the sheet's name; raises ``ValueError`` or ``KeyError`` for what no spreadsheet would write."""
    with ZipFile(io.BytesIO(raw)) as archive:
        try:
            found = {}
            for name, part in _sheets(archive):
                content = archive.read(part)
                if _TELLING.search(content):
                    found[name] = _untold(content)
        except (ET.ParseError, BadZipFile) as error:
            raise ValueError(str(error)) from None
    return found


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the part of the archive that it is kept in."""
    targets = {
        relation.get("Id"): normpath(join("xl", relation.get("Target", ""))).removeprefix("/")
        for relation in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat, see _untold
    }
    for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):  # noqa: S314
        part = targets.get(sheet.get(_RELATION))
        if part is not None and part in archive.namelist():
            yield sheet.get("name", ""), part


def _untold(content: bytes) -> Untold:
    """Of one sheet's XML. Python's expat refuses entities that blow up; the part's size was limited before."""
    hidden, formulas, errors = set(), set(), set()
    for row in ET.fromstring(content).iter(f"{_MAIN}row"):  # noqa: S314
        if row.get("hidden") in {"1", "true"}:
            hidden.add(int(row.get("r", "0")))
        for cell in row:
            place = _place(cell.get("r", ""))
            if cell.get("t") == "e":
                errors.add(place)
            if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"):
                formulas.add(place)
    return Untold(frozenset(hidden), frozenset(formulas), frozenset(errors))


def _place(reference: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
