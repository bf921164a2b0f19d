"""Findings as annotations on a pull request: GitHub's workflow commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weibao.render.ci.causes import by_rule
from weibao.render.ci.format import Format
from weibao.report.found import by_code
from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _write(told: Sequence[FindingText], _words: Language) -> str:
    """One workflow command a finding; nothing in a record can end it or start another.

    GitHub shows ten of a step: one of each rule comes before any second, and says how many there are.
    """
    numbers = by_code(finding_text.finding for finding_text in told)
    first, others = [], []
    for finding_text, *more in by_rule(told):
        code = finding_text.finding.code
        first.append(_command(finding_text, f"{code} ×{numbers[code]}" if more else code))
        others += [_command(another, code) for another in more]
    return "".join((*first, *others))


def _command(told: FindingText, title: str) -> str:
    place = told.finding.place
    properties = {"file": place.path, "title": title}
    if place.line:
        properties["line"] = str(place.line)
        properties["col"] = str(max(place.column, 1))
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[told.severity]} {written}::{_data(told.said)}\n"


def inert(text: str) -> str:
    """The text with nothing left in it that the log of a run would take for a workflow command."""
    return re.sub(r"^(\s*)::", r"\1: :", text.replace("##[", "## ["), flags=re.MULTILINE)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(name="github", place=20, write=_write, of_change=True)
