"""A register's file and its mapping, as they lie on the disk, and what its rows would become here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.importing.mapping import import_named, mapping_path, read_mapping, rows_path
from weibao.importing.records import ImportCounts, RejectedRow, WorkedOut, worked_out
from weibao.importing.rows import rows_of, rows_text, sheet_of
from weibao.language import N_
from weibao.model.contract import Import
from weibao.model.finding import Unsound
from weibao.model.ids import record_path
from weibao.model.instant import format_instant
from weibao.model.load import read_record
from weibao.refusal import Exit, Refusal, UsageRefusal
from weibao.rules.catalogue import RULES, Severity, record_checks
from weibao.rules.facts import FileFacts
from weibao.workspace.recording.store import plain_path
from weibao.workspace.tables.table_file import LARGEST, read_table_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from weibao.importing.mapping import ImportMapping
    from weibao.importing.records import AcceptedRow
    from weibao.importing.rows import ImportRow
    from weibao.model.finding import Finding
    from weibao.model.imported import Imported
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.workspace.recording.clone import Desk


@dataclass(frozen=True, slots=True)
class TakenRegister:
    """A register as it was read.

    Attributes:
        mapping: how it is read.
        mapping_raw: the bytes of that, and
        source_sha256: the digest of the register's file.
        rows: its rows, and
        rows_raw: those as ``imports/NAME.csv`` has them.
        lines: how many lines the sheet has from the first row on, the empty ones too.
    """

    mapping: ImportMapping
    mapping_raw: bytes
    source_sha256: str
    rows: tuple[ImportRow, ...]
    rows_raw: bytes
    lines: int

    @property
    def mapping_sha256(self) -> str:
        """The digest of the mapping."""
        return sha256(self.mapping_raw).hexdigest()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: the rows that come in, those ``there`` already, those that do not, and why."""

    taken: TakenRegister
    rows: WorkedOut
    there: tuple[AcceptedRow, ...]

    @property
    def counts(self) -> ImportCounts:
        """The lines of the sheet by what becomes of them."""
        return ImportCounts(
            lines=self.taken.lines,
            accepted=sum(len(row.rows) for row in self.rows.accepted),
            there=sum(len(row.rows) for row in self.there),
            rejected=sum(len(row.rows) for row in self.rows.rejected),
            skipped=len(self.rows.skipped),
            empty=self.taken.lines - len(self.taken.rows),
        )


def take_register(root: Path, mapping: Path, source: Path) -> TakenRegister:
    """The rows of a register's file, by the mapping that lies in the clone's ``imports/``.

    Raises:
        Refusal: either cannot be read, or the mapping is of another sheet.
        Unsound: the mapping is wrong.
    """
    try:
        path = mapping.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        path = str(mapping)
    import_named(path)
    mapping_raw = _bytes(plain_path(root, path))
    read = read_mapping(path, mapping_raw)
    table = read_table_file(source.suffix, _bytes(source), read.encoding)
    sheet = sheet_of(table, read)
    rows = rows_of(sheet, read)
    return TakenRegister(
        read,
        mapping_raw,
        table.sha256,
        rows,
        rows_text(rows, read.columns).encode(),
        max(0, len(sheet.rows) - read.first + 1),
    )


def preview(desk: Desk, taken: TakenRegister) -> ImportPreview:
    """What the rows of a register would become, held against what is recorded and judged as all records are.

    Raises:
        UsageRefusal: they came in before, as those of another register.
    """
    _require_one_source(desk, taken)
    made = worked_out(taken.mapping, taken.rows, desk.records)
    ids = _by_letters(desk.ticket_ids)
    known = {row.record: _known(desk, ids, row) for row in made.accepted}
    new = [row for row in made.accepted if known[row.record] is None]
    objections = _objections(_as_named(desk, taken), desk.now, new)
    accepted, rejected, there = [], list(made.rejected), []
    for row in made.accepted:
        before = known[row.record]
        if before is not None and before.register == taken.mapping.name:
            there.append(row)
        elif why := _overlap(row, before) or objections.get(row.path):
            rejected.append(RejectedRow(row.rows, row.number, why))
        else:
            accepted.append(row)
    rejected.sort(key=lambda row: row.rows)
    return ImportPreview(
        taken,
        replace(made, accepted=tuple(accepted), rejected=tuple(rejected)),
        tuple(there),
    )


