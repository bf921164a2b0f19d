"""The ledger: a history read for what it proves, worked out once and asked for every record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from weibao.history.agreed import first_records
from weibao.history.git.objects import LAST_INSTANT
from weibao.history.growth.copies import copies
from weibao.history.growth.grown import grown_in, standing_in
from weibao.history.growth.losses import losses
from weibao.history.growth.versions import file_histories
from weibao.history.sights import ancestors, earlier, inherited
from weibao.history.signatures.signature import (
    UNSIGNED,
    KeyRing,
    Signature,
    key_rings,
    signature_of,
)
from weibao.history.windows import windows
from weibao.model.paths import attachment_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.growth.losses import Loss
    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.history.times import Window
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant


@dataclass(frozen=True)
class Ledger:
    """A history with all that was entered and all that was lost.

    Attributes:
        history: as it is believed.
        files: by path, the history of every file that keeps a log.
        losses: in the order of the history, and copies after all else.
        windows: by commit, between which commits by others it was made.
        witnesses: by commit, the instant by which it existed, by somebody's word who is not the
            provider. None for one that nobody vouches for.
        signatures: of every commit that is signed.
        rings: for each commit of the official branch, the keys that count for what lands with it;
            empty where nothing is signed.
    """

    history: History
    files: Mapping[str, FileHistory]
    losses: tuple[Loss, ...]
    windows: Mapping[str, Window]
    witnesses: Mapping[str, Instant]
    signatures: Mapping[str, Signature]
    rings: Mapping[str, KeyRing]

    def introduction(self, path: str, line: str) -> str | None:
        """The commit that introduced an entry's line, by which it is dated; None: none has.

        Of several, none behind another, it is the one that was witnessed first, else the latest:
            who writes a line in two places gains nothing by it.
        """
        commits = self.introductions(path, line)
        witnessed = [commit for commit in commits if commit in self.witnesses]
        if witnessed:
            return min(witnessed, key=self.witnesses.__getitem__)
        return max(commits, key=self.history.time.__getitem__, default=None)

    def introductions(self, path: str, line: str) -> tuple[str, ...]:
        """The commits that introduced a line, but for those that put it back behind another."""
        file = self.files.get(path)
        commits = file.introduced.get(line.encode(), ()) if file else ()
        if len(commits) < 2:
            return commits
        behind = {commit: ancestors(self.history.commits, [commit]) for commit in commits}
        return tuple(
            commit
            for commit in commits
            if behind[commit].isdisjoint(other for other in commits if other != commit)
        )

    def uncounted(self, path: str, log: Iterable[Entry]) -> frozenset[int]:
        """The places in a log of entries that say again the time and event of one that landed before."""
        alike: dict[tuple[Instant, str], list[Entry]] = {}
        for entry in log:
            alike.setdefault(entry.reference, []).append(entry)
        return frozenset(
            entry.index
            for entries in alike.values()
            if len(entries) > 1
            for entry in sorted(entries, key=lambda entry: self._arrival(path, entry))[1:]
        )

    def _arrival(self, path: str, entry: Entry) -> tuple[Instant, Instant, int]:
        """When an entry landed and was recorded; what no commit has comes last."""
        commit = self.introduction(path, entry.text)
        if commit is None:
            return (LAST_INSTANT, LAST_INSTANT, entry.index)
        return (self.history.shown(commit), self.history.time[commit], entry.index)

    def replaced(self, path: str, line: str) -> bool:
        """Whether the line took the place of one that is lost, and was not there before that."""
        lost = self._replacing.get((path, line.encode()))
        if lost is None:
            return False
        introduction = self.introduction(path, line)
        return introduction is not None and self.history.time[introduction] >= lost

    def signature(self, commit: str) -> Signature:
        """The signature of a commit."""
        return self.signatures.get(commit, UNSIGNED)

    def keys_known(self, commit: str) -> bool:
        """Whether the official branch held any keys when a signed commit landed."""
        return bool(self.rings[self.history.landing[commit]])

    def header_changed(self, path: str) -> bool:
        """Whether the record's header is another than it was made with."""
        return path in self._headers_changed

    def landed_first(self, commit: str) -> bool:
        """Whether a commit landed together with the first record of all."""
        return self.history.landing[commit] in self._first_landings

    @cached_property
    def _first_landings(self) -> frozenset[str]:
        first = first_records(self.history, self.files)
        return frozenset(self.history.landing[commit] for commit in first)

    def shows(self, document: str, since: str) -> bool:
        """Whether a document, by its SHA-256, was first filed together with what landed with a commit, or after.

        What lay there before it was written for something else.
        """
        place = self._documents.get(document)
        return place is not None and place >= self.history.place_of_landing(since)

    @cached_property
    def _documents(self) -> Mapping[str, int]:
        """By SHA-256, the place on the line at which a document first landed."""
        found: dict[str, int] = {}
        for change in self.history.changes:
            digest = attachment_sha256(change.path)
            if digest is not None and change.after is not None:
                place = self.history.place_of_landing(change.commit)
                found[digest] = min(place, found.get(digest, place))
        return found

    @cached_property
    def _replacing(self) -> Mapping[tuple[str, bytes], Instant]:
        """By path and line, when it took the place of another."""
        return {
            (loss.path, loss.after): self.history.time[loss.commit]
            for loss in reversed(self.losses)
            if loss.code == "L101"
        }

    @cached_property
    def _headers_changed(self) -> frozenset[str]:
        return frozenset(loss.path for loss in self.losses if loss.code == "L103")


def ledger_of(
    history: History,
    people: Mapping[str, str],
    zone: ZoneInfo,
    files: Mapping[str, FileHistory] | None = None,
    stamped: Mapping[str, Instant] = MappingProxyType({}),
) -> Ledger:
    """The ledger of a history.

    ``people`` tells whose an address is, in lower case; ``zone`` is the contract's; ``files`` are
    its files, where somebody has read them already; ``stamped`` has the commits of checkpoints that
    an authority has stamped, and when.
    """
    files = file_histories(history.changes, history.blobs) if files is None else files
    standing = standing_in(history)
    lost = losses(grown_in(history), standing)
    moved = {loss.path for loss in lost if loss.code == "L105"}
    signed = [commit for commit in history.commits.values() if commit.seal is not None]
    rings = key_rings(history, zone) if signed else {}
    return Ledger(
        history=history,
        files=files,
        losses=(*lost, *copies(history, files, moved, standing)),
        windows=history.whole.windows if history.whole else windows(history, people),
        witnesses=inherited(history.commits, earlier(history.sights.had, stamped)),
        signatures={
            commit.id: signature_of(
                commit, rings[history.landing[commit.id]], history.shown(commit.id), people
            )
            for commit in signed
        },
        rings=rings,
    )
