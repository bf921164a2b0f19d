"""Attachments on the site: those that an entry of a ticket names, under the hash of what is copied.

A picture is shown, a heavy one as a small one; a document is linked. What a browser would run as a page (SVG, HTML) is neither
copied nor linked, nor is what calls itself a picture and is none; of a file that is not what its SHA-256 says the page says so. The customer has pictures
alone, without their metadata: what a document says beside its words cannot be taken out of it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.model.paths import attachment_sha256
from weibao.model.pictures import (
    MalformedPictureError,
    declared_size,
    picture_ending,
    stripped_picture,
)
from weibao.render.edition.previews import can_preview, is_light, preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Entry
    from weibao.model.handwritten import Audience
    from weibao.report.book import Book

FOLDER = "attachments"
PICTURES = frozenset({"jpg", "jpeg", "png", "webp"})
DOCUMENTS = frozenset({"pdf", "txt"})


@dataclass(frozen=True, slots=True)
class PublishedAttachment:
    """A file that is published: its path from the site's root, and what is in it."""

    path: str
    content: bytes

    @property
    def name(self) -> str:
        """What a link to it says: the beginning of its hash, and its ending."""
        stem, _, ending = self.path.rpartition("/")[2].partition(".")
        return f"{stem[:12]}.{ending}"

    @property
    def shown(self) -> str:
        """The path of the picture that the page shows of it: its own, or that of a small one; "" for none."""
        if not self.is_picture:
            return ""
        if is_light(self.content):
            return self.path
        return f"{self.path}.webp" if can_preview(self.content) else ""

    @property
    def is_picture(self) -> bool:
        """Whether it is kept as a picture."""
        return self.path.rpartition(".")[2] in PICTURES

    @property
    def claims(self) -> tuple[int, int] | None:
        """The width and the height that the picture claims, None where it does not say."""
        return declared_size(self.content)


def is_lost(entry: Entry, files: Mapping[str, bytes]) -> bool:
    """Whether an entry attaches a file that is not there, or is not the one of its SHA-256."""
    if entry.event != "attached":
        return False
    content = files.get(entry.data["file"])
    return content is None or sha256(content).hexdigest() != entry.data["sha256"]


def attachment_of(
    entry: Entry, files: Mapping[str, bytes], audience: Audience
) -> PublishedAttachment | None:
    """The file that an entry attaches; None where there is none that the audience may have."""
    source = entry.data.get("file", "") if entry.event == "attached" else ""
    digest = attachment_sha256(source)
    ending = source.rpartition(".")[2]
    if digest is None or ending not in PICTURES | DOCUMENTS:
        return None
    if digest != entry.data["sha256"] or is_lost(entry, files):
        return None
    content = files[source]
    if ending in PICTURES and picture_ending(content) != ending.replace("jpeg", "jpg"):
        return None
    if audience == "customer":
        try:
            content = stripped_picture(content)
        except MalformedPictureError:
            return None
        digest = sha256(content).hexdigest()
    return PublishedAttachment(f"{FOLDER}/{digest}.{ending}", content)


def published(book: Book, audience: Audience) -> dict[str, bytes]:
    """Every file to put into the site, by its path from the root."""
    found = {}
    for ticket in book.records.tickets:
        for proven in book.proofs[ticket].entries:
            attachment = attachment_of(proven.entry, book.files, audience)
            if attachment:
                found[attachment.path] = attachment.content
                if attachment.shown not in {"", attachment.path}:
                    found[attachment.shown] = preview(attachment.content)
    return found
