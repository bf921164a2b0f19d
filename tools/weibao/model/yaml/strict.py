"""The strict subset of YAML 1.2 in which records are written (design, "Records").

The file is judged on the parser's *events*, before anything is built: anchors, aliases, tags, merge
keys, duplicate keys, keys that are not strings, several documents, too deep or too many values.
libyaml's parser is used where PyYAML has it; the pure Python one gives the same result.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from weibao.model.finding import Finding, Place
from weibao.model.yaml.bytes_and_characters import (
    FORBIDDEN_IN_VALUES,
    MAX_LINE_BYTES,
    code_point,
    read_text,
    room,
)
from weibao.model.yaml.document import Document, Span, packed_place
from weibao.model.yaml.log_lines import COLUMN, read_line
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.problems import named_problem
from weibao.model.yaml.scalars import plain_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.model.yaml.parsers import EventSource

MAX_DEPTH = 32

MAX_NODES = 20_000
"""Keys and values in a file, not counting the entries of its log that came before: a log may be as
long as its file may be large, and no single entry may be a bomb."""

_MOST_BEFORE = MAX_NODES - MAX_LINE_BYTES // 2
"""Nodes before a log of which no entry can be one too many: each takes two characters of its line."""

# libyaml takes "|#", PyYAML does not; the YAML specification wants a space before the comment.
_BLOCK_HEADER = re.compile(r"[|>][-+1-9]{0,2}(?: +#.*| *)$", re.MULTILINE)
_TIGHT_COLON = re.compile(r" *:[,?\[\]{}]")
_BLOCK_STYLES = ("|", ">")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


_PARSER = preferred_parser()


def read_yaml(
    path: str, raw: bytes, parser: Callable[[str], EventSource] | None = None
) -> tuple[Document | None, tuple[Finding, ...]]:
    """The document in a file, or None and all that is wrong with it (R101–R116).

    Where a ``parser`` is given, it reads the log too, which is read by its pattern otherwise.
    """
    text, findings = read_text(path, raw)
    if text is None:
        return None, findings
    if match := _DIRECTIVE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        return None, (Finding("R110", Place(path, line, 1), facts={"problem": "directive"}),)
    if parser is None and (document := _with_usual_log(path, text)):
        return document, ()
    composer = _composed(path, text, parser or _PARSER)
    if composer.findings:
        return None, tuple(composer.findings)
    return _document(path, text, composer), ()


def _with_usual_log(path: str, text: str) -> Document | None:
    """The document, where its log is written as commands write it; all else is left to the parser.

    The text before the log must be a whole document by itself: then no quote, bracket or block of it
    can reach into the log.
    """
    head, _, log = text.partition("\nlog:\n")
    if not log:
        return None
    lines = tuple(log.removesuffix("\n").split("\n"))
    entries = []
    for line in lines:
        entry = read_line(line)
        if entry is None:
            return None
        entries.append(entry)
    composer = _composed(path, f"{head}\n", _PARSER)
    data, first = composer.root, text.count("\n", 0, len(head)) + 2
    if composer.findings or not composer.block or "log" in data or composer.nodes > _MOST_BEFORE:
        return None
    data["log"] = entries
    composer.key_lines["log"] = first
    composer.places += (packed_place(first - 1, 0), packed_place(first, COLUMN - 2))
    composer.spans += (
        Span(number, COLUMN + 1, number, len(line) + 1)
        for number, line in enumerate(lines, first + 1)
    )
    composer.log_places += lines
    return _document(path, text, composer)


def _document(path: str, text: str, composer: _Composer) -> Document:
    return Document(
        path,
        text,
        composer.root,
        tuple(composer.places),
        composer.key_lines,
        tuple(composer.spans),
        tuple(composer.log_places),
    )


def _composed(path: str, text: str, parser: Callable[[str], EventSource]) -> _Composer:
    """What the parser's events make of a text: values, or findings."""
    source = parser(text)
    composer = _Composer(path, text, source, _TIGHT_COLON.search(text) is not None)
    try:
        composer.run()
    except yaml.YAMLError as error:
        composer.findings.append(_syntax(path, error))
    except (ValueError, OverflowError) as error:  # an escape beyond Unicode, in the pure parser
        mark: Any = source.get_mark() if isinstance(source, PurePythonParser) else None
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path, 1, 1)
        composer.findings.append(Finding("R110", place, facts={"problem": str(error)}))
    return composer


