"""Pictures as somebody on site takes them, drawn without a camera: the front of a chassis, a patch panel.

They are PNG bytes written by hand: a packer of the system could pack them otherwise on another
machine, and then the example would have other commits there. Every dot is one of 64 colours in one of
four shades, the shade by chance, as on a photograph taken in bad light.
"""

from __future__ import annotations

import struct
from binascii import crc32
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import adler32

if TYPE_CHECKING:
    from random import Random

_ROOM, _RAIL, _CHASSIS, _BOARD, _EDGE, _PORT, _METAL, _LABEL, _OFF = range(16, 25)
_GREEN, _RED, _AMBER, _BLUE, _YELLOW, _GREY, _INK = range(25, 32)
_COLOURS = {
    **{shade: (34 + 2 * shade, 37 + 2 * shade, 43 + 2 * shade) for shade in range(16)},
    _ROOM: (18, 20, 24),
    _RAIL: (96, 101, 107),
    _CHASSIS: (58, 63, 70),
    _BOARD: (132, 139, 147),
    _EDGE: (178, 184, 190),
    _PORT: (24, 26, 29),
    _METAL: (160, 150, 110),
    _LABEL: (226, 226, 218),
    _OFF: (70, 72, 70),
    _GREEN: (72, 214, 120),
    _RED: (240, 66, 54),
    _AMBER: (246, 176, 60),
    _BLUE: (56, 118, 196),
    _YELLOW: (222, 190, 66),
    _GREY: (150, 152, 156),
    _INK: (62, 64, 70),
}
_SHADES = 4
_STORED = 0xFFFF
"""Bytes that a stored block of a packed stream may hold."""


