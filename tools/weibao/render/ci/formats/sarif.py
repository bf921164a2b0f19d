"""Findings as SARIF 2.1.0, the OASIS format for the results of static analysis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from weibao import __version__
from weibao.render.ci.format import Format
from weibao.render.ci.formats.gitlab import fingerprints
from weibao.render.json.printed import dump
from weibao.render.words.findings import in_general
from weibao.render.words.plain import plain
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText
    from weibao.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_LINK = re.compile(r"[\\\[\]]")


def _write(told: Sequence[FindingText], words: Language) -> str:
    """One run: every rule of the catalogue with its help, and a result for each finding."""
    places = {code: index for index, code in enumerate(RULES)}
    marks = fingerprints(told)
    run = {
        "tool": {
            "driver": {
                "name": "weibao",
                "semanticVersion": __version__,
                "language": words.code,
                "rules": [_rule(rule, words) for rule in RULES.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(text, places[text.finding.code], mark)
            for text, mark in zip(told, marks, strict=True)
        ],
    }
    report = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump(report)


def _rule(rule: Rule, words: Language) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": words.text(rule.title)},
        "fullDescription": {"text": words.text(rule.why)},
        "help": {"text": in_general(rule.help, words)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(told: FindingText, index: int, mark: str) -> dict[str, Any]:
    place = told.finding.place
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path, errors="replace")}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return {
        "ruleId": told.finding.code,
        "ruleIndex": index,
        "level": _LEVELS[told.severity],
        "message": {"text": _said(told.said)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"weibao/v1": mark},
    }


def _said(text: str) -> str:
    """A message without links (3.11.6) and without places to fill (3.11.5)."""
    unlinked = _LINK.sub(r"\\\g<0>", plain(text))
    return unlinked.replace("{", "{{").replace("}", "}}")


FORMAT = Format(name="sarif", place=40, write=_write)
