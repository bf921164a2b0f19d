"""Together: what others have recorded comes here, and what was recorded here goes to them.

A commit that joins the two is made beside the work tree, judged, and sent; the branch here moves only
once the remote has taken it. So whatever fails on the way, the clone is as it was.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from weibao.history.snapshot import files_at, read_beyond, refuse_unless_whole
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.paths import kind_of
from weibao.model.versions import keeps_log
from weibao.refusal import Exit, Refusal
from weibao.rules.merged import errors_brought, is_judged_by, repeats_brought
from weibao.workspace.recording.commit import head_commit, require_committable
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.recording.store import one_sender, one_writer
from weibao.workspace.recording.undoing import noun_of
from weibao.workspace.together.exchange import Amount, differing, exchanged
from weibao.workspace.together.merge import merge_commit
from weibao.workspace.together.remote import upstream_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from weibao.history.git.reader import Git
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.rules.merged import Files
    from weibao.workspace.together.remote import Upstream

TRIES = 12
"""How often others may be faster before a person is asked to try again."""

_PAUSE_MILLISECONDS = 300
"""How long to wait at the most after the first such try; each one after it waits longer."""


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone with a work tree: its top, its common git folder, and its reader.

    ``access`` is what git's environment needs for the remote to let it in, where its settings do not.
    """

    root: Path
    git_dir: Path
    git: Git
    access: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Synced:
    """What was done.

    Attributes:
        remote: the remote's name.
        branch: the branch at hand.
        received: what others had recorded.
        sent: what was recorded here, or on the branch that was merged.
        merged: the commit that joined the two; "" where none was needed.
        wrong: errors in what was received, and tickets that say again what another says.
        uncommitted: files under ``records/`` that are changed here and not committed.
    """

    remote: str
    branch: str
    received: Amount
    sent: Amount
    merged: str
    wrong: tuple[Finding, ...]
    uncommitted: tuple[str, ...]


def synchronise(clone: Clone, now: Instant) -> Synced:
    """Receive, join and send.

    Raises:
        Unsound: the result would have errors that the remote's records have not.
        Refusal: the clone is not in a state to be moved, the remote could not be reached or
            refused, or a person must settle what both sides have changed.
    """
    return _delivered(clone, now)


def merge_branch(clone: Clone, revision: str, now: Instant) -> Synced:
    """Merge the commit that ``revision`` names into the upstream; raises as ``synchronise`` does.

    The upstream is the first parent and its lines stand first, whoever makes the merge.
    """
    return _delivered(clone, now, clone.git.resolve(revision), revision)


def _delivered(clone: Clone, now: Instant, branch: str = "", revision: str = "") -> Synced:
    """Send the commit ``branch``, which ``revision`` names, or else what HEAD has, joined to the upstream."""
    root, git = clone.root, clone.git
    with one_writer(clone.git_dir):  # git's own lock, while a step is recorded, is in nobody's way
        require_committable(root)
    refuse_unless_whole(git)
    upstream = upstream_of(root, clone.access)
    found, merged = None, ""
    with one_sender(clone.git_dir):
        for tried in range(1, TRIES + 1):
            landed, head = upstream.fetch(), head_commit(root)
            found = landed if found is None else found
            own = branch or head
            if branch and not reaches(root, landed, head):
                raise _unsent(upstream)
            result = joined_to(clone, upstream, landed, own, straight=not branch)
            require_room(clone, head, result)
            if result != landed:
                if landed:
                    require_sound(clone, landed, result, own, now, revision)
                if not upstream.push(result):
                    time.sleep(secrets.randbelow(_PAUSE_MILLISECONDS * tried) / 1000)
                    continue
                merged = merged if result == own else result
            if _taken(clone, head, result):
                return Synced(
                    upstream.remote,
                    upstream.branch,
                    received=exchanged(root, git, head, landed) if landed else Amount(),
                    sent=exchanged(root, git, found, own),
                    merged=merged,
                    wrong=_wrong(clone, head, result, now),
                    uncommitted=uncommitted_in(root),
                )
    raise Refusal(
        N_("Others were faster {tries} times, so the steps here are still to be sent."),
        mend=N_("Nothing is lost. Try again: weibao sync"),
        tries=TRIES,
    )


def joined_to(clone: Clone, upstream: Upstream, landed: str, own: str, *, straight: bool) -> str:
    """The commit to which the upstream is to move; ``straight``: it may be ``own`` itself."""
    if not landed or reaches(clone.root, own, landed):
        if not landed or (straight and goes_on(clone.root, landed, own)):
            return own
    elif reaches(clone.root, landed, own):
        return landed
    message = f"Merge {own[:12]} into {upstream.branch}"
    return merge_commit(clone.root, clone.git, landed, own, message)


def goes_on(root: Path, landed: str, own: str) -> bool:
    """Whether ``landed`` is on the first-parent line of ``own``, and so stays on the official one."""
    if own == landed:
        return True
    span = f"{landed}..{own}"
    rows = run_git(root, "rev-list", "--first-parent", "--reverse", "--parents", span).stdout
    return rows.partition("\n")[0].split()[1:2] == [landed]


