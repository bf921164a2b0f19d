"""From rows to records: the one function that an import is, and by which it is worked out again.

Its outcome rests on the mapping, the rows and the configuration alone; not on the order of the rows, the time
now, or what else is recorded. A row gives the steps that it tells and no other, or it is rejected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from weibao.importing.mapping import Cellwise, Conditional, same_as
from weibao.importing.moments import MomentReader, ReadTime
from weibao.importing.rows import HIDDEN, NO_VALUE, TOO_WIDE
from weibao.importing.telephones import has_telephone
from weibao.importing.words import WordReader
from weibao.language import N_
from weibao.model.ids import make_id, record_path
from weibao.model.imported import UNKNOWN, Precision
from weibao.model.instant import format_instant, local_day
from weibao.model.naming import folded
from weibao.model.printing import ticket_text
from weibao.refusal import Refusal, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.importing.mapping import EventMapping, ImportMapping, MappedTime, RowCondition
    from weibao.importing.rows import ImportRow
    from weibao.model.instant import Instant
    from weibao.model.records import Records

_LONGEST_LINE = 200
_LEFT_OPEN = {"restored": ("mode",), "resolved": ("mode", "cause", "action")}
"""The fields of a step that no step may lack: unknown where the register does not say."""
_ALIKE_UNLESS_SAID = ("severity", "reported_by", "intake.channel", "intake.received_by")


@dataclass(frozen=True, slots=True)
class RowFlag:
    """What is to be known of a row that comes in: ``word`` of the fields, steps or columns ``about``."""

    word: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """A row that becomes a record, with the rows that go on from it.

    ``record`` is its id, ``text`` the bytes of its file, ``steps`` the events that the row gives.
    """

    rows: tuple[int, ...]
    number: str
    record: str
    title: str
    text: bytes
    steps: tuple[str, ...]
    flags: tuple[RowFlag, ...]

    @property
    def path(self) -> str:
        """Where its record is filed."""
        return record_path(self.record)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that becomes nothing, and why: what is wrong with it, and how that is mended."""

    rows: tuple[int, ...]
    number: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """行数 · Counts | 各类行数，合计等于表中的行数 · The lines of the sheet by what becomes of them; they add up."""

    lines: int
    """总行数 · Lines | 从第一行数据起的行数 · The lines from the first row on"""
    accepted: int
    """可导入 · Accepted | 成为记录的行（含续行） · Lines that become records, those that go on from one too"""
    there: int
    """已导入 · There | 已在库中的行 · Lines that came in before"""
    rejected: int
    """退回 · Rejected | 不能导入的行 · Lines that do not come in"""
    skipped: int
    """略去 · Skipped | 合计等非数据行 · Totals and the like"""
    empty: int
    """空行 · Empty | 没有内容的行 · Lines with nothing in them"""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What the rows of a register become. ``skipped`` are the lines that are none of it."""

    accepted: tuple[AcceptedRow, ...]
    rejected: tuple[RejectedRow, ...]
    skipped: tuple[int, ...]


def worked_out(mapping: ImportMapping, rows: Sequence[ImportRow], records: Records) -> WorkedOut:
    """What the rows become, each on its own; rows of one number are all rejected."""
    made = _RecordMaker(
        mapping,
        MomentReader(mapping.dates, ZoneInfo(mapping.dates.zone)),
        WordReader(records, frozenset(folded(word) for word in ("", *mapping.none))),
        records.contract.zone,
    )
    skipped = [row.number for row in rows if _is_total(row, mapping)]
    groups = _groups(rows, frozenset(skipped))
    numbers = [made.number(group[0]) for group in groups]
    often = Counter(map(folded, numbers))
    accepted: dict[str, AcceptedRow] = {}
    rejected = []
    for group, number in zip(groups, numbers, strict=True):
        lines = tuple(row.number for row in group)
        try:
            found = made.record(group, number, often[folded(number)])
            if found.record in accepted:
                raise _taken(found, accepted[found.record])
            accepted[found.record] = found
        except Refusal as why:
            rejected.append(RejectedRow(lines, number, why))
    return WorkedOut(tuple(accepted.values()), tuple(rejected), tuple(skipped))


def record_letters(source: str, number: str) -> int:
    """The part of an id that a row's number gives: the same for ever."""
    digest = sha256(f"{source}\0{number}".encode()).digest()
    return int.from_bytes(digest[:4]) >> 2


