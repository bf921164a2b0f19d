"""A mapping is read strictly: what is wrong in it is told with its line, and nothing of it is guessed."""

from datetime import date
from pathlib import Path

import pytest

from weibao.importing.mapping import RowCondition, read_mapping
from weibao.model.finding import Unsound
from weibao.refusal import Refusal, UsageRefusal

REGISTERS = Path(__file__).with_name("registers")
WX = (REGISTERS / "wx.yaml").read_text(encoding="utf-8")


def read(text: str):
    return read_mapping("imports/wx.yaml", text.encode())


def test_the_mapping_of_a_register_is_read():
    mapping = read(WX)
    assert (mapping.name, mapping.source, mapping.header, mapping.first) == ("wx", "wx", (2, 3), 4)
    assert mapping.dates.between == (date(2026, 11, 1), date(2026, 11, 30))
    assert [event.event for event in mapping.events] == [
        "acknowledged",
        "arrived",
        "restored",
        "resolved",
    ]
    assert mapping.columns[:3] == ("序号", "工单号", "报修时间")
    assert "联系电话" not in mapping.columns


def test_an_event_may_be_told_of_some_rows():
    text = WX.replace(
        "  # no `confirmed`",
        "  - {event: closed, at: unknown, when: {column: 备注, is: [已完成]}}\n  # no `confirmed`",
    )
    assert read(text).events[-1].when == (RowCondition("备注", ("已完成",)),)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("kind: ticket", "kind: tickets", 2),
        ("merged: fill_down", "merged: fill", 6),
        ("serials: 1900", "serials: 1901", 7),
        ("names_of: staff, else", "names_of: staf, else", 17),
        ("event: arrived", "event: arrive", 21),
        ("keep: [", "kept: [", 26),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_line(old, new, line):
    with pytest.raises(Unsound) as refused:
        read(WX.replace(old, new))
    assert line in {finding.place.line for finding in refused.value.findings}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rows: {from: 4", "rows: {from: 3", "the first row"),
        (
            "{column: 到场时间, after: reported_at}",
            "{column: 到场时间, after: restored}",
            "restored",
        ),
        ("same_as restored", "same_as confirmed", "confirmed"),
        ('split: "[、，,/\\n]"', 'split: "[、"', "no pattern"),
        ("keep: [级别", "keep: [联系电话, 级别", "telephone numbers"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(old, new, said):
    assert old in WX
    with pytest.raises(UsageRefusal) as refused:
        read(WX.replace(old, new))
    assert said in str(refused.value)
    assert "imports/wx.yaml, line " in str(refused.value)


def test_telephones_come_in_when_they_are_asked_for():
    asked = WX.replace("keep: [级别", "telephones: true\nkeep: [联系电话, 级别")
    assert "联系电话" in read(asked).keep


@pytest.mark.parametrize(
    "path", ["wx.yaml", "imports/a/b.yaml", "imports/WX.yaml", "imports/wx.yml"]
)
def test_a_mapping_lies_in_its_folder(path):
    with pytest.raises(Refusal):
        read_mapping(path, WX.encode())
