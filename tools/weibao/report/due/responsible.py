"""Who must see to what is due: an owner, whoever is on duty, or whoever has a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.report.due.item import Responsible

if TYPE_CHECKING:
    from weibao.report.book import Book


def in_role(book: Book, role: str) -> Responsible:
    """Whoever has the duty of a role's rota, else the first person with the role; the role alone, else."""
    on_duty = [span.person for span in book.on_duty if span.rota == role]
    today = local_day(book.as_of, book.zone)
    people = sorted(book.records.staff.people.values(), key=lambda person: person.id)
    others = [person.id for person in people if role in person.roles_on(today)]
    return Responsible(next(iter((*on_duty, *others)), ""), role)


def owner_of(book: Book, ticket: str, role: str = "desk") -> Responsible:
    """The person responsible for a ticket; where there is none, whoever must find one."""
    owner = book.states[ticket].owner
    return Responsible(owner) if owner else in_role(book, role)
