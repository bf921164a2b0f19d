"""A form as somebody fills it in: its lines out of the table of events, and what was typed in them.

Pure of the web: a line knows what it is called, what is offered for it, what was typed, and what is
wrong with that. The commands read what is typed, so that both take and refuse the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from weibao.cli.framework.refusing import refusal_text
from weibao.cli.prompts.conversation import who
from weibao.cli.steps.settling import settled
from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.events import Field
from weibao.model.field_kinds import Form
from weibao.model.instant import format_instant
from weibao.model.times.when import Tense, parse_when
from weibao.refusal import Refusal
from weibao.render.terminal.book import finding_lines
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain_facts
from weibao.workspace.suggestions.live import coming_step
from weibao.workspace.suggestions.offers import offers_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.finding import Unsound
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.suggestions.asked import Offer

LISTED = 40
"""As many offers as are laid open; of more, typing finds the one."""

WHEN = Field("when", kinds.LINE, "时间", "When", required=False)
BY = Field("by", kinds.PERSON, "记录人", "Who did it", required=False)
INTERNAL = Field(
    "internal", kinds.LINE, "仅内部可见", "Internal: not on the customer's site", required=False
)
REPORTED_AT = Field("reported_at", kinds.LINE, "报障时间", "When it was reported", required=False)
EMERGENCY = Field("emergency", kinds.LINE, "先派人后补单", "People were sent first", required=False)
DISPATCHED_AT = Field(
    "dispatched_at", kinds.LINE, "派出时间", "When they were sent", required=False
)
DISPATCHED_TO = Field("dispatched_to", kinds.PERSON, "派出人员", "Who was sent", required=False)
FROM = Field("window_start", kinds.LINE, "窗口开始", "Window, from")
TO = Field("window_end", kinds.LINE, "窗口结束", "Window, to")

FLAGS = (INTERNAL, EMERGENCY)
TIMES = {
    WHEN: Tense.PAST,
    REPORTED_AT: Tense.PAST,
    DISPATCHED_AT: Tense.PAST,
    FROM: Tense.PLANNED,
    TO: Tense.PLANNED,
}
TIME_HINT = N_("As people say it: now, 09:12, -20m, yesterday 2:30 pm")
PLANNED_HINT = N_("As people say it: tomorrow 22:00, 2026-11-28 22:00")
BY_HINT = N_("If left empty: whoever git says you are.")
SEVERAL_HINT = N_("Several with commas between.")
NEEDED = N_("This is needed.")
FILE_HINT = N_(
    "Pictures (PNG, JPEG, WebP) or PDF documents, up to 5 MiB each and 15 MiB together. Drag them here, or choose them."
)

Typed = dict[str, tuple[str, ...]]
"""What was typed or chosen, by the name of the line."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form.

    Attributes:
        name, label, hint: what it is called, and how it is filled in.
        control: how it looks: ``line``, ``text``, ``choice``, ``find``, ``several``, ``flag`` or ``file``.
        offers: what may be chosen.
        required: whether it must be filled in.
        typed: what stands in it.
        faults: what is wrong with that, a sentence a line.
        numeric: whether a number is expected.
        others: whether what is not offered may be said too.
    """

    name: str
    label: str
    control: str
    offers: tuple[Offer, ...] = ()
    required: bool = False
    hint: str = ""
    typed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    numeric: bool = False
    others: bool = False

    @property
    def value(self) -> str:
        """What stands in a line that takes one thing."""
        return self.typed[0] if self.typed else ""

    @property
    def loose(self) -> tuple[str, ...]:
        """What was typed beside that which is offered."""
        known = {offer.value for offer in self.offers}
        return tuple(value for value in self.typed if value not in known)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form: the name that it has where it is from, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form with what was typed, as the command would have it.

    Attributes:
        lines: as they are shown.
        data: what the record says for the fields of a step.
        given: the options of the command.
    """

    lines: tuple[FormLine, ...]
    data: Mapping[str, Any]
    given: Given

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing wrong with any line."""
        return not any(line.faults for line in self.lines)

    def refused(self, found: Unsound, words: Language) -> tuple[TypedForm, tuple[str, ...]]:
        """The form with each finding at the line that it is about; and what is of no line."""
        names = {line.name for line in self.lines}
        at: dict[str, tuple[str, ...]] = {}
        for finding in found.findings:
            name = next((str(key) for key in reversed(finding.place.keys) if key in names), "")
            if name:
                told = finding_lines(tell(finding, words), words).plain.split("\n")
                at[name] = (*at.get(name, ()), *told)
        lines = tuple(replace(line, faults=at.get(line.name, ())) for line in self.lines)
        return replace(self, lines=lines), told_lines(found, words)


def told_lines(refusal: Refusal, words: Language) -> tuple[str, ...]:
    """What a command would print of a refusal, a line each."""
    return tuple(refusal_text(refusal, words).plain.split("\n"))


def _fault_lines(refusal: Refusal, words: Language) -> tuple[str, ...]:
    """What is wrong with a line, and what to do: that it is refused, its place says."""
    facts = plain_facts(refusal.facts, words)
    said = (refusal.message, refusal.mend)
    return tuple(words.text(sentence, **facts) for sentence in said if sentence)


class TypedLines:
    """What was typed in a form, read line by line; what is refused is kept with its line."""

    def __init__(self, desk: Desk, session: Session, typed: Typed | None) -> None:
        self.desk = desk
        self.words = session.language
        self.session = session
        self.typed = typed
        self.lines: list[FormLine] = []

    def line(
        self, field: Field, offers: tuple[Offer, ...], read: Callable[[tuple[str, ...]], Any]
    ) -> Any:
        """Add a line; what ``read`` makes of that which was typed in it, None where it is refused or empty."""
        line = self._blank(field, offers)
        if self.typed is None:
            self.lines.append(line)
            return None
        typed = tuple(text.strip() for text in self.typed.get(field.key, ()) if text.strip())
        faults: tuple[str, ...] = ()
        value = None
        if typed:
            try:
                value = read(typed)
            except Refusal as refusal:
                faults = _fault_lines(refusal, self.words)
        elif field.required and line.control != "file":
            faults = (self.words.text(NEEDED),)
        self.lines.append(replace(line, typed=typed, faults=faults))
        return value

    def fault(self, name: str, refusal: Refusal) -> None:
        """Keep what is refused of the line ``name``."""
        told = _fault_lines(refusal, self.words)
        self.lines = [
            replace(line, faults=told) if line.name == name else line for line in self.lines
        ]

    def _blank(self, field: Field, offers: tuple[Offer, ...]) -> FormLine:
        """The line of a field before anything is typed in it."""
        words, kind = self.words, field.kind
        only = len(offers) == 1 and field.required and not kind.others
        line = FormLine(
            name=field.key,
            label=words.pick({"zh": field.zh, "en": field.en}),
            control=_control(field, offers),
            offers=offers,
            required=field.required,
            hint="" if offers and not kind.others else kind.example,
            typed=(offers[0].value,) if only else (kind.default,) if kind.default else (),
            numeric=kind.form is Form.NUMBER,
            others=kind.others,
        )
        if field in TIMES:
            planned = TIMES[field] is Tense.PLANNED
            told = PLANNED_HINT if planned else TIME_HINT
            now = (words.text(N_("now")),) if field is WHEN else ()
            return replace(line, hint=words.text(told), typed=now)
        if kind is kinds.ATTACHMENT:
            return replace(line, hint=words.text(FILE_HINT))
        if field.key == BY.key:
            return replace(line, hint=words.text(BY_HINT))
        if line.control == "several" and not offers:
            return replace(line, hint=words.text(SEVERAL_HINT))
        return line


def _control(field: Field, offers: tuple[Offer, ...]) -> str:
    """How a line looks, by the kind of what it takes."""
    kind = field.kind
    if field in FLAGS:
        return "flag"
    if kind is kinds.ATTACHMENT:
        return "file"
    if kind.several:
        return "several"
    if offers:
        return "find" if kind.others or len(offers) > LISTED else "choice"
    return "text" if kind is kinds.TEXT else "line"


def common_lines(
    reading: TypedLines, session: Session, desk: Desk, record_file: RecordFile | None
) -> Given:
    """The lines that every form ends with: when, by whom, and for whom."""
    step = coming_step(desk, "ticket", "updated", record_file, {})
    when = reading.line(WHEN, (), read_time(desk, WHEN, session.language))
    by = reading.line(
        _by(desk),
        offers_for(BY, step, desk.records, session.language),
        read_name(session, desk, "by"),
    )
    internal = reading.line(INTERNAL, (), bool)
    return {
        "when": when or "now",
        "by": by or "",
        "internal": bool(internal),
        "commit": True,
        "push": None,
    }


def _by(desk: Desk) -> Field:
    """Who did it: to be said where git's identity does not tell."""
    return replace(BY, required=bool(who(desk, {"by": ""})))


def first_typed(typed: tuple[str, ...]) -> str:
    """A text as it was typed."""
    return typed[0]


def read_time(desk: Desk, field: Field, words: Language) -> Callable[[tuple[str, ...]], str]:
    """A time as people say it, as records write it; nobody can be asked which day is meant."""

    def read(typed: tuple[str, ...]) -> str:
        said = "now" if typed[0] == words.text(N_("now")) else typed[0]
        if said == "now":
            return said
        instant = parse_when(said, desk.here, TIMES[field])
        return format_instant(instant, desk.records.contract.zone)

    return read


def read_name(session: Session, desk: Desk, name: str) -> Callable[[tuple[str, ...]], Any]:
    """What an option of a writing command names, by the words that people use."""

    def read(typed: tuple[str, ...]) -> Any:
        return settled(session, desk, {name: typed[0]})[name]

    return read


def read_names(session: Session, desk: Desk, name: str) -> Callable[[tuple[str, ...]], Any]:
    """What an option that may be given several times names."""

    def read(typed: tuple[str, ...]) -> Any:
        return settled(session, desk, {name: typed})[name]

    return read
