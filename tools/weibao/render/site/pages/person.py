"""The page of somebody of the contract: their roles, certificates and turns, what they own, and what they did.

There is one only where people are told apart: by name, or by role. Where they are not, the page of people tells of a side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.edition import addresses
from weibao.render.site.page import OneOfMany, RecordPage
from weibao.report.person_file import PersonFile, person_files
from weibao.report.staffing import staffing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    if not voice.people.distinct:
        return
    records, files = voice.book.records, person_files(voice.book)
    found = staffing(voice.book)
    members = {member.person: member for member in found.members}
    contacts = {contact.id: (contact, kept) for contact, kept in found.contacts}
    for person in (*members, *contacts):
        called = voice.person(person)
        facts = {
            "person": person,
            "title": called,
            "file": files.get(person, PersonFile()),
            "member": members.get(person),
            "held": records.staff.people.get(person),
            "contact": contacts.get(person),
            "turns": [turn for _, turns in found.turns for turn in turns if turn.person == person],
        }
        yield OneOfMany(addresses.person_page(voice.people.place(person)), called, facts)


PAGES = RecordPage(template="person.html", each=_each, place=44, section="contract")
