"""Small pictures to look at, in the place of photographs of many megabytes; on the site these stay behind a link."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

from weibao.model.pictures import declared_size

if TYPE_CHECKING:
    from PIL import Image

LIGHT = 200 * 1024
"""Bytes up to which a picture is shown as it is."""

LIGHT_PIXELS = 4_000_000
"""Pixels up to which it is: a telephone decodes all that is on a page."""

LARGEST = 40_000_000
"""Pixels from which on a picture is not decoded: a few kilobytes can claim to be a picture of gigabytes."""

SIDE = 960
"""Pixels of the longer side of a preview."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_BROKEN = (OSError, ValueError, SyntaxError)


def pixels(content: bytes) -> int | None:
    """How many pixels a picture claims to have; None where it does not say."""
    size = declared_size(content)
    return size and size[0] * size[1]


def is_light(content: bytes) -> bool:
    """Whether a picture is shown as it is: few bytes, and few pixels to make of them."""
    claimed = pixels(content)
    return len(content) <= LIGHT and claimed is not None and claimed <= LIGHT_PIXELS


def can_preview(content: bytes) -> bool:
    """Whether a small picture can be made of it, by what its head says."""
    claimed = pixels(content)
    return claimed is not None and claimed < LARGEST and _opened(content) is not None


def preview(content: bytes, form: Literal["WEBP", "JPEG"] = "WEBP") -> bytes:
    """A small picture of a picture, turned as it is to be looked at; the picture itself where it cannot be decoded whole."""
    picture = _opened(content)
    if picture is None:
        return content
    from PIL import ImageOps

    made = BytesIO()
    try:
        picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((SIDE, SIDE))
        if form == "JPEG":
            turned = turned.convert("RGB")
        turned.save(made, form, quality=75)
    except _BROKEN:
        return content
    return made.getvalue()


def _opened(content: bytes) -> Image.Image | None:
    """The picture, of which the head alone is read; None of what is none, or where nothing is here to read it.

    What makes pictures small comes with the site: a paper without it tells of what it cannot show.
    """
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        return Image.open(BytesIO(content), formats=_FORMATS)
    except (*_BROKEN, Image.DecompressionBombError):
        return None