def _is_total(row: ImportRow, mapping: ImportMapping) -> bool:
    return any(folded(row.cells[skip.column]) == folded(skip.value) for skip in mapping.skipped)


def _groups(rows: Sequence[ImportRow], skipped: frozenset[int]) -> list[tuple[ImportRow, ...]]:
    """Each row with those that go on from it."""
    groups: dict[int, list[ImportRow]] = {}
    for row in rows:
        if row.number not in skipped:
            groups.setdefault(row.continues or row.number, []).append(row)
    return [tuple(group) for group in groups.values()]


def _taken(found: AcceptedRow, first: AcceptedRow) -> UsageRefusal:
    return UsageRefusal(
        N_("It would have the id {record}, as row {row} has."),
        mend=N_("Give the row another number in the source."),
        record=found.record,
        row=first.rows[0],
    )


@dataclass(slots=True)
class _Notes:
    """What is to be known of a row, gathered while it is read."""

    day_only: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _RecordMaker:
    """Makes records of rows, by one mapping and one configuration."""

    mapping: ImportMapping
    moments: MomentReader
    words: WordReader
    zone: ZoneInfo

    def number(self, row: ImportRow) -> str:
        """The row's number in its register."""
        text = " ".join(row.cells[self.mapping.number].split())
        for character in self.mapping.without:
            text = text.replace(character, "")
        return text

    def record(self, group: Sequence[ImportRow], number: str, often: int) -> AcceptedRow:
        """The record that a row becomes; raises ``Refusal`` where it becomes none."""
        _require_one(group, number, often)
        notes = _Notes()
        reported = self._reported(group)
        fields = {
            key: self._field(key, told, group, notes) for key, told in self.mapping.fields.items()
        }
        steps = self._steps(group, reported, notes)
        if reported.precision:
            notes.day_only.insert(0, "reported_at")
        for column in self.mapping.keep:
            if text := "\n".join(_texts(group, column)):
                notes.kept[column] = text
        day = local_day(reported.at, self.zone)
        record = make_id("T", day, record_letters(self.mapping.source, number))
        header = self._header(record, number, reported, fields, notes)
        log = [dict(step) for step in steps]
        text = ticket_text(header, log)
        return AcceptedRow(
            tuple(row.number for row in group),
            number,
            record,
            str(header["title"]),
            text.encode(),
            tuple(str(step["event"]) for step in steps),
            tuple(_flags(group, notes, self.mapping)),
        )

    def _reported(self, group: Sequence[ImportRow]) -> ReadTime:
        told = self.mapping.reported
        if not _first(group, told.column):
            raise UsageRefusal(
                N_("“{column}” is empty: it does not say when it was reported."),
                mend=N_("Write it in the source."),
                column=told.column,
            )
        return self.moments.reported(_first(group, told.column), _first(group, told.clock))

    def _header(
        self,
        record: str,
        number: str,
        reported: ReadTime,
        fields: Mapping[str, list[str | int]],
        notes: _Notes,
    ) -> dict[str, Any]:
        said = {key: values[0] for key, values in fields.items() if values and key != "assets"}
        for key in _ALIKE_UNLESS_SAID:
            if said.setdefault(key, UNKNOWN) == UNKNOWN:
                notes.unknown.append(key)
        title, description = _title(str(said.get("title", "")), fields.get("title", ())[1:])
        description = str(said.get("description", "")) or description
        intake = {"channel": said["intake.channel"], "received_by": said["intake.received_by"]}
        imported: dict[str, Any] = {"import": self.mapping.name, "number": number}
        if reported.precision:
            imported["precision"] = str(reported.precision)
        if notes.kept:
            imported["kept"] = notes.kept
        return {
            "id": record,
            "kind": said.get("kind", "fault"),
            "title": title,
            "severity": said["severity"],
            "reported_at": self._time(reported.at),
            "reported_by": said["reported_by"],
            "intake": intake,
            "assets": fields.get("assets"),
            "description": description,
            "imported": imported,
        }

    def _field(
        self, key: str, told: Cellwise, group: Sequence[ImportRow], notes: _Notes
    ) -> list[str | int]:
        texts = _texts(group, told.column)
        found = self.words.read(told, texts)
        if found.strange:
            notes.strange.append(told.column)
            if found.kept:
                notes.kept[told.column] = "\n".join(texts)
        if found.strange and not found.values and key != "assets":
            return [UNKNOWN]
        return list(found.values)

    def _steps(
        self, group: Sequence[ImportRow], reported: ReadTime, notes: _Notes
    ) -> list[dict[str, Any]]:
        """The steps that a row gives: that it was taken in, by being in the register, and those that it tells."""
        steps: list[dict[str, Any]] = []
        times: dict[str, ReadTime] = {"reported_at": reported}
        if all(event.event != "opened" for event in self.mapping.events):
            times["opened"] = ReadTime(reported.at)
            steps.append(self._entry("opened", times["opened"], UNKNOWN))
        latest, told_before = reported.at, True
        for event in self.mapping.events:
            found = self._time_of(event, group, times, latest, notes, told_before=told_before)
            told_before = found is not None
            if found is None:
                continue
            times[event.event] = found
            latest = max(latest, found.at)
            by = self._field(f"{event.event}.by", event.by, group, notes) or [UNKNOWN]
            entry = self._entry(event.event, found, by[0])
            for key in dict.fromkeys((*_LEFT_OPEN.get(event.event, ()), *event.fields)):
                value = self._event_field(event, key, group, steps, notes)
                entry[key] = value
                if value == UNKNOWN:
                    notes.unknown.append(f"{event.event}.{key}")
            if by[0] == UNKNOWN:
                notes.unknown.append(f"{event.event}.by")
            if found.precision is Precision.DAY:
                notes.day_only.append(event.event)
            elif found.precision:
                notes.unknown.append(f"{event.event}.at")
            steps.append(entry)
        return steps

    def _entry(self, event: str, dated: ReadTime, by: str | int) -> dict[str, Any]:
        entry: dict[str, Any] = {"at": self._time(dated.at), "event": event, "by": by}
        if dated.precision:
            entry["precision"] = str(dated.precision)
        return entry

    def _event_field(
        self,
        event: EventMapping,
        key: str,
        group: Sequence[ImportRow],
        steps: Sequence[Mapping[str, Any]],
        notes: _Notes,
    ) -> str | int:
        told = event.fields.get(key)
        if told is None:
            return UNKNOWN
        if isinstance(told, Conditional):
            given = any(not self.words.says_none(text) for text in _texts(group, told.column))
            return told.then if given else told.otherwise
        if named := same_as(told):
            return next(
                (step[key] for step in steps if step["event"] == named and key in step), UNKNOWN
            )
        return next(iter(self._field(f"{event.event}.{key}", told, group, notes)), UNKNOWN)

    def _time_of(
        self,
        event: EventMapping,
        group: Sequence[ImportRow],
        times: Mapping[str, ReadTime],
        latest: Instant,
        notes: _Notes,
        *,
        told_before: bool,
    ) -> ReadTime | None:
        """When a step was by the row; None where the row does not tell it.

        One whose time no column says is told where the mapping says of which rows, or with the step before it.
        """
        if not all(self._holds(condition, group) for condition in event.when):
            return None
        moment, since = event.at, times["reported_at"]
        if not moment.column and not moment.duration:
            if moment.after:
                return ReadTime(since.at, since.precision)
            given = told_before or bool(event.when)
            return ReadTime(latest, Precision.UNKNOWN) if given else None
        texts = [
            text
            for text in _texts(group, moment.duration or moment.column)
            if not self.words.says_none(text)
        ]
        if not texts:
            return ReadTime(latest, Precision.UNKNOWN) if event.when else None
        found = [self._read_time(text, moment, group, times, latest) for text in texts]
        if len(found) > 1:
            # Of one thing in several rows the last is when the whole was done; each is kept.
            notes.kept[moment.duration or moment.column] = "\n".join(texts)
        return max(found, key=lambda dated: dated.at)

    def _read_time(
        self,
        text: str,
        moment: MappedTime,
        group: Sequence[ImportRow],
        times: Mapping[str, ReadTime],
        latest: Instant,
    ) -> ReadTime:
        since = times["reported_at"]
        after = times.get(moment.after) if moment.after else None
        if moment.duration:
            return self.moments.passed(text, after or since)
        clock = _first(group, moment.clock)
        return self.moments.step(text, clock, after, since, latest)

    def _holds(self, condition: RowCondition, group: Sequence[ImportRow]) -> bool:
        texts = [text for text in _texts(group, condition.column) if not self.words.says_none(text)]
        wanted = {folded(value) for value in condition.values}
        return any(folded(text) in wanted for text in texts) if wanted else bool(texts)

    def _time(self, instant: Instant) -> str:
        return format_instant(instant, self.zone)


