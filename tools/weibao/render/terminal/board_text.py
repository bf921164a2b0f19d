"""How the board reads: its lines and cells, narrow enough for 40 columns, with a mark for each colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.board import next_promise, outcome_at, past
from weibao.render.terminal.book import MARKS
from weibao.render.terminal.due import HARM_MARKS, called
from weibao.render.words.explain import person_name
from weibao.render.words.plain import plain
from weibao.report.due.due import PROMISED
from weibao.report.due.item import Harm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.render.terminal.board import BoardRow
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem
    from weibao.sla.verdict import Verdict

TWO_DAYS = 2 * 86400
"""From here on nobody counts seconds."""

LEFT, PROMISE, TICKET, LEVEL = N_("Left"), N_("Promise"), N_("Ticket"), N_("Lvl")
UPDATE, STATE, OWNER, TITLE = N_("Update"), N_("State"), N_("Owner"), N_("Title")

NARROW = (LEFT, TICKET, TITLE)
USUAL = (LEFT, PROMISE, TICKET, LEVEL, UPDATE, TITLE)
WIDE = (LEFT, PROMISE, TICKET, LEVEL, UPDATE, STATE, OWNER, TITLE)
TICKING = frozenset({LEFT, UPDATE})
"""The columns that change with every second."""


def columns_for(width: int) -> tuple[str, ...]:
    """The headings (message ids) of the columns that fit ``width`` cells; the title is the last."""
    if width < 64:
        return NARROW
    return USUAL if width < 110 else WIDE


def cell(book: Book, row: BoardRow, column: str, now: Instant, words: Language) -> Text:
    """What stands in a column of a row at the instant ``now``."""
    if column == LEFT:
        return _left(row, now, words)
    if column == UPDATE:
        return _counted(row.silence, now, words)
    if column == TITLE:
        return Text(plain(row.title), no_wrap=True, overflow="ellipsis")
    state = row.state
    facts = {
        PROMISE: words.term("target", row.deadline.target) if row.deadline else "",
        TICKET: row.ticket.id.rpartition("-")[2],
        LEVEL: str(state.severity or ""),
        STATE: words.term("state", state.state),
        OWNER: plain(person_name(book, state.owner, words)),
    }
    return Text(facts[column] or "–")


def heading(book: Book, now: Instant, words: Language) -> Text:
    """Whose board it is, and what time it is in the contract's zone."""
    name = plain(words.pick(book.records.contract.names))
    clock = words.moment(now, book.zone, pattern="MM-dd HH:mm:ss")
    return Text.assemble((clock, "bold"), f"  {name}", no_wrap=True, overflow="ellipsis")


def duty_line(book: Book, words: Language) -> Text:
    """Who is on duty, on which rota, until when."""
    if not book.on_duty:
        return Text(words.text(N_("Nobody is on duty.")), style="bold red")
    spans = []
    for span in book.on_duty:
        person = plain(person_name(book, span.person, words))
        if span.instead_of:
            away = plain(person_name(book, span.instead_of, words))
            person = words.text(N_("{person} (instead of {away})"), person=person, away=away)
        until = words.moment(span.end, book.zone, pattern="MM-dd HH:mm")
        spans.append(
            words.text(
                N_("{rota} {person} until {until}"),
                rota=words.term("role", span.rota),
                person=person,
                until=until,
            )
        )
    return Text(words.text(N_("On duty: {people}"), people=" · ".join(spans)))


def past_line(book: Book, items: Iterable[DueItem], now: Instant, words: Language) -> Text:
    """What should have been done by now, the gravest first, as much as a line has room for."""
    told = [_past(book, item, now, words) for item in past(items, now)]
    if not told:
        return Text(words.text(N_("Nothing is past due.")), style="dim")
    return Text(" · ", no_wrap=True, overflow="ellipsis").join(told)


