"""The hand-over sheet of a shift: what the record showed when it changed hands, and what both sides said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    due,
    fact,
    field_head,
    moment,
    number,
    own,
    person,
    record,
    severity,
    stated,
    step_time,
    term,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.paper import (
    Blank,
    Fact,
    Facts,
    PaperCell,
    Prose,
    SignBox,
    SignOff,
    Table,
    said,
)
from weibao.render.papers.record_paper import made_from, record_paper, section
from weibao.render.words.handover import pressing
from weibao.report.papers.shift_record import shift_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.operations.handover import HandedTicket
    from weibao.operations.on_duty import OnDuty
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Paper, Section
    from weibao.report.papers.shift_record import ShiftRecord

NAME = "handover-sheet"

MEANING = N_(
    "The time of the take-over is that of the incoming's own entry. Signing confirms what was handed over and taken over."
)

_TYPED = ("text", "tools", "environment", "exceptions")


def _write(commission: Commission) -> Paper:
    voice, whole = commission.voice, commission.audit.whole
    if commission.subject not in whole.records.shifts:
        raise UsageRefusal(
            N_("There is no shift {shift}."),
            mend=N_("`weibao shift list` shows those that were handed over."),
            shift=commission.subject,
        )
    if commission.subject not in tuple(whole.handovers):
        raise UsageRefusal(
            N_("{shift} was not handed over by {as_of}."),
            mend=N_("Ask for it as of a later instant: `--as-of`."),
            shift=commission.subject,
            as_of=voice.rfc3339(whole.as_of),
        )
    told = shift_record(voice.book, whole, commission.subject)
    shift = told.handover.shift
    title = own(
        voice,
        N_("Hand-over: {rota}, {start} to {end}"),
        rota=Told(voice.language.term("rota", shift.rota)),
        start=Told(voice.moment(shift.start)),
        end=Told(voice.moment(shift.end)),
    )
    marks = (
        ()
        if told.handover.taken
        else (own(voice, N_("Provisional: nobody has taken it over yet")),)
    )
    return record_paper(commission, NAME, title, _sections(commission, told), marks)


def _sections(commission: Commission, told: ShiftRecord) -> Iterator[Section]:
    voice = commission.voice

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("shift", N_("Shift"), iter([_shift(voice, told)]))
    yield part("open", N_("By the record at the hand-over"), _derived(voice, told))
    yield part("typed", N_("As written by whoever handed over"), _typed(voice, told.given))
    yield part("taken", N_("As written by whoever took over"), _taken(voice, told))
    yield part("signed", N_("Signatures"), _signed(voice, told))
    yield made_from(commission, NAME)


def _shift(voice: Voice, told: ShiftRecord) -> Facts:
    handover = told.handover
    shift, given, taken = handover.shift, told.given, told.taken
    rows = [
        fact(voice, "shift", N_("Shift"), record(voice, shift.id)),
        fact(voice, "rota", N_("Rota"), term(voice, "rota", shift.rota)),
        fact(voice, "from", N_("From"), moment(voice, shift.start)),
        fact(voice, "to", N_("To"), moment(voice, shift.end)),
        fact(voice, "turn", N_("Outgoing, by the rota"), _turn(voice, handover.outgoing)),
        fact(voice, "next_turn", N_("Incoming, by the rota"), _turn(voice, handover.incoming)),
    ]
    if told.stand_in:
        rows.append(fact(voice, "why", N_("Why somebody stood in"), written(voice, told.stand_in)))
    rows += [
        fact(voice, "given_by", N_("Handed over by"), _by(voice, given)),
        fact(voice, "given", N_("Handed over at"), step_time(voice, given)),
        fact(voice, "taken_by", N_("Taken over by"), _by(voice, taken)),
        fact(voice, "taken", N_("Taken over at"), step_time(voice, taken)),
    ]
    if told.grave:
        consent = given.entry.data.get("consent_by", "") if given else ""
        missing = stated(voice, N_("not recorded"), None, "bad")
        cell = person(voice, consent) if consent else missing
        rows.append(fact(voice, "consent", N_("Supervisor's consent (severity 1 open)"), cell))
    return Facts("shift", tuple(rows))


def _turn(voice: Voice, turn: OnDuty | None) -> PaperCell:
    if turn is None:
        return stated(voice, N_("the rota has no such shift"), None, "warn")
    cell = person(voice, turn.person)
    if not turn.instead_of:
        return cell
    told = own(
        voice,
        N_("{person} (instead of {away})"),
        person=Told(voice.person(turn.person)),
        away=Told(voice.person(turn.instead_of)),
    )
    return PaperCell(told, cell.value)


def _by(voice: Voice, step: ProvenEntry | None) -> PaperCell:
    return person(voice, step.entry.by) if step else NONE


def _derived(voice: Voice, told: ShiftRecord) -> Iterator[Block]:
    handover = told.handover
    yield Prose(
        own(
            voice,
            N_("By the record as of {moment}; nobody typed it."),
            moment=Told(voice.moment(handover.at)),
        ),
        "lead",
    )
    yield Facts(
        "counts",
        (
            fact(voice, "open", N_("Open tickets"), number(voice, len(handover.open))),
            fact(
                voice,
                "at_risk",
                N_("Late, its window missed, or due within four hours"),
                number(voice, len(told.at_risk)),
            ),
            fact(
                voice,
                "silent",
                N_("Silent for longer than promised"),
                number(voice, len(told.silent)),
            ),
            fact(voice, "paused", N_("Paused tickets"), number(voice, len(told.paused))),
            fact(voice, "waiting", N_("Waiting for parts"), number(voice, len(told.waiting))),
            fact(
                voice,
                "windows",
                N_("Windows that begin within a day"),
                number(voice, len(handover.windows)),
            ),
            fact(
                voice,
                "unlisted",
                N_("Open, and not named in the hand-over"),
                number(voice, len(handover.unlisted)),
            ),
        ),
    )
    yield Table(
        "open",
        own(voice, N_("Open at the hand-over")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "title", N_("Title"), 4),
            column(voice, "severity", N_("Severity")),
            column(voice, "state", N_("State"), 2),
            column(voice, "owner", N_("Responsible"), 2),
            column(voice, "promise", N_("Next promise"), 2),
            column(voice, "due", N_("Due by"), 2),
            column(voice, "rung", N_("Rung")),
            column(voice, "remarks", N_("Remarks"), 4),
        ),
        tuple(_open(voice, told, handed) for handed in handover.open),
        own(voice, N_("No ticket was open.")),
    )


def _open(voice: Voice, told: ShiftRecord, handed: HandedTicket) -> tuple[PaperCell, ...]:
    ticket, state = handed.ticket, handed.state
    rung = told.rungs.get(ticket.id)
    flags = {
        "unlisted": ticket.id in told.handover.unlisted,
        "silent": handed.silent,
        "at_risk": handed.at_risk,
        "window_missed": handed.window_missed,
        "paused": bool(handed.paused_for),
        "parts": bool(state.awaited_parts),
        "window": handed in told.handover.windows,
    }
    remarks = pressing(handed, told.handover, voice.language)
    return (
        record(voice, ticket.id),
        written(voice, ticket.title),
        severity(voice, state.severity),
        term(voice, "state", state.state.value),
        person(voice, state.owner),
        *_next(voice, handed),
        NONE if rung is None else number(voice, rung),
        PaperCell(
            said(voice.shown(remarks) or "—"),
            " ".join(flag for flag, holds in flags.items() if holds) or None,
            "warn" if handed in told.at_risk else "",
        ),
    )


def _next(voice: Voice, handed: HandedTicket) -> tuple[PaperCell, PaperCell]:
    """What it had to reach next, and when it was due; of planned work when its window opens."""
    following, window = handed.next, handed.ticket.window
    if following is not None:
        return term(voice, "target", following.target), due(voice, following)
    if window is not None:
        if handed.window_missed:
            return stated(voice, N_("window is over"), "window", "bad"), moment(voice, window[1])
        return stated(voice, N_("window opens"), "window"), moment(voice, window[0])
    return NONE, NONE


def _typed(voice: Voice, given: ProvenEntry | None) -> Iterator[Block]:
    data = given.entry.data if given else {}
    yield Facts(
        "typed",
        tuple(
            Fact(
                key,
                field_head(voice, "shift", "handed_over", key),
                written(voice, str(data.get(key, ""))),
            )
            for key in _TYPED
        ),
    )
    if given and given.entry.note:
        yield Facts("note", (fact(voice, "note", N_("Note"), written(voice, given.entry.note)),))
    yield Blank(own(voice, N_("Visitors")))


def _taken(voice: Voice, told: ShiftRecord) -> Iterator[Block]:
    taken = told.taken
    if taken is None:
        yield Prose(own(voice, N_("Nobody has taken it over yet.")))
        return
    yield Facts(
        "taken",
        (
            Fact(
                "exceptions",
                field_head(voice, "shift", "taken_over", "exceptions"),
                written(voice, str(taken.entry.data.get("exceptions", ""))),
            ),
            fact(voice, "note", N_("Note"), written(voice, taken.entry.note)),
        ),
    )


def _signed(voice: Voice, told: ShiftRecord) -> Iterator[Block]:
    yield Facts(
        "recorded",
        (
            fact(
                voice,
                "given",
                N_("The hand-over was recorded"),
                _recorded(voice, told.given, own_address=told.own_given),
            ),
            fact(
                voice,
                "taken",
                N_("The take-over was recorded"),
                _recorded(voice, told.taken, own_address=told.own_taken),
            ),
        ),
    )
    yield SignOff(own(voice, MEANING), (_box(voice, N_("Outgoing")), _box(voice, N_("Incoming"))))


def _recorded(voice: Voice, step: ProvenEntry | None, *, own_address: bool) -> PaperCell:
    if step is None:
        return NONE
    if own_address:
        return stated(voice, N_("by whom it is of, under their own address"), "own", "good")
    return stated(
        voice,
        N_("by {person}, for whom it is of"),
        "other",
        "warn",
        person=Told(voice.people.recorder(step.author)),
    )


def _box(voice: Voice, title: str) -> SignBox:
    return SignBox(
        own(voice, title),
        (),
        (Blank(own(voice, N_("Name (signature)"))), Blank(own(voice, N_("Date and time")))),
    )


KIND = PaperKind(
    name=NAME,
    title=N_("Hand-over sheet"),
    explained=N_(
        "What was open when a shift changed hands, by the record as it stood then, and what both sides said."
    ),
    subject="shift",
    place=40,
    write=_write,
)
