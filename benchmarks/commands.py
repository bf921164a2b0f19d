"""Commands as whole processes, against an interpreter that does nothing and against plain git."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.process import going_on, process, python
from benchmarks.race import Subject
from weibao.cli.checking.saving import ENDS
from weibao.cli.framework.session import TYPED
from weibao.model.paths import UNFINISHED
from weibao.workspace.suggestions.live import live_tickets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SAMPLE = 100
"""Files that check-jsonschema is given: it takes as long for each, and far too long for all."""

GIT_LOG = ("git", "log", "--raw", "-z", "--no-renames", "--no-abbrev", "HEAD", "--", "records")
"""Git's own walk over the history of the records: it compares trees and reads no file."""


def git_log(folder: Path) -> Subject:
    """Git's walk over the history."""
    return process("`git log --raw -- records`", *GIT_LOG, folder=folder)


def git_reading(folder: Path, walk: Subject | None = None) -> Subject:
    """The floor for everything that reads the whole history: git's walk, and every object of it.

    ``walk`` is :func:`git_log`, unless another is given. Which objects those are is found out beforehand, outside of the race.
    """
    listed = subprocess.run(
        ("git", "rev-list", "--objects", "HEAD", "--", "records"),
        cwd=folder,
        capture_output=True,
        check=True,
    )
    lines = listed.stdout.splitlines()
    # A commit is listed by its name alone; of trees and files, whose path follows, the files are read.
    names = b"".join(
        line.split()[0] + b"\n" for line in lines if b" " not in line or line.endswith(b".yaml")
    )
    walk = walk or git_log(folder)

    def run() -> None:
        walk.run()
        subprocess.run(
            ("git", "cat-file", "--batch", "--buffer"),
            cwd=folder,
            input=names,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    return Subject(f"{walk.name}, then `git cat-file --batch`", run)


def git_log_of_merges(folder: Path) -> Subject:
    """Git's walk over the history, each merge held against each of its parents."""
    command = (*GIT_LOG[:2], "-m", *GIT_LOG[2:])
    return process("`git log -m --raw -- records`", *command, folder=folder)


def command_subjects(folder: Path, as_of: str) -> Sequence[Subject]:
    """What people type in a repository, as of one instant."""
    at = ("--as-of", as_of)
    return (
        python("`python -c pass`", "-c", "pass", folder=folder),
        git_log(folder),
        _weibao("--help", folder=folder),
        _weibao("status", *at, folder=folder),
        _weibao("sla", *at, folder=folder),
        _weibao("check", folder=folder),
    )


def pipeline_subjects(folder: Path, as_of: str) -> Sequence[Subject]:
    """What a pipeline runs in a repository of any size, with nothing kept from before; git's reading is the floor.

    A table of every verdict is for nobody. The subjects have the same names in every repository.
    """
    return (
        git_reading(folder),
        *(
            python(f"`weibao {command} --format json`, cold", *cold(command, as_of), folder=folder)
            for command in ("sla", "audit")
        ),
        _weibao("check", folder=folder),
    )


def cold(command: str, as_of: str) -> Sequence[str]:
    """The arguments of a command that reads all history, whatever was kept from before."""
    return ("-m", "weibao", "--no-index", command, "--format", "json", "--as-of", as_of)


def importing_click(folder: Path) -> Subject:
    """The floor for what is asked at a prompt: an interpreter that reads the command line, and no more."""
    return python("`python -c 'import click'`", "-c", "import click", folder=folder)


def asked_subjects(folder: Path, prepare: Callable[[], object] = lambda: None) -> Sequence[Subject]:
    """What is asked at a prompt, as JSON and then as text: how things stand, and about the last ticket."""
    ticket = max(path.stem for path in (folder / "records" / "tickets").rglob("*.yaml"))
    return tuple(
        Subject(
            f"`weibao {command}`{shown}",
            _weibao(command, *more, *form, folder=folder).run,
            prepare,
        )
        for form, shown in ((("--format", "json"), " as JSON"), ((), " as text"))
        for command, more in (("status", ()), ("explain", (ticket,)))
    )


def writing_clone(folder: Path) -> Path:
    """A clone of ``folder`` beside it, in which one of the staff works."""
    clone = folder.with_name(f"{folder.name}-clone")
    if not clone.exists():
        subprocess.run(("git", "clone", "-q", str(folder), str(clone)), check=True)
        person, address = _somebody(clone)
        for key, value in (("name", person), ("email", address)):
            subprocess.run(("git", "config", f"user.{key}", value), cwd=clone, check=True)
    return clone


def by_hand(clone: Path, event: str = "event: updated, note: x") -> Callable[[], None]:
    """Appends a line to the last open ticket and commits it, as git alone would do it: a minute after the one before."""
    ticket, (person, _) = live_tickets(clone)[0], _somebody(clone)
    minutes, now = count(), datetime.now(UTC)

    def step() -> None:
        minute = next(minutes)
        at = datetime.fromtimestamp(ticket.log[-1].at + 60 * minute, UTC).isoformat()
        made = (now + timedelta(minutes=minute)).isoformat(timespec="seconds")
        dated = {**os.environ, "GIT_AUTHOR_DATE": made, "GIT_COMMITTER_DATE": made}
        with (clone / ticket.path).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"  - {{at: {at}, by: {person}, {event}}}\n")
        for command in (("add", "--", ticket.path), ("commit", "-q", "-m", "updated")):
            subprocess.run(("git", *command), cwd=clone, env=dated, check=True)

    return step


