"""Visits: who worked there, what they brought back, whom they called, and what is said of the place (O281–O285)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant, local_day
from weibao.model.timeline import timeline
from weibao.operations.intake import latest_report
from weibao.operations.qualification import experienced, maker
from weibao.operations.visits import visits_on_claims
from weibao.operations.windows import WORKING
from weibao.rules.book.duties import limits_of
from weibao.rules.lapses import done_late, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.visits import SiteVisit
    from weibao.rules.book.duties import Due
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed

ROWS = (
    Rule(
        code="O281",
        severity=Severity.WARNING,
        title=N_("Worked on without the experience asked"),
        message=N_(
            "{person} worked on it and had not the {years} years on this kind of equipment that the contract asks: {asset_kind}."
        ),
        help=N_(
            "Send somebody who has them, and record that. Experience is listed in records/staff.yaml before the work: what is entered after it does not clear this."
        ),
        why=N_(
            "The contract asks for years of experience on the customer's kinds of equipment (requirement 14), and asks it of each who works on them, whoever else was there."
        ),
        bad="experience: [{kind: ups, since: 2025-09-01}]   # sent to a UPS; the contract asks for 3 years\n",
        good="experience: [{kind: ups, since: 2019-07-01}]\n",
        facts=("person", "years", "asset_kind"),
    ),
    Rule(
        code="O282",
        severity=Severity.WARNING,
        title=N_("Old part that never came back"),
        message=N_(
            "The old {part}, serial number “{serial}”, was said to be {fate}, and by {due} the stock did not have it so."
        ),
        help=N_(
            "Bring it in: `weibao spares return` with the ticket and `--condition faulty`; or send it to the maker: `weibao spares rma send`. If the customer kept it or it was destroyed, correct the entry: `weibao ticket amend`."
        ),
        why=N_(
            "The provider's people and parts are dispatched as one (requirement 2), and the stock says where each piece is. A defective piece of which nobody knows where it went is a warranty lost, or data of the customer's in strange hands. The contract may set another length: `duties.old_part_back_within`."
        ),
        bad="old_part: returned   # MPU77, replaced on 20 November; it is 29 November\n",
        good="  - {at: 2026-11-20T16:00:00+08:00, event: returned, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU77'], depot: shenyang-depot, ticket: T20261120-7K3Q9M, condition: faulty}\n",
        facts=("part", "serial", "fate", "due"),
    ),
    Rule(
        code="O283",
        severity=Severity.WARNING,
        title=N_("Reserve called up who did not come"),
        message=N_("{person} was called up at {at}, and by {due} had not taken a step."),
        help=N_(
            "Call another reserve: `weibao ticket callup`; if they were at work by then, record what they did with the time when it was."
        ),
        why=N_(
            "Certified reserves can be called at any time (requirement 16). One who does not come when called is a name on a list. The contract may set another length: `duties.reserve_within`."
        ),
        bad="  - {at: 2026-11-20T09:40:00+08:00, event: called_up, by: wang-lei, whom: zhao-min}   # and nothing of zhao-min since\n",
        good=(
            "  - {at: 2026-11-20T09:40:00+08:00, event: called_up, by: wang-lei, whom: zhao-min}\n"
            "  - {at: 2026-11-20T11:10:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        facts=("person", "at", "due"),
    ),
    Rule(
        code="O284",
        severity=Severity.WARNING,
        title=N_("Fault not referred to maker or carrier"),
        message=N_(
            "It was not restored by {due}, and nothing shows that the maker or the carrier was asked for help."
        ),
        help=N_(
            "Open a case with them and record it with their number: `weibao ticket refer`; if that was done by then, record it with the time when it was."
        ),
        why=N_(
            "What is not solved soon goes to who can do more (requirement 7). The contract asks for it after a length that it states: `duties.refer_within`."
        ),
        bad="duties: {refer_within: 4h}   # reported 09:12, not restored at 13:12\n",
        good="  - {at: 2026-11-20T12:50:00+08:00, event: referred, by: li-qiang, issuer: 华为, via: phone, number: SR-20261120-0042}\n",
        facts=("due",),
    ),
    Rule(
        code="O285",
        severity=Severity.WARNING,
        title=N_("Place of the repair contradicted"),
        message=N_(
            "“{event}” says {how}, and by the visits on record {person} was not where that says."
        ),
        help=N_(
            "Record the visit that was left out: `weibao ticket arrive` with the time when it was; or correct how it was mended: `weibao ticket amend --field mode`."
        ),
        why=N_(
            "Support is given from a distance and on site (requirements 24 and 25), and their shares are key figures. Mended on site where nobody had arrived, or from a distance by somebody who stood there, counts for the wrong one."
        ),
        bad="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 内存故障, action: 更换主控板}   # nobody arrived\n",
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 内存故障, action: 更换主控板}\n"
        ),
        facts=("event", "how", "person"),
    ),
)

_BACK = {"returned": frozenset({"returned", "rma_sent"}), "rma": frozenset({"rma_sent"})}
"""By what is said of an old part, the movements that show it."""

_MENDED = frozenset({"restored", "resolved"})


def check_visits(facts: BookFacts) -> Iterator[Finding]:
    """What should have happened by now and has not, who had not the experience, and what contradicts the visits."""
    yield from not_done(facts, owed(facts))
    for ticket in facts.records.tickets.values():
        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        visits, old = visits_on_claims(steps), facts.proofs[ticket.id].old_lines
        yield from _inexperienced(facts, ticket, steps, visits)
        yield from _contradicted(ticket, [step for step in steps if step.index not in old], visits)


def lapses_of_visits(facts: BookFacts) -> Iterator[Lapse]:
    """What happened too late."""
    return done_late(facts, owed(facts))


def owed(facts: BookFacts) -> Iterator[Missed]:
    """Every duty of a visit: what is to be said if it is missed, its limit, and when it was done."""
    limit, moved = limits_of(facts), _movements(facts)
    for ticket in facts.records.tickets.values():
        log = [
            proven for proven in facts.proofs[ticket.id].timeline if proven.effective <= facts.as_of
        ]
        yield from _old_parts(facts, ticket, log, limit, moved)
        yield from _uncalled(facts, ticket, log, limit)
        if ticket.kind == "fault":
            yield from _unreferred(facts, ticket, log, limit)


def _movements(facts: BookFacts) -> Mapping[tuple[str, str], Sequence[Entry]]:
    """The movements of each piece, by part and serial number, in the order of their claims."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in timeline(facts.records.spares.log):
        if entry.at <= facts.as_of:
            for serial in entry.data["serials"]:
                found.setdefault((entry.data["part"], serial), []).append(entry)
    return found


