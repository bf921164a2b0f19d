"""Ids of records, and the paths under which they are filed (design, "Records")."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
"""Ids of people, assets, contacts, depots, calendars …"""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U, so that an id read out over the phone comes back the same."""

FOLDERS = {"T": "tickets", "I": "inspections", "S": "shifts"}
KINDS = {"T": "ticket", "I": "inspection", "S": "shift"}
"""By the letter that an id begins with, where its records are filed, and of what kind they are."""

RECORD_ID = re.compile(rf"([{''.join(FOLDERS)}])(\d{{4}})(\d{{2}})(\d{{2}})-([{CROCKFORD}]{{6}})")


def make_id(letter: str, day: date, number: int) -> str:
    """The id of a kind of record for ``day`` whose random part is ``number`` (0 ≤ number < 32⁶) in base32."""
    letters = ""
    for _ in range(6):
        number, digit = divmod(number, 32)
        letters = CROCKFORD[digit] + letters
    return f"{letter}{day:%Y%m%d}-{letters}"


def number_out_of(said: str) -> int:
    """A number for :func:`make_id` that is the same for the same words, so that they open one record."""
    from hashlib import sha256  # which loads all of OpenSSL: no command needs it for its help

    return int.from_bytes(sha256(said.encode()).digest()[:8]) % 32**6


def record_path(record_id: str) -> str:
    """Where the record with this id is filed: by day, ``records/tickets/2026/11/23/<id>.yaml``."""
    match = RECORD_ID.fullmatch(record_id)
    if match is None:
        raise ValueError(record_id)
    letter, year, month, day, _ = match.groups()
    return f"records/{FOLDERS[letter]}/{year}/{month}/{day}/{record_id}.yaml"


def day_of(record_id: str) -> date:
    """The day that an id was drawn for."""
    return date(int(record_id[1:5]), int(record_id[5:7]), int(record_id[7:9]))


def matching_ids(suffix: str, ids: Iterable[str]) -> list[str]:
    """The ids that are ``suffix`` or end in it, sorted; case and I/L/O do not matter. "" names none."""
    wanted = suffix.upper()
    if not wanted:
        return []
    if wanted in (found := sorted(ids)):
        return [wanted]
    folded = wanted.translate(str.maketrans("ILO", "110")) if len(wanted) <= 6 else wanted
    return [identifier for identifier in found if identifier.endswith((wanted, folded))]