@dataclass(slots=True)
class _Drawing:
    """A picture while it is drawn, in units of a 320 dots wide one."""

    scale: int
    width: int = 320
    height: int = 200
    rows: list[bytearray] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A dark room, lighter towards the top."""
        down = self.height * self.scale
        for row in range(down):
            shade = 15 - 16 * row // down
            self.rows.append(bytearray([shade]) * (self.width * self.scale))

    def fill(self, colour: int, left: float, top: float, width: float, height: float) -> None:
        """A rectangle."""
        start, end = int(left * self.scale), int((left + width) * self.scale)
        for row in self.rows[int(top * self.scale) : int((top + height) * self.scale)]:
            row[start:end] = bytes([colour]) * len(row[start:end])

    def rails(self) -> None:
        """The rack on both sides, with its holes."""
        for left in (14, 294):
            self.fill(_RAIL, left, 0, 12, self.height)
            for top in range(6, self.height, 14):
                self.fill(_ROOM, left + 4, top, 4, 4)

    def png(self, random: Random) -> bytes:
        """The picture as a file, with its grain."""
        across = self.width * self.scale
        grain = int.from_bytes(b"\x03" * across)
        lines = bytearray()
        for row in self.rows:
            shaded = int.from_bytes(bytes(_SHADES * colour for colour in row))
            noise = int.from_bytes(random.randbytes(across)) & grain
            lines += b"\0" + (shaded + noise).to_bytes(across)
        header = struct.pack(">IIBBBBB", across, len(self.rows), 8, 3, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            _chunk(name, body)
            for name, body in (
                (b"IHDR", header),
                (b"PLTE", _palette()),
                (b"IDAT", _stored(bytes(lines))),
                (b"IEND", b""),
            )
        )


def chassis(random: Random, *, failed: int, mended: bool, large: bool) -> bytes:
    """The front of a modular switch: board ``failed`` has its alarm lamp on until it is mended."""
    scene = _Drawing(2 if large else 1)
    scene.rails()
    scene.fill(_CHASSIS, 28, 10, 264, 180)
    scene.fill(_LABEL, 36, 14, 44, 8)
    scene.fill(_INK, 40, 17, 30, 2)
    for slot in range(8):
        top = 26 + 20 * slot
        scene.fill(_EDGE, 34, top, 252, 18)
        scene.fill(_BOARD, 35, top + 1, 250, 16)
        broken = slot == failed and not mended
        for place, lit in enumerate((_RED if broken else _GREEN, _OFF if broken else _GREEN)):
            scene.fill(lit, 40 + 8 * place, top + 7, 4, 4)
        if broken:
            scene.fill(_AMBER, 56, top + 7, 4, 4)
        for port in range(12 if slot not in {3, 4} else 4):
            left = 72 + 16 * port
            scene.fill(_METAL, left, top + 4, 12, 10)
            scene.fill(_PORT, left + 1, top + 5, 10, 8)
            if not broken:
                scene.fill(_GREEN, left + 1, top + 15, 2, 1)
    return scene.png(random)


def patch_panel(random: Random, *, port: int, mended: bool) -> bytes:
    """A patch panel of 24 ports with its cords; the cord of ``port`` hangs loose until it is mended."""
    scene = _Drawing(1)
    scene.rails()
    for panel in range(2):
        top = 24 + 34 * panel
        scene.fill(_CHASSIS, 28, top, 264, 26)
        scene.fill(_LABEL, 34, top + 2, 250, 5)
        for place in range(12):
            left = 40 + 20 * place
            scene.fill(_INK, left + 2, top + 4, 8, 1)
            scene.fill(_METAL, left, top + 9, 12, 12)
            scene.fill(_PORT, left + 1, top + 10, 10, 10)
    for place in range(24):
        left, top = 43 + 20 * (place % 12), 36 + 34 * (place // 12)
        colour = (_BLUE, _YELLOW, _GREY)[random.randrange(3)]
        length = random.randint(60, 110)
        if place == port and not mended:
            scene.fill(_RED, left, top - 9, 6, 3)
            left, top = left + 9, top + 42
        scene.fill(colour, left, top, 5, 6)
        scene.fill(colour, left + 1, top + 6, 3, length)
        bend = top + 6 + length
        scene.fill(colour, left + 1, bend, random.randint(20, 70), 3)
    if mended:
        scene.fill(_GREEN, 43 + 20 * (port % 12), 27 + 34 * (port // 12), 6, 3)
    return scene.png(random)


def signed_sheet(random: Random) -> bytes:
    """The last sheet of a paper as it comes off a scanner: the boxes of both sides, their names, a seal."""
    scene = _Drawing(1, width=210, height=297)
    scene.fill(_LABEL, 0, 0, 210, 297)
    scene.fill(_INK, 60, 22, 90, 6)
    for row in range(9):
        scene.fill(_GREY, 20, 44 + 8 * row, random.randint(120, 168), 2)
    for box in range(2):
        top = 130 + 70 * box
        for left, across, height in ((20, 170, 1), (20, 1, 60), (189, 1, 60)):
            scene.fill(_INK, left, top, across, height)
        scene.fill(_INK, 20, top + 60, 170, 1)
        scene.fill(_INK, 28, top + 8, 40, 3)
        for stroke in range(14):
            left, height = 34 + 4 * stroke, random.randint(3, 12)
            scene.fill(_BLUE, left, top + 36 - height // 2, random.randint(2, 6), height // 2 + 1)
        for edge in range(_SEAL):
            across = int((_SEAL**2 - (edge - _SEAL / 2) ** 2 * 4) ** 0.5)
            for side in (-across // 2, across // 2 - 3):
                scene.fill(_RED, 150 + side, top + 10 + edge, 3, 1)
        scene.fill(_RED, 142, top + 10 + _SEAL // 2 - 1, 16, 3)
    return scene.png(random)


_SEAL = 40
"""How wide the seal of a party is."""


def _palette() -> bytes:
    colours = (_COLOURS.get(number, (0, 0, 0)) for number in range(64))
    return bytes(
        min(255, part * (90 + 5 * shade) // 100)
        for colour in colours
        for shade in range(_SHADES)
        for part in colour
    )


def _stored(plain: bytes) -> bytes:
    """A zlib stream that packs nothing."""
    starts = range(0, len(plain), _STORED)
    blocks = b"".join(
        struct.pack("<BHH", start == starts[-1], len(block), len(block) ^ _STORED) + block
        for start in starts
        for block in [plain[start : start + _STORED]]
    )
    return b"\x78\x01" + blocks + struct.pack(">I", adler32(plain))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))
