"""``weibao ticket batch``: several steps out of a YAML list, one commit each, judged all before any."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.field_values import named_value
from weibao.cli.framework.given_files import bytes_given
from weibao.cli.framework.session import Session, pass_session, the_one
from weibao.cli.framework.step_options import WITH_EDITS
from weibao.cli.framework.translated import Command, argument, option
from weibao.cli.steps.recorded import show_recorded
from weibao.cli.steps.recording import entry_of, push_if_asked
from weibao.language import N_
from weibao.model.events import BY_NAME, event_called
from weibao.model.finding import Unsound
from weibao.model.ids import record_path
from weibao.model.load import read_record
from weibao.model.naming import RECORDER, called
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Exit, Refusal, UsageRefusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.workspace.recording.attachment import read_attachment
from weibao.workspace.recording.recording import (
    append_entry_to,
    draft_entry,
    entry_message,
    read_standing_record,
    stored_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.language import Language
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

_SHARED = ("ticket", "event", "at", "by", "note", "internal")
_EVENTS = tuple(name for name in BY_NAME["ticket"] if name != "opened")
_EMPTY = "R115"
"""The rule that a file with no value in it breaks."""
_AS_IN = N_("As in: {example}")
_EXAMPLE = "- {ticket: 7K3Q9M, event: acknowledged, at: 09:20, by: li-qiang}"


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One item of the list: its line, the ticket as it is named there, and all it says."""

    line: int
    ticket: str
    event: str
    said: Mapping[str, Any]

    def told(self, words: Language) -> str:
        """How the step is named: its line, its ticket, its event."""
        return words.text(
            N_("line {line} ({ticket}, {event})"),
            line=self.line,
            ticket=plain(self.ticket),
            event=event_title("ticket", self.event, words),
        )


@click.command(
    cls=Command,
    help=N_(
        "Record several steps from a YAML list of {ticket, event, at, by, …}, one commit each. "
        "All are judged before the first is written."
    ),
)
@argument(
    "file",
    metavar="[FILE|-]",
    required=False,
    default="-",
    explained=N_("The list; - or nothing is standard input."),
)
@option("--dry-run", is_flag=True, help=N_("Judge the steps, and write nothing."))
@option("--push/--no-push", "push", default=None, help=N_("Push after the last commit."))
@WITH_EDITS
@pass_session
def batch(session: Session, /, file: str, dry_run: bool, push: bool | None) -> None:  # noqa: FBT001
    """Record the steps of a list."""
    desk = session.desk()
    said = N_("The list is read from the keyboard; {end} ends it.")
    steps = _steps(file, bytes_given(session, file, said))
    _tried(session, desk, steps)
    if dry_run:
        said = N_("{number} step would be recorded; nothing was written.")
        many = "{number} steps would be recorded; nothing was written."
        session.console.print(Text(session.language.plural(said, many, len(steps))))
        return
    for index, step in enumerate(steps):
        try:
            one = read_standing_record(desk, _path(desk, step))
            entry, beside = _entry(session, desk, one, step)
            message = entry_message(one, entry)
            recorded = append_entry_to(desk, one.path, entry, message=message, beside=beside)
        except Refusal as refusal:
            raise _stopped(session, steps, index, index, refusal) from None
        show_recorded(session, desk, recorded)
    push_if_asked(session, desk, {"push": push, "commit": True})


def _tried(session: Session, desk: Desk, steps: Sequence[BatchItem]) -> None:
    """Judge every step after those before it; refused where one may not be."""
    texts: dict[str, bytes] = {}
    for index, step in enumerate(steps):
        try:
            path = _path(desk, step)
            before = texts[path] if path in texts else stored_bytes(desk, path)
            if path not in texts:
                read_standing_record(desk, path)
            entry, beside = _entry(session, desk, read_record(path, before), step)
            texts[path] = draft_entry(desk, path, before, entry, beside).raw
        except Refusal as refusal:
            raise _stopped(session, steps, index, 0, refusal) from None


def _stopped(
    session: Session, steps: Sequence[BatchItem], index: int, recorded: int, refusal: Refusal
) -> Refusal:
    """Say which step was refused, and what was recorded and what was not; the refusal, to raise."""
    words = session.language
    said = [words.text(N_("Stopped at {step}."), step=steps[index].told(words))]
    if recorded:
        done = words.listing(step.told(words) for step in steps[:recorded])
        said.append(words.text(N_("Recorded: {steps}"), steps=done))
    left = words.listing(step.told(words) for step in steps[recorded:])
    said.append(words.text(N_("Not recorded: {steps}"), steps=left))
    for line in said:
        session.errors.print(Text(line), soft_wrap=True)
    return refusal


