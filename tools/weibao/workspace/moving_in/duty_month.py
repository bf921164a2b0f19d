"""A month of duty, person by day, as stand-ins and leave of the rotas that there are.

Whoever has the duty already by the rota needs no line; a second run finds nothing to put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weibao.importing.records import AcceptedRow, RejectedRow, WorkedOut
from weibao.language import N_
from weibao.model.field_kinds import Thing
from weibao.model.instant import format_instant
from weibao.model.naming import closest, folded, named_things
from weibao.operations.on_duty import shifts
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.moving_in.lists import ListedRows
from weibao.workspace.setup.workbook.vocabularies import ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.importing.mapping import ImportMapping
    from weibao.importing.rows import ImportRow
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.yaml.document import Keys

OFF, LEAVE = "off", "leave"
_DUTY = "records/duty.yaml"


@dataclass(frozen=True, slots=True)
class RotaTurn:
    """``person`` has the duty of ``rota`` from ``start`` to ``end``; of a leave ``rota`` is ""."""

    person: str
    rota: str
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class _PersonOfMonth:
    row: ImportRow
    person: str
    turns: tuple[RotaTurn, ...]


def listed_rota(
    mapping: ImportMapping,
    rows: Sequence[ImportRow],
    records: Records,
    standing: Mapping[str, Any],
) -> ListedRows:
    """What a month of duty says otherwise than the rotas, stand-ins and leave that are ``standing``."""
    reader = _DutyMonth(mapping, records)
    skipped = {
        row.number
        for row in rows
        for skip in mapping.skipped
        if folded(row.cells[skip.column]) == folded(skip.value)
    }
    read: list[_PersonOfMonth] = []
    rejected = []
    for row in rows:
        if row.number in skipped:
            continue
        try:
            read.append(reader.person(row))
        except Refusal as why:
            rejected.append(RejectedRow((row.number,), _name(mapping, row), why))
    wrong = dict(_clashing(read))
    rejected += [
        RejectedRow((found.row.number,), _name(mapping, found.row), wrong[found.row.number])
        for found in read
        if found.row.number in wrong
    ]
    taken = [found for found in read if found.row.number not in wrong]
    new = {found.row.number: reader.new(found.turns) for found in taken}
    accepted = [
        AcceptedRow((found.row.number,), "", found.person, _name(mapping, found.row), b"", (), ())
        for found in taken
    ]
    puts = tuple(reader.puts([turn for turns in new.values() for turn in turns], standing))
    return ListedRows(
        WorkedOut(
            tuple(row for row in accepted if new[row.rows[0]]),
            tuple(sorted(rejected, key=lambda row: row.rows)),
            tuple(sorted(skipped)),
        ),
        tuple(row for row in accepted if not new[row.rows[0]]),
        {_DUTY: puts} if puts else {},
        (),
    )


def _name(mapping: ImportMapping, row: ImportRow) -> str:
    return row.cells[mapping.fields["name"].column]


@dataclass(frozen=True, slots=True)
class _DutyMonth:
    mapping: ImportMapping
    records: Records

    def person(self, row: ImportRow) -> _PersonOfMonth:
        """Whose row it is and what of the month they have; raises ``Refusal`` where that is not certain."""
        name = _name(self.mapping, row)
        found = closest(name, named_things(self.records, Thing.PERSON), exactly=True)
        if len(found) != 1:
            raise UsageRefusal(
                N_("Nobody of the staff is called “{name}”."),
                mend=N_(
                    "Write the name as in records/staff.yaml, or add whoever it is there first."
                ),
                name=name,
            )
        rota = self._rota(row)
        turns = [
            turn
            for day in self.mapping.days
            if (turn := self._turn(found[0], rota, day, row.cells[str(day)])) is not None
        ]
        return _PersonOfMonth(row, found[0], tuple(_joined(turns)))

    def _rota(self, row: ImportRow) -> str:
        told = self.mapping.fields.get("rota")
        text = row.cells[told.column] if told is not None and told.column else ""
        words = (
            {folded(word): str(rota) for word, rota in (told.words or {}).items()} if told else {}
        )
        constant = str(told.constant) if told is not None and not told.column else ""
        rota = constant or words.get(folded(text)) or ROLE.meant(text) or text
        if rota not in self.records.duty.rotas:
            raise UsageRefusal(
                N_("“{text}” is no rota: there are {rotas}."),
                mend=N_("Say in the mapping which (fields: rota: map)."),
                text=text or "–",
                rotas=tuple(self.records.duty.rotas),
            )
        return rota

    def _turn(self, person: str, rota: str, day: int, letter: str) -> RotaTurn | None:
        meanings = {folded(word): hours for word, hours in self.mapping.shifts.items()}
        if not letter or folded(letter) in map(folded, self.mapping.none):
            return None
        hours = meanings.get(folded(letter), "")
        if not hours:
            raise UsageRefusal(
                N_("“{letter}” on day {day}: its hours are not said."),
                mend=N_('Write them in the mapping (shifts: {{{letter}: "08:00-20:00"}}).'),
                letter=letter,
                day=day,
            )
        if hours == OFF:
            return None
        year, month = map(int, self.mapping.month.split("-"))
        today = date(year, month, day)
        if hours == LEAVE:
            return RotaTurn(person, "", self._at(today, "00:00"), self._at(today, "24:00"))
        begin, _, end = hours.partition("-")
        until = today + timedelta(days=1) if end <= begin else today
        return RotaTurn(person, rota, self._at(today, begin), self._at(until, end))

    def _at(self, day: date, clock: str) -> Instant:
        if clock == "24:00":
            day, clock = day + timedelta(days=1), "00:00"
        at = time.fromisoformat(clock)
        return int(datetime.combine(day, at, self.records.contract.zone).timestamp())

    def new(self, turns: Sequence[RotaTurn]) -> tuple[RotaTurn, ...]:
        """The turns that do not hold already, by the rota, a stand-in or a leave."""
        return tuple(turn for turn in turns if not self._holds(turn))

    def _holds(self, turn: RotaTurn) -> bool:
        duty = self.records.duty
        if not turn.rota:
            return any(
                leave.who == turn.person and leave.start <= turn.start and turn.end <= leave.end
                for leave in duty.leave
            )
        having = shifts(duty, turn.rota, turn.start, turn.end)
        spans = [(span.start, span.end) for span in having if span.person == turn.person]
        return _covers(spans, turn) and all(span.person == turn.person for span in having)

    def puts(
        self, turns: Sequence[RotaTurn], standing: Mapping[str, Any]
    ) -> Iterator[tuple[Keys, Any]]:
        """The lines of records/duty.yaml."""
        zone = self.records.contract.zone
        overrides, leaves = len(standing.get("overrides") or ()), len(standing.get("leave") or ())
        for turn in sorted(turns, key=lambda turn: (turn.start, turn.rota)):
            span = {"from": format_instant(turn.start, zone), "to": format_instant(turn.end, zone)}
            if turn.rota:
                yield ("overrides", overrides), {"rota": turn.rota, **span, "by": turn.person}
                overrides += 1
            else:
                yield ("leave", leaves), {"who": turn.person, **span}
                leaves += 1


def _joined(turns: Sequence[RotaTurn]) -> Iterator[RotaTurn]:
    """Turns that follow each other without a break as one."""
    waiting: RotaTurn | None = None
    for turn in sorted(turns, key=lambda turn: (turn.rota, turn.start)):
        if waiting and (waiting.rota, waiting.end) == (turn.rota, turn.start):
            waiting = RotaTurn(turn.person, turn.rota, waiting.start, turn.end)
            continue
        if waiting:
            yield waiting
        waiting = turn
    if waiting:
        yield waiting


def _covers(spans: Sequence[tuple[Instant, Instant]], turn: RotaTurn) -> bool:
    """Whether spans, sorted, cover a turn without a break."""
    if not spans or spans[0][0] > turn.start or spans[-1][1] < turn.end:
        return False
    return all(end >= start for (_, end), (start, _) in pairwise(spans))


def _clashing(found: Sequence[_PersonOfMonth]) -> Iterator[tuple[int, UsageRefusal]]:
    """The rows in which two have the duty of one rota at a time."""
    turns = sorted(
        ((turn, row) for row in found for turn in row.turns if turn.rota),
        key=lambda pair: (pair[0].rota, pair[0].start),
    )
    for (before, first_row), (after, second_row) in pairwise(turns):
        if before.rota == after.rota and after.start < before.end:
            why = UsageRefusal(
                N_("Two have the duty of {rota} at the same time: {people}."),
                mend=N_("Leave in the source whoever has it, or write the other's hours as off."),
                rota=before.rota,
                people=(before.person, after.person),
            )
            yield first_row.row.number, why
            yield second_row.row.number, why
