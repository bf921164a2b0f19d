"""What is printed passes the strict reader and reads back the same; what is appended keeps the rest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building.contract import a_ticket, small_contract
from weibao.model.printing import append_entry, entry_line, header_text
from weibao.model.schema.validation import judge_document
from weibao.model.yaml.bytes_and_characters import FORBIDDEN_IN_VALUES
from weibao.model.yaml.parsers import PurePythonParser
from weibao.model.yaml.quoting import scalar_text
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Refusal

AT = "2026-11-20T09:15:00+08:00"

TEXT = (
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="ab: -#,[]{}\"'\\|>?!&*%@`~=\n\t中，1.", max_size=20),
        st.sampled_from(
            [
                "no",
                "~",
                "null",
                "0755",
                "1e3",
                "12:30",
                "- a",
                "a: b",
                "# c",
                "<<",
                "---",
                "…",
                "yes",
            ]
        ),
    )
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: not FORBIDDEN_IN_VALUES.search(text))
)
NUMBER = st.integers(-(10**17), 10**17) | st.floats(-1e12, 1e12).filter(
    lambda x: abs(x) > 1e-9 or x == 0
)
SCALAR = TEXT | NUMBER | st.booleans()
KEY = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda key: key not in {"log", "at", "event", "by"}
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=8,
)
ENTRY = st.builds(
    lambda event, data: {"at": AT, "event": event, "by": "li-qiang"} | data,
    st.sampled_from(["updated", "attached", "moved"]),
    st.dictionaries(KEY, VALUE, max_size=4),
)


def read(text: str):
    document, findings = read_yaml("x", text.encode())
    assert findings == ()
    other, _ = read_yaml("x", text.encode(), PurePythonParser)
    assert document is not None
    assert document == other
    return document.data


@settings(max_examples=400, deadline=None)
@given(SCALAR)
def test_a_scalar_reads_back_as_itself_inside_braces_and_outside(value):
    text = scalar_text(value)
    assert "\n" not in text
    found = read(f"a: {text}\nb: {{c: {text}, d: [{text}]}}\n")
    assert found == {"a": value, "b": {"c": value, "d": [value]}}
    assert type(found["a"]) is type(value)


@settings(max_examples=200, deadline=None)
@given(ENTRY)
def test_an_entry_is_one_line_and_reads_back_as_itself(entry):
    line = entry_line(entry)
    assert line.startswith(f"  - {{at: {AT}, event: ")
    assert "\n" not in line
    assert line.endswith("}")
    assert read(f"log:\n{line}\n")["log"] == [entry]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEY, VALUE, min_size=1, max_size=5), st.lists(ENTRY, max_size=3))
def test_a_whole_record_reads_back_as_itself(header, log):
    text = header_text("ticket", header, log)
    assert read(text) == header | ({"log": log} if log else {})
    assert text.endswith("\n")


@settings(max_examples=100, deadline=None)
@given(ENTRY, st.sampled_from(["", "\n", "\n# 末尾的注释\n", "\n\n", "\n# 没有换行"]))
def test_appending_keeps_every_character_before(entry, end):
    before = a_ticket().rstrip("\n") + end
    after = append_entry(before, entry)
    assert after.startswith(before)
    assert after.removeprefix(before).lstrip("\n") == entry_line(entry) + "\n"
    assert read(after)["log"] == [*read(before)["log"], entry]


def test_keys_come_in_the_order_of_the_table_with_note_and_internal_last():
    entry = {
        "internal": True,
        "note": "已更换",
        "satisfaction": 5,
        "via": "phone",
        "contact": "zhang-gong",
        "by": "wang-lei",
        "event": "confirmed",
        "at": AT,
    }
    assert entry_line(entry) == (
        f"  - {{at: {AT}, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone,"
        " satisfaction: 5, note: 已更换, internal: true}"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("已与客户联系，远程排查", "已与客户联系，远程排查"),
        ("core-sw-01 主控板 (A)", "core-sw-01 主控板 (A)"),
        ("T20261120-7K3Q9M", "T20261120-7K3Q9M"),
        (AT, AT),
        ("2026-11-20", "2026-11-20"),
        ("第一行\n第二行", '"第一行\\n第二行"'),
        ("0755", '"0755"'),
        ("NO", '"NO"'),
        ("~", '"~"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("0x1F", '"0x1F"'),
        ("1_000", '"1_000"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("真的?", '"真的?"'),
        ("{{ x }}", '"{{ x }}"'),
        (38.5, "38.5"),
        (1e16, "10000000000000000.0"),
        (1e-7, "0.0000001"),
        (3, "3"),
        (False, "false"),
    ],
)
def test_plain_where_nobody_can_misread_it_and_quoted_otherwise(value, text):
    assert scalar_text(value) == text


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "a\u202eb", "a\u200bb", "a\rb", "a\u2028b", "\ud800", "cafe\u0301"]
)
def test_text_that_the_reader_refuses_is_refused_before_it_is_written(text):
    with pytest.raises(Refusal) as refused:
        entry_line({"at": AT, "event": "updated", "by": "a", "note": text})
    assert refused.value.mend
    with pytest.raises(Refusal):
        header_text("ticket", {"title": text}, [])
    with pytest.raises(Refusal):
        header_text("ticket", {"description": f"x\n{text}\n"}, [])


@pytest.mark.parametrize(
    "value", [None, 10**18, float("inf"), float("nan"), 1e300, b"x", ("a",), object()]
)
def test_a_value_that_no_record_can_hold_is_refused(value):
    with pytest.raises(Refusal):
        entry_line({"at": AT, "event": "updated", "by": "a", "value": value})


def test_a_line_over_the_bound_is_refused():
    with pytest.raises(Refusal):
        entry_line({"at": AT, "event": "updated", "by": "a", "note": "长" * 6000})
    with pytest.raises(Refusal):
        header_text("ticket", {"description": "长" * 6000}, [])
    with pytest.raises(Refusal):
        header_text("ticket", {"description": "长\n" * 80_000}, [])


HEADER = {
    "id": "T20261120-7K3Q9M",
    "kind": "fault",
    "title": "主控板故障: 业务中断",
    "severity": 1,
    "reported_at": "2026-11-20T09:12:00+08:00",
    "reported_by": "zhang-gong",
    "intake": {"channel": "phone", "received_by": "wang-lei", "emergency": True},
    "assets": ["core-sw-01", "core-sw-02"],
    "description": "第一行\n\n  缩进的一行 # 不是注释\n最后一行\n",
}


def test_a_new_ticket_is_written_as_the_handbook_shows_it():
    text = header_text("ticket", HEADER, [{"at": AT, "event": "opened", "by": "wang-lei"}])
    assert (
        text
        == """\
