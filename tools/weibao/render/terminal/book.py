"""How a Book reads in a terminal: tables and sentences, safe to print and narrow enough to read.

Colour is never the only sign: each outcome has a mark and a word besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.operations.visits import visits_by_evidence
from weibao.render.terminal.due import due_table
from weibao.render.terminal.finding_pieces import STYLES, finding_pieces, findings_pieces
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.terminal.told_whole import told_whole
from weibao.render.words.due import roughly
from weibao.render.words.explain import hand_check, person_name, reading_order, stamp, story
from weibao.render.words.findings import event_title, example, in_general, tell
from weibao.render.words.headline import sentence_told
from weibao.render.words.lengths import counted, overrun
from weibao.render.words.names import promise_called
from weibao.render.words.plain import plain
from weibao.render.words.when import due_when, when
from weibao.report.due.due import brief, open_by_harm, others_past
from weibao.report.headline import Mood, doubted_tickets, headline
from weibao.sla.figures import kept_of, outcomes_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.model.closing import MonthClose
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.render.words.findings import FindingText
    from weibao.report.book import Book
    from weibao.report.breaches import Breach
    from weibao.report.closed_months import Restated
    from weibao.report.due.item import DueItem
    from weibao.rules.rule import Rule
    from weibao.sla.verdict import Verdict

MARKS = {
    Outcome.MET: ("✓", "green"),
    Outcome.BREACHED: ("✗", "bold red"),
    Outcome.RUNNING: ("▸", "cyan"),
    Outcome.AT_RISK: ("!", "bold yellow"),
    Outcome.WAIVED: ("–", "dim"),
    Outcome.CANCELLED: ("–", "dim"),
    Outcome.UNDETERMINED: ("?", "bold magenta"),
}

MOOD_MARKS = {
    Mood.BAD: ("✗", "bold red"),
    Mood.RISK: ("!", "bold yellow"),
    Mood.UNKNOWN: ("?", "bold yellow"),
    Mood.NOTE: ("▸", "cyan"),
    Mood.CALM: ("✓", "green"),
}


def status(
    book: Book, items: tuple[DueItem, ...], words: Language, *, whole: bool
) -> RenderableType:
    """What is due (the first of it, unless the ``whole`` is asked for), open tickets, who is on duty."""
    told, more = (items, 0) if whole else brief(items)
    rest = words.plural(
        N_("{number} more thing is due: weibao status --all"),
        "{number} more things are due: weibao status --all",
        more,
    )
    return Group(
        Text(words.text(N_("Status as of {stamp}"), stamp=stamp(book)), style="dim"),
        summary(book, items, words),
        Text(),
        due_table(book, told, words),
        *([Text(rest, style="dim"), Text()] if more else [Text()]),
        _open_tickets(book, words),
        Text(),
        _on_duty(book, words),
    )


def summary(book: Book, items: Sequence[DueItem], words: Language) -> Text:
    """The headline, a sentence a line, and how many tickets are open and things to be seen to."""
    lines = [
        Text(f"{mark} {sentence_told(sentence, book.records, words)}", style=style)
        for sentence in headline(book).sentences
        for mark, style in [MOOD_MARKS[sentence.mood]]
    ]
    parts = [
        words.plural(N_("{number} ticket open"), "{number} tickets open", len(book.open_tickets))
    ]
    if others := others_past(items):
        one, many = N_("{number} other thing to see to"), N_("{number} other things to see to")
        parts.append(words.plural(one, many, others))
    return Text("\n").join([*lines, Text("  " + " · ".join(parts), style="dim")])


def _open_tickets(book: Book, words: Language) -> RenderableType:
    tickets = open_by_harm(book)
    if not tickets and (doubtful := doubted_tickets(book)):
        told = N_("What these tickets promise is not known: {tickets}. See: weibao check")
        return Text(words.text(told, tickets=words.listing(map(plain, doubtful))))
    if not tickets:
        return Text(words.text(N_("No ticket is open.")))
    table = new_table(words.text(N_("Open tickets")))
    for heading in (N_("Ticket"), N_("Lvl"), N_("State"), N_("Owner"), N_("Next deadline")):
        table.add_column(words.text(heading), no_wrap=heading == "Ticket")
    table.add_column(words.text(N_("Title")), ratio=1)
    for ticket in tickets:
        state = book.states[ticket.id]
        table.add_row(
            Text(ticket.id),
            Text(str(state.severity or "–")),
            Text(_stands(state, words, "\n")),
            Text(_person(book, state.owner, words)),
            _deadline(book, ticket, words),
            Text(plain(ticket.title)),
        )
    return table


def _stands(state: RecordState[Dated], words: Language, between: str = " ") -> str:
    """Where a ticket stands, and whether its clocks stand still."""
    paused = words.text(N_("(paused)"))
    told = words.term("state", state.state)
    return f"{told}{between}{paused}" if state.paused else told


def _deadline(book: Book, ticket: Ticket, words: Language) -> Text:
    verdict = book.next_deadline(ticket.id)
    away = verdict.left(book.as_of) if verdict else None
    if verdict is None or verdict.due is None or away is None:
        return Text("–", style="dim")
    mark, style = MARKS[verdict.outcome]
    time = roughly(away, words)
    left = (
        words.text(N_("{time} left"), time=time)
        if away >= 0
        else words.text(N_("{time} late"), time=time)
    )
    due = words.moment(verdict.due, book.zone, pattern="MM-dd HH:mm")
    return Text(f"{mark} {words.term('target', verdict.target)} {due}\n  {left}", style=style)


def _on_duty(book: Book, words: Language) -> RenderableType:
    if not book.on_duty:
        return Text(words.text(N_("Nobody is on duty.")), style="bold red")
    table = new_table(words.text(N_("On duty")))
    for heading in (N_("Rota"), N_("Person"), N_("Until")):
        table.add_column(words.text(heading))
    for span in book.on_duty:
        until = words.moment(span.end, book.zone, pattern="MM-dd HH:mm")
        person = _person(book, span.person, words)
        if span.instead_of:
            away = _person(book, span.instead_of, words)
            person = words.text(N_("{person} (instead of {away})"), person=person, away=away)
        table.add_row(Text(words.term("role", span.rota)), Text(person), Text(until))
    return table


def verdicts(
    book: Book, chosen: Sequence[Verdict], words: Language, *, selected: bool = False
) -> RenderableType:
    """The verdicts as a table, ending in counts."""
    table = new_table("")
    for heading in (N_("Ticket"), N_("Target"), N_("Lvl"), N_("Verdict"), N_("Due")):
        table.add_column(words.text(heading), no_wrap=heading in {"Ticket", "Due"})
    table.add_column(words.text(N_("Margin")), justify="right")
    table.add_column(words.text(N_("Grade")))
    for verdict in sorted(chosen, key=reading_order):
        mark, style = MARKS[verdict.outcome]
        told = f"{mark} {words.term('outcome', verdict.outcome)}"
        if verdict.on_claim is not verdict.outcome:
            claimed = words.term("outcome", verdict.on_claim)
            told += "\n" + words.text(N_("  (on claim: {outcome})"), outcome=claimed)
        if verdict.stands is False:
            told += "\n" + words.text(N_("  (own word alone)"))
        table.add_row(
            Text(verdict.ticket),
            Text(promise_called(verdict.target, verdict.occurrence, words)),
            Text("?" if verdict.severity is None else str(verdict.severity)),
            Text(told, style=style),
            Text(due_when(verdict, book.zone, words)),
            Text(_margin(verdict, words)),
            Text(verdict.grade.value),
        )
    return Group(table, verdict_counts(chosen, words, selected=selected))


def cause_lines(book: Book, missed: Sequence[Breach], words: Language) -> Iterator[Text]:
    """What explains each miss, or how it is explained."""
    for breach in missed:
        verdict, said = breach.verdict, breach.explanation
        promise = promise_called(verdict.target, verdict.occurrence, words)
        head = f"{verdict.ticket}  {promise}"
        if said is None:
            told = words.text(
                N_("nobody has explained it: weibao ticket justify {ticket} --target {target}"),
                ticket=verdict.ticket,
                target=verdict.target,
            )
            yield Text(f"✗ {head}  {told}", style="bold red")
            continue
        told = words.text(
            N_("{cause} → {improvement} ({person})"),
            cause=plain(said.data["cause"]),
            improvement=plain(said.data["improvement"]),
            person=_person(book, said.by, words),
        )
        yield Text(f"  {head}  {told}")


def closing_lines(
    book: Book, closed: MonthClose | None, restated: Sequence[Restated], words: Language
) -> Iterator[Text]:
    """By what a month was closed, and what was restated: of it, and in it of months closed before."""
    from weibao.render.json.difference import shown_turned
    from weibao.render.prose.difference_lines import turned_line

    if closed is not None:
        told = words.text(
            N_("Closed as of {time}, at commit {commit}: these figures stand."),
            time=words.moment(closed.as_of, book.zone),
            commit=closed.commit[:12],
        )
        yield Text(told, style="bold")
    if restated:
        yield Text(words.text(N_("Restated since")), style="bold")
    for promise in restated:
        line = turned_line(shown_turned(promise.turned, book.zone), words)
        when = words.text(N_("cause unknown"))
        if promise.landed is not None:
            time = words.moment(promise.landed, book.zone)
            when = words.text(N_("landed {time}"), time=time)
        yield Text(f"  {promise.month}  {line.text} ({when})")


def _margin(verdict: Verdict, words: Language) -> str:
    if over := overrun(verdict, words):
        late, *worked = over
        return "\n".join((f"−{late}", *(f"({span})" for span in worked)))
    if verdict.margin_seconds is None:
        return "–"
    return counted(verdict.margin_seconds, verdict.clock, words)


def verdict_counts(chosen: Sequence[Verdict], words: Language, *, selected: bool = False) -> Text:
    """How many verdicts of each kind, and the share that was kept: none of those ``selected`` by how they came out."""
    counts = outcomes_of(chosen)
    parts = [
        f"{words.term('outcome', outcome)} {count}" for outcome, count in counts.items() if count
    ]
    kept = kept_of(counts)
    if kept.share is not None and not selected:
        share = words.percent(kept.share)
        parts.append(words.text(N_("kept {share} of {judged} judged"), share=share, judged=kept.of))
    return Text(" · ".join(parts) or words.text(N_("No verdict.")))


def explain(book: Book, ticket: Ticket, words: Language) -> RenderableType:
    """How each verdict on the ticket was reached, and the git commands that show the same."""
    parts: list[RenderableType] = [
        Text(f"{ticket.id}  {plain(ticket.title)}", style="bold"),
        Text(stamp(book), style="dim"),
    ]
    for paragraph in story(book, ticket, words):
        mark, style = MARKS[paragraph.outcome]
        parts += [Text(), Text(f"{mark} {paragraph.heading}", style=style)]
        parts += [Text(f"  {plain(sentence)}") for sentence in paragraph.sentences]
    if len(parts) == 2:
        parts += [Text(), Text(words.text(N_("No service level is promised for this ticket.")))]
    if whole := list(told_whole(book, ticket, words)):
        parts += [Text(), *whole]
    parts += [Text(), Text(words.text(N_("Check it by hand, with git alone:")), style="bold")]
    parts += [Text(f"  {command}") for command in hand_check(book, ticket)]
    return Group(*parts)


def findings(told: Sequence[FindingText], words: Language) -> RenderableType:
    """Every finding with its place and its mend, ending in counts."""
    return Text.assemble(*findings_pieces(told, words))


def finding_lines(told: FindingText, words: Language) -> Text:
    """One finding: place, severity and code; what is wrong; how to mend it."""
    return Text.assemble(*finding_pieces(told, words))


def ticket(book: Book, one: Ticket, words: Language) -> RenderableType:
    """A ticket: its header, its timeline with evidence, its verdicts."""
    state = book.states[one.id]
    table = new_table("")
    for heading in (N_("Time"), N_("Step"), N_("By"), N_("Grade"), N_("Commit")):
        table.add_column(words.text(heading), no_wrap=True)
    table.add_column(words.text(N_("Note")), ratio=1)
    for proven in book.proofs[one.id].timeline:
        entry = proven.entry
        table.add_row(
            Text(when(entry.at, proven.precision, book.zone, words, pattern="MM-dd HH:mm")),
            Text(event_title("ticket", entry.event, words)),
            Text(_person(book, entry.by, words)),
            Text(proven.grade.value),
            Text((proven.commit or "–")[:8]),
            Text(_said(proven, words)),
        )
    level = words.text(N_("severity {severity}"), severity=state.severity) if state.severity else ""
    facts = [words.term("ticket_kind", one.kind), level, _stands(state, words)]
    if one.form:
        facts += [words.term("drill_form", one.form), plain(one.emergency_plan)]
    return Group(
        Text(f"{one.id}  {plain(one.title)}", style="bold"),
        Text(" · ".join(fact for fact in facts if fact)),
        table,
        *told_whole(book, one, words),
        *_visits(book, one, words),
        verdicts(book, book.verdicts_of(one.id), words),
        *(finding_lines(tell(found, words), words) for found in book.damage(one.id)),
    )


def _visits(book: Book, one: Ticket, words: Language) -> Iterator[Text]:
    """A line for each visit: who was there, from when to when."""
    for visit in visits_by_evidence(book.proofs[one.id].timeline, book.as_of):
        left = words.text(N_("still there"))
        if visit.left is not None:
            left = when(visit.left, visit.left_precision, book.zone, words, pattern="MM-dd HH:mm")
        told = words.text(
            N_("Visit {number}: {arrived} – {left}, {people}"),
            number=visit.number,
            arrived=when(
                visit.arrived, visit.arrived_precision, book.zone, words, pattern="MM-dd HH:mm"
            ),
            left=left,
            people=words.listing(_person(book, person, words) for person in visit.people),
        )
        yield Text(told)


def tickets(book: Book, chosen: Sequence[Ticket], words: Language) -> RenderableType:
    """Tickets as a table, the latest report first."""
    table = new_table("")
    for heading in (N_("Ticket"), N_("Kind"), N_("Lvl"), N_("State")):
        table.add_column(words.text(heading), no_wrap=True)
    table.add_column(words.text(N_("Title")), ratio=1)
    for ticket in sorted(chosen, key=lambda span: (-span.reported_at, span.id)):
        state = book.states[ticket.id]
        table.add_row(
            Text(ticket.id),
            Text(words.term("ticket_kind", ticket.kind)),
            Text(str(state.severity or "–")),
            Text(_stands(state, words)),
            Text(plain(ticket.title)),
        )
    none = words.text(N_("There is no such ticket."))
    return list_text(book, "records/tickets/", table, none, words, stamped=False)


def rule(one: Rule, words: Language) -> RenderableType:
    """A rule of the catalogue, whole."""

    def indented(text: str) -> str:
        return "\n".join(f"    {line}" for line in example(text, words).splitlines())

    return Group(
        Text.assemble(
            (f"{one.code}  {words.text(one.title)}", "bold"),
            "  ",
            (words.term("severity_of_finding", one.severity), STYLES[one.severity]),
        ),
        Text(f"\n{in_general(one.why, words)}\n"),
        Text(words.text(N_("How to mend it:")), style="bold"),
        Text(f"  {in_general(one.help, words)}\n"),
        Text(words.text(N_("Wrong:")), style="bold red"),
        Text(f"{indented(one.bad)}\n"),
        Text(words.text(N_("Right:")), style="bold green"),
        Text(indented(one.good)),
    )


def _said(proven: ProvenEntry, words: Language) -> str:
    """The note of a step; of an act of the customer, from whose hand it is, before it."""
    hand = words.term("hand", proven.hand) if proven.hand else ""
    return " · ".join(text for text in (hand, plain(proven.entry.note)) if text)


def _person(book: Book, identifier: str, words: Language) -> str:
    return plain(person_name(book, identifier, words)) or "–"
