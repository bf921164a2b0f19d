"""Pictures made byte by byte, with and without what a telephone writes into them."""

from __future__ import annotations

import struct
import zlib

GPS = b"31.2989N 120.5853E"


def png_chunk(name: bytes, body: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes) -> bytes:
    """A PNG of one grey pixel; ``more`` are chunks between its header and its picture."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = png_chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + picture + png_chunk(b"IEND", b"")


def jpeg_segment(marker: int, body: bytes) -> bytes:
    """A segment with its length."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(orientation: int = 1) -> bytes:
    """An EXIF segment as a telephone writes it: how the picture lies, and where it was taken."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + GPS
    return jpeg_segment(0xE1, b"Exif\0\0" + tiff)


def jpeg(*more: bytes, after: bytes = b"") -> bytes:
    """The parts of a JPEG of two scans; ``more`` are segments before them, ``after`` its tail."""
    tables = jpeg_segment(0xDB, bytes(65)) + jpeg_segment(0xC2, b"\x08\0\x01\0\x01\x01\x01\x11\0")
    scan = jpeg_segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    between = jpeg_segment(0xC4, bytes(20))
    jfif = jpeg_segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
    return (
        b"\xff\xd8" + jfif + b"".join(more) + tables + scan + between + scan + b"\xff\xd9" + after
    )


def webp(*more: tuple[bytes, bytes]) -> bytes:
    """A WebP of an extended header, a picture, and ``more`` chunks."""
    chunks = ((b"VP8X", b"\x0c" + bytes(9)), (b"VP8 ", b"picture"), *more)
    whole = b"WEBP" + b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(whole)) + whole
