"""A file kept with a record: what every command that attaches one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.framework.field_values import field_value
from weibao.cli.prompts.conversation import begin_attaching
from weibao.cli.steps.recorded import attachment_told
from weibao.cli.steps.recording import append
from weibao.model.events import event_named
from weibao.workspace.recording.attachment import read_attachment

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.cli.framework.nouns import Noun
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given


def attach_file(
    session: Session, noun: Noun, suffix: str | None, file: Path | None, given: Given
) -> None:
    """Keep a file under its SHA-256, and record that; ``given`` has what is said of it, by key."""
    desk = session.desk()
    one, file, given = begin_attaching(session, desk, noun, suffix, file, given)
    attachment = read_attachment(session.directory / file)
    kept = {"file": attachment.path, "sha256": attachment.sha256}
    data = {
        field.key: kept.get(field.key) or field_value(desk, one, field, given[field.key])
        for field in event_named(noun.kind, "attached").fields
    }
    told = attachment_told(file.name, attachment, session.language)
    append(session, desk, one, "attached", data, given, {attachment.path: attachment.content}, told)
