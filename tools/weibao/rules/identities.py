"""Who did a step, who recorded it, and whether either could (E105, E108–E110, E114)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.references import RIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.records import Records

RECORD_FOR_OTHERS = frozenset({"desk", "pm", "supervisor"})
"""Roles that record what others have done (requirements 34–37)."""


def check_identities(
    proofs: Mapping[str, ProvenLog],
    paths: Mapping[str, str],
    addresses: Mapping[str, str],
    records: Records,
) -> Iterator[Finding]:
    """Findings on the people of every proven entry.

    ``paths`` gives the file of each record id; ``addresses`` tells whose an address is, in lower case.
    """
    unknown: set[str] = set()
    for record, proof in proofs.items():
        for proven in proof.entries:
            codes = (
                *_unemployed(proven, records),
                *_recorder(proven, addresses, records, unknown),
                *_customers_word(proven, addresses, records),
            )
            if codes:
                place, facts = Place(paths[record], proven.entry.line), _facts(proven, records)
                yield from (Finding(code, place, record, facts) for code in codes)


def _facts(proven: ProvenEntry, records: Records) -> dict[str, object]:
    entry = proven.entry
    return {
        "event": entry.event,
        "at": format_instant(entry.at, records.contract.zone),
        "person": entry.by,
        "contact": entry.data.get("contact", ""),
        "author": proven.author.email if proven.author else "",
        "commit": proven.commit or "",
    }


def _unemployed(proven: ProvenEntry, records: Records) -> Iterator[str]:
    """E108: done by one of the staff on a day on which they had no role."""
    person = records.staff.people.get(proven.entry.by)
    if person and not person.roles_on(local_day(proven.entry.at, records.contract.zone)):
        yield "E108"


def _recorder(
    proven: ProvenEntry, addresses: Mapping[str, str], records: Records, unknown: set[str]
) -> Iterator[str]:
    """E110 once for each commit by nobody known; E109 where a colleague recorded it unasked.

    What was brought along from an old register rests on no commit, and anybody may bring it.
    """
    if proven.author is None or proven.commit is None or proven.recorded is None:
        return
    if proven.grade is Grade.IMPORTED:
        return
    author = addresses.get(proven.author.email.casefold())
    if author is None:
        if proven.commit not in unknown:
            unknown.add(proven.commit)
            yield "E110"
        return
    people, by = records.staff.people, proven.entry.by
    if author == by or author not in people or by not in people:
        return
    day = local_day(proven.recorded, records.contract.zone)
    if not RECORD_FOR_OTHERS & people[author].roles_on(day):
        yield "E109"


def _customers_word(
    proven: ProvenEntry, addresses: Mapping[str, str], records: Records
) -> Iterator[str]:
    """E114 where the customer's word is given by who may not give it; E105 where it is passed on."""
    if proven.first_hand is None or proven.author is None:
        return
    entry, contacts = proven.entry, records.contract.contacts
    author = addresses.get(proven.author.email.casefold())
    giver = contacts.get(entry.by)
    given_by_another = giver is not None and author is not None and author != giver.id
    without_right = (
        giver is not None
        and giver.id != entry.data["contact"]
        and RIGHTS[entry.event] not in giver.may
    )
    if given_by_another or without_right:
        yield "E114"
    elif not proven.first_hand:
        yield "E105"
