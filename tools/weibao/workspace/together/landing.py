"""Landing a pull request as it was approved: what the forge's own button cannot join by its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Exit, Refusal, UsageRefusal
from weibao.workspace.recording.commit import ask_git
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.together.remote import SAFE, upstream_of
from weibao.workspace.together.sync import merge_branch

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.model.instant import Instant
    from weibao.workspace.forge.forge import Forge, Request
    from weibao.workspace.together.sync import Clone, Synced

_BOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
"""As whom a workflow commits: the merge is the run's, and nobody's own step."""


def land(
    clone: Clone, forge: Forge, repository: str, wanted: tuple[int, str], now: Instant
) -> Synced:
    """Merge the pull request into the branch at hand and push, if it stands as it was reviewed.

    ``wanted`` is its number and the commit that was reviewed; whatever the branch holds by then is
    no matter.

    Raises:
        Refusal: it is not open, not for this branch, not at that commit, or that commit is not approved;
            and whatever ``merge_branch`` refuses.
    """
    number, commit = wanted
    upstream = upstream_of(clone.root, clone.access)
    request = forge.request(repository, number)
    if request is None:
        raise UsageRefusal(
            N_("There is no pull request {number} in {repository}."),
            number=number,
            repository=repository,
        )
    _require_approved(request, commit, upstream.ref.removeprefix("refs/heads/"))
    source = f"refs/pull/{number}/head"
    options = ("--quiet", "--no-tags", "--", upstream.remote, source)
    done = run_git(clone.root, "fetch", *options, environment=clone.access)
    if done.returncode != 0:
        raise Refusal(
            N_("{remote} could not be reached, so nothing was sent or received: {said}"),
            mend=SAFE,
            remote=upstream.remote,
            said=done.stderr.strip(),
        )
    commit_as_the_run(clone.root)
    return merge_branch(clone, commit, now)


def _require_approved(request: Request, commit: str, branch: str) -> None:
    reasons = (
        (request.state != "OPEN", N_("The pull request is no longer open.")),
        (
            request.base != branch,
            N_("The pull request is for the branch {base}, and not for {branch}."),
        ),
        (request.head != commit, N_("The pull request is at {head} by now, and not at {commit}.")),
        (
            request.decision != "APPROVED",
            N_("The pull request is not approved (the branch's protection must ask for reviews)."),
        ),
        (commit not in request.approved, N_("What was approved is an earlier commit.")),
    )
    for stands, reason in reasons:
        if stands:
            raise Refusal(
                reason,
                mend=N_("Nothing was merged. Have it reviewed as it is now, then start again."),
                exit_code=Exit.FINDINGS,
                base=request.base,
                branch=branch,
                head=request.head[:12],
                commit=commit[:12],
            )


def commit_as_the_run(root: Path) -> None:
    """Have git commit as the workflow's bot in this clone, unless it knows who is at work."""
    if ask_git(root, "config", "--get", "user.email") is None:
        for key, value in zip(("user.name", "user.email"), _BOT, strict=True):
            ask_git(root, "config", "--local", key, value)
