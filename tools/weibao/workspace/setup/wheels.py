"""A folder from which another machine installs without a network: every locked wheel, and what installs them.

pip fetches; whether all of it is there, and each file the one that the lock names, is looked at here.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.papers.package_folder import new_folder, put, scratch
from weibao.workspace.setup.vendored_wheel import read_content
from weibao.workspace.setup.wheel_contents import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from weibao.workspace.setup.wheel_contents import WheelContents

HASHES = "hashes.txt"
INSTALL = "install.cmd"

_ENTRY = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?:\s*;\s*(?P<marker>.*?))?(?=\s+--hash|$)"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_CONDITION = re.compile(r"(\w+)\s*(==|!=|<=|>=|<|>)\s*'([^']*)'")
_NUMBER = re.compile(r"\d+")

_INSTALL_TEXT = """\
@echo off
rem Installs weibao {version} and all that it needs out of this folder; nothing is fetched.
rem install.cmd [FOLDER]: into FOLDER, or else into %LOCALAPPDATA%\\weibao.
setlocal
cd /d "%~dp0"
set "WHERE=%~1"
if "%WHERE%"=="" set "WHERE=%LOCALAPPDATA%\\weibao"
py -{python} -m venv "%WHERE%" || goto failed
"%WHERE%\\Scripts\\python.exe" -m pip install --no-index --find-links . --require-hashes -r {hashes} || goto failed
"%WHERE%\\Scripts\\weibao.exe" --version || goto failed
echo "%WHERE%\\Scripts\\weibao.exe"
exit /b 0
:failed
echo weibao was not installed. It needs Python {python}: winget install Python.Python.{python} 1>&2
exit /b 1
"""


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """A package as a lock has it: its hashes are those of all files of that version."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]

    @property
    def prefix(self) -> str:
        """What the names of its wheels begin with, in lower case."""
        return f"{re.sub(r'[-_.]+', '_', self.name).lower()}-{self.version}-"


def locked_packages(text: str) -> tuple[LockedPackage, ...]:
    """Every package of a lock, in its order."""
    lines = (line for line in re.sub(r"\\\r?\n", " ", text).splitlines() if line[:1].strip("#"))
    return tuple(
        LockedPackage(
            match["name"],
            match["version"],
            match["marker"] or "",
            frozenset(_HASH.findall(line)),
        )
        for line in lines
        if (match := _ENTRY.match(line))
    )


def on_windows(package: LockedPackage, python: str) -> bool:
    """Whether a package is needed by CPython of this version on Windows.

    Raises:
        Refusal: the condition says something that is not known here.
    """
    if not package.marker:
        return True
    known = {
        "python_full_version": f"{python}.99",
        "python_version": python,
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return any(
        all(_holds(condition, known, package) for condition in either.split(" and "))
        for either in package.marker.split(" or ")
    )


def _holds(condition: str, known: Mapping[str, str], package: LockedPackage) -> bool:
    match = _CONDITION.fullmatch(condition.strip())
    if match is None or match[1] not in known:
        raise Refusal(
            N_("The lock says when {package} is needed in a way that is not understood: {marker}"),
            package=package.name,
            marker=package.marker,
        )
    found, sign, wanted = known[match[1]], match[2], match[3]
    if "version" in match[1]:
        ours, theirs = (list(map(int, _NUMBER.findall(text))) for text in (found, wanted))
        less, same = ours < theirs, ours == theirs
    else:
        less, same = found < wanted, found == wanted
    return {
        "==": same,
        "!=": not same,
        "<": less,
        "<=": less or same,
        ">": not (less or same),
        ">=": not less,
    }[sign]


def write_windows_folder(
    target: Path, contents: WheelContents, locks: Iterable[str], python: str
) -> tuple[str, ...]:
    """Fetch every wheel that Windows needs into a new folder, with what installs them; the files' names.

    Raises:
        Refusal: pip could not fetch one, or what came is not all of it, or not what the lock names.
    """
    packages = {package.name: package for text in locks for package in locked_packages(text)}
    needed = [package for package in packages.values() if on_windows(package, python)]
    with scratch() as fetched, new_folder(target) as folder:
        _fetch(fetched, needed, python)
        files = {path.name: read_content(path) for path in fetched.glob("*.whl")}
        lines = verified_lines(needed, files)
        own = f"./{contents.wheel.file} --hash=sha256:{sha256_of(contents.wheel)}"
        install = _INSTALL_TEXT.format(version=contents.wheel.version, python=python, hashes=HASHES)
        written = files | {
            contents.wheel.file: contents.wheel.content,
            HASHES: "\n".join((*lines, own, "")).encode(),
            INSTALL: install.replace("\n", "\r\n").encode(),
        }
        for name, raw in written.items():
            put(folder, name, raw)
    return tuple(sorted(written))


def verified_lines(needed: Iterable[LockedPackage], files: Mapping[str, bytes]) -> tuple[str, ...]:
    """For each package a line that names it by the one hash of its wheel among ``files``.

    Raises:
        Refusal: a package has no wheel there, or more than one, or one that the lock does not name.
    """
    lines = []
    for package in needed:
        own = [raw for name, raw in files.items() if name.lower().startswith(package.prefix)]
        digests = {hashlib.sha256(raw).hexdigest() for raw in own}
        if len(own) != 1 or not digests <= package.hashes:
            raise Refusal(
                N_("{package} {version} is not there as the lock names it."),
                mend=N_("Try again; if it stays so, somebody has put another file in its place."),
                package=package.name,
                version=package.version,
            )
        lines.append(f"{package.name}=={package.version} --hash=sha256:{digests.pop()}")
    return tuple(lines)


def _fetch(folder: Path, needed: Iterable[LockedPackage], python: str) -> None:
    """Have pip fetch the wheels; conditions are left out, since pip would hold them against this machine."""
    wanted = "".join(
        f"{package.name}=={package.version} {' '.join(f'--hash=sha256:{digest}' for digest in sorted(package.hashes))}\n"
        for package in needed
    )
    put(folder, "wanted.txt", wanted.encode())
    target = ("--platform", "win_amd64", "--python-version", python, "--implementation", "cp")
    which = ("--no-deps", "--require-hashes", "--only-binary=:all:", *target)
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    done = subprocess.run(
        [*pip, *which, "-d", str(folder), "-r", str(folder / "wanted.txt")],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise Refusal(
            N_("pip could not fetch the wheels for Windows: {said}"),
            mend=N_("It needs pip in this environment, and the index that pip is set to."),
            said=(said or done.stderr.strip().splitlines() or ["–"])[-1],
        )
