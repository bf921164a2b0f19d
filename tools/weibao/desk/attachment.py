"""Attachments: a photograph or a document, kept under its SHA-256."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 5 * 1024 * 1024
SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"%PDF-": "pdf"}
"""What a file begins with, and the ending that it is kept under; its own name is not believed."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to keep: where, its digest, and its bytes."""

    path: str
    sha256: str
    content: bytes


def read_attachment(path: Path) -> Attachment:
    """The file as an attachment.

    Raises:
        Refusal: it cannot be read, is larger than 5 MiB, or is no PNG, JPEG or PDF.
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise Refusal(
                N_("{path} is not a file."),
                mend=N_("Name a file that is there and that you may read."),
                exit_code=Exit.USAGE,
                path=path,
            )
        if facts.st_size > LIMIT:
            raise Refusal(
                N_("{path} is larger than {limit} MiB."),
                mend=N_("Make the picture smaller, or split the document."),
                exit_code=Exit.USAGE,
                path=path,
                limit=LIMIT // 1024**2,
            )
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(
            N_("{path} cannot be read: {reason}"),
            mend=N_("Name a file that is there and that you may read."),
            exit_code=Exit.USAGE,
            path=path,
            reason=error.strerror or str(error),
        ) from None
    for signature, ending in SIGNATURES.items():
        if content.startswith(signature):
            digest = sha256(content).hexdigest()
            where = f"records/attachments/{digest[:2]}/{digest}.{ending}"
            return Attachment(where, digest, content)
    raise Refusal(
        N_("{path} is no PNG or JPEG picture and no PDF document."),
        mend=N_("Save it as one of these first."),
        exit_code=Exit.USAGE,
        path=path,
    )
