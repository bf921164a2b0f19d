"""The hook that looks at a push before git makes it: written into the clone, and never in a push's way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.recording.commit import ask_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCRIPT = """#!/bin/sh
# weibao: warns of a push that puts the official tip second or loses a line; it never stops one.
command -v weibao > /dev/null 2>&1 && weibao hooks pre-push
exit 0
"""
"""Git runs it by its own shell, on Windows too."""


def install_push_hook(top: Path) -> Path:
    """Write the hook into the clone, and return where.

    Raises:
        Refusal: another hook is there, or the folder cannot be written to.
    """
    found = ask_git(top, "rev-parse", "--path-format=absolute", "--git-path", "hooks")
    hook = Path(found or top / ".git" / "hooks") / "pre-push"
    if hook.exists() and hook.read_text(encoding="utf-8", errors="replace") != SCRIPT:
        raise UsageRefusal(
            N_("There is another hook at {path}."),
            mend=N_("Add this line to it: weibao hooks pre-push"),
            path=hook,
        )
    try:
        hook.parent.mkdir(parents=True, exist_ok=True)
        hook.write_text(SCRIPT, encoding="utf-8", newline="\n")
        hook.chmod(0o755)
    except OSError as error:
        raise Refusal(N_("{path} cannot be written: {reason}"), path=hook, reason=error) from None
    return hook


def pushed(lines: Iterable[str], branch: str) -> Iterator[tuple[str, str]]:
    """What is pushed to a branch, and what is there now, out of what git tells its hook; none is deleted."""
    for line in lines:
        words = line.split()
        if len(words) == 4 and words[2] == f"refs/heads/{branch}":
            _, local, _, remote = words
            if local.strip("0") and remote.strip("0"):
                yield local, remote
