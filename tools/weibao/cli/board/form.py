"""A step's form on the board: what its event asks for, when, by whom, and a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Select, Static

from weibao.cli.framework.refusing import refusal_text
from weibao.language import N_
from weibao.model.field_kinds import Form
from weibao.refusal import Refusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from weibao.cli.board.watching import Watch
    from weibao.cli.steps.coming import Question
    from weibao.language import Language
    from weibao.model.events import Event, Field
    from weibao.model.ticket import Ticket
    from weibao.workspace.suggestions.asked import Offer

FORM_KEYS = N_("Tab next · Enter record (Ctrl-S anywhere) · Esc back")
MISSING = N_("Still needed: {fields}")
OPTIONAL = N_("{field} (may be left out)")


class Several(OptionList):
    """A list of which several may be chosen; a mark says which, not a colour alone."""

    def __init__(self, offers: tuple[Offer, ...], name: str) -> None:
        """Nothing is chosen at first."""
        super().__init__(id=name)
        self._offers = offers
        self.chosen: tuple[str, ...] = ()
        self.add_options(Text(f"[ ] {offer.title}") for offer in offers)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Choose it, or leave it again."""
        message.stop()
        offer = self._offers[message.option_index]
        taken = offer.value not in self.chosen
        self.chosen = tuple(
            known.value
            for known in self._offers
            if (taken if known is offer else known.value in self.chosen)
        )
        mark = "x" if taken else " "
        self.replace_option_prompt_at_index(message.option_index, Text(f"[{mark}] {offer.title}"))


class FormScreen(Screen["str | None"]):
    """The form of a step; it returns what the recording said, None where nothing was recorded."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave"),
        Binding("ctrl+s", "record", priority=True),
    ]

    def __init__(self, watch: Watch, ticket: Ticket, event: Event) -> None:
        """Ask for what ``event`` needs on ``ticket``."""
        super().__init__()
        self._watch = watch
        self._ticket = ticket
        self._event = event
        self._questions: tuple[Question, ...] = ()
        self._recording = False

    @property
    def _words(self) -> Language:
        return self._watch.session.language

    def compose(self) -> ComposeResult:
        """The ticket and the step, the form, what is wrong with it, the keys."""
        step = event_title("ticket", self._event.name, self._words)
        heading = f"{step}  {self._ticket.id}  {plain(self._ticket.title)}"
        yield Static(Text(heading), classes="title")
        yield VerticalScroll(id="form", can_focus=False)
        yield Static(id="refused")
        yield Static(self._words.text(FORM_KEYS), classes="keys")

    def on_mount(self) -> None:
        """Read what may be offered."""
        self.app.run_worker(self._read, thread=True)

    def action_leave(self) -> None:
        """Go back; but a commit that is being made is waited for, so that its end is told."""
        if not self._recording:
            self.dismiss(None)

    def _read(self) -> None:
        try:
            questions = self._watch.questions(self._ticket.id, self._event)
        except Refusal as refusal:
            self.app.call_from_thread(self._refused, refusal)
        else:
            self.app.call_from_thread(self._ask, questions)

    def _ask(self, questions: tuple[Question, ...]) -> None:
        if not self.is_attached:
            return
        self._questions = questions
        words = self._words
        lines: list[Widget] = []
        for question in questions:
            name = _label(question.field, words)
            label = name if question.field.required else words.text(OPTIONAL, field=name)
            lines += [Label(label), _answering(question, words)]
        note = Input(id="note")
        required = [at for at, question in enumerate(questions) if question.field.required]
        first = lines[2 * required[0] + 1] if required else note
        lines += [
            Label(words.text(N_("Note"))),
            note,
            Label(words.text(N_("When: now, 09:12, -20m"))),
            Input("now", id="when"),
            Label(words.text(N_("By: whoever git says you are, or a person's id"))),
            Input(id="by"),
        ]
        self.query_one("#form").mount_all(lines)
        self.call_after_refresh(first.focus)

    def on_input_submitted(self) -> None:
        """Enter in a line of the form."""
        self.action_record()

    def action_record(self) -> None:
        """Record the step, where all is there that it needs."""
        if self._recording or not self.query("#note"):
            return
        answers = {question.field.key: self._answer(question) for question in self._questions}
        missing = [question.field for question in self._questions if question.field.required]
        missing = [field for field in missing if not answers[field.key]]
        if missing:
            fields = self._words.listing(_label(field, self._words) for field in missing)
            self._tell(Text(self._words.text(MISSING, fields=fields)))
            self.query_one(f"#field-{missing[0].key}").focus()
            return
        said = {name: self.query_one(f"#{name}", Input).value.strip() for name in ("note", "by")}
        when = self.query_one("#when", Input).value.strip() or "now"
        self._recording = True
        self._tell(Text(self._words.text(N_("Recording …"))))
        self.app.run_worker(partial(self._record, answers, {"when": when, **said}), thread=True)

    def _record(self, answers: dict[str, Any], said: dict[str, str]) -> None:
        try:
            told = self._watch.record(self._ticket.id, self._event, answers, **said)
        except Refusal as refusal:
            self.app.call_from_thread(self._refused, refusal)
        else:
            self.app.call_from_thread(self.dismiss, told)

    def _answer(self, question: Question) -> Any:
        widget = self.query_one(f"#field-{question.field.key}")
        if isinstance(widget, Select):
            return None if widget.is_blank() else widget.value
        if isinstance(widget, Several):
            return widget.chosen
        return widget.value.strip() if isinstance(widget, Input) else None

    def _refused(self, refusal: Refusal) -> None:
        self._recording = False
        self._tell(refusal_text(refusal, self._words))

    def _tell(self, text: Text) -> None:
        if self.is_attached:
            told = self.query_one("#refused", Static)
            told.update(text)
            told.add_class("shown")


def _label(field: Field, words: Language) -> str:
    return words.pick({"zh": field.zh, "en": field.en})


def _answering(question: Question, words: Language) -> Widget:
    """What a field is answered with: a choice where something can be offered, else a line."""
    name = f"field-{question.field.key}"
    if question.field.kind.several:
        return Several(question.offers, name)
    if question.offers:
        only = (
            question.offers[0].value
            if len(question.offers) == 1 and question.field.required
            else Select.NULL
        )
        choices = [(Text(offer.title), offer.value) for offer in question.offers]
        return Select(choices, prompt=words.text(N_("choose …")), value=only, id=name)
    if question.field.kind.form is Form.NUMBER:
        return Input("1", type="integer", id=name)
    return Input(id=name)
