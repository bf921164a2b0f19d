"""What is saved in a working tree, as the operating system tells it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from weibao.history.git.reader import shown_path
from weibao.history.snapshot import FOLDERS
from weibao.model.paths import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.events import FileSystemEvent

_SAVING = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
"""What changes a file; our own reading of it is told as well, and is none of these."""

_SETTLED = 0.02
"""Seconds without another event after which a save is over: editors write one in several steps."""

_AWAKE = 1.0
"""Seconds between looks at the keyboard: on Windows nobody can interrupt a wait without an end."""


@contextmanager
def saves(top: Path) -> Iterator[Iterator[frozenset[str]]]:
    """The files saved, renamed or deleted from now on, by the repository's names, a save at a time.

    ``top`` is the top of the working tree. The iterator has no end; what is saved while a save is
    being looked at is told after it. Leaving the context ends the watching.
    """
    top = top.resolve()
    told = _SaveObserver(top)
    observer = Observer()
    for folder in FOLDERS:
        if (top / folder).is_dir():
            observer.schedule(told, str(top / folder), recursive=True, event_filter=_SAVING)
    observer.start()
    try:
        yield told.saves()
    finally:
        observer.stop()
        observer.join()


class _SaveObserver(FileSystemEventHandler):
    """Takes what the observer tells in its own thread, and hands it on."""

    def __init__(self, top: Path) -> None:
        """``top`` is the top of the working tree, without links."""
        self._top = top
        self._names: SimpleQueue[str] = SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A file was changed; one that was moved is changed where it was and where it is."""
        for path in (event.src_path, event.dest_path):
            place = Path(os.fsdecode(path))
            if place.is_relative_to(self._top) and not place.name.startswith(UNFINISHED):
                name = place.relative_to(self._top).as_posix()
                self._names.put(name if name.isascii() else shown_path(os.fsencode(name)))

    def saves(self) -> Iterator[frozenset[str]]:
        """The names, together what came together; waits for ever."""
        while True:
            try:
                names = {self._names.get(timeout=_AWAKE)}
            except Empty:
                continue
            try:
                while True:
                    names.add(self._names.get(timeout=_SETTLED))
            except Empty:
                yield frozenset(names)
