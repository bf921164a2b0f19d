"""Recording: one entry, or one new record, checked as ``weibao check`` would and then committed.

The order matters: the result is judged before it replaces the old file, and the old file is put
back where git refuses the commit. So nothing half-written is ever left, whatever fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.finding import Finding, Place, Unsound
from weibao.model.fold import on_claims, ticket_on_claims
from weibao.model.ids import RECORD_ID, record_path
from weibao.model.instant import format_instant, parse_instant
from weibao.model.load import read_record
from weibao.model.paths import ROOT, attachment_sha256, stem_of
from weibao.model.printing import append_entry, entry_line, header_text
from weibao.model.records import RecordFile
from weibao.model.times.when import written
from weibao.model.versions import divided, reference
from weibao.refusal import Exit, Refusal, UsageRefusal
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.locate import located
from weibao.rules.one_record import judge_record, log_of
from weibao.workspace.recording.commit import (
    commit_files,
    has_changed,
    head_commit,
    require_committable,
    require_settled,
    standing_of,
)
from weibao.workspace.recording.edited import edits_judging, judging_paths
from weibao.workspace.recording.objections import amended_as_typed, require_sensible
from weibao.workspace.recording.store import Replacement, one_writer, plain_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from weibao.model.entry import Entry
    from weibao.model.state import Claimed, RecordState
    from weibao.model.ticket import Ticket
    from weibao.workspace.recording.clone import Desk

_BEGUN_EMPTY = frozenset(
    {"records/actions.yaml", "records/agreements.yaml", "records/reviews.yaml"}
)
"""Files that are their log alone: the first entry makes them."""
_HEAD = ("at", "event", "by", "note", "internal")
_LANES = 4
"""How many people can record together in one stretch of time without taking each other's seconds."""
_STRETCH = 600
"""Seconds that they are spread over at most: what lies further back would be recorded late."""
_WRONG = N_("The record would be wrong; nothing was written.")
_TOO_EARLY = N_(
    "So early, the step would come before others that could not follow it; nothing was written."
)
_NOT_YET = N_("At that time the step could not follow yet; nothing was written.")
_WHEN = N_(
    "Say with --at when it happened. If it is a later step that is wrong, correct that one with "
    "weibao ticket amend."
)
_DAMAGED = N_("The record is damaged, so nothing can be added to it; nothing was written.")


