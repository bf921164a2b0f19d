"""A note as a short text that a group chat carries: a block with a checksum.

    WB1[ticket:T20261123-7K3Q9M|event:arrived|at:2026-11-23T09:12:00+08:00|by:li-qiang]2V8K0QH-7K3M

Chats and telephones change what they carry: line ends, blanks, quotation marks, dashes, the width of
signs. Of all these the checksum takes no notice, and of every other change it does. It guards against
slips and proves no author: whoever can write a text can work it out. ``phone.js`` of the site makes the
same blocks; a test holds the two to each other.
"""

from __future__ import annotations

import re
from binascii import crc32
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.field_note import NOTED_OF, fields_of, steps_noted
from weibao.model.ids import CROCKFORD
from weibao.refusal import Refusal, SeveralRefused, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOOK_ALIKE = {
    **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)},
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"),
    **dict.fromkeys("【〔", "["),
    **dict.fromkeys("】〕", "]"),
    "…": ".",
    "。": ".",
    "、": ",",
}
_FOLD = str.maketrans(_LOOK_ALIKE)
"""One sign for one, so that a place in the folded text is one in the text."""
_LOST = re.compile(
    "[\\x00-\\x20\\x7f-\\xa0\\xad\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufe00-\\ufe0f\\ufeff"
    "\"'`\\u2018-\\u201f\\u2032\\u2033\\u300c-\\u300f]"
)
_RUN = re.compile(r"([-.])\1+")
_HARD = re.compile(r"[\[\]|^\n【】〔〕｜＾［］]")
_ESCAPE = re.compile(r"[\^＾]([0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{4})")
_BLOCK = re.compile(
    r"WB1\s*\[(?P<body>[^\[\]]*)"
    r"(?:\]\s*(?P<sum>[0-9A-Z](?:\s*[0-9A-Z]){6})(?:\s*-\s*(?P<signs>(?:(?!WB1)[0-9A-Z])*))?)?",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\r?\n[ \t]*(?=[^\x00-\x7f])")
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
_ALIKE = str.maketrans("ILO", "110")

_WORDS = frozenset({"note"}) | {
    field.key
    for kind in NOTED_OF
    for event in steps_noted(kind)
    for field in fields_of(kind, event) or ()
    if field.kind in {kinds.TEXT, kinds.LINE}
}
"""The keys that hold words, which are kept as they came."""


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """What a block says, key by key."""

    said: Mapping[str, str]


def block_of(said: Mapping[str, str]) -> str:
    """The block that says this; what is empty is left out."""
    parts = [
        f"{key}:{_HARD.sub(lambda sign: f'^{ord(sign[0]):04X}', value)}"
        for key, value in said.items()
        if value
    ]
    return f"WB1[{'|'.join(parts)}]{_checksum(parts)}-{''.join(map(_sign, parts))}"


def blocks_in(text: str) -> tuple[NoteBlock, ...]:
    """The blocks of a message, whatever stands around them.

    Raises:
        SeveralRefused: some of them were changed on the way; it says of each where.
        UsageRefusal: there is none.
    """
    folded = text.translate(_FOLD)
    blocks: list[NoteBlock] = []
    refused: list[Refusal] = []
    for number, found in enumerate(_BLOCK.finditer(folded), 1):
        parts = tuple(_parts(text, folded, found))
        try:
            _require_unchanged(number, found, [part for _, part in parts])
            blocks.append(NoteBlock(_each_once(number, parts)))
        except UsageRefusal as refusal:
            refused.append(refusal)
    if refused:
        raise SeveralRefused(
            N_("What was pasted is not what was copied; nothing was written."), tuple(refused)
        )
    if not blocks:
        raise UsageRefusal(
            N_("There is no block in what was pasted."),
            mend=N_("Paste the whole message, from {begin} to the checksum after the bracket."),
            begin="WB1[",
        )
    return tuple(blocks)


def _parts(text: str, folded: str, found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The parts of a block, each as it came and folded."""
    start = found.start("body")
    for part in folded[start : found.end("body")].split("|"):
        yield text[start : start + len(part)], part
        start += len(part) + 1


def _require_unchanged(number: int, found: re.Match[str], parts: list[str]) -> None:
    checksum, signs = (_read(found[name]) for name in ("sum", "signs"))
    if not checksum:
        raise UsageRefusal(
            N_("Block {number} has no end: it was cut off."),
            mend=N_("Ask for it again, whole."),
            number=number,
        )
    if checksum == _checksum(parts):
        return
    wrong = [part for part, sign in zip(parts, signs, strict=False) if _sign(part) != sign]
    if len(signs) < len(parts) or not wrong:
        raise UsageRefusal(
            N_("Block {number} does not agree with its checksum."),
            mend=N_("Ask for it again, whole."),
            number=number,
        )
    body = found["body"]
    first = body.index(wrong[0]) + 1
    raise UsageRefusal(
        N_("Block {number} was changed at “{parts}”, from its character {first} on."),
        mend=N_("Ask for it again, or whether this is meant so; a block is not mended by hand."),
        number=number,
        parts=tuple(_LOST.sub("", part) for part in wrong),
        first=first,
    )


def _each_once(number: int, parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What the parts say; refused where it is open which of two counts."""
    said: dict[str, str] = {}
    for raw, part in parts:
        key, value = _said(raw, part)
        if key in said:
            raise UsageRefusal(
                N_("Block {number} says “{key}” twice."),
                mend=N_("Ask for it again, whole."),
                number=number,
                key=key,
            )
        said[key] = value
    return said


def _said(raw: str, folded: str) -> tuple[str, str]:
    """A part as key and value: words as they came but for their line ends, all else as it is meant."""
    key, _, value = folded.partition(":")
    key = _LOST.sub("", key).lower()
    if key in _WORDS:
        words = _WRAPPED.sub("", raw[len(folded) - len(value) :].strip(" \t\r\n\u3000"))
        value = _LINE_END.sub(" ", words)
    else:
        value = _LOST.sub("", value)
    return key, _ESCAPE.sub(_meant, value)


def _meant(escape: re.Match[str]) -> str:
    """The sign that was escaped; what ``block_of`` escapes nowhere is none."""
    sign = chr(int(escape[1].translate(_FOLD), 16))
    return sign if _HARD.fullmatch(sign) else escape[0]


def _read(signs: str | None) -> str:
    """Signs of a checksum as they were meant: of any case, and with no letter that looks like a digit."""
    return _LOST.sub("", signs or "").upper().translate(_ALIKE)


def _bare(text: str) -> str:
    """What the checksum is of: without what may be lost, and signs that look alike as one."""
    return _RUN.sub(r"\1", _LOST.sub("", text.translate(_FOLD)))


def _checksum(parts: Iterable[str]) -> str:
    """CRC-32 of all parts, in base32."""
    number = crc32("|".join(map(_bare, parts)).encode())
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(30, -1, -5))


def _sign(part: str) -> str:
    """A sign for one part, so that a change of it is told from one elsewhere."""
    found = 0
    for byte in _bare(part).encode():
        found = (found * 3 + byte) % 31  # no digit changes, and no two change places, without it
    return CROCKFORD[found]
