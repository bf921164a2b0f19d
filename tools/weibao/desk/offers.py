"""What may be offered where a step asks for something, and in which order: what fits best comes first.

Pure: records, a standing and what is known so far in; choices out, named in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.record.instant import format_instant, local_day
from weibao.record.ticket import Ticket
from weibao.rules.references import right_needed
from weibao.service.stock import stock_of
from weibao.view.findings import event_title
from weibao.view.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.language import Language
    from weibao.record.duration import Duration
    from weibao.record.entry import Entry
    from weibao.record.events import Field
    from weibao.record.instant import Instant
    from weibao.record.lifecycle import Standing
    from weibao.record.records import Records

FIRST_ROLES = {
    "notified": ("pm", "supervisor", "director"),
    "escalated": ("supervisor", "pm", "director"),
    "received": ("depot", "supervisor"),
    "raised": ("engineer", "supervisor", "pm"),
}
"""Whom an event mostly names, by role; the others follow."""

ROLES = ("engineer", "reserve", "desk", "supervisor", "pm", "depot", "director")


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice: what the record will say, and how a person reads it."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step as far as it is known while it is asked for.

    Attributes:
        kind: of the record: ``ticket``, ``inspection``, ``spares``, ``actions``.
        event: the step's event.
        value: the record as it stands, typed; None for one that is still to be filed.
        standing: where it stands.
        log: its entries; () for one that is still to be filed.
        recent: the assets of the tickets worked on last, the latest first.
        tickets: the tickets that may be named, the most urgent first.
        answered: what was given or answered before, by the field's key.
        now: the instant of asking.
    """

    kind: str
    event: str
    value: Any
    standing: Standing
    log: tuple[Entry, ...]
    recent: tuple[str, ...]
    tickets: tuple[Ticket, ...]
    answered: Mapping[str, Any]
    now: Instant


@dataclass(frozen=True, slots=True)
class _Asked:
    field: Field
    step: Step
    records: Records
    words: Language


def offers_for(field: Field, step: Step, records: Records, words: Language) -> tuple[Offer, ...]:
    """What a field may take, best first; () where it takes words that nothing can foresee."""
    if field.choices:
        return tuple(Offer(one, words.term(field.kind, one)) for one in field.choices)
    # What was done to resolve a ticket is an ``action`` too, but a text and no name.
    offer = _KEYS.get(field.key) if field.kind == "name" else _KINDS.get(field.kind)
    return tuple(offer(_Asked(field, step, records, words))) if offer else ()


def ticket_title(ticket: Ticket) -> str:
    """How a ticket reads in a list: the end of its id, and its title."""
    return f"{ticket.id[-6:]}  {plain(ticket.title)}"


def _people(asked: _Asked) -> Iterator[Offer]:
    """The people who have a role today: those on the record first, then by role and id."""
    day = local_day(asked.step.now, asked.records.contract.zone)
    wanted = FIRST_ROLES.get(asked.step.event, ROLES)
    order = (*wanted, *(role for role in ROLES if role not in wanted))
    known = [asked.step.standing.owner, *(entry.by for entry in reversed(asked.step.log))]
    ranked = []
    for person in asked.records.staff.people.values():
        roles = person.roles_on(day)
        if roles:
            rank = min((order.index(role) for role in roles if role in order), default=len(order))
            # Whom to tell is a matter of rank; whom to send, of who knows the ticket.
            near = known.index(person.id) if person.id in known else len(known)
            by_role = asked.step.event in FIRST_ROLES
            ranked.append(((rank, near) if by_role else (near, rank), person.id, person.name))
    for _, identifier, name in sorted(ranked):
        yield Offer(identifier, _named(name, identifier))


def _contacts(asked: _Asked) -> Iterator[Offer]:
    """The customer's contacts who may do this: who reported it first."""
    right = right_needed(asked.step.kind, asked.step.event, asked.field.key)
    reporter = asked.step.value.reported_by if isinstance(asked.step.value, Ticket) else ""
    contacts = asked.records.contract.contacts.values()
    for contact in sorted(contacts, key=lambda one: one.id != reporter):
        if not right or right in contact.may:
            yield Offer(contact.id, _named(asked.words.pick(contact.names), contact.id))


def _assets(asked: _Asked) -> Iterator[Offer]:
    """The equipment that is covered today: the record's own first, then what was worked on last."""
    day = local_day(asked.step.now, asked.records.contract.zone)
    own = tuple(getattr(asked.step.value, "assets", ()))
    bound = asked.step.kind == "inspection" and own
    chosen = own if bound else (*own, *asked.step.recent, *asked.records.assets)
    for identifier in dict.fromkeys(chosen):
        asset = asked.records.assets.get(identifier)
        if asset is not None and asset.covered_from <= day <= asset.covered_to:
            yield Offer(identifier, _named(asked.words.pick(asset.names), identifier))


def _parts(asked: _Asked) -> Iterator[Offer]:
    """The parts of the catalogue: those awaited first, then those that fit the record's assets."""
    assets = [asked.records.assets.get(one) for one in getattr(asked.step.value, "assets", ())]
    models = {asset.model for asset in assets if asset is not None}
    awaited = asked.step.standing.awaited_parts

    def far(identifier: str) -> tuple[bool, bool]:
        fits = models.intersection(asked.records.spares.parts[identifier].fits)
        return (identifier not in awaited, not fits)

    for identifier in sorted(asked.records.spares.parts, key=far):
        if asked.step.event != "part_arrived" or identifier in awaited:
            names = asked.records.spares.parts[identifier].names
            yield Offer(identifier, _named(asked.words.pick(names), identifier))