def _old_parts(
    facts: BookFacts,
    ticket: Ticket,
    log: Sequence[ProvenEntry],
    limit: Due,
    moved: Mapping[tuple[str, str], Sequence[Entry]],
) -> Iterator[Missed]:
    """Pieces taken out that go back or to the maker, until the stock has them so (requirement 2)."""
    for step in log:
        entry = step.entry
        fate = entry.data.get("old_part", "") if entry.event == "part_replaced" else ""
        here = fate in _BACK and entry.index not in facts.proofs[ticket.id].old_lines
        last = limit("old_part_back_within", entry.at) if here else None
        if last is not None:
            piece = (entry.data["part"], entry.data["removed_serial"])
            back = (
                move.at
                for move in moved.get(piece, ())
                if move.event in _BACK[fate] and move.at >= entry.at
            )
            shown = {
                "part": piece[0],
                "serial": piece[1],
                "fate": fate,
                "due": format_instant(last, facts.records.contract.zone),
            }
            where = place_of(ticket.path, entry, "old_part")
            yield Finding("O282", where, ticket.id, shown), last, next(back, None)


def _uncalled(
    facts: BookFacts, ticket: Ticket, log: Sequence[ProvenEntry], limit: Due
) -> Iterator[Missed]:
    """Reserves who were called up, until they take a step or come along, or nobody is needed (requirement 16)."""
    zone, old = facts.records.contract.zone, facts.proofs[ticket.id].old_lines
    visits = visits_on_claims(step.entry for step in log)
    for place, step in enumerate(log):
        entry = step.entry
        here = entry.event == "called_up" and entry.index not in old
        last = limit("reserve_within", entry.at) if here else None
        if last is not None:
            whom = entry.data["whom"]
            ends = [
                later.effective
                for later in log[place + 1 :]
                if later.entry.by == whom or later.entry.event in {"resolved", "cancelled"}
            ]
            ends += [
                stay.arrived
                for visit in visits
                for stay in visit.stays
                if stay.person == whom and stay.arrived >= entry.at
            ]
            shown = {
                "person": whom,
                "at": format_instant(entry.at, zone),
                "due": format_instant(last, zone),
            }
            where = place_of(ticket.path, entry, "whom")
            yield Finding("O283", where, ticket.id, shown), last, min(ends, default=None)


