"""Decisions are short, numbered without a gap, of one form, and found from the index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from project.pages import ROOT, links, name

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
INDEX = FOLDER / "README.md"

FORM = re.compile(
    r"# (?P<number>\d{4}) · (?P<title>\S.*)\n\n"
    r"Status: (?P<status>accepted|replaced by \d{4}), (?P<since>\d{4}-\d\d-\d\d)\n\n"
    r"## Context\n\n\S[^#]*\n\n## Decision\n\n\S[^#]*\n\n## Consequence\n\n\S[^#]*\n"
)
ROW = re.compile(r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \| (.+) \|$", re.MULTILINE)


def test_the_numbers_have_no_gap() -> None:
    assert len(RECORDS) >= 20
    assert [record.name[:4] for record in RECORDS] == [
        f"{number:04d}" for number in range(1, len(RECORDS) + 1)
    ]


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_record_has_the_form_of_the_others_and_fits_a_screen(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    form = FORM.fullmatch(text)

    assert form is not None
    assert form["number"] == record.name[:4]
    assert len(text.splitlines()) <= 30


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_record_names_no_module_which_may_move(record: Path) -> None:
    spans = re.findall(r"`([^`]+)`", record.read_text(encoding="utf-8"))

    assert [span for span in spans if span.startswith(("weibao.", "tools/weibao/"))] == []


def test_the_index_has_every_record_by_its_title_and_day() -> None:
    forms = {record: FORM.fullmatch(record.read_text(encoding="utf-8")) for record in RECORDS}
    rows = [
        (form["number"], form["title"], record.name, form["since"])
        for record, form in forms.items()
        if form
    ]

    assert ROW.findall(INDEX.read_text(encoding="utf-8")) == rows


def test_the_design_gives_its_reasons_by_link() -> None:
    linked = {
        target for target in links(ROOT / "docs" / "design.md") if target.startswith("decisions/0")
    }

    assert len(linked) >= 20
