"""Where refs are seen and where the log of it is kept: a remote, this clone, by git's own commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from weibao.history.git.refs import SEEN_REF
from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.together.remote import Push, push_commit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

REFS = ("refs/heads/*", "refs/tags/*", "refs/pull/*/head", "refs/merge-requests/*/head")
"""Where forges keep what they were sent: branches, tags, and the heads of pull requests, forks' too."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote, by its name or address, and what git's environment needs for it to let git in."""

    root: Path
    name: str
    access: Mapping[str, str] = field(default_factory=dict)

    def refs(self, patterns: Sequence[str]) -> dict[str, str]:
        """Full ref name → commit of every ref there that a pattern matches, sorted by name.

        Raises:
            Refusal: it could not be reached.
        """
        done = run_git(self.root, "ls-remote", "--", self.name, *patterns, environment=self.access)
        if done.returncode != 0:
            raise self._unreached(done.stderr)
        rows = (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
        # An annotated tag is told twice; the second time, as NAME^{}, by the commit that it names.
        found = {name.removesuffix("^{}"): commit for commit, name in rows}
        return dict(sorted(found.items()))

    def bring(self, refs: Sequence[str]) -> None:
        """Fetch what these refs name, without keeping a ref for it here.

        Raises:
            Refusal: it could not be reached, or one of them is gone by now.
        """
        if not refs:  # git would fetch what it fetches by itself
            return
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--stdin", "--", self.name)
        given = "".join(f"{ref}\n" for ref in refs).encode()
        done = run_git(self.root, "fetch", *options, environment=self.access, given=given)
        if done.returncode != 0:
            raise self._unreached(done.stderr)

    def _unreached(self, said: str) -> Refusal:
        return Refusal(
            N_("{remote} could not be read, so the log is as it was: {said}"),
            mend=N_("Nothing is lost: the next run records or fetches what this one would have."),
            remote=self.name,
            said=said.strip(),
        )


class LogPlace(Protocol):
    """Where the log is kept."""

    def tip(self) -> str:
        """The last commit of the log, with its objects here; "" where there is no log yet."""

    def move(self, before: str, after: str) -> bool:
        """Move the log on from ``before`` to ``after``; False where another run was faster."""


@dataclass(frozen=True, slots=True)
class Here:
    """The log is this clone's own."""

    root: Path

    def tip(self) -> str:
        """See ``Place``."""
        return run_git(self.root, "rev-parse", "--quiet", "--verify", SEEN_REF).stdout.strip()

    def move(self, before: str, after: str) -> bool:
        """See ``Place``; raises ``Refusal`` where git cannot write."""
        done = run_git(self.root, "update-ref", SEEN_REF, after, before)
        if done.returncode != 0 and self.tip() == before:
            raise not_kept(done.stderr)
        return done.returncode == 0


@dataclass(frozen=True, slots=True)
class There:
    """The log is the remote's, for everybody to fetch."""

    remote: Remote

    def tip(self) -> str:
        """See ``Place``."""
        found = self.remote.refs([SEEN_REF]).get(SEEN_REF, "")
        if found:
            self.remote.bring([SEEN_REF])
        return found

    def move(self, before: str, after: str) -> bool:  # noqa: ARG002 - a push says it by its parent
        """See ``Place``; raises ``Refusal`` where the remote refuses it."""
        remote = self.remote
        became, said = push_commit(remote.root, remote.name, after, SEEN_REF, remote.access)
        if became in {Push.REFUSED, Push.UNREACHED}:
            raise not_kept(said)
        return became is Push.TAKEN


def not_kept(said: str) -> Refusal:
    """Git could not write what belongs to the log."""
    return Refusal(
        N_("The log of what was seen first could not be written: {said}"),
        mend=N_(
            "Nothing is lost: the next run records what this one would have. A workflow needs the "
            "permission contents: write."
        ),
        said=said.strip(),
    )
