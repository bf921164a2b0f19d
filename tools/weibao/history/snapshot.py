"""Reading a repository into a snapshot: one commit's files, with the whole history behind it.

Eight git processes, whatever the size, and two more where the forge keeps a log of what it saw
first. History that cannot be trusted to be whole is
refused rather than read (design, "Evidence").
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from weibao.history.git.failures import damaged
from weibao.history.git.reader import shown_path
from weibao.history.git.refs import SEEN_REF
from weibao.history.sights import NOTHING_SEEN
from weibao.language import N_
from weibao.model.handwritten import is_handwritten
from weibao.model.paths import ROOT, UNFINISHED, is_left_behind, may_be_filed, may_be_passed_over
from weibao.model.signers import is_key_file
from weibao.model.versions import keeps_log
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from weibao.history.commit import Change, Commit
    from weibao.history.git.reader import Git
    from weibao.history.growth.grown import Grown
    from weibao.history.history import Snapshot
    from weibao.history.sights import Sights

FOLDERS = ("records", "schemas", "checkpoints", "docs", "imports")
"""What is read of a repository; of ``docs`` the pages alone (:func:`_read`)."""

SUBMODULE = "160000"
ABSENT = "000000"
"""The mode by which git says that a file is not there."""
_LINK = "120000"


def read_snapshot(git: Git, revision: str = "HEAD", seen: str | None = None) -> Snapshot:
    """The files of the commit that ``revision`` names now, and all history that it rests on.

    ``seen`` names the log of what the forge saw first, by a ref or a commit; "" goes without one.
    Where it is not given, the log is that of ``refs/weibao/seen``, if there is one.

    Raises:
        Refusal: there is no such commit or log, or history is not whole: shallow, grafted,
            replaced, partial, damaged; or the log is none.
    """
    from weibao.history.growth.blobs import Files, kept
    from weibao.history.history import History, Snapshot

    refuse_unless_whole(git)
    commit = git.resolve(revision)
    commits = _commits(git, commit)
    changes, resolutions, pages = _changes(git, commits, commits)
    listed = tuple(listed_files(git, commit))
    named = {path: blob for mode, blob, path in listed if mode != SUBMODULE}
    before: dict[str, str | None] = {}
    for change in chain(changes, resolutions, pages):
        for blob in blobs_read(change):
            before.setdefault(blob, next(iter(change.before), None))
    for blob in named.values():
        before.setdefault(blob, None)
    blobs = kept(git.objects(before, "blob"), before)
    tip = git.find(SEEN_REF) if seen is None else _log(git, seen)
    return Snapshot(
        commit=commit,
        files=Files(blobs, named),
        modes={path: mode for mode, _, path in listed},
        history=History(
            head=commit,
            commits=commits,
            changes=changes,
            blobs=blobs,
            resolutions=resolutions,
            pages=pages,
            sights=sights_in(git, tip, commits) if tip else NOTHING_SEEN,
        ),
        seen_log=tip,
    )


def with_log(git: Git, snapshot: Snapshot, log: str) -> Snapshot:
    """The snapshot with what the log that the commit ``log`` holds says of its history."""
    history = replace(snapshot.history, sights=sights_in(git, log, snapshot.history.commits))
    return replace(snapshot, history=history, seen_log=log)


def no_log(ref: str) -> Refusal:
    """What is said where a contract names a log of what was seen first, and the clone has none."""
    return Refusal(
        N_(
            "The contract names a log of what was seen first, and this clone does not have it ({ref})."
        ),
        mend=N_("Bring it here: weibao seen fetch (--seen none goes without, and is not sound)"),
        ref=ref,
    )


def read_beyond(git: Git, base: str, revision: str = "HEAD") -> Grown:
    """What the commits behind ``revision`` that are not behind ``base`` change.

    Raises:
        Refusal: there is no such commit, or an object is missing or damaged.
    """
    from weibao.history.growth.grown import NOTHING, Grown

    own, (changed, resolved, _) = changes_beyond(git, git.resolve(base), git.resolve(revision))
    if not own:
        return NOTHING
    place = {commit: at for at, commit in enumerate(own)}
    changes = sorted((*changed, *resolved), key=lambda change: place[change.commit])
    wanted = {
        blob: None for change in changes if keeps_log(change.path) for blob in blobs_read(change)
    }
    return Grown(own, tuple(changes), dict(git.objects(wanted, "blob")))


def changes_beyond(
    git: Git, base: str, head: str
) -> tuple[Mapping[str, Commit], tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]]:
    """The commits behind ``head`` that are not behind ``base``, parents first, and their changes.

    Changes, resolutions and pages, as those of a history.

    Raises:
        Refusal: an object is missing or damaged.
    """
    from weibao.history.git.objects import read_commit

    ids = git.commits_beyond([head], [base]) if head != base else ()
    own = {commit: read_commit(commit, raw) for commit, raw in git.objects(ids, "commit")}
    around = {parent: None for commit in own.values() for parent in commit.parents}
    read = git.objects((parent for parent in around if parent not in own), "commit")
    return own, _changes(git, own, own | {commit: read_commit(commit, raw) for commit, raw in read})


def _log(git: Git, name: str) -> str:
    if not name:
        return ""
    if log := git.commit_of(name):
        return log
    raise Refusal(
        N_("There is no log “{ref}” here."),
        mend=N_(
            "weibao seen fetch brings that of the forge; --seen none (in mkdocs.yml: seen: '') goes without one."
        ),
        exit_code=Exit.USAGE,
        ref=name,
    )


def sights_in(git: Git, tip: str, commits: Mapping[str, Commit]) -> Sights:
    """What the log that the commit ``tip`` holds says of commits, parents before children."""
    from weibao.history.first_sight.reading import read_seen
    from weibao.history.first_sight.sighted import sights_of

    return sights_of(read_seen(git, tip).log, commits)


def everything(path: str) -> bool:  # noqa: ARG001 - every path is wanted
    """Whether a file is wanted, where all are."""
    return True


def files_at(
    git: Git, revision: str, wanted: Callable[[str], bool] = everything
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files and modes of one commit, without its history; raises as ``read_snapshot`` does.

    Files that are not ``wanted`` have a mode and are not read.
    """
    listed = tuple(listed_files(git, git.resolve(revision)))
    read = tuple(listing for listing in listed if listing[0] != SUBMODULE and wanted(listing[2]))
    blobs = dict(git.objects({blob: None for _, blob, _ in read}, "blob"))
    files = {path: blobs[blob] for _, blob, path in read}
    return files, {path: mode for mode, _, path in listed}


