"""Pages that people write under ``docs/``: whom each is for, under what licence, and where it leads.

Of the front matter ``audience``, ``licence`` and ``need`` are read, each on a line of its own; of emergency plans more. What cannot be
read so is never for the customer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Audience = Literal["customer", "internal"]
"""Whom a page is for: the contract's customer, or the provider's own people alone."""

AUDIENCES: tuple[Audience, ...] = ("customer", "internal")

FOLDER = "docs/"
KNOWLEDGE = f"{FOLDER}knowledge/"
"""Where technical knowledge is kept, which says of each page whom it is for (requirement 8)."""

_KEY = re.compile(r"[\"']?(?P<key>[A-Za-z0-9_-]+)[\"']?[ \t]*:(?P<value>.*)")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_LINK = re.compile(
    r"\]\(\s*<?(?P<inline>[^)\s>]+)"
    r"|^[ ]{0,3}\[[^\]]+\]:\s*<?(?P<reference>[^\s>]+)"
    r"|\b(?:href|src)=[\"'](?P<html>[^\"']+)",
    re.MULTILINE,
)
LANGUAGE = re.compile(r"(?:\.(?:zh|en))?\.md")


@dataclass(frozen=True, slots=True)
class HandwrittenPage:
    """A page under ``docs/``.

    Attributes:
        path: in the repository.
        audience: what it says of whom it is for; "" where it says nothing.
        licence: under what licence it may be passed on; "" where it says nothing.
        need: the roles, people and contacts who need it, as it says.
        leads_to: the files under ``docs/`` that it links to or shows.
    """

    path: str
    audience: str
    licence: str
    need: frozenset[str]
    leads_to: frozenset[str]

    @property
    def knowledge(self) -> bool:
        """Whether it is a page of knowledge, which must say whom it is for."""
        return self.path.startswith(KNOWLEDGE)

    @property
    def for_customer(self) -> bool:
        """Whether it says that the customer may read it; outside of knowledge, whether nothing says otherwise."""
        return self.audience == "customer" or not (self.audience or self.knowledge)


def is_handwritten(path: str) -> bool:
    """Whether a page of the site is written there by hand."""
    return path.startswith(FOLDER) and path.endswith(".md")


def handwritten_among(files: Mapping[str, bytes]) -> dict[str, HandwrittenPage]:
    """The pages among the files, by path."""
    return {path: _page(path, raw) for path, raw in sorted(files.items()) if is_handwritten(path)}


def internal_among(
    pages: Mapping[str, HandwrittenPage], files: Iterable[str] = ()
) -> frozenset[str]:
    """The paths that never leave in the customer's site.

    They are the pages that are not for the customer, in whatever language that is said, what only
    such pages show or link to, and those ``files`` beside pages of knowledge that no page for the customer does.
    """
    kept = {LANGUAGE.sub("", path) for path, page in pages.items() if not page.for_customer}
    internal = {path for path in pages if LANGUAGE.sub("", path) in kept}
    theirs = _reached(pages, internal).union(path for path in files if path.startswith(KNOWLEDGE))
    return frozenset(internal | (theirs - _reached(pages, pages.keys() - internal) - pages.keys()))


def _reached(pages: Mapping[str, HandwrittenPage], paths: Collection[str]) -> frozenset[str]:
    return frozenset().union(*(pages[path].leads_to for path in paths))


def _page(path: str, raw: bytes) -> HandwrittenPage:
    text = raw.decode(errors="replace").removeprefix("\ufeff")
    said = front_matter(text)
    audiences = said.get("audience", set())
    known = audiences <= set(AUDIENCES)
    audience = max(audiences, default="") if known else " / ".join(sorted(audiences)) or "?"
    licence = " / ".join(sorted(said.get("licence", set()) | said.get("license", set())))
    need = {
        word.strip("\"' ")
        for value in said.get("need", ())
        for word in value.strip("[]").split(",")
    }
    links = (next(filter(None, link.groups())) for link in _LINK.finditer(text))
    return HandwrittenPage(
        path,
        audience,
        licence,
        frozenset(filter(None, need)),
        frozenset(filter(None, (_resolved(path, link) for link in links))),
    )


def front_matter(text: str) -> dict[str, set[str]]:
    """By key in lower case, what is said under it: between two lines of ``---``, or on the first lines."""
    lines = text.splitlines()
    fenced = bool(lines) and lines[0].rstrip() == "---"
    said: dict[str, set[str]] = {}
    for line in lines[fenced:]:
        match = _KEY.match(line)
        if line.rstrip() in {"---", "..."} if fenced else not match:
            break
        if match:
            value = _COMMENT.sub("", match["value"]).strip().strip("\"'")
            said.setdefault(match["key"].lower(), set()).add(value)
    return said


def _resolved(path: str, link: str) -> str:
    """The file under ``docs/`` that a link of the page at ``path`` names; "" for one elsewhere."""
    target = unquote(re.split(r"[#?]", link)[0])
    if not target or target.startswith("/") or re.match(r"[A-Za-z][\w+.-]*:", target):
        return ""
    parts: list[str] = []
    for part in (*path.split("/")[:-1], *target.split("/")):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    found = "/".join(parts)
    return found if found.startswith(FOLDER) else ""
