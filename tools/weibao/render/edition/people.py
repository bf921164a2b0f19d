"""How people are called on a page that the customer's whole company may read.

The contract says whether people are published by name, by role or not at all (``publish.people``). By
role, neither a name nor an id (which often is the name in Latin letters) nor an email may appear; two
people of one role are told apart by a letter, so that a reader can still follow who did what. Not at all,
only which side they are on. Among themselves (the audience ``internal``) people have names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import UNKNOWN
from weibao.model.staff import ROLES
from weibao.render.words.names import SOMEBODY_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from weibao.history.commit import Identity
    from weibao.language import Language
    from weibao.model.contract import Contact, Contract
    from weibao.model.handwritten import Audience
    from weibao.model.staff import Person, Staff

CONTACT = N_("customer contact")
PROVIDER = N_("the provider's staff")
SOMEBODY = N_("a person not on the list")
UNKNOWN_IDENTITY = N_("an identity not on the list")


@dataclass(frozen=True, slots=True)
class People:
    """What people are called in one language.

    ``labels`` is by id, ``by_email`` gives the id behind a git identity, ``places`` by id where on the page
    of people somebody is told of; ``named`` says whether people are called by their names, and ``distinct``
    whether one may be told from another.
    """

    labels: Mapping[str, str]
    by_email: Mapping[str, str]
    places: Mapping[str, str]
    named: bool
    distinct: bool
    somebody: str
    unknown_identity: str

    def called(self, person: str) -> str:
        """What to call the person or contact with this id."""
        return self.labels.get(person) or (person if self.named else self.somebody)

    def place(self, person: str) -> str:
        """Where on the page of people somebody is told of; "" for whoever is on no list."""
        return self.places.get(person, "")

    def identified(self, author: Identity | None) -> str:
        """The id of whoever made a commit; "" for who is on no list."""
        return self.by_email.get(author.email.casefold(), "") if author else ""

    def recorder(self, author: Identity | None) -> str:
        """What to call whoever made a commit."""
        if author is None:
            return ""
        known = self.identified(author)
        if known:
            return self.called(known)
        return author.name if self.named else self.unknown_identity

    def discreet(self, value: object) -> object:
        """A fact of a finding, with every person in it called as they are called here."""
        if isinstance(value, (tuple, list)):
            return tuple(self.discreet(part) for part in value)
        return self.labels.get(value, value) if isinstance(value, str) else value


def people_of(
    contract: Contract, staff: Staff, day: date, language: Language, audience: Audience
) -> People:
    """What everyone is called on ``day``: to the customer, by the contract's ``publish.people``."""
    persons, contacts = staff.people.values(), contract.contacts.values()
    published = "names" if audience == "internal" else contract.publish_people
    match published:
        case "names":
            labels = {person.id: person.name for person in persons}
            labels |= {contact.id: language.pick(contact.names) for contact in contacts}
        case "roles":
            labels = _lettered((person.id, _role(person, day, language)) for person in persons)
            labels |= _lettered(
                (contact.id, _title(contact, contract, language)) for contact in contacts
            )
        case _:
            labels = {person.id: language.text(PROVIDER) for person in persons}
            labels |= {contact.id: language.text(CONTACT) for contact in contacts}
    return People(
        labels=labels | {UNKNOWN: language.text(SOMEBODY_UNKNOWN)},
        by_email={
            email.casefold(): part
            for part, emails in [(person.id, person.git) for person in persons]
            + [(contact.id, contact.git) for contact in contacts]
            for email in emails
        },
        places=_places("person", staff.people, published)
        | _places("contact", contract.contacts, published),
        named=published == "names",
        distinct=published in {"names", "roles"},
        somebody=language.text(SOMEBODY),
        unknown_identity=language.text(UNKNOWN_IDENTITY),
    )


def _places(side: str, ids: Iterable[str], published: str) -> dict[str, str]:
    """The anchors of a side's people: by id where they are named, else by number; one for all of whom none is told."""
    match published:
        case "names":
            return {person: f"{side}-{person}" for person in ids}
        case "roles":
            return {person: f"{side}-{number}" for number, person in enumerate(sorted(ids), 1)}
        case _:
            return dict.fromkeys(ids, side)


def _role(person: Person, day: date, language: Language) -> str:
    held = person.roles_on(day) or {term.what for term in person.roles[-1:]}
    first = min(held, key=ROLES.index, default="engineer")
    return language.term("role", first)


def _title(contact: Contact, contract: Contract, language: Language) -> str:
    """The contact's title, unless their name is in it."""
    title = language.pick(contract.data["contacts"].get(contact.id, {}).get("title") or {})
    named = any(name in title for name in contact.names.values())
    return title if title and not named else language.text(CONTACT)


def _lettered(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    together: dict[str, list[str]] = defaultdict(list)
    for person, label in labels:
        together[label].append(person)
    named = {}
    for label, members in together.items():
        for number, person in enumerate(sorted(members)):
            letter = ascii_uppercase[number] if number < 26 else str(number + 1)
            named[person] = f"{label} {letter}" if len(members) > 1 else label
    return named
