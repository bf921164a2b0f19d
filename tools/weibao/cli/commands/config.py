"""``weibao config``: the configuration as a workbook, and back."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing, writing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.model.yaml.document import dotted
from weibao.refusal import UsageRefusal
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.setup.workbook.configured import Configured
    from weibao.workspace.setup.workbook.filled_workbook import FilledWorkbook

NOT_TAKEN = N_(
    "Of the workbook these are not taken: service levels (new terms are a new item of sla), checklists, and serial numbers of spares (weibao config stock)."
)
MISSING = N_("{path} has {keys}, and the workbook does not: nothing is taken out.")
KEPT = N_(
    "{path}: {keys} has been changed since the workbook was written, and not in the workbook: it stays as it is."
)
UNDATED = N_(
    "The workbook does not say which commit it was written out of: whatever others have changed since may be undone by it. See the difference."
)


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
    rows = configuration_rows(configuration_values(desk), code, session.git.resolve("HEAD"))
    put_workbook(session.directory / file, session.language, rows, replacing=force)
    session.console.print(Text(f"✓ {plain(str(file))}", style="bold green"))


@config.command(
    cls=Command,
    help=N_(
        "Put what was changed in a workbook since it was written into records/*.yaml, after showing the difference. Nothing is taken out, comments stay, and so does what others have changed since."
    ),
)
@argument("file", metavar="FILE.xlsx", type=FILE, explained=N_("The workbook, filled in."))
@changing
@pass_session
def apply(session: Session, /, file: Path, **given: Any) -> None:
    """Put in what the workbook says otherwise."""
    from weibao.cli.steps.configuring import change
    from weibao.cli.steps.workbook import configuration_values, read_workbook, values_written
    from weibao.workspace.setup.workbook.configuration_rows import configuration_rows
    from weibao.workspace.setup.workbook.configured import configured
    from weibao.workspace.setup.workbook.differences import differences, left_out
    from weibao.workspace.setup.workbook.filled_workbook import unedited

    desk = session.desk()
    workbook = read_workbook(session.directory / file)
    code = desk.records.contract.languages[0]
    standing = configuration_values(desk)
    written = values_written(session.git, workbook)
    before = written or standing
    said = _said(desk, workbook, before)
    found = differences(said.files, before, standing, code)
    if found.clashes:
        raise UsageRefusal(
            N_("Since the workbook was written others have changed what is changed in it: {keys}."),
            mend=N_("Write a new workbook (weibao config export), and change these in it again."),
            keys=tuple(f"records/{name}.yaml {dotted(keys)}" for name, keys in found.clashes),
        )
    untouched = unedited(configuration_rows(before, code, ""))
    gone = left_out(configured(untouched, desk.here, code, before).files, said.files)
    words = session.language
    for message, told in ((MISSING, gone), (KEPT, found.kept)):
        for name, of_file in groupby(told, key=itemgetter(0)):
            keys = words.listing(dotted(keys) for _, keys in of_file)
            _warn(session, words.text(message, path=f"records/{name}.yaml", keys=keys))
    for note in workbook.notes:
        _warn(session, note.told(words))
    if not written:
        _warn(session, words.text(UNDATED))
    puts = {f"records/{name}.yaml": values for name, values in found.puts.items()}
    change(
        session, desk, puts, f"Configuration of {file.name} applied", given, [words.text(NOT_TAKEN)]
    )


def _warn(session: Session, told: str) -> None:
    session.console.print(Text(f"! {plain(told)}", style="yellow"), soft_wrap=True)


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
    from weibao.cli.steps.workbook import configuration_values, read_workbook
    from weibao.model.times.when import parse_when
    from weibao.workspace.recording.recording import append_entries_to, commit_message
    from weibao.workspace.setup.workbook.configured import not_yet_received

    desk = session.desk()
    given = settled(session, desk, given)
    said = _said(desk, read_workbook(session.directory / file), configuration_values(desk))
    received = not_yet_received(said.received, desk.records.spares.log)
    words = session.language
    if not received:
        told = words.text(
            N_("The workbook has no piece that is not received yet: nothing is recorded.")
        )
        session.console.print(Text(told))
        return
    keys = first_keys(desk, "received", parse_when(given["when"], desk.here), given)
    entries = [{**keys, **entry} for entry in received]
    message = commit_message("spares", "received", file.name) if given["commit"] else None
    show_recorded(
        session, desk, append_entries_to(desk, "records/spares.yaml", entries, message=message)
    )
    push_if_asked(session, desk, given)


def _said(
    desk: Desk, workbook: FilledWorkbook, standing: Mapping[str, Mapping[str, Any]]
) -> Configured:
    """What a workbook says of a contract that is ``standing``; refused where a cell says nothing certain."""
    from weibao.workspace.setup.from_workbook import require_whole
    from weibao.workspace.setup.workbook.configured import configured

    require_whole(workbook.faults)
    code = desk.records.contract.languages[0]
    said = configured(workbook, desk.here, code, standing)
    require_whole(said.faults)
    return said
