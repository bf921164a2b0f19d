"""What git's failures mean to a person, and what to do about them."""

from __future__ import annotations

from weibao.language import N_
from weibao.refusal import Refusal


def damaged(object_id: str) -> Refusal:
    """An object that history names cannot be read as what it is named."""
    return Refusal(
        N_("The repository is damaged: object {object} is missing or corrupt."),
        mend=N_("Make a fresh clone from the forge; git fsck lists what is wrong with this one."),
        object=object_id,
    )


def no_git() -> Refusal:
    """There is no git on this machine."""
    return Refusal(N_("git is not installed."), mend=N_("Install git 2.31 or later."))


def failure(complaint: str, *, path: str = "") -> Refusal:
    """What git's complaint means to a person."""
    if "dubious ownership" in complaint or "unsafe repository" in complaint:
        return Refusal(
            N_("The repository at {path} belongs to another user, so git will not read it."),
            mend=N_("If you trust its owner: git config --global --add safe.directory {path}"),
            path=path,
        )
    if "not a git repository" in complaint:
        return Refusal(
            N_("{path} is not inside a git repository."),
            mend=N_("Go to a clone of the records, or name one: weibao -C FOLDER …"),
            path=path,
        )
    return Refusal(
        N_("git could not read the repository: {complaint}"),
        mend=N_("git fsck lists what is wrong; a fresh clone from the forge is the usual cure."),
        complaint=complaint.removeprefix("fatal: ") or "?",
    )
