"""Git, run to write: its hooks, signing, identity, keys and settings are the user's own."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from weibao.history.git.failures import no_git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WHO = ("GIT_AUTHOR_", "GIT_COMMITTER_")
_MINE = (
    *_WHO,
    *("GIT_SSH", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
)
"""The variables of git that may reach a commit: who makes it, how a push asks for a key, and where
the user's own settings are."""


def run_git(
    root: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[str]:
    """Run git in ``root``, with ``environment`` besides; its code and what it said, whatever happened.

    ``given`` goes to its standard input to the byte: as text, Windows would change its line ends.

    Raises:
        Refusal: there is no git on this machine.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_MINE)
    }
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            env=kept | dict(environment or {}),
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise no_git() from None
    said, complaint = (_text(raw) for raw in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, said, complaint)


def variables_say_who() -> bool:
    """Whether variables name whoever makes a commit, or its time: they go before the settings."""
    return any(name.startswith(_WHO) for name in os.environ)


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace").replace("\r\n", "\n")
