"""Findings out of what jsonschema refuses: one a problem, with its place and what was expected."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING, Any

from weibao.model.finding import Finding
from weibao.model.yaml.document import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError

    from weibao.model.yaml.document import Document, Keys

# Of several complaints about one value only the first is told; the others follow from it.
_CODES = {
    "not": "R203",
    "type": "R201",
    "anyOf": "R201",
    "enum": "R204",
    "const": "R204",
    "minLength": "R206",
    "maxLength": "R206",
    "pattern": "R205",
    "format": "R205",
    "minimum": "R206",
    "maximum": "R206",
    "minItems": "R206",
    "maxItems": "R206",
    "minProperties": "R206",
    "maxProperties": "R206",
}
_RANK = {keyword: rank for rank, keyword in enumerate(_CODES)}
_LEAST = frozenset({"minLength", "minimum", "minItems", "minProperties"})
_MOMENTS = frozenset({"date-time", "date"})


def fault_findings(document: Document, errors: Iterable[ValidationError]) -> tuple[Finding, ...]:
    """The findings (R201–R208) of a document that its schema refused, in the order of the file."""
    told: dict[tuple[str, Keys], Finding] = {}
    for error in sorted(chain.from_iterable(map(_of_its_type, errors)), key=_rank):
        keys: Keys = tuple(error.absolute_path)
        for about, at, finding in _findings(document, keys, error):
            told.setdefault((about, at), finding)
    return tuple(sorted(told.values(), key=lambda finding: finding.order))


def _of_its_type(error: Any) -> Iterator[Any]:
    """What is wrong with a value that may be of several types, by the branch of its own type, if it is of one."""
    for branch in range(len(error.validator_value) if error.validator == "anyOf" else 0):
        within = [inner for inner in error.context if inner.relative_schema_path[0] == branch]
        if not any(inner.validator == "type" and not inner.relative_path for inner in within):
            for inner in within:
                yield from _of_its_type(inner)
            return
    yield error


def _rank(error: Any) -> int:
    return _RANK.get(error.validator, len(_RANK))


def _findings(document: Document, keys: Keys, error: Any) -> Iterator[tuple[str, Keys, Finding]]:
    """What one error says, each under (what about, where), so that nothing is told twice."""
    match error.validator:
        case "required":
            for key in error.validator_value:
                if key not in error.instance:
                    yield "missing", (*keys, key), _missing(document, keys, key)
        case "additionalProperties":
            allowed = list(error.schema.get("properties", {}))
            for key in error.instance:
                if key not in allowed:
                    yield "key", (*keys, key), _unknown(document, (*keys, key), allowed)
        case "not":
            yield "key", keys, _unknown(document, keys, _siblings(document, keys))
        case _ if "propertyNames" in error.absolute_schema_path:
            at = (*keys, str(error.instance))
            facts = _expectation(error) | {"key": dotted(at), "found": error.instance}
            yield "key", at, _finding("R205", document, at, facts, key=True)
        case _:
            facts = _expectation(error) | {"key": dotted(keys), "found": shown(error.instance)}
            yield "value", keys, _finding(_code(error), document, keys, facts)


def _code(error: Any) -> str:
    if error.validator == "format" and error.validator_value in _MOMENTS:
        return "R208"
    return _CODES.get(str(error.validator), "R207")


def _missing(document: Document, keys: Keys, key: str) -> Finding:
    facts = {"key": dotted((*keys, key))}
    return _finding("R202", document, keys, facts, key=bool(keys))


def _unknown(document: Document, keys: Keys, allowed: list[str]) -> Finding:
    facts = {"key": dotted(keys), "found": keys[-1], "allowed": tuple(allowed)}
    return _finding("R203", document, keys, facts | _nearest(keys[-1], allowed), key=True)


def _siblings(document: Document, keys: Keys) -> list[str]:
    """The other keys beside one that may not stand there."""
    holder = document.data
    for key in keys[:-1]:
        holder = holder[key]
    return [key for key in holder if key != keys[-1]]


def _expectation(error: Any) -> dict[str, object]:
    """What was wanted: raw in ``expected``, and in words in ``zh`` and ``en`` where there are any."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    if (
        error.parent is not None
    ):  # a branch of what may be of several types: the whole says what it is
        schema = {**error.parent.schema, **schema}
    zh, _, en = str(schema.get("description", "")).partition(" · ")
    words: dict[str, object] = {"zh": zh, "en": en}
    value = error.validator_value
    match error.validator:
        case "type" | "anyOf":
            types = [branch["type"] for branch in value] if isinstance(value, list) else [value]
            facts: dict[str, object] = {"expected": tuple(types)}
            if "string" in types and not isinstance(error.instance, dict | list):
                facts["quoted"] = f'"{shown(error.instance)}"'
            return words | facts
        case "enum":
            return words | {"expected": tuple(map(str, value))} | _nearest(error.instance, value)
        case keyword if _CODES.get(str(keyword)) == "R206":
            return words | {"expected": f"{'≥' if keyword in _LEAST else '≤'} {value}"}
        case "uniqueItems":
            twice = next(item for item in error.instance if error.instance.count(item) > 1)
            return {"zh": f"“{twice}”只写一次", "en": f"“{twice}” once only"}
        case _:
            return words | {"expected": shown(value)}


def _nearest(found: object, among: Iterable[object]) -> dict[str, object]:
    near = get_close_matches(str(found), [str(word) for word in among], n=1)
    return {"nearest": near[0]} if near else {}


def _finding(
    code: str, document: Document, keys: Keys, facts: Mapping[str, object], *, key: bool = False
) -> Finding:
    place = document.key_place(keys) if key else document.place(keys)
    return Finding(code, place, record_of(document), facts)


def record_of(document: Document) -> str:
    """The id that a document gives itself, or "" where it has none that could be one."""
    found = document.data.get("id") if isinstance(document.data, dict) else None
    return found if isinstance(found, str) else ""


def shown(value: object) -> str:
    """A value much as the file has it; a collection only by its brackets."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
