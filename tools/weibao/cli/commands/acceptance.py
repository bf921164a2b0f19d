"""``weibao acceptance``: the package of papers at a contract's end, and whether one is still whole."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.options import book_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.cli.steps.papers import FONT_DIR, INTERNAL, LANG
from weibao.language import N_
from weibao.refusal import Exit
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.workspace.papers.package_index import VerifiedPackage


class AcceptanceGroup(Group):
    """The verbs of the package; a folder in the place of one writes the package there."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """See ``click.Group``."""
        return super().get_command(ctx, cmd_name if cmd_name in self.commands else "write")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See ``click.Group``; the folder stays an argument."""
        given = args if args[0] in self.commands or args[0].startswith("-") else ["write", *args]
        return super().resolve_command(ctx, given)


@click.group(
    cls=AcceptanceGroup,
    help=N_(
        "The acceptance package at the end of a contract: weibao acceptance DIR writes it, weibao acceptance verify DIR says whether one is still whole."
    ),
)
def acceptance() -> None:
    """The acceptance package."""


@acceptance.command(
    cls=Command,
    help=N_(
        "Write every paper of the contract's end into a new folder, with an index of SHA-256; weibao acceptance DIR does the same. The internal edition has the records themselves too, as a git bundle. Before the term is over it is provisional."
    ),
)
@argument(
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    explained=N_("A folder that is not there yet."),
)
@option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["pdf", "html", "docx"]),
    default="pdf",
    show_default=True,
    help=N_("What the papers are written as."),
)
@LANG
@INTERNAL
@option(
    "--bundle/--no-bundle",
    default=None,
    help=N_(
        "Whether the records themselves go with it, with their whole history, as a git bundle; if not given, with the internal edition alone. They hold what the customer's papers withhold: names, telephone and serial numbers, internal entries and files."
    ),
)
@FONT_DIR
@book_options
@pass_session
def write(session: Session, /, directory: Path, revision: str, as_of: str, **given: Any) -> None:
    """Write the package."""
    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.kinds.acceptance_form import NOT_OVER
    from weibao.workspace.papers.acceptance import PackageAsked, write_package
    from weibao.workspace.papers.commissioning import PaperDesk, format_named
    from weibao.workspace.papers.fonts import font_folders

    book = session.book(revision, as_of)
    setting = PaperSetting(fonts=font_folders(given["fonts"], Path.home()))
    asked = PackageAsked(
        form=format_named(given["form"]),
        lang=given["lang"] or "",
        audience="internal" if given["internal"] else "customer",
        bundle=given["internal"] if given["bundle"] is None else given["bundle"],
    )
    desk = PaperDesk(session.git, book, session.seen_logs(book), setting)
    with _progress(session) as progress:
        made = write_package(
            session.git, book, desk, asked, session.directory / directory, progress
        )
    words = session.language
    lines = [
        words.text(
            N_("{files} files, {bytes} bytes"),
            files=words.number(made.files),
            bytes=words.number(made.bytes),
        ),
        words.text(N_("SHA-256 of index.csv, to be kept elsewhere: {digest}"), digest=made.digest),
        *(note.told(words) for note in made.notes),
    ]
    if made.provisional:
        lines.append(words.text(NOT_OVER))
    if asked.bundle and asked.audience == "customer":
        told = N_(
            "The bundle holds the whole record, with what the customer's papers withhold: names, telephone and serial numbers, internal entries and files."
        )
        lines.append(words.text(told))
    session.console.print(Text(f"✓ {plain(str(directory))}", style="bold green"))
    for line in lines:
        session.console.print(Text(f"  {plain(line)}"), soft_wrap=True)


@acceptance.command(
    cls=Command,
    help=N_(
        "Hash every file of a package anew, name what is changed, missing or extra, and open its bundle; ends with 1 where anything is otherwise."
    ),
)
@argument(
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    explained=N_("The folder of the package."),
)
@pass_session
def verify(session: Session, /, directory: Path) -> None:
    """Verify a package."""
    from weibao.workspace.papers.package_index import verify_package

    found = verify_package(session.directory / directory)
    for line in _told(session, found):
        session.console.print(Text(line), soft_wrap=True)
    if not found.whole:
        raise click.exceptions.Exit(Exit.FINDINGS)


def _told(session: Session, found: VerifiedPackage) -> Iterator[str]:
    words = session.language
    for message, paths in (
        (N_("Changed: {path}"), found.changed),
        (N_("Missing: {path}"), found.missing),
        (N_("Not in the index: {path}"), found.extra),
    ):
        for path in paths:
            yield words.text(message, path=plain(path))
    bundle = {
        True: N_("The bundle of the records is whole, and holds what the checkpoint says."),
        False: N_(
            "The bundle of the records is damaged, or does not hold what the checkpoint says."
        ),
        None: N_("There is no bundle of the records in this package."),
    }
    yield words.text(bundle[found.bundle])
    yield words.text(N_("SHA-256 of index.csv: {digest}"), digest=found.digest)
    whole = N_("✓ Whole: {number} files are as the index says.")
    broken = N_("✗ Not whole: see above.")
    yield words.text(whole if found.whole else broken, number=words.number(found.files))


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[int, int, str], None]]:
    """How far it is, on a terminal; elsewhere nothing is said until it is done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    errors = session.errors
    with Progress(
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    ) as shown:
        task = shown.add_task("", total=None)

        def tell(done: int, total: int, what: str) -> None:
            shown.update(task, completed=done, total=total, description=plain(what))

        yield tell
