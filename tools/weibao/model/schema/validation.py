"""Documents against their schemas.

jsonschema-rs accepts what is right, which is nearly everything; what it refuses goes to jsonschema,
which is slow and says exactly what is wrong and where. The two agree, by test.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from weibao.model.events import BY_NAME
from weibao.model.schema.faults import fault_findings
from weibao.model.schema.files import FORMATS, schema_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from weibao.model.finding import Finding
    from weibao.model.yaml.document import Document


def judge_document(kind: str, document: Document) -> tuple[Finding, ...]:
    """All that the schema of this kind of record has against a document (R201–R208)."""
    if accepts(kind, document.data):
        return ()
    return fault_findings(document, list(refusals(kind, document.data)))


def accepts(kind: str, data: object) -> bool:
    """Whether the data of a document is a valid record of its kind, by jsonschema-rs."""
    return _fast_validator(kind).is_valid(data)


def refusals(kind: str, data: Any) -> Iterator[ValidationError]:
    """Why a document is no valid record, by jsonschema; paths lead from the top of the document.

    A log is judged entry by entry, each against the branch of its own event, and only the entries
    that are wrong: one bad line in thousands must not take seconds.
    """
    log = data.get("log") if isinstance(data, dict) else None
    if kind not in BY_NAME or not isinstance(log, list):
        yield from _slow_validator(kind, "").iter_errors(data)
        return
    yield from _slow_validator(kind, "header").iter_errors(data)
    accepts_entry = _fast_entry_validator(kind).is_valid
    for index, entry in enumerate(log):
        if accepts_entry(entry):
            continue
        event = entry.get("event") if isinstance(entry, dict) else None
        known = isinstance(event, str) and event in BY_NAME[kind]
        for error in _slow_validator(kind, str(event) if known else "entry").iter_errors(entry):
            error.path.extendleft([index, "log"])
            yield error


def is_a(definition: str, value: object) -> bool:
    """Whether a value is what ``common.schema.json`` calls so: ``is_a("email", "a@b.example")``."""
    return _fast_definition(definition).is_valid(value)


def meaning(definition: str) -> dict[str, str]:
    """What ``common.schema.json`` says of a definition: what it is and how it is written."""
    told = str(schema_named("common")["$defs"][definition]["description"])
    zh, _, en = told.partition(" · ")
    return {"zh": zh, "en": en}


@cache
def _fast_definition(definition: str) -> jsonschema_rs.Draft202012Validator:
    return _fast(_part("common", f"#/$defs/{definition}"))


@cache
def _fast_validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return _fast(schema_named(kind))


@cache
def _fast_entry_validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return _fast(_part(kind, "#/$defs/entry"))


def _fast(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    formats: dict[str, Callable[..., bool]] = dict(FORMATS)
    return jsonschema_rs.Draft202012Validator(
        schema, registry=_registry(), validate_formats=True, formats=formats
    )


@cache
def _registry() -> jsonschema_rs.Registry:
    """The definitions that every schema may refer to, read in once and not for each of them."""
    return jsonschema_rs.Registry([("common.schema.json", schema_named("common"))])


def _part(kind: str, reference: str) -> dict[str, Any]:
    """The schema of a part of a kind of record, with all the definitions that it may refer to."""
    whole = schema_named(kind)
    return {"$schema": whole["$schema"], "$ref": reference, "$defs": whole["$defs"]}


@cache
def _slow_validator(kind: str, part: str) -> Validator:
    """A validator of the whole (``""``), of all but the log's entries (``"header"``), or of a part."""
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend
    from referencing import Registry, Resource

    schema = schema_named(kind)
    if part == "header":
        properties = schema["properties"]
        log = {key: value for key, value in properties["log"].items() if key != "items"}
        schema = {**schema, "properties": {**properties, "log": log}}
    elif part:
        schema = _part(kind, f"#/$defs/{part}")
    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(check)
    strict: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    common = Resource.from_contents(schema_named("common"))
    registry: Registry[Any] = Registry().with_resource("common.schema.json", common)
    validator: Validator = strict(schema, registry=registry, format_checker=checker)
    return validator


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """``pattern`` as ECMA 262 and Rust have it: ``$`` is the very end, not before a last newline."""
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")
