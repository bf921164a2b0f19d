"""What lies over the board for a while: pages to read, and the choice of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from weibao.cli.framework.refusing import refusal_text
from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.app import ComposeResult

    from weibao.cli.board.watching import Watch
    from weibao.language import Language
    from weibao.model.events import Event
    from weibao.model.ticket import Ticket

READING_KEYS = N_("↑↓ PgUp PgDn scroll · Esc back")
CHOOSING_KEYS = N_("↑↓ choose · Enter go on · Esc back")


class ReadingScreen(Screen[None]):
    """A page that is longer than the terminal is high."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q,e,enter", "dismiss"),
        Binding("j", "scroll(1)"),
        Binding("k", "scroll(-1)"),
    ]

    def __init__(self, page: RenderableType, words: Language) -> None:
        """Show ``page`` from its beginning."""
        super().__init__()
        self._page = page
        self._words = words

    def compose(self) -> ComposeResult:
        """The page and the keys."""
        with VerticalScroll(id="page"):
            yield Static(self._page)
        yield Static(self._words.text(READING_KEYS), classes="keys")

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)


class StepsScreen(Screen["Event | None"]):
    """The steps that may be recorded of a ticket now; it returns the one that was chosen."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q", "dismiss"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def __init__(self, watch: Watch, ticket: Ticket) -> None:
        """Offer the steps of ``ticket``."""
        super().__init__()
        self._watch = watch
        self._ticket = ticket
        self._steps: tuple[Event, ...] = ()

    def compose(self) -> ComposeResult:
        """The ticket, the steps, the keys."""
        words = self._watch.session.language
        heading = f"{self._ticket.id}  {plain(self._ticket.title)}"
        yield Static(Text(heading), classes="title")
        yield OptionList(compact=True)
        yield Static(id="refused")
        yield Static(words.text(CHOOSING_KEYS), classes="keys")

    def on_mount(self) -> None:
        """Read the ticket as it stands in the clone."""
        self.app.run_worker(self._read, thread=True)

    def _read(self) -> None:
        try:
            steps = self._watch.steps(self._ticket.id)
        except Refusal as refusal:
            self.app.call_from_thread(self._refused, refusal)
        else:
            self.app.call_from_thread(self._offer, steps)

    def _refused(self, refusal: Refusal) -> None:
        if self.is_attached:
            told = self.query_one("#refused", Static)
            told.update(refusal_text(refusal, self._watch.session.language))
            told.add_class("shown")

    def _offer(self, steps: tuple[Event, ...]) -> None:
        if not self.is_attached:
            return
        self._steps = steps
        words, offered = self._watch.session.language, self.query_one(OptionList)
        verbs = max((len(event.verb) for event in steps), default=0)
        offered.add_options(
            Option(
                Text(f"{event.verb:<{verbs}}  {event_title('ticket', event.name, words)}"),
                id=event.name,
            )
            for event in steps
        )
        offered.highlighted = 0 if steps else None
        offered.focus()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """A step was chosen."""
        self.dismiss(self._steps[message.option_index])

    def action_down(self) -> None:
        """The next step."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """The step before."""
        self.query_one(OptionList).action_cursor_up()
