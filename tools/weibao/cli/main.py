"""The command ``weibao``: its groups, its global options, and how every failure ends."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao import __version__
from weibao.cli.framework.session import TYPED, Session, wanted_language
from weibao.cli.framework.translated import Group, Option, option
from weibao.cli.prompts import asking
from weibao.language import CODES, N_
from weibao.refusal import Exit, Refusal, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says where it takes no more output; anything else would be our own doing."""

COMMANDS = {
    "init": ("weibao.cli.commands.init:init", N_("Make the repository of a new contract.")),
    "doctor": (
        "weibao.cli.commands.doctor:doctor",
        N_("What this machine, this clone and the forge's files lack."),
    ),
    "status": (
        "weibao.cli.commands.status:status",
        N_("What is past due and what comes next, the open tickets, who is on duty."),
    ),
    "desk": (
        "weibao.cli.commands.desk:desk",
        N_("A page on your own machine, over this clone: the board, forms, photographs."),
    ),
    "ticket": (
        "weibao.cli.commands.ticket:ticket",
        N_("Open a ticket, record each step of it, show and list tickets."),
    ),
    "sync": (
        "weibao.cli.commands.sync:sync",
        N_("Receive what others have recorded, and send what was recorded here."),
    ),
    "inspection": (
        "weibao.cli.commands.inspection:inspection",
        N_("Inspections: start a round, record each check, show what is due."),
    ),
    "shift": (
        "weibao.cli.commands.shift:shift",
        N_("Shifts: hand one over, take one over, show what was left open."),
    ),
    "spares": (
        "weibao.cli.commands.spares:spares",
        N_("Spare parts: record each movement, show the stock, trace a piece."),
    ),
    "action": (
        "weibao.cli.commands.action:action",
        N_("Corrective actions: raise, finish and verify them, list them."),
    ),
    "review": (
        "weibao.cli.commands.review:review",
        N_("Reviews: surveys of the customer, audits of the records, visits to a depot."),
    ),
    "agreement": (
        "weibao.cli.commands.agreement:agreement",
        N_("The editions of contract, staff and keys that the customer agreed to."),
    ),
    "duty": (
        "weibao.cli.commands.duty:duty",
        N_("The duty rota: who is on duty now, and who will be; who stands in, and who is away."),
    ),
    "import": (
        "weibao.cli.commands.import_:import_",
        N_("Old registers: what their rows would become, bring them in, work them out again."),
    ),
    "asset": (
        "weibao.cli.commands.asset:asset",
        N_("The equipment: what is known of a piece, and what was done to it."),
    ),
    "contact": (
        "weibao.cli.commands.contact:contact",
        N_("The customer's contacts: add one, end one's rights."),
    ),
    "staff": (
        "weibao.cli.commands.staff:staff",
        N_("The provider's people: enter a certificate."),
    ),
    "config": (
        "weibao.cli.commands.config:config",
        N_("The configuration as a workbook: written out, and read back."),
    ),
    "index": (
        "weibao.cli.commands.index:index",
        N_("What status and explain keep of the history: delete it, hold it against the history."),
    ),
    "check": ("weibao.cli.commands.check:check", N_("Judge the records of the working tree.")),
    "findings": (
        "weibao.cli.commands.findings:findings",
        N_("What is wrong with the records, the evidence, the service levels, the operations."),
    ),
    "sla": ("weibao.cli.commands.sla:sla", N_("The verdict on every promise.")),
    "kpi": (
        "weibao.cli.commands.kpi:kpi",
        N_("The key figures of a period, and the records behind them."),
    ),
    "report": (
        "weibao.cli.commands.report:report",
        N_("The reports on months, quarters and years: close, write, issue, submit, revise."),
    ),
    "paper": (
        "weibao.cli.commands.paper:paper",
        N_("Papers for both sides to sign: service sheets, inspection reports, certificates."),
    ),
    "acceptance": (
        "weibao.cli.commands.acceptance:acceptance",
        N_("The acceptance package at the end of a contract: write it, or verify one."),
    ),
    "export": (
        "weibao.cli.commands.export:export",
        N_("Everything that the records say, in tables: CSV, a workbook, a database."),
    ),
    "audit": (
        "weibao.cli.commands.audit:audit",
        N_("Is the record sound? Every check, the evidence, and what git cannot show."),
    ),
    "diff": ("weibao.cli.commands.diff:diff", N_("What a change, or a pull request, does.")),
    "comment": (
        "weibao.cli.commands.comment:comment",
        N_("Keep a pull request's one comment up to date: for the workflow."),
    ),
    "issue": (
        "weibao.cli.commands.issue:issue",
        N_("Record what was written into a form for issues, or answer it: for the workflow."),
    ),
    "land": (
        "weibao.cli.commands.land:land",
        N_("Merge an approved pull request as it was reviewed: for the workflow."),
    ),
    "seen": (
        "weibao.cli.commands.seen:seen",
        N_("When the forge first had each commit: keep the log of it, and read it."),
    ),
    "hooks": (
        "weibao.cli.commands.hooks:hooks",
        N_("The hook of git that looks at a push to the official branch."),
    ),
    "explain": (
        "weibao.cli.commands.explain:explain",
        N_("How each verdict on a ticket was reached, with its commits."),
    ),
    "checkpoint": (
        "weibao.cli.commands.checkpoint:checkpoint",
        N_("Checkpoints: show one, have it time-stamped, hold kept ones against today."),
    ),
    "completion": (
        "weibao.cli.commands.completion:completion",
        N_("Print the script that completes weibao in a shell."),
    ),
    "rule": (
        "weibao.cli.commands.rule:rule",
        N_("What a finding's code means and how to mend it."),
    ),
    "upgrade": (
        "weibao.cli.commands.upgrade:upgrade",
        N_("Take another version of this software, and see which verdicts turn by it."),
    ),
    "wheels": (
        "weibao.cli.commands.wheels:wheels",
        N_("A folder from which Windows installs this software without a network."),
    ),
    "demo": (
        "weibao.cli.commands.demo:demo",
        N_("Make an example contract: a year of records with a true history."),
    ),
}


