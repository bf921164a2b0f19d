"""``weibao upgrade``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from weibao.cli.framework.options import FILE, format_option
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_
from weibao.refusal import Exit, UsageRefusal
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.render.json.upgrade import UpgradeOutput
    from weibao.report.book import Book
    from weibao.report.upgraded import UpgradedFinding, UpgradedVerdict
    from weibao.workspace.setup.wheel_contents import WheelContents


@dataclass(frozen=True)
class _Wanted:
    """What is to be done besides telling."""

    preview: bool
    commit: bool


@click.command(
    cls=Command,
    help=N_(
        "Put another version of this software in place of the one that the repository keeps: its wheel, hash, locks, schemas, and the "
        "files of weibao init that nobody has changed. Before, HEAD is judged by both, and every verdict and finding that turns is "
        "told. Ends with 1 if a verdict turns. Nothing is committed unless --commit is given."
    ),
)
@argument("wheel", metavar="WHEEL", type=FILE, explained=N_("The wheel of the other version."))
@option("--sha256", default="", metavar="HEX", help=N_("The SHA-256 that the wheel must have."))
@option("--downgrade", is_flag=True, help=N_("Take an older version, too."))
@option("--preview", is_flag=True, help=N_("Judge and tell; write nothing."))
@option("--commit", is_flag=True, help=N_("Commit what was written."))
@format_option("text", "json")
@click.pass_context
@pass_session
def upgrade(
    session: Session,
    context: click.Context,
    wheel: Path,
    sha256: str,
    form: str,
    *,
    downgrade: bool,
    preview: bool,
    commit: bool,
) -> None:
    """Verify, judge by both, write, tell."""
    from weibao.history.snapshot import top_of
    from weibao.render.json.printed import printed
    from weibao.workspace.setup.upgrade import given_contents, vendored_contents
    from weibao.workspace.setup.wheel_contents import is_older

    top = top_of(session.git)
    new, old = given_contents(wheel, sha256), vendored_contents(top)
    if is_older(new.wheel.version, old.wheel.version) and not downgrade:
        raise UsageRefusal(
            N_("{file} is older than the version here, {version}."),
            mend=N_("If that is meant, say so: --downgrade"),
            file=new.wheel.file,
            version=old.wheel.version,
        )
    book = session.book("HEAD", "")
    told = _upgraded(session, book, (old, new), _Wanted(preview, commit))
    if form == "json":
        click.echo(printed(told, book.zone), nl=False)
    else:
        for line in _lines(told, session.language, preview=preview):
            session.console.print(Text(line), soft_wrap=True)
    context.exit(Exit.FINDINGS if told.verdicts else Exit.FINE)


def _upgraded(
    session: Session, book: Book, wheels: tuple[WheelContents, WheelContents], wanted: _Wanted
) -> UpgradeOutput:
    from weibao.history.snapshot import top_of
    from weibao.model.instant import format_instant
    from weibao.render.json.upgrade import UpgradeOutput
    from weibao.report.upgraded import turned_findings, turned_verdicts
    from weibao.workspace.recording.commit import require_settled
    from weibao.workspace.setup.upgrade import unpacked, write_renewal
    from weibao.workspace.setup.wheel_contents import sha256_of

    old, new = wheels
    top = top_of(session.git)
    with unpacked(old, new) as both:
        at = format_instant(book.as_of, book.zone)
        log = book.snapshot.seen_log or "none"
        options = ("--lang", session.language.code, "--seen", log)
        judged = both.judgements(top, book.commit, at, options)
        renewed = both.renewal(top, book.records.contract.evidence.main)
        if not wanted.preview:
            git_dir = Path(require_settled(top))
            message = session.language.text(
                N_("Take version {version} of weibao"), version=new.wheel.version
            )
            write_renewal(top, git_dir, renewed, message if wanted.commit else "")
    return UpgradeOutput(
        commit=book.commit,
        as_of=book.as_of,
        old_version=old.wheel.version,
        new_version=new.wheel.version,
        sha256=sha256_of(new.wheel),
        verdicts=turned_verdicts(*judged),
        findings=turned_findings(*judged),
        renewed=tuple(path for path in renewed.put if path not in renewed.beside),
        removed=renewed.removed,
        beside=renewed.beside,
    )


def _lines(told: UpgradeOutput, words: Language, *, preview: bool) -> Iterator[str]:
    yield words.text(
        N_("Version {old} → {new}; both judged {commit}."),
        old=told.old_version,
        new=told.new_version,
        commit=told.commit[:12],
    )
    yield words.text(
        N_("Verdicts that turn: {number}; findings that turn: {findings}."),
        number=len(told.verdicts),
        findings=len(told.findings),
    )
    yield from (_verdict(verdict, words) for verdict in told.verdicts)
    yield from (_finding(finding, words) for finding in told.findings)
    for heading, paths in (
        (N_("Would be written:") if preview else N_("Written:"), told.renewed),
        (N_("Would be taken away:") if preview else N_("Taken away:"), told.removed),
        (
            N_("Changed here, so the new text lies beside; compare the two and delete it:"),
            told.beside,
        ),
    ):
        if paths:
            yield words.text(heading)
            yield from (f"  {plain(path)}" for path in paths)
    if not preview:
        yield words.text(
            N_(
                "Next, here too: pip install --require-hashes -r requirements.lock -r requirements.txt && weibao doctor"
            )
        )


def _verdict(turned: UpgradedVerdict, words: Language) -> str:
    old, new = (
        words.term("outcome", standing) if standing else words.text(N_("none"))
        for standing in (turned.old, turned.new)
    )
    target = words.term("target", turned.target)
    return f"  {plain(turned.ticket)} {target} {turned.occurrence}: {old} → {new}"


def _finding(turned: UpgradedFinding, words: Language) -> str:
    old, new = (
        words.term("severity_of_finding", severity) if severity else words.text(N_("none"))
        for severity in (turned.old, turned.new)
    )
    place = f"{turned.path}:{turned.line}" if turned.line else turned.path
    return f"  {turned.code} {old} → {new} {plain(place)} {plain(turned.message)}"
