"""The index: what a history has been found to be, kept in the clone for the commands that are given all day.

It is a copy of what the repository says, made by this very program, and believed only by those who ask where
things stand. Whatever is wrong with it, everything is read anew, and nobody is told.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import TYPE_CHECKING, Any

from weibao.history.agreed import first_records
from weibao.history.first_sight.reading import names_any
from weibao.history.git.refs import SEEN_REF
from weibao.history.history import History, SettledTickets, Snapshot
from weibao.history.kept import kept_commits, part_of, telling
from weibao.history.sights import NOTHING_SEEN, Sights
from weibao.history.signatures.signature import SignatureState
from weibao.history.snapshot import (
    SUBMODULE,
    blobs_read,
    changes_beyond,
    files_changed,
    listed_files,
    refuse_unless_whole,
    sights_in,
)
from weibao.model.ids import endings
from weibao.refusal import Refusal
from weibao.report.opening import contract_of
from weibao.workspace.index.advance import (
    from_registers,
    governs,
    likenesses,
    stirred,
    straight_on,
    worked_out_anew,
)
from weibao.workspace.index.index_file import (
    IndexFile,
    UnusableIndex,
    index_file,
    journal_of,
    made_by,
    usable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.git.reader import Git
    from weibao.model.instant import Instant
    from weibao.report.book import Book


_UNFINISHED = ".new"
_LEFT_AFTER = 3600
"""Seconds after which nobody is at work on a new index any more."""


def recalled(git: Git, as_of: Instant, ticket: str | None = None) -> Snapshot | None:
    """The snapshot of what is committed, from the index; None where that cannot tell: then everything is read.

    It is without the settled tickets, as far as they are so at the instant; or, of all tickets, with those alone whose ids
    end in ``ticket``, to be judged at any instant.
    """
    with suppress(UnusableIndex, Refusal), closing(_opened(git)) as store, usable():
        refuse_unless_whole(git)
        head, log = git.resolve("HEAD"), git.find(SEEN_REF)
        told = store.told()
        if told.get("made_by") != made_by(git.object_format):
            return None
        if (told["head"], told["log"]) != (head, log):
            with store.changing():
                if not _advance(git, store, store.told(), head, log):
                    return None
        return _snapshot(git, store, (head, log), as_of, ticket)
    return None


def remember(git: Git, book: Book, now: Instant, *, settling: bool) -> None:
    """Keep what a Book of what is committed was made of, and (``settling``) which tickets are settled by it.

    A Book as of what has not come yet settles nothing.
    """
    snapshot, kept = book.snapshot, book.history.whole is not None
    if kept and not settling:
        return
    if book.history.distrusted or contract_of(book.snapshot).evidence.distrusted:
        return  # which of their clocks are believed is another thing at each instant
    with suppress(UnusableIndex, Refusal, OSError):
        if not kept:
            if snapshot.seen_log != git.find(SEEN_REF):
                return
            _build(git, book)
        with closing(_opened(git)) as store:
            if settling and book.as_of <= now and store.told()["settled_at"] != snapshot.commit:
                _settle(store, book)


def _settle(store: IndexFile, book: Book) -> None:
    """Say what is settled by a Book of what is kept, unless another has gone on from it."""
    from weibao.report.settled import settled_tickets  # what is due takes long to load

    snapshot, settled = book.snapshot, settled_tickets(book)  # while nobody waits for the file
    with store.changing():
        told = store.told()
        if (told["head"], told["log"]) == (snapshot.commit, snapshot.seen_log):
            store.let_tell(_badly_signed(book))
            store.settle(settled)
            store.tell(as_of=max(told["as_of"], book.as_of), settled_at=snapshot.commit)


def _badly_signed(book: Book) -> frozenset[str]:
    """The commits whose signatures are told whatever they changed."""
    signed = book.ledger.signatures.items()
    return frozenset(commit for commit, own in signed if own.state is SignatureState.BAD)


def drop(git: Git) -> bool:
    """Delete the index; whether there was one."""
    path = index_file(git.common)
    there = path.exists()
    _discard(path)
    return there


def otherwise(git: Git, book: Book) -> tuple[str, ...] | None:
    """What the index says otherwise than the repository: the name of each such thing; None where no command would answer from one.

    That is so without an index, and with one of another version, or which cannot go on to what is committed.
    ``book`` is of what is committed, read anew, as of now. Nothing is changed: a copy goes on to what is new.

    Raises:
        UnusableIndex: it cannot be read.
    """
    path = index_file(git.common)
    if not path.exists():
        return None
    with (
        TemporaryDirectory() as folder,
        closing(_opened(git)) as own,
        closing(own.copied(Path(folder) / "kept")) as kept,
        closing(IndexFile(Path(folder) / "fresh", new=True)) as fresh,
    ):
        told, now = kept.told(), (book.commit, book.snapshot.seen_log)
        if told["made_by"] != made_by(git.object_format):
            return None
        with kept.changing():
            if (told["head"], told["log"]) != now and not _advance(git, kept, told, *now):
                return None
        with fresh.changing():
            _fill(fresh, git, book)
        return tuple(_differences(kept, fresh, book))


def _differences(kept: IndexFile, fresh: IndexFile, book: Book) -> Iterator[str]:
    from weibao.report.settled import settled_tickets

    own, true = dict(kept.said()), dict(fresh.said())
    for key in sorted(own.keys() | true.keys()):
        if key[1] not in {"as_of", "settled_at"} and own.get(key) != true.get(key):
            yield " ".join(key)
    # From the instant on at which it says that they are: an earlier one must not have been put there.
    settled = settled_tickets(book.at(kept.told()["as_of"]))
    for file, (since, times) in sorted(kept.settled_as().items()):
        found = settled.get(file)
        if found is None or (since, times) != (min(found, default=None), tuple(sorted(set(found)))):
            yield f"settled {file}"
    for commit in sorted(fresh.telling() - kept.telling()):
        yield f"part {commit}"


def _opened(git: Git) -> IndexFile:
    return IndexFile(index_file(git.common))


def _build(git: Git, book: Book) -> None:
    """A new index in the place of any other, whole or not at all."""
    path = index_file(git.common)
    path.parent.mkdir(exist_ok=True)
    handle, name = mkstemp(prefix="index.", suffix=_UNFINISHED, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        _clear_up(unfinished)
        unfinished.unlink()
        with closing(IndexFile(unfinished, new=True)) as store, store.changing():
            _fill(store, git, book)
        _discard(path)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _discard(path: Path) -> None:
    """Delete an index, and after it what is left of a change that somebody was stopped in: SQLite would undo that in the next one."""
    path.unlink(missing_ok=True)
    journal_of(path).unlink(missing_ok=True)


def _clear_up(unfinished: Path) -> None:
    """Delete what others left who were stopped while they made theirs."""
    now = unfinished.stat().st_mtime
    for left in unfinished.parent.glob(f"*{_UNFINISHED}*"):
        with suppress(OSError):
            if now - left.stat().st_mtime > _LEFT_AFTER:
                left.unlink()


def _fill(store: IndexFile, git: Git, book: Book) -> None:
    history, contract = book.history, book.records.contract
    stamped = book.stamped.keys() & history.commits.keys()
    told = stamped | telling(history, contract.evidence.clock_skew) | _badly_signed(book)
    store.add_commits(kept_commits(history, book.addresses), told)
    groups = (history.changes, history.resolutions, history.pages)
    gone = {change.path: (change.path, None, None) for group in groups for change in group}
    listed = {path: (path, mode, blob) for mode, blob, path in listed_files(git, history.head)}
    store.put_files((gone | listed).values())
    for kind, group in enumerate(groups):
        store.add_changes(kind, group)
    made = likenesses(history.changes, history.blobs)
    first = first_records(history, book.grown)
    store.liken(_digests(made))
    store.retain(
        {
            *from_registers(made),
            *(change.path for change in history.changes if change.commit in first),
        }
    )
    store.tell(
        made_by=made_by(git.object_format),
        people=dict(book.addresses),
        main=contract.evidence.main,
        clock_skew=contract.evidence.clock_skew,
        first=first,
        as_of=0,
        settled_at="",
        head=history.head,
        log=book.snapshot.seen_log,
        **_told_of(history.sights),
    )


def _told_of(sights: Sights) -> dict[str, object]:
    """What the forge's log says of no commit in particular."""
    tips = {ref: list(tips) for ref, tips in sights.tips.items()}
    return {"since": sights.since, "reach": sights.reach, "tips": tips}


