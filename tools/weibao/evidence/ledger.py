"""The ledger: a history read for what it proves, worked out once and asked for every record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.evidence.copies import copies
from weibao.evidence.graph import graph_of
from weibao.evidence.losses import losses
from weibao.evidence.versions import file_histories
from weibao.evidence.windows import windows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.evidence.history import History
    from weibao.evidence.losses import Loss
    from weibao.evidence.versions import FileHistory
    from weibao.evidence.windows import Window


@dataclass(frozen=True)
class Ledger:
    """A history with all that was entered and all that was lost.

    Attributes:
        history: as it is believed (:func:`weibao.evidence.times.believing`).
        files: by path, the history of every file that keeps a log.
        losses: in the order of the history, and copies after all else.
        windows: by commit, when it can really have been made.
    """

    history: History
    files: Mapping[str, FileHistory]
    losses: tuple[Loss, ...]
    windows: Mapping[str, Window]

    def introduction(self, path: str, line: str) -> str | None:
        """The commit that introduced an entry's line, the earliest of several; None: none has."""
        file = self.files.get(path)
        commits = file.introduced.get(line.encode(), ()) if file else ()
        # min() keeps the first of equals, and history has parents before children.
        return min(commits, key=self.history.time.__getitem__, default=None)

    def replaced(self, path: str, line: str) -> bool:
        """Whether the line took the place of one that had landed."""
        return self.introduction(path, line) in self._replacing.get((path, line.encode()), ())

    def header_changed(self, path: str) -> bool:
        """Whether the record's header was changed after it landed."""
        return path in self._headers_changed

    @cached_property
    def _replacing(self) -> Mapping[tuple[str, bytes], set[str]]:
        found: dict[tuple[str, bytes], set[str]] = {}
        for loss in self.losses:
            if loss.code == "L101" and loss.after:
                found.setdefault((loss.path, loss.after), set()).add(loss.commit)
        return found

    @cached_property
    def _headers_changed(self) -> frozenset[str]:
        return frozenset(loss.path for loss in self.losses if loss.code == "L103")


def ledger_of(history: History, people: Mapping[str, str]) -> Ledger:
    """The ledger of a history; ``people`` tells whose an address is, in lower case."""
    files = file_histories(history.changes, history.blobs)
    graph = graph_of(history)
    lost = losses(graph, files)
    moved = {one.path for one in lost if one.code == "L105"}
    lost += copies(graph, files, moved)
    return Ledger(history, files, lost, windows(history, people))