# yaml-language-server: $schema=../../../../../schemas/ticket.schema.json
id: T20261120-7K3Q9M
kind: fault
title: "主控板故障: 业务中断"
severity: 1
reported_at: 2026-11-20T09:12:00+08:00
reported_by: zhang-gong
intake:
  channel: phone
  received_by: wang-lei
  emergency: true
assets: [core-sw-01, core-sw-02]
description: |
  第一行

    缩进的一行 # 不是注释
  最后一行
log:
  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}
"""
    )
    document, _ = read_yaml("x", text.encode())
    assert document is not None
    assert judge_document("ticket", document) == ()


@pytest.mark.parametrize(
    "kind", ["contract", "staff", "duty", "assets", "plan", "spares", "actions"]
)
def test_configuration_printed_anew_is_the_same_configuration(kind):
    data = read(small_contract()[f"records/{kind}.yaml"])
    header = {key: value for key, value in data.items() if key != "log"}
    text = header_text(kind, header, data.get("log", []))
    assert text.startswith(f"# yaml-language-server: $schema=../schemas/{kind}.schema.json\n")
    assert read(text) == data


def test_the_first_movement_of_a_ledger_makes_its_log():
    entry = {"at": AT, "event": "counted", "by": "a", "depot": "d", "part": "p", "serials": []}
    text = append_entry("depots: {}\nparts: {}", entry)
    assert text == f"depots: {{}}\nparts: {{}}\nlog:\n{entry_line(entry)}\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: [\n",
        "",
        "- 1\n",
        "log:\n  - {a: 1}\nid: x\n",
        "log: [{a: 1}]\n",
        "log:\n    - {a: 1}\n",
        "log: []\n",
    ],
)
def test_nothing_is_appended_to_what_it_would_break(text):
    with pytest.raises(Refusal) as refused:
        append_entry(text, {"at": AT, "event": "updated", "by": "a"})
    assert refused.value.mend
