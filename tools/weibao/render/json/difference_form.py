"""Reading a difference that somebody else has written: nothing is shown before its form is checked."""

from __future__ import annotations

import json
from functools import cache

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from weibao.language import N_
from weibao.model.instant import parse_instant
from weibao.model.schema.files import schema_named
from weibao.refusal import Exit, Refusal
from weibao.render.json.difference import DifferenceOutput
from weibao.render.json.encode import result_of
from weibao.render.words.plain import plain

LARGEST = 2 << 20
"""Bytes of a difference that is still read."""


def read_difference(raw: bytes) -> DifferenceOutput:
    """The difference out of what ``weibao diff --format json`` printed, or out of what pretends to be it.

    Raises:
        Refusal: it is too large, or it is not what ``schemas/output/diff.schema.json`` describes.
    """
    if len(raw) > LARGEST:
        raise Refusal(
            N_("The difference has {size} bytes; no more than {largest} are read."),
            exit_code=Exit.FINDINGS,
            size=len(raw),
            largest=LARGEST,
        )
    try:
        values = json.loads(raw.decode())
    except json.JSONDecodeError as error:
        raise _malformed(
            N_(
                "This is not what weibao diff --format json prints: it is no JSON from line {line}, column {column} on."
            ),
            line=error.lineno,
            column=error.colno,
        ) from None
    except (ValueError, RecursionError):
        raise _malformed(
            N_("This is not what weibao diff --format json prints: it cannot be read as JSON.")
        ) from None
    fault = next(iter(_validator().iter_errors(values)), None)
    if fault is not None:
        said = _FAULTS.get(
            str(fault.validator),
            N_(
                "This is not what weibao diff --format json prints: what stands at {place} is not what must stand there."
            ),
        )
        raise _malformed(said, place=plain(fault.json_path))
    found: DifferenceOutput = result_of(DifferenceOutput, values)
    return found


_FAULTS = {
    "required": N_(
        "This is not what weibao diff --format json prints: what stands at {place} lacks a key."
    ),
    "additionalProperties": N_(
        "This is not what weibao diff --format json prints: what stands at {place} has a key too many."
    ),
}
"""What is wrong, by the keyword of the schema."""


def _malformed(message: str, **facts: object) -> Refusal:
    return Refusal(
        message,
        mend=N_("Make it with the version of weibao that reads it."),
        exit_code=Exit.FINDINGS,
        **facts,
    )


@cache
def _validator() -> Draft202012Validator:
    parts = Resource.from_contents(schema_named("output/parts"))
    formats = FormatChecker(())
    formats.checks("date-time", ValueError)(_is_instant)
    return Draft202012Validator(
        schema_named("output/diff"),
        registry=Registry().with_resource("parts.schema.json", parts),
        format_checker=formats,
    )


def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or parse_instant(value) >= 0
