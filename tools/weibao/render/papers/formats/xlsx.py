"""XLSX: a sheet that tells what the paper says in order, one for each table, and one for the remarks.

What can be reckoned with is a number, a length of time or a date; what a record says is text, whatever it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from weibao.language import N_, language
from weibao.render.papers.characters import printed
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.frame import flat, identity_of, numbered, on_site, remarked, worded
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xlsxwriter.format import Format as CellStyle
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Block, Paper, PaperCell, PaperText

REMARKS = N_("Remarks")
LEFT_OUT = N_("… [cut here: a cell holds no more than {most} characters]")
SEE_SHEET = N_("Sheet {name}")

_LONGEST = 32_767
"""Characters that a cell can hold."""

_SHEET_NAME = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history"})
_FOOT = 240
_A4 = 9
_WIDEST = 100
_SHARE = re.compile(r"(\d+)/(\d+)")
_ACTS = ("=", "+", "-", "@")
_FILLS: dict[str, dict[str, Any]] = {
    "good": {"bg_color": "#E2F1E8", "font_color": "#1D6B4B"},
    "warn": {"bg_color": "#FDF0D5", "font_color": "#7A4A00"},
    "bad": {"bg_color": "#FBE3E0", "font_color": "#A3231B", "bold": True},
    "muted": {"font_color": "#5B6770"},
}
_LENGTH = {"num_format": "[h]:mm:ss", "align": "right"}
_INSTANT = {"num_format": "yyyy-mm-dd hh:mm", "align": "left"}
_SHARES = {"num_format": "0.0%", "align": "right"}
_MONEY = {"num_format": "#,##0.00", "align": "right"}
_COUNT = {"num_format": "0", "align": "right"}


@dataclass(slots=True)
class SheetRow:
    """Where a sheet is written on."""

    sheet: Worksheet
    row: int = 0


@dataclass
class PaperWorkbook:
    """A paper as it is written into a workbook."""

    paper: Paper
    setting: PaperSetting
    book: Workbook
    names: set[str] = field(default_factory=set)
    styles: dict[tuple[tuple[str, Any], ...], CellStyle] = field(default_factory=dict)

    def write(self) -> None:
        """Write every sheet."""
        remarks = [
            (section.title, block)
            for section in self.paper.sections
            for block in section.blocks
            if isinstance(block, Remark)
        ]
        first = self._sheet(self.paper.title)
        tables = [
            block
            for section in self.paper.sections
            for block in section.blocks
            if isinstance(block, Table)
        ]
        sheets = {table.key: self._table(table) for table in tables}
        if remarks:
            self._remarks(remarks)
        self._story(SheetRow(first), sheets)

    def _story(self, at: SheetRow, sheets: Mapping[str, str]) -> None:
        sheet = at.sheet
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        self._line(at, self.paper.title, {"bold": True, "font_size": 16})
        for mark in self.paper.marks:
            self._line(at, mark, {"bold": True, "font_color": "#7A4A00"})
        self._facts(at, self.paper.cover)
        for number, section in numbered(self.paper):
            at.row += 1
            self._text(at, 0, f"{number} {_said(section.title)}", {"bold": True, "font_size": 13})
            at.row += 1
            for block in section.blocks:
                self._block(at, block, sheets)

    def _block(self, at: SheetRow, block: Block, sheets: Mapping[str, str]) -> None:
        match block:
            case Table():
                name = sheets[block.key]
                self._text(at, 0, _said(block.caption) or name, {})
                quoted = name.replace("'", "''")
                shown = worded(self.paper, SEE_SHEET, name=name)
                at.sheet.write_url(
                    at.row, 1, f"internal:'{quoted}'!A1", self._style(_LINK), _said(shown)
                )
                at.row += 1
            case Facts():
                self._facts(at, block)
            case Heading():
                self._line(at, block.said, {"bold": True})
            case Prose():
                self._line(at, block.said, {})
            case Remark():
                self._text(at, 0, _said(remarked(self.paper, block)), {"italic": True})
                self._text(at, 1, _said(block.text), {"italic": True})
                at.row += 1
            case Picture():
                self._line(at, block.alt, {"italic": True})
            case Blank():
                self._text(at, 0, _said(block.label), {})
                self._text(at, 1, "", {"bottom": 1})
                at.row += 1
            case SignOff():
                self._signing(at, block)

    def _signing(self, at: SheetRow, signing: SignOff) -> None:
        self._line(at, signing.meaning, {})
        for box in signing.boxes:
            self._text(at, 0, _said(box.title), {"bold": True, "top": 1})
            choices = "   ".join(f"□ {_said(choice)}" for choice in box.choices)
            self._text(at, 1, choices, {"top": 1})
            at.row += 1
            for blank in box.blanks:
                self._block(at, blank, {})
            if box.seal:
                at.sheet.set_row(at.row, 110)
                self._line(at, box.seal, {"font_color": "#5B6770"})

    def _facts(self, at: SheetRow, box: Facts) -> None:
        for fact in box.rows:
            self._text(at, 0, _said(fact.label), {"font_color": "#5B6770"})
            zone = _zone(fact.cell)
            own = {"num_format": f'yyyy-mm-dd hh:mm "{zone}"'} if zone else {}
            self._cell(at, 1, fact.cell, {"align": "left", **own}, typed=fact.cell.form != "share")
            at.row += 1

    def _table(self, table: Table) -> str:
        sheet = self._sheet(table.caption or table.columns[0].head, table.key)
        columns = tuple(_columns(table))
        widths = _widths(table, columns)
        for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, self._fitting(column.head), self._style(_HEAD))
        at = SheetRow(sheet, 1)
        for row in table.rows:
            for place, column in enumerate(columns):
                cell = row[column.at]
                if column.tally:
                    tally = str(cell.value) if cell.form == "share" and cell.value else ""
                    self._text(at, place, tally, {"align": "right"})
                else:
                    self._cell(at, place, cell, {})
            at.row += 1
        if not table.rows:
            self._text(at, 0, _said(table.empty), _FILLS["muted"])
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(table.rows), len(columns) - 1)
        return str(sheet.get_name())

    def _remarks(self, remarks: list[tuple[PaperText, Remark]]) -> None:
        sheet = self._sheet(worded(self.paper, REMARKS))
        sheet.set_column(0, 1, 30)
        sheet.set_column(2, 2, 90)
        at = SheetRow(sheet)
        for title, remark in remarks:
            self._text(at, 0, _said(title), {"bold": True})
            self._text(at, 1, _said(remarked(self.paper, remark)), {})
            self._text(at, 2, _said(remark.text), {"italic": True})
            at.row += 1

    def _cell(
        self,
        at: SheetRow,
        place: int,
        cell: PaperCell,
        own: Mapping[str, Any],
        *,
        typed: bool = True,
    ) -> None:
        style = {**_FILLS.get(cell.mood, {}), **own}
        value = cell.value
        write: Callable[..., Any] = at.sheet.write_number
        where = (at.row, place)
        if not typed or value is None or isinstance(value, bool):
            self._text(at, place, _said(cell.said), style)
        elif cell.form == "seconds" and isinstance(value, int):
            write(*where, value / 86_400, self._style(_LENGTH | style))
        elif cell.form == "share" and (share := _share(value)) is not None:
            write(*where, share, self._style(_SHARES | style))
        elif cell.form == "instant" and isinstance(value, str):
            local = datetime.fromisoformat(value).replace(tzinfo=None)
            at.sheet.write_datetime(*where, local, self._style(_INSTANT | style))
        elif isinstance(value, Decimal):
            write(*where, value, self._style(_MONEY | style))
        elif isinstance(value, int) and cell.number:
            write(*where, value, self._style(_COUNT | style))
        else:
            way = on_site(self.setting, cell)
            self._text(at, place, _said(cell.said), style, way)

    def _line(self, at: SheetRow, words: PaperText, style: Mapping[str, Any]) -> None:
        """Words over both columns, as high as they need."""
        text = self._fitting(_said(words))
        at.sheet.merge_range(at.row, 0, at.row, 1, "", self._style(style))
        self._text(at, 0, text, style)
        lines = sum(1 + len(line) // 60 for line in text.split("\n"))
        if lines > 1:
            at.sheet.set_row(at.row, min(400, 15 * lines))
        at.row += 1

    def _text(
        self, at: SheetRow, place: int, text: str, style: Mapping[str, Any], way: str = ""
    ) -> None:
        quoted = {"quote_prefix": True} if text.startswith(_ACTS) else {}
        shown, worn = self._fitting(text), self._style({**style, **quoted})
        if way:
            at.sheet.write_url(at.row, place, way, self._style({**_LINK, **style}), shown)
        elif shown:
            at.sheet.write_string(at.row, place, shown, worn)
        else:
            at.sheet.write_blank(at.row, place, None, worn)

    def _fitting(self, text: str) -> str:
        if len(text) <= _LONGEST:
            return text
        most = language(self.paper.languages[0]).number(_LONGEST)
        told = flat(worded(self.paper, LEFT_OUT, most=most))
        return f"{text[: _LONGEST - len(told) - 1]} {told}"

    def _style(self, wanted: Mapping[str, Any]) -> CellStyle:
        key = tuple(sorted({"valign": "top", "text_wrap": True, **wanted}.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(dict(key))
        return self.styles[key]

    def _sheet(self, words: PaperText, key: str = "") -> Worksheet:
        sheet = self.book.add_worksheet(self._name(words.texts[0] or key))
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self._foot}&R&8&P / &N")
        sheet.set_margins(left=0.5, right=0.5)
        return sheet

    @cached_property
    def _foot(self) -> str:
        return identity_of(self.paper).replace("&", "&&")[:_FOOT]

    def _name(self, words: str) -> str:
        """A name that no other sheet has, and that a sheet may have."""
        wanted = " ".join(_NO_NAME.sub(" ", words).split()).strip("'") or "-"
        number, tail = 1, ""
        while True:
            name = wanted[: _SHEET_NAME - len(tail)].strip().strip("'") + tail
            if name.casefold() not in self.names | _RESERVED:
                self.names.add(name.casefold())
                return name
            number += 1
            tail = f" {number}"


_LINK: dict[str, Any] = {"font_color": "#1A5F8F", "underline": 1}
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#EEF2F5"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: the place of its column in the table, and whether it tells the tally beside a share."""

    at: int
    head: str
    weight: int
    tally: bool = False


