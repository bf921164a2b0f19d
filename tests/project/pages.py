"""The project's written pages, and what they show: links, commands and make targets."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"")
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_PROMPT = re.compile(r"^(?:\s{4,}|\$ |\s*)(?:\.venv/bin/)?((?:weibao|make)\s.*)$")


def name(page: Path) -> str:
    """How a page is called in test ids."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links and pictures that lie in this repository, without anchors."""
    text = _CODE_SPAN.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    for match in _LINK.finditer(text):
        target = (match[1] or match[2]).split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield target


def commands(page: Path) -> Iterator[list[str]]:
    """Every ``weibao …`` and ``make …`` that a page shows, as words, whole lines and in prose."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    inside = False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = not inside
        if (inside or line.startswith("    ")) and (match := _PROMPT.match(line)):
            shown = [match[1]]
        elif inside:
            shown = []
        else:
            shown = [
                span.removeprefix(".venv/bin/")
                for span in _CODE_SPAN.findall(line)
                if span.removeprefix(".venv/bin/").startswith(("weibao ", "make "))
            ]
        for one in shown:
            words = shlex.split(re.split(r"\s#|\s\||\s>|&&|;", one)[0], posix=True)
            yield words
