"""Taking a step back: the last commit, as long as nobody but this clone's branch has it.

Nothing else moves. The files of the step become what they were, the branch goes back by one commit, and
whatever else is changed or staged here stays so. The commit itself stays where git keeps what no branch
has any more, and can be had back by its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.load import read_record
from weibao.model.paths import attachment_sha256, kind_of
from weibao.model.versions import added_entries, appended
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of
from weibao.workspace.recording.commit import head_commit, require_committable
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.recording.store import Replacement, one_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.git.reader import Git
    from weibao.model.entry import Entry
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

RECORDED = frozenset(
    {"ticket", "inspection", "shift", "report", "spares", "actions", "agreements", "reviews"}
)
"""The kinds of record that steps are added to."""

_AMENDED = frozenset({"ticket", "inspection", "shift"})
_SEEN = "refs/weibao/seen"
_AMEND = N_(
    "Only the last commit can be taken back, while it is on this branch alone. What is wrong in an "
    "earlier step is corrected by a further one: {amend}"
)


def noun_of(kind: str) -> str:
    """What the command line calls a kind of record."""
    return kind if kind == "spares" else kind.removesuffix("s")


def _amend(kind: str) -> str:
    """The command that corrects a step, or that lists what may follow it."""
    return f"weibao {noun_of(kind)} {'amend' if kind in _AMENDED else '--help'}"


@dataclass(frozen=True, slots=True)
class LastStep:
    """The step that the last commit recorded: the record as it is with it, and its entry.

    ``before`` has the bytes of the files in the commit before, by path; None of one that is new.
    """

    commit: str
    parent: str
    one: RecordFile
    entry: Entry
    before: dict[str, bytes | None]

    @property
    def record(self) -> str:
        """What the commit calls the record."""
        return getattr(self.one.value, "id", self.one.kind)

    @property
    def opens(self) -> bool:
        """Whether the record began with it."""
        return self.before[self.one.path] is None


def take_back(desk: Desk, git: Git, kind: str, record: str) -> LastStep:
    """Take the last commit back, which is a step of this kind of record, and of ``record`` unless "".

    Raises:
        Refusal: it is no such step, others may have it, or a file of it was changed since.
    """
    with one_writer(desk.git_dir):
        require_committable(desk.root)
        last = last_step(desk, git, kind)
        if last.one.kind != kind or record not in {"", last.record}:
            raise UsageRefusal(
                N_(
                    "The last commit here is a step of {record}, and no earlier one can be taken back."
                ),
                mend=N_("If that is meant: weibao {noun} undo. What else is wrong: {amend}"),
                record=getattr(last.one.value, "id", last.one.path),
                noun=noun_of(last.one.kind),
                amend=_amend(kind),
            )
        _require_own(desk, last.commit, kind)
        _require_unchanged(desk, last)
        _put_back(desk, last)
    return last


def last_step(desk: Desk, git: Git, kind: str) -> LastStep:
    """The step that the last commit recorded, or the checks that one command recorded of a round.

    Raises:
        Refusal: it holds anything else, or not as this tool commits it.
    """
    commit = head_commit(desk.root)
    lines = run_git(desk.root, "rev-list", "--parents", "-n1", "HEAD").stdout.split()
    subject = run_git(desk.root, "log", "-1", "--format=%s").stdout.strip()
    parents = lines[1:]
    if len(parents) == 1 and (found := _step(git, commit, parents[0], subject)):
        return found
    raise UsageRefusal(
        N_("The last commit, {commit} “{subject}”, is no single step that weibao has recorded."),
        mend=_AMEND,
        amend=_amend(kind),
        commit=commit[:12],
        subject=subject,
    )


def _step(git: Git, commit: str, parent: str, subject: str) -> LastStep | None:
    output = git.run("diff-tree", "-r", "--no-renames", "--name-status", "-z", parent, commit)
    fields = output.decode(errors="surrogateescape").split("\0")
    changes = dict(zip(fields[1::2], fields[0::2], strict=False))
    records = [path for path in changes if kind_of(path) in RECORDED]
    others = changes.keys() - set(records)
    if len(records) != 1 or not all(
        changes[path] == "A" and attachment_sha256(path) for path in others
    ):
        return None
    (path,) = records
    new = git.files_of(commit, [path]).get(path, b"")
    old = git.files_of(parent, [path]).get(path)
    added = new if old is None else appended(old, new)
    one = read_record(path, new)
    if not added or one.value is None:
        return None
    entry = log_of(one)[-1]
    single = old is None or len(added_entries(added)) == 1 or one.kind == "inspection"
    named = getattr(one.value, "id", one.kind)
    if not single or not f"{subject} ".startswith(
        (f"{named} {entry.event} ", f"{named} {entry.event}: ")
    ):
        return None
    return LastStep(commit, parent, one, entry, {path: old} | dict.fromkeys(others))


def _require_own(desk: Desk, commit: str, kind: str) -> None:
    """Refuse a commit that anything but the branch at hand leads to, here or at a remote."""
    branch = run_git(desk.root, "symbolic-ref", "HEAD").stdout.strip()
    for ref in _refs_with(desk, commit):
        if ref != branch:
            raise UsageRefusal(
                N_("The last commit is on {ref} too: others may have it."),
                mend=_AMEND,
                amend=_amend(kind),
                ref=re.sub("^refs/(heads|remotes)/", "", ref),
            )
    if run_git(desk.root, "grep", "--quiet", "-F", commit, _SEEN).returncode == 0:
        seen = N_("The forge has seen the last commit.")
        raise UsageRefusal(seen, mend=_AMEND, amend=_amend(kind))


def _refs_with(desk: Desk, commit: str) -> Iterator[str]:
    shape = "--format=%(if)%(symref)%(then)%(else)%(refname)%(end)"
    listed = run_git(desk.root, "for-each-ref", shape, "--contains", commit)
    yield from listed.stdout.split()


def _require_unchanged(desk: Desk, last: LastStep) -> None:
    options = ("--porcelain", "--untracked-files=no", "--")
    if changed := run_git(desk.root, "status", *options, *last.before).stdout.strip():
        raise UsageRefusal(
            N_("{path} was changed after the step: that would be lost."),
            mend=N_("Commit the change, or drop it: git restore --staged --worktree {path}"),
            path=changed.split()[-1],
        )


def _put_back(desk: Desk, last: LastStep) -> None:
    replacement = Replacement(desk.root, desk.git_dir)
    try:
        for path, content in last.before.items():
            if content is None:
                replacement.remove(path)
            else:
                replacement.put(path, content)
        _move_back(desk, last)
    except BaseException:  # also an interrupt, which may come before the branch moves or after it
        if head_commit(desk.root) == last.commit:
            replacement.undo()
        else:
            replacement.keep()
        raise
    replacement.keep()
    run_git(desk.root, "reset", "--quiet", "--", *last.before)


def _move_back(desk: Desk, last: LastStep) -> None:
    """Have the branch name the commit before, if it still names the last one."""
    told = f"weibao: {last.record} {last.entry.event} taken back"
    moved = run_git(desk.root, "update-ref", "-m", told, "HEAD", last.parent, last.commit)
    if moved.returncode != 0:
        raise UsageRefusal(
            N_("Git did not take the commit back: {said}"), said=moved.stderr.strip()
        )
