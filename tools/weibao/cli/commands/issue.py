"""``weibao issue``: what somebody wrote into a forge's form becomes a record's line, or is answered."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.forge_run import KEPT, forge_run, read_event
from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.model.naming import called
from weibao.refusal import Exit, Refusal, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from weibao.cli.framework.forge_run import ForgeRun
    from weibao.model.issue_form import IssueForm
    from weibao.workspace.forge.forge import Forge
    from weibao.workspace.issue_form.issue import WrittenIssue
    from weibao.workspace.issue_form.proposing import ProposalPlace

KINDS = ("github", "gitea", "gitlab")
_PUBLIC = {
    "github": "https://github.com",
    "gitea": "https://gitea.com",
    "gitlab": "https://gitlab.com",
}
"""Whose event it is where no run tells it."""


@click.command(
    cls=Command,
    help=N_(
        "Record what was written into one of the forms for issues, on a branch of its own, or answer with all "
        "that is missing. For a workflow on issues, of GitHub, Gitea or Forgejo; on GitLab, without an event, "
        "for a scheduled job that reads every open issue. The token is read from GITHUB_TOKEN, on GitLab from "
        "WEIBAO_TOKEN."
    ),
)
@option(
    "--event",
    metavar="FILE",
    type=FILE,
    help=N_("The event of the workflow: $GITHUB_EVENT_PATH. On GitLab there is none."),
)
@option(
    "--forge",
    "name",
    type=click.Choice(KINDS),
    help=N_("Whose event it is; the run itself tells it."),
)
@option(
    "--remote",
    default="origin",
    show_default=True,
    metavar="REMOTE",
    help=N_("The remote, or its address, that takes the branch."),
)
@option("--dry-run", is_flag=True, help=N_("Print the answer, record nothing, and call nobody."))
@pass_session
def issue(
    session: Session, event: Path | None, name: str | None, remote: str, *, dry_run: bool
) -> None:
    """Read the issues, record or answer each, and say what was done."""
    from weibao.workspace.issue_form.body import form_of
    from weibao.workspace.issue_form.issue import ForgeKind, issue_of_event
    from weibao.workspace.issue_form.proposing import ProposalPlace

    run = forge_run(os.environ)
    kind = ForgeKind(name or run.kind or KINDS[0])
    server = run.server or _PUBLIC[kind.value]
    desk = session.desk()
    if event is None and (dry_run or kind is not ForgeKind.GITLAB):
        raise UsageRefusal(
            N_("There is no event, without which only GitLab's open issues can be read."),
            mend=N_("Give the event of the workflow: --event $GITHUB_EVENT_PATH"),
        )
    given = issue_of_event(kind, server, read_event(event)) if event else None
    if dry_run and given:
        form = given.is_open and form_of(given.body)
        click.echo(_outcome(session, given, form) if form else "", nl=False)
        return
    if not run.access:
        raise UsageRefusal(
            N_("This is no run of a forge's with a token, and it is made for one."),
            mend=N_(
                "In a workflow, give the step the workflow's own token, github.token, as GITHUB_TOKEN, and on "
                "GitLab a token of the project as WEIBAO_TOKEN. To see what an event would do: --dry-run"
            ),
        )
    forge = _forge(run)
    place = ProposalPlace(desk.root, remote, run.access)
    failed: Refusal | None = None
    for written in (given,) if given else _listed(forge, run):
        form = written.is_open and form_of(written.body)
        if form:
            failed = _handle(session, written, form, (place, forge)) or failed
    if failed:
        raise failed


def _handle(
    session: Session, written: WrittenIssue, form: IssueForm, at_work: tuple[ProposalPlace, Forge]
) -> Refusal | None:
    """Record an issue or answer it, and keep the answer under it; why it could be neither, where it could not."""
    from weibao.workspace.issue_form.answer import MARKER, answer_failed

    failed: Refusal | None = None
    try:
        answer = _outcome(session, written, form, at_work)
    except Refusal as refusal:
        failed, answer = refusal, answer_failed(session.language)
    _, forge = at_work
    said = forge.keep_comment(written.repository, written.number, MARKER, answer)
    session.console.print(f"#{written.number}: {session.language.text(KEPT[said])}")
    return failed


def _outcome(
    session: Session,
    written: WrittenIssue,
    form: IssueForm,
    at_work: tuple[ProposalPlace, Forge] | None = None,
) -> str:
    """The answer to an issue; where there is a place and a forge to work with, once it has been recorded there.

    Raises:
        Refusal: it could not be recorded now, whatever is written in it.
    """
    from weibao.model.times.when import TimeAndPlace
    from weibao.workspace.issue_form.answer import (
        answer_readable,
        answer_recorded,
        answer_refused,
    )
    from weibao.workspace.issue_form.noted import Known, noted_in
    from weibao.workspace.issue_form.photographs import attachments_of
    from weibao.workspace.issue_form.proposing import propose_note, proposed_before
    from weibao.workspace.together.request_link import Hosted, request_link

    desk = session.desk()
    contract = desk.records.contract
    here = TimeAndPlace(written.created, contract.zone, contract.evidence.clock_skew)
    known = Known(desk.records, desk.ticket_ids, partial(called, desk.records), here)
    try:
        if at_work is None:
            return answer_readable(noted_in(written, form, known), session.language)
        place, forge = at_work
        done = proposed_before(place, written.number)
        if done is None:
            asked = noted_in(written, form, known)
            attachments = attachments_of(asked.photographs, _fetching(forge, written))
            done = propose_note(place, desk, asked, attachments, written.number)
    except Refusal as refusal:
        if refusal.exit_code is Exit.UNTRUSTED:
            raise
        return answer_refused(refusal, session.language)
    hosted = Hosted(written.host, written.repository)
    main = contract.evidence.main
    link = request_link(hosted, done.said, done.branch, main, written.kind.value)
    return answer_recorded(done, link, session.language)


def _fetching(forge: Forge, written: WrittenIssue) -> Callable[[str], bytes]:
    """How a picture of an issue is fetched: with the run's token at the forge's own host, signed elsewhere."""
    from weibao.workspace.forge.downloads import KEPT_AT, fetched_picture
    from weibao.workspace.forge.issues import GitLab
    from weibao.workspace.issue_form.photographs import signed_address
    from weibao.workspace.recording.attachment import LIMIT

    page = cache(partial(forge.page_of, written.repository, written.number))

    kept_at = KEPT_AT if written.host == "github.com" else frozenset()

    def fetch(address: str) -> bytes:
        if isinstance(forge, GitLab):
            address = forge.upload(written.repository, address)
        signed = signed_address(page(), address) if kept_at else ""
        token = "" if signed else forge.token
        return fetched_picture(signed or address, token, LIMIT, kept_at)

    return fetch


def _forge(run: ForgeRun) -> Forge:
    from weibao.workspace.forge.forge import Forge
    from weibao.workspace.forge.issues import Gitea, GitLab

    kinds = {"github": Forge, "gitea": Gitea, "gitlab": GitLab}
    return kinds[run.kind](run.interface, run.token)


def _listed(forge: Forge, run: ForgeRun) -> Iterator[WrittenIssue]:
    """GitLab's open issues that are forms, each with who changed its text last."""
    from weibao.workspace.forge.issues import GitLab
    from weibao.workspace.issue_form.body import form_of
    from weibao.workspace.issue_form.issue import Account, issue_of_gitlab

    if isinstance(forge, GitLab):
        for told in forge.open_issues(run.repository):
            written = issue_of_gitlab(run.server, run.repository, told)
            if form_of(written.body):
                changed = forge.writer(run.repository, written.number)
                yield replace(written, writer=Account(*changed) if changed else None)
