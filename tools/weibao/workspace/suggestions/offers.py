"""What may be offered where a step asks for something, and in which order: what fits best comes first.

Pure: records, a state and what is known so far in; choices out, named in the reader's language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.field_kinds import Thing
from weibao.model.impact import IMPACTS
from weibao.model.instant import format_instant, local_day
from weibao.model.references import right_needed
from weibao.model.ticket import Ticket
from weibao.operations.checklist import items_of
from weibao.operations.coverage import coverage_in
from weibao.render.words.findings import event_title
from weibao.render.words.names import thing_called
from weibao.render.words.plain import plain
from weibao.workspace.suggestions.asked import ComingStep, FieldPrompt, Offer, named, offered
from weibao.workspace.suggestions.stock_offers import depots, parts, serials, suppliers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.language import Language
    from weibao.model.duration import Duration
    from weibao.model.events import Field
    from weibao.model.records import Records

FIRST_ROLES = {
    "notified": ("pm", "supervisor", "director"),
    "called_up": ("reserve", "engineer"),
    "escalated": ("supervisor", "pm", "director"),
    "received": ("depot", "supervisor"),
    "raised": ("engineer", "supervisor", "pm"),
    "handed_over": ("supervisor", "pm", "director"),
}
"""Whom an event mostly names, by role; the others follow."""

ROLES = (
    "engineer",
    "reserve",
    "desk",
    "duty_clerk",
    "supervisor",
    "pm",
    "depot",
    "director",
    "system_administrator",
)


def offers_for(
    field: Field, step: ComingStep, records: Records, words: Language
) -> tuple[Offer, ...]:
    """What a field may take, best first; () where it takes words that nothing can foresee."""
    kind = field.kind
    if kind.choices:
        return tuple(Offer(word, words.term(kind.name, word)) for word in kind.choices)
    return tuple(OFFERS[kind.thing](FieldPrompt(field, step, records, words))) if kind.thing else ()


def ticket_title(ticket: Ticket) -> str:
    """How a ticket reads in a list: the end of its id, and its title."""
    return f"{ticket.id[-6:]}  {plain(ticket.title)}"


def _people(asked: FieldPrompt) -> Iterator[Offer]:
    """The people who have a role today: those on the record first, then by role and id."""
    day = local_day(asked.step.now, asked.records.contract.zone)
    wanted = FIRST_ROLES.get(asked.step.event, ROLES)
    order = (*wanted, *(role for role in ROLES if role not in wanted))
    known = [asked.step.state.owner, *(entry.by for entry in reversed(asked.step.log))]
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
        yield Offer(identifier, named(name, identifier))


def _contacts(asked: FieldPrompt) -> Iterator[Offer]:
    """The customer's contacts who may do this: who reported it first."""
    right = right_needed(asked.step.kind, asked.step.event, asked.field.key)
    reporter = asked.step.value.reported_by if isinstance(asked.step.value, Ticket) else ""
    contacts = asked.records.contract.contacts.values()
    for contact in sorted(contacts, key=lambda contact: contact.id != reporter):
        if not right or right in contact.may:
            yield offered(contact.id, contact.names, asked.words)


def _assets(asked: FieldPrompt) -> Iterator[Offer]:
    """The equipment covered today: the record's own first, then what was worked on last.

    Of a round, what has something left to be checked comes first.
    """
    day = local_day(asked.step.now, asked.records.contract.zone)
    own = tuple(getattr(asked.step.value, "assets", ()))
    bound = asked.step.kind == "inspection" and own
    chosen = own if bound else (*own, *asked.step.recent, *asked.records.assets)
    left = _left(asked)
    for identifier in sorted(
        dict.fromkeys(chosen), key=lambda name: bool(left) and name not in left
    ):
        asset = asked.records.assets.get(identifier)
        if asset is not None and asset.covered_from <= day <= asset.covered_to:
            offer = offered(identifier, asset.names, asked.words)
            if number := len(left.get(identifier, ())):
                to_check = N_("{number} item to check"), N_("{number} items to check")
                title = f"{offer.title}  {asked.words.plural(*to_check, number)}"
                offer = replace(offer, title=title)
            yield offer


def _left(asked: FieldPrompt) -> Mapping[str, tuple[str, ...]]:
    """For a check, or for equipment to skip, what is still to be looked at; {} for any other step."""
    if asked.step.event not in {"checked", "skipped"}:
        return {}
    return coverage_in(asked.records.plan, asked.records.assets, asked.step.value).left


def _severities(asked: FieldPrompt) -> Iterator[Offer]:
    """The levels of the terms in effect, with what they mean and promise; not the present one."""
    day = local_day(asked.step.now, asked.records.contract.zone)
    in_effect = [term for term in asked.records.contract.terms if term.effective_from <= day]
    for terms in (in_effect or list(asked.records.contract.terms))[-1:]:
        for level, name in sorted(terms.severities.items()):
            if asked.step.kind == "ticket" and level == asked.step.state.severity:
                continue
            promises = (
                f"{asked.words.term('target', target)} {_length(promise.within, asked.words)}"
                for target, promise in name.targets.items()
                if target in {"respond", "restore"}
            )
            told = (
                asked.words.pick(name.names),
                asked.words.pick(name.definition),
                asked.words.listing(promises),
            )
            yield Offer(
                str(level), "  ".join([str(level), *(plain(fact) for fact in told if fact)])
            )


