"""``weibao seen``: the log of which commits the forge had first, and when."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from rich.text import Text

from weibao.cli.framework.options import format_option
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from weibao.history.first_sight.log import CommitSighting, SeenLog
    from weibao.language import Language
    from weibao.workspace.first_sight.recorder import RecordedSightings

LONGEST = 200
"""How long the address of a run may be."""


@click.group(
    cls=Group,
    help=N_(
        "The log of when the forge first had each commit, kept by its own runs: the one time on a "
        "commit that its maker could not choose."
    ),
)
def seen() -> None:
    """The log of what was seen first."""


@seen.command(
    cls=Command,
    help=N_(
        "Add the commits that a remote has and the log has not, with the time. The first time, only "
        "what is there is noted: nothing is known of when that came. For a workflow; in a clone that "
        "is whole, bare or not. No file of the work tree is touched."
    ),
)
@option(
    "--remote",
    default="origin",
    show_default=True,
    metavar="REMOTE",
    help=N_("The remote to look at, by its name or address."),
)
@option(
    "--ref",
    "more",
    multiple=True,
    metavar="NAME",
    help=N_("A ref, or a pattern of refs, besides branches, tags and pull requests. Repeatable."),
)
@option(
    "--run",
    "given",
    default="",
    metavar="RUN",
    help=N_("The address of this run; what the forge says it is, if not given."),
)
@option(
    "--push",
    is_flag=True,
    help=N_("Keep the log at the remote; without this, it is this clone's own."),
)
@pass_session
def record(
    session: Session, /, remote: str, more: tuple[str, ...], given: str, *, push: bool
) -> None:
    """Look, then take the time, then record."""
    from weibao.cli.framework.forge_run import forge_run
    from weibao.workspace.first_sight.places import REFS, Here, Remote, There
    from weibao.workspace.first_sight.recorder import record_seen

    run = forge_run(os.environ)
    address = _address(given or run.address)
    root = session.git.top or session.git.root
    there = Remote(root, remote, run.access)
    refs = there.refs((*REFS, *more))
    # The clock is read here for the first time: after the refs were listed, never before.
    recorded = record_seen(
        session.git, there, refs, There(there) if push else Here(root), session.now, address
    )
    session.console.print(Text(_told(recorded, session.language)), soft_wrap=True)


@seen.command(
    cls=Command,
    help=N_(
        "Bring the remote's log into this clone, where verdicts then rest on it. Never by force: a log "
        "that does not go on from the one here is refused."
    ),
)
@option(
    "--remote",
    default="origin",
    show_default=True,
    metavar="REMOTE",
    help=N_("The remote that keeps the log, by its name or address."),
)
@pass_session
def fetch(session: Session, /, remote: str) -> None:
    """Fetch the log."""
    from weibao.cli.framework.forge_run import forge_run
    from weibao.workspace.first_sight.places import Remote
    from weibao.workspace.first_sight.recorder import fetch_seen

    root = session.git.top or session.git.root
    before, after = fetch_seen(Remote(root, remote, forge_run(os.environ).access))
    words = session.language
    if not after:
        said = words.text(N_("{remote} keeps no log of what was seen first."), remote=plain(remote))
    elif after == before:
        said = words.text(
            N_("The log is the one that was here already, commit {commit}."), commit=after[:12]
        )
    else:
        said = words.text(N_("The log is here now, commit {commit}."), commit=after[:12])
    session.console.print(Text(said), soft_wrap=True)


@seen.command(
    cls=Command,
    help=N_(
        "What the log says, the latest first; or when COMMIT was first seen, and by which run."
    ),
)
@argument(
    "revision",
    required=False,
    default="",
    metavar="[COMMIT]",
    explained=N_("A commit or a branch; the whole log, if none is given."),
)
@format_option("text", "json")
@pass_session
def show(session: Session, /, revision: str, form: str) -> None:
    """Show the log, or what it says of one commit."""
    from weibao.history.first_sight.reading import read_seen
    from weibao.history.git.refs import SEEN_REF
    from weibao.render.json.first_sight import seen as shown_log
    from weibao.render.json.printed import printed
    from weibao.render.terminal.first_sight import seen_lines
    from weibao.workspace.first_sight.places import Here

    root = session.git.top or session.git.root
    tip = Here(root).tip()
    if not tip:
        raise Refusal(
            N_("This clone has no log of what was seen first ({ref})."),
            mend=N_("If the forge keeps one: weibao seen fetch (or git fetch origin {ref}:{ref})"),
            ref=SEEN_REF,
        )
    log = read_seen(session.git, tip).log
    told = _one(session, log, revision) if revision else _all(log)
    zone = _zone(session)
    if form == "json":
        click.echo(printed(shown_log(tip, log, told), zone), nl=False)
        return
    for line in seen_lines(log, told, zone, session.language):
        click.echo(line)


def _all(log: SeenLog) -> tuple[CommitSighting, ...]:
    from weibao.history.first_sight.log import CommitSighting, SightingState

    return tuple(
        CommitSighting(commit, SightingState.SEEN, log.first[commit])
        for commit in reversed(tuple(log.first))
    )


def _one(session: Session, log: SeenLog, revision: str) -> tuple[CommitSighting, ...]:
    from weibao.history.first_sight.log import CommitSighting, SightingState
    from weibao.workspace.first_sight.recorder import was_there_before

    commit = revision if revision in log.first else session.git.resolve(revision)
    if (sighting := log.first.get(commit)) is not None:
        return (CommitSighting(commit, SightingState.SEEN, sighting),)
    before = was_there_before(session.git.root, log, commit)
    return (CommitSighting(commit, SightingState.BEFORE if before else SightingState.UNSEEN, None),)


def _zone(session: Session) -> ZoneInfo:
    """The contract's zone, in whose language is spoken from here on; UTC where none can be read."""
    from weibao.history.snapshot import files_at
    from weibao.model.load import read_record

    path = "records/contract.yaml"
    try:
        files, _ = files_at(session.git, "HEAD", lambda name: name == path)
    except Refusal:
        files = {}
    contract = read_record(path, files[path]).value if path in files else None
    if contract is None:
        return ZoneInfo("UTC")
    session.speak_as(contract)
    zone: ZoneInfo = contract.zone
    return zone


def _address(text: str) -> str:
    if len(text) > LONGEST or plain(text) != text:
        raise UsageRefusal(
            N_("“{found}” is not the address of a run."),
            mend=N_("Write it on one line, in at most {limit} characters."),
            found=text[:LONGEST],
            limit=LONGEST,
        )
    return text


def _told(recorded: RecordedSightings, words: Language) -> str:
    if recorded.begun is not None:
        refs = words.plural(N_("{number} ref"), "{number} refs", recorded.begun)
        return words.text(
            N_("The log is begun with {refs}, commit {commit}."),
            refs=refs,
            commit=recorded.commit[:12],
        )
    if not recorded.first:
        return words.text(N_("Nothing new was seen."))
    commits = words.plural(N_("{number} commit"), "{number} commits", len(recorded.first))
    return words.text(
        N_("Seen for the first time: {commits}; the log's commit is {commit}."),
        commits=commits,
        commit=recorded.commit[:12],
    )
