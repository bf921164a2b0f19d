"""Pictures as the template takes them: as SVG, a photograph within one; or why a picture is left out."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.pictures import MalformedPictureError, picture_ending, stripped_picture
from weibao.render.papers.pictures import drawn

if TYPE_CHECKING:
    from weibao.render.papers.paper import Picture

TOO_LARGE = N_("A picture is left out here: it is too large.")
UNREADABLE = N_("A picture is left out here: it cannot be shown.")

MOST_PIXELS = 40_000_000
_WIDTH, _PHOTO_WIDTH, _HEIGHT = 172.0, 110.0, 85.0
"""Millimetres: a chart is as wide as the page, a photograph less; neither is higher than so."""

_REACHES_OUT = re.compile(
    r"<script|<!doctype|<!entity|@import|<foreignobject"
    r"|href\s*=\s*(?![\"'](?:#|data:image/(?:png|jpeg);))"
    r"|url\(\s*[\"']?\s*(?!#)",
    re.IGNORECASE,
)
"""What of an SVG does something, or asks for what it does not hold."""

_VIEW = re.compile(
    r"<svg\b[^>]*?\bviewBox\s*=\s*[\"']\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*[\"']"
)
_TURNED = {
    2: "matrix(-1 0 0 1 {w} 0)",
    3: "matrix(-1 0 0 -1 {w} {h})",
    4: "matrix(1 0 0 -1 0 {h})",
    5: "matrix(0 1 1 0 0 0)",
    6: "matrix(0 1 -1 0 {h} 0)",
    7: "matrix(0 -1 -1 0 {h} {w})",
    8: "matrix(0 -1 1 0 0 {w})",
}
"""How a photograph is turned that says so of itself (EXIF)."""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture as SVG, so many millimetres wide; or why there is none (a message id)."""

    svg: str = ""
    width: float = 0.0
    fault: str = ""


def drawing_of(picture: Picture, family: str) -> DrawnPicture:
    """The picture as it is set, the words of a chart in the family that the paper is set in."""
    raw = drawn(picture)
    if not raw:
        return DrawnPicture(fault=TOO_LARGE if picture.raw else UNREADABLE)
    return _chart(raw, family) if picture.form == "svg" else _photograph(raw)


def _chart(raw: bytes, family: str) -> DrawnPicture:
    try:
        svg = raw.decode().replace("sans-serif", family)
    except UnicodeDecodeError:
        return DrawnPicture(fault=UNREADABLE)
    if _REACHES_OUT.search(svg):
        return DrawnPicture(fault=UNREADABLE)
    view = _VIEW.search(svg)
    wide, high = (float(view[1]), float(view[2])) if view else (1.0, 0.0)
    return DrawnPicture(svg, _fitting(_WIDTH, wide, high))


def _photograph(raw: bytes) -> DrawnPicture:
    try:
        kept = stripped_picture(raw)
        kind = picture_ending(kept)
        width, height, turned = _png_size(kept) if kind == "png" else _jpeg_size(kept)
    except (MalformedPictureError, struct.error):
        return DrawnPicture(fault=UNREADABLE)
    if width * height >= MOST_PIXELS:
        return DrawnPicture(fault=TOO_LARGE)
    across, down = (height, width) if turned >= 5 else (width, height)
    form = "png" if kind == "png" else "jpeg"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}">'
        f'<image width="{width}" height="{height}" '
        f'transform="{_TURNED.get(turned, "scale(1)").format(w=width, h=height)}" '
        f'href="data:image/{form};base64,{b64encode(kept).decode()}"/></svg>'
    )
    return DrawnPicture(svg, _fitting(_PHOTO_WIDTH, across, down))


def _fitting(width: float, across: float, down: float) -> float:
    """How wide a picture is set that is to be no wider and not too high."""
    return round(min(width, _HEIGHT * across / down), 1) if down else width


def _png_size(raw: bytes) -> tuple[int, int, int]:
    width, height = struct.unpack_from(">II", raw, 16)
    if not width or not height:
        raise MalformedPictureError
    return width, height, 1


def _jpeg_size(raw: bytes) -> tuple[int, int, int]:
    """Width, height, and how the picture is turned, which is all that a stripped JPEG says in EXIF."""
    turned = struct.unpack_from(">H", raw, 30)[0] if raw[2:4] == b"\xff\xe1" else 1
    position = 2
    while True:
        marker, length = struct.unpack_from(">xBH", raw, position)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width, colours = struct.unpack_from(">HHB", raw, position + 5)
            if not width or not height or colours not in {1, 3}:
                raise MalformedPictureError
            return width, height, turned
        position += length + 2
