"""What is said about a record that its schema refuses: which key, where, what was expected."""

from __future__ import annotations

import pytest

from building.contract import a_ticket, entry, small_contract
from weibao.model.schema.validation import judge_document
from weibao.model.yaml.strict import read_yaml

PLANNED = """\
id: T20261120-7K3Q9M
kind: upgrade
title: 升级
reported_at: 2026-11-20T09:12:00+08:00
reported_by: zhang-gong
window: {start: 2026-11-21T00:00:00+08:00, end: 2026-11-21T04:00:00+08:00}
approved_by: zhang-gong
rollback: 恢复旧版本
log:
  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}
"""


def judged(kind: str, text: str):
    document, findings = read_yaml("x", text.encode())
    assert document is not None, findings
    return judge_document(kind, document)


def told(kind: str, text: str):
    return [
        (f.code, f.facts["key"], f.facts.get("found"), f.place.line, f.place.column)
        for f in judged(kind, text)
    ]


def ticket(old: str = "", new: str = "") -> str:
    text = a_ticket(
        log=[
            entry("09:15", "opened", by="wang-lei"),
            entry("09:20", "notified", whom="li-qiang", via="phone"),
        ]
    )
    assert old in text
    return text.replace(old, new, 1)


def test_a_good_ticket_has_no_finding_and_planned_work_needs_no_intake():
    assert told("ticket", ticket()) == []
    assert told("ticket", PLANNED) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("severity: 1\n", "severity: one\n", ("R201", "severity", "one", 4, 11)),
        ("severity: 1\n", "severity: NO\n", ("R201", "severity", "NO", 4, 11)),
        ("severity: 1\n", "severity: 0x1\n", ("R201", "severity", "0x1", 4, 11)),
        ("severity: 1\n", "severity: ~\n", ("R201", "severity", "~", 4, 11)),
        ("severity: 1\n", "severity:\n", ("R201", "severity", "", 4, 1)),
        ("severity: 1\n", "severity: 12\n", ("R206", "severity", "12", 4, 11)),
        ("severity: 1\n", f"severity: {'9' * 5000}\n", ("R201", "severity", "9" * 5000, 4, 11)),
        ("severity: 1\n", "", ("R202", "severity", None, 1, 1)),
        ("title: 核心", "titel: 核心", ("R202", "title", None, 1, 1)),
        ("kind: fault", "kind: fualt", ("R204", "kind", "fualt", 2, 7)),
        ("zhang-gong", "Zhang Gong", ("R205", "reported_by", "Zhang Gong", 6, 14)),
        ("  channel: phone\n", "", ("R202", "intake.channel", None, 7, 1)),
        ("T20261120-7K3Q9M", "../../x", ("R205", "id", "../../x", 1, 5)),
        ("T20261120-7K3Q9M", "T20261320-7K3Q9M", ("R205", "id", "T20261320-7K3Q9M", 1, 5)),
        ("assets: [core-sw-01]", "assets: [a, a]", ("R207", "assets", "[…]", 10, 9)),
        ("assets: [core-sw-01]", "assets: a", ("R201", "assets", "a", 10, 9)),
        ("whom: li-qiang", "whom: 12", ("R201", "log[1].whom", "12", 15, 74)),
        ("event: notified", "event: notifed", ("R204", "log[1].event", "notifed", 15, 44)),
        ("via: phone", "via: fax", ("R204", "log[1].via", "fax", 15, 89)),
        (", via: phone", "", ("R202", "log[1].via", None, 15, 5)),
        (", event: opened", "", ("R202", "log[0].event", None, 14, 5)),
        (", by: wang-lei}", "}", ("R202", "log[0].by", None, 14, 5)),
    ],
)
def test_a_wrong_ticket_is_told_with_key_text_line_and_column(old, new, expected):
    assert expected in told("ticket", ticket(old, new))


@pytest.mark.parametrize(
    "time",
    ["2026-02-30T09:15:00+08:00", "2025-02-29T09:15:00Z"],
)
def test_a_time_that_does_not_exist_is_told_as_such(time):
    text = ticket("at: 2026-11-20T09:15:00+08:00", f"at: {time}")
    assert told("ticket", text) == [("R208", "log[0].at", time, 14, 10)]


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-20T09:15:00",
        "2026-11-20T09:15+08:00",
        "2026-11-20T24:00:00+08:00",
        "2026-11-20T23:59:60+08:00",
        "0000-11-20T09:15:00+08:00",
        "2026-11-20T09:15:00+25:00",
        "2026-11-20 09:15:00+08:00",
        "2026-11-20T09:15:00.5+08:00",
        "20261120T091500Z",
    ],
)
def test_a_time_without_offset_or_out_of_range_is_refused_by_its_form(time):
    text = ticket("at: 2026-11-20T09:15:00+08:00", f"at: {time}")
    assert told("ticket", text) == [("R205", "log[0].at", time, 14, 10)]


def test_a_wrong_key_of_an_entry_is_about_its_event_and_names_the_nearest():
    findings = judged("ticket", ticket("via: phone", "vai: phone"))
    assert [(f.code, f.facts["key"]) for f in findings] == [
        ("R202", "log[1].via"),
        ("R203", "log[1].vai"),
    ]
    assert findings[1].facts["nearest"] == "via"
    allowed = ("at", "event", "by", "whom", "via", "note", "precision", "internal")
    assert findings[1].facts["allowed"] == allowed
    unknown = judged("ticket", ticket("event: notified", "event: notifed"))
    assert len(unknown) == 1
    assert unknown[0].facts["nearest"] == "notified"
    assert "acknowledged" in str(unknown[0].facts["expected"])


