"""The index's file: a history as it was read, in SQLite within the git directory, and the parts that are asked of it.

Nothing in it is an authority: it can be deleted at any time, and whatever is wrong with it is an
:class:`UnusableIndex`, upon which everything is read anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from weibao.history.commit import Change, Commit, Identity, Seal
from weibao.history.kept import KeptCommit
from weibao.history.sights import Unwitnessed
from weibao.history.times import Window
from weibao.history.unwitnessed import WITNESSED_WITHIN
from weibao.model.versions import is_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from weibao.model.instant import Instant

_TABLES = """
create table told (name text primary key, value text not null) without rowid;
create table commits (
    place integer primary key, id text not null unique, ordinal integer not null, parents text not null,
    author text not null, author_time integer not null, committer text not null, commit_time integer not null,
    subject text not null, tree text not null, signature blob, signed blob,
    time integer not null, landing integer not null, not_before integer, not_after integer, witness text,
    first_seen integer, shown integer, had integer, telling integer not null default 0
);
create index of_a_landing on commits (landing);
create index that_tell on commits (place) where telling;
create index by_clock on commits (commit_time);
create index unbounded on commits (place) where witness is null;
create table files (
    file integer primary key, path text not null unique, mode text, blob text,
    name text not null, likeness text, retained integer not null,
    settled integer not null default 0, unwitnessed_since integer
);
create index that_live on files (file) where not settled;
create index that_stay on files (file) where retained;
create index by_name on files (name);
create index by_likeness on files (likeness);
create index since_when on files (unwitnessed_since);
create table changes (
    file integer not null, commit_place integer not null, kind integer not null,
    before text not null, after text, primary key (file, commit_place, kind)
) without rowid;
create table unwitnessed (recorded integer not null, file integer not null, primary key (recorded, file)) without rowid;
"""

_FOLDER, _FILE = "weibao", "index.sqlite"
_TICKETS = "records/tickets/"
_BUSY = 0.2
"""Seconds that another command is waited for: to read everything anew takes longer, but never for ever."""


class _CommitRow(NamedTuple):
    """A row of a commit; parents and landing are places."""

    place: int
    id: str
    parents: str
    author: str
    author_time: int
    committer: str
    commit_time: int
    subject: str
    tree: str
    signature: bytes | None
    signed: bytes | None
    time: int
    landing: int
    not_before: int | None
    not_after: int | None
    witness: str | None
    first_seen: int | None
    shown: int | None
    had: int | None

    @property
    def parent_places(self) -> list[int]:
        found: list[int] = json.loads(self.parents)
        return found

    @property
    def on_line(self) -> bool:
        return self.landing == self.place


_COLUMNS = ",".join(_CommitRow._fields)


class UnusableIndex(Exception):  # noqa: N818 - nobody's fault: everything is read anew
    """There is no index, or not one that can be used here and now."""


@contextmanager
def usable() -> Iterator[None]:
    """Have whatever is met in an index that is not whole be an :class:`UnusableIndex`."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, OSError, ValueError, LookupError, TypeError) as error:
        raise UnusableIndex(str(error)) from error


def index_file(common: Path) -> Path:
    """Where the index of a clone lies; ``common`` is the folder of its objects and refs."""
    return common / _FOLDER / _FILE


def journal_of(path: Path) -> Path:
    """What SQLite would take for unfinished work on an index, and undo in it, whichever index lies there by then."""
    return path.with_name(f"{path.name}-journal")


def made_by(object_format: str) -> str:
    """What an index is a function of besides the repository: its tables, this very program, how objects are named.

    A module counts as another where its size or its time of change is, as for Python's own compiled files.
    """
    code = Path(__file__).parents[2]
    told = (_TABLES, object_format, sys.version, sorted(_modules(str(code))))
    return sha256(repr(told).encode(errors="surrogateescape")).hexdigest()


