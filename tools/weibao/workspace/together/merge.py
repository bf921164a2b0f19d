"""A merge made as a commit that nothing points to yet: no file of the work tree is touched by it.

Its first parent is what has landed, so that joining late changes nothing about when others' entries
landed (design, "Evidence"); logs are joined by their lines, all else by git's own three-way merge.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from weibao.history.growth.union import HeadersDiffer, joined
from weibao.language import N_
from weibao.model.versions import is_record, keeps_log
from weibao.refusal import Refusal
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.history.git.reader import Git

_ANCESTOR, _LANDED, _OWN = 1, 2, 3
_AT_ONCE = 200
"""How many files one command line names, within every system's limit."""


@dataclass(frozen=True, slots=True)
class _Unmerged:
    """A file that both sides have changed: mode and blob by git's number of the side."""

    path: str
    sides: Mapping[int, tuple[str, str]]


def merge_commit(root: Path, git: Git, landed: str, own: str, message: str) -> str:
    """The id of a new commit that joins ``own`` to ``landed``; refs and files stay as they are.

    Raises:
        Refusal: the two have no history in common, or a person must settle what both have changed.
    """
    ancestors = _said(root, "merge-base", "--all", landed, own).split()
    if not ancestors:
        raise Refusal(
            N_("The branch here and the one of the remote have no history in common."),
            mend=N_("Make a fresh clone, and record there what is only here."),
        )
    with TemporaryDirectory(prefix="weibao-merge-") as work:
        index = {"GIT_INDEX_FILE": str(Path(work) / "index")}
        sides = (*ancestors, landed, own)
        _said(root, "read-tree", "-i", "-m", "--aggressive", *sides, environment=index)
        settled = _settled(root, git, _unmerged(root, index), Path(work), ancestors[0])
        for start in range(0, len(settled), _AT_ONCE):
            rows = [part for chunk in settled[start : start + _AT_ONCE] for part in chunk]
            _said(root, "update-index", "--add", *rows, environment=index)
        tree = _said(root, "write-tree", environment=index)
    signing = run_git(root, "config", "--type=bool", "commit.gpgSign").stdout.strip() == "true"
    options = ["-S"] if signing else []
    return _said(root, "commit-tree", *options, "-m", message, *("-p", landed), *("-p", own), tree)


def _unmerged(root: Path, index: Mapping[str, str]) -> tuple[_Unmerged, ...]:
    found: dict[str, dict[int, tuple[str, str]]] = {}
    listed = run_git(root, "ls-files", "--unmerged", "-z", environment=index).stdout
    for row in filter(None, listed.split("\0")):
        facts, _, path = row.partition("\t")
        mode, blob, side = facts.split(" ")
        found.setdefault(path, {})[int(side)] = (mode, blob)
    return tuple(_Unmerged(path, sides) for path, sides in found.items())


def _settled(
    root: Path, git: Git, unmerged: Sequence[_Unmerged], work: Path, fork: str
) -> list[tuple[str, str]]:
    """The rows that put one version of each file into the index; ``fork`` is where both sides part."""
    ids = {
        blob: None for chunk in unmerged for mode, blob in chunk.sides.values() if mode != "160000"
    }
    blobs = dict(git.objects(ids, "blob"))
    files: list[tuple[_Unmerged, Path]] = []
    conflicts: list[_Unmerged] = []
    for number, chunk in enumerate(unmerged):
        content = _content(root, chunk, blobs, work)
        if content is None:
            conflicts.append(chunk)
        else:
            file = work / f"settled-{number}"
            file.write_bytes(content)
            files.append((chunk, file))
    if conflicts:
        raise _conflict(conflicts, fork)
    return [
        ("--cacheinfo", f"{_mode(chunk)},{blob},{chunk.path}")
        for (chunk, _), blob in zip(files, _stored(root, [file for _, file in files]), strict=True)
    ]


def _stored(root: Path, files: Sequence[Path]) -> Iterator[str]:
    """The blobs that now hold what is in ``files``."""
    for start in range(0, len(files), _AT_ONCE):
        names = map(str, files[start : start + _AT_ONCE])
        yield from _said(root, "hash-object", "-w", "--no-filters", "--", *names).split()


def _content(
    root: Path, unmerged: _Unmerged, blobs: Mapping[str, bytes], work: Path
) -> bytes | None:
    """What the file holds after the merge; None where a person must say."""
    sides = {side: blobs.get(blob) for side, (_, blob) in unmerged.sides.items()}
    landed, own = sides.get(_LANDED), sides.get(_OWN)
    if landed is None or own is None:  # changed here and deleted there, or a submodule
        return None
    if keeps_log(unmerged.path):
        try:
            return joined(sides.get(_ANCESTOR), landed, own)
        except HeadersDiffer:
            return None
    names = []
    for name, content in (("landed", landed), ("ancestor", sides.get(_ANCESTOR)), ("own", own)):
        (work / name).write_bytes(content or b"")
        names.append(str(work / name))
    done = run_git(root, "merge-file", "--quiet", *names)
    return (work / "landed").read_bytes() if done.returncode == 0 else None


def _mode(unmerged: _Unmerged) -> str:
    """The mode that one side has changed, else the one that both have."""
    landed, own = unmerged.sides[_LANDED][0], unmerged.sides[_OWN][0]
    before = unmerged.sides[_ANCESTOR][0] if _ANCESTOR in unmerged.sides else own
    return own if landed == before else landed


def _conflict(conflicts: Sequence[_Unmerged], fork: str) -> Refusal:
    paths = tuple(conflict.path for conflict in conflicts)
    if any(is_record(conflict.path) and _ANCESTOR not in conflict.sides for conflict in conflicts):
        return Refusal(
            N_("Two different records have been filed as the same: {paths}"),
            mend=N_(
                "The one here has not been sent, so it can be made anew: git reset --soft {fork}, give it "
                "another id, in its header and in its file name, git commit, and try again."
            ),
            paths=paths,
            fork=fork[:12],
        )
    return Refusal(
        N_(
            "Both sides have changed the same lines, so a person must say what holds; nothing was "
            "merged: {paths}"
        ),
        mend=N_(
            "git merge @{{upstream}}, settle these files, git commit, and then weibao sync. A header "
            "of a ticket never changes: take the remote's, and record an amendment."
        ),
        paths=paths,
    )


def _said(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    done = run_git(root, *arguments, environment=environment)
    if done.returncode != 0 and (done.stderr.strip() or arguments[0] != "merge-base"):
        raise Refusal(
            N_("Git could not merge: {said}"),
            mend=N_("Nothing was changed. Mend what git names, then try again."),
            said=done.stderr.strip() or arguments[0],
        )
    return done.stdout.strip()
