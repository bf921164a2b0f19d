"""``weibao spares``: movements of stock, what lies where, and where one piece has been."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.field_values import field_values
from weibao.cli.framework.nouns import SPARES
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing, field_options, writing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.cli.steps.recording import append
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import N_
from weibao.model.field_kinds import DEPOT, PART
from weibao.model.naming import called
from weibao.refusal import UsageRefusal
from weibao.render.json import spares as spares_json
from weibao.render.json.printed import printed
from weibao.render.terminal import spares as spares_view
from weibao.workspace.recording.attachment import read_attachment
from weibao.workspace.recording.recording import read_standing_record

if TYPE_CHECKING:
    from weibao.model.yaml.document import Keys
    from weibao.workspace.recording.clone import Desk


@click.group(
    cls=Group, help=N_("Spare parts: record each movement, show the stock, trace a piece.")
)
def spares() -> None:
    """The spare parts."""


@spares.group("rma", cls=Group, help=N_("Parts that go back to the maker: sent, returned."))
def rma() -> None:
    """The parts that go back to the maker."""


_DOCUMENT = option(
    "--document",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("The source document (PDF or picture): kept as an attachment, with its SHA-256."),
)


@verb(spares, "receive", "spares", "received")
@field_options("spares", "received")
@_DOCUMENT
@writing
@pass_session
def receive(session: Session, /, document: Path | None, **given: Any) -> None:
    """Record what came in."""
    _with_document(session, "received", document, given)


@verb(spares, "verify", "spares", "oem_verified")
@field_options("spares", "oem_verified")
@_DOCUMENT
@writing
@pass_session
def verify(session: Session, /, document: Path | None, **given: Any) -> None:
    """Record what the maker says of a piece that is here already."""
    _with_document(session, "oem_verified", document, given)


def _with_document(
    session: Session, event: str, document: Path | None, given: dict[str, Any]
) -> None:
    """Record where pieces come from, and keep the document that shows it."""
    from weibao.cli.prompts.receiving import ask_origin

    desk = session.desk()
    one = read_standing_record(desk, SPARES.path(desk, ""))
    document, given = ask_origin(session, desk, one, event, document, given)
    data = field_values(desk, one, event, given)
    beside = {}
    if document is not None:
        if data["document_sha256"]:
            raise UsageRefusal(
                N_("Give the document or its SHA-256, not both."),
                mend=N_("With --document FILE the SHA-256 is worked out."),
            )
        attachment = read_attachment(session.directory / document)
        beside = {attachment.path: attachment.content}
        data["document_sha256"] = attachment.sha256
        data["source_document"] = data["source_document"] or document.name
    append(session, desk, one, event, data, given, beside)


@spares.command(
    cls=Command,
    help=N_(
        "Add a part to the catalogue in records/spares.yaml; of one that is there already, add models that "
        "it fits and set the minimum of a depot."
    ),
)
@argument("name", metavar="PART", explained=N_("The part's id."))
@option("--oem", default="", metavar="VENDOR", help=N_("A new part: its maker."))
@option("--number", default="", metavar="TEXT", help=N_("A new part: the maker's number of it."))
@option("--name-zh", default="", metavar="TEXT", help=N_("A new part: its name in Chinese."))
@option("--name-en", default="", metavar="TEXT", help=N_("A new part: its name in English."))
@option(
    "--fits",
    multiple=True,
    metavar="MODEL",
    help=N_("A model that it fits; may be given several times."),
)
@option(
    "--minimum",
    multiple=True,
    metavar="DEPOT=N",
    help=N_("How many a depot must hold; may be given several times."),
)
@changing
@pass_session
def part(session: Session, /, name: str, **given: Any) -> None:
    """Add a part to the catalogue, or change one."""
    from weibao.cli.steps.configuring import change
    from weibao.workspace.recording.configuring import configuration_at

    desk = session.desk()
    path = SPARES.path(desk, "")
    parts = configuration_at(desk, path)["parts"]
    minimum = dict(_minimum(desk, text) for text in given["minimum"])
    head = {key: given[key] for key in ("oem", "number") if given[key]}
    names = {code: given[f"name_{code}"] for code in ("zh", "en") if given[f"name_{code}"]}
    if name not in parts:
        _require_new_number(desk, head)
        puts = [(("parts", name), _new_part(head, names, given["fits"], minimum))]
        change(session, desk, {path: puts}, f"Part {name} added", given)
        return
    known = desk.records.spares.parts[name]
    if head or names:
        raise UsageRefusal(
            N_("There is a part “{part}” already, by {oem} under the number {number}."),
            mend=N_(
                "Choose another id for another part. Of this one --fits and --minimum can be given."
            ),
            part=name,
            oem=known.oem,
            number=known.number,
        )
    if not given["fits"] and not minimum:
        raise UsageRefusal(
            N_("There is a part “{part}” already, by {oem} under the number {number}."),
            mend=N_("Say what is to change: --fits MODEL or --minimum DEPOT=N."),
            part=name,
            oem=known.oem,
            number=known.number,
        )
    models = [model for model in dict.fromkeys(given["fits"]) if model not in known.fits]
    fits: list[tuple[Keys, Any]] = [
        (("parts", name, "fits", len(known.fits) + index), model)
        for index, model in enumerate(models)
    ]
    minimums: list[tuple[Keys, Any]] = [
        (("parts", name, "minimum", depot), number)
        for depot, number in minimum.items()
        if known.minimum.get(depot) != number
    ]
    change(session, desk, {path: [*fits, *minimums]}, f"Part {name} changed", given)


def _new_part(
    head: dict[str, Any], names: dict[str, str], fits: tuple[str, ...], minimum: dict[str, int]
) -> dict[str, Any]:
    if len(head) < len(("oem", "number")) or not names:
        raise UsageRefusal(
            N_("A part that is new in the catalogue has a maker, a number and a name."),
            mend=N_("Give --oem, --number and --name-zh or --name-en."),
        )
    entry = head | {"name": names}
    if fits:
        entry["fits"] = list(dict.fromkeys(fits))
    return entry | ({"minimum": minimum} if minimum else {})


def _require_new_number(desk: Desk, head: dict[str, Any]) -> None:
    """Refuse a maker's number that is another part's: one kind of part is one line of the catalogue."""
    for known in desk.records.spares.parts.values():
        if (known.oem, known.number) == (head.get("oem"), head.get("number")):
            raise UsageRefusal(
                N_("There is a part “{part}” already, by {oem} under the number {number}."),
                mend=N_("Say what is to change: --fits MODEL or --minimum DEPOT=N."),
                part=known.id,
                oem=known.oem,
                number=known.number,
            )


def _minimum(desk: Desk, text: str) -> tuple[str, int]:
    """A depot and how many it must hold: ``main-depot=2``."""
    depot, _, number = (piece.strip() for piece in text.partition("="))
    if not (number.isascii() and number.isdigit()):
        raise UsageRefusal(
            N_("“{text}” does not say how many a depot must hold."),
            mend=N_("Write the depot's id and the number: main-depot=2"),
            text=text,
        )
    return called(desk.records, DEPOT, depot), int(number)


@spares.command(
    cls=Command,
    help=N_(
        "Put a supplier on the register in records/spares.yaml with a maker's authorisation; of one that is there "
        "already, list another. A receipt names a supplier by its id or its name."
    ),
)
@argument("name", metavar="SUPPLIER", explained=N_("The supplier's id."))
@option("--maker", required=True, metavar="VENDOR", help=N_("The maker that authorises it."))
@option("--number", required=True, metavar="TEXT", help=N_("The number of the authorisation."))
@option("--from", "first", required=True, metavar="DAY", help=N_("Its first day."))
@option("--to", "last", required=True, metavar="DAY", help=N_("Its last day."))
@option("--name-zh", default="", metavar="TEXT", help=N_("A new supplier: its name in Chinese."))
@option("--name-en", default="", metavar="TEXT", help=N_("A new supplier: its name in English."))
@changing
@pass_session
def authorise(session: Session, /, name: str, **given: Any) -> None:
    """List a maker's authorisation of a supplier."""
    from weibao.cli.steps.configuring import change
    from weibao.model.times.when import parse_day

    desk = session.desk()
    known = desk.records.spares.suppliers.get(name)
    names = {code: given[f"name_{code}"] for code in ("zh", "en") if given[f"name_{code}"]}
    if (known is None) != bool(names):
        raise UsageRefusal(
            N_(
                "A supplier that is new on the register has a name, one that is there has it already."
            ),
            mend=N_("Give --name-zh or --name-en with a new id, and only there."),
        )
    paper = {"by": given["maker"], "number": given["number"]}
    paper |= {
        key: parse_day(given[option_name], desk.here).isoformat()
        for key, option_name in (("from", "first"), ("to", "last"))
    }
    puts: list[tuple[Keys, Any]] = [
        (("suppliers", name, "authorised", len(known.authorised)), paper)
        if known
        else (("suppliers", name), {"name": names, "authorised": [paper]})
    ]
    message = f"Supplier {name} authorised by {given['maker']}"
    change(session, desk, {SPARES.path(desk, ""): puts}, message, given)


