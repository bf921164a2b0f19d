"""Attachments on the site: those that a public entry of a ticket names, under their hash.

A picture is shown; a document is linked. What a browser would run as a page (SVG, HTML) is neither
copied nor linked, and a file that is not what its SHA-256 says is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.model.paths import attachment_sha256
from weibao.render.site.public import public_entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Entry
    from weibao.report.book import Book

FOLDER = "attachments"
PICTURES = frozenset({"jpg", "jpeg", "png", "webp"})
DOCUMENTS = frozenset({"pdf", "txt"})


@dataclass(frozen=True, slots=True)
class PublishedAttachment:
    """A file that is published: its path from the site's root, and where it comes from."""

    path: str
    source: str

    @property
    def name(self) -> str:
        """What a link to it says: the beginning of its hash, and its ending."""
        stem, _, ending = self.path.rpartition("/")[2].partition(".")
        return f"{stem[:12]}.{ending}"

    @property
    def picture(self) -> bool:
        """Whether it is shown in the page."""
        return self.path.rpartition(".")[2] in PICTURES


def attachment_of(entry: Entry, files: Mapping[str, bytes]) -> PublishedAttachment | None:
    """The file that an entry attaches; None where there is none that may be published."""
    source = entry.data.get("file", "") if entry.event == "attached" else ""
    digest = attachment_sha256(source)
    ending = source.rpartition(".")[2]
    if digest is None or ending not in PICTURES | DOCUMENTS:
        return None
    if digest != entry.data["sha256"] or sha256(files.get(source, b"")).hexdigest() != digest:
        return None
    return PublishedAttachment(f"{FOLDER}/{digest}.{ending}", source)


def published(book: Book) -> dict[str, bytes]:
    """Every file to put into the site, by its path from the root."""
    found = {}
    for ticket in book.records.tickets.values():
        for proven in public_entries(book.proofs[ticket.id].entries, ticket):
            attachment = attachment_of(proven.entry, book.snapshot.files)
            if attachment:
                found[attachment.path] = book.snapshot.files[attachment.source]
    return found
