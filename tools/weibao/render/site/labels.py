"""Labels for equipment, as sheets that are printed: a QR code of its page, its name, its id, its place.

A label hangs where anybody can read it: it says what the customer's site says, and the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from weibao.render.edition.addresses import NOTING, asset_page
from weibao.render.edition.qr import qr_code
from weibao.render.site.page import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from weibao.model.assets import Asset
    from weibao.render.edition.voice import Voice


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels as it is sold, in millimetres.

    Attributes:
        name: how it is asked for.
        page: its width and height.
        label: those of a label.
        columns: how many labels stand beside each other.
        on_page: how many there are on a sheet.
        left: of the first label, from the left edge.
        top: of the first label, from the upper edge.
        gap: between two labels beside each other.
    """

    name: str
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int = 1
    on_page: int = 1
    left: float = 0
    top: float = 0
    gap: float = 0


_A4 = (210, 297)
SHEETS = {
    sheet.name: sheet
    for sheet in (
        LabelSheet("70x37", _A4, (70, 37), 3, 24, 0, 0.5),
        LabelSheet("63.5x38.1", _A4, (63.5, 38.1), 3, 21, 7.2, 15.1, 2.5),
        LabelSheet("99.1x38.1", _A4, (99.1, 38.1), 2, 14, 4.65, 15.1, 2.5),
        LabelSheet("60x40", (60, 40), (60, 40)),
    )
}
"""24, 21 and 14 labels on A4, and a roll of single ones, by the size of a label."""


@dataclass(frozen=True, slots=True)
class AssetLabel:
    """A label: ``names`` in the contract's languages, and ``places``: the site in them, and where there."""

    asset: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    qr: Markup


def asset_label(asset: Asset, voices: Sequence[Voice]) -> AssetLabel:
    """The label of a piece of equipment; its address is that of the first voice's page."""
    sites = dict.fromkeys(voice.shown(voice.site(asset.site)) for voice in voices)
    names = (voice.shown(voice.asset(asset.id)) for voice in voices)
    return AssetLabel(
        asset.id,
        tuple(dict.fromkeys(names)),
        tuple(filter(None, (" / ".join(sites), voices[0].shown(asset.location)))),
        qr_code(voices[0].addresses.whole(asset_page(asset.id), NOTING)),
    )


def label_sheets(
    assets: Iterable[Asset], voices: Sequence[Voice], sheet: LabelSheet, used: int
) -> str:
    """The page that is printed; the first ``used`` labels of the first sheet are left empty."""
    labels = (*repeat(None, used), *(asset_label(asset, voices) for asset in assets))
    return typeset("labels.html", "", voices[0], labels=labels, sheet=sheet)
