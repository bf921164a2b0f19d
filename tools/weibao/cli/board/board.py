"""The live board of ``weibao status --watch``: drawing, keys, and the second that goes by.

Reading and judging go on off the thread that draws. Between two Books the countdown alone moves: the
records are judged again when HEAD moves, when a due time has passed, and every half minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import DataTable, Static

from weibao.cli.board.form import FormScreen
from weibao.cli.board.screens import ReadingScreen, StepsScreen
from weibao.cli.framework.refusing import refusal_text
from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.terminal import board_text
from weibao.render.terminal import book as terminal
from weibao.render.terminal.board import board_rows
from weibao.render.terminal.due import due_table
from weibao.report.due.due import due
from weibao.report.headline import doubted_tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Resize

    from weibao.cli.board.watching import Watch
    from weibao.model.events import Event
    from weibao.render.terminal.board import BoardRow
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem

LOW = 18
"""Lines of a terminal under which the chosen ticket is not told in full."""

KEYS = N_("↑↓ choose · Enter explain · n next step · d due · r refresh · ? help · q quit")
HELP = N_(
    """The board shows the open tickets by the harm they do, then by time left.

Left      time to the next deadline; −0:15:00 is a quarter of an hour too late
Update    time until the customer must hear something again

✗ too late · ! three quarters of the time are gone · ▸ running · – no clock runs

↑ ↓       choose a ticket (also j and k, Home and End)
Enter, e  how each verdict on it was reached
n         record its next step
d         all that is due, with the command for each
r         read the records again
q         leave

