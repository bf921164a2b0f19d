"""Real git repositories, built step by step: fixed identities and dates, so that ids repeat.

repository = Repository(tmp_path / "clone")
repository.write("records/staff.yaml", "people: {}\\n")
first = repository.commit(at="2026-11-20T09:21:00+08:00")
"""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from building.signing import SigningKey

AT = "2026-11-20T09:20:00+08:00"
BY = "li.qiang@provider.example"
SETTINGS = (
    "commit.gpgsign=false",
    "core.autocrlf=false",
    f"core.hooksPath={os.devnull}",
    "gc.auto=0",
    "maintenance.auto=false",
    "merge.renames=false",
    "protocol.file.allow=always",
    "advice.detachedHead=false",
)


class Repository:
    """A repository at ``path``, made when there is none yet."""

    def __init__(
        self, path: Path, *, object_format: str = "sha1", bare: bool = False, init: bool = True
    ) -> None:
        self.path = path
        self.at = AT
        if init:
            path.mkdir(parents=True, exist_ok=True)
            options = ["--bare"] if bare else []
            self.git("init", "-q", "-b", "main", f"--object-format={object_format}", *options)

    # Files

    def write(self, path: str, text: str | bytes) -> Path:
        """Put a file into the working tree, its folders too."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def append(self, path: str, *lines: str) -> Path:
        """Add lines at the end of a file."""
        file = self.path / path
        added = "".join(line.rstrip("\n") + "\n" for line in lines).encode()
        file.write_bytes(file.read_bytes() + added)
        return file

    def read(self, path: str) -> str:
        """A file of the working tree."""
        return (self.path / path).read_bytes().decode()

    def remove(self, path: str) -> None:
        """Delete a file of the working tree."""
        (self.path / path).unlink()

    # History

    def commit(
        self,
        message: str = "记录",
        *,
        at: str = "",
        by: str = BY,
        name: str = "",
        author_at: str = "",
        committer: str = "",
        paths: Iterable[str] | None = None,
        key: SigningKey | None = None,
    ) -> str:
        """Commit everything, or only ``paths``; without ``at``, a minute after the one before.

        ``by`` is the author's email and the committer's, unless ``committer`` says otherwise;
        ``key`` signs it.
        """
        self.git("add", "-A", "--", *(["."] if paths is None else paths))
        environment = self._identity(at or self._next(), by, name, author_at, committer)
        signed = [] if key is None else ["-S"]
        environment |= {} if key is None else key.environment
        self.git("commit", "-q", "--allow-empty", *signed, "-m", message, environment=environment)
        return self.head

    def branch(self, name: str, start: str = "HEAD") -> None:
        """A new branch, switched to."""
        self.git("switch", "-q", "-c", name, start)

    def switch(self, name: str) -> None:
        """Go to a branch, or to a commit with a detached HEAD."""
        self.git("switch", "-q", *(["--detach"] if len(name) >= 40 else []), name)

    def merge(
        self,
        *names: str,
        at: str = "",
        by: str = BY,
        message: str = "合并",
        options: Iterable[str] = (),
        edit: Callable[[], object] | None = None,
    ) -> str:
        """Merge without fast-forward; ``edit`` changes the working tree within the merge.

        Where the two sides conflict, ``edit`` must settle it.
        """
        environment = self._identity(at or self._next(), by, "", "", "")
        self.git(
            *("merge", "-q", "--no-ff", "--no-commit", *options, *names),
            environment=environment,
            check=edit is None,
        )
        if edit is not None:
            edit()
            self.git("add", "-A", "--", ".")
        self.git("commit", "-q", "--allow-empty", "-m", message, environment=environment)
        return self.head

    @property
    def head(self) -> str:
        """The commit that HEAD names."""
        return self.git("rev-parse", "HEAD")

    def clone(self, path: Path, *options: str) -> Repository:
        """A clone at ``path``, by the file transport so that ``--depth`` and filters work."""
        self.git("clone", "-q", *options, self.path.as_uri(), str(path))
        return Repository(path, init=False)

    def git(
        self,
        *arguments: str,
        given: bytes | None = None,
        environment: dict[str, str] | None = None,
        check: bool = True,
    ) -> str:
        """Run git here with nobody's settings; its output, stripped. Raises with its message."""
        settings = [part for one in SETTINGS for part in ("-c", one)]
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.path,
            env=clean_environment() | (environment or self._identity(self.at, BY, "", "", "")),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode(errors="replace").strip()

    def _identity(
        self, at: str, by: str, name: str, author_at: str, committer: str
    ) -> dict[str, str]:
        self.at = at
        signer = committer or by
        return {
            "GIT_AUTHOR_NAME": name or by.partition("@")[0],
            "GIT_AUTHOR_EMAIL": by,
            "GIT_AUTHOR_DATE": author_at or at,
            "GIT_COMMITTER_NAME": name or signer.partition("@")[0],
            "GIT_COMMITTER_EMAIL": signer,
            "GIT_COMMITTER_DATE": at,
        }

    def _next(self) -> str:
        return (datetime.fromisoformat(self.at) + timedelta(minutes=1)).isoformat()


def clean_environment() -> dict[str, str]:
    """This process's environment without git's variables and without anyone's git settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