def _unreferred(
    facts: BookFacts, ticket: Ticket, log: Sequence[ProvenEntry], limit: Due
) -> Iterator[Missed]:
    """Trouble, until it is over or somebody outside is asked, where the contract wants that (requirement 7)."""
    state, proof = facts.states[ticket.id], facts.proofs[ticket.id]
    asked = [step.effective for step in log if step.entry.event == "referred"]
    for spell in state.spells:
        begun = spell.reopened.instant if spell.reopened else latest_report(ticket, proof)
        last = limit("refer_within", begun)
        if last is not None and not proof.old(last):
            over = (spell.repaired, state.cancelled)
            ends = [step.instant for step in over if step is not None]
            ends += [at for at in asked if at >= begun]
            shown = {"due": format_instant(last, facts.records.contract.zone)}
            where = Place(ticket.path, keys=("assets",))
            yield Finding("O284", where, ticket.id, shown), last, min(ends, default=None)


def _inexperienced(
    facts: BookFacts, ticket: Ticket, steps: Sequence[Entry], visits: Sequence[SiteVisit]
) -> Iterator[Finding]:
    """Each who worked on a kind of equipment without the years that the contract asks: once each (requirement 14)."""
    records, proof = facts.records, facts.proofs[ticket.id]
    years = records.contract.data.get("experience", {}).get("minimum", 0)
    known = [records.assets[asset] for asset in ticket.assets if asset in records.assets]
    kinds = dict.fromkeys(asset.kind for asset in known if maker(asset, records.contract))
    if not years or not kinds or ticket.kind != "fault":
        return
    began: dict[str, Instant] = {}
    came = [(stay.person, stay.arrived) for visit in visits for stay in visit.stays]
    did = [
        (entry.by, entry.at)
        for entry in steps
        if entry.event in WORKING and entry.index not in proof.old_lines
    ]
    for who, at in (*(stay for stay in came if not proof.old(stay[1])), *did):
        began[who] = min(at, began.get(who, at))
    for who, at in began.items():
        person = facts.official_staff.before(at).people.get(who)
        day = local_day(at, records.contract.zone)
        lacking = tuple(
            kind for kind in kinds if person is None or not experienced(person, kind, years, day)
        )
        if who in facts.staff_ids and lacking:
            shown = {"person": who, "years": years, "asset_kind": lacking[0]}
            yield Finding("O281", Place(ticket.path, keys=("assets",)), ticket.id, shown)


def _contradicted(
    ticket: Ticket, steps: Sequence[Entry], visits: Sequence[SiteVisit]
) -> Iterator[Finding]:
    """Mended on site where nobody had arrived, or from a distance by who was there (requirements 24 and 25)."""
    for entry in steps:
        if entry.event in _MENDED:
            mode = entry.data["mode"]
            came = any(visit.arrived <= entry.at for visit in visits)
            there = any(visit.has(entry.by, entry.at) for visit in visits)
            if (mode == "on_site" and not came) or (mode == "remote" and there):
                shown = {"event": entry.event, "how": mode, "person": entry.by}
                yield Finding("O285", place_of(ticket.path, entry, "mode"), ticket.id, shown)