class OvertakenRefusal(Refusal):
    """The record is not what it was when the step was thought of: somebody should look again first."""


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """What was written.

    Attributes:
        kind: ``ticket``, ``inspection``, ``shift``, ``spares``, ``actions`` …
        record: the id of a ticket, an inspection or a shift, "" for the others.
        path: the file.
        value: the record as it now is, typed; of the actions, their entries.
        entry: the last of its log.
        state: where a ticket, an inspection or a shift now stands; None for the others.
        commit: the commit's id, "" where none was made.
        besides: whether the commit holds changes of the file that were made before, by hand.
        along: edited files of the configuration that the commit holds too.
        added: how many entries were added, of which ``entry`` is the last.
    """

    kind: str
    record: str
    path: str
    value: Any
    entry: Entry
    state: RecordState[Claimed] | None
    commit: str
    besides: bool = False
    along: tuple[str, ...] = ()
    added: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as it would be: judged and found lawful, and not written yet.

    ``beside`` are the new files (path → content) that come with it: an attachment it names.
    """

    one: RecordFile
    raw: bytes
    beside: Mapping[str, bytes]


def read_standing_record(desk: Desk, path: str) -> RecordFile:
    """The record as it stands in the working tree.

    Raises:
        Unsound: it is damaged.
        Refusal: it is, and a merge is half done: that is to be settled first.
    """
    try:
        return _in_order(path, stored_bytes(desk, path))
    except Unsound:
        require_settled(desk.root)
        raise


def stored_bytes(desk: Desk, path: str) -> bytes:
    """What is stored under ``path``; raises ``Refusal`` where it cannot be read.

    A contract that has had no corrective action yet has no file of them: that reads as empty.
    """
    file = plain_path(desk.root, path)
    if path in _BEGUN_EMPTY and not file.exists():
        return b""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(N_("{path} cannot be read: {reason}"), path=path, reason=error) from None


def draft_entry(
    desk: Desk,
    path: str,
    before: bytes,
    entry: Mapping[str, Any],
    beside: Mapping[str, bytes] | None = None,
) -> Draft:
    """The record at ``path``, which holds ``before``, with ``entry`` added to its log.

    Two entries of a record may not have both time and event alike, and people work at once: an entry
    whose time nobody chose, and one of a round or a delivery, takes the next second that is free.

    Raises:
        Unsound: the step may not follow, names something unknown, or the record is damaged.
        Refusal: it may, and cannot be meant so.
    """
    old = _in_order(path, before)
    entry = _at_a_free_second(desk, old, entry)
    if entry["event"] == "amended":
        entry = amended_as_typed(desk, old, entry)
    after = append_entry(before.decode(), entry) if before else header_text(old.kind, {}, [entry])
    beside = beside or {}
    draft = _lawful(desk, path, before, after.encode(), beside, _judge(desk, old, beside))
    require_sensible(desk, old, entry)
    if old.kind == "spares":
        from weibao.workspace.recording.serial_objections import require_one_place

        require_one_place(desk, draft.one, entry, _tickets_of(desk, draft.one, entry))
    return draft


def draft_entries(
    desk: Desk, path: str, before: bytes, entries: Sequence[Mapping[str, Any]]
) -> Draft:
    """The record at ``path`` with several entries added, judged as one step.

    Each has a second of its own (:func:`seconds_for`); errors as for :func:`draft_entry`.
    """
    old = _in_order(path, before)
    for entry in entries:
        require_sensible(desk, old, entry)
    times = tuple(seconds_for(desk, log_of(old), entries))
    _require_room(desk, old, entries[0]["at"], times)
    timed = [{**entry, "at": at} for entry, at in zip(entries, times, strict=True)]
    after = append_entry(before.decode(), *timed)
    return _lawful(desk, path, before, after.encode(), {}, _judge(desk, old, {}), len(timed))


def _require_room(desk: Desk, old: RecordFile, said: str, times: Sequence[str]) -> None:
    """Refuse more entries than there were seconds since the record began: they would be of times to come."""
    come = desk.here.has_come
    if come(parse_instant(times[-1])) or not come(parse_instant(said)):
        return
    begun, zone = log_of(old)[0].at, desk.records.contract.zone
    raise UsageRefusal(
        N_("{number} checks do not fit in between the beginning of the round, {begun}, and now."),
        mend=N_(
            "It began earlier: take its start back (weibao inspection undo) and give it its true "
            "time (weibao inspection start … --at TIME). If not, record a part now: --asset, --item"
        ),
        number=len(times),
        begun=written(begun, zone),
    )


def seconds_for(
    desk: Desk, log: Sequence[Entry], entries: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """For entries recorded together, a free second each, the last at the time that was said.

    They were done before, so they go back from there, though not behind the beginning of the record:
    what finds no room goes on from there. Every person takes other seconds while there is room, so that
    what two have recorded of one round at the same time can be merged.
    """
    zone, first, number = desk.records.contract.zone, entries[0], len(entries)
    end, begun = parse_instant(first["at"]), log[0].at if log else 0
    lanes = max(1, min(_LANES, min(end - begun, _STRETCH) // number))
    people = sorted(desk.records.staff.people)
    lane = people.index(first["by"]) if first["by"] in people else 0
    events = {entry["event"] for entry in entries}
    taken = {entry.at for entry in log if entry.event in events}
    free = (
        at
        for at in chain(range(end, begun - 1, -1), count(end + 1))
        if at % lanes == lane % lanes and at not in taken
    )
    return (format_instant(at, zone) for at in sorted(islice(free, number)))


def append_entries_to(
    desk: Desk, path: str, entries: Sequence[Mapping[str, Any]], *, message: str | None
) -> RecordedStep:
    """Append several entries to a record in one commit; errors as for :func:`append_entry_to`."""
    with one_writer(desk.git_dir):
        draft = draft_entries(desk, path, stored_bytes(desk, path), entries)
        return replace(_written(desk, draft, message), added=len(entries))


def append_entry_to(
    desk: Desk,
    path: str,
    entry: Mapping[str, Any],
    *,
    message: str | None,
    beside: Mapping[str, bytes] | None = None,
    stood: str = "",
) -> RecordedStep:
    """Append ``entry`` to the record at ``path`` and commit it under ``message`` (None: do not).

    ``beside`` are new files (path → content) that come with it: the attachment that it names. ``stood``
    is the SHA-256 of the record that it was thought of for; "" is any.

    Raises:
        Unsound: the step may not follow, names something unknown, or the file is damaged.
        OvertakenRefusal: the record has changed since.
        Refusal: git or the disk did not allow it.
    """
    with one_writer(desk.git_dir):
        before = stored_bytes(desk, path)
        if stood not in {"", sha256(before).hexdigest()}:
            raise OvertakenRefusal(
                N_("The record has changed since this form was shown; nothing was written."),
                mend=N_("See what has changed, then record the step if it still holds."),
            )
        return _written(desk, draft_entry(desk, path, before, entry, beside), message)


def file_record(
    desk: Desk,
    path: str,
    text: str,
    *,
    message: str | None,
    beside: Mapping[str, bytes] | None = None,
) -> RecordedStep:
    """File a new record and commit it; errors as for :func:`append_entry_to`."""
    with one_writer(desk.git_dir):
        if plain_path(desk.root, path).exists():
            raise UsageRefusal(N_("{path} exists already."), path=path)
        return _written(desk, draft_record(desk, path, text, beside), message)


def draft_record(
    desk: Desk, path: str, text: str, beside: Mapping[str, bytes] | None = None
) -> Draft:
    """A new record at ``path``, which has ``text``; raises ``Unsound`` where it would be wrong."""
    return _lawful(desk, path, b"", text.encode(), beside or {}, ())


def _in_order(path: str, raw: bytes) -> RecordFile:
    if path in _BEGUN_EMPTY and not raw:
        return RecordFile(path, stem_of(path), None, (), ())
    one = read_record(path, raw)
    if one.value is None:
        raise Unsound(_DAMAGED, one.findings, exit_code=Exit.FINDINGS)
    return one


def _at_a_free_second(
    desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The entry, later by as many seconds as entries of its event stand there already.

    What was done now in a round is not before what was recorded of it just now. The same step once more
    keeps its time, and is refused as such.
    """
    at, zone = parse_instant(entry["at"]), desk.records.contract.zone
    if record_file.kind == "ticket" and at != desk.now:
        return entry
    if record_file.kind == "inspection" and at == desk.now:
        latest = max(there.at for there in log_of(record_file))
        if at < latest <= desk.now + desk.records.contract.evidence.clock_skew:
            at = latest
            entry = {**entry, "at": format_instant(at, zone)}
    taken = {there.at: there.text for there in log_of(record_file) if there.event == entry["event"]}
    while at in taken:
        if taken[at] == entry_line(entry):
            return entry
        at += 1
        entry = {**entry, "at": format_instant(at, zone)}
    return entry


