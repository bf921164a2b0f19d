"""``weibao export``: everything that the records say, in tables."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from weibao.cli.framework.options import book_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_
from weibao.render.export.formats import EXPORTS
from weibao.render.export.tables import exported_tables
from weibao.render.json.exported import exported
from weibao.render.words.plain import plain
from weibao.workspace.papers.filing import file_paper
from weibao.workspace.papers.package_folder import new_folder, put

WHOLE = N_(
    "Nothing is withheld: names, telephone numbers, serial numbers and internal entries are in it."
)


@click.command(
    cls=Command,
    help=N_(
        "Everything that the records say, in tables: csv (a folder), xlsx or sqlite. The table `columns` says what each column means."
    ),
)
@argument(
    "form",
    metavar="FORMAT",
    type=click.Choice(list(EXPORTS)),
    explained=N_("csv, xlsx or sqlite."),
)
@option(
    "-o",
    "--output",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help=N_("The file, of csv the folder, to write to."),
)
@option("--force", is_flag=True, help=N_("Replace another file that is there."))
@book_options
@pass_session
def export(
    session: Session, /, form: str, output: Path, *, force: bool, revision: str, as_of: str
) -> None:
    """Write the tables."""
    book = session.book(revision, as_of)
    tables = exported_tables(book, exported(book))
    files = EXPORTS[form](tables)
    if "" in files:
        file_paper(session.directory / output, files[""], replacing=force)
    else:
        with new_folder(session.directory / output) as folder:
            for name, raw in files.items():
                put(folder, name, raw)
    session.console.print(Text(f"✓ {plain(str(output))}", style="bold green"))
    for table in tables:
        rows = session.language.plural(N_("{number} row"), "{number} rows", len(table.rows))
        session.console.print(Text(f"  {table.name}  {rows}"), soft_wrap=True)
    session.console.print(Text(f"  {session.language.text(WHOLE)}"), soft_wrap=True)
    session.warn_of_unreadable(book)
