"""A paper as a value: what it says and in which order, and nothing of how that is set.

A builder says everything in one language. A paper in both is two papers of the same shape laid side by side
(:func:`together`): what both say alike, which is what a record says, numbers and times, stands once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Mood = Literal["", "good", "warn", "bad", "muted"]
"""How a cell is coloured, beside its word and never instead of it."""

Form = Literal["text", "seconds", "instant", "share"]
"""What a cell's value measures, where its type does not tell: what a sheet can reckon with."""

Value = str | int | Decimal | bool | None
"""What a cell holds for machines, the same in every language: a word of the record format, a number, an
instant or a date as RFC 3339 writes it. A paper's facts are made of these."""


@dataclass(frozen=True, slots=True)
class PaperText:
    """Words: once where every language of the paper says them alike, else in each, in the paper's order."""

    texts: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return any(self.texts)


NOTHING = PaperText(("",))


def said(text: str) -> PaperText:
    """Words of one language."""
    return PaperText((text,))


@dataclass(frozen=True, slots=True)
class PaperCell:
    """What stands in one place of a table or beside a label.

    Attributes:
        said: its words.
        value: the same for machines.
        mood: how it is coloured.
        way: the page of the site that proves it, and the place on that page; () where none does.
        number: whether it is set as a number: to the right, its digits of one width.
        form: what its value measures.
    """

    said: PaperText
    value: Value = None
    mood: Mood = ""
    way: tuple[str, str] | tuple[()] = ()
    number: bool = False
    form: Form = "text"


ROOM = PaperCell(PaperText((" ",)))
"""Room in which somebody writes by hand."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key in the facts, its head, and its share of the width."""

    key: str
    head: PaperText
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whose head stands again on each page that it reaches.

    Attributes:
        key: what it is called in the facts, and as a sheet; unique in its paper.
        caption: what it is of.
        columns: its columns.
        rows: a cell for each column.
        empty: what stands in its place where it has no row.
    """

    key: str
    caption: PaperText
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    empty: PaperText


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, and what stands beside it; ``key`` is what it is called in the facts."""

    key: str
    label: PaperText
    cell: PaperCell


@dataclass(frozen=True, slots=True)
class Facts:
    """A box of labels with what stands beside each.

    ``key`` is what the box is called in the facts; "" for one that is of the paper and none of them.
    """

    key: str
    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    said: PaperText


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; a lead is the section in one sentence, a note is small."""

    said: PaperText
    role: Literal["text", "lead", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person typed, set apart from the facts and never one of them: by whom and when."""

    text: PaperText
    by: PaperText
    at: PaperText


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of the record, or a chart as SVG; ``alt`` says in words what is to be seen."""

    form: Literal["svg", "jpeg", "png"]
    raw: bytes
    alt: PaperText


@dataclass(frozen=True, slots=True)
class Blank:
    """A label with room to write by hand: so many lines."""

    label: PaperText
    lines: int = 1


@dataclass(frozen=True, slots=True)
class SignBox:
    """Where somebody signs: who, what is ticked, what is written by hand, and room for a seal."""

    title: PaperText
    choices: tuple[PaperText, ...]
    blanks: tuple[Blank, ...]
    seal: PaperText = NOTHING


@dataclass(frozen=True, slots=True)
class SignOff:
    """The boxes in which both sides sign, and the sentence that says what that means."""

    meaning: PaperText
    boxes: tuple[SignBox, ...]


Block = Table | Facts | Heading | Prose | Remark | Picture | Blank | SignOff


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part; an annex is lettered, and begins on a page of its own."""

    key: str
    title: PaperText
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper.

    Attributes:
        kind: the name of its kind.
        number: of the document: ``WB-monthly-YD-2026-117-2026-09-v1``.
        title: what it is, and of what.
        languages: codes of its languages, in the order in which they are said.
        marks: what it is not: not final, a draft, not for the customer; on every page.
        cover: who for whom, on what contract and over which period.
        sections: its parts, in order.
        commit: what it was worked out from.
        as_of: the instant as of which, as RFC 3339 writes it.
        long: whether it has a cover and a table of contents of its own; a sheet has neither.
    """

    kind: str
    number: str
    title: PaperText
    languages: tuple[str, ...]
    marks: tuple[PaperText, ...]
    cover: Facts
    sections: tuple[Section, ...]
    commit: str
    as_of: str
    long: bool = False


Node = TypeVar("Node")


def mapped(node: Node, change: Callable[[PaperText], PaperText]) -> Node:
    """A paper, or part of one, with every :class:`PaperText` in it changed."""
    found: Node = _joined((node,), lambda words: change(words[0]))
    return found


def together(papers: Sequence[Paper]) -> Paper:
    """Papers of one shape, each in its language, as one that says everything in all."""
    if len(papers) == 1:
        return papers[0]
    codes = tuple(code for paper in papers for code in paper.languages)
    found: Paper = _joined(papers, side_by_side)
    return replace(found, languages=codes)


def side_by_side(words: Sequence[PaperText]) -> PaperText:
    """The same words in several languages: once, where all say them alike."""
    texts = tuple(text for spoken in words for text in spoken.texts)
    return PaperText(texts[:1]) if len(set(texts)) == 1 else PaperText(texts)


def _joined(nodes: Sequence[Any], join: Callable[[Sequence[PaperText]], PaperText]) -> Any:
    first = nodes[0]
    if isinstance(first, PaperText):
        return join(nodes)
    if isinstance(first, tuple):
        return tuple(_joined(parts, join) for parts in zip(*nodes, strict=True))
    names = _parts_of(first.__class__)
    if not names:
        return first
    return type(first)(
        *(
            part
            if isinstance(part := getattr(first, name), _SAID_ALIKE)
            else _joined([getattr(node, name) for node in nodes], join)
            for name in names
        )
    )


_SAID_ALIKE = (str, int, Decimal, type(None))
"""What a paper holds beside its words: the same in every language."""


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """What a value of a kind is made of; nothing, for one that is no part of a paper."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def facts_of(paper: Paper) -> dict[str, Any]:
    """What a paper says for machines: the same in every language, and nothing that a person typed about it."""
    return {
        "number": paper.number,
        "kind": paper.kind,
        "commit": paper.commit,
        "as_of": paper.as_of,
        "cover": _facts(paper.cover),
        "sections": {section.key: dict(_told(section.blocks)) for section in paper.sections},
    }


def _told(blocks: Iterable[Block]) -> Iterator[tuple[str, Any]]:
    for block in blocks:
        if isinstance(block, Facts):
            if block.key:
                yield block.key, _facts(block)
        elif isinstance(block, Table):
            keys = [column.key for column in block.columns]
            yield (
                block.key,
                [
                    {key: cell.value for key, cell in zip(keys, row, strict=True)}
                    for row in block.rows
                ],
            )


def _facts(box: Facts) -> Mapping[str, Value]:
    return {row.key: row.cell.value for row in box.rows}