def _past(book: Book, item: DueItem, now: Instant, words: Language) -> Text:
    mark, style = HARM_MARKS[Harm.BROKEN if item.kind in PROMISED else item.harm]
    time = countdown(now - item.instant, words)
    return Text(f"{mark} {called(book, item, words, short=True)} {time}", style=style)


def next_line(book: Book, items: Iterable[DueItem], now: Instant, words: Language) -> Text:
    """The promise that falls due next, and how long that is."""
    item = next_promise(items, now)
    if item is None:
        return Text(words.text(N_("No promise is running.")), style="dim")
    mark, style = HARM_MARKS[item.harm]
    told = words.text(
        N_("Next: {what}, {time} left"),
        what=called(book, item, words, short=True),
        time=countdown(item.instant - now, words),
    )
    return Text(f"{mark} {told}", style=style, no_wrap=True, overflow="ellipsis")


def details(book: Book, row: BoardRow, now: Instant, words: Language) -> Text:
    """The chosen ticket in full: what it is, its next deadline, its next update, its title."""
    return Text("\n").join(_details(book, row, now, words))


def countdown(seconds: int, words: Language) -> str:
    """``1:02:03``; whole days in words; a minus sign before what is past."""
    away = abs(seconds)
    if away >= TWO_DAYS:
        text = words.duration(away - away % 86400)
    else:
        text = f"{away // 3600}:{away // 60 % 60:02}:{away % 60:02}"
    return f"−{text}" if seconds < 0 else text


def _left(row: BoardRow, now: Instant, words: Language) -> Text:
    if row.deadline is not None:
        return _counted(row.deadline, now, words)
    if row.state.paused:
        return Text(f"– {words.text(N_('paused'))}", style="dim")
    return Text(f"– {words.term('state', row.state.state)}", style="dim")


def _counted(verdict: Verdict | None, now: Instant, words: Language) -> Text:
    if verdict is None or verdict.due is None:
        return Text("–", style="dim")
    mark, style = MARKS[outcome_at(verdict, now)]
    return Text(f"{mark} {countdown(verdict.due - now, words)}", style=style)


def _details(book: Book, row: BoardRow, now: Instant, words: Language) -> Iterator[Text]:
    ticket, state = row.ticket, row.state
    facts = [ticket.id, words.term("ticket_kind", ticket.kind)]
    if state.severity:
        facts.append(words.text(N_("severity {severity}"), severity=state.severity))
    facts.append(words.term("state", state.state))
    if state.paused:
        facts.append(words.text(N_("paused")))
    if state.owner:
        facts.append(plain(person_name(book, state.owner, words)))
    yield Text(" · ".join(facts), style="bold")
    if row.deadline is not None and row.deadline.due is not None:
        target = words.term("target", row.deadline.target)
        yield _due(book, row.deadline, target, now, words)
    if row.silence is not None:
        heard = _silent_for(row, now, words)
        if row.silence.due is None:
            said = words.text(N_("the customer has heard nothing for {time}"), time=heard)
            yield Text(f"– {said}", style="dim")
        else:
            told = words.text(N_("next update (silent for {time})"), time=heard)
            yield _due(book, row.silence, told, now, words)
    yield Text(plain(row.title))  # the last: it stands in the table too, and may be long


def _due(book: Book, verdict: Verdict, what: str, now: Instant, words: Language) -> Text:
    due = verdict.due or 0
    mark, style = MARKS[outcome_at(verdict, now)]
    away = words.duration(abs(due - now))
    left = (
        words.text(N_("{time} left"), time=away)
        if due >= now
        else words.text(N_("{time} late"), time=away)
    )
    when = words.moment(due, book.zone, pattern="MM-dd HH:mm")
    told = words.text(N_("{what}: due {when}, {left}"), what=what, when=when, left=left)
    return Text(f"{mark} {told}", style=style)


def _silent_for(row: BoardRow, now: Instant, words: Language) -> str:
    since = row.silence.start if row.silence else None
    away = max(0, now - (now if since is None else since))
    return words.duration(away - away % (3600 if away >= 3600 else 60))
