"""Files on disk: replaced whole or not at all, by one writer at a time."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.paths import UNFINISHED
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNFINISHED_FOLDER = "weibao-unfinished"
"""Within git's folder: what is being written, where no ``git add`` finds it."""

_TOGETHER = 100
"""From how many files on the disk is waited for once and not for each."""
LOCK_SECONDS = 20
SENDING_SECONDS = 120


@contextmanager
def one_writer(git_dir: Path) -> Iterator[None]:
    """Hold this clone's writing lock; a second writer waits its turn.

    Raises:
        Refusal: another writer kept it for longer than 20 seconds, or the folder is read-only.
    """
    with _held(git_dir, "weibao.lock", LOCK_SECONDS):
        _sweep(git_dir / UNFINISHED_FOLDER)
        yield


@contextmanager
def one_sender(git_dir: Path) -> Iterator[None]:
    """Hold this clone's lock on sending, beside which steps can still be recorded.

    Raises:
        Refusal: another sender kept it for longer than two minutes, or the folder is read-only.
    """
    with _held(git_dir, "weibao-sync.lock", SENDING_SECONDS):
        yield


@contextmanager
def _held(git_dir: Path, name: str, seconds: int) -> Iterator[None]:
    # Whoever only asks where a record lies, as Tab does, waits for no lock and writes no file.
    from filelock import FileLock, Timeout

    lock = FileLock(git_dir / name, timeout=seconds)
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


class Replacement:
    """Files put in place of others, all of them or none.

    The old contents are copied first, so that going back is a rename, which a full disk cannot
    prevent. Copies lie in git's folder, where no hook can commit them and where the next writer
    clears away what a killed one left; beside the files only where that is another file system,
    between which nothing can be renamed.
    """

    def __init__(self, root: Path, git_dir: Path) -> None:
        """Replace files under ``root``; ``git_dir`` is its git folder, whose lock the caller holds."""
        self.root = root
        self._unfinished = git_dir / UNFINISHED_FOLDER
        self._done: list[tuple[Path, Path | None]] = []

    def put_all(self, contents: Mapping[str, bytes]) -> None:
        """Put each content at its path; of very many, the disk is made to have them all at once.

        Raises:
            Refusal: as for :meth:`put`; :meth:`undo` takes back those that were put.
        """
        together = len(contents) > _TOGETHER and hasattr(os, "sync")
        for path, content in contents.items():
            self.put(path, content, synced=not together)
        if together:
            os.sync()

    def put(self, path: str, content: bytes, *, synced: bool = True) -> None:
        """Put ``content`` at ``path``: written beside it, synced, then renamed over it.

        Raises:
            Refusal: the disk is full or read-only, or ``path`` is behind a symbolic link; what
                was there before is untouched.
        """
        file = plain_path(self.root, path)
        written: list[Path] = []
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            folder = self._folder(file)
            kept = None
            if file.exists():
                kept = _synced(folder, file.read_bytes(), written)
            new = _synced(folder, content, written, synced=synced)
            new.replace(file)
        except OSError as error:
            for copy in written:
                copy.unlink(missing_ok=True)
            raise _unwritable(file, error) from None
        self._done.append((file, kept))
        if synced:
            _sync_folder(file.parent)

    def remove(self, path: str) -> None:
        """Take away what is at ``path``; a copy is kept until it is clear that it is to go.

        Raises:
            Refusal: the disk is full or read-only; the file is untouched.
        """
        file = plain_path(self.root, path)
        written: list[Path] = []
        try:
            kept = _synced(self._folder(file), file.read_bytes(), written)
            file.unlink()
        except OSError as error:
            for copy in written:
                copy.unlink(missing_ok=True)
            raise _unwritable(file, error) from None
        self._done.append((file, kept))
        _sync_folder(file.parent)

    def _folder(self, file: Path) -> Path:
        """Where copies lie until they are renamed to ``file``."""
        self._unfinished.mkdir(exist_ok=True)
        same = self._unfinished.stat().st_dev == file.parent.stat().st_dev
        return self._unfinished if same else file.parent

    def keep(self) -> None:
        """The new contents are to stay: drop the copies of the old ones."""
        for _, kept in self._done:
            if kept is not None:
                kept.unlink(missing_ok=True)
        self._done.clear()

    def undo(self) -> None:
        """Put everything back as it was."""
        for file, kept in reversed(self._done):
            if kept is None:
                file.unlink(missing_ok=True)
            else:
                kept.replace(file)
        self._done.clear()


def plain_path(root: Path, path: str) -> Path:
    """Where ``path`` lies under ``root``.

    Raises:
        Refusal: it, or a folder on the way, is a symbolic link, which may lead out of the clone.
    """
    file = root
    for part in path.split("/"):
        file /= part
        if file.is_symlink():
            raise Refusal(
                N_("{path} is a symbolic link, and links are not followed."),
                mend=N_("Put a plain file or folder in its place."),
                path=file,
            )
    return file


def put_in_place(file: Path, content: bytes) -> None:
    """Put ``content`` where ``file`` is, in one step: a link there is replaced and leads nowhere.

    Raises:
        OSError: the disk does not allow it; what was there before is untouched.
    """
    written: list[Path] = []
    try:
        _synced(file.parent, content, written).replace(file)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Clear away what a writer who was killed left behind."""
    for left in folder.glob(f"{UNFINISHED}*"):
        left.unlink(missing_ok=True)


def _synced(folder: Path, content: bytes, written: list[Path], *, synced: bool = True) -> Path:
    """A temporary file, synced unless many will be together, with ``content`` in ``folder``, added to ``written``."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    written.append(Path(name))
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        if synced:
            os.fsync(stream.fileno())
    Path(name).chmod(0o644)
    return Path(name)


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
        reason=error,
    )
