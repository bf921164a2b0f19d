"""Writes the template of papers as documents of Word: ``tools/weibao/render/papers/templates/paper.docx``.

A provider restyles a copy of it in Word. What it is made of stands here, so that it can be read and changed.
"""

from __future__ import annotations

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor

from weibao.render.papers.formats.docx import same_bytes

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

PATH = Path(__file__).parent / "weibao" / "render" / "papers" / "templates" / "paper.docx"

LATIN, CHINESE, CHINESE_HEADS = "Arial", "宋体", "黑体"
QUIET, LINK = RGBColor(0x5B, 0x67, 0x70), RGBColor(0x1A, 0x5F, 0x8F)
COLOURS = {
    "Good": RGBColor(0x1D, 0x6B, 0x4B),
    "Warning": RGBColor(0x7A, 0x4A, 0x00),
    "Bad": RGBColor(0xA3, 0x23, 0x1B),
    "Muted": QUIET,
    "Hyperlink": LINK,
}
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="9AA5AD"'


def template() -> bytes:
    """The template, the same bytes each time."""
    document = Document()
    _page(document)
    _styles(document)
    _frame(document)
    known = document.core_properties
    known.title = known.author = known.comments = known.last_modified_by = ""
    known.created = known.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - of a template, the same each time
    out = BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)


def _styles(document: DocxDocument) -> None:
    styles = document.styles
    _font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 10)):
        _font(styles[name], size, CHINESE_HEADS, bold=True)
        styles[name].font.color.rgb = RGBColor(0x16, 0x19, 0x1C)
        styles[name].paragraph_format.keep_with_next = True
    styles["Heading 1"].paragraph_format.space_before = Pt(20)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    styles["Caption"].paragraph_format.space_before = Pt(10)
    styles["Caption"].paragraph_format.space_after = Pt(3)
    for name, size in (("Lead", 11.5), ("Note", 9), ("Mark", 10.5), ("Table Head", 9)):
        _font(
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH),
            size,
            bold=name in {"Mark", "Table Head"},
        )
    styles["Note"].font.color.rgb = QUIET
    styles["Mark"].font.color.rgb = COLOURS["Warning"]
    for name in ("Table Text", "Box Title", "Blank", "Remark", "Remark Author", "Foot"):
        _font(styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), 9, bold=name == "Box Title")
        styles[name].paragraph_format.space_after = Pt(2)
    styles["Table Head"].paragraph_format.space_after = Pt(2)
    styles["Blank"].paragraph_format.space_before = Pt(14)
    _border(styles["Blank"], "bottom")
    for name in ("Remark", "Remark Author"):
        styles[name].paragraph_format.left_indent = Mm(4)
        _border(styles[name], "left")
    styles["Remark"].font.size = Pt(10)
    styles["Remark Author"].font.color.rgb = styles["Foot"].font.color.rgb = QUIET
    styles["Remark Author"].paragraph_format.space_after = Pt(8)
    for name, colour in COLOURS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = colour
        style.font.bold = True if name == "Bad" else None
        style.font.underline = True if name == "Hyperlink" else None
    _table(document, "Table", ("top", "bottom", "insideH"), head=True)
    _table(document, "Facts", ("insideH",), head=False)
    _table(document, "Box", ("top", "bottom", "left", "right"), head=False)


def _font(style: Any, size: float, chinese: str = CHINESE, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN"/>')
    style.element.rPr.append(language)


def _border(style: Any, side: str) -> None:
    style.element.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}><w:{side} {LINE}/></w:pBdr>"),
        *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"),
    )


def _table(document: DocxDocument, name: str, sides: tuple[str, ...], *, head: bool) -> None:
    lines = "".join(
        f"<w:{side} {LINE}/>"
        for side in ("top", "left", "bottom", "right", "insideH")
        if side in sides
    )
    first = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF2F5"/>'
        "</w:tcPr></w:tblStylePr>"
    )
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Paper{name}">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
            f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>"
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"{first if head else ''}</w:style>"
        )
    )


def _frame(document: DocxDocument) -> None:
    """The cover, the contents, the place of the body, the head and the foot of each page."""
    say = document.add_paragraph
    say("{{ title }}", "Title")
    say("{%p if marks %}")
    say("{{ marks }}", "Mark")
    say("{%p endif %}")
    cover = document.add_table(rows=3, cols=2, style="Facts")
    for row, words in enumerate(
        (
            ("{%tr for row in cover %}", ""),
            ("{{ row.label }}", "{{ row.value }}"),
            ("{%tr endfor %}", ""),
        )
    ):
        for cell, text in zip(cover.rows[row].cells, words, strict=True):
            cell.paragraphs[0].text, cell.paragraphs[0].style = text, "Table Text"
    for row in cover.rows:
        row.cells[0].width, row.cells[1].width = Mm(45), Mm(125)
    say("{%p if long %}")
    say("{{ contents }}", "Box Title").paragraph_format.space_before = Pt(18)
    _field(say("", "Normal"), 'TOC \\o "1-1" \\h \\z \\u', "{{ parts }}", dirty=True)
    say("").paragraph_format.page_break_before = True
    say("{%p endif %}")
    say("{{p body }}")
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text, head.style = "{{ marks }}", "Foot"
    foot.style = "Foot"
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(170), 2)  # to the right
    foot.add_run("{{ number }} · {{ commit }} · {{ as_of }}\t")
    _field(foot, "PAGE", "1")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES", "1")


def _field(paragraph: Any, code: str, shown: str, *, dirty: bool = False) -> None:
    again = ' w:dirty="true"' if dirty else ""
    for xml in (
        f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"{again}/>',
        f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>',
        f'<w:fldChar {nsdecls("w")} w:fldCharType="separate"/>',
    ):
        paragraph.add_run()._r.append(parse_xml(xml))  # noqa: SLF001 - python-docx has no fields
    paragraph.add_run(shown)
    end = parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>')
    paragraph.add_run()._r.append(end)  # noqa: SLF001


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PATH.read_bytes() != template())
    PATH.write_bytes(template())
