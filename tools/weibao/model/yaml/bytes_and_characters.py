"""What the bytes of a record file must be before anything in them is understood.

A record is UTF-8 text that looks the same to every reader: a person, a diff, an editor and this
package. Whatever can hide a key, reverse a line or make two equal texts differ is refused here,
before the YAML parser sees it (RFC 3629; Unicode TR 36 and TR 39; "Trojan Source", CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE_BYTES = 256 * 1024
MAX_LINE_BYTES = 16 * 1024

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
_NOT_CHARACTERS = r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"

FORBIDDEN_IN_VALUES = re.compile(f"[{_CONTROL}{_INVISIBLE}{_NOT_CHARACTERS}]")
"""Forbidden in a text even where an escape (``"\\u202e"``) wrote it; line ends and tabs are not."""

# A tab in the file itself is refused as well: libyaml and PyYAML disagree about where it separates.
_FORBIDDEN_IN_FILES = re.compile(f"[\t{_CONTROL}{_INVISIBLE}{_NOT_CHARACTERS}]")
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?= |$)", re.MULTILINE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


def code_point(character: str) -> str:
    """``U+202E``, as facts of findings name a character that must not be shown."""
    return f"U+{ord(character):04X}"


def room(path: str) -> int:
    """How many times what other files may hold this one may: thousands of assets stand in one list."""
    return 8 if path == "records/assets.yaml" else 1


def read_text(path: str, raw: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file, or None and all that is wrong with its bytes (R101–R108)."""
    if len(raw) > (most := MAX_FILE_BYTES * room(path)):
        facts = {"found": len(raw), "limit": most}
        return None, (Finding("R101", Place(path), facts=facts),)
    if raw.startswith(_UTF16_MARKS) or b"\x00" in raw[:4]:
        return None, (Finding("R102", Place(path, 1, 1), facts={"offset": 0, "found": "UTF-16"}),)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        place = _place(path, before, len(before))
        found = f"0x{raw[error.start]:02X}"
        return None, (Finding("R102", place, facts={"offset": error.start, "found": found}),)
    if raw.isascii() and _is_plain_ascii(text):
        return text, ()
    findings = tuple(_faults(path, raw, text))
    return (None, findings) if findings else (text, ())


def _is_plain_ascii(text: str) -> bool:
    """Whether a short ASCII text is free of all that the slower look would report."""
    return (
        len(text) <= MAX_LINE_BYTES
        and _FORBIDDEN_IN_FILES.search(text) is None
        and _CONFLICT.search(text) is None
    )


def _faults(path: str, raw: bytes, text: str) -> Iterator[Finding]:
    if raw.startswith(_UTF8_MARK):
        yield Finding("R103", Place(path, 1, 1))
        text = text[1:]
    if b"\r" in raw:
        yield _line_ends(path, text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    yield from _characters(path, text)
    if not unicodedata.is_normalized("NFC", text):
        yield from _not_normal(path, text)
    if len(raw) > MAX_LINE_BYTES:
        yield from _long_lines(path, text)
    for match in _CONFLICT.finditer(text):
        yield Finding("R105", _place(path, text, match.start()), facts={"found": match[0]})


def _line_ends(path: str, text: str) -> Finding:
    first = text.index("\r")
    found = "CRLF" if text[first + 1 : first + 2] == "\n" else "CR"
    return Finding("R104", _place(path, text, first), facts={"found": found})


def _characters(path: str, text: str) -> Iterator[Finding]:
    """The first forbidden character of each line: one finding mends a line."""
    if _FORBIDDEN_IN_FILES.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if match := _FORBIDDEN_IN_FILES.search(line):
            facts = {"character": code_point(match[0])}
            yield Finding("R106", Place(path, number, match.start() + 1), facts=facts)


def _not_normal(path: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), 1):
        normal = unicodedata.normalize("NFC", line)
        if normal != line:
            pairs = zip(line, normal, strict=False)
            column = next((at for at, (a, b) in enumerate(pairs) if a != b), len(normal))
            facts = {"found": line.strip(), "expected": normal.strip()}
            yield Finding("R107", Place(path, number, column + 1), facts=facts)


def _long_lines(path: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line.encode()) > MAX_LINE_BYTES:
            facts = {"found": len(line.encode()), "limit": MAX_LINE_BYTES}
            yield Finding("R108", Place(path, number, 1), facts=facts)


def _place(path: str, text: str, offset: int) -> Place:
    """The line and column, both from 1, of a character's place in the text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)
