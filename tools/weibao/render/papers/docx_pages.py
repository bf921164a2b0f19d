"""The pages of a document of Word: upright, and on their side for what is wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONCE = ("titlePg", "pgNumType")
"""What is of the first pages alone: a head of their own, the number at which counting begins."""

_NO_ROOM = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class DocxPages:
    """The pages among which a template has its place for the body.

    Attributes:
        section: how they are, as the template says it.
        across: how much broader they are on their side, in twentieths of a point.
    """

    section: Any
    across: int

    def turned(self, pieces: Iterable[tuple[bool, str]]) -> Iterator[str]:
        """Pieces of a body, each with whether it is wide, with the ends of pages between them."""
        wide, first = False, True
        for asked, piece in pieces:
            if asked != wide:
                yield self._end(wide=wide, first=first)
                wide, first = asked, False
            yield piece
        if wide:
            yield self._end(wide=True, first=False)
        if not first:
            _stripped(self.section, _ONCE)

    def _end(self, *, wide: bool, first: bool) -> str:
        """What ends the pages so far: the next begin a page."""
        from docx.oxml.parser import parse_xml
        from lxml.etree import tostring

        copied = parse_xml(tostring(self.section, with_tail=False))
        section = _stripped(copied, ("type", *(() if first else _ONCE)))
        (size,) = section.xpath("w:pgSz")
        if wide:
            names = [name for name in size.attrib if name.endswith(("}w", "}h"))]
            lengths = [size.get(name) for name in reversed(names)]
            for name, length in zip(names, lengths, strict=True):
                size.set(name, length)
            size.set(names[0].rpartition("}")[0] + "}orient", "landscape")
        told = tostring(section, encoding="unicode")
        return f"<w:p><w:pPr>{_NO_ROOM}{told}</w:pPr></w:p>"


def pages_of(place: Any) -> DocxPages | None:
    """The pages on which a paragraph stands; None where none can be turned: it is in a table, or they lie already."""
    sections = place.xpath("self::*[parent::w:body]/following::w:sectPr[1]")
    for section in sections:
        for size in section.xpath("w:pgSz[@w:w and @w:h]"):
            across = int(size.xpath("string(@w:h)")) - int(size.xpath("string(@w:w)"))
            if across > 0:
                return DocxPages(section, across)
    return None


def _stripped(section: Any, names: Iterable[str]) -> Any:
    for name in names:
        for element in section.xpath(f"w:{name}"):
            section.remove(element)
    return section
