"""A wheel of this package, opened and held to what it says of itself, before anything of it is used."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.setup.vendored_wheel import Wheel, parse_wheel
from weibao.workspace.setup.wheel_bytes import record_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 256 * 1024 * 1024
"""Bytes of all files together, unpacked."""

_VERSION = re.compile(
    r"(?P<release>\d+(?:\.\d+)*)(?:(?P<phase>a|b|rc)(?P<number>\d+))?(?:\.post(?P<post>\d+))?(?:\.dev(?P<dev>\d+))?"
)
_PHASES = ("a", "b", "rc")
_CLAUSE = re.compile(r"(>=|>|<=|<)\s*(\d+(?:\.\d+)*)")
_PART = re.compile(r"[^/\\:]+")


@dataclass(frozen=True, slots=True)
class WheelContents:
    """A wheel that is what it says.

    Attributes:
        wheel: its version, its bytes, and what it needs.
        files: what it installs, by path in it.
    """

    wheel: Wheel
    files: Mapping[str, bytes]


def opened_wheel(name: str, content: bytes, python: tuple[int, ...]) -> WheelContents:
    """The wheel in a file of this name; ``python`` is the version that is to run it.

    Raises:
        UsageRefusal: it is no wheel of this package, or its name, version, RECORD or Python do not agree.
    """
    wheel = parse_wheel(content)
    if wheel is None:
        raise _refused(N_("{file} is no wheel of weibao."), name)
    if name != wheel.file or not _VERSION.fullmatch(wheel.version):
        raise _refused(
            N_("{file} holds version {version}, whose wheel is called {expected}."),
            name,
            version=wheel.version,
            expected=wheel.file,
        )
    files = _recorded_files(name, wheel)
    about = message_from_bytes(files[f"weibao-{wheel.version}.dist-info/METADATA"])
    needed = about["Requires-Python"] or ""
    if not _suits(needed, python):
        raise UsageRefusal(
            N_("{file} needs Python {needed}; this is {found}."),
            mend=N_("Run the command by a Python that it takes."),
            file=name,
            needed=needed,
            found=".".join(map(str, python)),
        )
    return WheelContents(wheel, files)


def is_older(version: str, other: str) -> bool:
    """Whether a version comes before another, by PEP 440; one that cannot be read comes before none."""
    ours, theirs = _VERSION.fullmatch(version), _VERSION.fullmatch(other)
    return bool(ours and theirs) and _rank(ours) < _rank(theirs)


def _rank(match: re.Match[str] | None) -> tuple[object, ...]:
    if match is None:
        return ()
    release = [int(part) for part in match["release"].split(".")]
    while release[-1:] == [0]:
        release.pop()
    post = int(match["post"] or -1)
    dev = int(match["dev"]) if match["dev"] else None
    if match["phase"]:
        phase = _PHASES.index(match["phase"])
    else:  # a development release comes before every other of its version
        phase = -1 if dev is not None and post < 0 else len(_PHASES)
    return tuple(release), phase, int(match["number"] or 0), post, dev is None, dev or 0


def _recorded_files(name: str, wheel: Wheel) -> dict[str, bytes]:
    """Every file of the wheel, each with the hash that RECORD gives, and none that it does not list."""
    about = f"weibao-{wheel.version}.dist-info"
    record = f"{about}/RECORD"
    try:
        with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in listed) > _MOST:
                raise _refused(N_("{file} is no wheel of weibao."), name)
            files = {entry.filename: archive.read(entry) for entry in listed}
        rows = csv.reader(files[record].decode().splitlines())
        digests = {path: digest for path, digest, _ in rows}
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError):
        raise _damaged(name, "RECORD") from None
    if len(files) != len(listed):
        raise _damaged(name, "RECORD")
    for path in sorted(files.keys() | digests.keys()):
        place = path.partition("/")[0]
        plain = all(_PART.fullmatch(part) and part != ".." for part in path.split("/"))
        is_ours = plain and place in {"weibao", about}
        is_whole = path == record or record_digest(files.get(path, b"")) == digests.get(path)
        if not is_ours or path not in files or not is_whole:
            raise _damaged(name, path)
    return files


def _suits(needed: str, python: tuple[int, ...]) -> bool:
    """Whether a Python is one that the wheel asks for, by bounds alone; what cannot be read suits none."""
    for clause in filter(None, (part.strip() for part in needed.split(","))):
        match = _CLAUSE.fullmatch(clause)
        if match is None:
            return False
        bound = tuple(map(int, match[2].split(".")))
        ours = python[: len(bound)]
        holds = {
            ">=": ours >= bound,
            ">": ours > bound,
            "<=": ours <= bound,
            "<": ours < bound,
        }
        if not holds[match[1]]:
            return False
    return True


def sha256_of(wheel: Wheel) -> str:
    """The SHA-256 of a wheel."""
    return hashlib.sha256(wheel.content).hexdigest()


def _damaged(name: str, path: str) -> UsageRefusal:
    return UsageRefusal(
        N_("{file} is damaged: {path} is not as its RECORD says."),
        mend=N_("Fetch it again, and compare its SHA-256 with that of the release."),
        file=name,
        path=path,
    )


def _refused(message: str, name: str, **facts: object) -> UsageRefusal:
    mend = N_("Name the wheel of a release, or one that “make dist” has built.")
    return UsageRefusal(message, mend=mend, file=name, **facts)