def require_sound(
    clone: Clone, landed: str, result: str, own: str, now: Instant, revision: str
) -> None:
    """Refuse a result that would bring errors; they are told at the lines of what is to be sent."""
    changed, base, merged = _compared(clone, landed, result)
    sent = clone.git.files_of(own, sorted(path for path in changed if keeps_log(path)))
    branch = read_beyond(clone.git, landed, result)
    found = errors_brought(base, merged, changed, now, branch, sent)
    if not found:
        return
    mend = (
        N_(
            "Nothing was sent or changed. These lines of {branch} are to be mended there first, "
            "by whoever made it."
        )
        if revision
        else N_(
            "Nothing was sent or changed. Take your step back with weibao {noun} undo, then "
            "weibao sync, and record it as it fits now. Several steps may be told anew: "
            "git reset --soft {fork}, mend these lines of yours, git commit, and then weibao sync."
        )
    )
    theirs = clone.git.files_of(own, sorted({finding.place.path for finding in found}))
    raise Unsound(
        N_("Together with what others have recorded, these records would be wrong."),
        tuple(_at_its_line(finding, merged[0], theirs) for finding in found),
        mend=mend,
        exit_code=Exit.FINDINGS,
        branch=revision,
        noun=noun_of(kind_of(found[0].place.path) or "ticket"),
        fork=run_git(clone.root, "merge-base", landed, own).stdout.strip()[:12],
    )


def _at_its_line(
    finding: Finding, merged: Mapping[str, bytes], own: Mapping[str, bytes]
) -> Finding:
    """The finding, at the line of ``own`` that reads as its line does in the merged file."""
    place = finding.place
    lines, ours = (side.get(place.path, b"").split(b"\n") for side in (merged, own))
    if not 0 < place.line <= len(lines) or lines[place.line - 1] not in ours:
        return finding
    return replace(finding, place=replace(place, line=ours.index(lines[place.line - 1]) + 1))


def _wrong(clone: Clone, head: str, result: str, now: Instant) -> tuple[Finding, ...]:
    """What is wrong with that which ``result`` has brought here."""
    if head == result:
        return ()
    changed, before, after = _compared(clone, head, result)
    branch = read_beyond(clone.git, head, result)
    found = errors_brought(before, after, changed, now, branch, after[0])
    return (*found, *repeats_brought(after[0], changed))


def _compared(clone: Clone, before: str, after: str) -> tuple[Collection[str], Files, Files]:
    """The paths in which two commits differ, and of each commit the files to judge those by."""
    changed = differing(clone.root, clone.git, before, after).keys()
    days = {path.rpartition("/")[0] for path in changed if kind_of(path) == "ticket"}

    def wanted(path: str) -> bool:
        return is_judged_by(path, changed) or path.rpartition("/")[0] in days

    return changed, files_at(clone.git, before, wanted), files_at(clone.git, after, wanted)


def require_room(clone: Clone, head: str, result: str) -> None:
    """Refuse to write over files that are changed and not committed."""
    if head == result:
        return
    touched = differing(clone.root, clone.git, head, result)
    with one_writer(clone.git_dir):  # so that no step is between its file and its commit
        taken = [path for path in _changed(clone.root) if path in touched]
    if taken:
        raise Refusal(
            N_("Others have changed files that are changed here and not committed: {paths}"),
            mend=N_("Commit them or take the changes back (git restore FILE), then: weibao sync"),
            paths=tuple(taken[:8]),
        )


def _taken(clone: Clone, head: str, result: str) -> bool:
    """Move the branch here on to ``result``; False where a step was recorded in the meantime."""
    with one_writer(clone.git_dir):
        if head_commit(clone.root) != head:
            return False
        if head != result:
            done = run_git(clone.root, "merge", "--quiet", "--ff-only", result)
            if done.returncode != 0:
                raise Refusal(
                    N_("What others have recorded could not be written here: {said}"),
                    mend=N_("Nothing is lost. Mend what git names, then: weibao sync"),
                    said=done.stderr.strip() or done.stdout.strip(),
                )
    return True


def uncommitted_in(root: Path) -> tuple[str, ...]:
    """The files under ``records/`` that are changed here and not committed."""
    return tuple(path for path in _changed(root) if path.startswith("records/"))


def _changed(root: Path) -> tuple[str, ...]:
    """Files that are changed or new, staged or not, and not committed."""
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    rows = run_git(root, "--no-optional-locks", "status", *options).stdout.split("\0")
    return tuple(row[3:] for row in rows if row)


def reaches(root: Path, commit: str, target: str) -> bool:
    """Whether ``target`` is ``commit`` or behind it."""
    return run_git(root, "merge-base", "--is-ancestor", target, commit).returncode == 0


def _unsent(upstream: Upstream) -> Refusal:
    return Refusal(
        N_("The branch {branch} has commits that were never sent."),
        mend=N_("Send them first: weibao sync"),
        branch=upstream.branch,
    )
