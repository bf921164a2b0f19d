"""From a note to a branch: one commit by whoever wrote the issue, pushed beside the official branch and never to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.contract import Contact
from weibao.model.instant import format_instant
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.phone.noting import path_noted, record_note
from weibao.workspace.recording.commit import ask_git, commit_files, head_commit
from weibao.workspace.recording.git_runner import run_git
from weibao.workspace.recording.recording import (
    append_entry_to,
    commit_message,
    entry_message,
    read_standing_record,
)
from weibao.workspace.together.landing import commit_as_the_run
from weibao.workspace.together.remote import Push, not_taken, push_commit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from weibao.workspace.issue_form.noted import IssueNote
    from weibao.workspace.recording.attachment import Attachment
    from weibao.workspace.recording.clone import Desk

_BRANCH = "weibao/issue-{number}"
_TRAILER = "Weibao-Form: closes #{number}"
"""The last line of the commit: by it the forge closes the issue when the commit lands, and a second run finds it."""


@dataclass(frozen=True, slots=True)
class ProposedNote:
    """What an issue was made.

    Attributes:
        branch: the branch that has it, there and nowhere else; "" where it has landed.
        commit: the commit's id.
        author: the name of whoever recorded it.
        subject: its first line, which says what was recorded.
        said: what the remote answered to the push.
    """

    branch: str
    commit: str
    author: str
    subject: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class ProposalPlace:
    """Where it is proposed: the remote of a clone, and what git needs to be let in there."""

    root: Path
    remote: str
    access: Mapping[str, str]


def proposed_before(place: ProposalPlace, number: int) -> ProposedNote | None:
    """What the issue was made by an earlier run: landed, or on its branch; None where it was not.

    Raises:
        Refusal: the remote could not be reached, or its branch of that name holds something else.
    """
    trailer = _TRAILER.format(number=number)
    landed = _with_trailer(place.root, "HEAD", trailer)
    if landed is not None:
        return ProposedNote("", *landed)
    branch = _BRANCH.format(number=number)
    ref = f"refs/heads/{branch}"
    listed = run_git(place.root, "ls-remote", "--", place.remote, ref, environment=place.access)
    if listed.returncode != 0:
        raise not_taken(Push.UNREACHED, place.remote, listed.stderr.strip())
    commit = listed.stdout.partition("\t")[0].strip()
    if not commit:
        return None
    options = ("--quiet", "--no-tags", "--", place.remote, ref)
    run_git(place.root, "fetch", *options, environment=place.access)
    found = _with_trailer(place.root, commit, trailer)
    if found is None:
        raise UsageRefusal(
            N_("The branch {branch} is there already, and is not this issue's."),
            mend=N_("Have it deleted, then edit the text of this issue."),
            branch=branch,
        )
    return ProposedNote(branch, *found)


def propose_note(
    place: ProposalPlace,
    desk: Desk,
    asked: IssueNote,
    attachments: Sequence[Attachment],
    number: int,
) -> ProposedNote:
    """Record the note and its photographs in one commit on a branch of its own, and push that.

    The clone is left as it was found, whatever comes of it.

    Raises:
        Unsound: the step may not follow, or names something unknown.
        Refusal: it may, and cannot be meant so; the clone has changes; or the remote did not take it.
    """
    root = place.root
    if run_git(root, "status", "--porcelain").stdout.strip():
        raise Refusal(
            N_("The clone has changes that are not committed, and this needs one that has none."),
            mend=N_("Run it in a fresh clone, as the workflow does."),
        )
    branch, start = _BRANCH.format(number=number), head_commit(root)
    before = ask_git(root, "symbolic-ref", "--quiet", "--short", "HEAD") or start
    run_git(root, "switch", "--quiet", "--no-track", "-C", branch, start)
    try:
        _write_as(root, asked)
        paths, message = _written(desk, asked, attachments)
        commit = commit_files(root, paths, f"{message}\n\n{_TRAILER.format(number=number)}")
        ref = f"refs/heads/{branch}"
        became, said = push_commit(root, place.remote, commit, ref, place.access)
        if became is not Push.TAKEN:
            raise not_taken(became, place.remote, said)
        return ProposedNote(branch, commit, _name(asked), message, said)
    finally:
        run_git(root, "reset", "--quiet", "--hard")
        run_git(root, "clean", "--quiet", "-fd", "--", "records")
        options = ("--detach",) if before == start else ()
        run_git(root, "switch", "--quiet", *options, before)
        run_git(root, "branch", "--quiet", "-D", branch)
        for key in ("author.name", "author.email"):
            ask_git(root, "config", "--local", "--unset", key)


def _write_as(root: Path, asked: IssueNote) -> None:
    """Have git commit for whoever wrote the issue; that the run did it stays in sight, as the committer."""
    commit_as_the_run(root)
    for key, value in (("author.name", _name(asked)), ("author.email", asked.address)):
        ask_git(root, "config", "--local", key, value)


def _name(asked: IssueNote) -> str:
    author = asked.author
    return next(iter(author.names.values())) if isinstance(author, Contact) else author.name


def _written(
    desk: Desk, asked: IssueNote, attachments: Sequence[Attachment]
) -> tuple[tuple[str, ...], str]:
    """Write the step and what is attached to it into the working tree; the files, and the commit's subject."""
    note = asked.note
    if note.record:
        standing = read_standing_record(desk, path_noted(desk, note))
        _require_about(asked, standing.value)
        message = entry_message(standing, note.entry())
    recorded = record_note(desk, note, commit=False)
    if not note.record:
        message = commit_message(recorded.record, note.event, note.fields["title"])
    for attachment in attachments:
        entry = {
            "at": format_instant(desk.now, desk.records.contract.zone),
            "event": "attached",
            "by": asked.author.id,
            "file": attachment.path,
            "sha256": attachment.sha256,
        }
        beside = {attachment.path: attachment.content}
        append_entry_to(desk, recorded.path, entry, message=None, beside=beside)
    return (recorded.path, *(attachment.path for attachment in attachments)), message


def _require_about(asked: IssueNote, record: object) -> None:
    """Refuse a step at equipment that its ticket is not about: one of both is a slip."""
    about = getattr(record, "assets", ())
    for asset in asked.equipment:
        if asset not in about:
            raise UsageRefusal(
                N_("Ticket {ticket} is not about {asset}, but about {known}."),
                mend=N_("Correct the ticket, or the equipment, or leave the equipment empty."),
                ticket=asked.note.record,
                asset=asset,
                known=tuple(about) or ("–",),
            )


def _with_trailer(root: Path, revision: str, trailer: str) -> tuple[str, str, str] | None:
    """The commit, its author and its subject, whose message ends with the trailer, among those behind a revision."""
    shape = ("--format=%H%x00%an%x00%s%x00%B%x01", "--fixed-strings", f"--grep={trailer}")
    said = ask_git(root, "log", *shape, revision, "--") or ""
    for told in said.split("\x01"):
        commit, author, subject, message = [*told.strip().split("\0", 3), "", "", "", ""][:4]
        if re.search(rf"^{re.escape(trailer)}$", message, re.MULTILINE):
            return commit, author, subject
    return None