def _require_one(group: Sequence[ImportRow], number: str, often: int) -> None:
    """Refuse a row without a number of its own, or with a formula that has no value."""
    if not number:
        raise UsageRefusal(
            N_("The row has no number."),
            mend=N_("Give it a number of its own in the source, or delete it there."),
        )
    if often > 1:
        raise UsageRefusal(
            N_("The number {number} is that of {often} rows."),
            mend=N_("Give each row a number of its own in the source."),
            number=number,
            often=often,
        )
    if any(NO_VALUE in row.marks for row in group):
        raise UsageRefusal(
            N_("A formula without a value, or an error of the spreadsheet, stands in the row."),
            mend=N_("Put the value in its place in the source."),
        )
    if any(TOO_WIDE in row.marks for row in group):
        raise UsageRefusal(
            N_("The row has more cells than the header has columns."),
            mend=N_("Put the text in which the columns' divider stands in quotation marks."),
        )


def _texts(group: Sequence[ImportRow], column: str) -> list[str]:
    """What stands in a column of the row and of those that go on from it, each text once."""
    if not column:
        return []
    return list(dict.fromkeys(filter(None, (row.cells[column] for row in group))))


def _first(group: Sequence[ImportRow], column: str) -> str:
    return next(iter(_texts(group, column)), "")


