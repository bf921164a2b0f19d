"""``weibao init``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from rich.text import Text

from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import CODES, N_, language
from weibao.model.instant import local_day
from weibao.refusal import UsageRefusal
from weibao.render.terminal.book import finding_lines
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.workspace.setup.from_workbook import WorkbookRepository
    from weibao.workspace.setup.new_repository import Answers
    from weibao.workspace.setup.successor import Predecessor
    from weibao.workspace.setup.workbook.filled_workbook import FilledWorkbook

ZONE = "Asia/Shanghai"


@click.command(
    cls=Command,
    help=N_(
        "Make the repository of a new contract in DIR: records with comments that teach, schemas, "
        "site, workflows, editor settings, and the first commit. On a terminal it asks five "
        "questions; with options it asks nothing."
    ),
)
@argument(
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    explained=N_("A folder that is not there yet, an empty one, or an empty git repository."),
)
@option("--contract", metavar="NAME", help=N_("The contract's name."))
@option("--customer", metavar="NAME", help=N_("Who receives the service."))
@option("--provider", metavar="NAME", help=N_("Who provides the service."))
@option("--by", metavar="NAME", help=N_("You, as “Name <address>”; what git knows, if not given."))
@option("--zone", metavar="ZONE", help=N_("The contract's time zone; Asia/Shanghai if not given."))
@option(
    "--language",
    type=click.Choice(CODES),
    help=N_("The language of the comments and the README; the command's own, if not given."),
)
@option(
    "--wheel",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_(
        "The wheel that workflows install, kept under vendor/; the one that was installed here, if "
        "not given."
    ),
)
@option(
    "--publish",
    is_flag=True,
    help=N_(
        "Write the workflow that publishes the site, too. Without it nothing is published: the pages of a "
        "private repository may be public."
    ),
)
@option(
    "--successor-of",
    "older",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=N_(
        "Go on from the contract of that repository: its configuration is copied, its stock received and what is open opened anew."
    ),
)
@option(
    "--bundle",
    type=FILE,
    metavar="FILE",
    help=N_(
        "The bundle of the older records, as the acceptance package has it: its SHA-256 is written down."
    ),
)
@option(
    "--template",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help=N_(
        "Make nothing but a workbook to be filled in: contract, people, equipment, rota, spares, plan."
    ),
)
@option(
    "--from",
    "workbook",
    type=FILE,
    metavar="FILE.xlsx",
    help=N_("Begin with what such a workbook says, filled in."),
)
@pass_session
def init(
    session: Session,
    /,
    directory: Path,
    wheel: Path | None,
    older: Path | None,
    bundle: Path | None,
    template: Path | None,
    workbook: Path | None,
    *,
    publish: bool,
    **given: str | None,
) -> None:
    """Ask or take the five answers, write the files, and commit them."""
    if template:
        _write_template(session, directory, template, given["language"])
        return
    if workbook and older:
        raise UsageRefusal(
            N_("--from and --successor-of both say what the records begin with."),
            mend=N_("Give one of them; weibao config apply takes a workbook later."),
        )
    from weibao.cli.framework.terminal import can_ask
    from weibao.cli.steps.workbook import read_workbook
    from weibao.workspace.setup.first_commit import (
        found_repository,
        outer_repository,
        require_empty,
    )
    from weibao.workspace.setup.from_workbook import workbook_repository
    from weibao.workspace.setup.new_repository import repository_files
    from weibao.workspace.setup.successor import NOTE, successor_files
    from weibao.workspace.setup.vendored_wheel import given_wheel, installed_wheel, vendored_files

    folder = (session.directory / directory).absolute()
    branch = require_empty(folder)
    kept = given_wheel(session.directory / wheel) if wheel else installed_wheel()
    if outer := outer_repository(folder):
        _warn_of_outer(session, outer)
    old = _predecessor(session, older, bundle) if older else None
    if old:
        given = _of_predecessor(old) | {key: text for key, text in given.items() if text}
    filled = read_workbook(session.directory / workbook) if workbook else None
    if filled:
        given = _of_workbook(filled) | {key: text for key, text in given.items() if text}
    asked = can_ask() and not any(given.values())
    said = _asked(session, folder) if asked else _given(session, folder, given)
    answers = replace(_answers(said, branch, session.now), publish=publish)
    taken = successor_files(answers, old, session.now) if old else None
    begun = workbook_repository(filled, answers, session.now) if filled else None
    if begun:
        answers = begun.answers
    found = taken or begun
    made = found.files if found else repository_files(answers)
    contents = {**made, **vendored_files(kept)}
    words = session.language
    commit = found_repository(
        folder,
        contents,
        (answers.name, answers.email),
        branch=branch,
        message=language(answers.language).text(
            N_("Begin the records of {contract}"), contract=answers.contract
        ),
    )
    told = words.text(
        N_("{directory}: {number} files, commit {commit}."),
        directory=directory,
        number=len(contents),
        commit=commit[:12],
    )
    session.console.print(Text(told), soft_wrap=True)
    if taken:
        told = words.text(
            N_(
                "Taken over: {tickets} tickets, {actions} actions, {pieces} pieces in stock. {note} says where the older records are; left to do:"
            ),
            tickets=taken.tickets,
            actions=taken.actions,
            pieces=taken.pieces,
            note=NOTE,
        )
        session.console.print(Text(told), soft_wrap=True)
        for line in taken.left:
            session.console.print(Text(f"  - {plain(line)}"), soft_wrap=True)
    if begun:
        _tell_of_workbook(session, begun)
    for told in _left_to_do(words, answers):
        session.console.print(Text(told), soft_wrap=True)


def _left_to_do(words: Language, answers: Answers) -> Iterator[str]:
    """What nothing but a person can do now, and what it needs."""
    yield words.text(
        N_("Next: read README.md, make records/contract.yaml the contract's own, weibao doctor.")
    )
    yield words.text(
        N_(
            "On the forge: protect {main}, and ask there for reviews by the owners that CODEOWNERS names, of "
            "workflows, wheel, contract and keys. Of a private repository GitHub does so from its plan Pro or Team on; GitLab and Gitea do so in every edition."
        ),
        main=answers.main,
    )
    yield words.text(
        N_(
            "The site is published on each change of {main}: on GitHub choose “GitHub Actions” under Settings, Pages. Pages of a private repository need a paid plan there, and anybody may read them unless the plan says otherwise."
        )
        if answers.publish
        else N_(
            "The site is published by nobody. To have it: weibao init --publish writes the workflow for GitHub Pages; or copy what mkdocs build makes to any web server, of your own network too."
        ),
        main=answers.main,
    )


def _write_template(session: Session, directory: Path, template: Path, code: str | None) -> None:
    """Write the workbook to be filled in, and say what follows."""
    from weibao.cli.steps.workbook import put_workbook

    words = language(code) if code else session.language
    put_workbook(session.directory / template, words, {}, replacing=False)
    told = session.language.text(
        N_("{file}: fill it in, then: {command}"),
        file=plain(str(template)),
        command=plain(f"weibao init {quote(str(directory))} --from {quote(str(template))}"),
    )
    session.console.print(Text(told), soft_wrap=True)


def _of_workbook(filled: FilledWorkbook) -> dict[str, str | None]:
    """The answers that a workbook gives; one that cannot be taken as it is is refused."""
    from weibao.workspace.setup.from_workbook import require_whole

    require_whole(filled.faults)
    contract = filled.contract
    return {
        "contract": contract.said("name"),
        "customer": contract.said("customer"),
        "provider": contract.said("provider"),
        "zone": contract.said("zone") or ZONE,
    }


def _tell_of_workbook(session: Session, begun: WorkbookRepository) -> None:
    """Say what was taken, which ids were made, and what of it nobody has agreed to or can know yet."""
    words, counts = session.language, begun.counts
    lines = [
        words.text(
            N_(
                "Out of the workbook: {staff} rows of staff, {contacts} contacts, {places} sites and services, {assets} pieces of equipment, {spares} rows of spares, {plan} of the plan."
            ),
            **counts,
        )
    ]
    if begun.made_ids:
        told = (f"{identifier} ({name})" for identifier, name in begun.made_ids.items())
        lines.append(
            words.text(
                N_("Ids that were made, and stay once something is recorded: {ids}."),
                ids=words.listing(told),
            )
        )
    if begun.stock:
        lines.append(
            words.text(
                N_(
                    "{number} pieces lie in the depots by the workbook. They are received with weibao config stock FILE.xlsx, once the contract says what is agreed (evidence.imports too): with the first record that is settled."
                ),
                number=begun.stock,
            )
        )
    if not begun.agreed_levels:
        lines.append(
            words.text(
                N_(
                    "The workbook gives no service levels: the usual ones stand in records/contract.yaml as default-not-contract, for both sides to settle."
                )
            )
        )
    if begun.covered_to:
        lines.append(
            words.text(
                N_(
                    "The working calendar is known until {day}, and the contract ends later: add each year's holidays to records/contract.yaml once they are announced. Until then a promise by working time there cannot be judged."
                ),
                day=words.day(begun.covered_to),
            )
        )
    lines += [note.told(words) for note in begun.notes]
    for line in lines:
        session.console.print(Text(plain(line)), soft_wrap=True)
    for finding in begun.warnings:
        session.console.print(finding_lines(tell(finding, words), words), soft_wrap=True)


def _predecessor(session: Session, older: Path, bundle: Path | None) -> Predecessor:
    """The older contract as its repository has it now, and the bundle of it."""
    from hashlib import sha256

    from weibao.history.checkpoints.checkpoint import checkpoint_bytes
    from weibao.history.checkpoints.kept import checkpoint_at
    from weibao.history.git.reader import Git
    from weibao.history.snapshot import read_snapshot
    from weibao.report.opening import book_of
    from weibao.workspace.papers.bundle import bundle_holds
    from weibao.workspace.setup.successor import Predecessor

    git = Git(session.directory / older)
    book = book_of(read_snapshot(git), session.now)
    checkpoint, _ = checkpoint_at(git, book.commit)
    digest = ""
    if bundle:
        if not bundle_holds(bundle.absolute(), checkpoint_bytes(checkpoint), book.commit):
            raise UsageRefusal(
                N_("{bundle} is damaged, or does not hold commit {commit} of {older}."),
                mend=N_("Write the acceptance package of that commit, and name its bundle."),
                bundle=bundle,
                commit=book.commit[:12],
                older=older,
            )
        digest = sha256(bundle.read_bytes()).hexdigest()
    return Predecessor(book, checkpoint, digest)


def _of_predecessor(old: Predecessor) -> dict[str, str | None]:
    """The answers that the older contract gives."""
    contract = old.book.records.contract
    code = contract.languages[0]
    names = language(code)
    return {
        "contract": names.pick(contract.names),
        "customer": names.pick(contract.customer),
        "provider": names.pick(contract.provider),
        "zone": contract.zone.key,
        "language": code,
    }


def _warn_of_outer(session: Session, outer: str) -> None:
    """Say what a repository in a repository is, before anybody answers or anything is written."""
    told = session.language.text(
        N_(
            "Note: this is inside the git repository {outer}, which will not keep the new one's files. "
            "Another folder may be what you want, or a line for this one in its .gitignore."
        ),
        outer=plain(outer),
    )
    session.errors.print(Text(told, style="yellow"), soft_wrap=True)


def _asked(session: Session, folder: Path) -> dict[str, str]:
    """The five answers, asked for."""
    from weibao.cli.prompts.asking import ask_text
    from weibao.workspace.setup.new_repository import read_name, read_person

    words = session.language

    def ask(question: str, read: Callable[[str], object], default: str = "") -> str:
        return ask_text(words.text(question), read, words, default=default)

    answers = {
        "contract": ask(N_("The contract's name:"), read_name),
        "customer": ask(N_("The customer:"), read_name),
        "provider": ask(N_("The provider:"), read_name),
        "by": ask(N_("You, as “Name <address>”:"), read_person, _known_person(folder)),
    }

    def read_place(text: str) -> tuple[str, str]:
        return _read_place(text, words.code)

    place = ask(N_("Language and time zone:"), read_place, f"{words.code} {ZONE}")
    language, zone = read_place(place)
    return answers | {"language": language, "zone": zone}


def _given(session: Session, folder: Path, given: dict[str, str | None]) -> dict[str, str]:
    """The answers out of the options, and of what is known without asking."""
    known = {"zone": ZONE, "language": session.language.code}
    if by := _known_person(folder):
        known["by"] = by
    answers = known | {key: value for key, value in given.items() if value is not None}
    missing = [key for key in ("contract", "customer", "provider", "by") if key not in answers]
    if missing:
        raise UsageRefusal(
            N_("Without a terminal to ask on, {options} must be given."),
            mend=N_("weibao init --help shows how."),
            options=tuple(f"--{option_name}" for option_name in missing),
        )
    return answers


def _answers(said: dict[str, str], branch: str, now: Instant) -> Answers:
    """The answers, checked; the term begins today, by the contract's clock."""
    from weibao.workspace.setup.new_repository import Answers, read_name, read_person, read_zone

    zone = read_zone(said["zone"])
    name, email = read_person(said["by"])
    return Answers(
        contract=read_name(said["contract"]),
        customer=read_name(said["customer"]),
        provider=read_name(said["provider"]),
        name=name,
        email=email,
        zone=zone,
        language=said["language"],
        main=branch,
        day=local_day(now, ZoneInfo(zone)),
    )


def _read_place(text: str, own: str) -> tuple[str, str]:
    """Language and zone out of ``zh Asia/Shanghai``, or the zone alone, in the language ``own``.

    Raises ``Refusal`` where it is neither.
    """
    from weibao.workspace.setup.new_repository import read_zone

    *before, zone = text.split() or [""]
    language = " ".join(before) or own
    if language not in CODES or zone in CODES:
        raise UsageRefusal(
            N_("“{found}” is no language and time zone."),
            mend=N_("Write zh or en, a space, and the zone: zh Asia/Shanghai; or the zone alone."),
            found=text.strip(),
        )
    return language, read_zone(zone)


def _known_person(folder: Path) -> str:
    """Who git says the user is, as ``Name <address>``; "" where it does not know both."""
    from weibao.workspace.recording.commit import ask_git

    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    name = ask_git(there, "config", "--get", "user.name")
    email = ask_git(there, "config", "--get", "user.email")
    return f"{name} <{email}>" if name and email else ""
