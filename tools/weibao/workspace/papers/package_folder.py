"""A folder that is made whole or not at all: written beside its place, and moved there when all of it is done."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.paths import UNFINISHED
from weibao.refusal import Refusal, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write in, which becomes ``target`` at the end; whatever fails, nothing is left of it.

    Raises:
        Refusal: there is something at ``target`` already, or the disk does not allow it.
    """
    if target.exists() or target.is_symlink():
        raise UsageRefusal(
            N_("{path} is there already: nothing is written over it."),
            mend=N_("Name a folder that is not there yet."),
            path=target,
        )
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=UNFINISHED))
        made.chmod(0o755)
        yield made
        made.rename(target)
        made = None
    except OSError as error:
        raise Refusal(
            N_("{path} cannot be written: {reason}"),
            mend=N_("Nothing is left of what was written. Make room, or name another folder."),
            path=error.filename or target,
            reason=error.strerror or error,
        ) from None
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def put(folder: Path, path: str, raw: bytes) -> None:
    """Write a file into a folder that :func:`new_folder` made; raises ``OSError``."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=UNFINISHED) as name:
        yield Path(name)
