"""Markdown as forges show it: tables and headings, in which no text of a record is markup."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.characters import printed
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.frame import identity_of, numbered, on_site, remarked
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
from weibao.render.words.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Block, Paper, PaperCell, PaperText

    Led = Callable[[PaperCell], str]

_LINE = "………………………………"


def _write(paper: Paper, setting: PaperSetting) -> bytes:
    shown = printed(paper)
    led = partial(on_site, setting)
    parts = [f"# {_words(shown.title)}"]
    parts += [f"**{_words(mark)}**" for mark in shown.marks]
    parts.append(_facts(shown.cover, led))
    for number, section in numbered(shown):
        parts.append(f"## {number}&#46; {_words(section.title)}")
        parts += [part for block in section.blocks for part in _block(shown, block, led)]
    parts += ["---", inert(identity_of(shown))]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _block(paper: Paper, block: Block, led: Led) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block, led)
        case Facts():
            yield _facts(block, led)
        case Heading():
            yield f"### {_words(block.said)}"
        case Prose():
            yield from map(_lines, block.said.texts)
        case Remark():
            said = [*map(_lines, block.text.texts), f"— {_words(remarked(paper, block))}"]
            yield "\n>\n".join(f"> {words}" for words in said)
        case Picture():
            yield f"〔{_words(block.alt)}〕"
        case Blank():
            yield from _blank(block)
        case SignOff():
            yield from map(_lines, block.meaning.texts)
            for box in block.boxes:
                yield f"### {_words(box.title)}"
                yield "\n".join(f"- ☐ {_words(choice)}" for choice in box.choices)
                for blank in box.blanks:
                    yield from _blank(blank)
                yield f"〔{_words(box.seal)}〕" if box.seal else ""


def _table(table: Table, led: Led) -> Iterator[str]:
    yield f"**{_words(table.caption)}**" if table.caption else ""
    if not table.rows:
        yield _words(table.empty)
        return
    rules = ["---:" if cell.number else "---" for cell in table.rows[0]]
    heads = [_words(column.head) for column in table.columns]
    rows = [[_cell(cell, led) for cell in row] for row in table.rows]
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows))


def _facts(box: Facts, led: Led) -> str:
    return "\n".join(f"- {_words(row.label)}: {_cell(row.cell, led)}" for row in box.rows)


def _cell(cell: PaperCell, led: Led) -> str:
    words = _words(cell.said)
    if cell.mood == "bad":
        words = f"**{words}**"
    way = led(cell)
    return f"[{words}](<{way}>)" if way else words


def _blank(blank: Blank) -> Iterator[str]:
    yield "<br>".join(
        [f"{_words(blank.label)} {_LINE}", *[_LINE] * blank.lines][: blank.lines or 1]
    )


def _words(words: PaperText) -> str:
    """The words in every language, with what parts them."""
    return " / ".join(map(_lines, words.texts))


def _lines(text: str) -> str:
    return "<br>".join(inert(line.strip()) for line in text.split("\n"))


FORMAT = PaperFormat(
    name="md", title=N_("Markdown, for a forge and for reading as plain text"), write=_write
)