def _syntax(path: str, error: yaml.YAMLError) -> Finding:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding("R110", Place(path, 1, 1), facts={"problem": str(error)})
    mark = error.problem_mark or error.context_mark
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path, 1, 1)
    problem = ", ".join(part for part in (error.context, error.problem) if part)
    return Finding("R110", place, facts={"problem": named_problem(problem)})


class _Stop(Exception):  # noqa: N818 - it ends the reading, it is no error
    """Nothing more of this file can be judged."""


@dataclass(slots=True)
class _Composer:
    """Builds the plain values from events, and notes what the subset does not have."""

    path: str
    text: str
    source: EventSource
    tight_colons: bool
    root: Any = None
    nodes: int = 0
    flow: int = 0  # how many {…} and […] are open
    end: Any = None  # the end mark of the collection closed last
    places: list[int] = field(default_factory=list)
    key_lines: dict[str, int] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    log_places: list[tuple[int, ...] | str] = field(default_factory=list)
    block: bool = False  # whether the whole is a mapping of lines that begin at the margin
    findings: list[Finding] = field(default_factory=list)

    def run(self) -> None:
        """Take all events. The values are whole only where there are no findings."""
        self.source.get_event()  # the stream's start
        start = self.source.get_event()
        if isinstance(start, StreamEndEvent):
            self.findings.append(Finding("R115", Place(self.path, 1, 1)))
            return
        try:
            first: Any = self.source.get_event()
            kind, mark = type(first), first.start_mark
            self.block = kind is MappingStartEvent and not first.flow_style and mark.column == 0
            self.root = self._value(first, 1)
            self._end()
        except _Stop:
            return

    def _end(self) -> None:
        end = self.source.get_event()
        if isinstance(end, DocumentEndEvent) and end.explicit:
            self._note("R110", end, problem="document end marker")
            return
        following = self.source.get_event()
        if isinstance(following, DocumentStartEvent):
            self._note("R114", following)
        elif self.root is None and not self.findings:
            self.findings.append(Finding("R115", Place(self.path, 1, 1)))

    def _note(self, code: str, event: Any, **facts: object) -> None:
        mark = event.start_mark
        place = Place(self.path, mark.line + 1, mark.column + 1)
        self.findings.append(Finding(code, place, facts=facts))

    def _value(self, event: Any, depth: int) -> Any:
        mark = event.start_mark
        self.places.append(packed_place(mark.line, mark.column))
        self._count(event)
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._note("R111", event, found=f"*{event.anchor}")
            return None
        self._properties(event)
        if depth > MAX_DEPTH:
            self._note("R116", event, problem="depth", limit=MAX_DEPTH)
            raise _Stop
        return (
            self._mapping(event, depth)
            if kind is MappingStartEvent
            else self._sequence(event, depth)
        )

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        next_event = self.source.get_event
        result: dict[str, Any] = {}
        lines: list[int] = []  # of the keys, in their order
        self.flow += bool(start.flow_style)
        while True:
            event = next_event()
            if type(event) is MappingEndEvent:
                self.end = event.end_mark
                self.flow -= bool(start.flow_style)
                if depth == 1:
                    self.key_lines = dict(zip(result, lines, strict=True))
                return result
            if self._is_explicit(start, event):
                self._note("R110", event, problem="explicit key (?)")
            elif self.tight_colons and self.flow and type(event) is ScalarEvent:
                self._mind_colon(event)
            key = self._key(event, depth)
            line = event.start_mark.line + 1
            if key in result:
                self._note("R112", event, key=key, first_line=lines[list(result).index(key)])
            else:
                lines.append(line)
            event = next_event()
            if key == "log" and depth == 1 and type(event) is SequenceStartEvent:
                result[key] = self._log(event)
                continue
            result[key] = value = self._value(event, depth + 1)
            if value is None:  # the parsers disagree where nothing stands: it is where its key is
                self.places[-1] = self.places[-2]

    def _sequence(self, start: Any, depth: int) -> list[Any]:
        next_event = self.source.get_event
        result: list[Any] = []
        self.flow += bool(start.flow_style)
        while True:
            event = next_event()
            if type(event) is SequenceEndEvent:
                self.end = event.end_mark
                self.flow -= bool(start.flow_style)
                return result
            result.append(self._value(event, depth + 1))

    def _log(self, start: Any) -> list[Any]:
        """The list under ``log``, with the span of each item, which counts its own nodes."""
        self.places.append(packed_place(start.start_mark.line, start.start_mark.column))
        self._properties(start)
        result: list[Any] = []
        nodes, places = self.nodes, len(self.places)
        while True:
            event = self.source.get_event()
            if type(event) is SequenceEndEvent:
                return result
            self.nodes = nodes
            self.end = event.end_mark
            result.append(self._value(event, 3))
            self.log_places.append(tuple(self.places[places:]))
            del self.places[places:]
            first, last = event.start_mark, self.end
            self.spans.append(
                Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
            )

    def _key(self, event: Any, depth: int) -> str:
        """The key of a mapping; one that is wrong is noted and stands as what it looks like."""
        if type(event) is not ScalarEvent:
            if type(event) is AliasEvent:
                self._note("R111", event, found=f"*{event.anchor}")
                return f"*{event.anchor}"
            self._note("R113", event, found="{…}" if type(event) is MappingStartEvent else "[…]")
            self._value(event, depth + 1)
            return f"? {event.start_mark.line}:{event.start_mark.column}"
        mark: Any = event.start_mark
        self.places.append(packed_place(mark.line, mark.column))
        self._count(event)
        key = self._scalar(event)
        if type(key) is not str:
            self._note("R113", event, found=event.value)
            return str(event.value)
        if key == "<<" and not event.style:
            self._note("R111", event, found="<<")
        return intern(key)

    def _is_explicit(self, start: Any, key: Any) -> bool:
        """Whether a key was written with ``?``: the parsers disagree where its value stands."""
        mark = key.start_mark
        if start.anchor is not None or start.tag is not None:
            return False  # told already (R111), and the mapping's mark is that of its anchor
        if not start.flow_style:
            return (
                bool(mark.column != start.start_mark.column)
                or getattr(key, "style", None) in _BLOCK_STYLES
            )
        line_start = mark.index - mark.column
        return self.text[line_start : mark.index].rstrip().endswith("?")

    def _mind_colon(self, key: Any) -> None:
        """PyYAML reads ``{a:}`` as a key without a value, libyaml refuses it."""
        if not key.style and _TIGHT_COLON.match(self.text, key.end_mark.index):
            self._note("R110", key, problem="no space after ':'")

    def _scalar(self, event: Any) -> Any:
        self._properties(event)
        value = event.value
        if not event.style:
            if "?" in value and self.flow:
                # PyYAML ends a scalar there, libyaml goes on.
                self._note("R110", event, problem="unquoted text with ? inside {…} or […]")
            return plain_value(value)
        if event.style in _BLOCK_STYLES and not _BLOCK_HEADER.match(
            self.text, event.start_mark.index
        ):
            self._note("R110", event, problem="comment without a space before it")
        # Only an escape can have put a forbidden character here: the file itself has none.
        if event.style == '"' and not value.isalnum():
            if match := FORBIDDEN_IN_VALUES.search(value):
                self._note("R106", event, character=code_point(match[0]))
            elif not unicodedata.is_normalized("NFC", value):
                expected = unicodedata.normalize("NFC", value)
                self._note("R107", event, found=value, expected=expected)
        return value

    def _properties(self, event: Any) -> None:
        """Anchors and tags: one text would mean another elsewhere, or run code in other readers."""
        if event.anchor is not None:
            self._note("R111", event, found=f"&{event.anchor}")
        if event.tag is not None:
            self._note("R111", event, found=event.tag)

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > (most := MAX_NODES * room(self.path)):
            self._note("R116", event, problem="nodes", limit=most)
            raise _Stop
