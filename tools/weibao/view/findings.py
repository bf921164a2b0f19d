"""How a finding reads: its rule's sentences with the facts filled in, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from weibao.language import N_, run_on
from weibao.record.events import BY_NAME
from weibao.record.instant import RFC3339, parse_instant
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.language import Language
    from weibao.record.finding import Finding

_WORDS = {
    "state": "state",
    "target": "target",
    "right": "right",
    "why": "stock_fault",
    "stands": "piece_state",
    "kind": "name_kind",
    "clock": "clock",
    "problem": "problem",
    "signature": "signature",
    "channel": "channel",
    "asset_kind": "asset_kind",
    "ending": "ending",
    "fault": "fault",
}
"""Facts that are words of the record format, with the kind of word."""

_LENGTHS = frozenset({"lateness", "late_by", "left", "allowed"})
"""Facts that are lengths of time in seconds."""

NEAREST = N_("Did you mean {nearest}?")
_HELD = N_("In the book it is {stands}: {held}.")
_GONE = N_("In the book it is {stands}.")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is told: with its severity, and its message and help in one language."""

    finding: Finding
    severity: Severity
    message: str
    help: str

    @property
    def said(self) -> str:
        """What is wrong and how it is mended, one after the other."""
        return run_on(self.message, self.help)


def tell(finding: Finding, language: Language) -> Told:
    """The finding in words. Record text in them is raw: escape it for where it is shown."""
    rule = RULES[finding.code]
    facts = dict.fromkeys(rule.facts, "")
    facts |= {key: _fact(key, value, language) for key, value in finding.facts.items()}
    facts["expected"] = _expected(finding, facts.get("expected", ""), language)
    help_text = language.text(rule.help, **facts)
    if facts.get("nearest"):
        nearest = language.text(NEAREST, nearest=facts["nearest"])
        help_text = run_on(nearest, help_text)
    message = language.text(rule.message, **facts)
    if facts.get("stands"):
        where = _HELD if facts["held"] else _GONE
        message = run_on(message, language.text(where, **facts))
    return Told(finding, rule.severity, message, help_text)


def event_title(event: str, language: Language) -> str:
    """What people call an event; its name where no kind of record knows it."""
    for events in BY_NAME.values():
        if event in events:
            return language.pick({"zh": events[event].zh, "en": events[event].en})
    return event


def errors(findings: Iterable[Finding]) -> int:
    """How many of the findings are errors."""
    return sum(RULES[finding.code].severity is Severity.ERROR for finding in findings)


def _expected(finding: Finding, expected: str, language: Language) -> str:
    """What a schema asks, in words: the name of a type, or what a pattern stands for."""
    if finding.code == "R201":
        return language.listing(language.term("type", str(one)) for one in _several(finding))
    if finding.code == "R205" and "zh" in finding.facts:
        return language.pick({code: str(finding.facts[code]) for code in ("zh", "en")})
    return expected


def _several(finding: Finding) -> Iterable[object]:
    """What a schema asks, one of them or several."""
    expected = finding.facts.get("expected", ())
    return expected if isinstance(expected, tuple) else (expected,)


def _fact(key: str, value: object, language: Language) -> str:
    if key in _WORDS:
        return language.term(_WORDS[key], str(value))
    if key in _LENGTHS and isinstance(value, int):
        return language.duration(value)
    if key == "event":
        return event_title(str(value), language)
    if isinstance(value, (tuple, list)):
        return language.listing(_item(key, str(one), language) for one in value)
    if key != "found" and RFC3339.fullmatch(str(value)):
        return _time(str(value), language)
    return str(value)


def _time(text: str, language: Language) -> str:
    """A time of the record format as people write it, by the clock that it was written by."""
    zone = datetime.fromisoformat(text).tzinfo or UTC
    instant = parse_instant(text)
    pattern = "yyyy-MM-dd HH:mm:ss" if instant % 60 else "yyyy-MM-dd HH:mm"
    return language.moment(instant, zone, pattern=pattern)


def _item(key: str, item: str, language: Language) -> str:
    """One of several that a fact lists."""
    match key:
        case "possible":
            return event_title(item, language)
        case "roles":
            return language.term("role", item)
        case _:
            return item
