"""``weibao asset``: what the records have on a piece of equipment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.model.assets import CRITICALITIES, KINDS
from weibao.model.field_kinds import ASSET, CONTACT
from weibao.model.instant import local_day
from weibao.model.naming import SITE, called
from weibao.operations.stock import stock_of
from weibao.refusal import UsageRefusal
from weibao.render.json import asset as asset_json
from weibao.render.terminal import asset as asset_view
from weibao.report.asset_file import asset_file, asset_files

if TYPE_CHECKING:
    from weibao.workspace.recording.clone import Desk

ASSETS = "records/assets.yaml"
LABEL_SIZES = ("70x37", "63.5x38.1", "99.1x38.1", "60x40")
"""Said here too, so that Tab need not import how they are set; a test holds them to each other."""
_COPIED = ("kind", "vendor", "model", "site", "services")
_ORDER = (
    *("name", "kind", "vendor", "model", "serial", "site", "location", "services"),
    *("tag", "criticality", "software", "end_of_support", "keeper", "in_service", "covered"),
)


@click.group(
    cls=Group, help=N_("The equipment: what is known of a piece, and what was done to it.")
)
def asset() -> None:
    """The equipment."""


@asset.command(
    cls=Command,
    help=N_("An asset: its cover, its tickets, its inspections, its parts, its availability."),
)
@argument("name", metavar="ASSET", explained=N_("The asset's id, as in records/assets.yaml."))
@view_options
@pass_session
def show(session: Session, /, name: str, revision: str, as_of: str, form: str) -> None:
    """Show an asset."""
    book = session.book(revision, as_of)
    found = asset_file(book, book.records.assets[called(book.records, ASSET, name)])
    session.show(form, asset_json.asset, asset_view.asset_text, book, found)
    session.warn_of_unreadable(book)


@asset.command("list", cls=Command, help=N_("The equipment, with what is open on each piece."))
@option("--site", default="", metavar="SITE", help=N_("Only that of this site."))
@option("--kind", type=click.Choice(KINDS), help=N_("Only this kind."))
@option("--vendor", default="", metavar="VENDOR", help=N_("Only that of this maker."))
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str, **given: Any) -> None:
    """List the equipment."""
    book = session.book(revision, as_of)
    site = called(book.records, SITE, given["site"]) if given["site"] else ""
    chosen = tuple(
        asset
        for asset in book.records.assets.values()
        if site in {"", asset.site}
        and given["kind"] in {None, asset.kind}
        and given["vendor"].casefold() in {"", asset.vendor.casefold()}
    )
    session.show(form, asset_json.assets, asset_view.assets_text, book, asset_files(book, chosen))
    session.warn_of_unreadable(book)


@asset.command(
    cls=Command,
    help=N_(
        "Write labels for equipment as a page to print: a QR code of its page on the site, its name, its id and "
        "its place; of all equipment, or of what is named."
    ),
)
@argument(
    "names",
    metavar="[ASSET]...",
    nargs=-1,
    required=False,
    explained=N_("The equipment; all of it if none is named."),
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("labels.html"),
    show_default=True,
    metavar="FILE",
    help=N_("The file to write."),
)
@option(
    "--size",
    type=click.Choice(LABEL_SIZES),
    default=LABEL_SIZES[0],
    show_default=True,
    help=N_("Of a label, in millimetres: 24, 21 or 14 on A4, or single ones of a roll."),
)
@option("--site", default="", metavar="SITE", help=N_("Only that of this site."))
@option(
    "--used",
    type=click.IntRange(0, 23),
    default=0,
    metavar="NUMBER",
    help=N_("How many labels of the first sheet are gone already."),
)
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@pass_session
def labels(session: Session, /, names: tuple[str, ...], **given: Any) -> None:
    """Write labels."""
    from weibao.cli.steps.labels import write_labels

    write_labels(session, names, given)


@asset.command(
    cls=Command,
    help=N_(
        "Add a piece of equipment to records/assets.yaml, with --like of the kind, model, site and services of "
        "another; what is given here stands in their place. It is covered from today, unless another day is given."
    ),
)
@argument("name", metavar="ID", explained=N_("The new asset's id, as core-sw-03."))
@option(
    "--like",
    default="",
    metavar="ASSET",
    help=N_("Which equipment it is like; without one give --kind and --site."),
)
@option("--serial", required=True, metavar="TEXT", help=N_("The serial number on its label."))
@option("--name-zh", default="", metavar="TEXT", help=N_("Its name in Chinese."))
@option("--name-en", default="", metavar="TEXT", help=N_("Its name in English."))
@option("--kind", type=click.Choice(KINDS), help=N_("What kind of equipment it is."))
@option("--vendor", default="", metavar="VENDOR", help=N_("The maker."))
@option("--model", default="", metavar="TEXT", help=N_("The model."))
@option("--site", default="", metavar="SITE", help=N_("The site where it is."))
@option("--location", default="", metavar="TEXT", help=N_("Where it is there: room and rack."))
@option(
    "--service",
    "services",
    multiple=True,
    metavar="SERVICE",
    help=N_("A service that rests on it; may be given several times."),
)
@option("--tag", default="", metavar="TEXT", help=N_("The customer's own number of it."))
@option(
    "--criticality",
    type=click.Choice(CRITICALITIES),
    help=N_("How much the business rests on it."),
)
@option("--software", default="", metavar="TEXT", help=N_("The version of its software."))
@option(
    "--end-of-support",
    default="",
    metavar="DAY",
    help=N_("The last day on which its maker supports it."),
)
@option(
    "--keeper", default="", metavar="CONTACT", help=N_("Who keeps it, of the customer's contacts.")
)
@option("--in-service", default="", metavar="DAY", help=N_("When it went into service."))
@option(
    "--covered-from",
    default="",
    metavar="DAY",
    help=N_("The first day of its cover; today if not given."),
)
@option(
    "--covered-to",
    default="",
    metavar="DAY",
    help=N_("The last day; that of the other, or the contract's, if not given."),
)
@changing
@pass_session
def add(session: Session, /, name: str, **given: Any) -> None:
    """Add an asset."""
    from weibao.cli.steps.configuring import change
    from weibao.model.times.when import parse_day
    from weibao.workspace.recording.configuring import configuration_at

    desk = session.desk()
    like = called(desk.records, ASSET, given["like"]) if given["like"] else ""
    if name in desk.records.assets:
        raise UsageRefusal(
            N_("There is an asset “{name}” already."),
            mend=N_("Choose another id, or see it: weibao asset show {name}"),
            name=name,
        )
    _require_new_serial(desk, given["serial"])
    other = configuration_at(desk, ASSETS)["assets"][like] if like else {}
    entry = {key: other[key] for key in _COPIED if key in other}
    names = {code: given[f"name_{code}"] for code in ("zh", "en") if given[f"name_{code}"]}
    if not names:
        raise UsageRefusal(
            N_("What is it called?"), mend=N_("Say it with --name-zh, --name-en or both.")
        )
    plain = ("kind", "vendor", "model", "serial", "location", "tag", "criticality", "software")
    entry |= {key: given[key] for key in plain if given[key]}
    entry["name"] = names
    if given["site"]:
        entry["site"] = called(desk.records, SITE, given["site"])
    if not {"kind", "site"} <= entry.keys():
        raise UsageRefusal(
            N_("What kind of equipment is it, and at which site?"),
            mend=N_("Name equipment that it is like with --like, or give --kind and --site."),
        )
    if given["services"]:
        entry["services"] = list(given["services"])
    if given["keeper"]:
        entry["keeper"] = called(desk.records, CONTACT, given["keeper"])
    for key in ("in_service", "end_of_support"):
        if given[key]:
            entry[key] = parse_day(given[key], desk.here).isoformat()
    contract = desk.records.contract
    days = {
        "from": given["covered_from"] or local_day(desk.now, contract.zone).isoformat(),
        "to": given["covered_to"] or other.get("covered", {}).get("to", contract.end.isoformat()),
    }
    entry["covered"] = {key: parse_day(day, desk.here).isoformat() for key, day in days.items()}
    _require_it_left_the_depot(desk, entry.get("vendor", ""), entry["serial"])
    puts = [(("assets", name), {key: entry[key] for key in _ORDER if key in entry})]
    message = f"Asset {name} added" + (f", like {like}" if like else "")
    change(session, desk, {ASSETS: puts}, message, given)


def _require_new_serial(desk: Desk, serial: str) -> None:
    """Refuse a serial number that other equipment has: it is on one label."""
    plate = "".join(serial.split()).casefold()
    for known in desk.records.assets.values():
        if plate and "".join(known.serial.split()).casefold() == plate:
            raise UsageRefusal(
                N_("“{asset}” has the serial number {serial} already."),
                mend=N_(
                    "Read the label again; if it is one and the same piece: weibao asset show {asset}"
                ),
                asset=known.id,
                serial=known.serial,
            )


def _require_it_left_the_depot(desk: Desk, maker: str, serial: str) -> None:
    """Refuse what the ledger of spares has and was not issued: a piece is in one place."""
    parts = desk.records.spares.parts
    for piece in stock_of(desk.records.spares, desk.now).pieces.values():
        same = piece.serial == serial and piece.part in parts and parts[piece.part].oem == maker
        if same and piece.state != "issued":
            raise UsageRefusal(
                N_("{serial} is a spare part ({part}) that no depot has issued."),
                mend=N_(
                    "Read the label again; where it is: weibao spares trace {serial}. What leaves a depot is issued first: weibao spares issue."
                ),
                serial=serial,
                part=piece.part,
            )
