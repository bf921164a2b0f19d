"""The schema files: bilingual, closed, in step with the table of events, and the same to both validators."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building.every_event import valid
from weibao.model.events import EVENTS
from weibao.model.schema.files import KINDS, schema_folder, schema_named
from weibao.model.schema.validation import accepts, refusals

ROOT = Path(__file__).parents[2]
ALL = ("common", *KINDS)
HAN = re.compile(r"[\u4e00-\u9fff]")


def nodes(schema: Any, path: str = ""):
    """Every schema inside a schema, with its path; what stands beside ``$ref`` counts too."""
    if isinstance(schema, dict):
        yield path, schema
        for key, one in schema.items():
            if key not in {"enum", "const", "required"}:
                yield from nodes(one, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, one in enumerate(schema):
            yield from nodes(one, f"{path}/{index}")


def properties(name: str):
    for path, schema in nodes(schema_named(name)):
        if "/if" in path or path.endswith(("/then", "/else", "/properties", "/$defs")):
            continue
        for key, one in schema.get("properties", {}).items():
            yield f"{name}{path}/{key}", one


@pytest.mark.parametrize("name", ALL)
def test_every_property_has_a_title_and_a_description_in_both_languages(name):
    wanting = []
    for path, one in properties(name):
        for word in ("title", "description"):
            zh, dot, en = one.get(word, "").partition(" · ")
            same = zh == en == "SHA-256"
            if not dot or not re.search("[A-Za-z]", en) or not (HAN.search(zh) or same):
                wanting.append(f"{path}: {word}")
    assert wanting == []


@pytest.mark.parametrize("name", ALL)
def test_every_object_is_closed(name):
    for path, schema in nodes(schema_named(name)):
        if schema.get("type") != "object" or path.endswith("/if"):
            continue
        if path == "/$defs/entry":  # sends each entry to the closed branch of its event
            assert [one["then"]["$ref"] for one in schema["allOf"]] == [
                f"#/$defs/{event}" for event in schema["properties"]["event"]["enum"]
            ]
            continue
        assert "additionalProperties" in schema, path
        assert schema["additionalProperties"] is not True, path
        if schema["additionalProperties"] is not False:
            assert {"propertyNames", "maxProperties"} <= set(schema), path


@pytest.mark.parametrize("name", ALL)
def test_every_string_number_and_list_is_bounded(name):
    for path, schema in nodes(schema_named(name)):
        kind = schema.get("type")
        kinds = kind if isinstance(kind, list) else [kind]
        if "enum" in schema or "const" in schema:
            continue
        if "string" in kinds:
            assert "pattern" in schema or "maxLength" in schema, path
        if {"integer", "number"} & set(kinds):
            assert {"minimum", "maximum"} <= set(schema), path
        if "array" in kinds:
            assert {"maxItems", "items"} <= set(schema), path


@pytest.mark.parametrize("name", ALL)
def test_patterns_mean_the_same_in_python_rust_and_ecma(name):
    for path, schema in nodes(schema_named(name)):
        if isinstance(pattern := schema.get("pattern"), str):
            assert not re.search(r"\\[dwsbDWSBAZz]", pattern), (
                path
            )  # Unicode in one, ASCII in another
            re.compile(pattern)


@pytest.mark.parametrize("name", ALL)
def test_every_schema_is_a_schema_and_refers_to_what_exists(name):
    schema = schema_named(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    # What others refer to has the name by which they do; an id elsewhere would move what a file's references lead from.
    assert schema.get("$id") == ("common.schema.json" if name == "common" else None)
    for path, one in nodes(schema):
        if isinstance(reference := one.get("$ref"), str):
            file, _, pointer = reference.partition("#/$defs/")
            holder = schema_named("common") if file else schema
            assert file in {"", "common.schema.json"}, path
            assert pointer in holder["$defs"], path


def test_the_branches_of_the_logs_are_those_of_the_table_of_events():
    spec = importlib.util.spec_from_file_location(
        "branches", ROOT / "tools/write_schema_branches.py"
    )
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for kind in EVENTS:
        file = schema_folder() / f"{kind}.schema.json"
        assert file.read_text(encoding="utf-8") == script.schema_text(kind), (
            f"{file.name} and the table of events differ: run python tools/write_schema_branches.py"
        )


VALID = valid()


@pytest.mark.parametrize(("kind", "data"), [pytest.param(*one, id=one[0]) for one in VALID])
def test_both_validators_take_every_kind_of_record_with_every_event(kind, data):
    assert [error.message for error in refusals(kind, data)] == []
    assert accepts(kind, data)


PLACES = {kind: [()] for kind, _ in VALID}


def ways(data: Any, keys: tuple[Any, ...] = ()):
    yield keys
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, one in items:
        yield from ways(one, (*keys, key))


WAYS = {kind: list(ways(data))[1:] for kind, data in VALID}
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(-1e15, 1e15),
    st.text(max_size=8),
    st.sampled_from(
        ["", " ", "x\n", "2026-02-30", "2026-02-30T10:00:00+08:00", "24:00", "1wd", "a" * 300]
    ),
    st.sampled_from(
        ["2026-11-20T24:00:00+08:00", "2026-11-20T09:12:60Z", "2026-11-20T09:12:00+25:00"]
    ),
    st.sampled_from(
        ["Mars/Phobos", "FREQ=DAILY;X=Y", "T20261120-7K3Q9I", "٢٠٢٦-01-01", "closed", "../x", "/a"]
    ),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=2),
)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_validators_agree_on_damaged_records(data):
    kind, good = data.draw(st.sampled_from(VALID))
    damaged = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(WAYS[kind]))
        holder = damaged
        try:
            for key in way:
                holder = holder[key]
            match data.draw(st.sampled_from(["replace", "drop", "add"])):
                case "replace":
                    holder[last] = data.draw(JUNK)
                case "drop":
                    del holder[last]
                case _ if isinstance(holder, dict):
                    holder[data.draw(st.text(max_size=4))] = data.draw(JUNK)
                case _:
                    holder.append(data.draw(JUNK))
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier damage took the place away
    errors = list(refusals(kind, damaged))
    assert accepts(kind, damaged) == (not errors), [error.message for error in errors]


def test_the_schemas_have_no_word_twice():
    for name in ALL:
        text = (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            assert len({key for key, _ in pairs}) == len(pairs)
            return dict(pairs)

        json.loads(text, object_pairs_hook=once)
