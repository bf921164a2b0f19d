"""What gets out is described: the schemas are written from the dataclasses, and refuse all else."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from weibao.model.shown import Called, Mark, Moment
from weibao.render.json.encode import json_value, result_of, shown_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("output", ROOT / "tools/write_output_schemas.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = _script()
TEXTS: dict[str, str] = SCRIPT.schema_texts()
SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in TEXTS.items()}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_schema_is_as_its_dataclass_says(name: str) -> None:
    path = ROOT / f"schemas/output/{name}.schema.json"
    assert path.read_text(encoding="utf-8") == TEXTS[name], (
        f"{path.name} and its dataclass differ: run python tools/write_output_schemas.py"
    )


def test_every_schema_has_a_dataclass() -> None:
    there = {path.name.removesuffix(".schema.json") for path in SCRIPT.SCHEMAS.glob("*.json")}
    assert there == set(TEXTS)


def example(schema: Any, name: str) -> Any:
    """A document that the schema takes, with something in every list and behind every null."""
    if "$ref" in schema:
        file, _, pointer = schema["$ref"].partition("#/$defs/")
        holder = file.removesuffix(".schema.json") or name
        return example(SCHEMAS[holder]["$defs"][pointer], holder)
    if "anyOf" in schema:
        return example(schema["anyOf"][0], name)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    if kind == "object":
        return {key: example(inner, name) for key, inner in schema["properties"].items()}
    if kind == "array":
        return [example(schema["items"], name)]
    if kind == "string":
        return next((text for text in TEXT if fits(schema, text)), None)
    return {"integer": schema.get("minimum", 0), "number": 0.5, "boolean": True}[kind]


TEXT = (
    "x",
    "a" * 40,
    "a" * 64,
    "2026-11",
    "2026-11-20T09:00:00+08:00",
    "T20261120-7K3Q9M",
    "I20261120-4F2MXA",
    "S20261120-8H4FT2",
    "R101",
    "1.1",
)


def fits(schema: Any, text: str) -> bool:
    return Draft202012Validator(schema).is_valid(text)


def validator(name: str) -> Draft202012Validator:
    resources = [(f"{one}.schema.json", Resource.from_contents(SCHEMAS[one])) for one in SCHEMAS]
    return Draft202012Validator(SCHEMAS[name], registry=Registry().with_resources(resources))


def mutants(value: Any) -> Iterator[Any]:
    """The document with a key too few, a key too many, or another type, once at every place."""
    if isinstance(value, dict):
        yield value | {"guess": 1}
        for key, inner in value.items():
            if key not in {"seen_log", "closed", "restated", "rows", "causes"}:
                yield {one: other for one, other in value.items() if one != key}
            for changed in mutants(inner):
                yield value | {key: changed}
    elif isinstance(value, list):
        yield {}
        for changed in mutants(value[0]):
            yield [changed]
    else:
        yield [value]


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"parts"}))
def test_a_document_is_taken_and_every_other_form_of_it_refused(name: str) -> None:
    holds = validator(name)
    document = example(SCHEMAS[name], name)
    assert holds.is_valid(document)
    changed = list(mutants(document))
    assert len(changed) > 2
    for mutant in changed:
        assert not holds.is_valid(mutant)


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    """Inlined."""

    day: date
    start: Annotated[date | None, Called("from")]


@dataclass(frozen=True, slots=True)
class Outer:
    """One field of each kind."""

    at: Moment
    due: Moment | None
    inner: Annotated[Inner, Mark.INLINE]
    colour: Colour
    several: tuple[Inner, ...]
    words: tuple[str, ...]
    secret: Annotated[str, Mark.HIDDEN]
    log: Annotated[str, Mark.ABSENT]
    size: Literal["s", "l"] | None


def test_a_value_is_shown_as_its_fields_say() -> None:
    inner = Inner(date(2026, 1, 2), None)
    shown = json_value(
        Outer(0, None, inner, Colour.RED, (inner,), ("a",), "secret", "", "s"),
        ZoneInfo("Asia/Shanghai"),
    )
    assert list(shown) == ["at", "due", "day", "from", "colour", "several", "words", "size"]
    assert shown == {
        "at": "1970-01-01T08:00:00+08:00",
        "due": None,
        "day": "2026-01-02",
        "from": None,
        "colour": "red",
        "several": [{"day": "2026-01-02", "from": None}],
        "words": ["a"],
        "size": "s",
    }
    assert type(shown["colour"]) is str
    assert [one.key for one in shown_fields(Inner)] == ["day", "from"]


@dataclass(frozen=True, slots=True)
class Read:
    """What can be read back."""

    time: datetime
    colour: Colour | None
    parts: tuple[Colour, ...]
    log: Annotated[str, Mark.ABSENT]


@pytest.mark.parametrize("log", ["", "abc"])
@pytest.mark.parametrize("colour", [None, Colour.RED])
def test_a_value_is_read_back_as_it_was(colour: Colour | None, log: str) -> None:
    time = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    value = Read(time, colour, (Colour.RED,), log)
    assert result_of(Read, json.loads(json.dumps(json_value(value, None)))) == value
