"""The conversation: what a writing command was not given, asked for where somebody can answer.

One question for each field of the event, by the field's kind; nothing here knows any one verb.
Every answer is taken as if it had been typed as an option. What only a question needs is imported
where it is asked: most commands are given all, and ask none.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework import terminal
from weibao.cli.framework.author import whoever_records
from weibao.cli.framework.field_values import field_value
from weibao.cli.framework.step_options import option_name
from weibao.cli.prompts.asking import Title, ask_one, ask_several, ask_text
from weibao.language import N_
from weibao.model.closing import close_path
from weibao.model.events import FINAL_ASKS, Field, event_named
from weibao.model.field_kinds import CAUSE, DEPOT, PERSON, TEXT, Form
from weibao.model.ids import record_path
from weibao.refusal import Refusal, UsageRefusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.workspace.recording.edited import edits_judging
from weibao.workspace.recording.recording import read_standing_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from weibao.cli.framework.nouns import Noun
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.records import RecordFile
    from weibao.model.shift import Shift
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.suggestions.asked import ComingStep

_BY = Field("by", PERSON, "记录人", "Who did it")
NOTE = Field("note", TEXT, "备注", "Note", required=False)
_ANOTHER = "\n"
"""What no list can offer and is typed: no value of a record is a line end."""
_WHICH = {
    "ticket": N_("{step}: which ticket?"),
    "inspection": N_("{step}: which round?"),
    "shift": N_("{step}: which shift?"),
    "report": N_("{step}: of which month?"),
}
_NOTHING: tuple[object, ...] = (None, "", ())


def field_of(kind: str, event: str, key: str) -> Field:
    """The event's field of this key; raises ``StopIteration`` where it has none."""
    return next(field for field in event_named(kind, event).fields if field.key == key)


_BESIDE_A_FILE = frozenset({"report", "caption"})
"""What is asked for of a file besides itself."""


def lacking() -> bool:
    """Whether the command was not given all that it requires, and somebody is there to be asked."""
    context = click.get_current_context()
    return terminal.can_ask() and any(
        param.required and context.params.get(param.name or "") in _NOTHING
        for param in context.command.params
    )


def begin(
    session: Session,
    desk: Desk,
    noun: Noun,
    event: str,
    suffix: str | None,
    given: Given,
    apart: Collection[str] = (),
) -> tuple[RecordFile, Given]:
    """The record that a step belongs to, and its options: those that were missing are asked for, but those ``apart``."""
    noted = event_named(noun.kind, event).noted
    if not (lacking() or (noted and not given["note"] and terminal.can_ask())):
        return read_standing_record(desk, noun.path(desk, suffix or "")), given
    from weibao.workspace.suggestions.live import coming_step

    fields = (field for field in event_named(noun.kind, event).fields if field.key not in apart)
    one = choose_standing(session, desk, noun, event, suffix)
    step = coming_step(desk, noun.kind, event, one, {})
    if event == "taken_over":
        _show_left(session, step)
    note = replace(NOTE, required=noted)
    return one, converse(session, desk, step, (*who(desk, given), *fields, note), given, one)


def _show_left(session: Session, step: ComingStep) -> None:
    """What the shift before left, for whoever is about to say that they know it."""
    from weibao.workspace.suggestions.offers import ticket_title

    words, handed = session.language, step.log[0].data
    titles = {ticket.id: ticket_title(ticket) for ticket in step.tickets}
    for field in event_named("shift", "handed_over").fields:
        said = handed.get(field.key)
        if field.kind is TEXT and said:
            told = f"{words.pick({'zh': field.zh, 'en': field.en})}: {plain(said)}"
            session.console.print(Text(f"  {told}"), soft_wrap=True)
    for ticket in handed["open"]:
        told = words.text(N_("Left open: {ticket}"), ticket=titles.get(ticket, ticket))
        session.console.print(Text(f"  {told}"), soft_wrap=True)


def begin_attaching(
    session: Session, desk: Desk, noun: Noun, suffix: str | None, file: Path | None, given: Given
) -> tuple[RecordFile, Path, Given]:
    """The record, the file to attach to it, and the options; what is to be said of it is asked for last."""
    if not lacking() and file is not None:
        return read_standing_record(desk, noun.path(desk, suffix or "")), file, given
    from weibao.workspace.suggestions.live import coming_step

    one = choose_standing(session, desk, noun, "attached", suffix)
    file = file or _attached_file(session)
    step = coming_step(desk, noun.kind, "attached", one, {})
    fields = event_named(noun.kind, "attached").fields
    asked = (field for field in fields if field.key in _BESIDE_A_FILE)
    return one, file, converse(session, desk, step, (*who(desk, given), *asked), given, one)


