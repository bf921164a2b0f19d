"""``weibao asset``: what the records have on a piece of equipment."""

from __future__ import annotations

import click

from weibao.cli.framework.naming import called
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument
from weibao.language import N_
from weibao.model.field_kinds import ASSET
from weibao.render.json import asset as asset_json
from weibao.render.terminal import asset as asset_view
from weibao.report.asset_file import asset_file


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