def _digests(likeness: Mapping[str, bytes]) -> dict[str, str]:
    return {path: sha256(raw).hexdigest() for path, raw in likeness.items()}


def _advance(git: Git, store: IndexFile, told: Mapping[str, Any], head: str, log: str) -> bool:
    """Bring what is kept to what is committed now; False, with nothing written, where it must be read anew."""
    old = store.commit(told["head"])
    own, groups = changes_beyond(git, told["head"], head)
    changes = tuple(chain.from_iterable(groups))
    read = dict.fromkeys(blob for change in changes for blob in blobs_read(change))
    blobs = dict(git.objects(read, "blob"))
    if governs(changes, blobs) or not told["first"]:
        return False
    people, sights, advance = told["people"], None, None
    if told["log"] == log and own and not (log and names_any(git, log, own)):
        advance = straight_on(old, store.unbounded(), tuple(own.values()), people)
    if advance is None:
        kept = store.all_commits()
        commits = {known.commit.id: known.commit for known in kept} | dict(own)
        order = git.commit_ids(head)
        if set(order) != commits.keys():
            return False  # what was there is no longer behind what is
        commits = {commit: commits[commit] for commit in order}
        sights = sights_in(git, log, commits) if log else NOTHING_SEEN
        tips = sights.tips.get(f"refs/heads/{told['main']}", ())
        history = History(head, commits, groups[0], sights=sights, tips=tips)
        advance = worked_out_anew(kept, history, people, told["clock_skew"], told["first"])
        if advance is None or sights.since != told["since"]:
            return False
    made = likenesses(changes, blobs)
    changed = tuple(files_changed(git, old.commit, own[head])) if own else ()
    # One that is signed and changed nothing is in no part otherwise, and its signature may be bad.
    changing = {change.commit for change in changes}
    lone = {key for key, commit in own.items() if commit.seal and key not in changing}
    store.add_commits(advance.commits, advance.telling | lone)
    store.amend_commits(advance.amended)
    store.note_files(change.path for change in changes)
    store.put_files(changed)
    for kind, group in enumerate(groups):
        store.add_changes(kind, group)
    store.stir(
        [path for path, *_ in changed],
        names=stirred(changes, blobs),
        likes=set(_digests(made).values()),
        commits=advance.seen,
    )
    store.liken(_digests(made))
    store.retain(from_registers(made))
    store.tell(head=head, log=log)
    if sights is not None:
        store.order(order)
        store.tell(**_told_of(sights))
    if advance.seen and sights is not None and sights.reach is not None:
        # What counts from when it was seen may not have counted before, and others may rest on it.
        store.tell(as_of=max(told["as_of"], sights.reach))
    return True


