"""What a picture says besides what it shows, taken out without touching the picture itself.

A photograph from a telephone carries where it was taken, when, and with whose telephone. Whole
segments and chunks are dropped; the compressed picture is copied byte by byte, so nothing is lost in
quality, and the same photograph always gives the same bytes and so the same SHA-256.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
     b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
"""Chunks that a picture is drawn from; what is text, time or EXIF (or unknown) is dropped."""

_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_AND_XMP = 0b0000_1100
"""The bits of VP8X that say that EXIF and XMP follow."""

_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""JPEG markers that have no length: TEM and the restart markers."""

_JPEG_SCAN = 0xDA
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of a frame, which has the size of the picture; those left out are of tables."""

_JPEG_ORIENTATION = 0x0112
_JPEG_KEPT = {0xE0: (b"JFIF\0", 16), 0xE2: (b"ICC_PROFILE\0", 0), 0xEE: (b"Adobe", 14)}
"""How the segments of a program begin that are kept, and how long they are where nothing else has room in them: no thumbnail."""


class MalformedPictureError(ValueError):
    """The file ends too early, or its parts do not fit together."""


def picture_ending(content: bytes) -> str:
    """What picture it is by its first bytes, as the ending it is kept under; "" for none of these."""
    if content.startswith(_PNG_START):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if content.startswith(b"RIFF") and content[8:12] == b"WEBP" else ""


def declared_size(content: bytes) -> tuple[int, int] | None:
    """The width and the height, of several the greatest, that a picture's own head claims; None where it claims none.

    A few bytes can claim gigabytes, so this is asked before anything decodes them.
    """
    sizes = {"png": _png_sizes, "jpg": _jpeg_sizes, "webp": _webp_sizes}
    try:
        found = tuple(sizes[picture_ending(content)](content))
    except (KeyError, MalformedPictureError, struct.error):
        return None
    return max(found, key=lambda size: size[0] * size[1], default=None)


def _png_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    yield struct.unpack_from(">II", content, 16)


def _jpeg_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    marker, position = 0, 2
    while marker != _JPEG_SCAN:
        marker, body, position = _jpeg_segment(content, position)
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", body, 3)
            yield width, height


def _webp_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    for name, body in _webp_chunks(content):
        if name == b"VP8X":
            canvas = body[4:10]
            yield (
                int.from_bytes(canvas[:3], "little") + 1,
                int.from_bytes(canvas[3:], "little") + 1,
            )
        elif name == b"VP8 " and body[3:6] == b"\x9d\x01*":
            width, height = struct.unpack_from("<HH", body, 6)
            yield width & 0x3FFF, height & 0x3FFF
        elif name == b"VP8L" and body[:1] == b"/":
            (bits,) = struct.unpack_from("<I", body, 1)
            yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def stripped_picture(content: bytes) -> bytes:
    """A PNG, JPEG or WebP without its metadata; raises ``MalformedPictureError`` where it is no whole one."""
    strip = {"jpg": stripped_jpeg, "png": stripped_png, "webp": stripped_webp}
    if ending := picture_ending(content):
        return strip[ending](content)
    raise MalformedPictureError


def stripped_jpeg(content: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC and comments, and without what follows its end.

    Kept are the picture, its JFIF header, its colour profile (ICC) and Adobe's colour transform;
    where the EXIF said how the picture is to be turned, that alone is written anew.

    Raises:
        MalformedPictureError: it is no whole JPEG.
    """
    kept, orientation, position = [content[:2]], 1, 2
    while True:
        marker, body, position = _jpeg_segment(content, position)
        if marker == 0xDA:
            kept += [b"\xff\xda", body, _jpeg_scan(content, position)]
            break
        if marker == 0xE1 and body[2:8] == b"Exif\0\0":
            orientation = _orientation(body[8:]) or orientation
        elif _shows_something(marker, body):
            kept.append(bytes((0xFF, marker)) + body)
    if orientation != 1:
        kept.insert(1, _orientation_only(orientation))
    return b"".join(kept)


