"""``weibao checkpoint``: show one, have it time-stamped, hold those that are kept against today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import FILE, format_option
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.refusal import Exit, UsageRefusal

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.history.signatures.stamp import Trust
    from weibao.model.contract import Contract

AT = option(
    "--at", "revision", default="HEAD", metavar="REV", help=N_("Read the records at this commit.")
)


@click.group(
    cls=Group, help=N_("Checkpoints: show one, have it time-stamped, hold kept ones against today.")
)
def checkpoint() -> None:
    """The checkpoints."""


@checkpoint.command(
    cls=Command,
    help=N_("A commit, its tree, and the SHA-256 over all its records: to be kept elsewhere."),
)
@AT
@format_option("text", "json")
@pass_session
def show(session: Session, /, revision: str, form: str) -> None:
    """Show a checkpoint; as JSON, the bytes that are published."""
    from weibao.history.checkpoints.checkpoint import checkpoint_bytes
    from weibao.history.checkpoints.kept import checkpoint_at
    from weibao.history.snapshot import files_at, no_records
    from weibao.render.terminal.checkpoints import checkpoint_text

    one, _ = checkpoint_at(session.git, revision)
    if not one.records:
        raise no_records(session.directory.absolute())
    if form == "json":
        click.echo(checkpoint_bytes(one), nl=False)
        return
    session.speak_of(files_at(session.git, one.commit, "records/contract.yaml".__eq__)[0])
    click.echo(checkpoint_text(one, session.language))


@checkpoint.command(
    cls=Command,
    help=N_(
        "Have the checkpoint of a commit stamped by a time-stamping authority (RFC 3161), and commit "
        "it with the stamp and its certificates under checkpoints/."
    ),
)
@AT
@option(
    "--authority",
    default="",
    metavar="URL",
    help=N_("Ask this authority, not the one that contract.yaml names."),
)
@option(
    "--chain",
    type=FILE,
    metavar="FILE",
    help=N_("The authority's certificates up to its root, in PEM, not those of contract.yaml."),
)
@pass_session
def stamp(session: Session, /, revision: str, authority: str, chain: Path | None) -> None:
    """Ask, verify, keep, commit."""
    from rich.text import Text

    from weibao.history.checkpoints.kept import checkpoint_at, require_on_branch
    from weibao.model.instant import local_day
    from weibao.render.terminal.checkpoints import stamp_text
    from weibao.workspace.stamping.stamping import chain_of, read_chain, stamp_checkpoint

    desk = session.desk()
    contract, policy = desk.records.contract, desk.records.contract.evidence.timestamp
    if not authority and policy is None:
        raise UsageRefusal(
            N_("No time-stamping authority is named."),
            mend=N_(
                "Name one under evidence.timestamp in contract.yaml (authority, chain, roots), or with "
                "--authority and --chain."
            ),
        )
    one, committed = checkpoint_at(session.git, revision)
    require_on_branch(session.git, one.commit, contract.evidence.main)
    certificates = (
        chain_of(chain) if chain else read_chain(desk.root, policy.chain if policy else "")
    )
    kept = stamp_checkpoint(
        desk.root,
        desk.git_dir,
        one,
        local_day(committed, contract.zone),
        authority=authority or (policy.authority if policy else ""),
        chain=certificates,
        trust=_trust_in(contract, chain),
    )
    words = session.language
    lines = [f"✓ {kept.paths[0]}", stamp_text(kept.stamp, contract.zone, words)]
    if policy is None:
        wanted = N_('For others to believe it, contract.yaml must name the root: "{root}"')
        lines.append(words.text(wanted, root=kept.stamp.root))
    lines.append(words.text(N_("Committed: {commit}"), commit=kept.commit[:12]))
    session.console.print(Text("\n  ".join(lines)), soft_wrap=True)


def _trust_in(contract: Contract, chain: Path | None) -> Trust:
    """The roots that the contract names; those of the chain that is given, where it names none."""
    from weibao.cli.framework.given_files import trust_in, trusted

    if contract.evidence.timestamp is not None:
        return trusted(contract, None)
    if chain is None:
        raise UsageRefusal(
            N_("Nothing says whom to believe: contract.yaml names no root."),
            mend=N_("Give the authority's certificates up to its root with --chain FILE."),
        )
    return trust_in(chain)


@checkpoint.command(
    cls=Command,
    help=N_(
        "Whether today's history still contains each checkpoint, and whether the time stamps beside "
        "them hold (x.tsr and x.pem for x.json). No network is used. Ends with 1 if one does not."
    ),
)
@argument(
    "files",
    explained=N_("Checkpoints that you have kept; if none is named, those under checkpoints/."),
    nargs=-1,
    type=FILE,
    metavar="[FILE]…",
)
@AT
@option(
    "--trust",
    "given",
    type=FILE,
    metavar="FILE",
    help=N_("Believe these root certificates (PEM) alone, not those that contract.yaml names."),
)
@format_option("text", "json")
@click.pass_context
@pass_session
def verify(
    session: Session,
    context: click.Context,
    files: tuple[Path, ...],
    revision: str,
    given: Path | None,
    form: str,
) -> None:
    """Hold checkpoints against the history."""
    from weibao.cli.framework.given_files import given_checkpoint, trusted
    from weibao.history.checkpoints.comparison import checkpoint_checks, lone_stamps, together
    from weibao.history.checkpoints.kept import kept_checkpoints
    from weibao.history.outside import examined_checkpoints
    from weibao.render.json.checkpoints import shown_checkpoints
    from weibao.render.json.printed import printed
    from weibao.render.terminal.checkpoints import examined_pieces
    from weibao.report.opening import contract_of

    snapshot = session.snapshot(revision)
    contract = contract_of(snapshot)
    session.speak_as(contract)
    kept = {} if files else kept_checkpoints(session.git, snapshot.commit)
    held = tuple(map(given_checkpoint, files)) if files else together(kept)
    examined = examined_checkpoints(session.git, snapshot, held, trusted(contract, given))
    alone, words, zone = lone_stamps(kept), session.language, contract.zone
    if form == "json":
        shown = shown_checkpoints(snapshot.commit, examined, alone, words)
        click.echo(printed(shown, zone), nl=False)
    else:
        from rich.text import Text

        pieces = examined_pieces(examined, alone, zone, words)
        session.console.print(Text.assemble(*pieces), soft_wrap=True)
    passed = all(check.passed for check in checkpoint_checks(examined, alone))
    context.exit(Exit.FINE if passed else Exit.FINDINGS)
