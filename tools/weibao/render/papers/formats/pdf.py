"""PDF: for archives (PDF/A) and for screen readers (PDF/UA), with the paper's facts within."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import parse_instant
from weibao.refusal import Refusal
from weibao.render.papers.characters import printed
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.paper import PaperText, Picture, mapped
from weibao.render.papers.typesetting.drawings import DrawnPicture, drawing_of
from weibao.render.papers.typesetting.letters import boxes
from weibao.render.papers.typesetting.paper_data import Typesetting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typst import Fonts, PDFStandard

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Paper

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "思源黑体",
    "思源黑体 CN",
    "Noto Sans SC",
)
"""The families of one design that papers are set in, the first first."""

NO_FONT = N_(
    "A PDF is set in a Chinese font, regular and bold, and none of these was found: {families}."
)
GET_FONT = N_(
    "Install one: apt install fonts-noto-cjk (Debian, Ubuntu), brew install --cask font-noto-sans-cjk-sc (macOS), or Noto Sans CJK SC from github.com/notofonts/noto-cjk (Windows); or name the folder in which it is: --font-dir FOLDER"
)

_WITH_FACTS: tuple[PDFStandard, ...] = ("a-3a", "ua-1")
_ALONE: tuple[PDFStandard, ...] = ("a-2a", "ua-1")

_FOLDER = files("weibao.render.papers.typesetting")
_LETTERS = b"""
#let asked = json(bytes(sys.inputs.asked))
#set document(title: "letters")
#set text(font: asked.font, fallback: false)
#for letter in asked.letters { block(letter) }
"""
"""Sets every letter of a paper once: what the font lacks is then told by its refusal."""

_SCALES = (0.94, 0.88, 0.83, 0.79)
"""A sheet of more than a page is set in smaller letters if it then has room on fewer; the smallest are 6.3 points."""

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")

_PICTURE = b"""
#set document(title: "picture")
#image(bytes(sys.inputs.svg), format: "svg", alt: "picture")
"""


@dataclass(frozen=True, slots=True)
class Typeface:
    """The family that papers are set in, and the fonts among which it is."""

    family: str
    fonts: Fonts


@cache
def typeface(folders: tuple[str, ...]) -> Typeface:
    """The first family of the known that is there, regular and bold.

    Raises:
        Refusal: there is none.
    """
    from typst import Fonts

    found = Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    for family in FAMILIES:
        if {400, 700} <= {font.weight for font in found.fonts() if font.family == family}:
            return Typeface(family, found)
    raise Refusal(NO_FONT, mend=GET_FONT, families=FAMILIES)


def _write(paper: Paper, setting: PaperSetting) -> bytes:
    face = typeface(setting.fonts)
    standards = _WITH_FACTS if setting.facts else _ALONE
    inputs = {"facts": setting.facts.decode()} if setting.facts else {}
    shown, drawings = _lettered(printed(paper), face)
    work = Typesetting(shown, setting, face.family, drawings)
    source = (_FOLDER / "paper.typ").read_bytes()
    timestamp = parse_instant(paper.as_of)
    from typst import TypstError

    def pdf(work: Typesetting) -> bytes:
        data = {"paper": json.dumps(work.data(), ensure_ascii=False)}
        return _compiled(source, face, data | inputs, standards, timestamp)

    try:
        found = pdf(work)
    except TypstError:
        unreadable = frozenset(_unreadable(drawings.values(), face))
        if not unreadable:
            raise
        work = replace(work, unreadable=unreadable)
        found = pdf(work)
    if paper.long or (pages := pages_in(found)) == 1:
        return found
    smaller = (pdf(replace(work, scale=scale)) for scale in _SCALES)
    return next((tried for tried in smaller if pages_in(tried) < pages), found)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF says that it has; 0 where it does not say it, or is none."""
    return len(_PAGE.findall(pdf)) if pdf.startswith(b"%PDF-") else 0


def _lettered(paper: Paper, face: Typeface) -> tuple[Paper, Mapping[bytes, DrawnPicture]]:
    """The paper and its pictures with a box and a number for each character that the font lacks."""
    drawings = {
        block.raw: drawing_of(block, face.family)
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Picture)
    }
    letters = set(paper.number)

    def seen(words: PaperText) -> PaperText:
        letters.update(*words.texts)
        return words

    mapped(paper, seen)
    for drawing in drawings.values():
        letters.update(drawing.svg)
    instead = boxes(_lacking(letters, face))
    if not instead:
        return paper, drawings
    boxed = mapped(
        paper, lambda words: PaperText(tuple(text.translate(instead) for text in words.texts))
    )
    return replace(boxed, number=paper.number.translate(instead)), {
        raw: replace(drawing, svg=drawing.svg.translate(instead))
        for raw, drawing in drawings.items()
    }


def _lacking(letters: set[str], face: Typeface) -> frozenset[str]:
    """The characters for which the font has no shape; it may tell a few at a time."""
    from typst import TypstError

    lacking: set[str] = set()
    while True:
        asked = {"font": face.family, "letters": sorted(letters.difference(lacking, "\n"))}
        try:
            _compiled(
                _LETTERS, face, {"asked": json.dumps(asked, ensure_ascii=False)}, ("a-2b",), 0
            )
        except TypstError as error:
            told = {_unescaped(text) for text in _LACKING.findall(error.diagnostic)}
            if not (more := letters.intersection("".join(told)).difference(lacking)):
                raise
            lacking |= more
        else:
            return frozenset(lacking)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _unreadable(drawings: Iterable[DrawnPicture], face: Typeface) -> Iterable[str]:
    """The drawings that cannot be set."""
    from typst import TypstError

    for drawing in drawings:
        try:
            _compiled(_PICTURE, face, {"svg": drawing.svg}, _ALONE, 0)
        except TypstError:
            yield drawing.svg


def _compiled(
    source: bytes,
    face: Typeface,
    inputs: Mapping[str, str],
    standards: tuple[PDFStandard, ...],
    timestamp: int,
) -> bytes:
    """The PDF of a template: it can reach the template's own folder and no other, and nothing of the machine's fonts."""
    from typst import Compiler

    compiler: Any = Compiler(
        source,
        root=str(_FOLDER),
        font_paths=face.fonts,
        sys_inputs=dict(inputs),
    )
    found: bytes = compiler.compile(
        format="pdf", pdf_standards=list(standards), timestamp=timestamp
    )
    return found


FORMAT = PaperFormat(
    name="pdf",
    title=N_("PDF for archives (PDF/A) and screen readers (PDF/UA), to be signed"),
    write=_write,
)