@click.command(
    "weibao",
    cls=Group,
    lazy=COMMANDS,
    help=N_("A maintenance record repository in git: records, their proof, and service levels."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@option(
    "-C",
    "directory",
    default=".",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=N_("Work in this folder, as git has it."),
)
@option(
    "--lang",
    type=click.Choice(CODES),
    default=None,
    is_eager=True,
    help=N_("The language to speak; else WEIBAO_LANG, else the contract's first."),
)
@option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help=N_("When to use colours."),
)
@option(
    "--seen",
    default=None,
    metavar="REF",
    help=N_(
        "The log of what the forge saw first: a ref or commit, if not refs/weibao/seen; none goes without."
    ),
)
@option(
    "--no-index",
    is_flag=True,
    help=N_("Believe nothing that an earlier command has kept of the history, and keep nothing."),
)
@click.version_option(
    __version__,
    prog_name="weibao",
    message="%(prog)s %(version)s",
    cls=Option,
    help=N_("Show the version of weibao."),
)
@click.pass_context
def weibao(
    context: click.Context,
    directory: Path,
    lang: str | None,
    color: str,
    seen: str | None,
    no_index: bool,  # noqa: FBT001 - an option that is a flag
) -> None:
    """The command line of a Weibao repository."""
    session: Session = context.obj
    asked = os.environ.get("WEIBAO_LANG", "")
    if asked and not lang and not wanted_language():
        raise UsageRefusal(
            N_("WEIBAO_LANG is “{found}”."),
            mend=N_("Set it to zh or en, or take it away."),
            found=asked,
        )
    _require_zone(os.environ.get("TZ", "").removeprefix(":"))
    session.directory = directory
    session.language_code = lang or ""
    session.color = color
    session.seen = "" if seen == "none" else seen
    session.index = not no_index


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process with one of the exit codes of ``Exit``."""
    code = run(sys.argv[1:] if arguments is None else arguments)
    # Nothing is left to be done but to end, and the interpreter would look through all that was loaded
    # for cycles once more, only to give back what the system takes back anyway.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the command and return its exit code; nothing but our own bugs shows a traceback."""
    if sys.stderr is None:  # ``2>&-``: nobody is to be told, and the exit code still says it
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdin is None:  # ``<&-``: nobody can be asked
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # LANG=C must not make Chinese unprintable
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session(Path(), _told_language(arguments), "auto")
    if sys.stdout is None:
        return _refused(session, Refusal(N_("Standard output is closed."), mend=_OUTPUT))
    if typed := os.environ.get(TYPED):
        from weibao.cli.framework.completing import complete_line

        return complete_line(weibao, session, typed)
    try:
        code = _invoked(session, arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone: ``| head``
        _quiet(sys.stdout)
        code = Exit.FINE
    except asking.Dropped:
        said = session.language.text(N_("Nothing was written."))
        click.echo(said, err=True)
        code = 130
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except Exception as error:  # noqa: BLE001 - whatever is left is our own bug, and is told as one
        code = _failed(session, error)
    return code


def _failed(session: Session, error: Exception) -> int:
    """Tell what no command expected: the output has no room, or a bug of ours."""
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        _quiet(sys.stdout)
        said = N_("The output cannot be written: {reason}")
        return _refused(session, Refusal(said, mend=_OUTPUT, reason=error))
    if isinstance(error, ModuleNotFoundError) and (lacking := _extra(session, error.name or "")):
        return _refused(session, lacking)
    from weibao.cli.framework.refusing import show_bug

    _tell(lambda: show_bug(session))
    return Exit.OUR_BUG


def _extra(session: Session, module: str) -> Refusal | None:
    """What is to be said where ``module`` is of an extra that is not installed."""
    from weibao.workspace.setup.extras import extra_lacking

    top = None
    with suppress(Refusal):  # outside of a repository nothing is vendored
        top = session.git.top
    return extra_lacking(module, top)


_OUTPUT = N_("Send the output where there is room for it. What was recorded stays recorded.")


def _invoked(session: Session, arguments: list[str]) -> int:
    """Run the command; what it refuses is told on standard error."""
    try:
        with weibao.make_context("weibao", list(arguments), obj=session) as context:
            weibao.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        from weibao.cli.framework.refusing import show_misuse

        misused = error
        _speak_as_here(session)
        _tell(lambda: show_misuse(session, misused))
        return Exit.USAGE
    except Refusal as refusal:
        _speak_as_here(session)
        return _refused(session, refusal)
    return Exit.FINE


def _speak_as_here(session: Session) -> None:
    """Have what is refused before any record was read said in the contract's language too."""
    path = "records/contract.yaml"
    with suppress(OSError):
        here = session.directory.resolve()
        for folder in (here, *here.parents):
            if (folder / path).is_file():
                session.speak_of({path: (folder / path).read_bytes()})
                return


def _refused(session: Session, refusal: Refusal) -> int:
    from weibao.cli.framework.refusing import show_refusal

    _tell(lambda: show_refusal(session, refusal))
    return refusal.exit_code


def _tell(show: Callable[[], None]) -> None:
    """Say it on standard error; where that takes nothing, the exit code alone must say it."""
    try:
        show()
    except OSError:
        _quiet(sys.stderr)


def _require_zone(place: str) -> None:
    """Refuse a ``TZ`` that is the path of something else than a zone: no library may read it."""
    if not place or not os.path.exists(place):  # noqa: PTH110 - a name is no path
        return
    from zoneinfo import ZoneInfo

    try:
        with open(place, "rb") as file:  # noqa: PTH123
            ZoneInfo.from_file(file)
    except (OSError, ValueError):
        raise Refusal(
            N_("TZ is “{found}”, which is no time zone."),
            mend=N_("Set it to a zone such as Asia/Shanghai, or take it away."),
            exit_code=Exit.USAGE,
            found=place,
        ) from None


def _told_language(arguments: list[str]) -> str:
    """``--lang`` as given, for what must be said before the options are parsed."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2]:
            return arguments[index + 1] if arguments[index + 1] in CODES else ""
        if argument.startswith("--lang="):
            return (
                argument.removeprefix("--lang=")
                if argument.removeprefix("--lang=") in CODES
                else ""
            )
    return ""


def _quiet(stream: TextIO) -> None:
    """What Python would still flush to where it cannot go goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
