"""What each format makes of a paper beyond its words: types, heads that repeat, templates, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from building.every_block import PAPER, TABLE
from building.html import Reading
from building.paper_files import docx_words
from weibao.refusal import Refusal
from weibao.render.edition.addresses import Addresses
from weibao.render.papers.all_papers import FORMATS
from weibao.render.papers.characters import printable
from weibao.render.papers.format import PaperSetting
from weibao.render.papers.formats import docx as docx_format
from weibao.render.papers.formats.docx import FIELDS
from weibao.render.papers.frame import flat
from weibao.render.papers.paper import (
    Paper,
    PaperCell,
    PaperText,
    Prose,
    Section,
    Table,
    TableColumn,
)
from weibao.render.papers.pictures import LARGEST

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

ROOT = Path(__file__).parents[3]
SETTING = PaperSetting(site="https://example.org/site/", tool="1")
WRITE = {form.name: form.write for form in FORMATS}


def told(*texts: str) -> PaperText:
    return PaperText(texts)


def html(paper: Paper = PAPER) -> Reading:
    return Reading(WRITE["html"](paper, SETTING).decode())


def book(paper: Paper = PAPER) -> Workbook:
    return load_workbook(BytesIO(WRITE["xlsx"](paper, SETTING)))


def word(paper: Paper = PAPER, **setting: object) -> bytes:
    return WRITE["docx"](paper, replace(SETTING, **setting))  # type: ignore[type-var]


def test_the_bytes_are_the_same_in_another_process() -> None:
    code = (
        "from hashlib import sha256\n"
        "from building.every_block import PAPER\n"
        "from weibao.render.papers.all_papers import FORMATS\n"
        "from weibao.render.papers.format import PaperSetting\n"
        "setting = PaperSetting(site='https://example.org/site/', tool='1')\n"
        "for form in FORMATS:\n"
        "    if form.name != 'pdf': print(form.name, sha256(form.write(PAPER, setting)).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "tests"), "TZ": "Asia/Tokyo"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\n")
    here = [
        f"{form.name} {sha256(form.write(PAPER, SETTING)).hexdigest()}"
        for form in FORMATS
        if form.name != "pdf"
    ]
    assert [line for line in there if line] == here


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x07b\x1b[31m\x9fc", "ab[31mc"),
        ("a\r\nb\x0bc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("ab\u202ecd\u2066\ufeff", "abcd"),
        ("ת✅ก😀", "ת✅ก😀"),
    ],
)
def test_controls_are_taken_out_of_every_text(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_the_page_needs_nothing_beside_it_and_is_in_order() -> None:
    page = html()
    tags = [tag for tag, _ in page.tags]
    assert page.loads == [known["src"] for tag, known in page.tags if tag == "img"]
    assert all(address.startswith("data:image/") for address in page.loads)
    assert not {"script", "link", "iframe", "object"} & set(tags)
    assert dict(page.tags)["html"]["lang"] == "zh-Hans"
    assert {known["lang"] for _, known in page.tags if "lang" in known} == {"zh-Hans", "en"}
    levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {known.get("scope") for tag, known in page.tags if tag == "th"} == {"col"}
    assert all("alt" in known for tag, known in page.tags if tag == "img")
    ids = [known["id"] for _, known in page.tags if "id" in known]
    assert len(ids) == len(set(ids))
    ways = [known["href"] for tag, known in page.tags if tag == "a"]
    assert "https://example.org/site/tickets/T20261120-7K3Q9M.html" in ways


def test_no_text_of_a_paper_leaves_its_place_in_the_style_sheet() -> None:
    evil = replace(PAPER, marks=(told('"} body { display: none } /* </style>'),))
    raw = WRITE["html"](evil, SETTING).decode()
    style = raw.split("<style>")[1].split("</style>")[0]
    assert "display: none } /*" not in style
    assert raw.count("</style>") == 1


def test_a_picture_that_is_too_large_is_told_in_words() -> None:
    (picture,) = (block for block in PAPER.sections[-2].blocks if type(block).__name__ == "Picture")
    large = replace(picture, raw=bytes(LARGEST + 1))
    paper = replace(PAPER, sections=(Section("one", told("一", "One"), (large,)),))
    assert "机柜 A3 正面，更换后" in html(paper).text
    assert "机柜 A3 正面，更换后" in docx_words(word(paper))


def test_what_can_be_reckoned_with_is_a_number_and_words_stay_words() -> None:
    sheet = book()["每项承诺"]
    heads, first, second = ([cell for cell in row] for row in sheet.iter_rows())  # noqa: C416
    assert [cell.value.split("\n")[-1] for cell in heads] == [
        *("Ticket", "Title", "Outcome", "Due (UTC+08:00)", "Took", "Share", "Share (n/d)"),
        *("Amount", "Count"),
    ]
    assert [cell.value for cell in first] == [
        *("T20261120-7K3Q9M", "0012", "超时\nbreached", datetime(2026, 11, 20, 9, 15)),  # noqa: DTZ001
        *(timedelta(hours=25), 0.999, "1999/2000", 1200.5, 7),
    ]
    assert first[4].number_format == "[h]:mm:ss"
    assert (second[1].value, second[1].data_type) == ("=1+1", "s")
    assert first[2].fill.fgColor.rgb != second[3].fill.fgColor.rgb
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
    assert sheet.auto_filter.ref == "A1:I3"
    assert sheet.page_setup.fitToHeight == 0


def test_sheets_have_names_that_a_sheet_can_have() -> None:
    names = ("a/b:c*?[d]\\" + "长" * 40, "a b c d " + "长" * 40, "History", "'x'", "")
    tables = tuple(
        replace(TABLE, key=f"t{number}", caption=told(name)) for number, name in enumerate(names)
    )
    paper = replace(PAPER, sections=(Section("one", told("一", "One"), tables),))
    made = book(paper).sheetnames
    assert len({name.casefold() for name in made}) == len(made) == len(names) + 1
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in made)
    assert "History" not in made


def test_words_that_no_cell_can_hold_are_cut_and_it_says_so() -> None:
    long = replace(PAPER, title=told("长" * 40_000, "L" * 500))
    (first, *_) = book(long).worksheets
    assert len(first["A1"].value) == 32_767
    assert first["A1"].value.endswith("characters]")


def test_the_document_repeats_heads_signs_and_says_on_each_page_what_it_is() -> None:
    document = Document(BytesIO(word()))
    heads = [
        row
        for table in document.tables
        for row in table.rows
        if row._tr.xpath("./w:trPr/w:tblHeader")
    ]
    assert [row.cells[0].text for row in heads] == ["服务单\nTicket"]
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert styles >= {"Title", "Heading 1", "Heading 2", "Lead", "Note", "Remark", "Caption"}
    (section,) = document.sections
    assert round(section.page_width.mm), round(section.page_height.mm) == (210, 297)
    foot = section.footer.paragraphs[0]
    assert PAPER.number in foot.text
    assert PAPER.commit[:12] in foot.text
    assert [node.text.strip() for node in foot._p.xpath(".//w:instrText")] == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == flat(PAPER.marks[0])
    assert document.element.body.xpath(".//w:instrText")[0].text.strip().startswith("TOC")
    assert len(document.inline_shapes) == 2
    known = document.core_properties
    assert (known.title, known.created.isoformat()[:16]) == (
        "运维月报 2026-10 Monthly report 2026-10",
        "2026-10-31T16:00",
    )


def test_a_wide_table_lies_on_a_page_on_its_side_with_the_same_head_and_foot() -> None:
    columns = tuple(TableColumn(f"m{month}", told(f"2026-{month:02d}")) for month in range(1, 15))
    row = tuple(PaperCell(told("100% (1000/1000)"), "1", number=True) for _ in columns)
    wide = Table("wide", told("逐月"), columns, (row,), told("无"))
    section = Section("one", told("一"), (Prose(told("前")), TABLE, wide, wide, Prose(told("后"))))
    document = Document(BytesIO(word(replace(PAPER, sections=(section,)))))
    sizes = [(part.orientation, round(part.page_width.mm)) for part in document.sections]
    upright, across = (WD_ORIENT.PORTRAIT, 210), (WD_ORIENT.LANDSCAPE, 297)
    assert sizes == [upright, across, upright]
    for part in document.sections:
        assert PAPER.number in part.footer.paragraphs[0].text
        assert part.header.paragraphs[0].text == flat(PAPER.marks[0])
    widths = [
        sum(int(width) for width in table._tbl.xpath("w:tblGrid/w:gridCol/@w:w"))
        for table in document.tables
    ]
    assert widths[-1] == widths[-2] > widths[-3] + 4000


def test_a_site_whose_pages_are_folders_is_linked_as_such() -> None:
    folders = replace(SETTING, pages=Addresses("en/", directory_urls=True))
    ways = Reading(WRITE["html"](PAPER, folders).decode()).tags
    found = {known["href"] for tag, known in ways if tag == "a"}
    assert "https://example.org/site/en/tickets/T20261120-7K3Q9M/" in found


def test_the_template_is_what_its_script_makes() -> None:
    script = [sys.executable, str(ROOT / "tools/write_paper_template.py"), "--check"]
    assert subprocess.run(script, check=False).returncode == 0


def a_template(*paragraphs: str, body: str = "{{p body }}", head: str = "") -> bytes:
    document = Document()
    for text in (*paragraphs, body):
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = head
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_provider_has_a_template_of_its_own() -> None:
    loop = ("{%p for row in cover %}", "{{ row.label }}: {{ row.value }}", "{%p endfor %}")
    fields = [f"{{{{ {name} }}}}" for name in FIELDS if name not in {"cover", "body", "long"}]
    own = a_template(
        "我司信笺", *fields, *loop, "{%p if long %}", "长", "{%p endif %}", head="{{ number }}"
    )
    made = Document(BytesIO(word(template=own)))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert texts[0] == "我司信笺"
    assert (
        "乙方（服务商） Provider: 北京恒运网络技术有限公司\nBeijing Hengyun Network Technology Co., Ltd."
        in texts
    )
    assert "长" in texts
    assert made.sections[0].header.paragraphs[0].text == PAPER.number
    assert any(text.startswith("1 本月摘要") for text in texts)


def rezipped(change: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(a_template())) as found, ZipFile(out, "w", ZIP_DEFLATED) as made:
        parts = {name: found.read(name) for name in found.namelist()} | change
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def types(old: bytes, new: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(a_template())) as found:
        known = found.read("[Content_Types].xml")
    assert old in known
    return {"[Content_Types].xml": known.replace(old, new)}


BAD = {
    "unknown": (a_template("{{ titel }}"), docx_format.UNKNOWN_FIELD, "titel"),
    "unknown in the head": (a_template(head="{{ titel }}"), docx_format.UNKNOWN_FIELD, "titel"),
    "unknown of a row": (
        a_template("{%p for row in cover %}", "{{ row.names }}", "{%p endfor %}"),
        docx_format.UNKNOWN_FIELD,
        "names",
    ),
    "class": (a_template("{{ ''.__class__ }}"), docx_format.CODE_WITHIN, ""),
    "dunder": (a_template("{{ title.__class__ }}"), docx_format.CODE_WITHIN, "__class__"),
    "call": (a_template("{{ range(9) }}"), docx_format.CODE_WITHIN, "("),
    "reckoning": (a_template("{{ title * 99999 }}"), docx_format.CODE_WITHIN, "*"),
    "include": (a_template("{% include title %}"), docx_format.CODE_WITHIN, "include"),
    "set": (a_template("{% set title = number %}"), docx_format.CODE_WITHIN, "set"),
    "open": (a_template("{%p if long %}"), docx_format.CODE_WITHIN, ""),
    "no body": (a_template(body=""), docx_format.NO_BODY, ""),
    "body within words": (a_template(body="{{ body }}"), docx_format.NO_BODY, ""),
    "text": (b"hello", docx_format.NO_DOCUMENT, ""),
    "zip": (rezipped({"[Content_Types].xml": b"<Types/>"}), docx_format.NO_DOCUMENT, ""),
    "cut": (a_template()[:-400], docx_format.NO_DOCUMENT, ""),
    "damaged": (rezipped({"word/document.xml": b"<w:document"}), docx_format.NO_DOCUMENT, ""),
    "bomb": (rezipped({"word/media/a.png": bytes(80 << 20)}), docx_format.TOO_LARGE, "64"),
    "macros": (
        rezipped(types(b"wordprocessingml.document.main", b"x.document.macroEnabled.main")),
        docx_format.WITH_MACROS,
        "",
    ),
}
"""Templates that are none, what is said of each, and what it names of it."""


@pytest.mark.parametrize("name", BAD)
def test_a_template_that_is_no_good_is_refused_by_its_name(name: str) -> None:
    raw, message, found = BAD[name]
    with pytest.raises(Refusal) as caught:
        word(template=raw, template_name="ours.docx")
    refusal = caught.value
    assert refusal.message == message
    assert refusal.facts["file"] == "ours.docx"
    assert found in str(refusal)
    assert refusal.mend