def _lawful(
    desk: Desk,
    path: str,
    before: bytes,
    after: bytes,
    beside: Mapping[str, bytes],
    known: tuple[Finding, ...],
    added: int = 1,
) -> Draft:
    """Refuse errors that this step would bring; those that were there before are another's."""
    one = read_record(path, after)
    if one.value is None:
        raise Unsound(_WRONG, _as_written(one.findings, before), exit_code=Exit.FINDINGS)
    new = [
        finding
        for finding in (*_repeated(path, before, after), *_judge(desk, one, beside))
        if finding not in known and RULES[finding.code].severity is Severity.ERROR
    ]
    if new:
        later = all(_is_of_another(finding, one, added) for finding in new)
        early = _is_before_others(one) and {finding.code for finding in new} == {"X201"}
        raise Unsound(
            _TOO_EARLY if later else _NOT_YET if early else _WRONG,
            _as_written(located(new, {path: after}), before),
            mend=_WHEN if later or early else "",
            exit_code=Exit.FINDINGS,
        )
    return Draft(one, after, beside)


def _repeated(path: str, before: bytes, after: bytes) -> Iterator[Finding]:
    """The entries that would stand there a second time, to the letter, and so be read once."""
    lines = after.split(b"\n")
    for line in divided(after).repeats[len(divided(before).repeats) :]:
        at, event = reference(lines[line - 1]) or (b"", b"")
        yield Finding("X204", Place(path, line), "", {"at": at.decode(), "event": event.decode()})


def _as_written(findings: Iterable[Finding], before: bytes) -> tuple[Finding, ...]:
    """The findings in what would be written: a line that the file has not yet has no number."""
    lines = before.count(b"\n")
    return tuple(
        finding
        if finding.place.line <= lines
        else replace(finding, place=Place(finding.place.path))
        for finding in findings
    )


def _is_of_another(finding: Finding, record_file: RecordFile, added: int) -> bool:
    """Whether the finding is of an entry that stood there before the last ones were added."""
    keys = finding.place.keys
    return (
        len(keys) > 1
        and keys[0] == "log"
        and keys[1] not in range(len(log_of(record_file)) - added, len(log_of(record_file)))
    )


def _is_before_others(record_file: RecordFile) -> bool:
    """Whether the last line of a log claims an earlier time than one that stood there before."""
    *others, last = log_of(record_file)
    return any(entry.at > last.at for entry in others)


def _judge(desk: Desk, record_file: RecordFile, beside: Mapping[str, bytes]) -> tuple[Finding, ...]:
    attachments = {**dict(_stored_attachments(desk.root, record_file)), **beside}
    return (
        *judge_record(desk.records, record_file, desk.ticket_ids, attachments, desk.now),
        *_duplicates(desk, record_file),
    )


