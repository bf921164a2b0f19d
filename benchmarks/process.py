"""Whole processes, as a person or a pipeline starts them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.race import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
FINE_OR_FINDINGS = (0, 1)
"""Exit codes of a command that did its work: what it found is no matter of time."""


def process(name: str, *command: str, folder: Path, **more: str) -> Subject:
    """A subject that runs ``command`` in ``folder`` and throws its output away.

    ``more`` are variables of its environment.
    """

    def run() -> None:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment() | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode not in FINE_OR_FINDINGS or b"Traceback" in done.stderr:
            raise SystemExit(f"{name}: exit {done.returncode}\n{done.stderr.decode()}")

    return Subject(name, run)


def python(name: str, *arguments: str, folder: Path, **more: str) -> Subject:
    """The same with this very Python, so that the environment is the one under test."""
    return process(name, sys.executable, *arguments, folder=folder, **more)


@contextmanager
def going_on(*arguments: str, folder: Path, sign: str) -> Iterator[Callable[[], None]]:
    """This Python, running until the context is left; what it yields waits for a line with ``sign``.

    The first such line has been printed when the context is entered.
    """
    with subprocess.Popen(
        (sys.executable, *arguments),
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as started:

        def wait() -> None:
            assert started.stdout is not None
            if not any(line.startswith(sign) for line in started.stdout):
                raise SystemExit(f"{arguments}: ended by itself")

        try:
            wait()
            yield wait
        finally:
            started.kill()


def _environment() -> dict[str, str]:
    """The caller's, but for the switch by which Python would compile every module again each time."""
    found = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return found | _QUIET


_PEAK = """
import resource, subprocess, sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_memory(*command: str, folder: Path) -> int | None:
    """The most memory that one run of ``command`` held, in bytes; None where no system call tells.

    A process of its own asks for it: what is started from a large one counts as large until it is itself.
    """
    if importlib.util.find_spec("resource") is None:
        return None
    told = subprocess.run(
        (sys.executable, "-c", _PEAK, *command),
        cwd=folder,
        env=_environment(),
        capture_output=True,
        check=True,
    )
    return int(told.stdout) * (1 if sys.platform == "darwin" else 1024)
