"""A walk over a built site: whether every link leads somewhere, and every figure to a commit that proves it.

A figure is what the one macro prints (``a.wb-value``), and whatever looks like one: a share, an amount of money. One that
looks so and is no link is *bare*, unless it is told in prose or as a remark beside a figure (:data:`PROSE`). One that is
a number leads to at least as many rows, where it chooses them to exactly so many; to fewer, or to rows that are cut off, only where it is said why
(``.wb-withheld``, or a command that has them all): else it is *short*.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from os.path import normpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Way = tuple[str, str]

CLICKS = 1
"""From the rows to which a figure leads, the proof is at most so many clicks away: one to the rows, one to the proof."""

PROSE = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "dt", "svg", "pre", "code", "blockquote", "option"),
        "summary",  # folds and unfolds, so that no link may be in it: what is unfolded begins with the figure
        *("figcaption", ".wb-step", ".wb-cards__head", ".wb-muted", ".wb-differs", ".wb-answer"),
        *(".wb-definitions", ".wb-note", ".wb-finding", ".wb-story", ".wb-list", ".wb-words"),
    }
)
"""Elements and classes in which numbers are told and are no figures of the page."""

NOTHING = frozenset({"0", "n/a", "无数据", "—"})
"""Figures that count nothing: there is no row to prove."""

_SILENT = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_LOOKS = re.compile(r"\d\s?%|[¥￥€$]\s?\d|(?<![-\d])\d[\d.,]*\s?(?:元|CNY)")
_COUNT = re.compile(r"[\d,.]*[1-9][\d,.]*")
_COUNTED = frozenset({".wb-num", ".wb-tiles"})
"""Where a number alone is a figure: in the cells of numbers, and in tiles."""

_MORE = re.compile(r"\W*(?:and [\d,]+ more|另有 ?[\d,]+ ?项)\W*")
_ONE_ENTRY = re.compile(r"entry-\d+")
_COMMIT = re.compile(r"\s*[0-9a-f]{10,40}\b")
_VOID = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_FOREIGN = re.compile(r"[a-z]+:")


@dataclass(slots=True)
class Element:
    """An element, by its place among all of the page; ``end`` is the place after all that is in it."""

    tag: str
    known: dict[str, str]
    parent: int
    end: int = 0
    text: str = ""

    @property
    def marks(self) -> set[str]:
        """Its tag and its classes."""
        return {self.tag, *(f".{name}" for name in self.known.get("class", "").split())}


class CrawledPage:
    """The elements of a page in order, and where its article is: the rest is the same on every page."""

    def __init__(self, html: str) -> None:
        self.elements = [Element("", {}, -1)]
        stack, after = [0], 0
        self.bare: list[str] = []
        self._cut: list[int] = []
        html = _SILENT.sub("", html)
        for tag in _TAG.finditer(html):
            self._read(html[after : tag.start()], stack[-1])
            after = tag.end()
            closes, name, attributes = tag[1], tag[2].lower(), tag[3]
            if closes:
                while len(stack) > 1 and self.elements[stack.pop()].tag != name:
                    pass
                continue
            known = {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)}
            self.elements.append(Element(name, known, stack[-1]))
            if name not in _VOID and not attributes.endswith("/"):
                stack.append(len(self.elements) - 1)
        for place in range(len(self.elements) - 1, 0, -1):
            own = self.elements[place]
            own.end = max(own.end, place + 1)
            above = self.elements[own.parent]
            above.end = max(above.end, own.end)
        self.ids = {
            own.known["id"]: place for place, own in enumerate(self.elements) if "id" in own.known
        }
        articles = (place for place, own in enumerate(self.elements) if own.tag == "article")
        self.article = next(articles, 0)

    def _read(self, words: str, place: int) -> None:
        if not words.strip():
            return
        above = list(self._above(place))
        for element in above:
            if element.tag in {"a", "code"}:
                element.text += unescape(words)
        marks: set[str] = set().union(*(element.marks for element in above))
        if _MORE.fullmatch(words) and not marks & {"a", "summary"}:
            self._cut.append(place)
        shown = marks & _COUNTED and _COUNT.fullmatch(words.strip())
        if (shown or _LOOKS.search(words)) and "article" in marks and not marks & (PROSE | {"a"}):
            self.bare.append(unescape(words).strip())

    def _above(self, place: int) -> Iterator[Element]:
        while place > 0:
            yield self.elements[place]
            place = self.elements[place].parent

    def links(self, within: tuple[int, int]) -> Iterator[Element]:
        """The links in a stretch of the page."""
        return (
            own for own in self.elements[slice(*within)] if own.tag == "a" and "href" in own.known
        )

    def section(self, anchor: str) -> tuple[int, int]:
        """What an anchor names: an element with all that is in it, of a heading all until the next of its rank; for "" the article."""
        whole = self.elements[self.article].end
        if anchor not in self.ids:
            return self.article, whole
        place = self.ids[anchor]
        own = self.elements[place]
        if not re.fullmatch("h[1-6]", own.tag):
            return place, own.end
        for later in range(place + 1, whole):
            if re.fullmatch(f"h[1-{own.tag[1]}]", self.elements[later].tag):
                return place, later
        return place, whole

    def chooses(self, anchor: str) -> bool:
        """Whether the page has the fields by which the anchor chooses among its rows."""
        fields = {own.known.get("name") for own in self.elements if own.tag in {"input", "select"}}
        asked = parse_qsl(anchor)
        return bool(asked) and {name for name, _ in asked} <= fields

    def proves(self, within: tuple[int, int]) -> bool:
        """Whether a stretch of it shows a commit."""
        return any(
            own.marks & {".wb-commit", ".wb-long"} and _COMMIT.match(own.text)
            for own in self.elements[slice(*within)]
        )

    def rows(self, anchor: str) -> int | None:
        """How many rows an anchor shows; None where scripts bring them, or it is said why some are not there."""
        begin, end = self.section(anchor)
        within = self.elements[begin:end]
        marks = set().union(*(own.marks for own in within))
        if marks & {".wb-withheld", "pre"} or any(
            "data-wb-register" in own.known for own in within
        ):
            return None
        if any(begin <= cut < end and not self._commanded(cut) for cut in self._cut):
            return -1
        asked = parse_qsl(anchor) if self.chooses(anchor) else []
        if any(name == "text" for name, _ in asked):
            return None
        listed = [
            own
            for own in within
            if own.tag in {"li", "tr"}
            and all(value in own.known.get(f"data-{name}", "").split() for name, value in asked)
        ]
        counted = (
            own.known.get("data-wb-counts")
            or next(
                (
                    own.known[f"data-wb-{name}"]
                    for name, _ in asked
                    if f"data-wb-{name}" in own.known
                ),
                "1",
            )
            for own in listed
        )
        links = 0 if asked else sum(own.tag == "a" for own in within)
        return max(sum(map(int, counted)), links)

    def _commanded(self, place: int) -> bool:
        """Whether a remark has a command beside it."""
        return any(own.tag == "code" for own in self.elements[place : self.elements[place].end])

    def empty(self, within: tuple[int, int]) -> bool:
        """Whether a stretch of it says that there is nothing."""
        return any(".wb-empty" in own.marks for own in self.elements[slice(*within)])


@dataclass(slots=True)
class Crawl:
    """What was found: each figure is named by its page, its words and where it leads."""

    pages: int = 0
    links: int = 0
    broken: list[tuple[str, str, str]] = field(default_factory=list)
    bare: list[tuple[str, str]] = field(default_factory=list)
    proven: Counter[int] = field(default_factory=Counter)
    nothing: list[tuple[str, str, str]] = field(default_factory=list)
    unproven: list[tuple[str, str, str]] = field(default_factory=list)
    short: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return self.proven.total() + len(self.nothing) + len(self.unproven)


class BuiltSite:
    """The pages of a built site, each read once."""

    def __init__(self, site: Path) -> None:
        self.names = {
            path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
        }
        self._site = site
        self._pages: dict[str, CrawledPage] = {}
        self._rows: dict[Way, int | None] = {}
        self._away: dict[tuple[str, str, int], int] = {}

    def page(self, name: str) -> CrawledPage:
        """The page of a name from the site's root."""
        if name not in self._pages:
            self._pages[name] = CrawledPage((self._site / name).read_text(encoding="utf-8"))
        return self._pages[name]

    def ways(self, name: str, within: tuple[int, int]) -> Iterator[tuple[Element, Way]]:
        """The links to the site itself in a stretch of a page, and the page and the anchor of each."""
        for link in self.page(name).links(within):
            if not _FOREIGN.match(link.known["href"]):
                path, _, anchor = link.known["href"].partition("#")
                there = normpath(PurePosixPath(name).parent / unquote(path)) if path else name
                yield link, (there, unquote(anchor))

    def is_page(self, name: str) -> bool:
        """Whether there is such a page."""
        return name in self.names and name.endswith(".html")

    def has(self, way: Way) -> bool:
        """Whether there is such a page, and on it such an anchor or what it chooses by."""
        name, anchor = way
        if not self.is_page(name):
            return name in self.names and not anchor
        return not anchor or anchor in self.page(name).ids or self.page(name).chooses(anchor)

    def away(self, way: Way, most: int) -> int:
        """How many clicks from there a commit is; more than ``most`` for none."""
        key = (*way, most)
        if key not in self._away:
            self._away[key] = self._clicks(way, most)
        return self._away[key]

    def _clicks(self, way: Way, most: int) -> int:
        name, anchor = way
        if not self.is_page(name):
            return most + 1
        within = self.page(name).section(anchor)
        if self.page(name).proves(within):
            return 0
        if not most:
            return 1
        further = {there for _, there in self.ways(name, within)} - {way}
        return 1 + min((self.away(there, most - 1) for there in further), default=most)

    def short(self, way: Way, words: str) -> bool:
        """Whether a figure that is a number leads to rows that are fewer, cut off, or chosen and more; what one entry measured counts none."""
        if _ONE_ENTRY.fullmatch(way[1]):
            return False
        if way not in self._rows:
            self._rows[way] = self.page(way[0]).rows(way[1]) if self.is_page(way[0]) else None
        rows = self._rows[way]
        number = int(words.replace(",", "")) if _COUNT.fullmatch(words) and "." not in words else 0
        return rows is not None and (rows < number or (0 < number < rows and "=" in way[1]))

    def empty(self, way: Way) -> bool:
        """Whether it is said there that there is nothing."""
        page = self.page(way[0])
        return page.empty(page.section(way[1]))


def crawl(folder: Path, *, but: str = "") -> Crawl:
    """Walk the pages of a built site ``but`` those in a folder of it; ``404.html`` has no place of its own."""
    site, found = BuiltSite(folder), Crawl()
    for name in sorted(site.names - {"404.html"}):
        if not site.is_page(name) or (but and name.startswith(but)):
            continue
        page = site.page(name)
        found.pages += 1
        found.bare.extend((name, words) for words in page.bare)
        for link, way in site.ways(name, (0, len(page.elements))):
            found.links += 1
            shown = (name, link.text.strip(), link.known["href"])
            if not site.has(way):
                found.broken.append(shown)
            elif ".wb-value" in link.marks:
                if site.short(way, shown[1]):
                    found.short.append(shown)
                away = site.away(way, CLICKS)
                if away <= CLICKS:
                    found.proven[away] += 1
                elif shown[1] in NOTHING or site.empty(way):
                    found.nothing.append(shown)
                else:
                    found.unproven.append(shown)
    return found
