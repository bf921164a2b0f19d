"""What holds of every kind of paper, in every language, for every reader and in every format."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from building.book import INSPECTION, TICKET, WHOLE_LOG, a_book, a_voice, files_of
from building.contract import CONTRACT, STAFF, a_ticket, entry
from building.every_block import PAPER
from building.paper_files import SHAPES, WORDS, pdf_words, squeezed, texts_of
from building.papers import a_report
from building.site import SECRET, an_inspection
from weibao.render.edition.public import public_audit
from weibao.render.papers.all_papers import FORMATS, KINDS, paper_of
from weibao.render.papers.cells import person, written
from weibao.render.papers.commission import Commission, PaperKind
from weibao.render.papers.format import PaperSetting
from weibao.render.papers.integrity import facts_json
from weibao.render.papers.paper import (
    Facts,
    Paper,
    PaperCell,
    PaperText,
    Picture,
    Section,
    Table,
    TableColumn,
    facts_of,
    mapped,
    said,
    together,
)
from weibao.report.audit.audit import audit_of
from weibao.workspace.papers.fonts import font_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.handwritten import Audience
    from weibao.render.papers.format import PaperFormat

DRILL, SHIFT = "T20261119-DRX2P4", "S20261121-9WKZ2A"

SUBJECTS = {
    "monthly": "2026-11",
    "quarterly": "2026-Q4",
    "annual": "2026",
    "service-sheet": TICKET,
    "incident-report": TICKET,
    "inspection-report": INSPECTION,
    "handover-sheet": SHIFT,
    "drill-record": DRILL,
    "spares-list": "",
    "spares-certificate": "HDMPU1",
    "asset-ledger": "",
    "credit-statement": "2026-11",
    "satisfaction": "2026-11",
    "acceptance-form": "",
    "contract-editions": "",
    "clause-table": "",
    "staff-list": "",
    "open-items": "",
    "asset-comparison": "",
    "log": TICKET,
}
"""On what of the contract below each kind is made: a new kind has a line here."""

MONTHS = {
    "monthly": ("2026-11",),
    "quarterly": ("2026-09", "2026-10", "2026-11"),
    "annual": tuple(f"2026-{month:02d}" for month in range(1, 13)),
    "credit-statement": ("2026-11",),
    "satisfaction": ("2026-11",),
}

CREDITS = 'credits: {currency: CNY, monthly_fee: "10000.00", cap: 5%, rules: [{kind: per_breach, target: arrive, severity: 1, amount: "300.00"}]}\n'
PHONE, SERIAL = "13912345678", "2102HD0001"
TOLD = f"李强（{PHONE}）更换 {SERIAL}"
WITHHELD = ("李强", "王蕾", PHONE, SERIAL, SECRET)
"""What is in the record below, and no customer may read."""


@cache
def book() -> object:
    """A fault with what is withheld in its words, a round, a drill and a shift, a week later."""
    fault = a_ticket(
        log=[
            *WHOLE_LOG[:5],
            entry("10:35", "updated", note=TOLD),
            entry("10:36", "updated", note=SECRET, internal="true"),
            *WHOLE_LOG[5:],
        ]
    )
    drill = a_ticket(
        DRILL,
        log=[
            entry("09:15", "opened", by="wang-lei"),
            entry("14:20", "injected", by="chen-jie", text="市电中断"),
            entry("14:28", "answered", text=TOLD),
            entry("15:20", "resolved", mode="remote", cause="年度演练", action="更新联络表"),
        ],
    ).replace("kind: fault", "kind: drill")
    drill = drill.replace("severity: 1\n", "").replace(
        "log:\n",
        "window: {start: 2026-11-20T14:00:00+08:00, end: 2026-11-20T16:00:00+08:00}\n"
        "approved_by: zhang-gong\nrollback: 停止\nemergency_plan: core-outage\nform: tabletop\nlog:\n",
        1,
    )
    shift = (
        f"id: {SHIFT}\nrota: desk\nfrom: 2026-11-20T08:00:00+08:00\nto: 2026-11-21T08:00:00+08:00\nlog:\n"
        + entry("2026-11-21T07:55:00+08:00", "handed_over", by="li-qiang", text=TOLD, open="[]")
        + "\n"
    )
    staff = STAFF.replace("    name: 李强\n", f"    name: 李强\n    phone: '{PHONE}'\n")
    assert PHONE in staff
    files = files_of(fault, drill, an_inspection(), staff=staff, contract=CONTRACT + CREDITS)
    shifts = f"records/shifts/2026/11/21/{SHIFT}.yaml"
    return a_book({**files, shifts: shift.encode()}, as_of="2026-12-01T00:00:00+08:00")


def _log(commission: Commission) -> Paper:
    """Every word of a ticket's log, as a kind of paper that tells all may."""
    voice = commission.voice
    ticket = voice.book.records.tickets[commission.subject]
    rows = tuple(
        (written(voice, str(value)), person(voice, entry.by))
        for entry in ticket.log
        for value in (entry.event, entry.note, *entry.data.values())
    )
    columns = (TableColumn("said", said("said")), TableColumn("by", said("by")))
    table = Table("log", said("log"), columns, rows, said("none"))
    return Paper(
        kind="log",
        number=f"WB-log-{ticket.id}-v1",
        title=said("log"),
        languages=(voice.language.code,),
        marks=(),
        cover=Facts("cover", ()),
        sections=(Section("log", said("log"), (table,)),),
        commit=voice.book.commit,
        as_of=voice.rfc3339(voice.book.as_of),
    )


LOG = PaperKind(name="log", title="", explained="", subject="ticket", place=99, write=_log)
EVERY = (*KINDS, LOG)
READ = tuple(form for form in FORMATS if form.name in SHAPES)
(PDF,) = (form for form in FORMATS if form.name == "pdf")


