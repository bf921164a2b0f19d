"""How a finding is told: its words in the reader's language, and lists as that language has them."""

from __future__ import annotations

import pytest

from weibao.language import CODES, language
from weibao.model.finding import Finding, Place
from weibao.render.words.findings import COMMENT, event_title, example, in_general, tell
from weibao.rules.catalogue import RULES

PLACE = Place("records/tickets/x.yaml", 5)
CLIMB = Finding(
    "O241",
    PLACE,
    "",
    {"ticket": "T1", "target": "respond", "percent": 75, "roles": ("desk", "supervisor", "pm")},
)
KIND = Finding("O204", PLACE, "", {"asset_kind": "firewall", "years": 3})
COUNT = Finding(
    "O102",
    PLACE,
    "",
    {"part": "sfp", "depot": "shenyang", "missing": ("SFP25121004",), "surplus": ()},
)
FUTURE = Finding(
    "X203",
    PLACE,
    "",
    {"at": "2026-11-20T09:20:00+08:00", "now": "2026-11-20T09:15:07+08:00"},
)
WRITTEN = Finding("R204", PLACE, "", {"key": "at", "found": "2026-11-20T09:20:00+08:00"})
INTAKE = Finding("O221", PLACE, "", {"person": "gao-yuan", "channel": "phone"})


@pytest.mark.parametrize(
    ("finding", "code", "told"),
    [
        (CLIMB, "en", "service desk, supervisor and project manager"),
        (CLIMB, "zh", "服务台、主管和项目经理"),
        (KIND, "en", "firewall, 3 years"),
        (KIND, "zh", "防火墙，3 年"),
        (COUNT, "en", "missing: SFP25121004; surplus: none."),
        (COUNT, "zh", "盘亏：SFP25121004；盘盈：无。"),
        (INTAKE, "zh", "（服务台电话）"),
        (FUTURE, "en", "claims 2026-11-20 09:20, and it is only 2026-11-20 09:15:07"),
        (WRITTEN, "en", "“2026-11-20T09:20:00+08:00”"),
    ],
)
def test_words_of_the_format_are_said_as_people_say_them(
    finding: Finding, code: str, told: str
) -> None:
    assert told in tell(finding, language(code)).message


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("spares", "出库"),
        ("report", "发布报告"),
        ("", "出库 / 发布报告"),
        ("ticket", "出库 / 发布报告"),
    ],
)
def test_an_event_is_called_as_its_kind_of_record_calls_it(kind: str, called: str) -> None:
    assert event_title(kind, "issued", language("zh")) == called
    assert event_title(kind, "resolved", language("en")) == "Resolved"


@pytest.mark.parametrize(
    ("code", "called"), [("en", "is “Scrapped”, with"), ("zh", "以“报废”登记")]
)
def test_events_in_a_sentence_are_called_as_people_call_them(code: str, called: str) -> None:
    assert called in tell(COUNT, language(code)).help
    assert called in in_general(RULES["O102"].help, language(code))


@pytest.mark.parametrize("code", CODES)
def test_a_rule_told_of_no_finding_has_no_places_to_fill(code: str) -> None:
    told = [
        in_general(text, language(code))
        for one in RULES.values()
        for text in (one.message, one.help)
    ]

    assert [one for one in told if "{" in one] == []
    assert in_general(RULES["S101"].help, language(code)).count("`weibao explain TICKET`") == 1
    assert "…" in in_general(RULES["S101"].message, language(code))


def test_what_is_remarked_beside_an_example_is_said_in_the_readers_language() -> None:
    shown = example(RULES["O206"].bad, language("zh"))
    assert COMMENT.findall(shown) == ["没有人是后备"]
    assert example(RULES["O206"].bad, language("en")) == RULES["O206"].bad
    assert example("- {a: '# 1'}\n", language("zh")) == "- {a: '# 1'}\n"
