"""A paper as the template reads it: lists, texts and numbers, and nothing that could be taken for markup."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weibao.render.papers.frame import (
    CONTENTS,
    flat,
    identity_of,
    numbered,
    on_site,
    remarked,
    spoken,
    worded,
)
from weibao.render.papers.paper import (
    ROOM,
    Blank,
    Fact,
    Facts,
    Heading,
    Paper,
    PaperCell,
    PaperText,
    Picture,
    Prose,
    Remark,
    SignBox,
    SignOff,
    Table,
    mapped,
)
from weibao.render.papers.typesetting.columns import extent, layout_of, lies
from weibao.render.papers.typesetting.drawings import UNREADABLE, DrawnPicture
from weibao.render.papers.typesetting.letters import broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Block, Section

_LINE = 34.0
"""What surely has room on a line of the page, in heights of letters."""

_HEAD = 18.0
"""And on a line of a title."""

_BESIDE = 7.4
"""And on one of a title of a part that stands beside it, on a sheet."""

_VALUE = 14.0
"""And beside a label, or in a box to sign in."""

_LABEL = 7.5
"""And of a label on a sheet."""

_THIRDS = (10.0, 29.0, 48.0)
"""And beside a label on a sheet, by how many thirds of the room a fact takes."""

_COVER_THIRDS = (13.2, 34.0, 55.0)
"""The same above the parts, which have their titles beside them."""

_BRIEF = 1500
"""Characters of the longest text of a part of a sheet that has its title beside it."""

_BLANKS = 3
"""So many lines to write on, each with its label, have room beside each other on a sheet."""

_WHOLE = 6
"""So many rows of a table stand on one page; of a sheet, which is to be short, they may not."""

_SHORT_CONTENTS = 18
"""A table of contents of so many lines stands on the cover."""

_RUNNING = 36
"""Characters of the title that stand at the head of each page."""


@dataclass(frozen=True, slots=True)
class Typesetting:
    """A paper, and all that it is set with.

    Attributes:
        paper: the paper, with printable texts alone, for each of which the font has letters.
        setting: what it is set with.
        font: the family.
        drawings: its pictures, by their bytes.
        unreadable: the drawings that cannot be set.
        scale: of the letters of a sheet, and of the room around them.
    """

    paper: Paper
    setting: PaperSetting
    font: str
    drawings: Mapping[bytes, DrawnPicture]
    unreadable: frozenset[str] = frozenset()
    scale: float = 1.0

    def data(self) -> dict[str, Any]:
        """What the template reads."""
        paper = self.paper
        running = flat(paper.title) or paper.number
        return {
            "font": self.font,
            "languages": paper.languages,
            "title": self._head(paper.title),
            "running": running,
            "shortened": running if len(running) <= _RUNNING else f"{running[:_RUNNING]}…",
            "number": paper.number,
            "identity": broken(identity_of(paper), _LINE),
            "marks": [self._words(mark) for mark in paper.marks],
            "long": paper.long,
            "scale": self.scale,
            "short-contents": self._entries() <= _SHORT_CONTENTS,
            "contents": self._words(worded(paper, CONTENTS)),
            "cover": self._facts(paper.cover, _COVER_THIRDS),
            "sections": [self._section(label, section) for label, section in numbered(paper)],
        }

    def _entries(self) -> int:
        """The lines of the table of contents: parts, and the headings in them, in each language."""
        parts = self.paper.sections
        heads = [block for part in parts for block in part.blocks if isinstance(block, Heading)]
        return len(parts) + len(heads)

    def _section(self, label: str, section: Section) -> dict[str, Any]:
        """A part."""
        blocks = list(self._blocks(section))
        wide = [block["wide"] for block in blocks if block["form"] == "table"]
        turned = lies(wide, annex=section.annex)
        if not turned:
            blocks = list(_lying(blocks))
        return {
            "label": label,
            "title": self._head(section.title, _HEAD if self.paper.long else _BESIDE),
            "annex": section.annex,
            "turned": turned,
            "beside": not self.paper.long and _brief(section),
            "blocks": blocks,
        }

    def _blocks(self, section: Section) -> Iterator[dict[str, Any]]:
        """Every block; on a sheet, lines to write on beside each other."""
        for short, blocks in groupby(section.blocks, _is_line):
            told = [self._block(block) for block in blocks]
            if self.paper.long or not short:
                yield from told
                continue
            for at in range(0, len(told), _BLANKS):
                yield {"form": "blanks", "beside": told[at : at + _BLANKS]}

    def _block(self, block: Block) -> dict[str, Any]:  # noqa: PLR0911 - a form for each block
        match block:
            case Table():
                return self._table(block)
            case Facts():
                return {"form": "facts", "rows": self._facts(block)}
            case Heading():
                return {"form": "heading", "said": self._head(block.said)}
            case Prose():
                return {"form": "prose", "said": self._words(block.said), "role": block.role}
            case Remark():
                head = self._words(remarked(self.paper, block))
                return {"form": "remark", "said": self._words(block.text), "head": head}
            case Picture():
                return self._picture(block)
            case Blank():
                return {"form": "blank", **self._blank(block)}
            case SignOff():
                return self._sign_off(block)

    def _table(self, table: Table) -> dict[str, Any]:
        layout = layout_of(table, long=self.paper.long)
        rooms = [layout.room(place) for place, _ in enumerate(table.columns)]
        return {
            "form": "table",
            "caption": self._words(table.caption),
            "empty": self._words(table.empty),
            "size": layout.size,
            "wide": layout.wide,
            "whole": self.paper.long and len(table.rows) <= _WHOLE,
            "repeats": not layout.breaks([column.head for column in table.columns]),
            "columns": [
                {
                    "head": self._words(column.head, room),
                    "width": width,
                    "number": any(row[place].number for row in table.rows),
                }
                for place, (column, width, room) in enumerate(
                    zip(table.columns, layout.widths, rooms, strict=True)
                )
            ],
            "rows": [
                {
                    "breaks": layout.breaks([cell.said for cell in row]),
                    "cells": [
                        self._cell(cell, room) for cell, room in zip(row, rooms, strict=True)
                    ],
                }
                for row in table.rows
            ],
        }

    def _facts(
        self, facts: Facts, rooms: tuple[float, float, float] = _THIRDS
    ) -> list[list[dict[str, Any]]]:
        """The rows of a box; on a sheet, which is to be short, facts that are short stand in one."""
        if self.paper.long:
            return [[self._fact(fact, _VALUE, _VALUE, 1)] for fact in facts.rows]
        return [
            [self._fact(fact, _LABEL, rooms[thirds - 1], thirds) for fact, thirds in row]
            for row in _rows(facts.rows, rooms)
        ]

    def _fact(self, fact: Fact, label: float, value: float, thirds: int) -> dict[str, Any]:
        return {
            "label": self._words(fact.label, label),
            "cell": self._cell(fact.cell, value),
            "thirds": thirds,
        }

    def _picture(self, picture: Picture) -> dict[str, Any]:
        drawing = self.drawings[picture.raw]
        fault = UNREADABLE if drawing.svg in self.unreadable else drawing.fault
        return {
            "form": "picture",
            "svg": "" if fault else drawing.svg,
            "width": drawing.width,
            "fault": self._words(worded(self.paper, fault)) if fault else [],
            "alt": flat(picture.alt) or picture.form,
            "said": self._words(picture.alt),
            "captioned": picture.form != "svg",
        }

    def _blank(self, blank: Blank) -> dict[str, Any]:
        return {"label": self._words(blank.label, _VALUE), "lines": blank.lines}

    def _sign_off(self, sign_off: SignOff) -> dict[str, Any]:
        """The boxes in rows: two beside each other; of more, first those to be signed and then those to be sealed."""
        boxes = sign_off.boxes
        rows = [boxes]
        if len(boxes) > 2:
            sealed = tuple(box for box in boxes if box.seal)
            signed = tuple(box for box in boxes if not box.seal)
            rows = [signed[at : at + 3] for at in range(0, len(signed), 3)]
            rows += [sealed[at : at + 2] for at in range(0, len(sealed), 2)]
        return {
            "form": "signoff",
            "meaning": self._words(sign_off.meaning),
            "rows": [[self._box(box) for box in row] for row in rows if row],
        }

    def _box(self, box: SignBox) -> dict[str, Any]:
        return {
            "title": self._words(box.title, _VALUE),
            "choices": [self._words(choice, _VALUE) for choice in box.choices],
            "blanks": [self._blank(blank) for blank in box.blanks],
            "seal": self._words(box.seal, _VALUE) if box.seal else [],
        }

    def _cell(self, cell: PaperCell, room: float) -> dict[str, Any]:
        return {
            "said": self._words(cell.said, room),
            "mood": cell.mood,
            "room": cell.said == ROOM.said,
            "link": on_site(self.setting, cell),
        }

    def _head(self, words: PaperText, room: float = _HEAD) -> list[tuple[str, str]]:
        """A head, of which a screen reader wants that it says something."""
        return self._words(words if flat(words) else PaperText(("—",)), room)

    def _words(self, words: PaperText, room: float = _LINE) -> list[tuple[str, str]]:
        return [(code, broken(text, room)) for code, text in spoken(self.paper, words)]


def _lying(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks, wide tables that follow each other together: they share the pages that lie on their side."""
    for wide, same in groupby(blocks, lambda block: bool(block.get("wide"))):
        if wide:
            yield {"form": "lying", "tables": list(same)}
        else:
            yield from same


