"""No text of a record does anything in any format but be read."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, XMLPullParser

import markdown as renderer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from weibao.language import language
from weibao.model.finding import Finding, Place
from weibao.render.ci import markdown
from weibao.render.ci.writers import WRITERS
from weibao.render.words.findings import FindingText, tell
from weibao.render.words.plain import plain
from weibao.rules.catalogue import RULES

EN = language("en")
HOSTILE = (
    "::error::owned",
    "%0A::error::owned",
    "##[error]owned",
    "x\n::error::owned",
    "<script>alert(1)</script>",
    "<img src=https://evil.example/beacon>",
    "]]>",
    "<![CDATA[",
    "@here @everyone @provider/team #1 !2 GH-3 $4",
    "`a` ``` ~~~",
    "a | b",
    "[x](javascript:alert(1)) ![y](https://evil.example)",
    "https://evil.example www.evil.example a@evil.example",
    "# heading\n- list\n> quote",
    "--> <!-- weibao: what this change does -->",
    "{{ secrets }} ${{ github.token }} {0}",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x00\x08\ufffe\ud800 \u202e\u200b",
    "**bold** __bold__ ~~gone~~ :tada: $x^2$",
    "1. one",
    "+ plus",
    "&lt;b&gt; &#64;here",
)


def told(text: str) -> list[FindingText]:
    """A finding of each severity that quotes the text everywhere it can."""
    facts = {"key": text, "found": text, "expected": text, "ticket": text, "target": "arrive"}
    return [
        tell(Finding(code, Place(f"records/{text}.yaml", 3, 2), "", facts), EN)
        for code in ("R201", "S101", "E105")
    ]


def parsed(text: str) -> Element:
    """The root of an XML document, which must be sound to its end."""
    parser = XMLPullParser(["start"])
    parser.feed(text.encode())
    parser.close()
    (_, root), *_ = parser.read_events()
    return root


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def findings(request: pytest.FixtureRequest) -> list[FindingText]:
    return told(request.param)


def test_a_workflow_command_a_finding_is_all_that_github_reads(findings: list[FindingText]) -> None:
    lines = WRITERS["github"](findings, EN).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]
    for line in lines:
        properties = line[2:].split("::")[0].partition(" ")[2]
        assert len(properties.split(",")) == 4


def test_the_ten_that_github_shows_are_ten_causes_and_the_summary_has_them_all() -> None:
    codes = ("E105", "R201", "S101", "R202", "R203", "R204", "R302", "X101", "X103", "X202", "O102")
    found = [
        tell(Finding(code, Place(f"records/{file}.yaml", file), "", {"found": str(file)}), EN)
        for code in codes
        for file in range(1, 31)
    ]
    lines = WRITERS["github"](found, EN).splitlines()
    titles = [line.partition("title=")[2].partition(",")[0] for line in lines]

    assert len(lines) == len(found)
    assert {*titles[: len(codes)]} == {f"{code} ×30" for code in codes}
    assert titles[0] == "R201 ×30"
    assert {*titles[len(codes) :]} == {*codes}
    assert [line.split(" ")[0] for line in lines[:10]].count("::error") >= 8
    summary = WRITERS["markdown"](found, EN)
    assert [summary.count(f"**{code}**") for code in codes] == [1] * len(codes)
    assert summary.count("records/7") == len(codes)


def test_gitlab_gets_a_list_of_plain_entries_each_with_its_own_mark(
    findings: list[FindingText],
) -> None:
    report = json.loads(WRITERS["gitlab"]([*findings, *findings], EN))
    assert len({one["fingerprint"] for one in report}) == 6
    for one in report:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"] == {"begin": 3}
        assert one["description"] == plain(one["description"])


def test_junit_is_xml_whatever_the_texts_are(findings: list[FindingText]) -> None:
    text = WRITERS["junit"](findings, EN)
    assert "]]>" not in text
    root = parsed(text)
    (suite,) = root
    assert suite.attrib["tests"] == "3"
    assert suite.attrib["failures"] == "1"
    assert [[part.tag for part in case] for case in suite] == [
        ["failure"],
        ["system-out"],
        ["system-out"],
    ]


SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "text": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string", "minLength": 1}},
            "additionalProperties": False,
        },
        "level": {"enum": ["none", "note", "warning", "error"]},
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "tool": {
                    "required": ["driver"],
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
            "additionalProperties": False,
        },
        "driver": {
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "semanticVersion": {"type": "string"},
                "language": {"type": "string", "pattern": "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}$"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
            },
            "additionalProperties": False,
        },
        "rule": {
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "fullDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}},
            },
            "additionalProperties": False,
        },
        "result": {
            "required": ["message"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {
                    "type": "array",
                    "items": {
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "required": ["artifactLocation"],
                                "properties": {
                                    "artifactLocation": {
                                        "properties": {
                                            "uri": {"type": "string", "pattern": "^[!-~]+$"}
                                        }
                                    },
                                    "region": {
                                        "properties": {
                                            "startLine": {"type": "integer", "minimum": 1},
                                            "startColumn": {"type": "integer", "minimum": 1},
                                        },
                                        "additionalProperties": False,
                                    },
                                },
                            }
                        },
                    },
                },
                "partialFingerprints": {"additionalProperties": {"type": "string"}},
            },
            "additionalProperties": False,
        },
    },
}
"""What the standard asks of the parts that are used here (OASIS SARIF 2.1.0, section 3)."""


def test_sarif_has_the_standard_s_structure_and_messages_without_links(
    findings: list[FindingText],
) -> None:
    report = json.loads(WRITERS["sarif"](findings, EN))
    assert list(Draft202012Validator(SARIF).iter_errors(report)) == []
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == list(RULES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        message = result["message"]["text"]
        assert "[" not in message.replace("\\[", "")
        assert "{" not in message.replace("{{", "")


class Rendered(HTMLParser):
    """The elements and the text of a rendered page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(renderer.markdown(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_renders_a_text_as_itself(findings: list[FindingText]) -> None:
    page = Rendered(WRITERS["markdown"](findings, EN))
    assert page.tags <= {"ul", "li", "strong", "br", "p"}
    assert "@" not in page.text.replace("@\u2060", "").replace("@ ", "")
    assert "GH-3" not in page.text


@given(st.text(st.characters(codec="utf-8"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_an_escaped_text_is_one_line_that_says_the_text_and_has_no_markup(text: str) -> None:
    marked = markdown.escaped(text)
    assert html.unescape(marked).replace("\u2060", "") == plain(text)[:400]
    assert not set(marked) & set("<>\"'\\`*_[]{}|~@$\n")
    page = Rendered(f"- {marked}")
    assert page.tags <= {"ul", "li"}


def test_a_long_list_is_cut_to_what_a_comment_holds_and_says_how_much_is_left_out() -> None:
    page = markdown.findings(told("|" * 500) * 200, EN)
    assert len(page) <= markdown.LONGEST + 100
    assert page.rstrip().endswith("more")


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_a_format_has_a_sound_form_for_nothing_too(form: str) -> None:
    text = WRITERS[form]([], EN)
    if form in {"json", "gitlab", "sarif"}:
        assert json.loads(text) is not None
    elif form == "junit":
        assert parsed(text)[0].attrib["failures"] == "0"
    else:
        assert text in {"", "✓ Nothing is wrong.\n"}
