"""Proposing: what may not go to the branch itself goes to one beside it, which a request asks to be merged.

The branch at hand is set back to what has landed only once the remote has the commits; configuration
then waits there, while steps of records stay in sight on the branch that was made for them, where the
next ones can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.snapshot import refuse_unless_whole
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.commit import ask_git, head_commit, require_committable
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.recording.store import one_sender, one_writer
from weibao.workspace.together.exchange import exchanged
from weibao.workspace.together.remote import (
    PROPOSAL,
    ForgeRefusal,
    Push,
    not_taken,
    push_commit,
    upstream_of,
)
from weibao.workspace.together.request_link import hosted_at, request_link
from weibao.workspace.together.sync import (
    joined_to,
    reaches,
    require_room,
    require_sound,
    synchronise,
)

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.workspace.together.exchange import Amount
    from weibao.workspace.together.remote import Upstream
    from weibao.workspace.together.sync import Clone, Synced


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed.

    Attributes:
        remote: the remote's name.
        branch: the branch that was made for it, there and here.
        target: the branch into which it is to be merged.
        link: the page that opens the request; "" where the forge is not known.
        sent: what the branch has.
        stands_on: the branch at hand by now: ``target`` set back to what has landed, or ``branch``.
        set_back: whether ``target`` has here what it has at the remote.
    """

    remote: str
    branch: str
    target: str
    link: str
    sent: Amount
    stands_on: str
    set_back: bool


def delivered(clone: Clone, now: Instant) -> Synced | Proposed:
    """Bring both sides in step, or propose it, where the forge refuses configuration without a request.

    Raises:
        Refusal: as ``synchronise`` does; and steps that the forge refuses are for a person to propose.
    """
    _return_from_merged(clone)
    try:
        return synchronise(clone, now)
    except ForgeRefusal:
        upstream = upstream_of(clone.root, clone.access)
        unsent = exchanged(clone.root, clone.git, upstream.tracked(), head_commit(clone.root))
        if unsent.steps or upstream.branch.startswith(PROPOSAL):
            raise
        return propose(clone, now)


def propose(clone: Clone, now: Instant) -> Proposed:
    """Send what is only here as a branch of its own, and set the branch at hand back.

    Raises:
        Unsound: merged, it would bring errors.
        Refusal: there is nothing to propose, or the remote did not take it; then all is as it was.
    """
    root = clone.root
    with one_writer(clone.git_dir):
        require_committable(root)
    refuse_unless_whole(clone.git)
    upstream = upstream_of(root, clone.access)
    if upstream.branch.startswith(PROPOSAL):
        raise UsageRefusal(
            N_("{branch} is the branch of a request already."),
            mend=N_("What is recorded on it is added to the request: weibao sync"),
            branch=upstream.branch,
        )
    with one_sender(clone.git_dir):
        landed, head = upstream.fetch(), head_commit(root)
        if not landed or reaches(root, landed, head):
            raise UsageRefusal(
                N_("Nothing is only here, so there is nothing to propose."),
                mend=N_("Commit it first; what others have recorded comes with: weibao sync"),
            )
        result = joined_to(clone, upstream, landed, head, straight=True)
        sent = exchanged(root, clone.git, landed, head)
        stays = bool(sent.steps)
        require_room(clone, head, result if stays else landed)
        require_sound(clone, landed, result, head, now, "")
        branch, target = f"{PROPOSAL}{head[:10]}", upstream.ref.removeprefix("refs/heads/")
        ref = f"refs/heads/{branch}"
        became, said = push_commit(root, upstream.remote, result, ref, clone.access)
        if became is not Push.TAKEN:
            raise not_taken(became, upstream.remote, said)
        _keep_branch(clone, upstream, branch, head)
        set_back = _set_back(clone, upstream, branch, (landed, head, result), stays=stays)
        return Proposed(
            upstream.remote,
            branch,
            target,
            request_link(hosted_at(root, upstream.remote), said, branch, target),
            sent,
            branch if stays and set_back else upstream.branch,
            set_back,
        )


def _keep_branch(clone: Clone, upstream: Upstream, branch: str, commit: str) -> None:
    """Have the branch here too, belonging to the remote's; it is asked for again where it was merged."""
    run_git(clone.root, "update-ref", f"refs/heads/{branch}", commit)
    settings = (
        ("remote", upstream.remote),
        ("merge", f"refs/heads/{branch}"),
        ("weibaoTarget", upstream.branch),
    )
    for key, value in settings:
        run_git(clone.root, "config", f"branch.{branch}.{key}", value)


def _set_back(
    clone: Clone, upstream: Upstream, branch: str, commits: tuple[str, str, str], *, stays: bool
) -> bool:
    """Set the branch at hand back to what has landed; False where something is in the way, and it stays."""
    root, (landed, head, result) = clone.root, commits
    with one_writer(clone.git_dir):
        if head_commit(root) != head:  # a step was recorded in the meantime
            return False
        if not stays:
            return run_git(root, "reset", "--quiet", "--keep", landed).returncode == 0
        run_git(root, "symbolic-ref", "-m", "weibao: proposed", "HEAD", f"refs/heads/{branch}")
        run_git(root, "update-ref", f"refs/heads/{upstream.branch}", landed, head)
        if result != head:
            run_git(root, "merge", "--quiet", "--ff-only", result)
        return True


def _return_from_merged(clone: Clone) -> None:
    """Leave the branch of a request for the one that it was merged into, and take along what came after."""
    root = clone.root
    branch = ask_git(root, "symbolic-ref", "--short", "--quiet", "HEAD") or ""
    target = ask_git(root, "config", "--get", f"branch.{branch}.weibaoTarget") or ""
    if not (branch.startswith(PROPOSAL) and target):
        return
    shape = "--format=%(upstream:remotename)%00%(upstream)"
    places = [
        run_git(root, "for-each-ref", shape, f"refs/heads/{name}").stdout.strip().partition("\0")
        for name in (branch, target)
    ]
    (remote, _, sent), (_, _, landed) = places
    if not (remote and sent and landed):
        return
    done = run_git(root, "fetch", "--quiet", "--no-tags", remote, environment=clone.access)
    if done.returncode != 0 or not reaches(root, landed, sent) or not reaches(root, branch, target):
        return
    with one_writer(clone.git_dir):
        run_git(root, "update-ref", f"refs/heads/{target}", branch)
        run_git(root, "symbolic-ref", "-m", "weibao: merged", "HEAD", f"refs/heads/{target}")