def _brief(section: Section) -> bool:
    """Whether nothing that it says is so long that it might not end on the page on which it begins."""
    told: list[str] = []

    def heard(words: PaperText) -> PaperText:
        told.extend(words.texts)
        return words

    mapped(section, heard)
    return all(len(text) <= _BRIEF for text in told)


def _is_line(block: Block) -> bool:
    return isinstance(block, Blank) and block.lines == 1


def _rows(facts: Iterable[Fact], rooms: tuple[float, ...]) -> list[list[tuple[Fact, int]]]:
    """The facts in rows of three thirds, the last of a row as broad as there is room."""
    rows: list[list[tuple[Fact, int]]] = []
    left = 0
    for fact in facts:
        thirds = _thirds(fact, rooms)
        if thirds > left:
            if rows:
                last, taken = rows[-1][-1]
                rows[-1][-1] = (last, taken + left)
            rows.append([])
            left = len(rooms)
        rows[-1].append((fact, thirds))
        left -= thirds
    if rows:
        last, taken = rows[-1][-1]
        rows[-1][-1] = (last, taken + left)
    return rows


def _thirds(fact: Fact, rooms: tuple[float, ...]) -> int:
    """How many thirds of the width of a sheet a fact takes."""
    texts = fact.cell.said.texts
    if any("\n" in text for text in texts):
        return len(rooms)
    longest = extent(fact.cell.said, beside=True)
    fitting = (place for place, room in enumerate(rooms, 1) if longest <= room)
    return next(fitting, len(rooms))