def _modules(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith((".py", ".json")):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns


class IndexFile:
    """An open index. Each method raises :class:`UnusableIndex` where it cannot be read or written."""

    def __init__(self, path: Path, *, new: bool = False) -> None:
        """Open the index at ``path``, or make a new one there."""
        with usable():
            uri = f"{path.absolute().as_uri()}?mode={'rwc' if new else 'rw'}"
            self._base = sqlite3.connect(uri, uri=True, timeout=_BUSY, isolation_level=None)
            try:
                if new:
                    self._base.executescript(
                        f"pragma journal_mode = off; pragma synchronous = off; {_TABLES}"
                    )
            except BaseException:
                self._base.close()
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def copied(self, path: Path) -> IndexFile:
        """The same at another path, where no file is."""
        copy = IndexFile(path, new=True)
        with usable():
            self._base.backup(copy._base)
        return copy

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All that is written within, or nothing of it."""
        with usable():
            self._base.execute("begin immediate")
            try:
                yield
                self._base.execute("commit")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._base.execute("rollback")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read within is of one time, whatever another command writes meanwhile."""
        with usable():
            self._base.execute("begin")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._base.execute("rollback")

    def told(self) -> dict[str, Any]:
        """What is said of the index as a whole, by name."""
        with usable():
            rows = self._base.execute("select name, value from told").fetchall()
            return {name: json.loads(value) for name, value in rows}

    def tell(self, **said: object) -> None:
        """Say something of the index as a whole."""
        with usable():
            rows = [(name, json.dumps(value)) for name, value in said.items()]
            self._base.executemany("insert or replace into told values (?, ?)", rows)

    # Commits.

    def add_commits(self, commits: Iterable[KeptCommit], telling: Collection[str]) -> None:
        """Add commits, parents before children, after those that are there."""
        with usable():
            first = self._one("select coalesce(max(place), -1) + 1 from commits")
            places = self._places(commits := tuple(commits), first)
            rows = [_row(kept, places, telling) for kept in commits]
            marks = ",".join("?" * (len(_CommitRow._fields) + 2))
            self._base.executemany(
                f"insert into commits ({_COLUMNS}, telling, ordinal) values ({marks})",  # noqa: S608 - our own
                rows,
            )

    def _places(self, commits: Sequence[KeptCommit], first: int) -> dict[str, int]:
        places = {kept.commit.id: first + at for at, kept in enumerate(commits)}
        wanted = {*chain.from_iterable(kept.commit.parents for kept in commits)}
        wanted |= {kept.landing for kept in commits}
        known = self._listed("select id, place from commits where id in", wanted - places.keys())
        return dict(known) | places

    def amend_commits(self, commits: Iterable[KeptCommit]) -> None:
        """Write anew what the whole history says of commits that are there."""
        rows = [
            (
                kept.window.not_before,
                kept.window.not_after,
                kept.window.witness,
                kept.first_seen,
                kept.shown,
                kept.had,
                kept.commit.id,
            )
            for kept in commits
        ]
        with usable():
            self._base.executemany(
                "update commits set not_before = ?, not_after = ?, witness = ?, first_seen = ?, shown = ?, had = ?"
                " where id = ?",
                rows,
            )

    def all_commits(self) -> tuple[KeptCommit, ...]:
        """Every commit, parents before children."""
        with usable():
            rows = self._base.execute(f"select {_COLUMNS} from commits order by ordinal").fetchall()  # noqa: S608
            return self._kept(rows)

    def commit(self, name: str) -> KeptCommit:
        """One that is there, by its id."""
        with usable():
            query = f"select {_COLUMNS} from commits where id in"  # noqa: S608 - of our own names
            return self._kept(self._listed(query, [name]))[0]

    def unbounded(self) -> tuple[KeptCommit, ...]:
        """Those after which nobody else has made one."""
        with usable():
            query = f"select {_COLUMNS} from commits where witness is null"  # noqa: S608
            return self._kept(self._base.execute(query).fetchall())

    def order(self, ids: Sequence[str]) -> None:
        """Let the commits stand in this order."""
        with usable():
            self._base.executemany(
                "update commits set ordinal = ? where id = ? and ordinal <> ?",
                [(at, commit, at) for at, commit in enumerate(ids)],
            )

    def let_tell(self, commits: Collection[str]) -> None:
        """Let these be told with every part, besides those that are."""
        with usable():
            self._base.executemany(
                "update commits set telling = 1 where id = ?", [(commit,) for commit in commits]
            )

    def part(
        self, wanted: Collection[int], as_of: Instant
    ) -> tuple[tuple[KeptCommit, ...], frozenset[str]]:
        """The commits at these places, those that tell of the whole or are of after an instant, and all that belongs to a part with them; and which have their true parents.

        Whoever landed with a merge is there with all that it brought, and with each the commit that bounds it.
        """
        with usable():
            telling = self._base.execute(
                "select place from commits where telling union select place from commits where commit_time > ?",
                (as_of,),
            ).fetchall()
            rows: dict[int, _CommitRow] = {}
            whole: set[int] = set()
            waiting = {*wanted, *(place for (place,) in telling)}
            bounds: set[int] = set()
            while waiting:
                self._take(rows, waiting)
                whole |= waiting
                sides = {rows[place].landing for place in waiting if not rows[place].on_line}
                brought = self._listed("select place from commits where landing in", sides)
                around = {parent for place in waiting for parent in rows[place].parent_places}
                around |= self._witnesses(rows[place] for place in waiting)
                bounds |= around
                self._take(rows, around)
                waiting = {place for (place,) in brought} - whole
                waiting |= {place for place in around - whole if not rows[place].on_line}
            taken = whole | bounds
            ordinals = dict(
                self._listed("select place, ordinal from commits where place in", taken)
            )
            kept = self._kept([rows[place] for place in sorted(taken, key=ordinals.__getitem__)])
            return kept, frozenset(rows[place].id for place in whole)

    def _witnesses(self, rows: Iterable[_CommitRow]) -> set[int]:
        named = {row.witness for row in rows if row.witness is not None}
        return {place for (place,) in self._listed("select place from commits where id in", named)}

    def place_of(self, commit: str) -> int:
        """The place of a commit that is there."""
        with usable():
            return int(self._one("select place from commits where id = ?", commit))

    def _take(self, rows: dict[int, _CommitRow], places: Collection[int]) -> None:
        missing = [place for place in places if place not in rows]
        found = self._listed(f"select {_COLUMNS} from commits where place in", missing)  # noqa: S608
        rows.update((row.place, row) for row in map(_CommitRow._make, found))

    def _kept(self, found: Iterable[tuple[Any, ...]]) -> tuple[KeptCommit, ...]:
        rows = tuple(map(_CommitRow._make, found))
        ids = {row.place: row.id for row in rows}
        named = {place for row in rows for place in (*row.parent_places, row.landing)} - ids.keys()
        ids |= dict(self._listed("select place, id from commits where place in", named))
        people: dict[str, Identity] = {}

        def who(told: str) -> Identity:
            if told not in people:
                people[told] = Identity(*json.loads(told))
            return people[told]

        return tuple(_commit(row, ids, who(row.author), who(row.committer)) for row in rows)

    # Files, and what became of them.

    def put_files(self, files: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Path, mode and blob of files, new or not, as they stand; None and None of one that is no more."""
        with usable():
            self._base.executemany(
                "insert into files (path, mode, blob, name, retained) values (?, ?, ?, ?, ?)"
                " on conflict (path) do update set mode = excluded.mode, blob = excluded.blob",
                [
                    (path, mode, blob, _name(path), not _is_ticket(path))
                    for path, mode, blob in files
                ],
            )

    def note_files(self, paths: Iterable[str]) -> None:
        """Have these files, new or not; of one that is new nothing is known yet."""
        with usable():
            self._base.executemany(
                "insert or ignore into files (path, name, retained) values (?, ?, ?)",
                [(path, _name(path), not _is_ticket(path)) for path in paths],
            )

    def living(self) -> dict[int, tuple[str, str | None, str | None]]:
        """By number, path, mode and blob of every file that is not settled."""
        with usable():
            rows = self._base.execute("select file, path, mode, blob from files where not settled")
            return {number: (path, mode, blob) for number, path, mode, blob in rows.fetchall()}

    def beside(self, endings: Iterable[str]) -> dict[int, tuple[str, str | None, str | None]]:
        """The same of every file that is retained, or whose name ends so, whatever the case."""
        query = "select file, path, mode, blob from files where"
        with usable():
            rows = self._base.execute(f"{query} retained").fetchall()
            for ending in filter(None, endings):
                rows += self._base.execute(
                    f"{query} substr(name, -length(?)) = ?", (ending.casefold(),) * 2
                ).fetchall()
            return {number: (path, mode, blob) for number, path, mode, blob in rows}

    def retain(self, paths: Collection[str]) -> None:
        """Let the files at these paths be part of every part, besides those that are no tickets."""
        with usable():
            self._base.executemany(
                "update files set retained = 1 where path = ?", [(path,) for path in paths]
            )

    def add_changes(self, kind: int, changes: Iterable[Change]) -> None:
        """Add changes of a kind: 0 of all parents, 1 of some, 2 of pages; the commits and files are there."""
        changes = tuple(changes)
        with usable():
            places = dict(
                self._listed(
                    "select id, place from commits where id in",
                    {change.commit for change in changes},
                )
            )
            numbers = dict(
                self._listed(
                    "select path, file from files where path in",
                    {change.path for change in changes},
                )
            )
            self._base.executemany(
                "insert into changes values (?, ?, ?, ?, ?)",
                [
                    (
                        numbers[change.path],
                        places[change.commit],
                        kind,
                        json.dumps(change.before),
                        change.after,
                    )
                    for change in changes
                ],
            )

    def changes_to(
        self, files: Mapping[int, str]
    ) -> tuple[tuple[list[Change], list[Change], list[Change]], frozenset[int]]:
        """The changes to files, by their numbers and paths, in the order of the history by kind; and the places of their commits."""
        with usable():
            rows = self._listed(
                "select commit_place, kind, file, before, after from changes where file in", files
            )
            places = frozenset(row[0] for row in rows)
            known = {
                place: (ordinal, key)
                for place, ordinal, key in self._listed(
                    "select place, ordinal, id from commits where place in", places
                )
            }
            found: tuple[list[Change], list[Change], list[Change]] = ([], [], [])
            for place, kind, file, before, after in sorted(
                rows, key=lambda row: (known[row[0]][0], files[row[2]])
            ):
                befores = tuple(json.loads(before))
                found[kind].append(Change(known[place][1], files[file], befores, after))
            return found, places

    # What is settled.

    def liken(self, likeness: Mapping[str, str]) -> None:
        """Say by path what a record was like when it was made."""
        with usable():
            self._base.executemany(
                "update files set likeness = ? where path = ?",
                [(like, path) for path, like in likeness.items()],
            )

    def settle(self, settled: Mapping[str, Sequence[Instant]]) -> None:
        """Let the files at these paths be settled, each with the *times* of what nobody has witnessed of it."""
        with usable():
            numbers = dict(
                self._listed("select path, file from files where path in", settled.keys())
            )
            self._base.executemany(
                "update files set settled = 1, unwitnessed_since = ? where file = ?",
                [(min(times, default=None), numbers[path]) for path, times in settled.items()],
            )
            self._base.executemany(
                "insert or ignore into unwitnessed values (?, ?)",
                [(time, numbers[path]) for path, times in settled.items() for time in times],
            )

    def stir(
        self,
        paths: Collection[str] = (),
        *,
        names: Collection[str] = (),
        likes: Collection[str] = (),
        commits: Collection[str] = (),
    ) -> None:
        """Let the files be settled no more that are at these paths, have these names, were like these, or that these commits changed."""
        with usable():
            found = self._listed("select file from files where settled and path in", paths)
            found += self._listed(
                "select file from files where settled and name in", set(map(_name, names))
            )
            found += self._listed("select file from files where settled and likeness in", likes)
            places = [
                place for (place,) in self._listed("select place from commits where id in", commits)
            ]
            found += self._listed("select file from changes where commit_place in", places)
            numbers = sorted({number for (number,) in found})
            self._base.executemany(
                "delete from unwitnessed where file = ?", [(number,) for number in numbers]
            )
            self._base.executemany(
                "update files set settled = 0, unwitnessed_since = null where file = ?",
                [(number,) for number in numbers],
            )

    def settled(self) -> tuple[str, ...]:
        """The paths of the settled files, sorted."""
        with usable():
            rows = self._base.execute(
                "select path from files where settled order by path"
            ).fetchall()
            return tuple(path for (path,) in rows)

    def unwitnessed(self, as_of: Instant) -> Unwitnessed | None:
        """What of the settled files nobody vouches for in time, at an instant."""
        before = as_of - WITNESSED_WITHIN
        with usable():
            records = self._one("select count(*) from files where unwitnessed_since < ?", before)
            start, end = (
                self._one(f"select {which}(recorded) from unwitnessed where recorded < ?", before)  # noqa: S608
                for which in ("min", "max")
            )
            return Unwitnessed(start, end, records) if records else None

    # All that it says, to be held against another.

    def said(self) -> Iterator[tuple[tuple[str, str], object]]:
        """What is kept, thing by thing: of which table and called how, and what is said of it.

        Which files are settled, and which commits every part has, is told by themselves.
        """
        with usable():
            files = self._base.execute(
                "select file, path, mode, blob, name, likeness, retained from files"
            ).fetchall()
            paths = {file: path for file, path, *_ in files}
            for _, path, *facts in files:
                yield ("file", path), tuple(facts)
            for at, kept in enumerate(self.all_commits()):
                yield ("commit", kept.commit.id), (at, kept)
            ids = dict(self._base.execute("select place, id from commits").fetchall())
            rows = self._base.execute("select file, commit_place, kind, before, after from changes")
            for file, place, kind, *blobs in rows.fetchall():
                yield ("change", f"{ids.get(place)} {paths.get(file)} {kind}"), tuple(blobs)
            for name, value in self.told().items():
                yield ("told", name), value

    def settled_as(self) -> dict[str, tuple[int | None, tuple[int, ...]]]:
        """By the path of each settled file, since when anything of it is unwitnessed, and the *times* of that."""
        with usable():
            rows = self._base.execute(
                "select path, unwitnessed_since, group_concat(recorded) from files"
                " left join unwitnessed using (file) where settled group by file"
            ).fetchall()
            return {
                path: (since, tuple(sorted(map(int, times.split(",")))) if times else ())
                for path, since, times in rows
            }

    def telling(self) -> frozenset[str]:
        """The commits that every part has."""
        with usable():
            rows = self._base.execute("select id from commits where telling").fetchall()
            return frozenset(commit for (commit,) in rows)

    def _one(self, query: str, *values: object) -> Any:
        return self._base.execute(query, values).fetchone()[0]

    def _listed(self, query: str, values: Collection[object]) -> list[tuple[Any, ...]]:
        """The rows of a query that ends in ``in``, for any number of values."""
        if not values:
            return []
        given = json.dumps([*values])
        whole = f"{query} (select value from json_each(?))"  # noqa: S608 - no value is in it
        return self._base.execute(whole, (given,)).fetchall()


def _is_ticket(path: str) -> bool:
    return path.startswith(_TICKETS) and is_record(path)


def _name(path: str) -> str:
    """By what a file is called, whatever the folder and the case."""
    return path.rpartition("/")[2].removesuffix(".yaml").casefold()


def _row(
    kept: KeptCommit, places: Mapping[str, int], telling: Collection[str]
) -> tuple[object, ...]:
    commit = kept.commit
    row = _CommitRow(
        place=places[commit.id],
        id=commit.id,
        parents=json.dumps([places[parent] for parent in commit.parents]),
        author=json.dumps([commit.author.name, commit.author.email]),
        author_time=commit.author_time,
        committer=json.dumps([commit.committer.name, commit.committer.email]),
        commit_time=commit.commit_time,
        subject=json.dumps(commit.subject),
        tree=commit.tree,
        signature=commit.seal.signature if commit.seal else None,
        signed=commit.seal.signed if commit.seal else None,
        time=kept.time,
        landing=places[kept.landing],
        not_before=kept.window.not_before,
        not_after=kept.window.not_after,
        witness=kept.window.witness,
        first_seen=kept.first_seen,
        shown=kept.shown,
        had=kept.had,
    )
    return (*row, commit.id in telling, row.place)


def _commit(
    row: _CommitRow, ids: Mapping[int, str], author: Identity, committer: Identity
) -> KeptCommit:
    commit = Commit(
        id=row.id,
        parents=tuple(ids[parent] for parent in row.parent_places),
        author=author,
        author_time=row.author_time,
        committer=committer,
        commit_time=row.commit_time,
        subject=json.loads(row.subject),
        seal=None
        if row.signature is None or row.signed is None
        else Seal(row.signature, row.signed),
        tree=row.tree,
    )
    window = Window(row.not_before, row.not_after, row.witness)
    return KeptCommit(
        commit, row.time, ids[row.landing], window, row.first_seen, row.shown, row.had
    )
