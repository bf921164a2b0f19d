"""Words of the record carry the language that they are written in, so that they are spoken and broken rightly."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from weibao.render.site.page import with_chinese_marked

if TYPE_CHECKING:
    from pathlib import Path

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_AS_WRITTEN = {"code", "pre", "script", "style", "template", "option", "text"}
"""What is shown letter by letter, what nobody reads, and what can hold no element."""


class Article(HTMLParser):
    """The Chinese words in the article of a page that stand under no ``lang="zh"``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._above: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._above.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self._above and self._above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self._above}
        languages = [code for _, code in self._above if code]
        if "article" in tags and not tags & _AS_WRITTEN and languages[-1] != "zh":
            self.found += [data.strip()] if _HAN.search(data) else []


def test_on_an_english_page_every_chinese_word_is_marked_as_chinese(built: Path) -> None:
    unmarked = {
        path.relative_to(built).as_posix(): found
        for path in sorted((built / "en").rglob("*.html"))
        if (found := Article(path.read_text(encoding="utf-8")).found)
    }
    assert unmarked == {}


def test_in_a_sentence_of_ours_only_the_words_of_the_record_are_marked() -> None:
    told = '<p title="机柜">Room 机柜 A of 冷却液、泵 is late <code>机柜</code></p><p lang="zh">机柜 <b>A</b> 区</p>'
    assert with_chinese_marked(told) == told.replace(
        "Room 机柜", 'Room <span lang="zh">机柜</span>'
    ).replace("冷却液、泵", '<span lang="zh">冷却液、泵</span>')
