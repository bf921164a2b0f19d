"""Files on disk: replaced whole or not at all, by one writer at a time."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from weibao.language import N_
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_SECONDS = 20


@contextmanager
def one_writer(git_dir: Path) -> Iterator[None]:
    """Hold this clone's writing lock; a second writer waits its turn.

    Raises:
        Refusal: another writer kept it for longer than 20 seconds, or the folder is read-only.
    """
    lock = FileLock(git_dir / "weibao.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise Refusal(
            N_("Another weibao command is writing in this clone: {lock}"),
            mend=N_("Wait until it is done, then try again."),
            lock=lock.lock_file,
        ) from None
    except OSError as error:
        raise _unwritable(git_dir, error) from None
    try:
        yield
    finally:
        lock.release()


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``: written beside it, synced, then renamed over it.

    Raises:
        Refusal: the disk is full or read-only; what was there before is untouched.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".weibao-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise _unwritable(path, error) from None


def restore_file(path: Path, before: bytes | None) -> None:
    """Put back what stood at ``path``, or nothing where nothing did."""
    if before is None:
        path.unlink(missing_ok=True)
    else:
        replace_file(path, before)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and a rename is durable without
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> Refusal:
    return Refusal(
        N_("{path} cannot be written: {reason}"),
        mend=N_("Nothing was recorded. Make room or get the right to write there, then try again."),
        path=path,
        reason=error.strerror or str(error),
    )