def _depots(asked: _Asked) -> Iterator[Offer]:
    for depot in asked.records.spares.depots.values():
        if asked.field.key != "to" or depot.id != asked.step.answered.get("from"):
            yield Offer(depot.id, _named(asked.words.pick(depot.names), depot.id))


def _serials(asked: _Asked) -> Iterator[Offer]:
    """The pieces that may move so: in the depot for what goes out, out for what comes back."""
    event, given = asked.step.event, asked.step.answered
    depot = given.get("from") or given.get("depot")
    for piece in stock_of(asked.records.spares, asked.step.now).pieces.values():
        here = piece.state == "in_stock" and depot in {None, "", piece.depot}
        movable = {
            "received": False,
            "returned": piece.state == "issued",
            "issued": here and piece.verified,
            "scrapped": here or (piece.state == "issued" and not depot),
        }.get(event, here)
        if piece.part == given.get("part") and movable:
            yield Offer(piece.serial, plain(piece.serial))


def _severities(asked: _Asked) -> Iterator[Offer]:
    """The levels of the terms in effect, with what they mean and promise; not the present one."""
    day = local_day(asked.step.now, asked.records.contract.zone)
    in_effect = [one for one in asked.records.contract.terms if one.effective_from <= day]
    for terms in (in_effect or list(asked.records.contract.terms))[-1:]:
        for level, one in sorted(terms.severities.items()):
            if asked.step.kind == "ticket" and level == asked.step.standing.severity:
                continue
            promises = (
                f"{asked.words.term('target', target)} {_length(promise.within, asked.words)}"
                for target, promise in one.targets.items()
                if target in {"respond", "restore"}
            )
            told = (
                asked.words.pick(one.names),
                asked.words.pick(one.definition),
                asked.words.listing(promises),
            )
            yield Offer(str(level), "  ".join([str(level), *(plain(x) for x in told if x)]))


def _levels(asked: _Asked) -> Iterator[Offer]:
    """The rungs of the ladder: the next one first."""
    climbed = max((e.data["level"] for e in asked.step.log if e.event == "escalated"), default=0)
    for rung in sorted(
        asked.records.contract.ladder, key=lambda one: (one.level <= climbed, one.level)
    ):
        roles = asked.words.listing(asked.words.term("role", role) for role in rung.to)
        yield Offer(str(rung.level), f"{rung.level}  {rung.at_percent} %  {roles}")


def _satisfaction(_asked: _Asked) -> Iterator[Offer]:
    for mark in (5, 4, 3, 2, 1):
        yield Offer(str(mark), f"{'★' * mark}  {mark}")


def _tickets(asked: _Asked) -> Iterator[Offer]:
    own = asked.step.value.id if isinstance(asked.step.value, Ticket) else ""
    for ticket in asked.step.tickets:
        if ticket.id != own:
            yield Offer(ticket.id, ticket_title(ticket))


def _entries(asked: _Asked) -> Iterator[Offer]:
    """The entries of the log, the latest first."""
    zone = asked.records.contract.zone
    for entry in reversed(asked.step.log):
        name = f"{format_instant(entry.at, zone)}/{entry.event}"
        moment = asked.words.moment(entry.at, zone)
        yield Offer(name, f"{moment}  {event_title(entry.event, asked.words)}  {plain(entry.note)}")


def _actions(asked: _Asked) -> Iterator[Offer]:
    """The corrective actions that the step may follow; none for a new one, which is to be named."""
    if asked.step.event == "raised":
        return
    reached = {"raised": 0, "done": 1, "verified": 2}
    state = {e.data["action"]: reached[e.event] for e in asked.records.actions}
    texts = {e.data["action"]: e.data["text"] for e in asked.records.actions if e.event == "raised"}
    for name, text in texts.items():
        if state[name] == reached[asked.step.event] - 1:
            yield Offer(name, _named(text, name))


def _items(asked: _Asked) -> Iterator[Offer]:
    """The items of the round's checklists: those not yet looked at on this asset first."""
    work = asked.records.plan.work.get(getattr(asked.step.value, "plan", ""))
    asset = asked.step.answered.get("asset")
    done = {
        e.data["item"] for e in asked.step.log if e.event == "checked" and e.data["asset"] == asset
    }
    items = {
        item.item: asked.words.pick(item.names)
        for name in (work.checklists if work else ())
        for item in asked.records.plan.checklists.get(name, ())
    }
    for identifier in sorted(items, key=lambda one: one in done):
        yield Offer(identifier, _named(items[identifier], identifier))


def _length(length: Duration, words: Language) -> str:
    if length.in_working_days:
        days = length.working_days
        return words.plural(N_("{number} working day"), N_("{number} working days"), days)
    return words.duration(length.seconds)


def _named(name: str, identifier: str) -> str:
    return f"{plain(name)}  {identifier}"


_KINDS: dict[str, Callable[[_Asked], Iterable[Offer]]] = {
    "person": _people,
    "contact": _contacts,
    "asset": _assets,
    "assets": _assets,
    "part": _parts,
    "depot": _depots,
    "serials": _serials,
    "serials_found": _serials,
    "severity": _severities,
    "level": _levels,
    "satisfaction": _satisfaction,
    "ticket": _tickets,
    "entry_reference": _entries,
    "entry_references": _entries,
}
_KEYS: dict[str, Callable[[_Asked], Iterable[Offer]]] = {
    "action": _actions,
    "item": _items,
}
