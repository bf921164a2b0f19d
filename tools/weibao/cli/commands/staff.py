"""``weibao staff``: the provider's people."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.model.field_kinds import PERSON
from weibao.refusal import UsageRefusal

STAFF = "records/staff.yaml"


@click.group(cls=Group, help=N_("The provider's people: enter a certificate."))
def staff() -> None:
    """The provider's people."""


@staff.command(
    cls=Command,
    help=N_(
        "Enter a maker's certificate of somebody in records/staff.yaml. One that was renewed is another: "
        "the old one stays, for work that was done under it."
    ),
)
@argument("person", metavar="PERSON", explained=N_("Whose it is."))
@option("--vendor", required=True, metavar="VENDOR", help=N_("The maker, as assets name it."))
@option("--name", required=True, metavar="TEXT", help=N_("What it is called, as HCIE-Datacom."))
@option("--number", required=True, metavar="TEXT", help=N_("Its number."))
@option("--from", "first", required=True, metavar="DAY", help=N_("The first day."))
@option(
    "--to",
    "last",
    default="",
    metavar="DAY",
    help=N_("The last day; without one until further notice."),
)
@option("--level", default="", metavar="TEXT", help=N_("The level certified."))
@changing
@pass_session
def certificate(session: Session, /, person: str, **given: Any) -> None:
    """Enter a certificate."""
    from weibao.cli.steps.configuring import change
    from weibao.model.naming import called
    from weibao.model.times.when import parse_day
    from weibao.workspace.recording.configuring import configuration_at

    desk = session.desk()
    person = called(desk.records, PERSON, person)
    entry = {key: given[key] for key in ("vendor", "name", "number", "level") if given[key]}
    entry["from"] = parse_day(given["first"], desk.here).isoformat()
    if given["last"]:
        entry["to"] = parse_day(given["last"], desk.here).isoformat()
    for held in desk.records.staff.people[person].certificates:
        if (held.vendor, held.number) == (entry["vendor"], entry["number"]) and (
            held.term.end is None or held.term.end >= date.fromisoformat(entry["from"])
        ):
            raise UsageRefusal(
                N_("{person} has this certificate already: {number} of {vendor}, from {from}."),
                mend=N_(
                    "A renewal begins after the day on which the old one ends; else correct it in {path}."
                ),
                person=person,
                number=held.number,
                vendor=held.vendor,
                path=STAFF,
                **{"from": held.term.start.isoformat()},
            )
    told = []
    makers = sorted({asset.vendor for asset in desk.records.assets.values() if asset.vendor})
    if makers and entry["vendor"] not in makers:
        told.append(
            session.language.text(
                N_("No equipment is of “{vendor}”; it is of {known}."),
                vendor=entry["vendor"],
                known=session.language.listing(makers),
            )
        )
    held_now = configuration_at(desk, STAFF)["people"][person].get("certificates", ())
    puts = [(("people", person, "certificates", len(held_now)), entry)]
    message = f"Certificate of {person}: {entry['vendor']} {entry['name']}"
    change(session, desk, {STAFF: puts}, message, given, told)