def top_of(git: Git) -> Path:
    """The top of the working tree; refused where the repository is bare."""
    if git.top is None:
        raise Refusal(
            N_("{path} is a bare repository: there is no working tree to check."),
            mend=N_("Clone it and check the clone."),
            path=str(git.root),
        )
    return git.top


def working_files(
    git: Git, wanted: Callable[[str], bool] = everything
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files and modes under :data:`FOLDERS` as they lie on disk, sorted by path.

    What git does not keep and nobody meant to be a record is passed over (:func:`_passed_over`).
    Files that are not ``wanted`` have a mode and are not read. A symbolic link is told by its mode and what it names, and never followed.

    Raises:
        Refusal: the repository is bare.
    """
    top = top_of(git)
    files: dict[str, bytes] = {}
    modes: dict[str, str] = {}
    listed = sorted(
        listing
        for folder in FOLDERS
        for listing in _on_disk(top / folder, folder)
        if _read(listing[0])
    )
    passed_over = _passed_over(git, frozenset(path for path, _, _ in listed))
    for path, mode, file in listed:
        if path in passed_over:
            continue
        modes[path] = mode
        if wanted(path):
            there = Path(file)
            files[path] = os.fsencode(there.readlink()) if mode == _LINK else there.read_bytes()
    return files, modes


def _passed_over(git: Git, there: frozenset[str]) -> frozenset[str]:
    """Of what is no record what git ignores, and what a system or an editor has left and git does not keep.

    Git is asked only where there is such a thing.
    """
    strays = {path for path in there if path.startswith(ROOT) and not may_be_filed(path)}
    if not strays:
        return frozenset()
    ignored = _untracked(git, "--ignored", "--exclude-standard")
    left = {path for path in strays & _untracked(git) if is_left_behind(path, there)}
    return frozenset(filter(may_be_passed_over, strays & ignored)) | left


def _untracked(git: Git, *options: str) -> frozenset[str]:
    listed = git.run("ls-files", "-z", "--others", *options, "--", ROOT).split(b"\0")
    return frozenset(map(shown_path, listed))


def no_records(path: object) -> Refusal:
    """What is said of a folder, or of a commit, that has no ``records`` folder."""
    return Refusal(
        N_("{path} is no Weibao repository: it has no records/ folder."),
        mend=N_("Go to the repository, or name it: weibao -C DIR …"),
        path=path,
    )


def files_changed(
    git: Git, before: Commit, after: Commit
) -> Iterator[tuple[str, str | None, str | None]]:
    """Path, mode and blob of every file that is read and is otherwise in ``after`` than in ``before``; None and None of one that is no more.

    Raises:
        Refusal: a tree is missing or damaged.
    """
    if before.tree == after.tree:
        return
    for _, rows in git.differences([(before.tree, after.tree)], *FOLDERS):
        for facts, raw in zip(rows[::2], rows[1::2], strict=True):
            _, mode, _, blob, _ = facts[1:].decode().split(" ")
            if _read(path := shown_path(raw)):
                gone = mode == ABSENT
                yield path, None if gone else mode, None if gone else blob


def listed_files(git: Git, commit: str) -> Iterator[tuple[str, str, str]]:
    """Mode, blob and path of every file of the commit that is read."""
    return (listing for listing in git.tree(commit, *FOLDERS) if _read(listing[2]))


def _read(path: str) -> bool:
    return not path.startswith("docs/") or is_handwritten(path)


def _on_disk(path: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """The path in the repository, the mode and the place of every file under a folder."""
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(kind):
        yield from _in_folder(str(path), name)
    elif mode := _mode(path.name, kind):
        yield name, mode, str(path)


def _in_folder(folder: str, name: str) -> Iterator[tuple[str, str, str]]:
    """The same of what is in a folder, which is not a link.

    Of ten thousand files mostly the names are wanted: none is made a ``Path`` of.
    """
    waiting = [(folder, name)]
    while waiting:
        folder, name = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                shown = entry.name if entry.name.isascii() else shown_path(os.fsencode(entry.name))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{name}/{shown}"))
                elif mode := _mode(entry.name, entry.stat(follow_symlinks=False).st_mode):
                    yield f"{name}/{shown}", mode, entry.path


def _mode(name: str, kind: int) -> str:
    """The mode as git has it; "" for what is no file of the repository."""
    if stat.S_ISLNK(kind):
        return _LINK
    if not stat.S_ISREG(kind) or name.startswith(UNFINISHED):
        return ""
    return "100755" if os.name != "nt" and kind & stat.S_IXUSR else "100644"


def refuse_unless_whole(git: Git) -> None:
    """Refuse a clone that lacks history, or whose history is not what its commits say."""
    common = git.common
    if _filled(common / "shallow"):
        raise Refusal(
            N_(
                "This clone is shallow: the history behind it was left out, so nothing can be dated "
                "(in CI: check out with fetch-depth: 0)."
            ),
            mend="git fetch --unshallow",
        )
    if _filled(common / "info" / "grafts"):
        raise Refusal(
            N_("This clone has grafts: its history is not what its commits say."),
            mend=N_("Remove the file {path}, or make a fresh clone."),
            path=str(common / "info" / "grafts"),
        )
    if any((common / "objects" / "pack").glob("*.promisor")):
        raise Refusal(
            N_("This clone is partial: objects were left out, to be fetched when they are missed."),
            mend=N_("Make a full clone: git clone URL (without --filter)"),
        )
    for line in _alternates(common / "objects"):
        if not (common / "objects" / line).is_dir():
            raise Refusal(
                N_("This clone borrows objects from {path}, which is not there."),
                mend=N_("Bring that folder back, or make a fresh clone without --shared."),
                path=line,
            )
    if git.replaced:
        raise Refusal(
            N_("This clone replaces objects by others, so that git shows another history."),
            mend=N_("git replace --list shows them; git replace --delete OBJECT removes one."),
        )


def _filled(path: Path) -> bool:
    try:
        return bool(path.read_bytes().strip())
    except FileNotFoundError:
        return False


def _alternates(objects: Path) -> Iterator[str]:
    path = objects / "info" / "alternates"
    lines = os.fsdecode(path.read_bytes()).splitlines() if path.is_file() else []
    yield from (line for line in lines if line and not line.startswith("#"))


def _commits(git: Git, head: str) -> dict[str, Commit]:
    """All commits behind ``head``, parents first."""
    from weibao.history.git.objects import read_commit

    commits: dict[str, Commit] = {}
    for commit_id, raw in git.objects(git.commit_ids(head), "commit"):
        commits[commit_id] = commit = read_commit(commit_id, raw, commits)
        for parent in commit.parents:
            if parent not in commits:
                raise damaged(parent)
    return commits


def _changes(
    git: Git, commits: Mapping[str, Commit], known: Mapping[str, Commit]
) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]:
    """Files that differ from every parent; for merges, from some of them only; and both, of what lies in ``docs``.

    ``known`` has the parents of the ``commits``, too.
    """
    from weibao.history.commit import Change

    wanted = (
        (tree, commit.tree)
        for commit in commits.values()
        for tree in _parent_trees(git, commit, known)
        if tree != commit.tree
    )
    differing = git.differences(wanted, "records", "checkpoints", "docs", "imports")
    rows = _DifferenceRows()
    changes: list[Change] = []
    resolutions: list[Change] = []
    pages: list[Change] = []
    for commit in commits.values():
        sides = [
            {} if tree == commit.tree else rows.read(next(differing)[1])
            for tree in _parent_trees(git, commit, known)
        ]
        for path in sorted({path for side in sides for path in side}):
            after = next(side[path][1] for side in sides if path in side)
            befores = tuple(side[path][0] if path in side else after for side in sides)
            one = Change(commit.id, path, befores if commit.parents else (), after)
            everywhere = changes if all(path in side for side in sides) else resolutions
            (pages if path.startswith("docs/") else everywhere).append(one)
    next(differing, None)  # there is none: what git complained of is told at its end
    return tuple(changes), tuple(resolutions), tuple(pages)


def _parent_trees(git: Git, commit: Commit, commits: Mapping[str, Commit]) -> Sequence[str]:
    return [commits[parent].tree for parent in commit.parents] or [git.empty_tree]


class _DifferenceRows:
    """Reads what git tells of differences: each path, and each blob that mostly follows the last of its file, is held once."""

    def __init__(self) -> None:
        self._paths: dict[bytes, str] = {}
        self._last: dict[str, str] = {}

    def read(self, raw: tuple[bytes, ...]) -> dict[str, tuple[str | None, str | None]]:
        """By path, the blob before and after; a submodule has none, and a change of mode is none."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for facts, name in zip(raw[::2], raw[1::2], strict=True):
            old_mode, new_mode, old, new, _ = facts[1:].decode().split(" ")
            if old != new:
                path = self._paths.get(name) or self._paths.setdefault(name, shown_path(name))
                last = self._last.get(path)
                self._last[path] = new
                before = last if last == old else old
                found[path] = (_blob(old_mode, before), _blob(new_mode, new))
        return found


def _blob(mode: str, object_id: str) -> str | None:
    return None if mode in {ABSENT, SUBMODULE} else object_id


def blobs_read(change: Change) -> Iterator[str]:
    """The blobs of a change whose bytes a history has."""
    path = change.path
    if path.endswith((".yaml", ".csv")) or is_key_file(path) or is_handwritten(path):
        yield from (blob for blob in (*change.before, change.after) if blob is not None)


def official_line(git: Git, main: str) -> frozenset[str]:
    """The commits on the first-parent line of the branch ``main``, here or as it was last fetched."""
    line: set[str] = set()
    for branch in (f"refs/heads/{main}", f"refs/remotes/origin/{main}"):
        listed = git.run("for-each-ref", "--format=%(objectname)", branch).decode().split()
        if listed:
            line |= set(git.run("rev-list", "--first-parent", listed[0], "--").decode().split())
    return frozenset(line)
