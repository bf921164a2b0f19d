"""The files of an issue: each is held against the version that is issued, as it is made from the records."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.papers.all_papers import KINDS
from weibao.render.papers.integrity import facts_json
from weibao.report.papers.period_report import named_periods
from weibao.workspace.papers.commissioning import PERIODS, PaperAsked, format_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.contract import Contract
    from weibao.workspace.papers.commissioning import PaperDesk

SAME_BYTES = N_("{path}: to the byte the version that is issued, as the records give it.")
SAME_FACTS = N_(
    "{path}: its bytes were not compared. The facts (JSON) attached to it are those of {number}, as the records give it; what its pages show was not compared with them."
)
SAME_NUMBER = N_(
    "{path}: its bytes were not compared. The number {number} is in it; its figures and words were compared with nothing."
)
_BEGINS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
"""What files of a format begin with."""

_HOLDS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
"""What a package of a format has in it."""

_LARGEST = 64 * 1024 * 1024
"""How much of what is packed in a file is looked at."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def paper_of_report(contract: Contract, report: str, month: str, version: int) -> PaperAsked | None:
    """The paper that is issued as the report on the period that ends with a month; None where no kind of paper is one."""
    kind = next((kind for kind in KINDS if kind.report == report), None)
    periods = PERIODS.get(kind.subject, ()) if kind else ()
    subject = next(
        (
            period.name
            for period in named_periods(contract)
            if period.kind in periods[:1] and period.months[-1] == month
        ),
        "",
    )
    return PaperAsked(kind, subject, version=version) if kind and subject else None


def held_against(
    files: Iterable[tuple[str, str, str, bytes]],
    issued: PaperAsked,
    desk: PaperDesk,
    *,
    otherwise: bool,
) -> Iterator[tuple[str, str, str]]:
    """What of each file (name, format, language, bytes) is as in the version that is issued: a sentence, the name, and the number.

    ``otherwise``: the files were set with another template, other fonts or another release, so that not their bytes
    but what they say of themselves is looked at.

    Raises:
        UsageRefusal: a file is none of its format, or not of this version.
    """
    for name, form, lang, raw in files:
        _of_its_format(name, form, raw)
        asked = replace(issued, lang=lang)
        written = None if otherwise else desk.write(asked, format_named(form))
        made = written.made if written else desk.make(asked)
        number = made.paper.number
        if written:
            if written.raw != raw:
                raise UsageRefusal(
                    N_("{path} is not {number} as the records give it: not the same bytes."),
                    mend=N_(
                        "Write it again and issue that file. If it was set with another template, other fonts or another release, say so: --set-otherwise"
                    ),
                    path=name,
                    number=number,
                )
            yield SAME_BYTES, name, number
        elif form == "pdf":
            if not is_attached(raw, facts_json(made.paper)):
                raise UsageRefusal(
                    N_(
                        "{path} is not {number}: the facts (JSON) in it are not those of the records."
                    ),
                    mend=N_("Write it again, and issue that file."),
                    path=name,
                    number=number,
                )
            yield SAME_FACTS, name, number
        else:
            if not _bears(form, raw, number):
                raise UsageRefusal(
                    N_("{path} is not {number}: that number is nowhere in it."),
                    mend=N_("Write it again, and issue that file."),
                    path=name,
                    number=number,
                )
            yield SAME_NUMBER, name, number


def _of_its_format(name: str, form: str, raw: bytes) -> None:
    format_named(form)
    good = raw.startswith(_BEGINS.get(form, b""))
    if good and form in _HOLDS:
        good = any(member == _HOLDS[form] for member, _ in _packed(raw))
    elif form == "html":
        good = raw.lstrip()[:9].lower() == b"<!doctype"
    if not good:
        raise UsageRefusal(
            N_("{path} is no file of the format “{format}”."),
            mend=N_("Give the file that weibao report wrote."),
            path=name,
            format=form,
        )


def _packed(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a package of XML, each as far as it is looked at; none where it is no such package."""
    try:
        with ZipFile(BytesIO(raw)) as package:
            for part in package.infolist():
                with package.open(part) as stream:
                    yield part.filename, stream.read(_LARGEST)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return


def is_attached(raw: bytes, facts: bytes) -> bool:
    """Whether a stream of a PDF holds these facts and nothing else."""
    return any(_unpacked(found[1], len(facts) + 1) == facts for found in _STREAM.finditer(raw))


def _unpacked(stream: bytes, length: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, length)
    except zlib.error:
        return stream


def _bears(form: str, raw: bytes, number: str) -> bool:
    """Whether the number of a paper, and not that of another version, is in a file."""
    told = re.compile(re.escape(number.encode()) + rb"(?![0-9A-Za-z])")
    parts = (part for _, part in _packed(raw)) if form in _HOLDS else (raw,)
    return any(told.search(part) for part in parts)
