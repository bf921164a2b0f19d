"""Attachments: a photograph or a document, kept under its SHA-256."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.pictures import (
    MalformedPictureError,
    declared_size,
    picture_ending,
    stripped_picture,
)
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Of a picture: a few kilobytes can claim to be one of gigabytes."""
SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to keep: where, and its SHA-256 and bytes once what it need not tell is stripped.

    ``stripped`` says whether there was anything to strip.
    """

    path: str
    sha256: str
    content: bytes
    stripped: bool


def read_attachment(path: Path) -> Attachment:
    """The file as an attachment.

    Raises:
        Refusal: it cannot be read, is larger than 5 MiB, is no PNG, JPEG, WebP or PDF, or is
            damaged.
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UsageRefusal(
                N_("{path} is not a file."),
                mend=N_("Name a file that is there and that you may read."),
                path=path,
            )
        if facts.st_size > LIMIT:
            raise _too_large(path)
        content = path.read_bytes()
    except OSError as error:
        raise UsageRefusal(
            N_("{path} cannot be read: {reason}"),
            mend=N_("Name a file that is there and that you may read."),
            path=path,
            reason=error,
        ) from None
    return attachment_of(content, path)


def attachment_of(content: bytes, path: object) -> Attachment:
    """A file's content as an attachment, which is called ``path`` where it is refused.

    Raises:
        Refusal: it is larger than 5 MiB, is no PNG, JPEG, WebP or PDF, claims more pixels than anybody should decode, or is damaged.
    """
    if len(content) > LIMIT:
        raise _too_large(path)
    ending = _ending(content)
    if not ending:
        raise UsageRefusal(
            N_("{path} is no PNG, JPEG or WebP picture and no PDF document."),
            mend=_ADVICE[_refused_kind(content)],
            path=path,
        )
    size = declared_size(content)
    if size and size[0] * size[1] > MOST_PIXELS:
        raise UsageRefusal(
            N_("{path} claims to be a picture of {width} × {height} pixels."),
            mend=N_("Make it smaller: at most {limit} million pixels."),
            path=path,
            width=size[0],
            height=size[1],
            limit=MOST_PIXELS // 1_000_000,
        )
    try:
        kept = stripped_picture(content) if picture_ending(content) else content
    except MalformedPictureError:
        raise UsageRefusal(
            N_("{path} is a damaged picture: its parts do not fit together."),
            mend=N_("Copy it again from where it was taken, or save it anew."),
            path=path,
        ) from None
    digest = sha256(kept).hexdigest()
    return Attachment(
        f"records/attachments/{digest[:2]}/{digest}.{ending}", digest, kept, kept != content
    )


def _too_large(path: object) -> UsageRefusal:
    return UsageRefusal(
        N_("{path} is larger than {limit} MiB."),
        mend=N_("Make the picture smaller, or split the document."),
        path=path,
        limit=LIMIT // 1024**2,
    )


def _ending(content: bytes) -> str:
    """What the file is by its first bytes, as the ending it is kept under; its name is not believed."""
    return picture_ending(content) or ("pdf" if content.startswith(b"%PDF-") else "")


_ADVICE = {
    "heic": N_(
        "It is a HEIC picture, which few browsers show: set the telephone to “most compatible”, "
        "or save it as JPEG."
    ),
    "svg": N_("It is an SVG drawing, which can carry a program: save it as PNG or PDF."),
    "": N_("Save it as one of these first."),
}


def _refused_kind(content: bytes) -> str:
    """What the file is instead, where there is particular advice; else ""."""
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        return "heic"
    return "svg" if SVG.search(content[:4096]) else ""
