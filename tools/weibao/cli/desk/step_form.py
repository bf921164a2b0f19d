"""The form of a step, and what the record would say by it: read as the step's own command reads it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from weibao.cli.desk.filling import (
    SentFile,
    Typed,
    TypedForm,
    TypedLines,
    common_lines,
    first_typed,
)
from weibao.cli.framework.field_values import field_value, field_values
from weibao.cli.framework.step_options import Given, option_name
from weibao.cli.prompts.conversation import NOTE
from weibao.cli.steps.coming import Question, questions_of
from weibao.language import N_, Language
from weibao.model import field_kinds as kinds
from weibao.model.field_kinds import FieldKind, Form
from weibao.model.field_note import parts_of, whole_number
from weibao.model.schema.validation import is_a, meaning
from weibao.refusal import Refusal
from weibao.workspace.recording.attachment import Attachment, attachment_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.cli.framework.session import Session
    from weibao.model.events import Event
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk


def step_form(
    session: Session,
    desk: Desk,
    record_file: RecordFile,
    event: Event,
    typed: Typed | None,
    sent: tuple[SentFile, ...] = (),
) -> tuple[TypedForm, tuple[Attachment, ...]]:
    """The form of a step, and the files that came with it; ``typed`` is None before anybody typed."""
    reading = TypedLines(desk, session, typed)
    said: Given = {}
    kept: tuple[Attachment, ...] = ()
    for question in questions_of(desk, record_file, event, session.language):
        field = question.field
        if field.kind is kinds.ATTACHMENT:
            reading.line(field, (), lambda _typed: None)
            kept = _kept(reading, sent) if typed is not None else ()
        elif not (event.name == "attached" and field.key == "sha256"):
            said[option_name(field)] = reading.line(
                field, question.offers, _reader(desk, record_file, question, session.language)
            )
    note = replace(NOTE, required=event.noted)
    given = said | {"note": reading.line(note, (), first_typed) or ""}
    given |= common_lines(reading, session, desk, record_file)
    data = {} if typed is None else _data(reading, desk, record_file, event, said)
    return TypedForm(tuple(reading.lines), data, given), kept


def _data(
    reading: TypedLines, desk: Desk, record_file: RecordFile, event: Event, said: Given
) -> dict[str, Any]:
    """What the record says for the fields of a step, where each of them could be read by itself."""
    if any(line.faults for line in reading.lines):
        return {}
    missing = {option_name(field): None for field in event.fields}
    try:
        return field_values(desk, record_file, event.name, missing | said)
    except Refusal as refusal:  # a correction, whose value is read by the field that it corrects
        reading.fault("value", refusal)
        return {}


def _kept(reading: TypedLines, sent: tuple[SentFile, ...]) -> tuple[Attachment, ...]:
    """The files as they are kept, all or none; what is wrong with one is told at their line."""
    if not sent:
        reading.fault("file", Refusal(N_("No file has come with the form.")))
        return ()
    try:
        return tuple(attachment_of(file.content, file.name) for file in sent)
    except Refusal as refusal:
        reading.fault("file", refusal)
        return ()


def _reader(
    desk: Desk, record_file: RecordFile, question: Question, words: Language
) -> Callable[[tuple[str, ...]], Any]:
    """How a field of a step takes what was typed: as its option does, so that it is refused here too."""
    field = question.field
    kind = field.kind

    def read(typed: tuple[str, ...]) -> Any:
        if kind.several:
            known = {offer.value for offer in question.offers}
            said = ((text,) if text in known else parts_of(text) for text in typed)
            given: Any = tuple(chain.from_iterable(said))
        else:
            number = whole_number(typed[0]) if kind.form is Form.NUMBER else None
            given = typed[0] if number is None else number
        value = field_value(desk, record_file, field, given)
        known_form = value in kind.choices if kind.choices else is_a(kind.defined_as, value)
        if not known_form:
            raise Refusal(
                N_("“{text}” cannot be “{field}” ({form})."),
                text=typed,
                field=words.pick({"zh": field.zh, "en": field.en}),
                form=_form_told(kind, words),
            )
        return given

    return read


def _form_told(kind: FieldKind, words: Language) -> str:
    """How a value of a kind is written, or what there is to choose from."""
    if kind.choices:
        return words.listing(words.term(kind.name, word) for word in kind.choices)
    return words.pick(meaning(kind.defined_as))
