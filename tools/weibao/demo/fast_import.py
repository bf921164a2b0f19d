"""The example's history, written by ``git fast-import``: one process, one stream, a few seconds.

Elsewhere git is read by :mod:`weibao.history.git.reader` and written by :mod:`weibao.workspace.recording.commit`, which
makes one commit as the user. A year of other people's commits at other times is what git's own
importer is for. Nobody's settings apply here, so that the same year has the same commit ids.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.sealing import packed, sealed
from weibao.history.git.failures import no_git
from weibao.language import N_
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from weibao.history.commit import Identity
    from weibao.model.instant import Instant

MAIN = "refs/heads/main"


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made.

    Attributes:
        author: who made it, as author and as committer.
        time: when.
        message: the whole message.
        parents: places of earlier ones in the list, the first parent first.
        files: what it changes against its first parent, by path.
    """

    author: Identity
    time: Instant
    message: str
    parents: tuple[int, ...]
    files: Mapping[str, bytes]


def write_repository(
    directory: Path,
    commits: Sequence[NewCommit],
    settings: Mapping[str, str],
    keys: Mapping[str, Callable[[bytes], bytes]],
) -> list[str]:
    """Make a repository of the commits, the last of which is ``main``, and check it out.

    Returns the ids of the commits. ``settings`` go into the repository's own configuration; ``keys``
    sign, by address, what their holders commit.

    Raises:
        Refusal: the directory exists and is not empty, cannot be written, or git is missing or
            refuses. What was made until then is gone again.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refusal(
            N_("{directory} exists and is not empty: nothing was written."),
            mend=N_("Name a folder that does not exist yet."),
            exit_code=Exit.USAGE,
            directory=directory,
        )
    existed = directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            N_("{directory} cannot be made: {reason}"),
            mend=N_("Name a folder in a place where you may write."),
            directory=directory,
            reason=error,
        ) from None
    try:
        _git(directory, "init", "--quiet", "--template=", "--object-format=sha1")
        _git(directory, "symbolic-ref", "HEAD", MAIN)
        for name, value in settings.items():
            _git(directory, "config", name, value)
        ids = write_further(directory, commits, keys)
    except Refusal:
        _clear(directory, existed=existed)
        raise
    return ids


def write_further(
    directory: Path,
    commits: Sequence[NewCommit],
    keys: Mapping[str, Callable[[bytes], bytes]],
) -> list[str]:
    """Write a repository's commits on: its own first, as they are, then others; and check the last out.

    ``keys`` are those that its own were signed with.

    Raises:
        Refusal: git refuses.
    """
    ids = write_commits(directory, MAIN, commits)
    if keys:
        ids = _signed(directory, ids, keys)
    _git(directory, "reset", "--quiet", "--hard", MAIN)
    return ids


def write_commits(directory: Path, ref: str, commits: Sequence[NewCommit]) -> list[str]:
    """Write the commits into a repository, the last of which is ``ref``; returns their ids.

    Raises:
        Refusal: git refuses.
    """
    stream = b"".join(
        part for place, commit in enumerate(commits) for part in _commit(place, commit, ref)
    )
    # Whoever reads the stream answers on the same standard output, mark by mark.
    stream += b"".join(b"get-mark :%d\n" % place for place in range(1, len(commits) + 1))
    # By force, as the branch's commits are signed after this, and are not yet when it is written on.
    told = _git(directory, "fast-import", "--force", "--quiet", "--date-format=raw", stream=stream)
    return told.decode("ascii").split()


def _signed(
    directory: Path, ids: Sequence[str], keys: Mapping[str, Callable[[bytes], bytes]]
) -> list[str]:
    """Sign commits of the main branch in its history's place; returns the ids as they are then."""
    asked = "".join(f"{commit}\n" for commit in ids).encode()
    listed = _git(directory, "cat-file", "--batch", stream=asked)
    raws: list[tuple[str, bytes]] = []
    at = 0
    for commit in ids:
        head, at = listed[at : listed.index(b"\n", at)], listed.index(b"\n", at) + 1
        size = int(head.split()[2])
        raws.append((commit, listed[at : at + size]))
        at += size + 1
    made = sealed(raws, keys)
    _git(directory, "index-pack", "--stdin", stream=packed(raw for _, raw in made))
    _git(directory, "update-ref", MAIN, made[-1][0])
    return [commit for commit, _ in made]


def _commit(place: int, commit: NewCommit, ref: str) -> Iterator[bytes]:
    """One commit of the stream; its mark is its place, counted from 1.

    All are made on ``ref`` from an explicit parent: those of a branch leave no name behind, as
    after a merge on a forge.
    """
    who = f"{commit.author.name} <{commit.author.email}> {commit.time} +0800"
    yield f"commit {ref}\nmark :{place + 1}\nauthor {who}\ncommitter {who}\n".encode()
    yield from _data(commit.message.encode())
    for number, parent in enumerate(commit.parents):
        yield f"{'merge' if number else 'from'} :{parent + 1}\n".encode()
    for path, content in sorted(commit.files.items()):
        yield f"M 100644 inline {path}\n".encode()
        yield from _data(content)
    yield b"\n"


def _data(content: bytes) -> Iterator[bytes]:
    yield f"data {len(content)}\n".encode()
    yield content
    yield b"\n"


def _clear(directory: Path, *, existed: bool) -> None:
    """Take away what was made in a folder that was empty."""
    shutil.rmtree(directory, ignore_errors=True)
    if existed:
        directory.mkdir(exist_ok=True)


def _git(directory: Path, *arguments: str, stream: bytes = b"") -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nobody = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(directory), "-c", "core.autocrlf=false", *arguments],
            env=kept | nobody,
            input=stream,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise no_git() from None
    if done.returncode:
        raise Refusal(
            N_("Git did not make the example: {said}"),
            mend=N_("Nothing was left behind. Mend what git names, then try again."),
            said=done.stderr.decode("utf-8", "replace").strip(),
        )
    return done.stdout