@cache
def made(kind: str, code: str, audience: Audience) -> Paper:
    whole = book()
    months = MONTHS.get(kind, ())
    report = a_report(whole, *months) if months else None  # type: ignore[arg-type]
    audit = public_audit(audit_of(report.book if report else whole), audience)  # type: ignore[arg-type]
    (known,) = (known for known in EVERY if known.name == kind)
    voice = a_voice(audit.book, code, audience)
    return paper_of(known, [Commission(voice, audit, SUBJECTS[kind], report=report)])


def written_as(form: PaperFormat, paper: Paper) -> bytes:
    return form.write(paper, replace(SETTING, facts=facts_json(paper)))


SETTING = PaperSetting(
    site="https://example.org/site", fonts=font_folders((), Path.home()), tool="1"
)


def test_there_is_a_subject_for_every_kind_and_a_reader_for_every_format() -> None:
    assert {kind.name for kind in EVERY} <= SUBJECTS.keys()
    assert {form.name for form in FORMATS} == WORDS.keys() == SHAPES.keys() | {"pdf"}


@pytest.mark.parametrize("kind", [kind.name for kind in EVERY])
def test_each_format_says_all_of_a_paper_and_to_the_customer_nothing_that_is_withheld(
    kind: str,
) -> None:
    zh, en = (made(kind, code, "customer") for code in ("zh", "en"))
    both = together((zh, en))
    assert facts_of(zh) == facts_of(en) == facts_of(both)
    for paper in (both, made(kind, "zh", "internal")):
        wanted = {squeezed(text) for text in texts_of(paper)} - unsaid(paper)
        for form in READ:
            words = squeezed(WORDS[form.name](written_as(form, paper)))
            missing = [text for text in wanted if text not in words]
            assert not missing, (form.name, missing[:5])
            if paper is both:
                assert not [word for word in WITHHELD if word in words], form.name


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind.name for kind in EVERY])
def test_the_pdf_says_all_of_a_paper_and_to_the_customer_nothing_that_is_withheld(
    kind: str, code: str
) -> None:
    paper = made(kind, code, "customer")
    found = squeezed(pdf_words(written_as(PDF, paper))).replace("-", "")
    told = {squeezed(text) for text in texts_of(without_charts(paper))} - unsaid(paper)
    assert [text for text in told if text.replace("-", "") not in found] == []
    assert [word for word in WITHHELD if word in found] == []


def without_charts(paper: Paper) -> Paper:
    """The paper without what says in words to a screen reader alone what a chart shows."""
    return replace(
        paper,
        sections=tuple(
            replace(
                section,
                blocks=tuple(
                    block
                    for block in section.blocks
                    if not (isinstance(block, Picture) and block.form == "svg")
                ),
            )
            for section in paper.sections
        ),
    )


def unsaid(paper: Paper) -> set[str]:
    """What a sheet holds as a number, a length of time or an instant, and what a table says only with rows or only without."""
    blocks = (paper.cover, *(block for section in paper.sections for block in section.blocks))
    cells = (cell for block in blocks for cell in cells_of(block))
    texts = {
        text for cell in cells if cell.form != "text" or cell.number for text in cell.said.texts
    }
    tables = [block for block in blocks if isinstance(block, Table)]
    beside = tuple(table.empty if table.rows else table.columns for table in tables)
    return {squeezed(text) for text in (*texts, *texts_of(beside))}


def cells_of(block: object) -> Iterator[PaperCell]:
    if isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Facts):
        yield from (row.cell for row in block.rows)


def test_the_internal_edition_says_what_is_withheld() -> None:
    internal = "".join(texts_of(made("log", "zh", "internal")))
    customer = "".join(texts_of(made("log", "zh", "customer")))
    assert [word for word in WITHHELD if word not in internal] == []
    assert [word for word in WITHHELD if word in customer] == []


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                *(
                    "{{7*7}}",
                    "{% raw %}",
                    "{_{",
                    "{#",
                    "}}",
                    "<w:p/>",
                    "<b>",
                    "</td>",
                    "&lt;",
                    "&#65;",
                ),
                *("=1+1", "+cmd|x", "@SUM(A1)", "-1", "0012", "https://evil.example", "www.a.b"),
                *(
                    "\x07",
                    "\x1b[31m",
                    "\t",
                    "\n",
                    "\r\n",
                    "\x0b",
                    "\u2028",
                    "\u202e",
                    "\ufeff",
                    "_x0041_",
                ),
                *(
                    "|",
                    "*",
                    "_",
                    "`",
                    "#",
                    "> ",
                    "- ",
                    "1. ",
                    "![",
                    "](",
                    "```",
                    "$x$",
                    "\\",
                    "~~",
                    "'",
                ),
                *("תקלה", "✅", "ก", "😀", "维保" * 20, "a" * 300),
            ]
        ),
        max_size=6,
    ).map("".join),
)
"""Words of a record that would be more than words in one format or another."""


QUIET = without_charts(PAPER)


def saying(text: str) -> Paper:
    """A paper of every block that says one thing wherever it says anything."""
    return mapped(QUIET, lambda words: PaperText(tuple(text if was else "" for was in words.texts)))


PLAIN = {form.name: SHAPES[form.name](written_as(form, saying("z"))) for form in READ}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
@example("=1+1 {{7*7}} <w:p/> <script>alert(1)</script> ![](http://evil.example) _x0041_ \x07")
def test_no_text_is_more_than_text_in_any_format(hostile: str) -> None:
    text = f"{hostile}z"
    paper = saying(text)
    for form in READ:
        raw = written_as(form, paper)
        assert squeezed(text) in squeezed(WORDS[form.name](raw)), form.name
        assert SHAPES[form.name](raw) == PLAIN[form.name], form.name
