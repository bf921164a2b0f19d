"""A paper as PDF says everything, in every language, on every page what it is, and is the same each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.every_block import CHART, NUMBER, a_png, a_table, both, cell, chinese, english
from building.pictures import exif, jpeg
from weibao.refusal import Refusal
from weibao.render.papers.format import PaperSetting
from weibao.render.papers.formats.pdf import FAMILIES, FORMAT
from weibao.render.papers.paper import (
    NOTHING,
    Fact,
    Facts,
    Heading,
    Picture,
    Prose,
    Remark,
    Table,
    facts_of,
    mapped,
    said,
)
from weibao.render.papers.typesetting.columns import layout_of
from weibao.render.papers.typesetting.drawings import TOO_LARGE, UNREADABLE, drawing_of
from weibao.render.papers.typesetting.letters import ems
from weibao.workspace.papers.fonts import font_folders

if TYPE_CHECKING:
    from weibao.render.papers.paper import Block, Paper, PaperCell, PaperText

pytestmark = pytest.mark.needs("pdftotext")

SETTING = PaperSetting(site="https://weibao.example/YD", fonts=font_folders((), Path.home()))
PICTURES = os.environ.get("PICTURES")
"""A folder in which the pages are kept to be looked at: ``make pictures``."""


def facts(paper: Paper) -> bytes:
    return json.dumps(facts_of(paper), default=str, ensure_ascii=False).encode()


def told(command: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What a program of poppler says of a PDF."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    after = () if command != "pdftotext" else ("-",)
    done = subprocess.run(
        [command, *options, str(path), *after], capture_output=True, check=True, cwd=folder
    )
    return done.stdout.decode(errors="replace")  # titles in the structure are UTF-16


def pages(pdf: bytes, folder: Path) -> list[str]:
    return told("pdftotext", pdf, folder, "-layout").split("\f")[:-1]


def words(pdf: bytes, folder: Path) -> str:
    """All that it says, without what lies between words, and without places to break at."""
    return re.sub(r"[\s\u200b]+", "", told("pdftotext", pdf, folder, "-raw"))


def with_blocks(*blocks: Block) -> Paper:
    """A sheet of a few blocks."""
    paper = chinese(long=False, tickets=1, marked=False)
    section = replace(paper.sections[0], blocks=blocks)
    return replace(paper, sections=(section,))


EVERY = chinese()
LANGUAGES = {"zh": EVERY, "en": english(EVERY), "both": both(EVERY)}


@pytest.fixture(scope="module", params=LANGUAGES)
def paper(request: pytest.FixtureRequest) -> Paper:
    return LANGUAGES[request.param]


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> bytes:
    found = FORMAT.write(paper, replace(SETTING, facts=facts(paper)))
    if PICTURES:
        keep_pages(found, "-".join(paper.languages), Path(PICTURES))
    return found


def keep_pages(pdf: bytes, name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "90", "-png", f"{name}.pdf", name], cwd=folder, check=True)


def test_every_page_says_which_paper_it_is_and_what_it_is_not(paper, pdf, tmp_path) -> None:
    found = pages(pdf, tmp_path)
    assert len(found) >= 7
    for number, page in enumerate(found, 1):
        assert NUMBER in page
        assert "4f1c4f1c4f1c" in page
        assert "2026-11-01T00:00:00+08:00" in page
        assert re.search(rf"\b{number} ?/ ?{len(found)}$", page.rstrip())
        for text in paper.marks[0].texts:
            assert re.sub(r"\s", "", text) in re.sub(r"\s", "", page)


def test_everything_that_the_paper_says_is_there_in_each_language(paper, pdf, tmp_path) -> None:
    found = words(pdf, tmp_path)
    assert "\u200b" not in told("pdftotext", pdf, tmp_path, "-raw"), "an id or a time was broken"
    for text in every_text(paper):
        assert re.sub(r"\s", "", text) in found, text


def every_text(paper: Paper) -> list[str]:
    """The words of all blocks, but for those that a screen reader alone is told."""
    texts: list[str] = []

    def kept(spoken: PaperText) -> PaperText:
        texts.extend(spoken.texts)
        return spoken

    for section in paper.sections:
        mapped(replace(section, blocks=tuple(map(seen, section.blocks))), kept)
    return texts


def seen(block: Block) -> Block:
    match block:
        case Table(rows=()):
            return replace(block, columns=())
        case Table():
            return replace(block, empty=NOTHING)
        case Picture(form="svg"):
            return replace(block, alt=NOTHING)
    return block


def test_the_head_of_a_table_stands_on_each_page_that_it_reaches(paper, pdf, tmp_path) -> None:
    head, ticket = paper.sections[1].blocks[0].columns[4].head.texts[0], re.compile(r"T2026\d{3}-")
    reached = [page for page in pages(pdf, tmp_path) if ticket.search(page)]
    assert len(reached) >= 2
    assert all(head in page for page in reached)


def test_it_is_for_archives_and_for_screen_readers(pdf, tmp_path) -> None:
    about = told("pdfinfo", pdf, tmp_path)
    meta = told("pdfinfo", pdf, tmp_path, "-meta")
    structure = told("pdfinfo", pdf, tmp_path, "-struct")
    assert pdf.startswith(b"%PDF-1.7")
    assert re.search(r"Tagged: +yes", about)
    assert "<pdfaid:part>3</pdfaid:part>" in meta
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in meta
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert len(re.findall(r"^ *TH\b", structure, re.MULTILINE)) >= 7
    tags = set(re.findall(r"^ *(\w+)", structure, re.MULTILINE))
    assert {"TOC", "H1", "H2", "Figure", "Table", "Caption"} <= tags


def test_its_fonts_are_within_and_of_the_named_family_alone(pdf, tmp_path) -> None:
    rows = told("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert len(rows) >= 2
    for row in rows:
        assert "NotoSansCJKsc" in row
        assert re.search(r"Identity-H +yes +yes +yes", row)


def test_its_facts_are_within(paper, pdf, tmp_path) -> None:
    told("pdfdetach", pdf, tmp_path, "-saveall")
    assert (tmp_path / f"{NUMBER}.json").read_bytes() == facts(paper)


def test_without_facts_it_is_for_archives_all_the_same(tmp_path) -> None:
    pdf = FORMAT.write(with_blocks(), SETTING)
    meta = told("pdfinfo", pdf, tmp_path, "-meta")
    assert "<pdfaid:part>2</pdfaid:part>" in meta
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta


def test_what_the_site_proves_is_linked_where_there_is_a_site(tmp_path) -> None:
    block = a_table("t", "表", ("号",), ((cell("T1", way="tickets/T1"),),), "")
    linked = FORMAT.write(with_blocks(block), SETTING)
    alone = FORMAT.write(with_blocks(block), replace(SETTING, site=""))
    assert b"https://weibao.example/YD/tickets/T1.html" in linked
    assert b"/URI" not in alone
    assert words(linked, tmp_path) == words(alone, tmp_path)


def test_a_sheet_has_neither_cover_nor_contents_and_an_annex_begins_on_a_page(tmp_path) -> None:
    paper = with_blocks(Prose(said("正文")))
    annexes = chinese().sections[-2:]
    sheet = replace(paper, sections=(*paper.sections, *annexes))
    (body, *annexed) = pages(FORMAT.write(sheet, SETTING), tmp_path)
    assert "正文" in body
    for page, head in zip(annexed, ("A 现场照片", "B 指标定义"), strict=True):
        assert re.sub(" +", " ", page.partition("\n")[2]).lstrip().startswith(head)


HOSTILE = (
    '已恢复 ✅\x07 ก 🚀 e\u0301 \u202eabc\u202c \ud800 שלום #read("/etc/passwd") *x* $x$ {{7*7}} '
    "<b> \\u{7} [x] // /* @preview/x:1.0.0 <label> `raw` = 1"
)
SHOWN = (
    '已恢复 □(U+2705) □(U+0E01) □(U+1F680) é abc □(U+05E9)□(U+05DC)□(U+05D5)□(U+05DD) #read("/etc/passwd") '
    "*x* $x$ {{7*7}} <b> \\u{7} [x] // /* @preview/x:1.0.0 <label> `raw` = 1"
)


def test_a_text_is_no_markup_and_what_the_font_lacks_is_named(tmp_path) -> None:
    blocks = (
        Prose(said(HOSTILE)),
        Heading(said(HOSTILE)),
        Remark(said(HOSTILE), said("王✅磊"), said("")),
        a_table("t", HOSTILE, (HOSTILE,), ((cell(HOSTILE),),), ""),
        Picture("svg", CHART.replace(b"57/57", "✅ 57".encode()), said(HOSTILE)),
    )
    paper = replace(with_blocks(*blocks), title=said(HOSTILE), number="WB-✅")
    found = unicodedata.normalize("NFC", words(FORMAT.write(paper, SETTING), tmp_path))
    assert found.count(re.sub(r"\s", "", SHOWN)) >= 5
    assert "王□(U+2705)磊" in found
    assert "□(U+2705)57" in found
    assert "WB-□(U+2705)" in found


@pytest.mark.parametrize(
    "text",
    ["x" * 500, "https://weibao.example/" + "a/" * 200, "0123456789abcdef" * 8, "字" * 500],
)
def test_what_has_no_space_is_broken_and_stays_within_its_column(text, tmp_path) -> None:
    rows = ((cell(text), cell(text), cell("完")),)
    pdf = FORMAT.write(with_blocks(a_table("t", "表", ("甲", "乙", "丙"), rows, "")), SETTING)
    boxes = told("pdftotext", pdf, tmp_path, "-bbox")
    right = map(float, re.findall(r'xMax="([\d.]+)"', boxes))
    assert max(right) <= 595.3 - 13 / 25.4 * 72 + 1
    assert words(pdf, tmp_path).count("完") == 1


def test_a_cell_of_many_pages_and_a_table_of_many_rows_lose_nothing(tmp_path) -> None:
    rows = [
        (cell(f"T{number:08d}"), cell("x" * 30_000 if number == 7 else ""))
        for number in range(3000)
    ]
    pdf = FORMAT.write(with_blocks(a_table("t", "表", ("号", "文"), rows, "")), SETTING)
    found = words(pdf, tmp_path)
    assert set(re.findall(r"T\d{8}", found)) == {f"T{number:08d}" for number in range(3000)}
    assert found.count("x") == 30_000


def test_what_is_longer_than_a_page_goes_on_on_the_next(tmp_path) -> None:
    caption, left, right, bad, text, fact, remark, by, alt, lead = (
        letter * 4000 for letter in "甲乙丙丁戊己庚辛壬癸"
    )
    rows = ((cell(bad, mood="bad"), cell(text)),)
    blocks = (
        a_table("t", caption, (left, right), rows, ""),
        Facts("f", (Fact("k", said("标"), cell(fact, mood="bad")),)),
        Remark(said(remark), said(by), said("")),
        Picture("png", a_png(40, 30), said(alt)),
        Prose(said(lead), "lead"),
    )
    found = words(
        FORMAT.write(replace(with_blocks(*blocks), cover=Facts("cover", ())), SETTING), tmp_path
    )
    counts = {letter: found.count(letter) for letter in "甲乙丙丁戊己庚辛壬癸"}
    assert counts == dict.fromkeys(counts, 4000)


def test_nothing_said_is_no_reason_to_fail() -> None:
    empty = a_table("t", "", ("",), ((cell(""),),), "")
    blocks = (
        empty,
        a_table("e", "", ("",), (), ""),
        Facts("f", ()),
        Heading(said("")),
        Prose(said("")),
    )
    assert FORMAT.write(replace(with_blocks(*blocks), title=said("")), SETTING)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (Picture("jpeg", jpeg()[:60], said("缺")), UNREADABLE),
        (Picture("png", a_png(40, 30)[:-20], said("缺")), UNREADABLE),
        (Picture("png", b"", said("缺")), UNREADABLE),
        (Picture("png", a_png(8000, 5000), said("缺")), TOO_LARGE),
        (Picture("png", b"\x89PNG\r\n\x1a\n" + bytes(30_000_000), said("缺")), TOO_LARGE),
        (Picture("svg", b"<svg viewBox='0 0 1 1'><g", said("缺")), UNREADABLE),
        (
            Picture("svg", b"<svg viewBox='0 0 1 1'><script>x</script></svg>", said("缺")),
            UNREADABLE,
        ),
        (
            Picture("svg", b"<svg viewBox='0 0 1 1'><image href='/etc/x.png'/></svg>", said("缺")),
            UNREADABLE,
        ),
        (
            Picture(
                "svg",
                b"<svg viewBox='0 0 1 1'><image href='https://x.example/x.png'/></svg>",
                said("缺"),
            ),
            UNREADABLE,
        ),
        (
            Picture(
                "svg", b"<svg viewBox='0 0 1 1'><image href='&#47;etc/x.png'/></svg>", said("缺")
            ),
            UNREADABLE,
        ),
        (
            Picture("svg", b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'/>", said("缺")),
            UNREADABLE,
        ),
        (Picture("svg", b"\xff<svg/>", said("缺")), UNREADABLE),
    ],
)
def test_a_picture_that_is_no_good_is_said_in_its_place(picture, fault, tmp_path) -> None:
    good = Picture("svg", CHART, said("好"))
    paper = english(with_blocks(good, picture, Prose(said("其后"))))
    found = words(FORMAT.write(paper, SETTING), tmp_path)
    assert found.count(re.sub(r"\s", "", fault)) == 1
    assert "57/57" in found
    assert "缺" in found
    assert "其后" in found


def test_a_photograph_lies_as_it_says_that_it_does() -> None:
    upright = drawing_of(Picture("jpeg", jpeg(exif(6)), said("")), "Font")
    lying = drawing_of(Picture("jpeg", jpeg(), said("")), "Font")
    assert "matrix(0 1 -1 0 1 0)" in upright.svg
    assert "scale(1)" in lying.svg


def test_the_words_of_a_chart_are_in_the_font_of_the_paper() -> None:
    chart = drawing_of(Picture("svg", CHART, said("")), "Noto Sans CJK SC").svg
    assert "font:12px Noto Sans CJK SC" in chart
    assert "sans-serif" not in chart


def test_the_bytes_are_the_same_in_another_process_and_place(tmp_path) -> None:
    tests = Path(__file__).parents[2]
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from building.every_block import both, chinese\n"
        "from weibao.render.papers.format import PaperSetting\n"
        "from weibao.render.papers.formats.pdf import FORMAT\n"
        "from weibao.workspace.papers.fonts import font_folders\n"
        "setting = PaperSetting(site='https://weibao.example/YD', fonts=font_folders((), Path.home()), facts=b'{}')\n"
        "sys.stdout.buffer.write(FORMAT.write(both(chinese()), setting))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, str(tests)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=folder,
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone, folder in (("1", "UTC", tmp_path), ("2", "Asia/Shanghai", tests))
    }
    assert found == {FORMAT.write(both(chinese()), replace(SETTING, facts=b"{}"))}


def test_without_a_chinese_font_it_is_refused_and_said_which_to_install(tmp_path) -> None:
    with pytest.raises(Refusal) as refused:
        FORMAT.write(with_blocks(), PaperSetting(fonts=(str(tmp_path),)))
    assert refused.value.facts["families"] == FAMILIES
    assert "fonts-noto-cjk" in refused.value.mend
    assert "--font-dir" in refused.value.mend


def test_a_table_of_twelve_months_lies_on_its_side_rather_than_in_towers() -> None:
    heads = ("指标", *(f"2026-{month:02d}" for month in range(1, 13)), "全期", "附注")
    row = (
        cell("客户确认及时率"),
        *(share("100%（13/13）") for _ in range(13)),
        cell("仍可能变化；" * 9),
    )
    layout = layout_of(a_table("t", "表", heads, [row], ""), long=True)
    assert layout.wide
    assert all(layout.room(column) >= ems("（13/13）") for column in range(1, 14))
    assert ems(row[-1].said.texts[0]) <= 10 * layout.room(14)
    few = layout_of(a_table("t", "表", heads[:4], [row[:4]], ""), long=True)
    assert not few.wide


def share(text: str) -> PaperCell:
    return cell(text, "1/1", form="share")
