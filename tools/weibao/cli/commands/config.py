"""``weibao config``: the configuration as a workbook, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing, writing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.setup.workbook.configured import Configured

NOT_TAKEN = N_(
    "Of the workbook these are not taken: service levels (new terms are a new item of sla), checklists, and serial numbers of spares (weibao config stock)."
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
    from weibao.cli.steps.workbook import configuration_values
    from weibao.workspace.setup.workbook.differences import differences

    desk = session.desk()
    said = _said(desk, session.directory / file)
    code = desk.records.contract.languages[0]
    found = differences(said.files, configuration_values(desk), code)
    words = session.language
    for name, ids in found.missing:
        told = words.text(MISSING, path=f"records/{name}.yaml", ids=words.listing(ids))
        session.console.print(Text(f"! {plain(told)}", style="yellow"), soft_wrap=True)
    puts = {f"records/{name}.yaml": values for name, values in found.puts.items()}
    change(
        session, desk, puts, f"Configuration of {file.name} applied", given, [words.text(NOT_TAKEN)]
    )


@config.command(
    cls=Command,
    help=N_(
        "Receive what a workbook has in the depots by its serial numbers and no record has yet, in one commit."
    ),
)
@argument("file", metavar="FILE.xlsx", type=FILE, explained=N_("The workbook, filled in."))
@writing
@pass_session
def stock(session: Session, /, file: Path, **given: Any) -> None:
    """Receive the pieces."""
    from weibao.cli.steps.recorded import show_recorded
    from weibao.cli.steps.recording import first_keys, push_if_asked
    from weibao.cli.steps.settling import settled
    from weibao.model.times.when import parse_when
    from weibao.workspace.recording.recording import append_entries_to, commit_message
    from weibao.workspace.setup.workbook.configured import not_yet_received

    desk = session.desk()
    given = settled(session, desk, given)
    said = _said(desk, session.directory / file)
    received = not_yet_received(said.received, desk.records.spares.log)
    words = session.language
    if not received:
        told = words.text(N_("Every piece in the workbook has been received: nothing is recorded."))
        session.console.print(Text(told))
        return
    keys = first_keys(desk, "received", parse_when(given["when"], desk.here), given)
    entries = [{**keys, **entry} for entry in received]
    message = commit_message("spares", "received", file.name) if given["commit"] else None
    show_recorded(
        session, desk, append_entries_to(desk, "records/spares.yaml", entries, message=message)
    )
    push_if_asked(session, desk, given)


def _said(desk: Desk, file: Path) -> Configured:
    """What a workbook says of the contract that stands; refused where a cell says nothing certain."""
    from weibao.cli.steps.workbook import configuration_values, read_workbook
    from weibao.workspace.setup.from_workbook import require_whole
    from weibao.workspace.setup.workbook.configured import configured

    workbook = read_workbook(file)
    require_whole(workbook.faults)
    code = desk.records.contract.languages[0]
    said = configured(workbook, desk.here, code, configuration_values(desk))
    require_whole(said.faults)
    return said
