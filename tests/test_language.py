"""How facts and sentences are told in a language, and that none of them is glued by hand."""

from __future__ import annotations

import errno
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime

from test_catalogues import PACKAGE, entries
from weibao.language import language, run_on

GLUED = re.compile(r"""["'](, |、)["']\s*\.join\(""")
FREE = (
    "model/alterations.py",
    "model/closing.py",
    "report/audit/closes.py",
    "demo/",
    "workspace/setup/snippets.py",
    "history/signatures/stamp.py",
    "model/printing.py",
    "model/yaml/strict.py",
    "rules/book/policy.py",
    "sla/holidays.py",
)
"""Modules that write or quote what a file or a certificate has, in which a comma is no word."""


def test_the_systems_errors_are_told_in_both_languages() -> None:
    error = FileNotFoundError(errno.ENOENT, "No such file or directory")
    assert language("en").fact(error) == "there is no such file or folder"
    assert language("zh").fact(error) == "没有这个文件或文件夹"


def test_an_error_that_nobody_has_named_is_told_by_the_system() -> None:
    assert language("zh").fact(OSError(errno.EBADMSG, "Bad message")) == "Bad message"


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("place", ["Asia/Shanghai", "America/St_Johns", "UTC"])
@pytest.mark.parametrize("instant", [0, 59, 1_795_999_999, 4_102_444_799, 32_500_000_000])
def test_a_time_in_digits_is_what_the_pattern_says(code: str, place: str, instant: int) -> None:
    local = datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(place))
    expected = format_datetime(local, "yyyy-MM-dd HH:mm", tzinfo=ZoneInfo(place), locale=code)
    assert language(code).moment(instant, ZoneInfo(place)) == expected


def test_several_are_told_as_a_list() -> None:
    assert language("en").fact(("a", "b", "c")) == "a, b and c"
    assert language("zh").fact(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert language("zh").fact(("zsh", "fish")) == "zsh 和 fish"


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (("未执行：", "缺少“--to”。", "请补上。"), "未执行：缺少“--to”。请补上。"),
        (("Refused:", "It is missing.", "", "Add it."), "Refused: It is missing. Add it."),
    ],
)
def test_sentences_run_on_as_the_language_writes_them(
    sentences: tuple[str, ...], told: str
) -> None:
    assert run_on(*sentences) == told


def test_no_sentence_has_a_list_that_is_glued_by_hand() -> None:
    glued = [
        name
        for path in sorted(PACKAGE.rglob("*.py"))
        if not (name := path.relative_to(PACKAGE).as_posix()).startswith(FREE)
        if GLUED.search(path.read_text(encoding="utf-8"))
    ]
    assert glued == []


def test_no_chinese_sentence_has_a_space_after_a_mark_of_full_width() -> None:
    spaced = re.compile(r"[：；，。？！、] \S")
    wrong = [text for one in entries("zh") for text in one.strings if spaced.search(text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 secs"),
        (89, "1 min"),
        (90, "2 mins"),
        (3570, "1 hr"),
        (5400, "2 hrs"),
        (86399, "1 day"),
    ],
)
def test_a_length_in_one_unit_is_rounded(seconds: int, told: str) -> None:
    assert language("en").duration(seconds, units=1) == told
