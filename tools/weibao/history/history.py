"""History as a value: the commits behind one commit, their *times*, and where each one landed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an email, as a commit carries them."""

    name: str
    """姓名 · Name | 提交中的姓名 · As the commit has it"""
    email: str
    """邮箱 · Email | 提交中的邮箱 · As the commit has it"""


@dataclass(frozen=True, slots=True)
class Seal:
    """A commit's signature in its armour, and the bytes that it claims to be made over."""

    signature: bytes
    signed: bytes


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit object. Times are Unix seconds, as the raw object has them.

    ``tree`` is the id of the tree of its files; ``seal`` is None where the commit is not signed.
    """

    id: str
    parents: tuple[str, ...]
    author: Identity
    author_time: Instant
    committer: Identity
    commit_time: Instant
    subject: str
    seal: Seal | None = None
    tree: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit holds otherwise than *every* one of its parents.

    ``before`` has the blob in each parent, None where the parent has no such file (and is empty
    for a root commit); ``after`` is None where the commit deletes the file. Blobs are object ids.
    """

    commit: str
    path: str
    before: tuple[str | None, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class History:
    """All that can be reached from ``head``.

    Attributes:
        head: the commit that the history is seen from.
        commits: every commit by id, parents before children.
        time: the *time* of each commit: its committer time, but never before its parents' *times*
            (design, "Evidence"). A distrusted commit has that of the next one that is trusted.
        landing: for each commit, the first on the first-parent line from which it can be reached.
        changes: every change to a file under ``records/`` or ``checkpoints/``, parents before children.
        blobs: the bytes of every blob that the changes and resolutions name for a ``.yaml`` file
            or a file of keys.
        resolutions: where a merge holds a file as some of its parents have it and others do not:
            what it took, and what it left. In the form of a change.
        seen: for the commits that the forge's own log names, when it first saw each (design,
            "Evidence"). Empty where there is no such log.
    """

    head: str
    commits: Mapping[str, Commit]
    time: Mapping[str, Instant]
    landing: Mapping[str, str]
    changes: tuple[Change, ...]
    blobs: Mapping[str, bytes]
    resolutions: tuple[Change, ...] = ()
    seen: Mapping[str, Instant] = field(default_factory=dict)

    def landed(self, commit: str) -> Instant:
        """When a commit was on the forge for all to see: as first seen there, else as it landed."""
        found = self.seen.get(commit)
        return self.time[self.landing[commit]] if found is None else found

    def records_changed(self) -> dict[str, str]:
        """By commit that changes records, the first of their paths."""
        found: dict[str, str] = {}
        for change in self.changes:
            if change.path.startswith("records"):
                found.setdefault(change.commit, change.path)
        return found


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of one commit, pinned, with the history behind it.

    ``files`` maps paths (``records/…``, ``schemas/…``) to bytes; ``modes`` to git's file modes
    (``100644``; ``120000`` is a symlink, ``160000`` a submodule). ``seen_log`` is the commit of the
    log of what the forge saw first, "" where there is none.
    """

    commit: str
    files: Mapping[str, bytes]
    modes: Mapping[str, str]
    history: History
    seen_log: str = ""
