"""Signing some commits of a history that git has just imported, which renames all that come after them."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def sealed(
    raws: Sequence[tuple[str, bytes]], keys: Mapping[str, Callable[[bytes], bytes]]
) -> list[tuple[str, bytes]]:
    """The commits (id, raw), parents first, those of the authors with a key signed by it.

    ``keys`` makes by an author's address the armoured signature over a commit.
    """
    renamed: dict[bytes, bytes] = {}
    found: list[tuple[str, bytes]] = []
    for old, raw in raws:
        head, _, message = raw.partition(b"\n\n")
        lines = [_renamed(line, renamed) for line in head.split(b"\n")]
        text = b"\n".join(lines) + b"\n\n" + message
        author = next(line for line in lines if line.startswith(b"author "))
        sign = keys.get(author.partition(b"<")[2].partition(b">")[0].decode())
        if sign is not None:
            armour = sign(text).replace(b"\n", b"\n ")
            text = b"\n".join([*lines, b"gpgsig " + armour]) + b"\n\n" + message
        made = hashlib.sha1(b"commit %d\0" % len(text) + text, usedforsecurity=False).hexdigest()
        renamed[old.encode()] = made.encode()
        found.append((made, text))
    return found


def packed(commits: Iterable[bytes]) -> bytes:
    """A pack of commits, as ``git index-pack --stdin`` takes it (gitformat-pack)."""
    raws = list(commits)
    body = b"PACK" + (2).to_bytes(4, "big") + len(raws).to_bytes(4, "big")
    body += b"".join(_size(len(raw)) + zlib.compress(raw) for raw in raws)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


def _renamed(line: bytes, renamed: Mapping[bytes, bytes]) -> bytes:
    key, _, value = line.partition(b" ")
    return b"parent " + renamed.get(value, value) if key == b"parent" else line


def _size(size: int) -> bytes:
    """The head of an object of a pack: a commit, and its size, seven bits a byte after the first four."""
    head = [1 << 4 | size & 0x0F]
    size >>= 4
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7F)
        size >>= 7
    return bytes(head)
