"""``weibao config``: the configuration as a workbook, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.render.words.plain import plain

NOT_TAKEN = N_(
    "Of the workbook these are not taken: service levels (new terms are a new item of sla), checklists, and serial numbers of spares (weibao spares receive)."
)
MISSING = N_("{path} has {ids}, and the workbook does not: nothing is taken out.")


@click.group(
    cls=Group,
    help=N_("The configuration as a workbook: written out, and read back. YAML stays the truth."),
)
def config() -> None:
    """The configuration as a workbook."""


@config.command(
    cls=Command, help=N_("Write contract, people, equipment, rota, spares and plan to a workbook.")
)
@argument(
    "file",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    explained=N_("The workbook to write."),
)
@option("--force", is_flag=True, help=N_("Replace another file that is there."))
@pass_session
def export(session: Session, /, file: Path, *, force: bool) -> None:
    """Write the workbook."""
    from weibao.cli.steps.workbook import configuration_values, put_workbook
    from weibao.workspace.setup.workbook.configuration_rows import configuration_rows

    desk = session.desk()
    code = desk.records.contract.languages[0]
    rows = configuration_rows(configuration_values(desk), code)
    put_workbook(session.directory / file, session.language, rows, replacing=force)
    session.console.print(Text(f"✓ {plain(str(file))}", style="bold green"))


@config.command(
    cls=Command,
    help=N_(
        "Put what a workbook says otherwise into records/*.yaml, after showing the difference. Nothing is taken out, and comments stay."
    ),
)
@argument("file", metavar="FILE.xlsx", type=FILE, explained=N_("The workbook, filled in."))
@changing
@pass_session
def apply(session: Session, /, file: Path, **given: Any) -> None:
    """Put in what the workbook says otherwise."""
    from weibao.cli.steps.configuring import change
    from weibao.cli.steps.workbook import configuration_values, read_workbook
    from weibao.workspace.setup.from_workbook import require_whole
    from weibao.workspace.setup.workbook.configured import configured
    from weibao.workspace.setup.workbook.differences import differences

    desk = session.desk()
    code = desk.records.contract.languages[0]
    workbook = read_workbook(session.directory / file)
    require_whole(workbook.faults)
    standing = configuration_values(desk)
    said = configured(workbook, desk.here, code, standing)
    require_whole(said.faults)
    found = differences(said.files, standing, code)
    words = session.language
    for name, ids in found.missing:
        told = words.text(MISSING, path=f"records/{name}.yaml", ids=words.listing(ids))
        session.console.print(Text(f"! {plain(told)}", style="yellow"), soft_wrap=True)
    puts = {f"records/{name}.yaml": values for name, values in found.puts.items()}
    change(
        session, desk, puts, f"Configuration of {file.name} applied", given, [words.text(NOT_TAKEN)]
    )
