"""The hand-over of a shift: which one it is, and what is open, are told by the rota and the tickets."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rich.text import Text

from weibao.cli.framework.author import whoever_records
from weibao.cli.framework.field_values import field_values
from weibao.cli.prompts.asking import ask_one
from weibao.cli.prompts.conversation import NOTE, converse, field_of, lacking, who
from weibao.cli.steps.recorded import agree_to, show_recorded
from weibao.cli.steps.recording import entry_of, push_if_asked
from weibao.cli.steps.settling import settled
from weibao.language import N_
from weibao.model.fold import ticket_on_claims
from weibao.model.ids import make_id, record_path
from weibao.model.instant import format_instant, local_day
from weibao.model.naming import ROTA, called
from weibao.model.printing import header_text
from weibao.model.records import RecordFile
from weibao.model.times.when import parse_when, written
from weibao.operations.on_duty import shifts
from weibao.refusal import Refusal, UsageRefusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.workspace.recording.recording import commit_message, draft_record, file_record
from weibao.workspace.suggestions.agenda import agenda
from weibao.workspace.suggestions.live import coming_step, last_shifts, live_tickets
from weibao.workspace.suggestions.offers import ticket_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.on_duty import OnDuty
    from weibao.workspace.recording.clone import Desk

_ASKED = tuple(
    field_of("shift", "handed_over", key) for key in ("text", "tools", "environment", "exceptions")
)
_NO_CONSENT = N_(
    "A supervisor is to consent while this is worked on: {tickets}. Say who did: weibao shift amend {shift} --entry handed_over --field consent_by --value PERSON --reason TEXT"
)
_CONSENT = field_of("shift", "handed_over", "consent_by")


def hand_over(session: Session, desk: Desk, rota: str | None, given: Given) -> None:
    """File the hand-over of the shift that is ending; every open ticket is named where none was."""
    zone, words = desk.records.contract.zone, session.language
    given = settled(session, desk, given)
    when = parse_when(given["when"], desk.here)
    opened = _open(desk, when)
    grave = [ticket for ticket in opened if _worked_on(desk, ticket)]
    rota, given = _asked(session, desk, rota, given, opened, bool(grave))
    given = settled(session, desk, given)
    turn = _turn(desk, called(desk.records, ROTA, rota), given)
    _require_new(desk, turn)
    if not given["field_open"]:
        given["field_open"] = tuple(ticket.id for ticket in opened) or ("",)
    record = make_id("S", local_day(when, zone), secrets.randbelow(32**6))
    path = record_path(record)
    data = field_values(desk, RecordFile(path, "shift", None, None, ()), "handed_over", given)
    header = {
        "id": record,
        "rota": turn.rota,
        "from": format_instant(turn.start, zone),
        "to": format_instant(turn.end, zone),
    }
    text = header_text("shift", header, [entry_of(desk, "handed_over", data, given)])
    message = commit_message(record, "handed_over", turn.rota) if given["commit"] else None
    if given.get("asked"):
        agree_to(session, desk, draft_record(desk, path, text), text)
    recorded = file_record(desk, path, text, message=message)
    told = [words.text(N_("Left open: {ticket}"), ticket=ticket_title(ticket)) for ticket in opened]
    if grave and not given["field_consent_by"]:
        tickets = words.listing(ticket.id for ticket in grave)
        told.append(words.text(_NO_CONSENT, tickets=tickets, shift=record[-6:]))
    taking = N_("Whoever takes it over: weibao shift take-over {shift}")
    show_recorded(session, desk, recorded, (*told, words.text(taking, shift=record[-6:])))
    push_if_asked(session, desk, given)


def _asked(
    session: Session,
    desk: Desk,
    rota: str | None,
    given: Given,
    opened: Iterable[Ticket],
    grave: bool,  # noqa: FBT001
) -> tuple[str, Given]:
    """The rota and the options; what was missing is asked for where somebody can answer.

    Whose turn on one rota alone it is hands that one over. What is open is shown before anything is asked.
    """
    if rota and not lacking():
        return rota, given
    words = session.language
    rotas = _rotas_of(desk, given)
    if not rota and len(rotas) == 1:
        (rota,) = rotas
    elif not rota:
        names = {name: plain(words.term("role", name)) for name in rotas or desk.records.duty.rotas}
        title = words.text(
            N_("{step}: which rota?"), step=event_title("shift", "handed_over", words)
        )
        rota = ask_one(title, dict(sorted(names.items())), words)
    for ticket in opened:
        told = words.text(N_("Left open: {ticket}"), ticket=ticket_title(ticket))
        session.console.print(Text(f"  {told}"), soft_wrap=True)
    step = coming_step(desk, "shift", "handed_over", None, {})
    fields = (*who(desk, given), *_ASKED, *((_CONSENT,) if grave else ()), NOTE)
    return rota, converse(session, desk, step, fields, given)


def _rotas_of(desk: Desk, given: Given) -> tuple[str, ...]:
    """The rotas of which whoever hands over has a turn that can be handed over now."""
    try:
        by = given["by"] or whoever_records(desk)
    except Refusal:
        return ()
    when = parse_when(given["when"], desk.here)
    return tuple(
        rota for rota in desk.records.duty.rotas if _turn_of(desk, rota, by, when) is not None
    )


def _worked_on(desk: Desk, ticket: Ticket) -> bool:
    """Whether a fault of the gravest level is still being mended: who knows it leaves with consent alone."""
    state = ticket_on_claims(ticket, desk.records.contract, desk.now)
    return state.severity == 1 and state.open


def _turn(desk: Desk, rota: str, given: Given) -> OnDuty:
    """The shift of whoever hands over: the one that is on, or the one before where that was theirs."""
    when, by = parse_when(given["when"], desk.here), given["by"] or whoever_records(desk)
    found = _turn_of(desk, rota, by, when)
    if found is None:
        raise UsageRefusal(
            N_(
                "{person} has no shift of “{rota}” at {time} that could be handed over; {other} has."
            ),
            mend=N_(
                "Say who hands over: --by PERSON. If they stood in, say so in records/duty.yaml."
            ),
            person=by,
            rota=rota,
            time=written(when, desk.records.contract.zone),
            other=tuple(dict.fromkeys(turn.person for turn in _last_turns(desk, rota, when))),
        )
    return found


def _turn_of(desk: Desk, rota: str, by: str, when: Instant) -> OnDuty | None:
    """The later of somebody's turns among the one that is on and the one before."""
    turns = _last_turns(desk, rota, when)
    return next((turn for turn in reversed(turns) if turn.person == by), None)


def _last_turns(desk: Desk, rota: str, when: Instant) -> Sequence[OnDuty]:
    """The turn of a rota that is on, and the one before it."""
    duty = desk.records.duty
    return shifts(duty, rota, when - duty.rotas[rota].shift, when + 1)[-2:]


def _require_new(desk: Desk, turn: OnDuty) -> None:
    """Refuse a shift that was handed over already."""
    for shift in last_shifts(desk.root):
        if shift.rota == turn.rota and shift.start < turn.end and turn.start < shift.end:
            raise UsageRefusal(
                N_("The shift was handed over already: {shift}."),
                mend=N_(
                    "See it: weibao shift show {shift}. Correct it: weibao shift amend {shift}"
                ),
                shift=shift.id,
            )


def _open(desk: Desk, when: Instant) -> tuple[Ticket, ...]:
    """The tickets that are open, what presses first."""
    tickets = [ticket for ticket in live_tickets(desk.root) if ticket.reported_at <= when]
    return tuple(due.ticket for due in agenda(tickets, desk.records, desk.now))
