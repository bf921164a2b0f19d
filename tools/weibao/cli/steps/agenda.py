"""What ``weibao ticket`` shows alone: my open tickets, and the step that each waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from weibao.cli.framework.author import whoever_records
from weibao.language import N_
from weibao.refusal import Exit, Refusal
from weibao.render.terminal.layout import new_table
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.workspace.suggestions.agenda import agenda, owned_by
from weibao.workspace.suggestions.live import live_files

if TYPE_CHECKING:
    from rich.table import Table

    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.suggestions.agenda import Due


def show_agenda(session: Session) -> None:
    """Print the open tickets of whoever asks, or all where none is theirs.

    A ticket that cannot be read may be one of them: it is named, and the command ends with the code
    for findings.
    """
    desk, words = session.desk(), session.language
    files = live_files(desk.root)
    tickets = (file.value for file in files if file.value is not None)
    _show(session, desk, agenda(tickets, desk.records, desk.now))
    damaged = [file.path for file in files if file.value is None]
    if damaged:
        said = words.text(
            N_("These tickets cannot be read: {paths}. See: weibao check"),
            paths=words.listing(plain(path) for path in damaged),
        )
        session.errors.print(Text(said, style="bold red"), soft_wrap=True)
        raise click.exceptions.Exit(Exit.FINDINGS)


def _show(session: Session, desk: Desk, every: tuple[Due, ...]) -> None:
    words = session.language
    try:
        me = whoever_records(desk)
    except Refusal:
        me = ""
    mine = owned_by(every, me)
    if not mine:
        session.console.print(Text(words.text(N_("No ticket is open."))))
        return
    owners = {due.state.owner for due in mine}
    heading = N_("My open tickets") if me and owners == {me} else N_("Open tickets")
    session.console.print(_table(mine, desk, words, words.text(heading)))


def _table(dues: tuple[Due, ...], desk: Desk, words: Language, heading: str) -> Table:
    table = new_table(heading)
    for name in (N_("Ticket"), N_("Lvl"), N_("Next step"), N_("Deadline")):
        table.add_column(words.text(name), no_wrap=True)
    table.add_column(words.text(N_("Title")), ratio=1)
    for due in dues:
        step = Text(f"{event_title('ticket', due.step.name, words)}  {due.step.verb}")
        table.add_row(
            Text(due.ticket.id),
            Text(str(due.state.severity or "–")),
            step,
            _deadline(due, desk, words),
            Text(plain(due.ticket.title)),
        )
    return table


def _deadline(due: Due, desk: Desk, words: Language) -> Text:
    if due.deadline is None or due.deadline.due is None:
        return Text("–")
    when = due.deadline.due
    facts = {
        "target": words.term("target", due.deadline.target),
        "due": words.moment(when, desk.records.contract.zone, pattern="MM-dd HH:mm"),
        "away": words.duration(when - desk.now),
    }
    if when < desk.now:
        late = words.text(N_("{target} {due} (overdue {away})"), **facts)
        return Text(late, style="bold red")
    return Text(words.text(N_("{target} {due} ({away} left)"), **facts))