def stripped_png(content: bytes) -> bytes:
    """A PNG of the chunks that the picture is drawn from; raises ``MalformedPictureError``."""
    kept, position = [_PNG_START], len(_PNG_START)
    while True:
        if position + 12 > len(content):
            raise MalformedPictureError
        (length,) = struct.unpack_from(">I", content, position)
        end = position + 12 + length
        if end > len(content):
            raise MalformedPictureError
        name = content[position + 4 : position + 8]
        if (name == b"IHDR") != (len(kept) == 1):
            raise MalformedPictureError  # a second head may claim another size
        if name in _PNG_KEPT:
            kept.append(content[position:end])
        position = end
        if name == b"IEND":
            return b"".join(kept)


def stripped_webp(content: bytes) -> bytes:
    """A WebP without EXIF, XMP and unknown chunks; raises ``MalformedPictureError``."""
    chunks = []
    for name, body in _webp_chunks(content):
        if name == b"VP8X" and body:
            body = bytes((body[0] & ~_EXIF_AND_XMP,)) + body[1:]  # noqa: PLW2901 - its flags alone
        if name in _WEBP_KEPT:
            padding = b"\0" * (len(body) % 2)
            chunks.append(name + struct.pack("<I", len(body)) + body + padding)
    if not chunks:
        raise MalformedPictureError
    whole = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _jpeg_segment(content: bytes, position: int) -> tuple[int, bytes, int]:
    """The next segment: its marker, its length and data ("" where it has none), what follows."""
    while content[position : position + 2] == b"\xff\xff":  # fill bytes before a marker
        position += 1
    if position + 4 > len(content) or content[position] != 0xFF:
        raise MalformedPictureError
    marker = content[position + 1]
    if marker in _ALONE:
        return marker, b"", position + 2
    (length,) = struct.unpack_from(">H", content, position + 2)
    end = position + 2 + length
    if length < 2 or marker == 0xD9 or end > len(content):
        raise MalformedPictureError
    return marker, content[position + 2 : end], end


def _jpeg_scan(content: bytes, position: int) -> bytes:
    """The compressed data up to the end of the picture, with the tables between its scans.

    A progressive picture has several scans with tables between them, which are all of the picture;
    telephones put further pictures and films after its end, which is where this stops.
    """
    kept: list[bytes] = []
    start = position
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            raise MalformedPictureError
        marker = content[position + 1]
        if marker == 0xD9:
            return b"".join(kept) + content[start : position + 2]
        if marker == 0x00 or marker in _ALONE:
            position += 2
        elif marker == 0xFF:
            position += 1
        else:
            kept.append(content[start:position])
            found, body, end = _jpeg_segment(content, position)
            if _shows_something(found, body) or found == 0xDA:
                kept.append(content[position:end])
            start = position = end


def _shows_something(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to draw the picture as it was meant."""
    if marker in _JPEG_KEPT:
        begins, length = _JPEG_KEPT[marker]
        return body[2:].startswith(begins) and length in {0, len(body)}
    is_application, is_comment = 0xE0 <= marker <= 0xEF, marker == 0xFE
    return not (is_application or is_comment)


def _orientation(tiff: bytes) -> int:
    """How the EXIF (a TIFF) says that the picture is to be turned, 2 to 8; 0 where it does not."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for index in range(min(count, 256)):
            entry = first + 2 + 12 * index
            tag, kind, number, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if (tag, kind, number) == (_JPEG_ORIENTATION, 3, 1):
                return int(value) if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _orientation_only(orientation: int) -> bytes:
    """An EXIF segment that says how to turn the picture and nothing else."""
    directory = struct.pack(">HHHIHHI", 1, _JPEG_ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + directory
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    (length,) = struct.unpack_from("<I", content, 4)
    end, position = length + 8, 12
    if end > len(content):
        raise MalformedPictureError
    while position + 8 <= end:
        (size,) = struct.unpack_from("<I", content, position + 4)
        if position + 8 + size > end:
            raise MalformedPictureError
        yield content[position : position + 4], content[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
