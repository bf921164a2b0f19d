"""Another version of this software in a contract's repository: what it says of the records, then its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.report.upgraded import VersionJudgement
from weibao.workspace.papers.package_folder import put, scratch
from weibao.workspace.recording.commit import commit_files, head_commit, require_committable
from weibao.workspace.recording.store import Replacement, one_writer
from weibao.workspace.setup.upgrade_files import renewed_files, starter_texts
from weibao.workspace.setup.vendored_wheel import FOLDER, LOCK, PIN, read_content, read_pin
from weibao.workspace.setup.wheel_contents import WheelContents, opened_wheel, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from weibao.workspace.setup.upgrade_files import RenewedFiles

_SNIPPETS = ".vscode/weibao.code-snippets"
_PRINT_SNIPPETS = (
    "import sys; from weibao.workspace.setup.snippets import snippets_text; "
    "sys.stdout.buffer.write(snippets_text().encode())"
)
_SECONDS = 1800
_VERDICTS = ("sla", "verdicts")
_FINDINGS = ("findings", "findings")
_MAY_FIND = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class RunnableVersion:
    """A version of this software, unpacked out of its wheel into a folder of its own.

    It runs in a process of its own with the libraries of this environment, and with nothing of the version
    that runs here.
    """

    contents: WheelContents
    folder: Path

    def templates(self) -> dict[str, str]:
        """The files of its starter, by path: templates, and the snippets that it makes."""
        made = self.started("-c", _PRINT_SNIPPETS)
        printed, _ = made.communicate(timeout=_SECONDS)
        snippets = {} if made.returncode else {_SNIPPETS: printed}
        return starter_texts(self.contents) | snippets

    def answered(self, asked: subprocess.Popen[str], key: str) -> Sequence[Any]:
        """The rows under a key of the JSON that a process of this version prints.

        Raises:
            Refusal: it cannot run here, or cannot judge the records.
        """
        printed, complaint = asked.communicate(timeout=_SECONDS)
        try:
            rows: Sequence[Any] = json.loads(printed if asked.returncode in _MAY_FIND else "")[key]
        except (ValueError, KeyError, TypeError):
            raise Refusal(
                N_("Version {version} could not judge the records: {said}"),
                mend=N_(
                    "If libraries are lacking, install what it needs by {lock} of its wheel, then try again; nothing was written."
                ),
                version=self.contents.wheel.version,
                said=(complaint.strip().splitlines() or ["–"])[-1],
                lock=LOCK,
            ) from None
        return rows

    def started(self, *words: str) -> subprocess.Popen[str]:
        """A process of Python in which this version is what is called weibao."""
        environment = os.environ | {
            "PYTHONPATH": str(self.folder),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-P", *words],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )


def given_contents(path: Path, sha256: str) -> WheelContents:
    """The wheel in a file, held to its RECORD, to this Python, and to a hash where one was given.

    Raises:
        UsageRefusal: it is not that wheel.
    """
    contents = opened_wheel(path.name, read_content(path), sys.version_info[:3])
    found = sha256_of(contents.wheel)
    if sha256 and sha256.lower() != found:
        raise UsageRefusal(
            N_("{file} has another SHA-256 than the one given: {found}."),
            mend=N_("Fetch it again; if it stays so, it is not the wheel that was meant."),
            file=path.name,
            found=found,
        )
    return contents


def vendored_contents(top: Path) -> WheelContents:
    """The wheel that the repository at ``top`` keeps, as its ``requirements.txt`` names it by its hash.

    Raises:
        Refusal: there is none, or it is another.
    """
    pin = read_pin(read_content(top / PIN).decode(errors="replace"))
    content = read_content(top / FOLDER / pin.file) if pin.file else b""
    if not content:
        raise Refusal(
            N_("No wheel is vendored here: {pin} names none that is there."),
            mend=N_("weibao doctor gives the line that vendors one."),
            pin=PIN,
        )
    contents = opened_wheel(pin.file, content, sys.version_info[:3])
    if sha256_of(contents.wheel) not in pin.hashes:
        raise Refusal(
            N_("{file} is not the wheel whose hash requirements.txt gives, and is not installed"),
            mend=N_(
                "Find out who changed either (git log --stat -- vendor requirements.txt) and undo it "
                "before anything else is vendored."
            ),
            file=f"{FOLDER}/{pin.file}",
        )
    return contents


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """The version that a repository keeps, and the one that is to come."""

    old: RunnableVersion
    new: RunnableVersion

    def judgements(
        self, top: Path, revision: str, as_of: str, options: tuple[str, ...]
    ) -> tuple[VersionJudgement, VersionJudgement]:
        """What each says of a commit as of an instant, under the same options of the command; both are at work at once.

        Raises:
            Refusal: one of them cannot.
        """
        found: dict[str, list[Sequence[Any]]] = {"old": [], "new": []}
        for command, key in (_VERDICTS, _FINDINGS):
            words = (command, "--format", "json", "--at", revision, "--as-of", as_of)
            asked = ("-m", "weibao", "-C", str(top), *options, *words)
            with self.old.started(*asked) as first, self.new.started(*asked) as second:
                found["old"].append(self.old.answered(first, key))
                found["new"].append(self.new.answered(second, key))
        return VersionJudgement(*found["old"]), VersionJudgement(*found["new"])

    def renewal(self, top: Path, main: str) -> RenewedFiles:
        """What the new version writes into the repository."""
        templates = self.old.templates(), self.new.templates()
        wheels = sorted((top / FOLDER).glob("weibao-*.whl"))
        locks = sorted((top / FOLDER).glob("*.lock"))
        schemas = sorted((top / "schemas").glob("*.schema.json"))
        paths = {
            *(path.relative_to(top).as_posix() for path in (*wheels, *locks, *schemas)),
            *self.new.contents.wheel.locks,
            *templates[0],
            *templates[1],
            PIN,
        }
        there = {path: read_content(top / path) for path in paths if (top / path).is_file()}
        return renewed_files(self.new.contents, templates, there, main)


@contextmanager
def unpacked(old: WheelContents, new: WheelContents) -> Iterator[TwoVersions]:
    """Two versions side by side, for as long as they are needed."""
    with scratch() as folder:
        yield TwoVersions(_unpacked(old, folder / "old"), _unpacked(new, folder / "new"))


def _unpacked(contents: WheelContents, folder: Path) -> RunnableVersion:
    for path, raw in contents.files.items():
        put(folder, path, raw)
    return RunnableVersion(contents, folder)


def write_renewal(root: Path, git_dir: Path, renewed: RenewedFiles, message: str) -> str:
    """Write all of it or nothing, and commit it where there is a message; the commit's id, or "".

    A kill leaves the old wheel in place and named, or the new one: what names it is written last but for the old
    wheel's end. The command given again does the rest.

    Raises:
        Refusal: the disk or git did not allow it; all is as it was.
    """
    commit = ""
    with one_writer(git_dir):
        if message:
            require_committable(root)
        head = head_commit(root)
        replacement = Replacement(root, git_dir)
        try:
            for path, content in renewed.steps:
                if content is None:
                    replacement.remove(path)
                else:
                    replacement.put(path, content)
            if message and renewed.paths:
                commit = commit_files(root, renewed.paths, message)
        except BaseException:  # also an interrupt, which may come before git's commit or after it
            if head_commit(root) == head:
                replacement.undo()
            else:
                replacement.keep()
            raise
        replacement.keep()
    return commit
