"""``weibao spares``: movements of stock, what lies where, and where one piece has been."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from weibao.cli.framework.field_values import field_values
from weibao.cli.framework.nouns import SPARES
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import field_options, writing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.cli.steps.recording import append
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.json import spares as spares_json
from weibao.render.json.printed import printed
from weibao.render.terminal import spares as spares_view
from weibao.workspace.recording.attachment import read_attachment
from weibao.workspace.recording.recording import read_standing_record


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
    _require_known("part", part, book.records.spares.parts)
    _require_known("depot", depot, book.records.spares.depots)
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
    _require_known("serial", serial, known)
    pieces = [piece for piece in book.stock.pieces.values() if piece.serial == serial]
    if form == "json":
        click.echo(printed(spares_json.trace(book, serial, pieces), book.zone), nl=False)
    else:
        session.console.print(spares_view.trace_text(book, pieces, session.language))
    session.warn_of_unreadable(book)


_UNKNOWN = {
    "part": N_("There is no part “{found}” in records/spares.yaml."),
    "depot": N_("There is no depot “{found}” in records/spares.yaml."),
    "serial": N_("No part with the serial number “{found}” was ever received."),
}


def _require_known(kind: str, found: str, known: Any) -> None:
    """Refuse a name that is not "" and that nothing has, with the nearest that something has."""
    if not found or found in known:
        return
    nearest = get_close_matches(found, sorted(known), 1)
    raise UsageRefusal(
        _UNKNOWN[kind],
        mend=N_("Did you mean {nearest}?") if nearest else "",
        found=found,
        nearest=nearest[0] if nearest else "",
    )


add_verbs(spares, SPARES, apart=("received", "oem_verified"), within={"rma": rma})