def _title(text: str, further: Sequence[str | int]) -> tuple[str, str]:
    """A title on one line, and what of it does not fit there, whole."""
    if not text.strip():
        raise UsageRefusal(
            N_("The row does not say what it is about."), mend=N_("Write it in the source.")
        )
    whole = "\n".join((text, *map(str, further)))
    line = " ".join(text.split("\n", 1)[0].split("\t"))
    if len(line) > _LONGEST_LINE:
        return f"{line[: _LONGEST_LINE - 1]}…", whole
    return line, "\n".join(map(str, further)) if line == text else whole


def _flags(group: Sequence[ImportRow], notes: _Notes, mapping: ImportMapping) -> Iterator[RowFlag]:
    """What is to be known of a row: what is known to the day, not known, kept as it stands, or hidden.

    A telephone number is told of in any column that is read, for the rows are committed as they stand.
    """
    columns = [column for column in mapping.columns if column != mapping.number]
    for word, about in (
        ("day-only", notes.day_only),
        ("unknown", notes.unknown),
        ("strange", notes.strange),
        (
            "telephone",
            [column for column in columns if any(map(has_telephone, _texts(group, column)))],
        ),
    ):
        if about:
            yield RowFlag(word, tuple(dict.fromkeys(about)))
    if len(group) > 1:
        yield RowFlag("continued")
    if any(HIDDEN in row.marks for row in group):
        yield RowFlag(HIDDEN)
