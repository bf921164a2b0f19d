"""How people are called on a page that the customer's whole company may read.

The contract says whether people are published by name or by role (``publish.people``). By role,
neither a name nor an id (which often is the name in Latin letters) nor an email may appear; two
people of one role are told apart by a letter, so that a reader can still follow who did what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.staff import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from weibao.history.commit import Identity
    from weibao.language import Language
    from weibao.model.contract import Contact, Contract
    from weibao.model.staff import Person, Staff

CONTACT = N_("customer contact")
SOMEBODY = N_("a person not on the list")
UNKNOWN_IDENTITY = N_("an identity not on the list")


@dataclass(frozen=True, slots=True)
class People:
    """What people are called in one language.

    ``labels`` is by id, ``by_email`` gives the id behind a git identity. ``private`` maps the
    names, ids and emails that may not appear to the id they belong to; it is empty where people
    are published by name, and ``pattern`` finds its words.
    """

    labels: Mapping[str, str]
    by_email: Mapping[str, str]
    private: Mapping[str, str]
    pattern: re.Pattern[str] | None
    somebody: str
    unknown_identity: str

    def called(self, person: str) -> str:
        """What to call the person or contact with this id."""
        return self.labels.get(person) or (self.somebody if self.private else person)

    def recorder(self, author: Identity | None) -> str:
        """What to call whoever made a commit."""
        if author is None:
            return ""
        known = self.by_email.get(author.email.casefold())
        if known:
            return self.called(known)
        return self.unknown_identity if self.private else author.name

    def prose(self, text: str) -> str:
        """Free text of a record; a name that may not appear gives way to 〔the person's role〕.

        The brackets say that something was put in: the words of a record are not changed unseen.
        """
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: f"〔{self.called(self.private[found[0]])}〕", text)

    def discreet(self, value: object) -> object:
        """A fact of a finding, with every person in it called as they are called here."""
        if isinstance(value, (tuple, list)):
            return tuple(self.discreet(part) for part in value)
        if not isinstance(value, str):
            return value
        return self.labels.get(value) or self.prose(value)


def people_of(contract: Contract, staff: Staff, day: date, language: Language) -> People:
    """What everyone is called on ``day``, by the contract's ``publish.people``."""
    by_name = contract.publish_people == "names"
    persons, contacts = staff.people.values(), contract.contacts.values()
    if by_name:
        labels = {person.id: person.name for person in persons}
        labels |= {contact.id: language.pick(contact.names) for contact in contacts}
    else:
        labels = _lettered((person.id, _role(person, day, language)) for person in persons)
        labels |= _lettered(
            (contact.id, _title(contact, contract, language)) for contact in contacts
        )
    private = {} if by_name else _private(persons, contacts)
    return People(
        labels=labels,
        by_email={
            email.casefold(): part
            for part, emails in [(person.id, person.git) for person in persons]
            + [(contact.id, contact.git) for contact in contacts]
            for email in emails
        },
        private=private,
        pattern=_pattern(private),
        somebody=language.text(SOMEBODY),
        unknown_identity=language.text(UNKNOWN_IDENTITY),
    )


def _role(person: Person, day: date, language: Language) -> str:
    held = person.roles_on(day) or {term.what for term in person.roles[-1:]}
    first = min(held, key=ROLES.index, default="engineer")
    return language.term("role", first)


def _title(contact: Contact, contract: Contract, language: Language) -> str:
    title = contract.data["contacts"].get(contact.id, {}).get("title")
    return language.pick(title) if title else language.text(CONTACT)


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


def _private(persons: Iterable[Person], contacts: Iterable[Contact]) -> dict[str, str]:
    words: dict[str, str] = {}
    for person in persons:
        words |= dict.fromkeys((person.id, person.name, *person.git), person.id)
    for contact in contacts:
        words |= dict.fromkeys((contact.id, *contact.names.values(), *contact.git), contact.id)
    return {word: owner for word, owner in words.items() if len(word) > 1}


def _pattern(private: Mapping[str, str]) -> re.Pattern[str] | None:
    if not private:
        return None
    longest_first = sorted(private, key=len, reverse=True)
    latin = [re.escape(word) for word in longest_first if word.isascii()]
    other = [re.escape(word) for word in longest_first if not word.isascii()]
    choices = [*other, *(rf"(?<![\w.@-]){word}(?![\w@-])" for word in latin)]
    return re.compile("|".join(choices))
