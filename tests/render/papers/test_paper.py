"""A paper says everything in each of its languages, and for machines once."""

from __future__ import annotations

from weibao.model.field_kinds import REPORT_SECTION
from weibao.render.papers.paper import (
    Fact,
    Facts,
    Paper,
    PaperCell,
    PaperText,
    Prose,
    Section,
    Table,
    TableColumn,
    facts_of,
    mapped,
    said,
    together,
)
from weibao.render.papers.periodic import PARTS


def a_paper(code: str, title: str, head: str, met: str) -> Paper:
    return Paper(
        kind="monthly",
        number="WB-1",
        title=said(title),
        languages=(code,),
        marks=(),
        cover=Facts("cover", (Fact("number", said(head), PaperCell(said("7"), 7)),)),
        sections=(
            Section(
                "summary",
                said(title),
                (
                    Prose(said("<b>路由器</b>")),
                    Table(
                        "promises",
                        said(title),
                        (TableColumn("outcome", said(head)),),
                        ((PaperCell(said(met), "met"),),),
                        said(title),
                    ),
                ),
            ),
        ),
        commit="0" * 40,
        as_of="2026-11-01T00:00:00+08:00",
    )


CHINESE = a_paper("zh", "月报", "结果", "达标")
ENGLISH = a_paper("en", "Report", "Outcome", "met")


def test_what_both_languages_say_alike_stands_once() -> None:
    both = together((CHINESE, ENGLISH))
    assert both.languages == ("zh", "en")
    assert both.title == PaperText(("月报", "Report"))
    assert both.sections[0].blocks[0] == Prose(said("<b>路由器</b>"))
    assert both.cover.rows[0].cell.said == said("7")


def test_what_machines_read_is_the_same_in_every_language() -> None:
    both = together((CHINESE, ENGLISH))
    assert facts_of(CHINESE) == facts_of(ENGLISH) == facts_of(both)
    assert facts_of(both)["sections"] == {"summary": {"promises": [{"outcome": "met"}]}}


def test_every_word_of_a_paper_can_be_changed_and_nothing_else() -> None:
    loud = mapped(ENGLISH, lambda words: PaperText(tuple(text.upper() for text in words.texts)))
    assert loud.title == said("REPORT")
    assert facts_of(loud) == facts_of(ENGLISH)


def test_what_can_be_remarked_on_is_what_reports_have() -> None:
    """Annexes, the versions and the page on integrity are nobody's to remark on."""
    told = {part.key for part in PARTS if not part.annex} - {"approval", "integrity"}
    assert told == set(REPORT_SECTION.choices)
