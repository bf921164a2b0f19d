"""What a contract's workflows install: this package's wheel, kept in the repository, and all that it needs.

A name on an index is whoever's registers it, so nothing here installs this package by its name. The wheel lies
beside the records, its hash in a file of its own, and the lock that it was tested with comes out of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from weibao import __version__
from weibao.language import N_
from weibao.refusal import Exit, Refusal
from weibao.workspace.setup.wheel_bytes import pack_wheel, record_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import Distribution

FOLDER = "vendor"
"""In a contract's repository: where the wheel lies."""

LOCK = "requirements.lock"
"""In a contract's repository: every package that checks and hooks need, by version and hash."""

EXTRA_LOCKS = {
    extra: f"{FOLDER}/{extra}.lock" for extra in ("board", "site", "import", "desk", "report")
}
"""In a contract's repository: by extra, the same with what that extra needs."""

LOCKS = (LOCK, *EXTRA_LOCKS.values())

PIN = "requirements.txt"
"""In a contract's repository: the wheel, by its path and hash."""

_PACKAGE = Path(__file__).parents[2].resolve()
_MOST = 64 * 1024 * 1024
_BY_PATH = re.compile(
    rf"^\./{FOLDER}/(?P<file>weibao-(?P<version>[^-\s/]+)-[^\s/]+\.whl)(?P<options>[^\n#]*)",
    re.MULTILINE,
)
_BY_NAME = re.compile(r"^weibao(?![\w.-])", re.MULTILINE | re.IGNORECASE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")
_LOCK_IN_WHEEL = re.compile(rf"weibao/(?:{re.escape(LOCK)}|{FOLDER}/[a-z]+\.lock)")
"""Whatever extras the wheel's version has, which need not be those of the version that runs."""
_DESCRIBES = re.compile(r"METADATA|WHEEL|entry_points\.txt|licenses/.+")
"""What of a wheel's description of itself an installer keeps as it is; the rest it writes."""

_PIN_TEXT = """\
# 工作流安装的本软件：本仓库里的这个轮子文件，散列值不符就不装；依赖在 requirements.lock 和 vendor/*.lock 里。绝不按名字安装：名字谁都可以注册。
# The software that workflows install: the wheel kept here, or nothing where its hash is another; what it needs is in
# requirements.lock, and with an extra in vendor/*.lock. It is never installed by its name, which anybody may register.
./{folder}/{file} --hash=sha256:{sha256}
"""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of this package.

    Attributes:
        version: the version that it installs.
        content: its bytes.
        locks: path in a contract's repository → what it needs, by version and hash.
    """

    version: str
    content: bytes
    locks: Mapping[str, bytes]

    @property
    def file(self) -> str:
        """Its name, which installers read."""
        return f"weibao-{self.version}-py3-none-any.whl"


@dataclass(frozen=True, slots=True)
class Pin:
    """What ``requirements.txt`` says of this package.

    Attributes:
        file: the name of the wheel in ``vendor``; "" where none is named.
        version: the wheel's, by its name.
        hashes: the SHA-256 that it may have.
        by_name: whether the package is (also) named as an index knows it.
    """

    file: str
    version: str
    hashes: frozenset[str]
    by_name: bool


def vendored_files(wheel: Wheel) -> dict[str, bytes]:
    """The files by which workflows install a wheel: path → content."""
    sha256 = hashlib.sha256(wheel.content).hexdigest()
    pin = _PIN_TEXT.format(folder=FOLDER, file=wheel.file, sha256=sha256)
    return {f"{FOLDER}/{wheel.file}": wheel.content, PIN: pin.encode(), **wheel.locks}


def repinned(text: str, wheel: Wheel) -> str:
    """The text of ``requirements.txt`` with this wheel in the place of the one that it names."""
    line = f"./{FOLDER}/{wheel.file} --hash=sha256:{hashlib.sha256(wheel.content).hexdigest()}"
    return _BY_PATH.sub(line, re.sub(r"\\\r?\n *", "", text), count=1)


def read_pin(text: str) -> Pin:
    """What a file like that of ``vendored_files`` says."""
    text = re.sub(r"\\\r?\n", " ", text)  # a line that goes on in the next
    found = _BY_PATH.search(text)
    return Pin(
        file=found["file"] if found else "",
        version=found["version"] if found else "",
        hashes=frozenset(_HASH.findall(found["options"])) if found else frozenset(),
        by_name=_BY_NAME.search(text) is not None,
    )


def parse_wheel(content: bytes) -> Wheel | None:
    """The wheel whose bytes these are; None where they are none of this package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (metadata,) = (
                name
                for name in archive.namelist()
                if re.fullmatch(r"weibao-[^/]+\.dist-info/METADATA", name)
            )
            version = message_from_bytes(_member(archive, metadata))["Version"] or ""
            locks = {
                name.removeprefix("weibao/"): _member(archive, name)
                for name in archive.namelist()
                if _LOCK_IN_WHEEL.fullmatch(name)
            }
            return Wheel(version, content, locks) if LOCK in locks else None
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError):
        return None


