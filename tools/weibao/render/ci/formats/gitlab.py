"""Findings as GitLab's code quality report: a JSON list, shown on the lines of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from weibao.render.ci.format import Format
from weibao.render.json.printed import dump
from weibao.render.words.plain import plain
from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def _write(told: Sequence[FindingText], _words: Language) -> str:
    """The report, in the order of the findings."""
    marks = fingerprints(told)
    entries = [_entry(finding, mark) for finding, mark in zip(told, marks, strict=True)]
    return dump(entries)


def fingerprints(told: Sequence[FindingText]) -> list[str]:
    """What a forge knows each finding by from run to run: all of it but its line, each unlike."""
    seen: Counter[str] = Counter()
    marks = []
    for finding_text in told:
        finding = finding_text.finding
        facts = sorted((key, str(value)) for key, value in finding.facts.items())
        known = repr((finding.code, finding.place.path, finding.record, facts))
        seen[known] += 1
        marked = f"{known} {seen[known]}".encode(errors="surrogateescape")
        marks.append(hashlib.sha256(marked).hexdigest())
    return marks


def _entry(told: FindingText, mark: str) -> dict[str, Any]:
    place = told.finding.place
    return {
        "description": plain(told.said),
        "check_name": told.finding.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[told.severity],
        "location": {"path": place.path, "lines": {"begin": max(place.line, 1)}},
    }


FORMAT = Format(name="gitlab", place=30, write=_write, of_change=True)
