"""Recording: one entry, or one new record, checked as ``weibao check`` would and then committed.

The order matters: the result is judged before it replaces the old file, and the old file is put
back where git refuses the commit. So nothing half-written is ever left, whatever fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.desk.commit import commit_files, head_commit, require_committable
from weibao.desk.store import Replacement, one_writer, plain_path
from weibao.evidence.reading import no_records
from weibao.language import N_
from weibao.record.entry import Entry, timeline
from weibao.record.finding import Unsound
from weibao.record.ids import RECORD_ID
from weibao.record.lifecycle import Standing, fold
from weibao.record.load import load_records, read_record
from weibao.record.paths import CONFIGURATION, kind_of
from weibao.record.printing import append_entry
from weibao.refusal import Exit, Refusal
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.locate import located
from weibao.rules.references import judge_references, names_of, ticket_references
from weibao.rules.steps import check_future, ticket_steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.record.finding import Finding
    from weibao.record.instant import Instant
    from weibao.record.records import Records
    from weibao.record.ticket import Ticket

_WRONG = N_("The record would be wrong; nothing was written.")
_DAMAGED = N_("The record is damaged, so nothing can be added to it; nothing was written.")


@dataclass(frozen=True, slots=True)
class Desk:
    """A clone to write in: its folders, its configuration as it stands, and the time now."""

    root: Path
    git_dir: Path
    records: Records
    ticket_ids: frozenset[str]
    now: Instant


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: the ticket as it now is, its last entry, and the commit ("": none made)."""

    ticket: Ticket
    entry: Entry
    standing: Standing
    commit: str


def open_desk(root: Path, git_dir: Path, now: Instant) -> Desk:
    """The desk of a clone.

    Raises:
        Refusal: there is no ``records`` folder.
        Unsound: the contract, the staff or the assets cannot be read.
    """
    files = {}
    for name in CONFIGURATION:
        path = plain_path(root, f"records/{name}.yaml")
        if path.is_file():
            files[f"records/{name}.yaml"] = path.read_bytes()
    if not files:
        raise no_records(root)
    records, findings = load_records(files)
    if records is None:
        raise Unsound(
            N_("The records of this clone cannot be judged; nothing was written."),
            located(findings, files),
            mend=N_("Mend the files, and see what is left with weibao check."),
        )
    found = (root / "records" / "tickets").glob("*/*/*/*.yaml")
    ids = (path.stem for path in found if kind_of(path.relative_to(root).as_posix()) == "ticket")
    return Desk(root, git_dir, records, frozenset(ids), now)


def read_ticket(desk: Desk, path: str) -> Ticket:
    """The ticket as it stands in the working tree; raises ``Unsound`` where it is damaged."""
    return _read(path, _bytes_at(desk, path), _DAMAGED)


def append_to_ticket(
    desk: Desk,
    path: str,
    entry: Mapping[str, Any],
    *,
    message: str | None,
    beside: Mapping[str, bytes] | None = None,
) -> Recorded:
    """Append ``entry`` to the ticket at ``path`` and commit it under ``message`` (None: do not).

    ``beside`` are new files (path → content) that come with it: the attachment that it names.

    Raises:
        Unsound: the step may not follow, names something unknown, or the file is damaged.
        Refusal: git or the disk did not allow it.
    """
    with one_writer(desk.git_dir):
        before = _bytes_at(desk, path)
        old = _read(path, before, _DAMAGED)
        after = append_entry(before.decode(), entry).encode()
        ticket = _read(path, after, _WRONG)
        _require_lawful(desk, ticket, after, _judge(desk, old))
        contents = {path: after, **(beside or {})}
        return _written(desk, ticket, contents, message)


def file_ticket(desk: Desk, path: str, text: str, *, message: str | None) -> Recorded:
    """File a new ticket and commit it; errors as for :func:`append_to_ticket`."""
    with one_writer(desk.git_dir):
        if plain_path(desk.root, path).exists():
            raise Refusal(N_("{path} exists already."), exit_code=Exit.USAGE, path=path)
        after = text.encode()
        ticket = _read(path, after, _WRONG)
        _require_lawful(desk, ticket, after, ())
        return _written(desk, ticket, {path: after}, message)


def _bytes_at(desk: Desk, path: str) -> bytes:
    try:
        return plain_path(desk.root, path).read_bytes()
    except OSError as error:
        raise Refusal(
            N_("{path} cannot be read: {reason}"), path=path, reason=error.strerror or str(error)
        ) from None


def _read(path: str, raw: bytes, message: str) -> Ticket:
    one = read_record(path, raw)
    if one.value is None:
        raise Unsound(message, one.findings, exit_code=Exit.FINDINGS)
    ticket: Ticket = one.value
    return ticket


def _require_lawful(
    desk: Desk,
    ticket: Ticket,
    raw: bytes,
    known: tuple[Finding, ...],
) -> None:
    """Refuse errors that this step would bring; those that were there before are another's."""
    new = [
        finding
        for finding in _judge(desk, ticket)
        if finding not in known and RULES[finding.code].severity is Severity.ERROR
    ]
    if new:
        raise Unsound(_WRONG, located(new, {ticket.path: raw}), exit_code=Exit.FINDINGS)


def _judge(desk: Desk, ticket: Ticket) -> tuple[Finding, ...]:
    known = names_of(desk.records) | {"ticket": desk.ticket_ids | {ticket.id}}
    contract = desk.records.contract
    return (
        *judge_references(ticket_references(ticket), known, desk.records),
        *ticket_steps(ticket, contract),
        *check_future({ticket.path: ticket.log}, desk.now, contract),
    )


def _written(
    desk: Desk, ticket: Ticket, contents: Mapping[str, bytes], message: str | None
) -> Recorded:
    if message is not None:
        require_committable(desk.root)
    head = head_commit(desk.root)
    replacement = Replacement(desk.root)
    commit = ""
    try:
        for path, content in contents.items():
            replacement.put(path, content)
        if message is not None:
            commit = commit_files(desk.root, tuple(contents), message)
    except BaseException:  # also an interrupt, which may come before git's commit or after it
        if head_commit(desk.root) == head:
            replacement.undo()
        else:
            replacement.keep()
        raise
    replacement.keep()
    standing, _ = fold("ticket", timeline(ticket.log), ticket.severity)
    return Recorded(ticket, ticket.log[-1], standing, commit)


def commit_message(record: str, event: str, said: str) -> str:
    """The subject of a step's commit: ``T20261123-7K3Q9M acknowledged: …`` in 72 characters."""
    subject = f"{record} {event}"
    said = " ".join(said.split())
    if said and RECORD_ID.fullmatch(record):
        subject += f": {said}"
    return subject if len(subject) <= 72 else f"{subject[:71]}…"
