"""The files of papers as their programs read them: the words of each, and how it is built up."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from building.html import Reading
from weibao.render.papers.paper import PaperText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def squeezed(text: str) -> str:
    """A text without blanks, ends of lines and what nobody sees."""
    return "".join(
        character
        for character in text
        if not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc"}
    )


def texts_of(node: object) -> Iterator[str]:
    """Every word of a paper."""
    if isinstance(node, PaperText):
        yield from node.texts
    elif isinstance(node, tuple):
        for inner in node:
            yield from texts_of(inner)
    elif is_dataclass(node):
        for field in fields(node):
            yield from texts_of(getattr(node, field.name))


def html_words(raw: bytes) -> str:
    page = Reading(raw.decode())
    seen = (
        known.get(name, "")
        for _, known in page.tags
        for name in ("alt", "aria-label", "data-label")
    )
    return "\n".join((page.text, *seen))


def md_words(raw: bytes) -> str:
    return Reading(MarkdownIt("commonmark").enable("table").render(raw.decode())).text


def pdf_words(raw: bytes) -> str:
    read = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(read, input=raw, capture_output=True, check=True).stdout.decode()


def docx_words(raw: bytes) -> str:
    from docx import Document

    document = Document(BytesIO(raw))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    said = [node.text or "" for part in parts for node in part.xpath(".//w:t")]
    pictured = [node.get("descr", "") for part in parts for node in part.xpath(".//wp:docPr")]
    return "".join(said) + "".join(pictured)


def xlsx_words(raw: bytes) -> str:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(raw))
    cells = (
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    return "\n".join((*cells, *book.sheetnames))


WORDS: dict[str, Callable[[bytes], str]] = {
    "html": html_words,
    "md": md_words,
    "pdf": pdf_words,
    "docx": docx_words,
    "xlsx": xlsx_words,
}
"""How each format is read back."""


def html_shape(raw: bytes) -> list[str]:
    return [tag for tag, _ in Reading(raw.decode()).tags]


def md_shape(raw: bytes) -> list[str]:
    found = MarkdownIt("commonmark").enable("table").parse(raw.decode())
    return [
        inner.type
        for token in found
        for inner in (token, *(token.children or ()))
        if inner.type not in {"text", "text_special", "inline", "softbreak"}
        and not (inner.type == "html_inline" and inner.content == "<br>")
    ]


def docx_shape(raw: bytes) -> list[str]:
    from docx import Document

    body = Document(BytesIO(raw)).element.body
    for end in body.xpath("w:p[w:pPr/w:sectPr]"):
        body.remove(end)  # How broad a table is depends on what it says.
    return [
        re.sub(r"\{.*\}", "", str(node.tag))
        for node in body.iter()
        if not str(node.tag).endswith(("}br", "}t", "}rPr", "}sz"))
    ]


def xlsx_shape(raw: bytes) -> list[str]:
    from openpyxl import load_workbook

    return [
        f"{sheet.dimensions} {cell.coordinate} {cell.data_type}"
        for sheet in load_workbook(BytesIO(raw))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


SHAPES: dict[str, Callable[[bytes], list[str]]] = {
    "html": html_shape,
    "md": md_shape,
    "docx": docx_shape,
    "xlsx": xlsx_shape,
}
"""How the file of each format is built up: its elements, or its cells with the type of each."""
