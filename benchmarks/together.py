"""Many at once: entries kept of those written by 8 processes in one clone, and by 20 clones.

``python -m benchmarks.together`` prints the figures; every entry must be kept exactly once.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, time
from typing import TYPE_CHECKING

from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WRITERS = 8
CLONES = 20
STEPS = 3
_ROUNDS = 10


def main() -> None:
    """Make a contract, let many write to it at once, and count."""
    with TemporaryDirectory(prefix="weibao-together-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        _weibao(work, "demo", "demo")
        _git(work, "clone", "-q", "--bare", "demo", "remote.git")
        print(_figure("8 processes in one clone", *_processes(work)))
        print(_figure(f"{CLONES} clones", *_clones(work)))


def _processes(work: Path) -> tuple[int, int, float, int]:
    clone = _clone(work, "one")
    ticket = _open_ticket(clone)
    started = perf_counter()
    names = [f"p{number}" for number in range(WRITERS)]
    update = ("ticket", "update", ticket, "--push")
    _all([_start(clone, *update, "--note", name) for name in names])
    return (*_kept(work, names), perf_counter() - started, 1)


def _clones(work: Path) -> tuple[int, int, float, int]:
    clones = [_clone(work, f"clone-{number}") for number in range(CLONES)]
    ticket = _open_ticket(clones[0])
    names: list[str] = []
    started, started_at = perf_counter(), int(time()) - 3600
    for number, clone in enumerate(clones):
        for step in range(STEPS):
            names.append(f"c{number}-{step}")
            when = _moment(started_at + len(names))
            _all([_start(clone, *("ticket", "update", ticket, "--at", when), "--note", names[-1])])
    rounds, left = 0, clones
    while left and rounds < _ROUNDS:
        rounds += 1
        running = [(clone, _start(clone, "sync")) for clone in left]
        left = [clone for clone, one in running if one.wait() != 0]
    return (*_kept(work, names), perf_counter() - started, rounds)


def _kept(work: Path, names: Sequence[str]) -> tuple[int, int]:
    """How many entries are there exactly once, of how many; nothing else may have been lost."""
    with TemporaryDirectory(dir=work) as last:
        _git(work, "clone", "-q", "remote.git", f"{last}/clone")
        clone = Path(last) / "clone"
        texts = (
            file.read_text(encoding="utf-8") for file in clone.glob("records/tickets/**/*.yaml")
        )
        found = Counter(one for text in texts for one in re.findall(r"note: ([pc][\d-]+)\}", text))
        book = book_of(read_snapshot(Git(clone)), int(time()))
        lost = [one for check in book.checks for one in check.findings if one.code[0] == "L"]
        if lost:
            raise SystemExit(f"lost: {lost[0]}")
    return sum(found[name] == 1 for name in names), len(names)


def _figure(name: str, kept: int, written: int, seconds: float, rounds: int) -> str:
    return f"{name}: {kept} of {written} entries kept, {seconds:.1f} s, {rounds} round(s) of sync"


def _clone(work: Path, name: str) -> Path:
    _git(work, "clone", "-q", "remote.git", name)
    staff = (work / name / "records" / "staff.yaml").read_text(encoding="utf-8")
    address = re.findall(r"git: \[([^\],]+)", staff)[0]
    _git(work / name, "config", "user.name", name)
    _git(work / name, "config", "user.email", address)
    return work / name


def _open_ticket(clone: Path) -> str:
    """The open ticket that everybody will write to, as all clones have it."""
    said = _weibao(clone, "ticket", "list")
    return re.findall(r"(T\d{8}-\w{6}) +fault", said)[0]


def _moment(instant: int) -> str:
    """A second of its own for each entry: clones that do not know of each other cannot choose one."""
    return datetime.fromtimestamp(instant, UTC).isoformat()


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def _weibao(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "weibao", "--lang", "en", *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, encoding="utf-8", stdout=subprocess.PIPE
    ).stdout


def _start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "weibao", "--lang", "en", *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def _all(running: Iterable[subprocess.Popen[bytes]]) -> None:
    for one in running:
        _, complaint = one.communicate()
        if one.returncode != 0:
            raise SystemExit(complaint.decode(errors="replace"))


if __name__ == "__main__":
    main()
