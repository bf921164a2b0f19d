"""How a finding reads: its rule's sentences with the facts filled in, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from weibao.language import N_, run_on
from weibao.model.contract import ALWAYS, Rung
from weibao.model.events import BY_NAME
from weibao.model.instant import RFC3339, parse_instant
from weibao.model.paths import kind_of
from weibao.render.words.lengths import counted
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.language import Language
    from weibao.model.events import Event
    from weibao.model.finding import Finding

_WORDS = {
    "state": "state",
    "target": "target",
    "right": "right",
    "why": "stock_fault",
    "stands": "piece_state",
    "kind": "name_kind",
    "ticket_kind": "ticket_kind",
    "edition": "review_edition",
    "clock": "clock",
    "problem": "problem",
    "signature": "signature",
    "channel": "channel",
    "asset_kind": "asset_kind",
    "ending": "ending",
    "shared": "shared",
    "fault": "fault",
    "said": "check_status",
    "told": "check_status",
    "report": "deliverable",
    "how": "mode",
    "fate": "old_part",
}
"""Facts that are words of the record format, with the kind of word."""

_LENGTHS = frozenset({"lateness", "late_by", "left", "allowed"})
"""Facts that are lengths of time in seconds."""

_PLACE = re.compile(r"\{(\w+)\}")
_COMMAND = re.compile("`[^`]+`")
_NAME = re.compile("( ?)`([a-z_]+)`( ?)")
COMMENT = re.compile(r" {3}# (.+)$", re.MULTILINE)
"""What an example remarks beside a line: a sentence of the catalogues."""

NEAREST = N_("Did you mean {nearest}?")
_HELD = N_("In the book it is {stands}: {held}.")
_GONE = N_("In the book it is {stands}.")
_OUT_OF_LINE = N_(
    "The times are the cause: in the file “{beside}” ({beside_at}) stands on its other side. Correct the time that is a slip, before it lands."
)
_FULL_WIDTH = N_("Full-width “{typed}” stands there: type the half-width “{meant}”.")
_ALIKE = N_("The same in other places ({more}): {places}.")
_ALIKE_AND_ON = N_("The same in other places ({more}): {places} …")


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding as it is told: with its severity, and its message and help in one language."""

    finding: Finding
    severity: Severity
    message: str
    help: str

    @property
    def said(self) -> str:
        """What is wrong and how it is mended, one after the other."""
        return run_on(self.message, self.help)


def tell(finding: Finding, language: Language) -> FindingText:
    """The finding in words. Record text in them is raw: escape it for where it is shown."""
    rule = RULES[finding.code]
    kind = kind_of(finding.place.path) or ""
    facts = dict.fromkeys(rule.facts, "")
    clock = str(finding.facts.get("clock", ALWAYS))
    facts |= {key: _fact(kind, key, value, clock, language) for key, value in finding.facts.items()}
    facts["expected"] = _expected(finding, facts.get("expected", ""), language)
    help_text = _sentence(rule.help, language).format_map(facts)
    if facts.get("nearest"):
        nearest = language.text(NEAREST, nearest=facts["nearest"])
        help_text = run_on(nearest, help_text)
    dropped = rule.dropped and not facts.get("new")
    sentence = _sentence(rule.dropped if dropped else rule.message, language)
    message = sentence.format_map(facts)
    if facts.get("stands"):
        where = _HELD if facts["held"] else _GONE
        message = run_on(message, language.text(where, **facts))
    if "beside" in finding.facts:
        help_text = run_on(language.text(_OUT_OF_LINE, **facts), help_text)
    if "typed" in finding.facts:
        help_text = run_on(language.text(_FULL_WIDTH, **facts), help_text)
    if "more" in finding.facts and (places := finding.facts.get("places")):
        alike = _ALIKE if finding.facts["more"] == len(_listed(places)) else _ALIKE_AND_ON
        message = run_on(message, language.text(alike, **facts))
    return FindingText(finding, rule.severity, message, help_text)