def _impacts(asked: FieldPrompt) -> Iterator[Offer]:
    """The services that rest on the equipment in question, then it; all there are where none is named."""
    records, words = asked.records, asked.words
    own = getattr(asked.step.value, "assets", ())
    named: Iterable[str] = asked.step.answered.get("assets") or own
    assets = [asset for asset in named if asset in records.assets]
    known = records.contract.services
    resting = {service for asset in assets for service in records.assets[asset].services}
    for affected in (*(service for service in known if service in resting or not assets), *assets):
        for state in IMPACTS:
            called = plain(thing_called(records, affected, words))
            yield Offer(f"{affected}={state}", f"{called}  {words.term('impact', state)}")


def _levels(asked: FieldPrompt) -> Iterator[Offer]:
    """The rungs of the ladder: the next one first."""
    climbed = max((e.data["level"] for e in asked.step.log if e.event == "escalated"), default=0)
    for rung in sorted(
        asked.records.contract.ladder, key=lambda name: (name.level <= climbed, name.level)
    ):
        roles = asked.words.listing(asked.words.term("role", role) for role in rung.to)
        yield Offer(str(rung.level), f"{rung.level}  {rung.at_percent} %  {roles}")


def _satisfaction(_asked: FieldPrompt) -> Iterator[Offer]:
    for mark in (5, 4, 3, 2, 1):
        yield Offer(str(mark), f"{'★' * mark}  {mark}")


def _causes(asked: FieldPrompt) -> Iterator[Offer]:
    """The causes of the contract: those that tickets named last first, then as the contract lists them."""
    known = asked.records.contract.causes
    named = (
        entry.data.get("cause_code", "")
        for ticket in asked.step.tickets
        for entry in reversed(ticket.log)
    )
    for cause in dict.fromkeys((*(code for code in named if code in known), *known)):
        yield offered(cause, known[cause], asked.words)


def _tickets(asked: FieldPrompt) -> Iterator[Offer]:
    """The open tickets: first those about the equipment that the step is about."""
    own = asked.step.value.id if isinstance(asked.step.value, Ticket) else ""
    asset = asked.step.answered.get("asset")
    for ticket in sorted(asked.step.tickets, key=lambda ticket: asset not in ticket.assets):
        if ticket.id != own:
            yield Offer(ticket.id, ticket_title(ticket))


def _entries(asked: FieldPrompt) -> Iterator[Offer]:
    """The entries of the log, the latest first."""
    zone = asked.records.contract.zone
    for entry in reversed(asked.step.log):
        name = f"{format_instant(entry.at, zone)}/{entry.event}"
        moment = asked.words.moment(entry.at, zone)
        yield Offer(
            name,
            f"{moment}  {event_title(asked.step.kind, entry.event, asked.words)}  {plain(entry.note)}",
        )


def _actions(asked: FieldPrompt) -> Iterator[Offer]:
    """The corrective actions that the step may follow; none for a new one, which is to be named."""
    if asked.step.event == "raised":
        return
    reached = {"raised": 0, "done": 1, "verified": 2}
    state = {e.data["action"]: reached[e.event] for e in asked.records.actions}
    texts = {e.data["action"]: e.data["text"] for e in asked.records.actions if e.event == "raised"}
    for name, text in texts.items():
        if state[name] == reached[asked.step.event] - 1:
            yield Offer(name, named(text, name))


def _items(asked: FieldPrompt) -> Iterator[Offer]:
    """The items of the round's checklists: those not yet looked at on this asset first."""
    items = items_of(asked.records.plan, asked.step.value.plan)
    left = _left(asked).get(str(asked.step.answered.get("asset")), ())
    for identifier in sorted(items, key=lambda name: name not in left):
        yield offered(identifier, items[identifier].names, asked.words)


def _length(length: Duration, words: Language) -> str:
    if length.in_working_days:
        days = length.working_days
        return words.plural(N_("{number} working day"), N_("{number} working days"), days)
    return words.duration(length.seconds)


OFFERS: dict[Thing, Callable[[FieldPrompt], Iterable[Offer]]] = {
    Thing.PERSON: _people,
    Thing.CONTACT: _contacts,
    Thing.ASSET: _assets,
    Thing.PART: parts,
    Thing.DEPOT: depots,
    Thing.CAUSE: _causes,
    Thing.TICKET: _tickets,
    Thing.ACTION: _actions,
    Thing.ITEM: _items,
    Thing.ENTRY: _entries,
    Thing.PIECE: serials,
    Thing.SUPPLIER: suppliers,
    Thing.SEVERITY: _severities,
    Thing.IMPACT: _impacts,
    Thing.RUNG: _levels,
    Thing.SATISFACTION: _satisfaction,
}
"""What there is to choose from, of each thing that a field may name."""
