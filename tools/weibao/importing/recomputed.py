"""Old registers worked out again: of every record that names one, whether it is what its row gives.

It rests on what the repository held when the record came in: the mapping, the rows and the configuration in
the tree of that commit. The register's own file is not needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.agreed import trees
from weibao.model.load import load_records
from weibao.model.paths import CONFIGURATION, ROOT
from weibao.model.versions import divided
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.importing.records import AcceptedRow
    from weibao.model.contract import Import
    from weibao.model.imported import Imported

_LETTERS = len("7K3Q9M.yaml")
"""Of a record's path, the part that its number in the register gives."""
_CONFIGURATION = tuple(f"{ROOT}{name}.yaml" for name in CONFIGURATION)


@dataclass(frozen=True, slots=True)
class FromRegister:
    """A record that says of which register it is."""

    record: str
    path: str
    imported: Imported


@dataclass(frozen=True, slots=True)
class RecomputedRegister:
    """What of a register was worked out again.

    Attributes:
        name: its id.
        commits: those that brought its records.
        alike: the records that are what their rows give.
        given: by their paths, the lines that those give.
        unlike: those that are not.
        untold: how many could not be worked out, for the repository lacks
        lacking: these files.
        exchanged: the files that are other now than when the records came in.
        omitted: the numbers of the rows that give a record, though none was ever filed.
        mapping_sha256: of the mapping by which they came in, "" if there is none.
        agreed_sha256: of the mapping that the contract names, "" if it names none.
    """

    name: str
    commits: tuple[str, ...]
    alike: tuple[FromRegister, ...]
    given: Mapping[str, frozenset[bytes]] = field(repr=False)
    unlike: tuple[FromRegister, ...]
    untold: int
    lacking: tuple[str, ...]
    exchanged: tuple[str, ...]
    omitted: tuple[str, ...]
    mapping_sha256: str
    agreed_sha256: str

    @property
    def by_another_mapping(self) -> bool:
        """Whether the records came in by another mapping than the contract names."""
        named = {self.agreed_sha256, self.mapping_sha256}
        return "" not in named and len(named) > 1

    @property
    def refuted(self) -> frozenset[str]:
        """The paths of the records that are not believed to be of the register."""
        found = (*self.unlike, *(self.alike if self.by_another_mapping else ()))
        return frozenset(told.path for told in found)


def recomputed(
    told: Iterable[FromRegister],
    history: History,
    grown: Mapping[str, FileHistory],
    files: Mapping[str, bytes],
    imports: Mapping[str, Import],
) -> tuple[RecomputedRegister, ...]:
    """Every register that a committed record names, in the order of their names.

    ``files`` are those of the commit that is judged, ``imports`` the registers that the contract names.
    """
    registers: dict[str, list[FromRegister]] = {}
    for record in told:
        if record.path in grown and grown[record.path].created:
            registers.setdefault(record.imported.register, []).append(record)
    if not registers:
        return ()
    # Most repositories have no old register, and need not know how one is read.
    from weibao.importing.mapping import mapping_path, rows_path

    commits = dict.fromkeys(
        grown[record.path].created[-1] for records in registers.values() for record in records
    )
    own = [path for name in registers for path in (mapping_path(name), rows_path(name))]
    held = trees(history, tuple(commits), (*own, *_CONFIGURATION))
    found = []
    for name, records in sorted(registers.items()):
        named = imports.get(name)
        agreed = named.mapping_sha256 if named else ""
        found.append(_register(name, records, grown, held, files, agreed))
    return tuple(found)


def _register(
    name: str,
    records: Sequence[FromRegister],
    grown: Mapping[str, FileHistory],
    held: Mapping[str, Mapping[str, bytes]],
    files: Mapping[str, bytes],
    agreed: str,
) -> RecomputedRegister:
    from weibao.importing.mapping import mapping_path, rows_path

    groups: dict[str, list[FromRegister]] = {}
    for record in records:
        groups.setdefault(grown[record.path].created[-1], []).append(record)
    alike: list[FromRegister] = []
    lines: dict[str, frozenset[bytes]] = {}
    unlike: list[FromRegister] = []
    lacking: set[str] = set()
    exchanged: set[str] = set()
    omitted: dict[str, str] = {}
    filed = {path[-_LETTERS:] for path in grown}
    digests = set()
    for commit, group in groups.items():
        tree = held[commit]
        both = (mapping_path(name), rows_path(name))
        if missing := [path for path in both if path not in tree]:
            lacking |= set(missing)
            continue
        digests.add(sha256(tree[both[0]]).hexdigest())
        exchanged |= {path for path in both if files.get(path) != tree[path]}
        given = _given(name, tree)
        # A number that came in by another register is told by its letters: its row is rightly left out.
        omitted |= {
            path: row.number for path, row in given.items() if path[-_LETTERS:] not in filed
        }
        for record in group:
            row = given.get(record.path)
            expected = None if row is None else row.text
            raw, brought = files.get(record.path, b""), grown[record.path].introduced
            same = expected is not None and _is_alike(expected, raw, brought, commit)
            (alike if same else unlike).append(record)
            if same and expected is not None:
                lines[record.path] = _lines(expected)
    return RecomputedRegister(
        name,
        tuple(groups),
        tuple(alike),
        lines,
        tuple(unlike),
        len(records) - len(alike) - len(unlike),
        tuple(sorted(lacking)),
        tuple(sorted(exchanged)),
        tuple(omitted.values()),
        min(digests, default=""),
        agreed,
    )


def _given(name: str, tree: Mapping[str, bytes]) -> Mapping[str, AcceptedRow]:
    """By path, the records that the rows give by the mapping and the configuration of a tree."""
    from weibao.importing.mapping import mapping_path, read_mapping, rows_path
    from weibao.importing.records import worked_out
    from weibao.importing.rows import read_rows

    records, _ = load_records({path: tree[path] for path in _CONFIGURATION if path in tree})
    if records is None:
        return {}
    try:
        mapping = read_mapping(mapping_path(name), tree[mapping_path(name)])
        rows = read_rows(name, tree[rows_path(name)], mapping.columns)
    except Refusal:
        return {}
    return {row.path: row for row in worked_out(mapping, rows, records).accepted}


def _is_alike(
    expected: bytes, raw: bytes, brought: Mapping[bytes, tuple[str, ...]], commit: str
) -> bool:
    """Whether a record begins as its row gives it, and nothing else came in with it; what came later is not asked."""
    head, lines = expected.partition(b"\nlog:\n")[0], _lines(expected)
    with_it = {line for line, commits in brought.items() if commit in commits}
    return (
        raw.partition(b"\nlog:\n")[0] == head
        and with_it == lines
        and lines <= frozenset(divided(raw).lines)
    )


def _lines(text: bytes) -> frozenset[bytes]:
    """The lines of the log of a record that was printed."""
    return frozenset(text.partition(b"\nlog:\n")[2].splitlines())