def _duplicates(desk: Desk, record_file: RecordFile) -> Iterator[Finding]:
    """What is wrong with a ticket that this one names as going on in its place."""
    for entry in log_of(record_file) if record_file.kind == "ticket" else ():
        named = entry.data.get("duplicate_of", "")
        if named in desk.ticket_ids:
            path = record_path(named)
            other = read_record(path, stored_bytes(desk, path)).value
            if other is not None:
                from weibao.rules.files.duplicates import duplicate_findings

                yield from duplicate_findings(record_file.value, {named: other}, desk.records)


def _tickets_of(desk: Desk, ledger: RecordFile, entry: Mapping[str, Any]) -> Mapping[str, Ticket]:
    """The tickets to which the pieces of a movement were issued, or out of whose equipment they came."""
    named = {entry.get("ticket", "")}
    for earlier in ledger.value.log:
        if set(earlier.data["serials"]) & set(entry["serials"]):
            named.add(earlier.data.get("ticket", ""))
    read = (
        read_record(record_path(ticket), stored_bytes(desk, record_path(ticket))).value
        for ticket in sorted(named & desk.ticket_ids)
    )
    return {ticket.id: ticket for ticket in read if ticket is not None}


def _stored_attachments(root: Path, record_file: RecordFile) -> Iterator[tuple[str, bytes]]:
    """The attachments in the clone that the record names; what they hold is not this step's."""
    named = {
        entry.data[key]
        for entry in log_of(record_file)
        for key in ("sha256", "document_sha256")
        if key in entry.data
    }
    for digest in sorted(named):
        for file in (root / "records" / "attachments" / digest[:2]).glob(f"{digest}*"):
            path = f"{ROOT}attachments/{digest[:2]}/{file.name}"
            if attachment_sha256(path):
                yield path, b""


def _written(desk: Desk, draft: Draft, message: str | None) -> RecordedStep:
    path, besides, along = draft.one.path, False, tuple[str, ...]()
    if message is None:
        head = head_commit(desk.root)
    else:
        standing = standing_of(desk.root, (path, *judging_paths(draft.one.kind)))
        require_committable(desk.root, desk.settings, standing)
        head = standing.head
        besides = path in standing.changed and has_changed(desk.root, path)
        along = edits_judging(desk, draft.one.kind, standing.changed)
    replacement = Replacement(desk.root, desk.git_dir)
    contents = {path: draft.raw, **draft.beside}
    stood = all((desk.root / path).exists() for path in contents)
    commit = ""
    try:
        for path, content in contents.items():
            replacement.put(path, content)
        if message is not None:
            paths = (*contents, *along)
            commit = commit_files(desk.root, paths, message, surely_known=stood)
    except BaseException:  # also an interrupt, which may come before git's commit or after it
        if head_commit(desk.root) == head:
            replacement.undo()
        else:
            replacement.keep()
        raise
    replacement.keep()
    return replace(recorded_as(desk, draft, commit), besides=besides, along=along)


def recorded_as(desk: Desk, draft: Draft, commit: str = "") -> RecordedStep:
    """What a draft has recorded once it is written, or would record.

    The state is that of now, or of the step itself where that is claimed for later: of other steps
    that are to come it says nothing, as no view does.
    """
    one = draft.one
    log = log_of(one)
    until = max(desk.now, log[-1].at)
    state: RecordState[Claimed] | None = None
    if one.kind == "ticket":
        state = ticket_on_claims(one.value, desk.records.contract, until)
    elif one.kind in {"inspection", "shift"}:
        state = on_claims(one.kind, log, until)
    record = "" if state is None else one.value.id
    return RecordedStep(one.kind, record, one.path, one.value, log[-1], state, commit)


def entry_message(record_file: RecordFile, entry: Mapping[str, Any]) -> str:
    """The subject of the commit that records an entry."""
    record = getattr(record_file.value, "id", record_file.kind)
    words = [value for key, value in entry.items() if key not in _HEAD and isinstance(value, str)]
    said = entry.get("note") or entry.get("caption") or next(iter(words), "")
    return commit_message(record, entry["event"], str(said))


def commit_message(record: str, event: str, said: str) -> str:
    """The subject of a step's commit: ``T20261123-7K3Q9M acknowledged: …`` in 72 characters."""
    subject = f"{record} {event}"
    said = " ".join(said.split())
    if said and RECORD_ID.fullmatch(record):
        subject += f": {said}"
    return subject if len(subject) <= 72 else f"{subject[:71]}…"