The times go by every second. The records are read again as soon as there is a new commit."""
)


class Board(App[None]):
    """The application: the board, and what lies over it."""

    CSS_PATH = "board.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, watch: Watch, book: Book) -> None:
        """Show ``book`` first, and from then on what ``watch`` reads."""
        super().__init__(ansi_color=True)
        self.title = "Weibao"
        self.theme = "ansi-dark"
        self.board = BoardScreen(watch, book)

    def on_mount(self) -> None:
        """Lay out the board."""
        self.push_screen(self.board)

    def action_help_quit(self) -> None:
        """Ctrl-C leaves, as everywhere."""
        self.exit()


class BoardScreen(Screen[None]):
    """The board itself."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("e,enter", "explain"),
        Binding("n", "step"),
        Binding("d", "due"),
        Binding("r", "look"),
        Binding("question_mark", "help"),
        Binding("q", "app.quit"),
        Binding("j", "move(1)"),
        Binding("k", "move(-1)"),
    ]

    def __init__(self, watch: Watch, book: Book) -> None:
        """Show ``book`` first, and from then on what ``watch`` reads."""
        super().__init__()
        self.clone = watch
        self.book = book
        self.rows: tuple[BoardRow, ...] = ()
        self.items = due(book, book.as_of)
        self.columns: tuple[str, ...] = ()
        self._looking = False

    def compose(self) -> ComposeResult:
        """The lines above, the table, the chosen ticket, the keys."""
        words = self.clone.session.language
        for name in ("heading", "summary", "duty", "past", "next", "trouble"):
            yield Static(id=name)
        yield DataTable(cursor_type="row", cell_padding=0)
        yield Static("✓ " + words.text(N_("No ticket is open.")), id="empty")
        yield Static(id="details")
        yield Static(words.text(KEYS), classes="keys")

    def on_mount(self) -> None:
        """Let the time go by."""
        self.set_interval(1, self.tick)

    def on_resize(self, event: Resize) -> None:
        """Other columns may fit."""
        self.set_class(event.size.height < LOW, "low")
        self.show_book(self.book, self.items)

    # What is shown

    def show_book(self, book: Book, items: tuple[DueItem, ...]) -> None:
        """Put a Book on the board, and what is due of it; whichever ticket was chosen stays so."""
        chosen = self.chosen
        self.book, self.rows, self.items = book, board_rows(book), items
        self._fill_table()
        ids = [row.ticket.id for row in self.rows]
        table = self.query_one(DataTable)
        if chosen is not None and chosen.ticket.id in ids:
            table.move_cursor(row=ids.index(chosen.ticket.id))
        table.set_class(not ids, "hidden")
        calm = not ids and not doubted_tickets(self.book)
        self.query_one("#empty").set_class(calm, "shown")
        words = self.clone.session.language
        self._line("summary", terminal.summary(book, self.items, words))
        self._line("duty", board_text.duty_line(book, words))
        self._tell_time()

    def _fill_table(self) -> None:
        """The rows anew, in columns as wide as what stands in them; the title takes the rest."""
        table, words = self.query_one(DataTable), self.clone.session.language
        now = self.clone.clock()
        columns = board_text.columns_for(self.size.width)
        lines = [
            [board_text.cell(self.book, row, column, now, words) for column in columns]
            for row in self.rows
        ]
        headings = [Text(words.text(column)) for column in columns]
        widths = [
            max(cell.cell_len for cell in column) + 1
            for column in zip(headings, *lines, strict=True)
        ]
        widths[-1] = max(8, self.size.width - sum(widths[:-1]) - 1)
        table.clear(columns=True)
        for column_key, heading, width in zip(columns, headings, widths, strict=True):
            table.add_column(heading, key=column_key, width=width)
        for row, line in zip(self.rows, lines, strict=True):
            table.add_row(*line, key=row.ticket.id)
        self.columns = columns

    def tick(self) -> None:
        """A second has gone by: count down, and see whether the Book still holds."""
        self._tell_time()
        self._look(judge=self.clone.is_overtaken(self.book, self.items))

    @property
    def chosen(self) -> BoardRow | None:
        """The row that the cursor is on; None on an empty board."""
        at = self.query_one(DataTable).cursor_row
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _tell_time(self) -> None:
        """Everything that changes with the clock, of the rows that are in sight."""
        words, now = self.clone.session.language, self.clone.clock()
        table = self.query_one(DataTable)
        first = max(0, int(table.scroll_y) - 1)
        for row in self.rows[first : first + table.size.height + 2]:
            for column_key in board_text.TICKING.intersection(self.columns):
                told = board_text.cell(self.book, row, column_key, now, words)
                table.update_cell(row.ticket.id, column_key, told)
        self._line("heading", board_text.heading(self.book, now, words))
        self._line("past", board_text.past_line(self.book, self.items, now, words))
        self._line("next", board_text.next_line(self.book, self.items, now, words))
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        words, now = self.clone.session.language, self.clone.clock()
        row = self.chosen
        self.query_one("#details").set_class(row is None, "hidden")
        if row is not None:
            self._line("details", board_text.details(self.book, row, now, words))

    def on_data_table_row_highlighted(self) -> None:
        """Another ticket was chosen."""
        self._tell_chosen()

    def on_data_table_row_selected(self) -> None:
        """Enter, or a click on the chosen ticket."""
        self.action_explain()

    def _line(self, name: str, text: Text) -> None:
        # Assembled, a style is one of Rich's spans: its yellow is the terminal's, not Textual's.
        self.query_one(f"#{name}", Static).update(Text.assemble(text))

    # What is read

    def action_look(self) -> None:
        """Read and judge now."""
        self._look(judge=True)

    @work(thread=True)
    def _look(self, *, judge: bool) -> None:
        """See whether HEAD has moved; read and judge if so, or if it is time."""
        if self._looking:
            return
        self._looking = True
        try:
            book = self.clone.book() if judge or self.clone.moved() else None
            if book is not None:
                self.app.call_from_thread(self._looked, book, due(book, book.as_of))
        except Refusal as refusal:
            self.app.call_from_thread(self._trouble, refusal)
        finally:
            self._looking = False

    def _looked(self, book: Book, items: tuple[DueItem, ...]) -> None:
        self.query_one("#trouble").remove_class("shown")
        self.show_book(book, items)

    def _trouble(self, refusal: Refusal) -> None:
        """The records cannot be read now: what is shown stays, and says of when it is."""
        words = self.clone.session.language
        when = words.moment(self.book.as_of, self.book.zone, pattern="HH:mm:ss")
        said = words.text(N_("Shown as of {when}."), when=when)
        self._line("trouble", Text.assemble(refusal_text(refusal, words), " ", said))
        self.query_one("#trouble").add_class("shown")

    # Keys

    def action_move(self, by: int) -> None:
        """Choose the next ticket, or the one before."""
        table = self.query_one(DataTable)
        table.move_cursor(row=table.cursor_row + by)

    def action_explain(self) -> None:
        """Tell how each verdict on the chosen ticket was reached."""
        row, words = self.chosen, self.clone.session.language
        if row is not None:
            self._lay_over(ReadingScreen(terminal.explain(self.book, row.ticket, words), words))

    def action_due(self) -> None:
        """Show all that is due."""
        words = self.clone.session.language
        self._lay_over(ReadingScreen(due_table(self.book, self.items, words), words))

    def action_help(self) -> None:
        """Say what the keys and the marks mean."""
        words = self.clone.session.language
        self._lay_over(ReadingScreen(Text(words.text(HELP)), words))

    def action_step(self) -> None:
        """Choose a step for the chosen ticket, fill in what it asks for, record it."""
        row = self.chosen
        if row is None:
            return
        ticket = row.ticket

        def chosen(event: Event | None) -> None:
            if event is not None:
                self.app.push_screen(FormScreen(self.clone, ticket, event), self._recorded)

        self._lay_over(StepsScreen(self.clone, ticket), chosen)

    def _lay_over(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Lay a screen over the board, and none of what the board still tells over that."""
        self.app.clear_notifications()
        self.app.push_screen(screen, then)

    def _recorded(self, said: str | None) -> None:
        if said:
            self.notify(said.strip(), timeout=8, markup=False)
            self._look(judge=True)
