"""Mappings proposed out of registers of real life: what is certain is written, and what is not is asked.

``UPDATE_GOLDEN=1 pytest tests/importing`` writes the golden files anew: review the difference.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from building.registers import REGISTERS, library
from weibao.importing.mapping import read_mapping
from weibao.importing.proposing.proposal import Proposal, proposal_text
from weibao.importing.proposing.synonyms import COLUMNS
from weibao.importing.records import WorkedOut, worked_out
from weibao.importing.rows import ImportRow, rows_of, sheet_of
from weibao.language import language
from weibao.model.load import read_record
from weibao.refusal import UsageRefusal
from weibao.render.words.proposing import question_told
from weibao.workspace.moving_in.proposing import propose, ready_mappings
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from weibao.model.records import Records

GOLDEN = Path(__file__).with_name("golden") / "proposed"
LISTS = "设备备件人员值班.xlsx"
SHEETS = {
    "wx": ("工单台账.xlsx", "2026年11月"),
    "wx-10": ("工单台账.xlsx", "2026年10月"),
    "glpi": ("glpi.csv", ""),
    "jsm": ("jsm.csv", ""),
    "zammad": ("zammad.json", ""),
    "assets": (LISTS, "设备台账"),
    "spares": (LISTS, "备件台账"),
    "staff": (LISTS, "人员"),
    "rota": (LISTS, "值班表"),
}
TICKETS = ("wx", "wx-10", "glpi", "jsm", "zammad")
HEAD = "工单号,报修时间,故障现象"


def of_file(name: str, source: str = "") -> Proposal:
    file, sheet = SHEETS[name]
    raw = (REGISTERS / file).read_bytes()
    return propose(Path(file), raw, library(), sheet=sheet, source=source)


def of_text(text: str, name: str = "desk.csv") -> Proposal:
    return propose(Path(name), text.encode(), library(), source="desk")


def written(proposal: Proposal, code: str = "en") -> str:
    told = [question_told(question, language(code)) for question in proposal.questions]
    return proposal_text(proposal, told, ())


def about(proposal: Proposal) -> list[str]:
    return [question.about for question in proposal.questions]


def rows_by(proposal: Proposal, file: str) -> tuple[tuple[ImportRow, ...], WorkedOut]:
    """The rows of a file, and what they become by a proposal whose questions nobody has answered."""
    mapping = read_mapping("imports/x.yaml", proposal_text(proposal, (), ()).encode())
    table = read_table_file(Path(file).suffix, (REGISTERS / file).read_bytes())
    rows = rows_of(sheet_of(table, mapping), mapping)
    return rows, worked_out(mapping, rows, library())


@pytest.mark.parametrize("name", SHEETS)
def test_the_proposal_for_a_file_of_real_life(name: str) -> None:
    file = GOLDEN / f"{name}.yaml"
    found = written(of_file(name))
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHEETS)
def test_a_proposal_is_a_mapping_once_nothing_is_asked_any_more(name: str) -> None:
    proposal = of_file(name)
    mapping = read_mapping("imports/x.yaml", proposal_text(proposal, (), ()).encode())
    assert mapping.columns
    with pytest.raises(UsageRefusal, match="questions are open"):
        read_mapping("imports/x.yaml", written(proposal, "zh").encode())


def mapping_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((REGISTERS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def test_the_proposal_says_what_a_person_wrote_but_for_what_only_a_person_knows() -> None:
    wanted, found = mapping_data("wx"), of_file("wx").data
    for key in ("kind", "source", "sheet", "header", "number", "keep"):
        assert found[key] == wanted[key]
    assert found["rows"] == wanted["rows"]
    assert {**found["dates"], "between": None} == {**wanted["dates"], "between": None}
    assert found["dates"]["between"] == [str(day) for day in wanted["dates"]["between"]]
    assert set(found["none"]) <= set(wanted["none"])
    assert found["events"] == wanted["events"]
    for key, told in wanted["fields"].items():
        mine = found["fields"][key]
        assert mine["column"] == told["column"]
        for word, value in mine.get("map", {}).items():
            assert told["map"][{"２": "2"}.get(word, word)] == value
    left = {
        key: set(told.get("map", {})) - set(found["fields"][key].get("map", {})) - {"2"}
        for key, told in wanted["fields"].items()
    }
    assert {key: words for key, words in left.items() if words} == {
        "severity": {"请求"},
        "intake.channel": {"微信群"},
    }
    asked = {question.facts.get("word") for question in of_file("wx").questions}
    assert {"请求", "微信群", "汇聚交换机"} <= asked


def test_the_sheet_of_october_too() -> None:
    wanted, found = mapping_data("wx-10"), of_file("wx-10", "wx").data
    for key in ("kind", "source", "sheet", "header", "keep", "events"):
        assert found[key] == wanted[key]
    assert found["fields"]["reported_at"] == wanted["fields"]["reported_at"]
    assert {key: told["column"] for key, told in found["fields"].items()} | {
        "kind": "紧急程度"
    } == {key: told["column"] for key, told in wanted["fields"].items()}
    asked = {question.facts.get("word") for question in of_file("wx-10").questions}
    assert {"紧急", "一般", "计划"} <= asked


@pytest.mark.parametrize(
    ("name", "accepted", "rejected"),
    [("wx", 11, 8), ("wx-10", 0, 3), ("glpi", 15, 0), ("jsm", 15, 0), ("zammad", 15, 0)],
)
def test_what_comes_in_while_nothing_is_answered(name: str, accepted: int, rejected: int) -> None:
    _, found = rows_by(of_file(name), SHEETS[name][0])
    assert (len(found.accepted), len(found.rejected)) == (accepted, rejected)


@pytest.mark.parametrize("name", TICKETS)
def test_nothing_is_invented(name: str) -> None:
    proposal = of_file(name)
    rows, found = rows_by(proposal, SHEETS[name][0])
    cells = {row.number: row.cells for row in rows}
    in_mapping = set(_leaves(proposal.data)) | {"unknown", "fault"}
    for row in found.accepted:
        said = {text for number in row.rows for text in cells[number].values()}
        record = read_record(row.path, row.text)
        assert record.findings == ()
        data = record.document.data
        for text in (
            data["title"],
            data.get("description", ""),
            *data["imported"].get("kept", {}).values(),
        ):
            assert all(part in "\n".join(said) for part in text.split("\n"))
        assert {str(data[key]) for key in ("kind", "severity")} <= set(map(str, in_mapping))
        for entry in data["log"]:
            for key in ("cause", "action", "reason"):
                assert entry.get(key, "unknown") in said | {"unknown"}
            assert entry.get("mode", "unknown") in in_mapping
            assert entry["event"] == "opened" or entry["event"] in in_mapping
            assert "confirmed" not in entry["event"]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]


def outcomes(name: str) -> dict[str, tuple[str, ...]]:
    _, found = rows_by(of_file(name), SHEETS[name][0])
    return {row.number: row.steps for row in found.accepted}


def test_every_trap_of_glpi() -> None:
    found = outcomes("glpi")
    assert found["1024"] == ("opened", "acknowledged", "resolved", "closed")  # its ID: 1 024
    assert found["1028"] == ("opened", "acknowledged", "resolved")  # __ Solved
    assert found["1030"] == ("opened", "acknowledged")  # Pending
    assert found["1031"] == ("opened",)
    proposal = of_file("glpi")
    told = written(proposal)
    assert "Tang Wei ⏎ Qin Feng" in told  # several technicians in a cell
    assert "<p>HTML title &amp; entity</p>" in told
    assert proposal.ready == "glpi"
    _, worked = rows_by(proposal, "glpi.csv")
    day = next(row for row in worked.accepted if row.number == "1037")  # 19-11-2026, "1 day"
    assert day.record.startswith("T20261119-")
    assert b"event: acknowledged, by: tang-wei, precision: day" in day.text


def test_every_trap_of_jira() -> None:
    found = outcomes("jsm")
    assert found["NET-105"] == ("opened", "cancelled")  # Closed, but as a duplicate
    assert found["NET-112"] == ("opened", "cancelled")  # Canceled, Won't Do
    assert found["NET-103"] == ("opened", "resolved")
    assert found["NET-101"] == ("opened", "resolved", "closed")
    _, worked = rows_by(of_file("jsm"), "jsm.csv")
    text = next(row.text for row in worked.accepted if row.number == "NET-103").decode()
    first, second = text.index("无光"), text.index("Waiting; carrier; repairs")
    assert first < second  # comments in their order, their semicolons whole


def test_every_state_of_zammad() -> None:
    found = outcomes("zammad")
    assert found["22101"] == ("opened", "acknowledged", "resolved", "closed")
    assert found["22105"] == ("opened", "cancelled")  # merged
    assert found["22114"] == ("opened", "cancelled")  # removed
    assert found["22107"] == ("opened", "acknowledged")  # pending: no pause without its history
    assert "dates.zone" not in about(of_file("zammad"))  # its times say their zone


def test_a_pause_in_a_history_is_kept_and_stops_no_clock() -> None:
    raw = (REGISTERS / "zammad.json").read_bytes().decode()
    text = raw.replace('"value_to": "open"', '"value_to": "pending reminder"', 1)
    proposal = propose(Path("zammad.json"), text.encode(), library())
    mapping = read_mapping("imports/x.yaml", proposal_text(proposal, (), ()).encode())
    sheet = read_table_file(".json", text.encode()).sheets[0]
    found = worked_out(mapping, rows_of(sheet, mapping), library()).accepted[0]
    assert "value_to: pending reminder" in found.text.decode()
    assert "paused" not in found.steps


@pytest.mark.parametrize("ready", ready_mappings())
def test_a_ready_mapping_is_one(ready: str) -> None:
    text = yaml.safe_dump(dict(ready_mappings()[ready]), allow_unicode=True)
    assert read_mapping(f"imports/{ready}.yaml", text.encode()).source == ready


CELLS = (
    "",
    "/",
    "GD-1",
    "2026-03-04 9:00",
    "10:20",
    "一级",
    "断网",
    "周敏",
    "已完成",
    "01/02/2026",
    "46329.6",
)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_columns_there_are_a_mapping_is_proposed_or_refused(data: st.DataObject) -> None:
    known = sorted({words[0] for words in COLUMNS.values()} | {"状态", "关闭时间", "Foo"})
    head = data.draw(st.lists(st.sampled_from(known), min_size=3, unique=True))
    rows = data.draw(
        st.lists(
            st.lists(st.sampled_from(CELLS), min_size=len(head), max_size=len(head)), max_size=4
        )
    )
    text = "\n".join(",".join(cells) for cells in (head, *rows))
    try:
        proposal = propose(Path("a.csv"), text.encode(), library_records(), kind="ticket")
    except UsageRefusal:
        assert not {"工单号", "故障现象", "报修时间"} <= set(head)
        return
    mapping = read_mapping("imports/x.yaml", proposal_text(proposal, (), ()).encode())
    sheet = read_table_file(".csv", text.encode()).sheets[0]
    found = worked_out(mapping, rows_of(sheet, mapping), library_records())
    for row in found.accepted:
        assert read_record(row.path, row.text).findings == ()


@cache
def library_records() -> Records:
    return library()


# What is open is asked, and what is not is not


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (["GD-1,01/02/2026 9:00,断网"], "dates.order"),
        (["GD-1,13/02/2026 9:00,断网", "GD-2,03/04/2026 9:00,断网"], "dates.order"),
        (["GD-1,3月4日 9:00,断网"], "dates.year"),
        (["GD-1,46329.6,断网"], "dates.serials"),
        (["GD-1,2026-03-04 9:00,断网"], "dates.zone"),
        (["GD-1,2026-03-04 9:00,<b>断网</b>"], "fields.title"),
        ([f"GD-{number},2026-03-04 9:00,断网" for number in range(1000)], "rows"),
    ],
)
def test_what_is_open_is_asked(rows: list[str], asked: str) -> None:
    assert asked in about(of_text("\n".join([HEAD, *rows])))


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (["GD-1,13/02/2026 9:00,断网"], "dates.order"),
        (["GD-1,2026-02-01 9:00,断网"], "dates.order"),
        (["GD-1,2026-02-01 9:00,断网"], "dates.year"),
        (["GD-1,2026-02-01T09:00:00+08:00,断网"], "dates.zone"),
        (["GD-1,2026-03-04 9:00,断网 <2F"], "fields.title"),
        ([f"GD-{number},2026-03-04 9:00,断网" for number in range(999)], "rows"),
    ],
)
def test_what_is_certain_is_not_asked(rows: list[str], asked: str) -> None:
    assert asked not in about(of_text("\n".join([HEAD, *rows])))


def test_the_month_of_the_name_settles_the_order_and_the_year() -> None:
    text = f"{HEAD}\nGD-1,11/8 9:00,断网\nGD-2,03/11/2026 9:00,断网"
    assert {"dates.order", "dates.year"} <= set(about(of_text(text)))
    found = of_text(text, "故障登记表2026年11月.csv")
    assert not {"dates.order", "dates.year"} & set(about(found))
    assert found.data["dates"]["between"] == ["2026-11-01", "2026-11-30"]


def test_a_state_that_nobody_knows_is_asked_and_stays_open() -> None:
    text = f"{HEAD},状态\nGD-1,2026-03-04 9:00,断网,已关闭\nGD-2,2026-03-05 9:00,断网,转厂家"
    found = of_text(text)
    assert [
        question.facts["word"] for question in found.questions if question.about == "events"
    ] == ["转厂家"]
    closed = [event["when"]["is"] for event in found.data["events"]]
    assert closed == [["已关闭"], ["已关闭"]]


def test_a_level_that_the_contract_does_not_know_is_no_level() -> None:
    text = f"{HEAD},级别\nGD-1,2026-03-04 9:00,断网,紧急"
    found = of_text(text)
    assert "紧急" not in found.data["fields"]["severity"]["map"]
    mapping = read_mapping("imports/x.yaml", proposal_text(found, (), ()).encode())
    sheet = read_table_file(".csv", text.encode()).sheets[0]
    worked = worked_out(mapping, rows_of(sheet, mapping), library())
    assert len(worked.rejected) == 1
    question = next(question for question in found.questions if question.about == "fields.severity")
    answered = found.answered(question, 2)
    assert answered.data["fields"]["severity"]["map"]["紧急"] == 2
    assert question not in answered.questions


def test_an_export_without_some_columns_is_read_by_what_is_there() -> None:
    text = "Issue key,Summary,Status,Priority,Resolution,Assignee,Reporter,Creator,Created,Resolved\nNET-1,Loop,Closed,High,Done,Qin Feng,Zhou Min,He Xin,2026-11-12 9:05,2026-11-12 10:30"
    found = of_text(text)
    assert found.ready == "jsm"
    assert "Component/s" not in written(found)
    assert "Comment" not in found.data["keep"]


def test_gb_18030_is_read_as_utf_8_is() -> None:
    text = f"{HEAD}\nGD-1,2026-03-04 9:00,断网"
    encoded = propose(Path("a.csv"), text.encode("gb18030"), library(), source="desk")
    assert encoded.data == of_text(text, "a.csv").data


@pytest.mark.parametrize(
    ("text", "why"),
    [("甲,乙\n1,2\n", "No sheet has a line"), ("工单号,设备,处理人\n1,2,3\n", "No column says")],
)
def test_what_is_no_register_is_refused(text: str, why: str) -> None:
    with pytest.raises(UsageRefusal, match=why):
        propose(Path("a.csv"), text.encode(), library(), kind="" if "甲" in text else "ticket")


def test_several_sheets_are_told() -> None:
    raw = (REGISTERS / "工单台账.xlsx").read_bytes()
    with pytest.raises(UsageRefusal, match="Several sheets"):
        propose(Path("工单台账.xlsx"), raw, library())


@pytest.mark.parametrize("raw", [b"{}", b"[1]", b"[{]", b"[" * 100_000, b"\xff\xfe"])
def test_json_of_another_form_is_refused(raw: bytes) -> None:
    with pytest.raises(UsageRefusal, match="no JSON array"):
        read_table_file(".json", raw)
