"""The law that nothing is lost, by its fast code and by reading every version of every commit."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from building.contract import entry, ticket_path
from building.proving import PEOPLE, ZONE
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.ledger import ledger_of
from weibao.history.snapshot import read_snapshot
from weibao.model.versions import Law, divided, is_entry, law_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TICKET = ticket_path("T20261120-7K3Q9M")
PATHS = (
    TICKET,
    "records/spares.yaml",
    "records/attachments/3f/3fa9.jpg",
    "checkpoints/2026-11-20-4f2a91c.json",
)
LINES = (*(entry(f"09:{minute}", "updated") for minute in range(20, 24)), "  - {no: entry}")

Tree = dict[str, str]


@dataclass(frozen=True)
class Made:
    """A commit to be made: the places of its parents among those before it, and all its files."""

    parents: tuple[int, ...]
    tree: Tree


def texts(path: str) -> st.SearchStrategy[str]:
    """A version of a file, of few that there may be."""
    headers = st.sampled_from(["severity: 1\n", "severity: 4\n"])
    if law_of(path) is Law.CONTENT:
        return headers
    lines = st.lists(st.sampled_from(LINES), unique=True, max_size=4)
    return st.tuples(headers, lines).map(
        lambda parts: "\n".join((f"{parts[0]}log:", *parts[1], ""))
    )


TREES = st.fixed_dictionaries({}, optional={path: texts(path) for path in PATHS})


@st.composite
def histories(draw: st.DrawFn) -> list[Made]:
    """Commits with up to three parents, most of which hold what one of their parents does, or more."""
    made: list[Made] = []
    for place in range(draw(st.integers(2, 7))):
        before = range(max(0, place - 4), place)
        parents = draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else []
        tree = draw(TREES)
        if parents and draw(st.booleans()):
            tree = made[parents[0]].tree | draw(TREES)
        made.append(Made(tuple(parents), tree))
    made.append(Made(tuple(range(len(made)))[-3:], draw(TREES)))
    return made


def stream(made: list[Made]) -> Iterator[str]:
    """The commits for ``git fast-import``."""
    for place, commit in enumerate(made, 1):
        if not commit.parents:
            yield "reset refs/heads/main\n"
        yield f"commit refs/heads/main\nmark :{place}\n"
        yield f"committer w <w@x> {1_763_600_000 + 60 * place} +0800\ndata 0\n"
        for at, parent in enumerate(commit.parents):
            yield f"{'merge' if at else 'from'} :{parent + 1}\n"
        yield "deleteall\n"
        for path, text in commit.tree.items():
            yield f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"


def behind(made: list[Made], place: int) -> set[int]:
    """The places of the ancestors of a commit."""
    found = set(made[place].parents)
    for parent in made[place].parents:
        found |= behind(made, parent)
    return found


def by_reading_all(made: list[Made]) -> tuple[set[object], set[object], set[object]]:
    """Paths that are gone; lines that are; and paths that are not what they were made as."""
    last = len(made) - 1
    head, reached = made[last].tree, behind(made, last)
    gone: set[object] = {path for place in reached for path in made[place].tree} - head.keys()
    lines: set[object] = set()
    altered: set[object] = set()
    for place in reached:
        for path in made[place].tree.keys() & head.keys():
            old, now = (divided(tree[path].encode()) for tree in (made[place].tree, head))
            if law_of(path) is not Law.CONTENT:
                dropped = set(old.lines) - set(now.lines)
                lines |= {(path, line) for line in dropped if is_entry(line)}
            first = not any(path in made[before].tree for before in behind(made, place))
            if first and law_of(path) is not Law.LOG and old.header != now.header:
                altered.add(path)
    return gone, lines, altered


def by_the_ledger(folder: Path, made: list[Made]) -> tuple[set[object], set[object], set[object]]:
    """The same, as the ledger tells it."""
    repository = Repository(folder)
    repository.git("fast-import", "--quiet", "--force", given="".join(stream(made)).encode())
    history = read_snapshot(Git(folder), "main").history
    lost = ledger_of(history, PEOPLE, ZONE).losses
    gone: set[object] = {loss.path for loss in lost if loss.code == "L104"}
    lines = {(loss.path, loss.before) for loss in lost if loss.code == "L101"}
    altered: set[object] = {loss.path for loss in lost if loss.code in {"L103", "L115"}}
    return gone, {line for line in lines if line[0] not in gone}, altered


@settings(max_examples=40, deadline=None)
@given(histories())
@example([Made((), {TICKET: "a: 1\nlog:\n"}), Made((), {}), Made((1, 0), {})])
def test_the_ledger_finds_what_reading_every_version_of_every_commit_finds(
    made: list[Made],
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        assert by_the_ledger(Path(folder), made) == by_reading_all(made)
