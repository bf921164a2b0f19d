"""A delivery of spare parts, asked for: the event's fields, and the document that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.prompts.conversation import NOTE, converse, field_of, lacking, source_document, who
from weibao.workspace.suggestions.live import coming_step

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

_DELIVERY = tuple(
    field_of("spares", "received", key)
    for key in ("part", "serials", "depot", "supplier", "source_document")
)
_REST = tuple(
    field_of("spares", "received", key) for key in ("oem_verified_by", "condition", "warranty_to")
)


def ask_receipt(
    session: Session, desk: Desk, record_file: RecordFile, document: Path | None, given: Given
) -> tuple[Path | None, Given]:
    """The file of the source document, and the options: what was missing is asked for.

    The SHA-256 is not: it is worked out from the file.
    """
    if not lacking():
        return document, given
    step = coming_step(desk, "spares", "received", record_file, {})
    given = converse(session, desk, step, (*who(desk, given), *_DELIVERY), given, record_file)
    if document is None and not given["field_document_sha256"]:
        document = source_document(session)
    return document, converse(session, desk, step, (*_REST, NOTE), given, record_file)
