"""Blocks out of a chat, as a phone made them: all are read and judged before the first is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Text

from weibao.cli.framework.given_files import bytes_given
from weibao.cli.framework.step_options import option_name
from weibao.cli.steps.recorded import meant_told, show_recorded, word_told
from weibao.cli.steps.recording import push_if_asked
from weibao.language import N_
from weibao.model.events import event_called
from weibao.model.field_kinds import DEFINED, Thing
from weibao.model.field_note import OPENED, FieldNote, fields_of, parts_of
from weibao.model.ids import KINDS
from weibao.model.instant import parse_instant
from weibao.model.naming import RECORDER, called, severity_named, word_called
from weibao.model.note_block import blocks_in
from weibao.refusal import Refusal, SeveralRefused, UsageRefusal
from weibao.render.words.findings import event_title
from weibao.render.words.names import person_called
from weibao.workspace.phone.noting import draft_note, is_recorded, path_noted, record_note
from weibao.workspace.recording.recording import stored_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.events import Field
    from weibao.workspace.recording.clone import Desk

_LARGEST = 1 << 20
"""Bytes of a message: thousands of blocks."""


@dataclass(frozen=True, slots=True)
class PastedNote:
    """A note, the number of its block in the message, and what the block says letter by letter."""

    number: int
    note: FieldNote
    typed: Mapping[str, str]

    def told(self, words: Language) -> str:
        """Which one it is: its number, its ticket, its step."""
        return words.text(
            N_("block {number} ({record}, {event})"),
            number=self.number,
            record=self.note.record or self.note.fields.get("title", ""),
            event=event_title(self.note.kind, self.note.event, words),
        )


def record_pasted(session: Session, file: str, given: Given) -> None:
    """Record the blocks of a message in the order of their times; what is recorded already is told."""
    desk, words = session.desk(), session.language
    raw = bytes_given(session, file, N_("Paste the message; {end} ends it."))
    new: list[PastedNote] = []
    for pasted in _pasted(desk, _text(raw)):
        if is_recorded(desk, pasted.note) or pasted.note in [other.note for other in new]:
            said = words.text(N_("Recorded already: {block}"), block=pasted.told(words))
            session.console.print(Text(said), soft_wrap=True)
        else:
            new.append(pasted)
    _judge(session, desk, new)
    if given["dry_run"]:
        said = N_("{number} step would be recorded; nothing was written.")
        many = "{number} steps would be recorded; nothing was written."
        session.console.print(Text(words.plural(said, many, len(new))))
        return
    for pasted in new:
        entry = pasted.note.entry()
        typed = {
            option_name(field): pasted.typed.get(field.key)
            for field in fields_of(pasted.note.kind, pasted.note.event) or ()
        }
        name = f"{pasted.note.by} {person_called(desk.records, pasted.note.by, words)}"
        meant = (
            words.text(N_("Done by: {person}"), person=name),
            *meant_told(desk, pasted.note.kind, entry, typed, words),
        )
        recorded = record_note(desk, pasted.note)
        show_recorded(session, desk, recorded, (*meant, *word_told(desk, entry, words)))
    if new:
        said = words.text(
            N_("Who did it and when is what the block says: its checksum proves no author.")
        )
        session.console.print(Text(said), soft_wrap=True)
        push_if_asked(session, desk, {"push": given["push"], "commit": True})


def _text(raw: bytes) -> str:
    """A message in UTF-8, or as a Chinese Windows saves it."""
    if len(raw) > _LARGEST:
        raise UsageRefusal(
            N_("What was pasted is longer than {limit} bytes."),
            mend=N_("Copy the message in the chat, and paste it."),
            limit=_LARGEST,
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageRefusal(
        N_("What was pasted is no text: it is neither UTF-8 nor GB 18030."),
        mend=N_("Copy the message in the chat, and paste it."),
    )


def _pasted(desk: Desk, text: str) -> Sequence[PastedNote]:
    """The notes of a message, the earliest first; refused with all that is wrong in any of them."""
    notes: list[PastedNote] = []
    refused: list[Refusal] = []
    for number, block in enumerate(blocks_in(text), 1):
        try:
            note = FieldNote.parsed(_as_recorded(desk, block.said))
        except SeveralRefused as several:
            refused += several.refused
        except Refusal as refusal:
            refused.append(refusal)
        else:
            notes.append(PastedNote(number, note, block.said))
    if refused:
        raise SeveralRefused(
            N_("What was pasted cannot be recorded as it is; nothing was written."), tuple(refused)
        )
    return sorted(notes, key=lambda pasted: parse_instant(pasted.note.at))


def _judge(session: Session, desk: Desk, new: Sequence[PastedNote]) -> None:
    """Judge every step after those before it; refused, with the block that is meant, where one may not be."""
    texts: dict[str, bytes] = {}
    for pasted in new:
        try:
            path = path_noted(desk, pasted.note)
            opens = pasted.note.event == OPENED
            before = b"" if opens else texts.get(path) or stored_bytes(desk, path)
            texts[path] = draft_note(desk, pasted.note, before).raw
        except Refusal:
            said = session.language.text(
                N_("Stopped at {step}."), step=pasted.told(session.language)
            )
            session.errors.print(Text(said), soft_wrap=True)
            raise


def _as_recorded(desk: Desk, said: Mapping[str, str]) -> dict[str, Any]:
    """What a block says with whom and what it names as records name them, as commands take names too."""
    kind = KINDS.get((said.get("ticket") or said.get("record", ""))[:1].upper(), "ticket")
    event = event_called(kind, said.get("event", ""))
    named = {
        field.key: _named(desk, field, said[field.key])
        for field in fields_of(kind, event) or ()
        if said.get(field.key)
    }
    by = said.get("by", "")
    return {**said, "event": event, "by": called(desk.records, RECORDER, by) if by else ""} | named


def _named(desk: Desk, field: Field, text: str) -> Any:
    kind = field.kind
    if kind.thing is Thing.SEVERITY:
        return severity_named(desk.records, text)
    if kind.choices:
        return word_called(kind, text)
    if kind.thing not in DEFINED:
        return text
    if kind.several:
        return [called(desk.records, kind, part) for part in parts_of(text)]
    return called(desk.records, kind, text)
