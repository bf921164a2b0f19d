"""Where spare parts come from, asked for: the event's fields, and the document that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.prompts.conversation import NOTE, converse, lacking, source_document, who
from weibao.model.events import event_named
from weibao.workspace.suggestions.live import coming_step

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

_NOT_ASKED = frozenset({"document_sha256", "condition"})
"""What is worked out from the document, and what is new where nobody says otherwise."""
_AFTERWARDS = frozenset({"oem_verified_by", "warranty_to"})
"""What is asked for once the document is there."""


def ask_origin(
    session: Session,
    desk: Desk,
    record_file: RecordFile,
    event: str,
    document: Path | None,
    given: Given,
) -> tuple[Path | None, Given]:
    """The file of the source document, and the options: what was missing is asked for.

    The SHA-256 is not: it is worked out from the file.
    """
    if not lacking():
        return document, given
    asked = [field for field in event_named("spares", event).fields if field.key not in _NOT_ASKED]
    first = (field for field in asked if field.key not in _AFTERWARDS)
    rest = (field for field in asked if field.key in _AFTERWARDS)
    step = coming_step(desk, "spares", event, record_file, {})
    given = converse(session, desk, step, (*who(desk, given), *first), given, record_file)
    if document is None and not given["field_document_sha256"]:
        document = source_document(session)
    return document, converse(session, desk, step, (*rest, NOTE), given, record_file)