def begin_approving(
    session: Session, desk: Desk, noun: Noun, path: Path | None, given: Given
) -> tuple[RecordFile, Path, Given]:
    """The log of agreements, the file that was agreed to, and the options; who agreed is asked for."""
    log = read_standing_record(desk, noun.path(desk, ""))
    if not lacking() and path is not None:
        return log, path, given
    from weibao.workspace.suggestions.live import coming_step

    asked = (field_of(noun.kind, "approved", key) for key in ("path", "contact"))
    step = coming_step(desk, noun.kind, "approved", log, {})
    known = given | {"path": "" if path is None else str(path)}
    known = converse(session, desk, step, (*who(desk, given), *asked), known, log)
    return log, Path(known.pop("path")), known


def _attached_file(session: Session) -> Path:
    """The file to attach, asked for; one that cannot be attached is told at once."""
    from weibao.workspace.recording.attachment import read_attachment

    words = session.language

    def read(typed: str) -> None:
        read_attachment(session.directory / typed.strip())

    return Path(ask_text(words.text(N_("The file (a picture or a PDF):")), read, words).strip())


def source_document(session: Session) -> Path | None:
    """The document that came with a delivery, asked for as a file is; None where there is none."""
    from weibao.workspace.recording.attachment import read_attachment

    words = session.language

    def read(typed: str) -> None:
        if typed.strip():
            read_attachment(session.directory / typed.strip())

    question = N_("The document itself, a PDF or a picture (Enter: none):")
    typed = ask_text(words.text(question), read, words).strip()
    return Path(typed) if typed else None


def choose_standing(
    session: Session, desk: Desk, noun: Noun, event: str, suffix: str | None
) -> RecordFile:
    """The record that ``suffix`` names, or else that somebody chooses, as it stands."""
    path = noun.path(desk, suffix) if suffix else _chosen_path(session, desk, noun, event)
    return read_standing_record(desk, path)


def _chosen_path(session: Session, desk: Desk, noun: Noun, event: str) -> str:
    """The file of the record that somebody chooses among those that the step may follow now."""
    from weibao.workspace.suggestions.agenda import able, able_rounds, may_follow_the_end
    from weibao.workspace.suggestions.live import last_inspections, last_tickets, live_tickets
    from weibao.workspace.suggestions.offers import ticket_title

    if not noun.metavar:
        return f"records/{noun.kind}.yaml"
    words, zone = session.language, desk.records.contract.zone
    if noun.kind == "report":
        closed = sorted((desk.root / "records" / "reports").glob("*/*.yaml"), reverse=True)
        return _asked_for("report", event, {path.stem: path.stem for path in closed}, words)
    if noun.kind == "ticket":
        live = live_tickets(desk.root)
        more = last_tickets(desk.root) if may_follow_the_end("ticket", event) else ()
        tickets = {ticket.id: ticket for ticket in (*live, *more)}.values()
        found = {
            ticket.id: ticket_title(ticket)
            for ticket in able(tickets, event, desk.records, desk.now)
        }
    elif noun.kind == "shift":
        found = {
            shift.id: f"{shift.id[-6:]}  {plain(words.term('role', shift.rota))}  {words.moment(shift.end, zone)}"
            for shift in _shifts_for(event, desk)
        }
    else:
        found = {
            inspection.id: f"{inspection.id[-6:]}  {plain(inspection.plan)} {plain(inspection.period)}"
            for inspection in able_rounds(
                last_inspections(desk.root), "inspection", event, desk.now
            )
        }
    return _asked_for(noun.kind, event, found, words)


def _shifts_for(event: str, desk: Desk) -> list[Shift]:
    """The shifts for a step: to be taken over, those that nobody took over stand first."""
    from weibao.workspace.suggestions.agenda import able_rounds
    from weibao.workspace.suggestions.live import last_shifts

    found = [*able_rounds(last_shifts(desk.root), "shift", event, desk.now)]
    if event == "taken_over":
        found.sort(key=lambda shift: any(entry.event == event for entry in shift.log))
    return found


def _asked_for(kind: str, event: str, found: dict[str, str], words: Language) -> str:
    """The file of the one that is chosen; refused where there is none to choose."""
    title = event_title(kind, event, words)
    if not found:
        raise UsageRefusal(
            N_("There is nothing now that “{step}” may follow."),
            mend=N_("See what is open, and what may come next: {listed_by}"),
            step=title,
            listed_by=f"weibao {kind}",
        )
    chosen = ask_one(words.text(_WHICH[kind], step=title), found, words)
    return close_path(chosen) if kind == "report" else record_path(chosen)


