"""What every command that writes a paper does: its options, which paper is meant, and where its file goes."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.options import book_options
from weibao.cli.framework.session import the_one
from weibao.cli.framework.translated import option
from weibao.language import CODES, N_
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.cli.framework.session import Session
    from weibao.render.papers.commission import PaperKind
    from weibao.render.papers.format import PaperSetting
    from weibao.report.book import Book
    from weibao.workspace.papers.commissioning import WrittenPaper

FONTS = "WEIBAO_FONTS"
"""The variable that names folders with fonts."""

_STANDARD_OUTPUT = "-"

FONT_DIR = option(
    "--font-dir",
    "fonts",
    multiple=True,
    envvar=FONTS,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=N_("A folder with fonts, before those of the system; may be given several times."),
)
TEMPLATE = option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Your own template, of a format that takes one (docx)."),
)
LANG = option(
    "--lang",
    type=click.Choice((*CODES, "both")),
    default=None,
    help=N_("In which language, or both side by side; the contract's first if not given."),
)
INTERNAL = option(
    "--internal", is_flag=True, help=N_("The provider's own edition, with nothing withheld.")
)
_OPTIONS = (
    option(
        "-f",
        "--format",
        "form",
        default="pdf",
        show_default=True,
        metavar="FORMAT",
        help=N_("What to write it as; weibao paper list names the formats."),
    ),
    LANG,
    option(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help=N_("The file, or the folder, to write to; - is standard output."),
    ),
    option("--force", is_flag=True, help=N_("Replace another file that is there.")),
    INTERNAL,
    FONT_DIR,
    TEMPLATE,
)


VERSION = option(
    "--version",
    type=click.IntRange(min=1),
    default=None,
    help=N_(
        "Which version of the report; if not given the one at hand: the last that was issued, or the next where something was remarked or revised since."
    ),
)


def paper_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that writes a paper."""
    for add in reversed(_OPTIONS):
        command = add(command)
    with_options: Callable[..., None] = book_options(command)
    return with_options


def setting_given(session: Session, given: dict[str, Any]) -> PaperSetting:
    """The fonts and the template that are asked for."""
    from weibao.render.papers.format import PaperSetting
    from weibao.workspace.papers.filing import given_bytes
    from weibao.workspace.papers.fonts import font_folders

    template = given["template"]
    return PaperSetting(
        fonts=font_folders([session.directory / folder for folder in given["fonts"]], Path.home()),
        template=given_bytes(session.directory / template) if template else b"",
        template_name=str(template or ""),
    )


def write_paper(
    session: Session, book: Book, kind: PaperKind, subject: str, given: dict[str, Any]
) -> None:
    """Write a paper, and say which file it is, and by which SHA-256 it is issued."""
    from weibao.workspace.papers.commissioning import PaperAsked, PaperDesk, format_named
    from weibao.workspace.papers.filing import file_paper

    asked = PaperAsked(
        kind=kind,
        subject=_subject(session, book, kind, subject),
        lang=given["lang"] or "",
        audience="internal" if given["internal"] else "customer",
        version=given.get("version"),
        blank=bool(given.get("blank")),
    )
    setting = setting_given(session, given)
    form = format_named(given["form"])
    desk = PaperDesk(session.git, book, session.seen_logs(book), setting)
    written = desk.write(asked, form)
    if given["output"] == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(written.raw)
        session.warn_of_unreadable(book)
        return
    path = Path(given["output"])
    if not given["output"] or (session.directory / path).is_dir():
        path /= written.name
    file_paper(session.directory / path, written.raw, replacing=given["force"])
    session.console.print(Text(f"✓ {plain(str(path))}", style="bold green"))
    for line in _told(session, kind, path, written, given):
        session.console.print(Text(f"  {line}"), soft_wrap=True)
    session.warn_of_unreadable(book)


def _told(
    session: Session, kind: PaperKind, path: Path, written: WrittenPaper, given: dict[str, Any]
) -> Iterator[str]:
    from weibao.render.papers.all_papers import NOT_COUNTED, records_told
    from weibao.render.papers.formats.pdf import pages_in

    words, digest = session.language, sha256(written.raw).hexdigest()
    unread = written.made.unread
    if unread.records:
        records = plain(records_told(unread.records, words))
        yield words.text(NOT_COUNTED, number=unread.number, records=records)
    if number := pages_in(written.raw):
        yield words.plural(N_("{number} page"), "{number} pages", number)
    yield f"SHA-256 {digest}"
    report = written.made.report
    if report is None:
        return
    if report.provisional:
        yield words.text(
            N_("Provisional: a month of it is not closed, and its figures can still change.")
        )
    elif report.issued is None and kind.report and not given["internal"]:
        yield words.text(
            N_("To issue it: {command}"),
            command=f"weibao report issue {report.months[-1].name} --report {kind.report} --file {plain(str(path))}{_set_with(given)}",
        )
    elif report.issued is not None:
        filed = report.issued.entry.data.get("files", ())
        said = {
            True: N_("Version {version}, issued at {at}: this very file."),
            False: N_(
                "Version {version}, issued at {at}: not the file that was issued, which was set with other fonts, another template or another release, or changed by hand."
            ),
            None: N_("Version {version}, issued at {at}; no file of this kind was filed with it."),
        }[_as_filed(digest, written, filed)]
        at = words.moment(report.issued.entry.at, report.book.zone)
        yield words.text(said, version=report.version, at=at)


def _set_with(given: dict[str, Any]) -> str:
    """The options by which an issue sets the file as it was written."""
    named = [("--font-dir", folder) for folder in given["fonts"]]
    named += [("--template", given["template"])] if given["template"] else []
    return "".join(f" {name} {plain(quote(str(path)))}" for name, path in named)


def _as_filed(digest: str, written: WrittenPaper, filed: tuple[dict[str, str], ...]) -> bool | None:
    """Whether a file is one of those that were issued; None where none like it was."""
    ending = written.name.rpartition(".")[2]
    like = [
        file["sha256"]
        for file in filed
        if (file["format"], file["language"]) == (ending, written.made.lang)
    ]
    return digest in like if like else None


def _subject(session: Session, book: Book, kind: PaperKind, subject: str) -> str:
    """What a paper is on, as the record names it; refused where there is no such record.

    What follows a slash says which of several papers of the record is meant, or names no record at all.
    """
    named, slash, more = subject.partition("/")
    match kind.subject:
        case "ticket":
            return session.ticket_in(book, named).id + slash + more
        case "inspection" if not slash:
            return the_one(named, book.records.inspections, listed_by="weibao inspection list")
        case "shift":
            return the_one(named, book.records.shifts, listed_by="weibao shift list")
        case _:
            return subject
