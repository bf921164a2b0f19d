"""The judgement of ``weibao check``: of everything, of what was named, or of what was just saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from weibao.history.growth.grown import NOTHING, Grown
from weibao.history.snapshot import (
    files_at,
    no_records,
    read_beyond,
    refuse_unless_whole,
    working_files,
)
from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.rules.causes import by_cause
from weibao.rules.check import check_files, is_needed
from weibao.rules.full_width import with_half_width

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from weibao.cli.framework.session import Session
    from weibao.history.git.reader import Git
    from weibao.history.landed import Landed
    from weibao.model.finding import Finding
    from weibao.model.references import Reference

_EVERYTHING = "."
"""The repository's name for its own top."""


class JudgedFiles(Protocol):
    """Which files are to be judged."""

    def needs(self, path: str) -> bool:
        """Whether a file must be read for them to be judged."""

    def among(self, there: Collection[str]) -> Collection[str] | None:
        """Their names, given those of all files that are there; None is all of them.

        Raises:
            Refusal: there is nothing of that name.
        """


def judged(session: Session, asked: JudgedFiles, base: str, at: str = "") -> tuple[Finding, ...]:
    """The findings R, X and L in the working tree, and in the commits since the revision ``base``.

    With ``at`` they are those of that commit, of which nothing is checked out.

    Raises:
        Refusal: the repository cannot be read or trusted, or what is asked for is not there.
    """
    git = session.git
    files, modes = files_at(git, at, asked.needs) if at else working_files(git, asked.needs)
    if not any(path.startswith("records/") for path in modes):
        raise no_records(session.directory.absolute())
    session.speak_of(files)
    refuse_unless_whole(git)
    only = asked.among(modes)

    @cache
    def landed() -> Landed:
        from weibao.history.landed import Landed

        return Landed(git, base, only)

    def stood(reference: Reference) -> bool:
        return landed().stood(reference)

    def found(
        against: tuple[str, Mapping[str, bytes]] | None, branch: Grown
    ) -> tuple[Finding, ...]:
        told = check_files(
            files, modes, session.now, base=against, branch=branch, only=only, stood=stood
        )
        causes = by_cause(told, files, {} if against is None or at else against[1])
        return tuple(with_half_width(causes, files))

    if at:
        return found((at, files), read_beyond(git, base, at))
    held_against, branch = None, NOTHING
    try:
        held_against = "HEAD", _committed(git, modes, only)
        if base != "HEAD":
            branch = read_beyond(git, base)
    except Refusal:
        if base != "HEAD" or not git.unborn:
            raise
    return found(held_against, branch)


def _committed(
    git: Git, there: Collection[str], only: Collection[str] | None
) -> Mapping[str, bytes]:
    """What the files that were asked for, or all, held in the last commit."""
    if only is not None:
        before = git.files_of("HEAD", sorted(only))
        if before.keys() == only:
            return before
    # What is gone from here may be what a file of another name was made of.
    before, _ = files_at(
        git, "HEAD", lambda path: only is None or path in only or path not in there
    )
    return before


class Named:
    """The files and folders that the command was given, as the repository names them."""

    def __init__(self, session: Session, paths: tuple[Path, ...]) -> None:
        """``paths`` are files or folders, from where the command was given; none are everything."""
        self._names = {path: _name(session, path) for path in paths}
        self._chosen = frozenset(self._names.values())
        self._folders = tuple(f"{name}/" for name in self._chosen)

    @property
    def some(self) -> bool:
        """Whether any were given."""
        return bool(self._names)

    def needs(self, path: str) -> bool:
        """Whether it is one of them, or what one refers to."""
        return self.holds(path) or is_needed(path, self._chosen)

    def among(self, there: Collection[str]) -> Collection[str] | None:
        """Those that are there; a name of none is refused."""
        for path, name in self._names.items():
            if not any(path == name or path.startswith(f"{name}/") for path in there) and (
                name != _EVERYTHING
            ):
                raise UsageRefusal(
                    N_("“{path}” is no record of this repository."),
                    mend=N_("Name a file or a folder under records/."),
                    path=path,
                )
        return {path for path in there if self.holds(path)} if self._names else None

    def holds(self, path: str) -> bool:
        """Whether a file is one of them, or lies in one."""
        return (
            not self._names
            or path in self._chosen
            or path.startswith(self._folders)
            or _EVERYTHING in self._chosen
        )


@dataclass(frozen=True)
class Saved:
    """Files that were saved, by the repository's names; one that is gone was deleted."""

    names: frozenset[str]

    def needs(self, path: str) -> bool:
        """Whether it is one of them, or what one refers to."""
        return is_needed(path, self.names)

    def among(self, there: Collection[str]) -> Collection[str]:  # noqa: ARG002 - gone ones too
        """All of them: that one is gone may be what is wrong."""
        return self.names


def _name(session: Session, path: Path) -> str:
    """The repository's name for a path; "" is of nothing in it."""
    absolute = (session.directory / path).absolute()
    plain = absolute.parent.resolve() / absolute.name  # what is a link itself is judged as one
    top = session.git.top
    try:
        return plain.relative_to(top.resolve() if top else plain).as_posix()
    except ValueError:
        return ""