def converse(
    session: Session,
    desk: Desk,
    step: ComingStep,
    fields: Iterable[Field],
    given: Given,
    record_file: RecordFile | None = None,
) -> Given:
    """The options with what was not among them, each of the fields asked for by its kind.

    Raises:
        Refusal: what is recorded could not be committed as it is judged; told before anything is typed.
    """
    if given.get("commit") and "asked" not in given:
        edits_judging(desk, step.kind)
    given = given | {"asked": True}
    answered = dict(step.answered)
    for told in fields:
        field = _as_asked(told, answered)
        name = field.key if field.key in given else option_name(field)
        if given.get(name, "?") in _NOTHING and not _unlisted(desk, field):
            known = replace(step, answered=dict(answered))
            given[name] = _settled(desk, field, known) or _ask(
                session, desk, field, known, record_file
            )
        answered[field.key] = given.get(name)
    return given


def who(desk: Desk, given: Given) -> tuple[Field, ...]:
    """The question who did it, where neither an option nor git's identity tells."""
    if given["by"]:
        return ()
    try:
        whoever_records(desk)
    except Refusal:
        return (_BY,)
    return ()


def _as_asked(field: Field, answered: Mapping[str, Any]) -> Field:
    """The field as it is asked for: what the final edition of a review says is not left out."""
    final = answered.get("edition") == "final" and field.key in FINAL_ASKS
    return replace(field, required=True) if final else field


def _unlisted(desk: Desk, field: Field) -> bool:
    """Whether a field could only name a cause, and the contract lists none: it is not asked for."""
    return field.kind is CAUSE and not desk.records.contract.causes


def _settled(desk: Desk, field: Field, step: ComingStep) -> str:
    """The answer that the ones before leave no choice about; "" where there is one to be made."""
    if field.kind is not DEPOT or field.key == "to":
        return ""
    from weibao.workspace.suggestions.stock_offers import depot_left

    return depot_left(step, desk.records)


def _ask(
    session: Session, desk: Desk, field: Field, step: ComingStep, record_file: RecordFile | None
) -> Any:
    """The answer for one field, as its option would have it."""
    from weibao.workspace.suggestions.offers import offers_for

    words, kind = session.language, field.kind
    question = words.pick({"zh": field.zh, "en": field.en})
    another = {_ANOTHER: words.text(N_("Another"))} if kind.others else {}

    def choices(chosen: tuple[str, ...] = ()) -> dict[str, str]:
        known = replace(step, answered={**step.answered, field.key: chosen}) if chosen else step
        offers = offers_for(field, known, desk.records, words)
        found = {offer.value: Title.of(offer.title, offer.also) for offer in offers}
        return found | another if found else {}

    found = choices()
    if not found:
        return _ask_text(session, desk, field, question, step, record_file)
    if kind.several:
        none = kind.none_is_said or not field.required
        chosen = ask_several(question, choices, words, none=none)
        more = (
            _ask_text(session, desk, field, question, step, record_file)
            if _ANOTHER in chosen
            else ()
        )
        taken = (*(value for value in chosen if value != _ANOTHER), *more)
        return taken or (("",) if kind.none_is_said else ())
    if not field.required:
        found = {"": words.text(N_("Nothing"))} | found
    answer = ask_one(question, found, words)
    if answer == _ANOTHER:
        return _ask_text(session, desk, field, question, step, record_file)
    return int(answer) if answer and kind.form is Form.NUMBER else answer


def _ask_text(
    session: Session,
    desk: Desk,
    field: Field,
    question: str,
    step: ComingStep,
    record_file: RecordFile | None,
) -> Any:
    """A line of text that is what the field takes, told at once where it is not."""
    from weibao.model.schema.validation import is_a, meaning
    from weibao.workspace.suggestions.stock_offers import received_before

    words, kind = session.language, field.kind

    def read(typed: str) -> Any:
        typed = typed.strip()
        if not typed and not field.required:
            return ""
        try:
            given: Any = int(typed) if kind.form is Form.NUMBER else typed
        except ValueError:
            given = 0
        given = (given,) if kind.several else given
        value = field_value(desk, record_file, field, given) if record_file else given
        if value is None or not is_a(kind.defined_as, value):
            raise Refusal(
                N_("“{text}” cannot be “{field}” ({form})."),
                text=typed,
                field=question,
                form=words.pick(meaning(kind.defined_as)),
            )
        if kind.form is Form.SERIAL and kind.several:
            _require_new(received_before(step, desk.records, value))
        return given

    told = question
    if kind.example:
        told = words.text(N_("{question} (as in {example})"), question=told, example=kind.example)
    if not field.required:
        told = words.text(N_("{question} (Enter: none)"), question=told)
    return read(ask_text(f"{told}:", read, words, default=kind.default))


def _require_new(known: tuple[str, ...]) -> None:
    """Refuse serial numbers of a delivery that the book has already."""
    if known:
        raise Refusal(
            N_("The book has {serials} already: a piece is received once."),
            mend=N_("One that comes back from a ticket is returned: weibao spares return"),
            serials=known,
        )
