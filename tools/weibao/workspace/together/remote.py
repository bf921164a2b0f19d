"""The remote branch that belongs to the branch at hand: brought here, and moved on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAFE = N_(
    "What is committed here is safe. When the remote can be reached (git remote -v shows its "
    "address): weibao sync"
)


PROPOSAL = "propose/"
"""How the branches begin that are made for a request."""

_OVERTAKEN = re.compile(r"\[rejected\]|\block|failed to update ref")


class ForgeRefusal(Refusal):
    """The remote was reached and did not take the commits: a protected branch, or a hook of its own."""


class Push(Enum):
    """What became of a push."""

    TAKEN = "taken"
    OVERTAKEN = "overtaken"
    REFUSED = "refused"
    UNREACHED = "unreached"


def push_commit(
    root: Path, remote: str, commit: str, ref: str, access: Mapping[str, str]
) -> tuple[Push, str]:
    """Move ``ref`` of ``remote`` on to ``commit``, never by force; what became of it, and what was said.

    ``OVERTAKEN``: others have moved it in the meantime. ``access`` is what git's environment needs to be let in.
    """
    options = ("--porcelain", "--", remote, f"{commit}:{ref}")
    done = run_git(root, "push", *options, environment=access)
    if done.returncode == 0:
        return Push.TAKEN, done.stderr
    row = next((line for line in done.stdout.splitlines() if line.startswith("!")), "")
    if _OVERTAKEN.search(row.rpartition("\t")[2]):
        return Push.OVERTAKEN, row
    return (Push.REFUSED if row else Push.UNREACHED), done.stderr.strip() or row


def not_taken(became: Push, remote: str, said: str) -> Refusal:
    """What is told of a push that the remote did not take, or that did not reach it."""
    refusal = Refusal if became is Push.UNREACHED else ForgeRefusal
    return refusal(
        N_("The steps are committed here, but {remote} did not take them: {said}"),
        mend=SAFE
        if became is Push.UNREACHED
        else N_(
            "What is committed here is safe. Where {remote} takes changes of a protected branch by request "
            "alone: weibao sync --propose. Otherwise mend what it names, then: weibao sync"
        ),
        remote=remote,
        said=said,
    )


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the branch ``branch`` belongs: the ``ref`` of ``remote``, kept here as ``tracking``.

    ``access`` is what git's environment needs to be let in, where that is not in its settings.
    """

    root: Path
    branch: str
    remote: str
    ref: str
    tracking: str
    access: Mapping[str, str] = field(default_factory=dict)

    def fetch(self) -> str:
        """Bring what is there; the commit it is at, or "" where there is no such branch yet.

        Raises:
            Refusal: the remote could not be reached, or has lost the branch.
        """
        before = self.tracked()
        options = ("--quiet", "--no-tags", self.remote)
        done = run_git(self.root, "fetch", *options, environment=self.access)
        if done.returncode != 0:
            raise Refusal(
                N_("{remote} could not be reached, so nothing was sent or received: {said}"),
                mend=SAFE,
                remote=self.remote,
                said=done.stderr.strip(),
            )
        if before and not self._was_fetched():
            raise Refusal(
                N_("{remote} has no branch {branch} any more, which it had before."),
                mend=N_(
                    "What is committed here is safe. If its request was merged, go back to the branch that has "
                    "it: git switch {target} && weibao sync. To put it there again: git push {remote} HEAD:{ref}"
                )
                if self.branch.startswith(PROPOSAL)
                else N_(
                    "What is committed here is safe. If the branch has another name now: git branch "
                    "-u {remote}/NAME. To put it there again, as it is here: git push {remote} HEAD:{ref}"
                ),
                target=self._target(),
                remote=self.remote,
                branch=self.ref.removeprefix("refs/heads/"),
                ref=self.ref,
            )
        return self.tracked()

    def tracked(self) -> str:
        """The commit at which the branch was seen last; "" where it never was."""
        name = f"{self.tracking}^{{commit}}"
        return run_git(self.root, "rev-parse", "--quiet", "--verify", name).stdout.strip()

    def unsent(self) -> tuple[tuple[str, str], ...]:
        """The commits that are only here, the latest first: the beginning of the id, and the subject."""
        there = self.tracked()
        span = f"{there}..HEAD" if there else "HEAD"
        rows = run_git(self.root, "log", "--format=%h%x09%s", span, "--").stdout.splitlines()
        return tuple((row.partition("\t")[0], row.partition("\t")[2]) for row in rows)

    def _target(self) -> str:
        """Where the request of this branch asks to be merged; "" where it is no request's."""
        key = f"branch.{self.branch}.weibaoTarget"
        return run_git(self.root, "config", "--get", key).stdout.strip()

    def _was_fetched(self) -> bool:
        """Whether the branch was among what git has just fetched: git keeps one that is gone."""
        path = run_git(self.root, "rev-parse", "--git-path", "FETCH_HEAD").stdout.strip()
        listed = (self.root / path).read_text(encoding="utf-8", errors="surrogateescape")
        branch = self.ref.removeprefix("refs/heads/")
        return f"branch '{branch}' of " in listed

    def push(self, commit: str) -> bool:
        """Move it on to ``commit``; False where others have moved it in the meantime.

        Raises:
            Refusal: the remote refused the commit, or could not be reached.
        """
        became, said = push_commit(self.root, self.remote, commit, self.ref, self.access)
        if became in {Push.TAKEN, Push.OVERTAKEN}:
            return became is Push.TAKEN
        raise not_taken(became, self.remote, said)


def upstream_of(root: Path, access: Mapping[str, str]) -> Upstream:
    """The upstream of the branch at hand; ``access`` lets git in where its settings do not.

    Raises:
        Refusal: HEAD is on no branch, or the branch belongs nowhere.
    """
    head = run_git(root, "symbolic-ref", "--quiet", "HEAD").stdout.strip()
    shape = "%(refname:short)%00%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)"
    found = run_git(root, "for-each-ref", f"--format={shape}", head).stdout.strip()
    if not found:  # a branch without a commit
        found = "\0\0\0"
    branch, remote, ref, tracking = found.split("\0")
    if not (remote and ref and tracking):
        there = bool(run_git(root, "remote").stdout.strip())
        raise Refusal(
            N_("The branch {branch} belongs to no branch of a remote, so nothing can be sent."),
            mend=N_("Say once where it belongs: git push -u origin {branch}")
            if there
            else N_(
                "Say once where it belongs: git remote add origin URL && git push -u origin {branch}"
            ),
            branch=branch or head.removeprefix("refs/heads/"),
        )
    return Upstream(root, branch, remote, ref, tracking, access)
