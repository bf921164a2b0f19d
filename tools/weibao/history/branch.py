"""Where the judged commit stands: on the official branch, and among the tips that others have seen of it.

Whoever hands over a clone chooses what its HEAD is. What he does not choose is where the branch has been
seen to end: without force, each end of it lies behind every later one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.history.integrity import IntegrityCheck
from weibao.model.finding import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from weibao.history.first_sight.log import SeenLog
    from weibao.history.history import History


@dataclass(frozen=True, slots=True)
class JudgedBranch:
    """The official branch, and how far the judged commit is behind it.

    Attributes:
        main: the branch's name.
        refs: full names of the refs of that branch, here and at remotes, that reach the judged commit.
        behind: how many commits the farthest end of the branch has beyond it, whether it reaches it or not.
        behind_seen: how many the newest tip has that the forge's log names; None where there is no log, or
            that tip is not here.
    """

    main: str
    refs: tuple[str, ...]
    behind: int
    behind_seen: int | None


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside a Book: where its commit stands, and the checks of what others hold, as far as they were made.

    ``logs`` are the first-seen logs that the Book and the closes of its months name, by their commits, if they were read.
    """

    branch: JudgedBranch
    checks: tuple[IntegrityCheck, ...]
    logs: Mapping[str, SeenLog] = field(default_factory=dict)


def branch_checks(
    history: History, branch: JudgedBranch, beyond: Collection[str]
) -> tuple[IntegrityCheck, ...]:
    """The checks ``on_branch`` (L121) and ``tips`` (L122); ``beyond`` are tips that descend from the head."""
    head, tips = history.head, dict.fromkeys(history.tips)
    lost = [tip for tip in tips if tip not in history.commits and tip not in beyond]
    astray = {
        "commit": head,
        "author": history.commits[head].author.email,
        "main": branch.main,
        "show": f"git branch --all --contains {head}",
    }
    show = f"git log --oneline --all --not {head}"
    place = Place("records")
    return (
        IntegrityCheck(
            "on_branch", 1, () if branch.refs else (Finding("L121", place, "", astray),)
        ),
        IntegrityCheck(
            "tips",
            len(tips),
            tuple(
                Finding("L122", place, "", {"commit": tip, "head": head, "show": show})
                for tip in lost
            ),
        ),
    )
