"""DOCX: the paper within a template of Word, ours or one that the provider made after it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.ext import Extension
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.papers.characters import printable, printed
from weibao.render.papers.docx_body import DocxBody
from weibao.render.papers.docx_pages import pages_of
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.frame import CONTENTS, flat, numbered, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import Token, TokenStream

    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Paper

FIELDS = (
    *("title", "number", "version", "marks", "customer", "provider", "contract_id", "cover"),
    *("contents", "parts", "long", "body", "commit", "as_of", "tool"),
)
"""What a template can name; ``cover`` is a list, of whose every row it names the ``label`` and the ``value``."""

NO_DOCUMENT = N_("{file} is no document of Word (.docx)")
NO_DOCUMENT_MEND = N_("Save it as a Word document (.docx) and name that file.")
WITH_MACROS = N_("{file} holds macros, which no paper needs")
WITH_MACROS_MEND = N_("Save it as a Word document without macros (.docx) and name that file.")
TOO_LARGE = N_("{file} unpacks to more than {most} MB")
TOO_LARGE_MEND = N_(
    "Make its pictures smaller, or begin from the template that came with the package."
)
UNKNOWN_FIELD = N_("{file} names a field that there is not: {found}")
CODE_WITHIN = N_("{file} holds more than fields: {found}")
NO_BODY = N_("{file} has no place for what the paper says")
NO_BODY_MEND = N_("Write {body} in a paragraph of its own, where that is to stand.")
FIELDS_MEND = N_(
    "A template names fields alone, with if and for around them where need be. The fields: {fields}"
)

_LARGEST = 64 << 20
_MOST_PARTS = 2000
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = (b"macroEnabled", b"vbaProject")
_WORDS = frozenset({"for", "in", "endfor", "if", "elif", "else", "endif", "not", "and", "or"})
_MARKS = frozenset({"variable_begin", "variable_end", "block_begin", "block_end", "data", "dot"})
_DATE = (1980, 1, 1, 0, 0, 0)
_PLACE = "weibao_body"
_NAMESPACES = ("w", "r", "wp", "a", "pic")
_QUOTED = re.compile(r"'([^']*)'")
_LONGEST_PROPERTY = 255


class FieldsAlone(Extension):
    """Lets a template name fields, choose and repeat by them, and nothing else: no call, no text, no reckoning."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Every token of a template, as long as it names a field."""
        opens = False
        for token in stream:
            named = token.type == "name" and not token.value.startswith("_")
            if not (named or token.type in _MARKS) or (opens and token.value not in _WORDS):
                raise TemplateSyntaxError(str(token.value), token.lineno)
            opens = token.type == "block_begin"
            yield token


def _write(paper: Paper, setting: PaperSetting) -> bytes:
    shown = printed(paper)
    ours = files("weibao.render.papers") / "templates" / "paper.docx"
    raw = setting.template or ours.read_bytes()
    name = setting.template_name or "paper.docx"
    _judge(raw, name)
    return same_bytes(_rendered(shown, setting, raw, name))


def _judge(raw: bytes, name: str) -> None:
    """Refuse what is no document, holds macros, or unpacks to more than any template needs."""
    try:
        with ZipFile(BytesIO(raw)) as zipped:
            parts = zipped.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
                raise Refusal(TOO_LARGE, mend=TOO_LARGE_MEND, file=name, most=_LARGEST >> 20)
            types = zipped.read("[Content_Types].xml")
            if any(mark in types for mark in _MACROS):
                raise Refusal(WITH_MACROS, mend=WITH_MACROS_MEND, file=name)
            if _MAIN not in types or zipped.testzip() is not None:
                raise Refusal(NO_DOCUMENT, mend=NO_DOCUMENT_MEND, file=name)
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        raise Refusal(NO_DOCUMENT, mend=NO_DOCUMENT_MEND, file=name) from None


