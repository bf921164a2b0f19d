"""What a contract's workflows install: one version of this package, and all that it needs by hash.

The package carries the lock it was tested with. Its own hash it cannot carry: so it is named by its version
in a file of its own, to which whoever holds the wheel may add the hash.
"""

from __future__ import annotations

import re
from pathlib import Path

from weibao import __version__

LOCK = "requirements.lock"
"""In a contract's repository: every package that this one needs, by version and hash."""

PIN = "requirements.txt"
"""In a contract's repository: this package, by its version."""

_PACKAGE = Path(__file__).parents[2]
_PINNED = re.compile(r"^weibao==([^\s;#]+)", re.MULTILINE)
_PIN_TEXT = """\
# 本软件自身的版本；它依赖的一切在 requirements.lock 里，逐个带散列值。轮子文件里写不进它自己的散列值，
# 要连它一起校验，在下面这行后面加上 --hash=sha256:…（pip hash 文件 可算出）。
# This software's own version; all that it needs is in requirements.lock, each by its hash. A wheel cannot hold
# its own hash: to have it checked too, add --hash=sha256:… to the line below (pip hash FILE prints it).
weibao=={version}
"""


def lock_file() -> Path:
    """Where the lock is: inside an installed package, or in a checkout."""
    installed = _PACKAGE / LOCK
    return installed if installed.is_file() else _PACKAGE.parents[1] / "requirements" / "run.lock"


def lock_bytes() -> bytes:
    """The lock, with LF."""
    return lock_file().read_bytes().replace(b"\r\n", b"\n")


def pin_text() -> str:
    """The file that names this version."""
    return _PIN_TEXT.format(version=__version__)


def pinned_version(text: str) -> str:
    """The version that a file like ``pin_text`` names; "" where it names none."""
    found = _PINNED.search(text)
    return found[1] if found else ""