def _snapshot(
    git: Git, store: IndexFile, asked: tuple[str, str], as_of: Instant, ticket: str | None
) -> Snapshot | None:
    """The snapshot of the head and the log that are ``asked`` for; None where the index is of others by now."""
    with store.reading():
        told = store.told()
        if (told["head"], told["log"]) != asked or (ticket is None and told["as_of"] > as_of):
            return None
        living = store.living() if ticket is None else store.beside(endings(ticket))
        changes, places = store.changes_to({number: path for number, (path, *_) in living.items()})
        head = store.place_of(told["head"])
        kept, wanted = store.part({*places, head}, as_of)
        left_out = SettledTickets(store.settled(), store.unwitnessed(as_of))
    listed = {path: (mode, blob) for path, mode, blob in living.values() if mode and blob}
    read = {blob: None for group in changes for change in group for blob in blobs_read(change)}
    read |= {blob: None for mode, blob in listed.values() if mode != SUBMODULE}
    blobs = dict(git.objects(read, "blob"))
    tips = {ref: tuple(tips) for ref, tips in told["tips"].items()}
    sights = Sights(tips=tips, since=told["since"], reach=told["reach"])
    return Snapshot(
        commit=told["head"],
        files={
            path: blobs[blob] for path, (mode, blob) in sorted(listed.items()) if mode != SUBMODULE
        },
        modes={path: mode for path, (mode, _) in sorted(listed.items())},
        history=part_of(told["head"], kept, wanted, changes, blobs, sights),
        seen_log=told["log"],
        left_out=left_out,
    )