def _somebody(clone: Path) -> tuple[str, str]:
    """The id and the address of one of the staff."""
    staff = (clone / "records/staff.yaml").read_text(encoding="utf-8")
    found = re.search(r"^  ([a-z-]+): .*git: \[([^\],]+)", staff, re.MULTILINE)
    assert found is not None
    return found[1], found[2]


def recording_subjects(folder: Path) -> Sequence[Subject]:
    """A step with its commit in a clone of ``folder``: as git alone would do it, and by command."""
    clone = writing_clone(folder)
    return (
        Subject("a line appended, `git add`, `git commit`", by_hand(clone)),
        _weibao(f"ticket update {live_tickets(clone)[0].id} --note x", folder=clone),
    )


def request_subjects(folder: Path) -> Sequence[Subject]:
    """Requests that change one file of a clone of ``folder``, each judged by what it changed; all of it is the floor.

    One adds a step by which no other ticket is judged; the other ends the ticket, and may turn what was
    said of its duplicates.
    """
    clone = writing_clone(folder)
    for branch, event in (
        ("step", "event: updated, note: x"),
        ("end", "event: resolved, mode: remote, cause: x, action: y"),
    ):
        subprocess.run(
            ("git", "checkout", "-q", "-b", branch, "origin/main"), cwd=clone, check=True
        )
        by_hand(clone, event)()
    subprocess.run(("git", "checkout", "-q", "main"), cwd=clone, check=True)
    changed = ("check", "--changed", "--base", "origin/main", "--at")
    return (
        _weibao("check", folder=folder),
        *(
            python(
                f"`weibao check --changed` of {what}",
                "-m",
                "weibao",
                *changed,
                branch,
                folder=clone,
            )
            for branch, what in (("step", "a step"), ("end", "a ticket's end"))
        ),
    )


def schema_check_subjects(folder: Path, program: str) -> Sequence[Subject]:
    """check-jsonschema on one ticket, and on as many more as :data:`SAMPLE` says, with this project's schema."""
    tickets = sorted(str(path) for path in (folder / "records" / "tickets").rglob("*.yaml"))
    schema = Path(__file__).parents[1] / "schemas" / "ticket.schema.json"
    return tuple(
        process(
            f"`check-jsonschema` on {number} tickets",
            program,
            "--schemafile",
            str(schema),
            *tickets[:number],
            folder=folder,
        )
        for number in (1, 1 + SAMPLE)
    )


@contextmanager
def typing_subjects(folder: Path) -> Iterator[Sequence[Subject]]:
    """What must answer while somebody types or saves: Tab, and the check of one file."""
    latest = max(path for path in (folder / "records" / "tickets").rglob("*.yaml"))
    path = latest.relative_to(folder).as_posix()
    with going_on("-m", "weibao", "check", "--watch", folder=folder, sign=ENDS) as told:
        yield (
            python("`python -c pass`", "-c", "pass", folder=folder),
            python("`python -I -S -c pass`", "-I", "-S", "-c", "pass", folder=folder),
            _tab("weibao ti", folder),
            _tab("weibao ticket ack ", folder),
            _tab("weibao ticket assign 7K3Q9M --to ", folder),
            python("`weibao check FILE`", "-m", "weibao", "check", path, folder=folder),
            Subject("from a save to what `weibao check --watch` says", _saved(latest, told)),
        )


def _saved(file: Path, told: Callable[[], None]) -> Callable[[], None]:
    """Saves a file as editors do, whole and in one step, and waits until that is told."""
    beside = file.with_name(f"{UNFINISHED}saved")

    def run() -> None:
        beside.write_bytes(file.read_bytes())
        beside.replace(file)
        told()

    return run


def _tab(line: str, folder: Path) -> Subject:
    """Tab, pressed in zsh after ``line``."""
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), TYPED: "zsh_complete"}
    return python(f"Tab after `{line}`", "-m", "weibao", folder=folder, **asked)


def site_subjects(folder: Path, floor: Path) -> Sequence[Subject]:
    """The repository's site, built afresh each time, against one page in the same theme.

    The page's site is made in the folder ``floor``.
    """
    pages = floor / "docs"
    pages.mkdir(parents=True)
    (pages / "index.md").write_text("# 一页\n", encoding="utf-8")
    settings = "site_name: floor\ntheme: {name: material, language: zh}\nplugins: []\n"
    (floor / "mkdocs.yml").write_text(settings, encoding="utf-8")
    build = ("-m", "mkdocs", "--quiet", "build")
    return (
        python("`mkdocs build` of one page in the same theme", *build, folder=floor),
        python("`mkdocs build` of the example", *build, folder=folder),
    )


def _weibao(typed: str, *more: str, folder: Path) -> Subject:
    return python(f"`weibao {typed}`", "-m", "weibao", *typed.split(), *more, folder=folder)
