"""One word for one idea: no sentence that people read says what the glossary has another word for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from project.pages import ROOT
from weibao.language import CODES, LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORBIDDEN = {
    "zh": {
        "记录行": "条目",
        "所述": "自报",
        "所称": "自报",
        "声称": "自报",
        "兑现": "达标",
        "违约": "超时",
        "服务方(?!案)": "服务商",
        "乙方": "服务商",
        "甲方": "客户",
        "豁免": "免除",
        "表头": "记录头",
        "落地": "合入",
        "落库": "合入",
        "报障": "报修",
        "结账|月结(?!月)|已月结": "结月",
        "暂计": "暂定",
        "计划工作": "计划性工作",
        "计划内工作": "计划性工作",
        "各站点|所在站点|该站点|站点的(?:设备|人员|持证)": "场所",
    },
    "en": {
        "log line": "entry",
        "alleged": "claimed",
        "priority": "severity",
        r"\bclients?\b": "customer",
        "scheduled work": "planned work",
    },
}
"""By language: what is not said, and the word that is said for it."""

GLOSSARIES = {"zh": "docs/handbook/glossary.md", "en": "docs/handbook/glossary.en.md"}


def strayed(sentence: str, code: str) -> list[str]:
    """What a sentence says that the glossary has another word for."""
    return [
        f"{found[0]}: say {instead}"
        for pattern, instead in FORBIDDEN[code].items()
        if (found := re.search(pattern, sentence, re.IGNORECASE))
    ]


def catalogues() -> Iterator[tuple[str, str, str]]:
    """Every sentence of the catalogues: where, language, text; the English ones are the ids."""
    for path in sorted((LOCALE / "zh" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="zh"):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                told = message.string if isinstance(message.string, tuple) else (message.string,)
                if path.stem == "demo" or not message.id:  # what made-up people say is theirs
                    continue
                yield from ((path.name, "en", sentence) for sentence in ids)
                yield from ((path.name, "zh", sentence) for sentence in told)


def described(value: object) -> Iterator[str]:
    """Every title and description within a schema."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"title", "description"} and isinstance(inner, str):
                yield inner
            else:
                yield from described(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from described(inner)


def schemas() -> Iterator[tuple[str, str, str]]:
    """The titles and descriptions of the schemas, which tell both languages in one line."""
    for path in sorted((ROOT / "schemas").rglob("*.json")):
        for sentence in described(json.loads(path.read_text(encoding="utf-8"))):
            chinese, _, english = sentence.partition(" · ")
            yield path.name, "zh", chinese
            yield path.name, "en", english


def pages() -> Iterator[tuple[str, str, str]]:
    """The lines of the handbook, of what a new repository begins with, and of the first page."""
    starter = ROOT / "tools/weibao/workspace/setup/starter"
    for path in (
        *(ROOT / "docs/handbook").glob("*.md"),
        *(path for path in starter.rglob("*") if path.suffix in {".md", ".yaml"}),
        ROOT / "README.zh-CN.md",
    ):
        if path.relative_to(ROOT).as_posix() in GLOSSARIES.values():
            continue
        code = "en" if path.name.endswith(".en.md") or "en" in path.parts else "zh"
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name, code, line


@pytest.mark.parametrize("sentences", [catalogues, schemas, pages])
def test_one_idea_has_one_word(sentences) -> None:
    found = [
        f"{place}: {sentence} ({fault})"
        for place, code, sentence in sentences()
        for fault in strayed(sentence, code)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("zh", "有 3 项承诺未兑现"),
        ("zh", "按所述时间判定"),
        ("zh", "批准该计划工作的联系人"),
        ("zh", "服务方名称"),
        ("zh", "无变化，各月仍以月结时的结果为准。"),
        ("zh", "暂定稿：尚未结账"),
        ("zh", "每页注明“暂计”"),
        ("en", "The client approved it."),
    ],
)
def test_another_word_for_the_same_is_noticed(code: str, sentence: str) -> None:
    assert strayed(sentence, code)


def test_a_word_that_only_contains_another_is_let_be() -> None:
    assert strayed("服务方案的条款与计划性工作", "zh") == []


@pytest.mark.parametrize("code", CODES)
def test_the_glossary_has_each_word_that_is_said_and_names_what_is_not(code: str) -> None:
    told = (ROOT / GLOSSARIES[code]).read_text(encoding="utf-8")

    assert [word for word in FORBIDDEN[code].values() if word not in told] == []
    plain = [pattern for pattern in FORBIDDEN[code] if re.fullmatch(r"[\w ]+", pattern)]
    assert [word for word in plain if word not in told] == []


def test_the_glossaries_name_the_same_ideas() -> None:
    def ideas(path: Path) -> int:
        return sum(line.startswith("| ") for line in path.read_text("utf-8").splitlines())

    sizes = {ideas(ROOT / path) for path in GLOSSARIES.values()}
    assert max(sizes) - min(sizes) <= 1  # 站点 and 场所 are one word in English