def _require_one_source(desk: Desk, taken: TakenRegister) -> None:
    """Refuse a sheet that came in by the name of another register: each of its rows would be there twice."""
    for name, named in desk.records.contract.evidence.imports.items():
        rows = plain_path(desk.root, rows_path(name))
        if named.source_sha256 != taken.source_sha256 or not rows.exists():
            continue
        path = mapping_path(name)
        other = read_mapping(path, _bytes(plain_path(desk.root, path)))
        if other.sheet == taken.mapping.sheet and other.source != taken.mapping.source:
            raise UsageRefusal(
                N_("This file came in by {path} already, as the register “{source}”."),
                mend=N_(
                    "Write source: {source} in the mapping; rows that came in are then told apart."
                ),
                path=path,
                source=other.source,
            )


def _as_named(desk: Desk, taken: TakenRegister) -> Records:
    """The configuration as if the contract named the register, which an import asks for and a preview does not."""
    records = desk.records
    policy = records.contract.evidence
    if taken.mapping.name in policy.imports:
        return records
    named = Import(taken.source_sha256, taken.mapping_sha256, 0)
    since = desk.now if policy.since is None else policy.since
    policy = replace(policy, since=since, imports={**policy.imports, taken.mapping.name: named})
    return replace(records, contract=replace(records.contract, evidence=policy))


def _by_letters(ids: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for record in ids:
        found[record[-6:]].append(record)
    return found


def _known(desk: Desk, ids: dict[str, list[str]], row: AcceptedRow) -> Imported | None:
    """What a record that is filed already says of its register, where it is of the same number."""
    for record in ids.get(row.record[-6:], ()):
        file = plain_path(desk.root, record_path(record))
        value = read_record(record_path(record), _bytes(file)).value
        imported: Imported | None = value.imported if value is not None else None
        if imported is not None and imported.number == row.number:
            return imported
    return None


def _overlap(row: AcceptedRow, known: Imported | None) -> Refusal | None:
    if known is None:
        return None
    return UsageRefusal(
        N_("The number {number} came in by the import “{name}” already."),
        mend=N_("Leave the row out: what came in once stands as it came in."),
        number=row.number,
        name=known.register,
    )


def _objections(
    records: Records, now: Instant, rows: Sequence[AcceptedRow]
) -> Mapping[str, Refusal]:
    """By path, what is wrong with the records that rows would become, as with any that is recorded."""
    read = [read_record(row.path, row.text) for row in rows]
    tickets = {record.value.id: record.value for record in read if record.value is not None}
    facts = FileFacts(
        replace(records, tickets=tickets),
        frozenset(tickets),
        {},
        (),
        only=frozenset(row.path for row in rows),
        now=now,
    )
    findings = [finding for record in read for finding in record.findings]
    findings += (finding for check in record_checks() for finding in check(facts))
    wrong: dict[str, Refusal] = {}
    for finding in findings:
        if RULES[finding.code].severity is Severity.ERROR:
            wrong.setdefault(finding.place.path, _objection(finding, records))
    return wrong


def _objection(finding: Finding, records: Records) -> Refusal:
    since = records.contract.evidence.since
    if finding.code == "X330" and since is not None:
        return UsageRefusal(
            N_(
                "A step of it was at {since} or later, since when steps are recorded here, and the register does not say all of it."
            ),
            mend=N_(
                "Mend its time in the source if that is wrong; what happened since then is recorded here (weibao ticket open)."
            ),
            since=format_instant(since, records.contract.zone),
        )
    return Unsound(N_("The record would be wrong."), (finding,), exit_code=Exit.FINDINGS)


def _bytes(file: Path) -> bytes:
    """The bytes of a file, but no more than tell that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageRefusal(N_("{path} cannot be read: {reason}"), path=file, reason=error) from None
