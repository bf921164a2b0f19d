"""The body of a paper in the XML of Word: styles by their names, and every text as text."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from weibao.render.papers.frame import flat, numbered, on_site, remarked
from weibao.render.papers.paper import (
    Blank,
    Facts,
    Heading,
    Picture,
    Prose,
    Remark,
    SignOff,
    Table,
)
from weibao.render.papers.pictures import as_png
from weibao.render.papers.typesetting.columns import layout_of, lies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.render.papers.docx_pages import DocxPages
    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Block, Paper, PaperCell, PaperText, SignBox
    from weibao.render.papers.typesetting.columns import TableLayout

_WIDTH = 9638
"""Twentieths of a point between the margins of an A4 page."""

_SEAL = 2268
"""The side of the box for a seal, 40 mm."""

_PICTURE = 5_900_000
"""How wide a picture is, in the unit of drawings: 164 mm."""

_TABLE_TEXT, _SMALLEST = 8.5, 6.5
"""Points of the letters of a table that has room, and of one that has least."""

_PROSE = {"text": "", "lead": "Lead", "note": "Note"}
_MOODS = {"good": "Good", "warn": "Warning", "bad": "Bad", "muted": "Muted"}


@dataclass(frozen=True, slots=True)
class DocxBody:
    """The body of a paper for one template.

    Attributes:
        paper: what is said.
        setting: with what it is set.
        styles: the ids of the template's styles by their names in small letters; what it has no style for is set plainly.
        part: the document part, which keeps pictures and links.
        pages: those on which it stands; None where none of them can be turned.
    """

    paper: Paper
    setting: PaperSetting
    styles: Mapping[str, str]
    part: Any
    pages: DocxPages | None = None

    def xml(self) -> str:
        """Every section; what is wide, on pages that lie on their side."""
        pieces = self._sections()
        return "".join(self.pages.turned(pieces) if self.pages else (piece for _, piece in pieces))

    def _sections(self) -> Iterator[tuple[bool, str]]:
        for number, section in numbered(self.paper):
            layouts = [
                layout_of(block, long=True) if isinstance(block, Table) else None
                for block in section.blocks
            ]
            whole = lies([layout.wide for layout in layouts if layout], annex=section.annex)
            apart = "<w:pageBreakBefore/>" if section.annex else ""
            title = f"{_run(f'{number} ')}{self._words(section.title, ' ')}"
            yield whole, self._paragraph(title, "heading 1", apart)
            for block, layout in zip(section.blocks, layouts, strict=True):
                wide = whole or (layout is not None and layout.wide)
                yield from ((wide, piece) for piece in self._block(block, layout))

    def _block(self, block: Block, layout: TableLayout | None) -> Iterator[str]:
        match block:
            case Table():
                yield from self._table(block, layout or layout_of(block, long=True))
            case Facts():
                rows = [(self._words(row.label, "\n"), self._cell(row.cell)) for row in block.rows]
                yield self._grid("Facts", (1, 2), [self._row(row) for row in rows])
                yield self._paragraph("")
            case Heading():
                yield self._paragraph(self._words(block.said, " "), "heading 2")
            case Prose():
                yield self._each(block.said, _PROSE[block.role])
            case Remark():
                yield self._each(block.text, "Remark")
                yield self._paragraph(
                    self._words(remarked(self.paper, block), " "), "Remark Author"
                )
            case Picture():
                yield self._paragraph(self._picture(block))
            case Blank():
                yield from self._blank(block)
            case SignOff():
                yield self._each(block.meaning, "")
                yield "".join(f"{self._box(box)}{self._paragraph('')}" for box in block.boxes)

    def _table(self, table: Table, layout: TableLayout) -> Iterator[str]:
        if table.caption:
            yield self._paragraph(self._words(table.caption, " "), "caption", keep=True)
        if not table.rows:
            yield self._paragraph(self._words(table.empty, " "), "Note")
            return
        numbers = [cell.number for cell in table.rows[0]]
        across = self.pages.across if self.pages and layout.wide else 0
        size = _SMALLEST if layout.wide and not across else layout.size
        head = self._row(
            [self._words(column.head, "\n", size=size) for column in table.columns],
            numbers,
            head=True,
        )
        rows = [
            self._row([self._cell(cell, size) for cell in row], [cell.number for cell in row])
            for row in table.rows
        ]
        widths = [round(10 * width) for width in layout.widths]
        yield self._grid("Table", widths, [head, *rows], _WIDTH + across)
        yield self._paragraph("")

    def _grid(
        self, style: str, weights: Iterable[int], rows: Iterable[str], width: int = _WIDTH
    ) -> str:
        known = tuple(weights)
        columns = "".join(f'<w:gridCol w:w="{width * weight // sum(known)}"/>' for weight in known)
        return (
            f"<w:tbl><w:tblPr>{self._named('tblStyle', style)}"
            f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(
        self, cells: Iterable[str], numbers: Iterable[bool] = (), *, head: bool = False
    ) -> str:
        rights = iter(numbers)
        told = (
            f"<w:tc>{self._paragraph(cell, 'Table Head' if head else 'Table Text', right='right' if next(rights, False) else '')}</w:tc>"
            for cell in cells
        )
        again = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(told)}</w:tr>"

    def _cell(self, cell: PaperCell, size: float = 0.0) -> str:
        way = on_site(self.setting, cell)
        worn = _MOODS.get(cell.mood, "")
        if not way:
            return self._words(cell.said, "\n", worn, size)
        from docx.opc.constants import RELATIONSHIP_TYPE

        place = self.part.relate_to(way, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        words = self._words(cell.said, "\n", worn or "Hyperlink", size)
        return f'<w:hyperlink r:id="{place}">{words}</w:hyperlink>'

    def _box(self, box: SignBox) -> str:
        choices = "    ".join(f"□ {flat(choice)}" for choice in box.choices)
        words = [
            self._paragraph(self._words(box.title, " "), "Box Title"),
            self._paragraph(_run(choices), "Table Text") if choices else "",
            *(line for blank in box.blanks for line in self._blank(blank)),
        ]
        if not box.seal:
            cells, grid = f"<w:tc>{''.join(words)}</w:tc>", (1,)
            return self._grid("Box", grid, [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"])
        seal = self._paragraph(self._words(box.seal, "\n", "Muted"), "Table Text", right="center")
        tall = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_SEAL}" w:hRule="atLeast"/></w:trPr>'
        middle = '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        row = f"<w:tr>{tall}<w:tc>{''.join(words)}</w:tc><w:tc>{middle}{seal}</w:tc></w:tr>"
        return self._grid("Box", (_WIDTH - _SEAL, _SEAL), [row])

    def _blank(self, blank: Blank) -> Iterator[str]:
        yield self._paragraph(self._words(blank.label, " "), "Blank")
        for _ in range(1, blank.lines):
            yield self._paragraph("", "Blank")

    def _picture(self, picture: Picture) -> str:
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )

        raw = as_png(picture, self.setting)
        words = self._words(picture.alt, "\n")
        if not raw:
            return words
        try:
            inline = self.part.new_pic_inline(BytesIO(raw), width=_PICTURE)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return words
        inline.docPr.set("descr", flat(picture.alt))
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"

    def _each(self, words: PaperText, style: str) -> str:
        """A paragraph in each language."""
        return "".join(self._paragraph(_run(text), style) for text in words.texts)

    def _words(self, words: PaperText, between: str, style: str = "", size: float = 0.0) -> str:
        worn = self._named("rStyle", style) if style else ""
        if 0 < size < _TABLE_TEXT:
            worn += f'<w:sz w:val="{round(2 * size)}"/>'
        return _run(between.join(words.texts), worn)

    def _paragraph(
        self, runs: str, style: str = "", more: str = "", *, keep: bool = False, right: str = ""
    ) -> str:
        follows = "<w:keepNext/>" if keep else ""
        side = f'<w:jc w:val="{right}"/>' if right else ""
        named = self._named("pStyle", style) if style else ""
        return f"<w:p><w:pPr>{named}{follows}{more}{side}</w:pPr>{runs}</w:p>"

    def _named(self, element: str, style: str) -> str:
        key = self.styles.get(style.lower())
        return f'<w:{element} w:val="{escape(key)}"/>' if key else ""


def _run(text: str, properties: str = "") -> str:
    """A text as one run, its lines apart."""
    worn = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{worn}{'<w:br/>'.join(lines)}</w:r>"
