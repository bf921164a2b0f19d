"""Small pictures to look at in a page, in the place of photographs of many megabytes; these stay behind a link."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LIGHT = 200 * 1024
"""Bytes up to which a picture is shown as it is."""

LARGEST = 40_000_000
"""Pixels from which on a picture is not decoded: a few kilobytes can claim to be a picture of gigabytes."""

SIDE = 960
"""Pixels of the longer side of a preview."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError)


def can_preview(content: bytes) -> bool:
    """Whether a small picture can be made of it, by what its head says."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            return picture.width * picture.height < LARGEST
    except _BROKEN:
        return False


def preview(content: bytes) -> bytes:
    """A small WebP of a picture, turned as it is to be looked at; the picture itself where it cannot be decoded whole."""
    made = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((SIDE, SIDE))
            turned.save(made, "WEBP", quality=75)
    except _BROKEN:
        return content
    return made.getvalue()