def given_wheel(path: Path) -> Wheel:
    """The wheel at ``path``.

    Raises:
        Refusal: there is none, or it is not of this version.
    """
    wheel = parse_wheel(content) if (content := read_content(path)) else None
    if wheel is None or wheel.version != __version__ or not {*LOCKS} <= wheel.locks.keys():
        raise Refusal(
            N_("{path} is no wheel of weibao {version}."),
            mend=N_("Name a wheel of the version that runs; “make dist” builds one."),
            exit_code=Exit.USAGE,
            path=path,
            version=__version__,
        )
    return wheel


def installed_wheel() -> Wheel:
    """The wheel that this package was installed from, made again byte for byte.

    Raises:
        Refusal: it was not installed from a wheel, or is no longer what was installed.
    """
    try:
        installed = distribution("weibao")
    except PackageNotFoundError:
        raise _no_wheel() from None
    here = Path(str(installed.locate_file("weibao"))).resolve() == _PACKAGE
    files = _installed_files(installed) if here else {}
    wheel = parse_wheel(pack_wheel(files)) if files else None
    if wheel is None:
        raise _no_wheel()
    noted = _noted_hash(installed)
    if noted and noted != hashlib.sha256(wheel.content).hexdigest():
        raise Refusal(
            N_("The wheel made again out of what is installed is not the one that was installed."),
            mend=_GIVE_IT,
        )
    return wheel


def read_content(path: Path) -> bytes:
    """What a file of a wheel's size holds; b"" where there is none, or one of another size."""
    try:
        return path.read_bytes() if path.stat().st_size <= _MOST else b""
    except OSError:
        return b""


_GIVE_IT = N_("Name the wheel that it came from: --wheel FILE; or install it anew.")


def _no_wheel() -> Refusal:
    return Refusal(
        N_(
            "This weibao was not installed from a wheel (as in a checkout of its sources), so there is none for "
            "workflows to install."
        ),
        mend=N_(
            "Build one among the sources with “make dist”, or “python -m pip wheel --no-deps --wheel-dir dist .”, "
            "and name it: --wheel dist/weibao-{version}-py3-none-any.whl"
        ),
        version=__version__,
    )


def _installed_files(installed: Distribution) -> dict[str, bytes]:
    """The files that came out of the wheel, by their path in it, each as it was installed."""
    listed = tuple(csv.reader((installed.read_text("RECORD") or "").splitlines()))
    files: dict[str, bytes] = {}
    for path, digest, _ in (row for row in listed if len(row) == 3):
        place, _, name = path.replace("\\", "/").partition("/")
        described = place.endswith(".dist-info") and _DESCRIBES.fullmatch(name)
        if not described and (place != "weibao" or "__pycache__/" in name):
            continue
        raw = read_content(Path(str(installed.locate_file(path))))
        if record_digest(raw) != digest:
            raise Refusal(N_("{path} is not as it was installed."), mend=_GIVE_IT, path=path)
        files[f"{place}/{name}"] = raw
    return files


def _noted_hash(installed: Distribution) -> str:
    """The SHA-256 of what was installed, where the installer has noted it."""
    noted = json.loads(installed.read_text("direct_url.json") or "{}")
    found: object = noted.get("archive_info", {}).get("hashes", {}).get("sha256", "")
    return found if isinstance(found, str) else ""


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A file in a wheel; raises ``ValueError`` where it is of a size that none of ours has."""
    if archive.getinfo(name).file_size > _MOST:
        raise ValueError(name)
    return archive.read(name)
