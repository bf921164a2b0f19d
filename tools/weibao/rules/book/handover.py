"""Hand-over: who takes a shift over, in time and by their own hand, and what they were told of (O286–O290)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.contract_editions import since_agreed, standing_before
from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant
from weibao.operations.duties import handover_rotas
from weibao.operations.handover import recorder
from weibao.operations.intake import has_role
from weibao.operations.on_duty import shifts
from weibao.rules.book.duties import limits_of
from weibao.rules.book.rota import laid_out
from weibao.rules.lapses import done_late, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.operations.handover import Handover
    from weibao.operations.on_duty import OnDuty
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed

_HANDED = "  - {at: 2026-11-30T07:55:00+08:00, event: handed_over, by: wang-lei, text: 无遗留工作, open: [T20261130-7K3Q9M]}\n"

ROWS = (
    Rule(
        code="O286",
        severity=Severity.WARNING,
        title=N_("Shift not taken over"),
        message=N_(
            "{person} has the duty of the rota “{rota}” from {from}, and by {due} had not taken it over from {outgoing}."
        ),
        help=N_(
            "Whoever had the duty hands it over: `weibao shift hand-over {rota}`; whoever has it takes it over under their own name: `weibao shift take-over`."
        ),
        why=N_(
            "Somebody is on duty at every hour (requirement 6), and knows what goes on. The contract names the rotas whose shifts are handed over (`duties.handover_rotas`), and may set another length: `duties.shift_taken_over_within`."
        ),
        bad="duties: {handover_rotas: [desk]}   # and no shift of the desk has a record\n",
        good="  - {at: 2026-11-30T08:05:00+08:00, event: taken_over, by: zhao-min}\n",
        facts=("person", "rota", "from", "due", "outgoing"),
    ),
    Rule(
        code="O287",
        severity=Severity.WARNING,
        title=N_("Shift taken over by no second hand"),
        message=N_(
            "{outgoing} handed the shift over and {person} took it over, recorded by {author}: it takes two, and each records their own part."
        ),
        help=N_(
            "Whoever has the next turn takes it over again, under their own git identity: `weibao shift take-over {shift}`. {show} shows the commit."
        ),
        why=N_(
            "A hand-over is signed by both sides (requirement 6). Where one person writes both, nobody else said that they knew of what was left open."
        ),
        bad=_HANDED + "  - {at: 2026-11-30T08:05:00+08:00, event: taken_over, by: wang-lei}\n",
        good=_HANDED
        + "  - {at: 2026-11-30T08:05:00+08:00, event: taken_over, by: zhao-min}   # in a commit of zhao-min\n",
        facts=("outgoing", "person", "author", "show", "shift"),
    ),
    Rule(
        code="O288",
        severity=Severity.WARNING,
        title=N_("Handed over in the middle of a grave fault"),
        message=N_(
            "{ticket}, of severity 1, was still being worked on at {at}, and no supervisor consented to the hand-over."
        ),
        help=N_(
            "Ask a supervisor, and say who consented: `weibao shift amend {shift} --entry handed_over --field consent_by --value PERSON --reason TEXT`."
        ),
        why=N_(
            "While a grave fault is treated nobody leaves who knows it, unless somebody above them consents (requirement 6)."
        ),
        bad=_HANDED,
        good=_HANDED.replace("]}", "], consent_by: he-chuan}"),
        facts=("ticket", "at", "shift"),
    ),
    Rule(
        code="O289",
        severity=Severity.WARNING,
        title=N_("Open ticket missing from a hand-over"),
        message=N_("{ticket} was open at {at}, and the hand-over does not name it."),
        help=N_(
            "Tell whoever is on duty, and complete the list: `weibao shift amend {shift} --entry handed_over --field open --value TICKET,TICKET --reason TEXT`."
        ),
        why=N_(
            "What is not handed over is forgotten (requirement 6). The list is held to the record as it stood at the hand-over."
        ),
        bad=_HANDED.replace("[T20261130-7K3Q9M]", "[]"),
        good=_HANDED,
        facts=("ticket", "at", "shift"),
    ),
    Rule(
        code="O290",
        severity=Severity.WARNING,
        title=N_("Shift that the rota does not have"),
        message=N_("The rota “{rota}” has no shift of {person} that begins or ends at {at}."),
        help=N_(
            "Name the shift as the rota has it: `weibao duty show`. If somebody stood in, say so in records/duty.yaml under `overrides`, before they do."
        ),
        why=N_(
            "A hand-over is between the two whom the rota has on duty (requirement 6), as it stood at the end of the shift."
        ),
        bad="rota: desk\nfrom: 2026-11-29T08:00:00+08:00\nto: 2026-11-30T20:00:00+08:00   # the shifts of the desk end at 08:00\n",
        good="rota: desk\nfrom: 2026-11-29T08:00:00+08:00\nto: 2026-11-30T08:00:00+08:00\n",
        facts=("rota", "person", "at"),
    ),
)

SUPERVISORS = ("supervisor", "pm", "director")
"""The roles of those who may consent to a hand-over while a grave fault is treated."""


def check_handovers(facts: BookFacts) -> Iterator[Finding]:
    """Shifts that nobody took over, and hand-overs that were none or left something out."""
    yield from not_done(facts, owed(facts))
    for handover in facts.handovers.values():
        yield from _unknown(facts, handover)
        yield from _one_hand(facts, handover)
        yield from _grave(facts, handover)
        for ticket in handover.unlisted:
            yield _of_ticket(facts, "O289", handover, ticket, "open")


def lapses_of_handovers(facts: BookFacts) -> Iterator[Lapse]:
    """Shifts that were taken over too late."""
    return done_late(facts, owed(facts))


def owed(facts: BookFacts) -> Iterator[Missed]:
    """Every shift that was to be taken over from somebody else, until it was (requirement 6)."""
    editions = since_agreed(facts.ledger.history, facts.agreed)
    now = facts.records.contract
    named = frozenset[str]().union(*(handover_rotas(edition.contract) for edition in editions))
    if not named | handover_rotas(now):
        return
    limit = limits_of(facts)
    since, until = facts.elapsed
    taken = {
        (handover.shift.rota, handover.shift.end): handover.taken.effective
        for handover in facts.handovers.values()
        if handover.taken and handover.taken.effective <= facts.as_of
    }
    for tenure in facts.official_duty.tenures():
        for rota in laid_out(tenure.value) if since < until else ():
            turns = shifts(tenure.value, rota, since, until)
            for before, turn in pairwise(turns):
                contract = standing_before(editions, turn.start, now)
                last = limit("shift_taken_over_within", turn.start)
                if (
                    rota in handover_rotas(contract)
                    and before.person != turn.person
                    and tenure.covers(turn.start)
                    and last is not None
                ):
                    yield _not_taken(facts, before, turn, last), last, taken.get((rota, turn.start))


def _not_taken(facts: BookFacts, before: OnDuty, turn: OnDuty, last: Instant) -> Finding:
    zone = facts.records.contract.zone
    shown = {
        "person": turn.person,
        "rota": turn.rota,
        "from": format_instant(turn.start, zone),
        "due": format_instant(last, zone),
        "outgoing": before.person,
    }
    return Finding("O286", Place("records/duty.yaml", keys=("rotas", turn.rota)), "", shown)


def _unknown(facts: BookFacts, handover: Handover) -> Iterator[Finding]:
    """Sides of a hand-over whom the rota does not have on duty, or not then."""
    shift, zone = handover.shift, facts.records.contract.zone
    sides = ((handover.given, handover.outgoing), (handover.taken, handover.incoming))
    for proven, turn in sides:
        if proven and (turn is None or turn.person != proven.entry.by):
            shown = {
                "rota": shift.rota,
                "person": proven.entry.by,
                "at": format_instant(shift.end, zone),
            }
            yield Finding("O290", place_of(shift.path, proven.entry, "by"), shift.id, shown)


def _one_hand(facts: BookFacts, handover: Handover) -> Iterator[Finding]:
    """Take-overs by who handed over, or written by them, or by a third in the name of the second."""
    given, taken = handover.given, handover.taken
    if given is None or taken is None or taken.commit is None:
        return
    author = recorder(taken, facts.addresses)
    outgoing = {given.entry.by, recorder(given, facts.addresses)}
    if {taken.entry.by, author} & outgoing or author != taken.entry.by:
        shown = {
            "outgoing": given.entry.by,
            "person": taken.entry.by,
            "author": author,
            "shift": handover.shift.id,
            "show": f"git show {taken.commit}",
        }
        where = place_of(handover.shift.path, taken.entry, "by")
        yield Finding("O287", where, handover.shift.id, shown)


def _grave(facts: BookFacts, handover: Handover) -> Iterator[Finding]:
    """Tickets of the gravest level that were being worked on, where nobody above them consented."""
    if handover.given is None:
        return
    entry, zone = handover.given.entry, facts.records.contract.zone
    who, staff = entry.data.get("consent_by", ""), facts.official_staff.before(entry.at)
    sides = {entry.by, handover.taken.entry.by if handover.taken else ""}
    if who not in sides and any(has_role(staff, who, role, entry.at, zone) for role in SUPERVISORS):
        return
    for handed in handover.open:
        if handed.known and handed.state.severity == 1 and handed.state.open:
            yield _of_ticket(facts, "O288", handover, handed.ticket.id, "consent_by")


def _of_ticket(facts: BookFacts, code: str, handover: Handover, ticket: str, key: str) -> Finding:
    shown = {
        "ticket": ticket,
        "at": format_instant(handover.at, facts.records.contract.zone),
        "shift": handover.shift.id,
    }
    path = handover.shift.path
    where = place_of(path, handover.given.entry, key) if handover.given else Place(path)
    return Finding(code, where, handover.shift.id, shown)
