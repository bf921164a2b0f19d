"""What a machine, a clone and the forge's files are like: facts, gathered and not yet judged."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weibao import __version__
from weibao.history.snapshot import no_records, refuse_unless_whole
from weibao.model.load import read_record
from weibao.model.paths import is_left_behind
from weibao.model.schema.files import COPIED, schema_bytes, schema_folder
from weibao.refusal import Refusal
from weibao.workspace.recording.commit import ask_git
from weibao.workspace.setup.extras import EXTRAS, installing
from weibao.workspace.setup.vendored_wheel import (
    FOLDER,
    LOCKS,
    PIN,
    Pin,
    parse_wheel,
    read_content,
    read_pin,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.git.reader import Git
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff

LOGS = (
    "records/tickets/2026/01/01/T20260101-000000.yaml",
    "records/inspections/2026/01/01/I20260101-000000.yaml",
    "records/reports/2026/2026-01.yaml",
    "records/shifts/2026/01/01/S20260101-000000.yaml",
    "records/spares.yaml",
    "records/actions.yaml",
    "records/agreements.yaml",
    "records/reviews.yaml",
)
"""A path of each kind that keeps a log, to ask git how it would treat it."""

_FORGE_FILES = (
    *(".github/workflows/*.yml", ".github/workflows/*.yaml"),
    *(".gitea/workflows/*.yml", ".gitea/workflows/*.yaml"),
    ".gitlab-ci.yml",
)
_MOST = 512 * 1024


@dataclass(frozen=True, slots=True)
class MachineCondition:
    """What the machine has.

    Attributes:
        git: git's version; () where it cannot be told.
        python: Python's version.
        command: whether ``weibao`` is found by its name, as editors and hooks call it.
        name: the name that commits will bear; "" where git knows none.
        email: the address likewise.
        signs: whether commits are signed.
        key: the key that signs; "" where none is named.
        key_absent: whether that is the name of a file that is not there.
        ssh_key: which files of the usual SSH key are there: ``private``, ``public``, both or none.
        extras: by the name of each extra that is not installed, the command that installs it.
    """

    git: tuple[int, ...]
    python: tuple[int, ...]
    command: bool
    name: str
    email: str
    signs: bool
    key: str
    key_absent: bool
    ssh_key: frozenset[str]
    extras: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CloneCondition:
    """What the clone is like.

    Attributes:
        broken: why its history cannot be read or trusted; None where it can.
        contract: None where it cannot be read.
        only_line_ends: whether it could be read, were it not for line ends of CRLF.
        emails: the addresses that staff.yaml and the contract list; None where they cannot be read.
        branch: the branch; "" where HEAD is detached.
        branches: the branches that there are, here and on the remotes, by their short names.
        remotes: the names of the remotes.
        upstream: whether the branch knows where it is pushed to.
        merge: by path of ``LOGS``, the merge driver in force; ``eol`` likewise, the line ends.
        changed: files under ``records`` and ``schemas`` that are not as the last commit has them.
        stale: schemas that are not the package's own.
        own_schemas: the folder in which the package keeps its own.
        ahead: by how many seconds the last commit is later than this machine's clock.
        hook_wanted: whether ``.pre-commit-config.yaml`` is there; ``hooked``: whether it is in use.
    """

    broken: Refusal | None
    contract: Contract | None
    only_line_ends: bool
    emails: frozenset[str] | None
    branch: str
    branches: frozenset[str]
    remotes: tuple[str, ...]
    upstream: bool
    merge: Mapping[str, str]
    eol: Mapping[str, str]
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    own_schemas: str
    ahead: int
    hook_wanted: bool
    hooked: bool


@dataclass(frozen=True, slots=True)
class ForgeSettings:
    """What the files that the forge obeys are like.

    Attributes:
        workflows: path → text of each workflow file.
        locks: path → what those of ``LOCKS`` hold that are here.
        pin: what ``requirements.txt`` says of this package.
        wheel_hash: the SHA-256 of the wheel that is named there; "" where it is not here.
        wheel_locks: the locks inside that wheel; none where it cannot be read.
        own_version: the version at hand.
        remote: the first remote; "" where there is none.
        fetches_seen: whether a fetch brings the log of what the forge saw first.
        main: the official branch.
    """

    workflows: Mapping[str, str]
    locks: Mapping[str, bytes]
    pin: Pin
    wheel_hash: str
    wheel_locks: Mapping[str, bytes]
    own_version: str
    remote: str
    fetches_seen: bool
    main: str


def examine_machine(folder: Path) -> MachineCondition:
    """The machine, as git would be set up in ``folder``."""
    has_git = shutil.which("git") is not None

    def ask(*arguments: str) -> str:
        return (ask_git(folder, *arguments) or "") if has_git else ""

    found = re.search(r"\d+(?:\.\d+)+", ask("version"))
    key = ask("config", "--get", "user.signingkey")
    file = ask("config", "--type=path", "--get", "user.signingkey")
    ssh = ask("config", "--get", "gpg.format") == "ssh"
    usual = Path("~/.ssh/id_ed25519").expanduser()
    files = {"private": usual, "public": usual.with_name("id_ed25519.pub")}
    top = ask("rev-parse", "--show-toplevel")
    return MachineCondition(
        git=tuple(int(part) for part in found[0].split(".")) if found else (),
        python=tuple(sys.version_info[:2]),
        command=shutil.which("weibao") is not None,
        name=ask("config", "--get", "user.name"),
        email=ask("config", "--get", "user.email"),
        signs=ask("config", "--type=bool", "--get", "commit.gpgsign") == "true",
        key=key,
        key_absent=ssh and _is_path(key) and not (folder / file).is_file(),
        ssh_key=frozenset(name for name, file in files.items() if file.is_file()),
        extras={
            extra.name: installing(extra, Path(top) if top else None)
            for extra in EXTRAS
            if not extra.here
        },
    )


def _is_path(key: str) -> bool:
    """Whether git takes an SSH signing key for the name of a file, and not for the key itself."""
    return bool(key) and not key.startswith(("key::", "ssh-"))


def examine_clone(git: Git, top: Path, now: Instant) -> CloneCondition:
    """The clone whose work tree is at ``top``."""
    contract: Contract | None = _record(top, "contract")
    unix = _record(top, "contract", unix=True)
    attributes = {name: _attribute(top, name) for name in ("merge", "eol")}
    hooks = ask_git(top, "rev-parse", "--path-format=absolute", "--git-path", "hooks") or ""
    committed = ask_git(top, "log", "-1", "--format=%ct")
    return CloneCondition(
        broken=_broken(git, top),
        contract=contract,
        only_line_ends=contract is None and unix is not None,
        emails=_emails(_record(top, "staff"), contract),
        branch=ask_git(top, "symbolic-ref", "--quiet", "--short", "HEAD") or "",
        branches=_branches(top),
        remotes=tuple((ask_git(top, "remote") or "").split()),
        upstream=ask_git(top, "rev-parse", "--verify", "--quiet", "@{upstream}") is not None,
        merge=attributes["merge"],
        eol=attributes["eol"],
        changed=_changed(top),
        stale=tuple(name for name in COPIED if not _is_current(top, name)),
        own_schemas=schema_folder().as_posix(),
        ahead=int(committed) - now if committed else 0,
        hook_wanted=(top / ".pre-commit-config.yaml").is_file(),
        hooked=bool(hooks) and (top / hooks / "pre-commit").is_file(),
    )


def examine_forge(top: Path, main: str) -> ForgeSettings:
    """The files at ``top`` that the forge obeys; ``main`` is the official branch."""
    remotes = (ask_git(top, "remote") or "").split()
    fetched = ask_git(top, "config", "--get-regexp", r"^remote\..*\.fetch$") or ""
    pin = read_pin(_small(top / PIN).decode(errors="replace"))
    content = read_content(top / FOLDER / pin.file) if pin.file else b""
    wheel = parse_wheel(content)
    return ForgeSettings(
        workflows=_workflows(top),
        locks={path: lock for path in LOCKS if (lock := _lock(top / path))},
        pin=pin,
        wheel_hash=hashlib.sha256(content).hexdigest() if content else "",
        wheel_locks=wheel.locks if wheel else {},
        own_version=__version__,
        remote=remotes[0] if remotes else "",
        fetches_seen="refs/weibao/" in fetched,
        main=main,
    )


def _lock(path: Path) -> bytes:
    return _small(path).replace(b"\r\n", b"\n")


def _workflows(top: Path) -> dict[str, str]:
    found = (path for pattern in _FORGE_FILES for path in sorted(top.glob(pattern)))
    return {
        path.relative_to(top).as_posix(): _small(path).decode(errors="replace")
        for path in found
        if path.is_file()
    }


def _small(path: Path) -> bytes:
    """What a file holds; b"" where there is none, or one of a size that nobody writes by hand."""
    try:
        return path.read_bytes() if path.stat().st_size <= _MOST else b""
    except OSError:
        return b""


def _broken(git: Git, top: Path) -> Refusal | None:
    try:
        refuse_unless_whole(git)
        git.resolve("HEAD")
    except Refusal as refusal:
        return refusal
    return None if (top / "records").is_dir() else no_records(top)


def _record(top: Path, name: str, *, unix: bool = False) -> Any:
    """What a configuration file says; None where it is not there or cannot be read.

    ``unix``: what it would say if its lines ended in LF.
    """
    path = f"records/{name}.yaml"
    try:
        raw = (top / path).read_bytes()
    except OSError:
        return None
    return read_record(path, raw.replace(b"\r\n", b"\n") if unix else raw).value


def _emails(staff: Staff | None, contract: Contract | None) -> frozenset[str] | None:
    if staff is None or contract is None:
        return None
    listed = [person.git for person in staff.people.values()]
    listed += [contact.git for contact in contract.contacts.values()]
    return frozenset(email.casefold() for emails in listed for email in emails)


def _attribute(top: Path, name: str) -> dict[str, str]:
    """By path of ``LOGS``, what git holds the attribute to be, whoever has set it."""
    said = (ask_git(top, "check-attr", "-z", name, "--", *LOGS) or "").split("\0")
    return dict(zip(said[::3], said[2::3], strict=False))


def _branches(top: Path) -> frozenset[str]:
    names = ask_git(top, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes") or ""
    return frozenset(re.sub(r"^refs/(?:heads|remotes/[^/]+)/", "", ref) for ref in names.split())


def _changed(top: Path) -> tuple[str, ...]:
    """Files that differ from the last commit, and files that git does not know."""
    where = ("--", "records", "schemas")
    known = ask_git(top, "diff", "--name-only", "-z", "HEAD", *where) or ""
    new = ask_git(top, "ls-files", "--others", "--exclude-standard", "-z", *where) or ""
    added = [path for path in new.split("\0") if not is_left_behind(path, ())]
    return tuple(sorted(path for path in (*known.split("\0"), *added) if path))


def _is_current(top: Path, name: str) -> bool:
    try:
        copy = (top / "schemas" / f"{name}.schema.json").read_bytes()
    except OSError:
        return False
    return copy.replace(b"\r\n", b"\n") == schema_bytes(name)
