"""The schemas that the package carries, and the formats that they name."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzdata  # type: ignore[import-untyped]

from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = (
    "contract",
    "staff",
    "duty",
    "assets",
    "plan",
    "spares",
    "actions",
    "agreements",
    "reviews",
    "ticket",
    "inspection",
    "shift",
    "report",
)
"""The kinds of record; each has its schema."""

COPIED = ("common", "import", *KINDS)
"""The schemas that a contract's repository has a copy of, for editors: those of records and of an import's mapping."""

_PACKAGE = Path(__file__).parents[2]


def schema_folder() -> Path:
    """Where the schemas are: inside an installed package, or at the top of a checkout."""
    installed = _PACKAGE / "schemas"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "schemas"


@cache
def schema_bytes(name: str) -> bytes:
    """The bytes of ``<name>.schema.json``: a kind of record, or ``common``."""
    return (schema_folder() / f"{name}.schema.json").read_bytes()


@cache
def schema_named(name: str) -> dict[str, Any]:
    """The schema as values, with the formats that are this package's own. It is shared: do not change it."""
    found: dict[str, Any] = json.loads(schema_bytes(name))
    if name == "common":
        for definition, form in _OWN_FORMATS.items():
            found["$defs"][definition]["format"] = form
    return found


_OWN_FORMATS = {"zone": "iana-zone", "recurrence": "rrule"}
"""By definition of ``common``, what it must be besides. The files do not say it: a strict validator takes no format that
it does not know."""


def _holds(read: Callable[[str], object], *wrong: type[Exception]) -> Callable[[object], bool]:
    """Whether ``read`` takes a string; anything that is no string is another keyword's business."""

    def check(value: object) -> bool:
        if not isinstance(value, str):
            return True
        try:
            read(value)
        except wrong:
            return False
        return True

    return check


def _read_rule(text: str) -> object:
    from dateutil.rrule import rrulestr

    return rrulestr(text)


@cache
def _zones() -> frozenset[str]:
    """The names of the tz database, as the package has them: a machine's own ``localtime`` is none."""
    listed = Path(tzdata.__file__).with_name("zones").read_text(encoding="utf-8")
    return frozenset(listed.split()) - {"Factory"}


def _read_zone(name: str) -> object:
    if name not in _zones():
        raise ZoneInfoNotFoundError(name)
    return ZoneInfo(name)


FORMATS: dict[str, Callable[[object], bool]] = {
    "date-time": _holds(parse_instant, ValueError),
    "date": _holds(date.fromisoformat, ValueError),
    "iana-zone": _holds(_read_zone, ZoneInfoNotFoundError, ValueError, OSError),
    "rrule": _holds(_read_rule, ValueError, TypeError, KeyError, AttributeError),
}
"""What a ``format`` of the schemas means, to both validators."""
