"""A wheel of this package in small: what installs it and vendors it sees no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao import __version__
from weibao.workspace.setup.wheel_bytes import pack_wheel

if TYPE_CHECKING:
    from pathlib import Path

LOCK = b"# all that a small wheel needs: nothing\n"
LOCKS = dict.fromkeys(
    (
        "requirements.lock",
        *(f"vendor/{name}.lock" for name in ("board", "site", "import", "desk", "report")),
    ),
    LOCK,
)


def wheel_files(version: str = __version__, code: bytes = b'"""Small."""\n') -> dict[str, bytes]:
    """The files of a wheel, by path; ``code`` is all that it does."""
    about = f"weibao-{version}.dist-info"
    return {
        "weibao/__init__.py": code,
        **{f"weibao/{path}": lock for path, lock in LOCKS.items()},
        f"{about}/METADATA": f"Metadata-Version: 2.4\nName: weibao\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/licenses/LICENSE": b"As you like.\n",
    }


def small_wheel(folder: Path, version: str = __version__, code: bytes = b'"""Small."""\n') -> Path:
    """A wheel of this package in a folder that is made for it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"weibao-{version}-py3-none-any.whl"
    path.write_bytes(pack_wheel(wheel_files(version, code)))
    return path
