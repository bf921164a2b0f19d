"""What a branch would be once it is merged: a merge that nobody has made yet, as a value.

An entry that waits on a branch has no landing, and its evidence cannot be told before it has one. So
a proposed change is judged as if its merge were made at one instant: entries that waited longer than
the contract allows are then dated by that landing, as they will be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.commit import Change, Commit
from weibao.history.git.objects import blob_id
from weibao.history.growth.union import HeadersDiffer, joined
from weibao.history.history import History, Snapshot
from weibao.history.sights import joint
from weibao.language import N_
from weibao.model.versions import divided, keeps_log
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.instant import Instant


def as_merged(
    base: Snapshot, head: Snapshot, ancestor: Mapping[str, bytes], at: Instant
) -> Snapshot:
    """The snapshot of ``head`` merged into ``base`` at an instant, or as soon after as it can be.

    ``ancestor`` has the files of the commit that the two have in common. Logs are merged by union,
    as ``weibao sync`` merges them. Its ``commit`` is that of ``head``.

    Raises:
        Refusal: both have changed a file so that no merge can be made without a person.
    """
    if head.commit in base.history.commits:
        return base
    files = _merged(base.files, head.files, ancestor)
    modes = {**base.modes, **head.modes}
    kept = {path: mode for path, mode in modes.items() if path in files or path in head.modes}
    return Snapshot(head.commit, files, kept, _merge(base, head, files, at), base.seen_log)


def shared_commit(base: History, head: History) -> str | None:
    """A latest commit that two histories have in common; None where they have none."""
    return next(
        (commit for commit in reversed(tuple(head.commits)) if commit in base.commits), None
    )


def is_proposed(snapshot: Snapshot) -> bool:
    """Whether the snapshot is that of a merge that nobody has made yet."""
    return snapshot.history.head == _unmade(snapshot.commit)


def proposed_range(commit: Commit) -> str:
    """What ``git diff`` is asked to show what the merge would bring; "" for a commit that is made."""
    if commit.id != _unmade(commit.id):
        return ""
    return "...".join(commit.parents)


def _unmade(commit: str) -> str:
    """The id of the merge: as git writes "no commit", as long as the repository's other ids."""
    return "0" * len(commit)


def _merge(base: Snapshot, head: Snapshot, files: Mapping[str, bytes], at: Instant) -> History:
    commits = {**base.history.commits, **head.history.commits}
    tips = (commits[base.commit], commits[head.commit])
    own = replace(
        tips[1],
        id=_unmade(head.commit),
        parents=(base.commit, head.commit),
        author_time=at,
        commit_time=max(at, *base.history.time.values(), *head.history.time.values()),
        subject="",
    )
    commits[own.id] = own
    changes, resolutions, pages, blobs = _changes(own, base, head, files)
    new = head.history.commits.keys() - base.history.commits.keys()
    return History(
        head=own.id,
        commits=commits,
        changes=(
            *base.history.changes,
            *(change for change in head.history.changes if change.commit in new),
            *changes,
        ),
        blobs={**base.history.blobs, **head.history.blobs, **blobs},
        resolutions=(
            *base.history.resolutions,
            *(resolution for resolution in head.history.resolutions if resolution.commit in new),
            *resolutions,
        ),
        pages=(
            *base.history.pages,
            *(page for page in head.history.pages if page.commit in new),
            *pages,
        ),
        sights=joint(base.history.sights, head.history.sights),
    )


def _changes(
    merge: Commit, base: Snapshot, head: Snapshot, files: Mapping[str, bytes]
) -> tuple[list[Change], list[Change], list[Change], dict[str, bytes]]:
    """What the merge holds otherwise than both sides, and than one; both, of the pages; and the blobs of these."""
    changes: list[Change] = []
    resolutions: list[Change] = []
    pages: list[Change] = []
    blobs: dict[str, bytes] = {}

    def blob(data: bytes | None) -> str | None:
        if data is None:
            return None
        name = blob_id(data, len(merge.id))
        blobs[name] = data
        return name

    paths = base.files.keys() | head.files.keys()
    folders = ("records/", "checkpoints/", "docs/")
    for path in sorted(path for path in paths if path.startswith(folders)):
        sides = (base.files.get(path), head.files.get(path))
        after = files.get(path)
        if sides != (after, after):
            one = Change(merge.id, path, (blob(sides[0]), blob(sides[1])), blob(after))
            elsewhere = resolutions if after in sides else changes
            (pages if path.startswith("docs/") else elsewhere).append(one)
    return changes, resolutions, pages, blobs


def _merged(
    base: Mapping[str, bytes], head: Mapping[str, bytes], ancestor: Mapping[str, bytes]
) -> dict[str, bytes]:
    merged: dict[str, bytes] = {}
    for path in sorted(base.keys() | head.keys()):
        ours, theirs, before = base.get(path), head.get(path), ancestor.get(path)
        found = theirs if ours in (before, theirs) else ours
        if theirs not in (before, ours) and ours not in (before, theirs):
            found = _union(path, ours, theirs, before)
        if found is not None:
            merged[path] = found
    return merged


def _union(path: str, ours: bytes | None, theirs: bytes | None, before: bytes | None) -> bytes:
    """A log to which both sides have added lines."""
    if ours is None or theirs is None or not keeps_log(path):
        raise _conflict(path)
    try:
        merged = joined(before, ours, theirs)
    except HeadersDiffer:
        raise _conflict(path) from None
    # Git's own merge lets go of what the branch let go of: a proposal is judged by that.
    dropped = {*divided(before or b"").lines} - {*divided(theirs).lines}
    return b"".join(line for line in merged.splitlines(keepends=True) if line[:-1] not in dropped)


def _conflict(path: str) -> Refusal:
    return Refusal(
        N_("Both sides have changed {path}, so that it cannot be merged without a person."),
        mend=N_("Merge the base into the branch, settle that file, and look again."),
        exit_code=Exit.FINDINGS,
        path=path,
    )
