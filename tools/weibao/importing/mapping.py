"""A mapping: what of an old register's columns becomes what of a record, as a value.

``imports/NAME.yaml`` is written by a person, or proposed and then edited, and is committed with the records
that it made. Nothing of it is read leniently: what it leaves open is refused, never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.importing.telephones import is_telephone_column
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.imported import UNKNOWN
from weibao.model.schema.validation import judge_document
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Exit, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.yaml.document import Document, Keys

FOLDER = "imports/"
TICKET = "ticket"
LISTS = ("assets", "spares", "staff", "rota")
"""The kinds of table that are no records of what was done, but go into records/*.yaml."""
REPORTED = "reported_at"
_NAME = re.compile(r"imports/([a-z0-9][a-z0-9._-]{0,62})\.yaml")


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that is none of the register: one in whose ``column`` stands ``value``."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class DateReading:
    """How the register writes its times; what is not said here is not guessed.

    Attributes:
        zone: the zone of its clock.
        year: of dates without one; None where none may be missing.
        order: ``dmy`` or ``mdy`` of dates in numbers whose year does not come first, "" if that is open.
        serials: 1900 or 1904, the day from which bare numbers count; None where a number is no date.
        between: the first and the last day on which anything was reported; None without limits.
    """

    zone: str
    year: int | None = None
    order: str = ""
    serials: int | None = None
    between: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Cellwise:
    """How a field is had from a row.

    Attributes:
        column: the column that says it, "" where ``constant`` is said of every row.
        constant: what every row has.
        words: by what the register writes, what it means here.
        blank: what an empty cell means, None for nothing.
        otherwise: what is done with a word that means nothing here: ``unknown`` and ``keep`` write unknown (or,
            in a list, nothing) and keep the word, or do not; ``reject`` rejects the row; all else is the value.
        names_of: ``contacts``, ``staff`` or ``assets``, if the words are their names.
        also: names that the register has for them besides.
        split: a pattern that divides the words of one cell, "" if there is one.
    """

    column: str = ""
    constant: str | int = ""
    words: Mapping[str, str | int] | None = None
    blank: str | int | None = None
    otherwise: str | int = "reject"
    names_of: str = ""
    also: Mapping[str, str] | None = None
    split: str = ""


@dataclass(frozen=True, slots=True)
class MappedTime:
    """Where the time of something is had from; without any column it is not known.

    Attributes:
        column: the column of the time or the day.
        clock: the column of its time of day, "" if that stands in the same.
        duration: the column of a length of time that passed since ``after``.
        after: what was before it, whose day it has if it says none: ``reported_at`` or an event.
    """

    column: str = ""
    clock: str = ""
    duration: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RowCondition:
    """Of which rows something is said: those in whose ``column`` one of the ``values`` stands, or anything."""

    column: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditional:
    """One of two words, by whether a row has something in ``column``."""

    column: str
    then: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class EventMapping:
    """A step of the log.

    Attributes:
        event: its name.
        at: when it was.
        by: who did it.
        fields: its other fields; a text ``same_as EVENT`` is that event's.
        when: of which rows it is told, those that have it all; none: of those that say its time, or of which the
            step before it is told.
    """

    event: str
    at: MappedTime
    by: Cellwise
    fields: Mapping[str, Cellwise | Conditional]
    when: tuple[RowCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """``imports/NAME.yaml``.

    Attributes:
        name: NAME, the id of the import.
        kind: what the rows become: ``ticket``, or what of the configuration (:data:`LISTS`).
        source: the old register; with a row's number it names the row for ever.
        sheet: which one of a workbook, "" where it has one.
        encoding: of a CSV file, "" for UTF-8 or GB 18030.
        header: the numbers of the lines that name the columns, one or two.
        first: the number of the first row.
        skipped: the rows that are none of the register.
        fill_down: whether what is merged over several rows is said of each.
        dates: how it writes its times.
        none: words that say that there was none.
        number: the column of the row's number.
        without: what is left out of the number.
        fields: the header's fields, by their names (``intake.channel``).
        events: the steps, in their order.
        keep: the columns that are kept as they are, internally.
        telephones: whether columns of telephone numbers may be kept.
        month: of a rota, ``2026-11``; its days are columns.
        shifts: of a rota, by the letter of a cell, its hours (``20:00-08:00``), ``off`` or ``leave``.
    """

    name: str
    kind: str
    source: str
    sheet: str
    encoding: str
    header: tuple[int, ...]
    first: int
    skipped: tuple[TotalRow, ...]
    fill_down: bool
    dates: DateReading
    none: tuple[str, ...]
    number: str
    without: str
    fields: Mapping[str, Cellwise]
    reported: MappedTime
    events: tuple[EventMapping, ...]
    keep: tuple[str, ...]
    telephones: bool
    month: str = ""
    shifts: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads or keeps, each once, in the order in which it names them."""
        return tuple(dict.fromkeys(filter(None, self._named())))

    def _named(self) -> Iterator[str]:
        yield from (skipped.column for skipped in self.skipped)
        yield self.number
        yield from _of_moment(self.reported)
        yield from (value.column for value in self.fields.values())
        for event in self.events:
            yield from _of_moment(event.at)
            yield event.by.column
            yield from (value.column for value in event.fields.values())
            yield from (condition.column for condition in event.when)
        yield from self.keep
        yield from map(str, self.days)

    @property
    def days(self) -> range:
        """Of a rota, the days of its month, which are columns."""
        if not self.month:
            return range(0)
        year, month = map(int, self.month.split("-"))
        return range(1, monthrange(year, month)[1] + 1)


def mapping_path(name: str) -> str:
    """Where the mapping of an import is kept."""
    return f"{FOLDER}{name}.yaml"


def rows_path(name: str) -> str:
    """Where the rows of an import are kept, as they were read."""
    return f"{FOLDER}{name}.csv"


def import_named(path: str) -> str:
    """The name of the import whose mapping lies at ``path`` (``imports/NAME.yaml``).

    Raises:
        UsageRefusal: no mapping is kept there.
    """
    found = _NAME.fullmatch(path)
    if found is None:
        raise UsageRefusal(
            N_("“{path}” is no place for a mapping."),
            mend=N_("Keep it at imports/NAME.yaml, the name in small letters and digits."),
            path=path,
        )
    return found[1]


def read_mapping(path: str, raw: bytes) -> ImportMapping:
    """The mapping in a file.

    Raises:
        Unsound: its form is wrong; the findings say where and what was expected.
        UsageRefusal: it contradicts itself.
    """
    name = import_named(path)
    document, findings = read_yaml(path, raw)
    if document is not None:
        findings = judge_document("import", document)
    if document is None or findings:
        raise Unsound(N_("The mapping cannot be read."), tuple(findings), exit_code=Exit.USAGE)
    mapping = _mapping(name, document.data)
    require_answered(document)
    for problem in _contradictions(mapping, document):
        raise problem
    return mapping


def require_answered(document: Document) -> None:
    """Refuse a mapping that was proposed and still asks; raises ``UsageRefusal`` with its first question."""
    asked = document.data.get("ask", ())
    if asked:
        raise UsageRefusal(
            N_("{path}, line {line}: {number} questions are open, the first one: {question}"),
            mend=N_("Answer each in the mapping, and take its line under `ask` out."),
            path=document.path,
            line=document.place(("ask", 0)).line,
            number=len(asked),
            question=asked[0],
        )


def _mapping(name: str, data: Mapping[str, Any]) -> ImportMapping:
    rows, number = data["rows"], data.get("number", {})
    header = data["header"]
    fields = dict(data["fields"])
    reported = _moment(fields.pop(REPORTED, {}))
    return ImportMapping(
        name=name,
        kind=data["kind"],
        source=data.get("source", ""),
        sheet=data.get("sheet", ""),
        encoding=data.get("encoding", ""),
        header=tuple(header) if isinstance(header, list) else (header,),
        first=rows["from"],
        skipped=tuple(TotalRow(skip["column"], str(skip["is"])) for skip in rows.get("skip", ())),
        fill_down=rows.get("merged") == "fill_down",
        dates=_dates(data.get("dates", {})),
        none=tuple(map(str, data.get("none", ()))),
        number=number.get("column", ""),
        without=number.get("without", ""),
        fields={key: _cellwise(value) for key, value in fields.items()},
        reported=reported,
        events=tuple(map(_event, data.get("events", ()))),
        keep=tuple(data.get("keep", ())),
        telephones=data.get("telephones", False),
        month=data.get("month", ""),
        shifts=data.get("shifts", {}),
    )


def _dates(data: Mapping[str, Any]) -> DateReading:
    between = data.get("between")
    return DateReading(
        zone=data.get("zone", ""),
        year=data.get("year"),
        order=data.get("order", ""),
        serials=data.get("serials"),
        between=(date.fromisoformat(between[0]), date.fromisoformat(between[1]))
        if between
        else None,
    )


def _event(data: Mapping[str, Any]) -> EventMapping:
    own = {key: value for key, value in data.items() if key not in {"event", "at", "by", "when"}}
    when = data.get("when", ())
    return EventMapping(
        event=data["event"],
        at=_moment(data["at"]),
        by=_cellwise(data.get("by", UNKNOWN), otherwise="keep"),
        fields={key: _field(value) for key, value in own.items()},
        when=tuple(map(_condition, [when] if isinstance(when, dict) else when)),
    )


def _condition(data: Mapping[str, Any]) -> RowCondition:
    return RowCondition(data["column"], tuple(map(str, data.get("is", ()))))


def _field(data: Any) -> Cellwise | Conditional:
    if isinstance(data, dict) and "if" in data:
        return Conditional(data["if"], data["then"], data["else"])
    return _cellwise(data)


def _cellwise(data: Any, otherwise: str = "reject") -> Cellwise:
    if not isinstance(data, dict):
        return Cellwise(constant=data)
    return Cellwise(
        column=data["column"],
        words=data.get("map"),
        blank=data.get("blank"),
        otherwise=data.get("else", otherwise),
        names_of=data.get("names_of", ""),
        also=data.get("also"),
        split=data.get("split", ""),
    )


def _moment(data: Any) -> MappedTime:
    if not isinstance(data, dict):
        return MappedTime(after=REPORTED if data == REPORTED else "")
    return MappedTime(
        column=data.get("column", ""),
        clock=data.get("time", ""),
        duration=data.get("duration", ""),
        after=data.get("after", ""),
    )


def _of_moment(moment: MappedTime) -> Iterable[str]:
    return (moment.column, moment.clock, moment.duration)


def _contradictions(mapping: ImportMapping, document: Document) -> Iterator[UsageRefusal]:
    """What no schema can say against a mapping, each with its line."""

    def at(keys: Keys) -> dict[str, object]:
        return {"path": document.path, "line": document.place(keys).line}

    if min(mapping.first, *mapping.header) < 1 or max(mapping.header) >= mapping.first:
        yield UsageRefusal(
            N_("{path}, line {line}: the first row is not below the header's lines."),
            mend=N_("Number lines as the spreadsheet does, from 1."),
            **at(("rows", "from")),
        )
    told = [REPORTED]
    for index, event in enumerate(mapping.events):
        if event.at.after and event.at.after not in told:
            yield UsageRefusal(
                N_("{path}, line {line}: “{after}” is no step that comes before {event}."),
                mend=N_("Write reported_at, or one of the steps above it."),
                after=event.at.after,
                event=event.event,
                **at(("events", index)),
            )
        for value in event.fields.values():
            named = same_as(value)
            if named and named not in told:
                yield UsageRefusal(
                    N_("{path}, line {line}: “{after}” is no step that comes before {event}."),
                    mend=N_("Write reported_at, or one of the steps above it."),
                    after=named,
                    event=event.event,
                    **at(("events", index)),
                )
        told.append(event.event)
    for key, value in mapping.fields.items():
        if value.split and _is_no_pattern(value.split):
            yield UsageRefusal(
                N_("{path}, line {line}: “{split}” is no pattern."),
                mend=N_("Write the marks that divide the words in brackets: “[、,/]”."),
                split=value.split,
                **at(("fields", key)),
            )
    kept: list[tuple[Keys, str]] = [
        (("keep", index), column) for index, column in enumerate(mapping.keep)
    ]
    if mapping.kind in LISTS:
        kept += [(("fields", key), told.column) for key, told in mapping.fields.items()]
    for keys, column in kept:
        if not mapping.telephones and is_telephone_column(column):
            yield UsageRefusal(
                N_("{path}, line {line}: “{column}” is a column of telephone numbers."),
                mend=N_(
                    "Leave it out, for what is committed cannot be forgotten; if they are to be kept, "
                    "write telephones: true."
                ),
                column=column,
                **at(keys),
            )


def same_as(value: Cellwise | Conditional) -> str:
    """The event whose field this is to be the same as; "" where it says its own."""
    if isinstance(value, Conditional) or not isinstance(value.constant, str):
        return ""
    word, _, event = value.constant.partition(" ")
    return event if word == "same_as" else ""


def _is_no_pattern(split: str) -> bool:
    try:
        re.compile(split)
    except re.error:
        return True
    return False
