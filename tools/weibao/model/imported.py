"""Where a record comes from that was kept in an older register, and how much that register says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Precision(StrEnum):
    """How exactly an old register says when; what it says exactly has none."""

    DAY = "day"
    UNKNOWN = "unknown"


UNKNOWN = "unknown"
"""Who, how or how grave, where an old register does not say; nobody may be called so."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The header's word on it.

    Attributes:
        register: an id of the contract's ``evidence.imports``.
        number: the record's number in that register.
        precision: how exactly the register says when it was reported.
        kept: what has no place here, in the register's own words, by its column; internal.
    """

    register: str
    number: str
    precision: Precision | None = None
    kept: Mapping[str, str] = field(default_factory=dict, hash=False)


def imported_in(data: Mapping[str, Any]) -> Imported | None:
    """Of a record's document that its schema has accepted; None where the record began here."""
    said = data.get("imported")
    if not said:
        return None
    return Imported(said["import"], said["number"], precision_in(said), said.get("kept", {}))


def precision_in(said: Mapping[str, Any]) -> Precision | None:
    """How exactly an entry, or a header's word on its register, says when."""
    return Precision(said["precision"]) if "precision" in said else None
