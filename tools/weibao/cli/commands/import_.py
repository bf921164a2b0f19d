"""``weibao import``: what an old register's rows would become, bring them in, work them out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import FILE, format_option
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.importing.mapping import LISTS, TICKET, mapping_path
from weibao.language import N_
from weibao.refusal import Exit, UsageRefusal

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.workspace.moving_in.importing import SinceThen
    from weibao.workspace.moving_in.listing import ListPreview
    from weibao.workspace.moving_in.taken import ImportPreview, TakenRegister
    from weibao.workspace.recording.clone import Desk

_THE_MAPPING = argument(
    "mapping",
    explained=N_("The mapping: imports/NAME.yaml."),
    type=FILE,
    metavar="imports/NAME.yaml",
)
_THE_REGISTER = argument(
    "source",
    explained=N_("The old register: CSV (UTF-8 or GB 18030), or XLSX."),
    type=FILE,
    metavar="FILE",
)


@click.group(
    "import",
    cls=Group,
    help=N_("Old registers: what their rows would become, bring them in, work them out again."),
)
def import_() -> None:
    """The old registers."""


@import_.command(
    "propose",
    cls=Command,
    help=N_(
        "Write a mapping for an old register, out of the words of its header and of its cells; a file of GLPI, "
        "Jira Service Management or Zammad (JSON) is known. What is open is asked, here or in the file, and "
        "nothing comes in before it is answered."
    ),
)
@_THE_REGISTER
@option("--sheet", default="", metavar="NAME", help=N_("Which sheet, if several are tables."))
@option(
    "--kind",
    type=click.Choice((TICKET, *LISTS)),
    default=None,
    help=N_("What its rows are, if that is not to be told by its header."),
)
@option(
    "--source",
    "named",
    default="",
    metavar="ID",
    help=N_("The register's short name: with a row's number it names the row for ever."),
)
@option(
    "--output",
    "-o",
    default="",
    metavar="imports/NAME.yaml",
    help=N_("Where the mapping is put; imports/SOURCE.yaml if not given."),
)
@option("--force", is_flag=True, help=N_("Replace another file that is there."))
@pass_session
def propose(
    session: Session,
    /,
    source: Path,
    sheet: str,
    kind: str | None,
    named: str,
    output: str,
    *,
    force: bool,
) -> None:
    """Read, propose, ask, write."""
    from rich.text import Text

    from weibao.cli.framework.printing import keep
    from weibao.cli.steps.proposing import ask_what_is_open, told_of
    from weibao.importing.mapping import import_named
    from weibao.importing.proposing.proposal import proposal_text
    from weibao.render.words.proposing import question_told
    from weibao.workspace.moving_in import proposing
    from weibao.workspace.papers.filing import given_bytes
    from weibao.workspace.recording.store import plain_path

    desk, words = session.desk(), session.language
    proposing.require_source(named)
    raw = given_bytes(source)
    proposal = proposing.propose(
        source, raw, desk.records, sheet=sheet, kind=kind or "", source=named
    )
    proposal = ask_what_is_open(proposal, words)
    data = proposal.data
    path = output or mapping_path(named or str(data.get("source", data["kind"])))
    import_named(path)
    asked = [question_told(question, words) for question in proposal.questions]
    told = told_of(proposal, source, words)
    text = proposal_text(proposal, asked, told)
    file = plain_path(desk.root, path)
    if file.exists() and not force:
        raise UsageRefusal(
            N_("{path} is there already, and is another file."),
            mend=N_("Give another name with -o, or --force to replace it."),
            path=path,
        )
    keep(file, text)
    lines = [f"✓ {path}", *(f"  {line}" for line in told), *(f"  ? {line}" for line in asked)]
    session.console.print(Text("\n".join(lines)), soft_wrap=True)


@import_.command(
    "preview",
    cls=Command,
    help=N_(
        "Say of every row of an old register what it would become here, or why nothing. Nothing is "
        "written. Ends with 1 if a row is rejected."
    ),
)
@_THE_MAPPING
@_THE_REGISTER
@option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write the rejected rows to FILE as CSV, each with why and how that is mended."),
)
@format_option("text", "json")
@click.pass_context
@pass_session
def preview_(
    session: Session,
    context: click.Context,
    /,
    mapping: Path,
    source: Path,
    rejects: Path | None,
    form: str,
) -> None:
    """Read, work out, judge, tell."""
    from rich.text import Text

    from weibao.workspace.moving_in.taken import preview, take_register

    desk = session.desk()
    taken = take_register(desk.root, mapping, source)
    came_in = False
    if taken.mapping.kind in LISTS:
        found, told = _preview_of_list(session, desk, taken)
        _tell(session, found, form)
        session.errors.print(Text("\n".join(told)), soft_wrap=True, end="\n" if told else "")
    else:
        came_in = _came_in_before(session, desk, taken)
        found = preview(desk, taken)
        _tell(session, found, form)
    if rejects is not None:
        from weibao.cli.framework.printing import keep
        from weibao.render.words.importing import rejects_csv

        keep(rejects, rejects_csv(found.rows.rejected, session.language))
    if came_in and found.rows.accepted:
        raise _left_out(found)
    context.exit(Exit.FINDINGS if found.rows.rejected else Exit.FINE)


@import_.command(
    "run",
    cls=Command,
    help=N_(
        "Bring the rows of an old register in: their records, the mapping and the rows, in one commit or "
        "not at all. Rows that are rejected stay out. A second run brings nothing in twice."
    ),
)
@_THE_MAPPING
@_THE_REGISTER
@option("--message", default="", metavar="TEXT", help=N_("The message of the commit."))
@option(
    "--yes",
    is_flag=True,
    help=N_("Of a list: change the configuration without asking."),
)
@pass_session
def run(session: Session, /, mapping: Path, source: Path, message: str, *, yes: bool) -> None:
    """Read, hold against the contract, commit."""
    from rich.text import Text

    from weibao.workspace.moving_in.importing import require_named, run_import
    from weibao.workspace.moving_in.taken import preview, take_register

    desk = session.desk()
    taken = take_register(desk.root, mapping, source)
    if taken.mapping.kind in LISTS:
        _run_list(session, desk, taken, message, yes=yes)
        return
    if _came_in_before(session, desk, taken):
        found = preview(desk, taken)
        session.console.print(Text(_counts_text(session, found)), soft_wrap=True)
        if found.rows.accepted:
            raise _left_out(found)
        told = session.language.text(N_("Nothing new: every row that can come in has come in."))
        session.console.print(Text(told), soft_wrap=True)
        return
    require_named(desk, taken)
    found, commit = run_import(desk, taken, message or f"Import {taken.mapping.name}")
    words = session.language
    lines = [
        _counts_text(session, found),
        words.text(N_("Committed: {commit}"), commit=commit[:12]),
    ]
    session.console.print(Text("\n".join(lines)), soft_wrap=True)


@import_.command(
    "verify",
    cls=Command,
    help=N_(
        "Work the records of every old register out again, from the mapping, the rows and the configuration "
        "of the commit that brought them, and compare to the byte. Ends with 1 if one is another."
    ),
)
@argument(
    "revision",
    explained=N_("The commit that is looked at; HEAD if it is not given."),
    required=False,
    default="HEAD",
    metavar="[COMMIT]",
)
@option(
    "--source",
    type=FILE,
    metavar="FILE",
    help=N_("Also compare the register's own file: its digest with the contract's, and its rows."),
)
@format_option("text", "json")
@click.pass_context
@pass_session
def verify(
    session: Session,
    context: click.Context,
    /,
    revision: str,
    source: Path | None,
    form: str,
) -> None:
    """Read the history, work out, compare, tell."""
    from rich.text import Text

    from weibao.render.json.importing import ImportVerifyOutput, shown_register
    from weibao.render.json.printed import printed
    from weibao.render.terminal.importing import verified_pieces

    book = session.book(revision, "")
    registers = book.registers
    if form == "json":
        shown = tuple(map(shown_register, registers))
        click.echo(printed(ImportVerifyOutput(book.commit, shown)), nl=False)
    else:
        pieces = verified_pieces(registers, session.language)
        session.console.print(Text.assemble(*pieces), soft_wrap=True, end="")
    wrong = any(
        register.unlike or register.exchanged or register.by_another_mapping
        for register in registers
    )
    if source is not None:
        told = _compared(session, book, source)
        where = session.errors if form == "json" else session.console
        where.print(Text("\n".join(f"✓ {line}" for line in told)), soft_wrap=True)
    context.exit(Exit.FINDINGS if wrong else Exit.FINE)


def _compared(session: Session, book: Book, source: Path) -> list[str]:
    """Say which register a file is the original of, and that its rows are those that came in.

    Raises:
        UsageRefusal: it is of none, its rows are others, or its mapping is not here to read it by.
    """
    from hashlib import sha256

    from weibao.importing.mapping import read_mapping, rows_path
    from weibao.importing.rows import rows_of, rows_text, sheet_of
    from weibao.workspace.tables.table_file import read_table_file

    raw = source.read_bytes()
    digest = sha256(raw).hexdigest()
    named = book.contract_as_filed.evidence.imports
    names = [name for name in sorted(named) if named[name].source_sha256 == digest]
    if not names:
        raise UsageRefusal(
            N_("The contract names no register whose file has the SHA-256 {digest}."),
            mend=N_("Give the file to which the customer agreed, as it was then."),
            digest=digest,
        )
    told = []
    for name in names:
        mapping_raw = book.files.get(mapping_path(name))
        if mapping_raw is None:
            raise UsageRefusal(
                N_("{path} is not in the commit, so that nobody can say how {file} was read."),
                mend=N_("See when it went: git log --full-history -- {path}"),
                path=mapping_path(name),
                file=source,
            )
        mapping = read_mapping(mapping_path(name), mapping_raw)
        table = read_table_file(source.suffix, raw, mapping.encoding)
        anew = rows_text(rows_of(sheet_of(table, mapping), mapping), mapping.columns).encode()
        if anew != book.files.get(rows_path(name)):
            raise UsageRefusal(
                N_("{path} does not hold the rows of {file}."),
                mend=N_("Somebody has changed them: see git log -- {path}"),
                path=rows_path(name),
                file=source,
            )
        told.append(
            session.language.text(
                N_("{path} holds the rows of {file}, whose SHA-256 the contract names."),
                path=rows_path(name),
                file=source,
            )
        )
    return told


def _preview_of_list(
    session: Session, desk: Desk, taken: TakenRegister
) -> tuple[ImportPreview, list[str]]:
    """What the rows of a list come to, and what else is to be known of it."""
    from weibao.workspace.moving_in.listing import list_preview

    found = list_preview(desk, taken)
    return found.preview, [f"! {line}" for line in _told_lines(session, found)]


def _told_lines(session: Session, found: ListPreview) -> list[str]:
    from weibao.render.words.plain import plain_facts

    words = session.language
    return [words.text(message, **plain_facts(facts, words)) for message, facts in found.told]


def _run_list(
    session: Session, desk: Desk, taken: TakenRegister, message: str, *, yes: bool
) -> None:
    """Put into the configuration what a list says otherwise, once whoever asked has seen the difference."""
    from rich.text import Text

    from weibao.cli.steps.configuring import change
    from weibao.workspace.moving_in.listing import list_preview

    found = list_preview(desk, taken)
    _tell(session, found.preview, "text")
    told = _told_lines(session, found)
    if not found.puts:
        nothing = N_("Nothing new: the configuration has every row that can come in.")
        told.append(session.language.text(nothing))
        session.console.print(Text("\n".join(told)), soft_wrap=True)
        return
    given = {"yes": yes, "push": False, "propose": False}
    change(session, desk, found.puts, message or f"Import {taken.mapping.name}", given, told)


def _came_in_before(session: Session, desk: Desk, taken: TakenRegister) -> bool:
    """Whether the register came in before.

    Raises:
        UsageRefusal: it did, and is otherwise since then, which is told.
    """
    from rich.text import Text

    from weibao.workspace.moving_in.importing import since_then

    since = since_then(desk, taken)
    if since is None or since.nothing:
        return since is not None
    session.console.print(Text("\n".join(_otherwise(session, since))), soft_wrap=True)
    raise UsageRefusal(
        N_("The register is otherwise than when it came in, and what came in stands."),
        mend=N_(
            "Record what has happened since then as steps of the tickets. Rows that are new come in by a mapping "
            "of another name, from a file of their own: cp {mapping} imports/OTHER.yaml"
        ),
        mapping=mapping_path(taken.mapping.name),
    )


def _left_out(found: ImportPreview) -> UsageRefusal:
    """That rows of a register that came in have no record, and could have one now."""
    return UsageRefusal(
        N_("Rows of the register have no record, and could have one now: {numbers}."),
        mend=N_("They come in by a mapping of another name: cp {mapping} imports/OTHER.yaml"),
        numbers=tuple(row.number for row in found.rows.accepted),
        mapping=mapping_path(found.taken.mapping.name),
    )


def _otherwise(session: Session, since: SinceThen) -> list[str]:
    words = session.language
    return [
        words.text(sentence, row=row, number=number)
        for sentence, rows in (
            (N_("Row {row}: number {number} was changed."), since.changed),
            (N_("Row {row} of then: number {number} is gone."), since.vanished),
            (N_("Row {row}: number {number} is new."), since.added),
        )
        for row, number in rows
    ]


def _tell(session: Session, found: ImportPreview, form: str) -> None:
    from rich.text import Text

    from weibao.render.json.importing import ImportPreviewOutput, shown_accepted, shown_rejected
    from weibao.render.json.printed import printed
    from weibao.render.terminal.importing import preview_pieces

    words, rows, taken = session.language, found.rows, found.taken
    if form == "text":
        pieces = preview_pieces(rows.accepted, found.there, rows.rejected, words)
        session.console.print(Text.assemble(*pieces), soft_wrap=True, end="")
        session.console.print(Text(_counts_text(session, found)), soft_wrap=True)
        return
    shown = ImportPreviewOutput(
        taken.mapping.name,
        taken.source_sha256,
        taken.mapping_sha256,
        found.counts,
        tuple(shown_accepted(row, words) for row in rows.accepted),
        tuple(shown_accepted(row, words) for row in found.there),
        tuple(shown_rejected(row, words) for row in rows.rejected),
    )
    click.echo(printed(shown), nl=False)


def _counts_text(session: Session, found: ImportPreview) -> str:
    from weibao.render.terminal.importing import counts_text

    return counts_text(found.counts, session.language)