def _path(desk: Desk, step: BatchItem) -> str:
    return record_path(the_one(step.ticket, desk.ticket_ids))


def _entry(
    session: Session, desk: Desk, record_file: RecordFile, step: BatchItem
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The step as an entry, and the file that comes with it."""
    said = step.said
    fields = BY_NAME["ticket"][step.event].fields
    data = {f.key: named_value(desk, record_file, f, said[f.key]) for f in fields if f.key in said}
    beside = {}
    if step.event == "attached" and isinstance(said.get("file"), str):
        attachment = read_attachment(session.directory / said["file"])
        data |= {"file": attachment.path, "sha256": attachment.sha256}
        beside = {attachment.path: attachment.content}
    by = said.get("by", "")
    given = {
        "when": str(said.get("at", "now")),
        "by": called(desk.records, RECORDER, by) if isinstance(by, str) and by else by,
        "note": said.get("note", ""),
        "internal": said.get("internal", False),
    }
    return entry_of(desk, step.event, data, given), beside


def _steps(file: str, raw: bytes) -> tuple[BatchItem, ...]:
    """The steps of the list; refused where it is none, or a step names no ticket and event."""
    text = raw.replace(b"\r\n", b"\n")  # it is no record, and may come out of any editor
    document, findings = read_yaml("stdin" if file == "-" else file, text)
    items = document.data if document else []
    if not isinstance(items, list):
        items = [items]
    if not items and all(finding.code == _EMPTY for finding in findings):
        raise UsageRefusal(
            N_("The list is empty: there is nothing to record."), mend=_AS_IN, example=_EXAMPLE
        )
    if document is None:
        raise Unsound(
            N_("The list cannot be read; nothing was written."),
            findings,
            exit_code=Exit.FINDINGS,
        )
    steps = []
    for index, item in enumerate(items):
        keys = (index,) if isinstance(document.data, list) else ()
        steps.append(_step(item, document.place(keys).line))
    return tuple(steps)


def _step(item: Any, line: int) -> BatchItem:
    """One item of the list as a step; refused with what it lacks, or has and may not have."""
    if not isinstance(item, dict):
        raise _no_step(N_("Line {line}: this is no step; a step has a ticket and an event."), line)
    for key, lacks in (
        ("ticket", N_("Line {line}: the step names no ticket.")),
        ("event", N_("Line {line}: the step names no event.")),
    ):
        if key not in item:
            raise _no_step(lacks, line)
        if not isinstance(item[key], str):
            raise _no_step(N_("Line {line}: “{key}” must be one text, in quotes."), line, key=key)
    named: str = item["event"]
    event = event_called("ticket", named)
    if event not in _EVENTS:
        raise _no_event(event, line)
    known = (*_SHARED, *(field.key for field in BY_NAME["ticket"][event].fields))
    if unknown := [str(key) for key in item if key not in known]:
        raise Refusal(
            N_("Line {line}: a step “{event}” has no key {unknown}."),
            mend=N_("It has: {known}."),
            exit_code=Exit.FINDINGS,
            line=line,
            event=event,
            unknown=unknown,
            known=known,
        )
    return BatchItem(line, item["ticket"], event, item)


def _no_step(message: str, line: int, **facts: object) -> Refusal:
    return Refusal(
        message, mend=_AS_IN, exit_code=Exit.FINDINGS, line=line, example=_EXAMPLE, **facts
    )


def _no_event(found: str, line: int) -> Refusal:
    """There is no such event; the nearest may have been meant."""
    if found == "opened":
        return Refusal(
            N_("Line {line}: a list adds steps to tickets that are there; it opens none."),
            mend=N_("Open it first: weibao ticket open"),
            exit_code=Exit.FINDINGS,
            line=line,
        )
    near = get_close_matches(found, _EVENTS, 1)
    return Refusal(
        N_("Line {line}: there is no event “{event}”."),
        mend=N_("Did you mean {nearest}? The events are {known}.")
        if near
        else N_("The events are {known}."),
        exit_code=Exit.FINDINGS,
        line=line,
        event=found,
        nearest=near,
        known=_EVENTS,
    )
