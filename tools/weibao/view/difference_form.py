"""Reading a difference that somebody else has written: nothing is shown before its form is checked."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from weibao.language import N_
from weibao.record.instant import parse_instant
from weibao.record.schema_files import schema_named
from weibao.refusal import Exit, Refusal

LARGEST = 1 << 20
"""Bytes of a difference that is still read."""


def read_difference(raw: bytes) -> dict[str, Any]:
    """The values out of what ``weibao diff --format json`` printed, or out of what pretends to be it.

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
        values: dict[str, Any] = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise _malformed(f"{error}") from None
    fault = next(iter(_validator().iter_errors(values)), None)
    if fault is not None:
        raise _malformed(f"{fault.json_path}: {fault.validator}")
    return values


def _malformed(problem: str) -> Refusal:
    return Refusal(
        N_("This is not what weibao diff --format json prints: {problem}"),
        mend=N_("Make it with the version of weibao that reads it."),
        exit_code=Exit.FINDINGS,
        problem=problem,
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