def in_general(message: str, language: Language) -> str:
    """A sentence on rules where it is told of no finding: a name for each fact in a command, "…" elsewhere."""
    commands = _COMMAND.sub(
        lambda command: _PLACE.sub(lambda match: match[1].upper(), command[0]),
        _sentence(message, language),
    )
    return _PLACE.sub("…", commands)


def _sentence(message: str, language: Language) -> str:
    """A sentence of the catalogue, the events that it names called as people call them."""

    def called(match: re.Match[str]) -> str:
        before, name, after = match.groups()
        title = event_title("", name, language)
        if title == name:
            return match[0]
        # Between Chinese letters a quotation has no blanks beside it, as a name in Latin ones has.
        return f"“{title}”" if language.code == "zh" else f"{before}“{title}”{after}"

    return _NAME.sub(called, language.text(message))


def example(text: str, language: Language) -> str:
    """A rule's example, with what is remarked beside its lines in words of the language."""
    return COMMENT.sub(lambda remark: f"   # {language.text(remark[1])}", text)


def event_title(kind: str, event: str, language: Language) -> str:
    """What people call an event of a kind of record; its name where no kind knows it.

    Where the kind is not known, or has no such event, it is called as each kind that has it calls it.
    """
    titles = (language.pick({"zh": row.zh, "en": row.en}) for row in _rows(kind, event))
    return " / ".join(dict.fromkeys(titles)) or event


def _rows(kind: str, event: str) -> Iterator[Event]:
    known = BY_NAME.get(kind, {})
    for events in [known] if event in known else BY_NAME.values():
        if event in events:
            yield events[event]


def _step(kind: str, event: str, language: Language) -> str:
    """A step that may be recorded: what people call it, and what is typed for it."""
    title = event_title(kind, event, language)
    verbs = (row.verb for row in _rows(kind, event))
    if verb := next(verbs, ""):
        return language.text(N_("{event} ({verb})"), event=title, verb=verb)
    return title


def _expected(finding: Finding, expected: str, language: Language) -> str:
    """What a schema asks, in words: the name of a type, or what a pattern stands for."""
    if finding.code == "R201":
        return language.listing(language.term("type", str(match)) for match in _several(finding))
    told_in_words = finding.code == "R205" or "expected" not in finding.facts
    if told_in_words and "zh" in finding.facts:
        return language.pick({code: str(finding.facts[code]) for code in ("zh", "en")})
    return expected


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _several(finding: Finding) -> Iterable[object]:
    """What a schema asks, one of them or several."""
    expected = finding.facts.get("expected", ())
    return expected if isinstance(expected, tuple) else (expected,)


def _fact(kind: str, key: str, value: object, clock: str, language: Language) -> str:
    if key in _WORDS:
        return language.term(_WORDS[key], str(value))
    if key in _LENGTHS and isinstance(value, int):
        return counted(value, clock if key == "left" else ALWAYS, language)
    if key in {"event", "beside"}:
        return event_title(kind, str(value), language)
    if isinstance(value, (tuple, list)):
        items = [_item(kind, key, match, language) for match in value]
        return language.listing(items) if items else language.text(N_("none"))
    if key != "found" and RFC3339.fullmatch(str(value)):
        return _time(str(value), language)
    return str(value)


def _time(text: str, language: Language) -> str:
    """A time of the record format as people write it, by the clock that it was written by."""
    time = datetime.fromisoformat(text)
    pattern = "yyyy-MM-dd HH:mm:ss" if time.second else "yyyy-MM-dd HH:mm"
    return language.moment(parse_instant(text), time.tzinfo or UTC, pattern=pattern)


def _item(kind: str, key: str, item: object, language: Language) -> str:
    """One of several that a fact lists."""
    if isinstance(item, Rung):
        roles = " + ".join(language.term("role", match) for match in item.to)
        return f"{item.at_percent}%: {roles}"
    match key:
        case "possible":
            return _step(kind, str(item), language)
        case "roles":
            return language.term("role", str(item))
        case "places":
            where, _, held = str(item).partition(" ")
            return f"{language.term('piece_state', where)} {held}".rstrip()
        case _:
            return str(item)
