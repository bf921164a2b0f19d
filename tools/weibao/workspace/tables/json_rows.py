"""A JSON array of an API as the rows of a table: an object is a row, its keys are the columns.

Nothing is worked out: a number is as it is written, and a list of objects (articles, a history) is one line for
each of them, in their order.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.importing.sheet import CellValue


def json_rows(raw: bytes) -> list[list[CellValue]]:
    """The header and the rows of a JSON array of objects; raises ``UsageRefusal`` where it is none."""
    try:
        found = json.loads(raw, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise UsageRefusal(
            N_("This is no JSON array of objects."),
            mend=N_("Save what the API answers, as it is: one array with all tickets."),
        )
    names = list(dict.fromkeys(name for row in found for name in row))
    return [[*names], *([_said(row.get(name)) for name in names] for row in found)]


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "\n".join(filter(None, map(_said, value)))
        case dict():
            return "; ".join(
                f"{key}: {said}" for key, inner in value.items() if (said := _said(inner))
            )
        case _:
            return str(value)
