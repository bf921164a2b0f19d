"""The command ``weibao``, run in this process on a real repository, at a time that the test sets."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.repository import Repository, clean_environment
from weibao.cli.framework.session import Session
from weibao.cli.main import run
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

TICKET = "T20261120-7K3Q9M"
PATH = ticket_path(TICKET)
NOW = "2026-11-20T09:30:00+08:00"
OPENED = (entry("09:15", "opened", by="wang-lei"),)


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def record_repository(
    path: Path, log: Iterable[str] = OPENED, allowed_signers: str = "", **more: str
) -> Repository:
    """A clone of a small contract with one ticket, committed when it was opened.

    Li Qiang works in it; ``more`` replaces files by their name: ``contract``, ``spares`` …
    """
    repository = Repository(path)
    texts = small_contract() | {f"records/{name}.yaml": text for name, text in more.items()}
    texts |= {"records/allowed_signers": allowed_signers} if allowed_signers else {}
    for name, text in texts.items():
        repository.write(name, text)
    repository.commit("合同", at="2026-11-20T09:00:00+08:00")
    repository.write(PATH, a_ticket(log=log))
    repository.commit("受理", at="2026-11-20T09:16:00+08:00", by="wang.lei@provider.example")
    repository.git("config", "user.name", "李强")
    repository.git("config", "user.email", "li.qiang@provider.example")
    return repository


class Weibao:
    """The command, in a repository's folder; ``now`` is the clock's and the commits' time."""

    def __init__(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
    ) -> None:
        self.repository = repository
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in list(os.environ):
            if name.startswith(("GIT_", "WEIBAO_", "LC_")) or name in {"LANG", "COLUMNS"}:
                monkeypatch.delenv(name)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        self.set_clock(NOW)

    def set_clock(self, now: str) -> None:
        """From here on it is ``now``, for the command and for git."""
        self._monkeypatch.setattr(Session, "now", parse_instant(now))
        self._monkeypatch.setenv("GIT_AUTHOR_DATE", now)
        self._monkeypatch.setenv("GIT_COMMITTER_DATE", now)

    def __call__(self, *arguments: str, folder: Path | None = None, lang: str = "en") -> Ran:
        """Run ``weibao ARGUMENTS``."""
        where = str(folder or self.repository.path)
        language = ("--lang", lang) if lang else ()
        code = run(["-C", where, *language, *arguments])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(int(code), said.out, said.err)


STARTER = """
import sys
from weibao.cli.main import main
from weibao.cli.framework.session import Session
Session.now = int(sys.argv.pop(1))
main()
"""


def process(
    repository: Repository,
    *arguments: str,
    now: str = NOW,
    environment: dict[str, str] | None = None,
    first: str = "",
) -> subprocess.Popen[bytes]:
    """``weibao ARGUMENTS`` as a process of its own at the time ``now``, its output piped.

    ``first`` is Python to run before it.
    """
    dates = {"GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
    return subprocess.Popen(
        [sys.executable, "-c", first + STARTER, str(parse_instant(now)), *arguments],
        cwd=repository.path,
        env=clean_environment() | dates | {"WEIBAO_LANG": "en"} | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
