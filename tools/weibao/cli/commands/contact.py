"""``weibao contact``: who of the customer's people may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.model.contract import RIGHTS
from weibao.model.field_kinds import CONTACT
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.model.yaml.document import Keys
    from weibao.workspace.recording.clone import Desk

CONTRACT = "records/contract.yaml"


@click.group(cls=Group, help=N_("The customer's contacts: add one, end one's rights."))
def contact() -> None:
    """The customer's contacts."""


@contact.command(cls=Command, help=N_("Add a contact to records/contract.yaml."))
@argument("name", metavar="ID", explained=N_("The new contact's id, as zhang-gong."))
@option("--name", "called", required=True, metavar="TEXT", help=N_("Their name."))
@option(
    "--may",
    multiple=True,
    type=click.Choice(RIGHTS),
    help=N_("What they may do; may be given several times. None: they are only named."),
)
@option("--title", default="", metavar="TEXT", help=N_("Their position."))
@option("--git", multiple=True, metavar="ADDRESS", help=N_("The address that they commit with."))
@option("--phone", default="", metavar="NUMBER", help=N_("Their phone number."))
@option("--email", default="", metavar="ADDRESS", help=N_("Their email address."))
@changing
@pass_session
def add(session: Session, /, name: str, **given: Any) -> None:
    """Add a contact."""
    from weibao.cli.steps.configuring import change

    desk = session.desk()
    contract = desk.records.contract
    if name in contract.contacts or name in desk.records.staff.people:
        raise UsageRefusal(
            N_("“{name}” is somebody already, and an id stays with its person."),
            mend=N_("Choose another id. Rights that somebody has are changed in {path}."),
            name=name,
            path=CONTRACT,
        )
    _require_unknown(desk, given["git"])
    entry: dict[str, Any] = {"name": given["called"]}
    if given["title"]:
        entry["title"] = {contract.languages[0]: given["title"]}
    entry["may"] = list(dict.fromkeys(given["may"]))
    if given["git"]:
        entry["git"] = list(given["git"])
    entry |= {key: given[key] for key in ("phone", "email") if given[key]}
    puts = [(("contacts", name), entry)]
    change(session, desk, {CONTRACT: puts}, f"Contact {name} added", given)


@contact.command(
    cls=Command,
    help=N_(
        "End a contact's rights. They stay listed, for what they did stands and names them; what they do "
        "from now on counts for nothing."
    ),
)
@argument("name", metavar="CONTACT", explained=N_("The contact."))
@changing
@pass_session
def end(session: Session, /, name: str, **given: Any) -> None:
    """End a contact's rights."""
    from weibao.cli.steps.configuring import change
    from weibao.model.naming import called

    desk = session.desk()
    name = called(desk.records, CONTACT, name)
    contacts = desk.records.contract.contacts
    if not contacts[name].may:
        raise UsageRefusal(
            N_("{contact} has no rights any more: they were ended before."),
            mend=N_("Their rights stand under `may` in {path}."),
            contact=name,
            path=CONTRACT,
        )
    told = []
    if not any(other.may for key, other in contacts.items() if key != name):
        told.append(
            session.language.text(
                N_("Nobody of the customer may do anything then: add the one who follows first.")
            )
        )
    told.append(
        session.language.text(
            N_("If a key of theirs is in records/allowed_signers, end it there with valid-before.")
        )
    )
    puts: list[tuple[Keys, Any]] = [(("contacts", name, "may"), [])]
    change(session, desk, {CONTRACT: puts}, f"Contact {name} ended", given, told)


def _require_unknown(desk: Desk, addresses: tuple[str, ...]) -> None:
    """Refuse an address by which somebody else is known: whose act would it be?"""
    records = desk.records
    known = {
        address.casefold(): someone.id
        for group in (records.staff.people, records.contract.contacts)
        for someone in group.values()
        for address in someone.git
    }
    for address in addresses:
        if address.casefold() in known:
            raise UsageRefusal(
                N_(
                    "{person} commits with {address} already, and an address stands for one person."
                ),
                mend=N_("Give the address that this contact alone uses."),
                person=known[address.casefold()],
                address=address,
            )
