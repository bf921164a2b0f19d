"""From records in the making to commits: each step recorded by its person at its time, on its branch, and merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from weibao.demo.fast_import import NewCommit
from weibao.demo.people import IDENTITIES
from weibao.model.printing import entry_line, header_text
from weibao.workspace.recording.recording import commit_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.demo.staged_record import DraftedEntry, Merge, StagedRecord
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class NewFiles:
    """Files put into the repository whole: configuration and pages."""

    at: Instant
    by: str
    message: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Entries:
    """Steps of one record that one person records at one time."""

    record: StagedRecord
    steps: tuple[DraftedEntry, ...]

    @property
    def at(self) -> Instant:
        return self.steps[0].recorded


@dataclass(slots=True)
class _Branch:
    """A line of development: its last commit, and the files as they stand on it."""

    tip: int
    files: dict[str, bytes]
    base: dict[str, bytes] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


def commits_of(changes: Iterable[NewFiles], records: Iterable[StagedRecord]) -> list[NewCommit]:
    """The whole history, in the order of time, the last commit on the main line last."""
    records = list(records)
    writes: list[tuple[Instant, int, str, NewFiles | _Entries | Merge]] = [
        (change.at, 0, change.message, change) for change in changes
    ]
    writes += [
        (entries.at, 1, entries.record.path, entries)
        for record in records
        for entries in _grouped(record)
    ]
    merges = [record.merge for record in records if record.merge and _branched(record)]
    writes += [(merge.at, 2, merge.branch, merge) for merge in merges]
    repository = _Repository()
    for at, _, _, write in sorted(writes, key=lambda write: write[:3]):
        if isinstance(write, NewFiles):
            repository.put(write)
        elif isinstance(write, _Entries):
            repository.record(write)
        else:
            repository.merge(write, at)
    return repository.commits


def _branched(record: StagedRecord) -> bool:
    return any(step.branch for step in record.steps)


def _grouped(record: StagedRecord) -> Iterator[_Entries]:
    def together(step: DraftedEntry) -> tuple[Instant, str, str]:
        return (step.recorded, step.recorder, step.branch)

    for _, steps in groupby(
        sorted(record.steps, key=lambda step: (*together(step), step.at)), together
    ):
        yield _Entries(record, tuple(steps))


class _Repository:
    """The repository while it grows."""

    def __init__(self) -> None:
        self.commits: list[NewCommit] = []
        self._main = _Branch(-1, {})
        self._branches: dict[str, _Branch] = {}

    def put(self, change: NewFiles) -> None:
        """A commit of whole files on the main line."""
        self._commit(self._main, change.by, change.at, change.message, dict(change.files))

    def record(self, entries: _Entries) -> None:
        """A commit of entries, on the line where they are recorded."""
        record, steps = entries.record, entries.steps
        branch = steps[0].branch
        if branch and branch not in self._branches:
            files = dict(self._main.files)
            self._branches[branch] = _Branch(self._main.tip, files, base=dict(files))
        line = self._branches[branch] if branch else self._main
        files = {record.path: _longer(line.files.get(record.path), record, steps)}
        files |= _attached(record, steps)
        events = ", ".join(dict.fromkeys(step.event for step in steps))
        said = str(steps[-1].data.get("note", "")) or str(record.header.get("title", ""))
        message = commit_message(record.name, events, said)
        self._commit(line, steps[0].recorder, entries.at, message, files)

    def merge(self, merge: Merge, at: Instant) -> None:
        """Bring a branch in: where both sides added to a record, both sides' lines stay whole."""
        branch, main = self._branches.pop(merge.branch), self._main
        files = {}
        for path in sorted(branch.touched):
            base, ours, theirs = branch.base.get(path), main.files.get(path), branch.files[path]
            if base is not None and ours is not None and ours != base:
                files[path] = ours + theirs[len(base) :]
            else:
                files[path] = theirs
        message = f"Merge branch '{merge.branch}'"
        self._commit(main, merge.by, at, message, files, merged=branch.tip)

    def _commit(
        self,
        line: _Branch,
        by: str,
        at: Instant,
        message: str,
        files: dict[str, bytes],
        merged: int | None = None,
    ) -> None:
        parents: tuple[int, ...] = () if line.tip < 0 else (line.tip,)
        parents += () if merged is None else (merged,)
        self.commits.append(NewCommit(IDENTITIES[by], at, f"{message}\n", parents, files))
        line.tip = len(self.commits) - 1
        line.files |= files
        line.touched |= files.keys()


def _longer(before: bytes | None, record: StagedRecord, steps: Sequence[DraftedEntry]) -> bytes:
    """The record with the steps added; its header first, where it is new."""
    if before is None:
        return header_text(record.kind, record.header, [step.entry for step in steps]).encode()
    head = before if b"\nlog:\n" in before else before + b"log:\n"
    return head + "".join(f"{entry_line(step.entry)}\n" for step in steps).encode()


def _attached(record: StagedRecord, steps: Iterable[DraftedEntry]) -> dict[str, bytes]:
    """The files that the steps rest on."""
    named = {step.data.get(key) for step in steps for key in ("sha256", "document_sha256")}
    return {
        path: content
        for path, content in record.files.items()
        if path.rsplit("/", 1)[-1].partition(".")[0] in named
    }
