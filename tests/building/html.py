"""A page as a reader and a browser take it: its text, its tags, and what it would load."""

from __future__ import annotations

from html.parser import HTMLParser

LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "use": ("href",),
    "image": ("href",),
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "modulepreload"}

SILENT = {"script", "style", "template"}
"""What is in a page and no reader sees."""


class Reading(HTMLParser):
    """``text`` is what a reader sees, ``tags`` every start tag, ``loads`` what a browser fetches."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.loads: list[str] = []
        self._silent = 0
        self.feed(html)
        self.close()
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        self.tags.append((tag, known))
        self._silent += tag in SILENT
        if tag == "link" and LOADING_LINKS & set(known.get("rel", "").split()):
            self.loads.append(known.get("href", ""))
        self.loads.extend(known[key] for key in LOADING.get(tag, ()) if key in known)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data + " "

    def links(self) -> list[str]:
        """The targets of the links."""
        return [known["href"] for tag, known in self.tags if tag == "a" and "href" in known]


def text_of(html: str) -> str:
    """What a reader sees of the page."""
    return Reading(html).text