def _rendered(paper: Paper, setting: PaperSetting, raw: bytes, name: str) -> bytes:
    from docx.opc.exceptions import OpcError
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, extensions=[FieldsAlone]
    )
    environment.globals.clear()
    facts: dict[str, Any] = {"file": name, "fields": tuple(FIELDS)}
    try:
        template = DocxTemplate(BytesIO(raw))
        template.render(_fields(paper, setting), environment)
    except UndefinedError as error:
        raise Refusal(UNKNOWN_FIELD, mend=FIELDS_MEND, found=_found(error), **facts) from None
    except TemplateError as error:
        raise Refusal(CODE_WITHIN, mend=FIELDS_MEND, found=str(error), **facts) from None
    except (OpcError, XMLSyntaxError, KeyError, TypeError, ValueError):
        raise Refusal(NO_DOCUMENT, mend=NO_DOCUMENT_MEND, file=name) from None
    document = template.docx
    places = document.element.body.xpath(
        f".//w:p[parent::w:body or parent::w:tc]/w:bookmarkStart[@w:name='{_PLACE}']"
    )
    if len(places) != 1:
        raise Refusal(NO_BODY, mend=NO_BODY_MEND, file=name, body="{{p body }}")
    styles = {style.name.lower(): style.style_id for style in document.styles}
    paragraph = places[0].getparent()
    body = DocxBody(paper, setting, styles, document.part, pages_of(paragraph)).xml()
    for element in list(parse_xml(f"<w:body {nsdecls(*_NAMESPACES)}>{body}</w:body>")):
        paragraph.addprevious(element)
    paragraph.getparent().remove(paragraph)
    _properties(document, paper, setting)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _found(error: UndefinedError) -> str:
    """What the template named that there is not."""
    named: list[str] = _QUOTED.findall(str(error))
    return named[-1] if named else str(error)


def _fields(paper: Paper, setting: PaperSetting) -> dict[str, Any]:
    cover = {row.key: _told("\n".join(row.cell.said.texts)) for row in paper.cover.rows}
    return {
        "title": _told("\n".join(paper.title.texts)),
        "number": _told(paper.number),
        "version": cover.get("version", ""),
        "marks": _told(" · ".join(map(flat, paper.marks))),
        "customer": cover.get("customer", ""),
        "provider": cover.get("provider", ""),
        "contract_id": cover.get("contract_id", ""),
        "cover": [
            {"label": _told(flat(row.label)), "value": cover[row.key]} for row in paper.cover.rows
        ],
        "contents": _told(flat(worded(paper, CONTENTS))),
        "parts": _told(
            "\n".join(f"{number} {flat(section.title)}" for number, section in numbered(paper))
        ),
        "long": paper.long,
        "body": Markup(  # noqa: S704 - ours
            f'<w:p><w:bookmarkStart w:id="1000000" w:name="{_PLACE}"/>'
            '<w:bookmarkEnd w:id="1000000"/></w:p>'
        ),
        "commit": _told(paper.commit[:12]),
        "as_of": _told(paper.as_of),
        "tool": _told(setting.tool),
    }


def _told(text: str) -> Markup:
    """A text as XML, in which no brace is one of a template or one that docxtpl changes."""
    words = str(escape(printable(text))).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(words.replace("%", "&#37;"))  # noqa: S704 - escaped above


def _properties(document: Any, paper: Paper, setting: PaperSetting) -> None:
    """What the file says of itself; nothing of the machine or the hour at which it was made."""
    known = document.core_properties
    at = datetime.fromisoformat(paper.as_of).astimezone(UTC).replace(tzinfo=None)
    provider = next((row.cell for row in paper.cover.rows if row.key == "provider"), None)
    known.title = flat(paper.title)[:_LONGEST_PROPERTY]
    known.subject = known.identifier = paper.number[:_LONGEST_PROPERTY]
    known.author = flat(provider.said)[:_LONGEST_PROPERTY] if provider else ""
    known.last_modified_by = known.comments = ""
    known.keywords = f"weibao {setting.tool}".strip()
    known.created = known.modified = at
    known.revision = 1


def same_bytes(raw: bytes) -> bytes:
    """The same document with its parts in order and without the hours at which they were packed."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as found, ZipFile(out, "w") as zipped:
        for name in sorted(found.namelist()):
            part = ZipInfo(name, _DATE)
            part.compress_type, part.create_system = ZIP_DEFLATED, 3
            zipped.writestr(part, found.read(name))
    return out.getvalue()


FORMAT = PaperFormat(
    name="docx",
    title=N_("A document of Word, after a template that can be made one's own"),
    write=_write,
)
