"""Where a record comes from that was kept in an older register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Imported:
    """The header's word on it: an id of the contract's ``evidence.imports``, and the record's number in that register."""

    register: str
    number: str


def imported_in(data: Mapping[str, Any]) -> Imported | None:
    """Of a record's document that its schema has accepted; None where the record began here."""
    said = data.get("imported")
    return Imported(said["import"], said["number"]) if said else None
