"""How a value is written so that every YAML reader, ours first, reads the same value back."""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal

from weibao.language import N_
from weibao.model.yaml.bytes_and_characters import FORBIDDEN_IN_VALUES, code_point
from weibao.model.yaml.scalars import plain_value
from weibao.refusal import Exit, Refusal

# What a plain scalar may look like anywhere, inside {…} too. Everything else is quoted: fewer rules
# to remember, and no reader's rules to disagree with.
_SAFE = re.compile(r"(?!\d*$)\w(?:[\w./@+%°（）()，。；、：！？“”《》·-]|:(?=\w)| (?=[\w(（]))*")
_OTHERWISE_READ = re.compile(
    r"(?i)(?:y|n|yes|no|on|off|true|false|null|[-+]?[0-9][0-9_.,:/ ]*|0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+"
    r"|[-+]?(?:[0-9_]*\.)?[0-9_]+(?:e[-+]?[0-9]+)?)"
)
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
)


def scalar_text(value: object) -> str:
    """The value as YAML, on one line; Chinese stays as it is, a line end becomes an escape.

    Raises:
        Refusal: nothing that the strict reader takes would read back as this value.
    """
    if isinstance(value, str):
        return _string_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value)
    raise Refusal(
        N_("A record cannot hold a value of the type {found}."),
        mend=N_("Write it as text or as a number."),
        exit_code=Exit.USAGE,
        found=type(value).__name__,
    )


def checked_text(text: str) -> str:
    """The text itself; raises ``Refusal`` where the strict reader would not take it."""
    if match := FORBIDDEN_IN_VALUES.search(text):
        raise Refusal(
            N_("The text has the character {character}, which a record may not have: {found}"),
            mend=N_("Remove the invisible or control character and try again."),
            exit_code=Exit.USAGE,
            character=code_point(match[0]),
            found=text,
        )
    if not unicodedata.is_normalized("NFC", text):
        raise Refusal(
            N_("The text is not in Unicode normal form C: {found}"),
            mend=N_("Type it anew, or normalise it to NFC."),
            exit_code=Exit.USAGE,
            found="".join(
                f"\\u{ord(character):04x}" if unicodedata.combining(character) else character
                for character in text
            ),
        )
    return text


def _string_text(text: str) -> str:
    checked_text(text)
    if _TIME.fullmatch(text):
        return text
    if _SAFE.fullmatch(text) and not _OTHERWISE_READ.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _number_text(value: float) -> str:
    text = str(value) if isinstance(value, int) else _decimal_text(value)
    if plain_value(text) == value and type(plain_value(text)) is type(value):
        return text
    raise Refusal(
        N_("A record cannot hold the number {found} exactly."),
        mend=N_("Write it as text, or with fewer digits."),
        exit_code=Exit.USAGE,
        found=value,
    )


def _decimal_text(value: float) -> str:
    """The shortest decimal fraction that reads back as ``value``, never with an exponent."""
    text = format(Decimal(repr(value)), "f")
    return text if "." in text or not text.lstrip("-").isdigit() else f"{text}.0"
