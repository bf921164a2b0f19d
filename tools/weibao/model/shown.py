"""What a dataclass says of its fields for those who read it as JSON, beside their types.

:mod:`weibao.render.json.encode` makes JSON of such dataclasses, ``tools/write_output_schemas.py`` the
schemas in ``schemas/output/``. A keyword of JSON Schema is a pair in ``Annotated``; the texts of a schema
are the string under a field and the last line of a class's docstring: ``title | description``, each in
Chinese and English.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from weibao.model.events import TARGETS
from weibao.model.instant import Instant


class Mark(Enum):
    """How a field is shown, where that is not under its own name and as it is."""

    INSTANT = "RFC 3339 in the contract's zone"
    ABSENT = "no such key where it is empty"
    INLINE = "its keys stand among those around it"
    HIDDEN = "not at all"


@dataclass(frozen=True, slots=True)
class Called:
    """The key of a field whose name is another."""

    key: str


MOMENT = ("pattern", r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$")
COMMIT = ("pattern", "^([0-9a-f]{40}|[0-9a-f]{64})$")
UNIQUE = ("uniqueItems", True)

Moment = Annotated[Instant, Mark.INSTANT, MOMENT]
CommitId = Annotated[str, COMMIT]
TicketId = Annotated[str, ("pattern", "^T[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}$")]
InspectionId = Annotated[str, ("pattern", "^I[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}$")]
ShiftId = Annotated[str, ("pattern", "^S[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}$")]
Sha256 = Annotated[str, ("pattern", "^[0-9a-f]{64}$")]
Month = Annotated[str, ("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$")]
Filled = Annotated[str, ("minLength", 1)]
Target = Annotated[str, ("enum", TARGETS)]
Count = Annotated[int, ("minimum", 0)]
Positive = Annotated[int, ("minimum", 1)]
Level = Annotated[int, ("minimum", 1), ("maximum", 9)]


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping has the keys of this class, which describes them."""

    kind: type