def test_a_value_of_the_wrong_type_is_told_how_to_quote_it():
    finding = judged("ticket", ticket("whom: li-qiang", "whom: 12"))[0]
    assert finding.facts["quoted"] == '"12"'
    assert finding.facts["expected"] == ("string",)
    assert finding.record == "T20261120-7K3Q9M"


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("severity: 2\n", "R203", "severity"),
    ],
)
def test_planned_work_has_no_severity(line, code, key):
    assert [
        (f.code, f.facts["key"])
        for f in judged("ticket", PLANNED.replace("window", line + "window"))
    ] == [(code, key)]


@pytest.mark.parametrize("key", ["window", "approved_by", "rollback"])
def test_planned_work_needs_its_window_approval_and_way_back_and_a_fault_has_none(key):
    lines = PLANNED.splitlines(keepends=True)
    line = next(one for one in lines if one.startswith(key))
    assert told("ticket", PLANNED.replace(line, "")) == [("R202", key, None, 1, 1)]
    findings = judged("ticket", ticket("severity: 1\n", f"severity: 1\n{line}"))
    assert [(f.code, f.facts["key"], f.place.line) for f in findings] == [("R203", key, 5)]


def test_an_entry_that_is_no_mapping_and_a_log_that_is_no_list_are_told_once():
    assert told("ticket", a_ticket(log=["  - opened"])) == [("R201", "log[0]", "opened", 14, 5)]
    text = a_ticket().partition("log:")[0] + "log: none\n"
    assert told("ticket", text) == [("R201", "log", "none", 13, 6)]
    assert told("ticket", "- 1\n") == [("R201", "", "[…]", 1, 1)]


def test_a_thousand_wrong_entries_give_a_thousand_findings():
    log = [entry(f"{n // 60:02}:{n % 60:02}", "updatd") for n in range(1000)]
    assert len(told("ticket", a_ticket(log=log))) == 1000


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("zone: Asia/Shanghai", "zone: Asia/Shanghia", ("R205", "zone")),
        ("zone: Asia/Shanghai", "zone: ../../etc/passwd", ("R205", "zone")),
        ("at: 50%", "at: 0.5", ("R201", "escalation[0].at")),
        (
            "within: 30m",
            "within: 30 minutes",
            ("R205", "sla[0].severities[0].targets.respond.within"),
        ),
        (
            "effective_from: 2025-01-01",
            "effective_from: 2025-02-29",
            ("R208", "sla[0].effective_from"),
        ),
        ("zhang-gong:", "Zhang:", ("R205", "contacts.Zhang")),
        ("internal_notes: false", "internal_notes: true", ("R204", "publish.internal_notes")),
        ('"0512-0000-0000"', "110", ("R201", "single_contact.phone")),
        ("respond: {within", "repsond: {within", ("R203", "sla[0].severities[0].targets.repsond")),
    ],
)
def test_a_wrong_contract_is_told_by_its_key(old, new, expected):
    text = small_contract()["records/contract.yaml"]
    assert old in text
    findings = judged("contract", text.replace(old, new, 1))
    assert [(f.code, f.facts["key"]) for f in findings] == [expected]


def test_optional_keys_of_the_contract_are_taken():
    text = small_contract()["records/contract.yaml"]
    distrusted = f"distrusted: [{{commit: {'a1' * 20}, reason: 时钟错误}}]"
    roots = f"roots: [{{commit: {'b2' * 32}, reason: 合并了旧仓库}}]"
    text = text.replace("  main: main\n", f"  main: main\n  {distrusted}\n  {roots}\n")
    text = text.replace("  workdays:\n", "  workdays:\n    zone: Asia/Urumqi\n", 1)
    assert told("contract", text) == []


def test_a_recurrence_that_means_nothing_is_refused():
    text = small_contract()["records/plan.yaml"].replace("INTERVAL=3", "INTERVAL=X")
    assert [code for code, *_ in told("plan", text)] == ["R205"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{}", [("R201", "log[1].value")]),
        ("[{on: x}]", [("R202", "log[1].value[0].state")]),
        (
            "[{on: x, state: y, z: 1}]",
            [("R204", "log[1].value[0].state"), ("R203", "log[1].value[0].z")],
        ),
        ("[[a]]", [("R201", "log[1].value[0]")]),
        ('"' + "x" * 5000 + '"', [("R206", "log[1].value")]),
        ("[]", []),
    ],
)
def test_a_value_of_several_types_is_judged_as_the_one_that_it_is(
    value: str, expected: list[tuple[str, str]]
):
    text = ticket().rstrip("\n") + "\n"
    text += f"  - {{at: 2026-11-20T09:30:00+08:00, event: amended, by: li-qiang, field: impact, value: {value}, reason: 笔误}}\n"
    text = "".join(line for line in text.splitlines(keepends=True) if "notified" not in line)
    assert [(code, key) for code, key, *_ in told("ticket", text)] == expected
