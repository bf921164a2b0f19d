"""``weibao asset``: what the records have on a piece of equipment."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.json import asset as asset_json
from weibao.render.terminal import asset as asset_view
from weibao.report.asset_file import asset_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.assets import Asset


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
    found = asset_file(book, _asset(book.records.assets, name))
    session.show(form, asset_json.asset, asset_view.asset_text, book, found)
    session.warn_of_unreadable(book)


def _asset(assets: Mapping[str, Asset], name: str) -> Asset:
    """The asset with this id; a Refusal names those that may have been meant."""
    if name in assets:
        return assets[name]
    near = [asset for asset in assets if name and name in asset][:8] or get_close_matches(
        name, assets, 5
    )
    if len(near) == 1 and name in near[0]:
        return assets[near[0]]
    raise UsageRefusal(
        N_("There is no asset “{name}”."),
        mend=N_("Perhaps one of these: {candidates}")
        if near
        else N_("records/assets.yaml lists the equipment."),
        name=name,
        candidates=near,
    )
