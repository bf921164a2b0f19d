"""The tables that are exported, and what each column means: both out of the schema of what is exported.

A row is flat. What an object has within it stands in columns of its own (``name_zh``), a list of words in
one cell with a semicolon between; a list of objects in none: what such a list holds has a table too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from weibao.model.schema.files import schema_named
from weibao.render.json.encode import json_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.render.json.exported import ExportOutput
    from weibao.report.book import Book

Value = str | int | float | bool | None
BETWEEN = "; "
"""What stands between the words of a list in one cell."""


class ColumnKind(Enum):
    """What stands in a column."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    MOMENT = "moment"


_FORMATS = {"date": ColumnKind.DAY, "date-time": ColumnKind.MOMENT}
_KINDS = {
    "string": ColumnKind.TEXT,
    "array": ColumnKind.TEXT,
    "integer": ColumnKind.INTEGER,
    "number": ColumnKind.NUMBER,
    "boolean": ColumnKind.BOOLEAN,
}


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """A column: its key, what stands in it, and its title and description in both languages (``zh · en``)."""

    key: str
    kind: ColumnKind
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table: its name, title and description, its columns, and its rows, whose values stand in their order.

    Days and moments are texts, ISO 8601 and RFC 3339 in the contract's zone.
    """

    name: str
    title: str
    description: str
    columns: tuple[ExportedColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


def exported_tables(book: Book, output: ExportOutput) -> tuple[ExportedTable, ...]:
    """The tables, in the order of the schema."""
    values = json_value(output, book.zone)
    schema = schema_named("output/export")
    said = schema["properties"]
    heads = [name for name in said if said[name].get("type") != "array" and name in values]
    about = ExportedTable(
        "about",
        schema["title"],
        schema["description"],
        tuple(next(iter(_columns(said[name], schema, (name,), said[name])))[1] for name in heads),
        (tuple(values[name] for name in heads),),
    )
    tables = (
        _table(name, property_, schema, values[name])
        for name, property_ in said.items()
        if property_.get("type") == "array"
    )
    return (about, *tables)


def _table(
    name: str, property_: Mapping[str, Any], schema: Mapping[str, Any], rows: list[dict[str, Any]]
) -> ExportedTable:
    columns = tuple(_columns(property_["items"], schema, (), {}))
    return ExportedTable(
        name,
        property_["title"],
        property_["description"],
        tuple(column for _, column in columns),
        tuple(tuple(_value(row, path) for path, _ in columns) for row in rows),
    )


def _columns(
    said: Mapping[str, Any],
    schema: Mapping[str, Any],
    path: tuple[str, ...],
    texts: Mapping[str, Any],
) -> Iterator[tuple[tuple[str, ...], ExportedColumn]]:
    """The columns of a value, with the keys that lead to it; ``texts`` say what it is where it stands."""
    found, schema = _resolved(said, schema)
    if "properties" in found:
        for key, property_ in found["properties"].items():
            yield from _columns(property_, schema, (*path, key), property_)
        return
    if found.get("type") == "array" and "properties" in _resolved(found["items"], schema)[0]:
        return
    yield path, ExportedColumn("_".join(path), _kind(found), texts["title"], texts["description"])


def _resolved(
    said: Mapping[str, Any], schema: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a schema says of a value that is there, and the file in which it says so."""
    for choice in said.get("anyOf", ()):
        if choice != {"type": "null"}:
            return _resolved(choice, schema)
    if "$ref" not in said:
        return said, schema
    file, _, name = said["$ref"].partition("#/$defs/")
    holder = schema_named(f"output/{file.removesuffix('.schema.json')}") if file else schema
    return _resolved(holder["$defs"][name], holder)


def _kind(found: Mapping[str, Any]) -> ColumnKind:
    if (known := _FORMATS.get(found.get("format", ""))) is not None:
        return known
    kinds = found.get("type", "string")
    named = {kinds} if isinstance(kinds, str) else set(kinds) - {"null"}
    return _KINDS[named.pop()] if len(named) == 1 else ColumnKind.TEXT


def _value(row: Any, path: tuple[str, ...]) -> Value:
    for key in path:
        row = None if row is None else row.get(key)
    return BETWEEN.join(map(str, row)) if isinstance(row, list) else row
