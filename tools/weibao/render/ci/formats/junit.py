"""Findings as JUnit XML, which every CI system shows as test results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weibao.render.ci.format import Format
from weibao.render.words.plain import plain
from weibao.report.found import errors
from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_MARKUP = re.compile("[&<>\"']")


def _write(told: Sequence[FindingText], _words: Language) -> str:
    """One case a finding: an error fails, the others pass and say so; one that passes, if none."""
    failed = errors(finding_text.finding for finding_text in told)
    cases = [_case(finding_text) for finding_text in told] or [
        '    <testcase classname="records" name="weibao"/>'
    ]
    counts = f'name="weibao" tests="{len(cases)}" failures="{failed}" errors="0"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<testsuites {counts}>",
            f'  <testsuite {counts} skipped="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>\n",
        ]
    )


def _case(told: FindingText) -> str:
    place = told.finding.place
    name = f"{told.finding.code} {place.path}:{place.line}:{place.column}"
    said = told.said
    if told.severity is Severity.ERROR:
        head = f'<failure type="{told.finding.code}" message="{_escaped(told.message)}">'
        inner = f"{head}{_escaped(said)}</failure>"
    else:
        inner = f"<system-out>{_escaped(f'{told.severity}: {said}')}</system-out>"
    return (
        f'    <testcase classname="{_escaped(place.path)}" name="{_escaped(name)}">\n'
        f"      {inner}\n    </testcase>"
    )


def _escaped(text: str) -> str:
    """Text for an element or an attribute; what XML cannot hold at all is shown by its code."""
    shown = _NOT_XML.sub("\ufffd", plain(text))
    return _MARKUP.sub(lambda found: _REFERENCES[found[0]], shown)


FORMAT = Format(name="junit", place=50, write=_write, of_change=True)
