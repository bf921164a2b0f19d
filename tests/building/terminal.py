"""A program on a terminal of its own, answered when its questions are seen. A thing of POSIX."""

from __future__ import annotations

import os
import pty
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WAITING_SECONDS = 60


def on_terminal(
    command: list[str],
    folder: Path,
    environment: dict[str, str],
    answers: Iterable[tuple[bytes, bytes]],
) -> tuple[int, str]:
    """Run ``command`` in ``folder``: its exit code, and all that was seen on the terminal.

    Of the ``answers`` each is typed once its question is seen; whoever asks none of them is killed.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        environment |= {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        os.execve(command[0], command, environment)  # noqa: S606 - in the child of pty.fork
    guard = threading.Timer(WAITING_SECONDS, os.kill, (child, 9))
    guard.start()
    seen, since = b"", 0
    try:
        for question, answer in answers:
            while question not in seen[since:] and (more := _read(terminal)):
                seen += more
            since = len(seen)
            os.write(terminal, answer)
        while more := _read(terminal):
            seen += more
        _, status = os.waitpid(child, 0)
    finally:
        guard.cancel()
        os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode(errors="replace")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how a pseudo-terminal on Linux says that the other side has gone
        return b""