@spares.command(cls=Command, help=N_("What lies in each depot, against its minimum."))
@option("--part", metavar="PART", default="", help=N_("Only this part."))
@option("--depot", metavar="DEPOT", default="", help=N_("Only this depot."))
@option("--short", is_flag=True, help=N_("Only what is under its minimum."))
@view_options
@pass_session
def stock(
    session: Session,
    /,
    part: str,
    depot: str,
    short: bool,  # noqa: FBT001 - an option that is a flag
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show the stock."""
    book = session.book(revision, as_of)
    part = part and called(book.records, PART, part)
    depot = depot and called(book.records, DEPOT, depot)
    levels = [
        level
        for level in book.stock.levels
        if part in {"", level.part} and depot in {"", level.depot} and (level.short or not short)
    ]
    if form == "json":
        click.echo(printed(spares_json.stock(book, levels), book.zone), nl=False)
    elif short and not levels:
        session.console.print(Text(session.language.text(N_("Nothing is under its minimum."))))
    else:
        session.console.print(spares_view.stock_text(book, levels, session.language))
    session.warn_of_unreadable(book)


@spares.command(
    cls=Command, help=N_("Who may deliver parts, and which maker authorised them until when.")
)
@view_options
@pass_session
def suppliers(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """Show the register of suppliers."""
    book = session.book(revision, as_of)
    if form == "json":
        click.echo(printed(spares_json.suppliers(book), book.zone), nl=False)
    else:
        session.console.print(spares_view.suppliers_text(book, session.language))
    session.warn_of_unreadable(book)


@spares.command(
    cls=Command, help=N_("Where a piece is, where it came from, and every movement of it.")
)
@argument("serial", metavar="SERIAL", explained=N_("The serial number."))
@view_options
@pass_session
def trace(session: Session, /, serial: str, revision: str, as_of: str, form: str) -> None:
    """Trace a serial number."""
    book = session.book(revision, as_of)
    known = {piece.serial for piece in book.stock.pieces.values()}
    if serial not in known:  # on labels they are in capitals, and typed as it comes
        serial = next(
            (
                piece_serial
                for piece_serial in sorted(known)
                if piece_serial.casefold() == serial.casefold()
            ),
            serial,
        )
    _require_known(serial, known)
    pieces = [piece for piece in book.stock.pieces.values() if piece.serial == serial]
    if form == "json":
        click.echo(printed(spares_json.trace(book, serial, pieces), book.zone), nl=False)
    else:
        session.console.print(spares_view.trace_text(book, pieces, session.language))
    session.warn_of_unreadable(book)


def _require_known(serial: str, known: set[str]) -> None:
    """Refuse a serial number that no piece has, with the nearest that one has."""
    if serial not in known:
        nearest = get_close_matches(serial, sorted(known), 1)
        raise UsageRefusal(
            N_("No part with the serial number “{found}” was ever received."),
            mend=N_("Did you mean {nearest}?") if nearest else "",
            found=serial,
            nearest=nearest[0] if nearest else "",
        )


add_verbs(spares, SPARES, apart=("received", "oem_verified"), within={"rma": rma})
add_undo(spares, SPARES)