def _columns(table: Table) -> Iterator[SheetColumn]:
    """The columns of the table's sheet: a share has one more, and whoever reads instants is told the zone."""
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        head = _said(column.head)
        zones = sorted(filter(None, {_zone(cell) for cell in cells}))
        zoned = f"{head} ({'/'.join(zones)})" if zones else head
        yield SheetColumn(at, zoned, column.weight)
        if any(cell.form == "share" for cell in cells):
            yield SheetColumn(at, f"{head} (n/d)", 1, tally=True)


def _zone(cell: PaperCell) -> str:
    """The zone of an instant, "" for what is none."""
    if cell.form != "instant" or not isinstance(cell.value, str):
        return ""
    offset = cell.value[len("2026-11-20T09:15:00") :]
    return "UTC" if offset == "Z" else f"UTC{offset}"


def _widths(table: Table, columns: tuple[SheetColumn, ...]) -> Iterator[float]:
    """As wide as what stands in most of its cells, within bounds."""
    for column in columns:
        said = [_said(row[column.at].said) for row in table.rows]
        longest = max((_across(text) for text in (column.head, *said)), default=0)
        yield min(max(9, longest + 2), 14 * max(column.weight, 1), _WIDEST)


def _across(text: str) -> int:
    """How many columns of a fixed width a text takes: a Chinese character takes two."""
    return max(
        sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in text.split("\n")
    )


def _share(value: object) -> float | None:
    """A share, rounded down to a tenth of a per cent: what is not all is never shown as all."""
    found = _SHARE.fullmatch(str(value))
    if found is None or not int(found[2]):
        return None
    return int(found[1]) * 1000 // int(found[2]) / 1000


def _said(words: PaperText) -> str:
    return "\n".join(words.texts)


def _write(paper: Paper, setting: PaperSetting) -> bytes:
    from xlsxwriter.workbook import Workbook

    shown, out = printed(paper), BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "max_url_length": 2000,
        },
    )
    created = datetime.fromisoformat(paper.as_of).replace(tzinfo=None)
    book.set_properties(
        {"title": flat(shown.title)[:250], "subject": paper.number, "created": created}
    )
    PaperWorkbook(shown, setting, book).write()
    book.close()
    return out.getvalue()


FORMAT = PaperFormat(
    name="xlsx", title=N_("A workbook: a sheet for each table, to reckon with"), write=_write
)
