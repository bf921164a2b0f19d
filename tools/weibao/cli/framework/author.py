"""Who does what is recorded, where nobody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.commit import author_email

if TYPE_CHECKING:
    from weibao.workspace.recording.clone import Desk


def whoever_records(desk: Desk) -> str:
    """The id of the person whose git identity this clone commits with."""
    email = author_email(desk.root, desk.settings)
    records = desk.records
    identities = {person.id: person.git for person in records.staff.people.values()}
    identities |= {contact.id: contact.git for contact in records.contract.contacts.values()}
    for identifier, addresses in identities.items():
        if email in addresses:
            return identifier
    raise UsageRefusal(
        N_("Nobody in staff.yaml or among the contacts commits as “{email}”."),
        mend=N_("Say who did it with --by, or add the address to that person's git identities."),
        email=email,
    )
