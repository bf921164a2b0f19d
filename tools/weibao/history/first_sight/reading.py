"""Reading the log of what the forge saw first: its files now, and whether it has only ever grown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.first_sight.log import OPENING, SeenLog, seen_log
from weibao.history.git.objects import read_commit
from weibao.history.integrity import IntegrityCheck
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.commit import Commit
    from weibao.history.git.reader import Git
    from weibao.model.contract import SeenPolicy

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.jsonl")


@dataclass(frozen=True, slots=True)
class SeenTree:
    """The log at one of its commits: its files by name, and the blob of each."""

    log: SeenLog
    files: Mapping[str, bytes]
    blobs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenStep:
    """What one commit of the log did to one file; None where there was none, or is none any more.

    ``goes_on`` says whether the commit has one parent in the log, or is the only one that has none.
    """

    commit: str
    author: str
    name: str
    before: bytes | None
    after: bytes | None
    goes_on: bool


def read_seen(git: Git, tip: str) -> SeenTree:
    """The log as the commit ``tip`` has it.

    Raises:
        Refusal: the commit holds something else.
    """
    listed = tuple(git.tree(tip))
    for mode, _, name in listed:
        if mode != "100644" or (name != OPENING and not _DAY.fullmatch(name)):
            raise Refusal(
                N_("{ref} holds something else than the log: {file}."),
                mend=N_("git log --stat {ref} shows who has put it there."),
                ref=tip[:12],
                file=name,
            )
    blobs = {name: blob for _, blob, name in listed}
    raw = dict(git.objects(dict.fromkeys(blobs.values()), "blob"))
    files = {name: raw[blob] for name, blob in blobs.items()}
    return SeenTree(seen_log(files), files, blobs)


def names_any(git: Git, tip: str, commits: Iterable[str]) -> bool:
    """Whether the log as the commit ``tip`` has it names any of these commits: asked without reading what it says."""
    ids = [commit.encode() for commit in commits]
    blobs = dict.fromkeys(blob for _, blob, _ in git.tree(tip))
    return any(name in raw for _, raw in git.objects(blobs, "blob") for name in ids)


def seen_steps(git: Git, tip: str) -> tuple[SeenStep, ...]:
    """Everything that the commits behind ``tip`` did to the log, the oldest first.

    The log ends where what was there before it begins: at the heads that it names. One that names
    a commit of the log itself would hide what came before, so such a commit counts as one of it.
    """
    heads = frozenset(read_seen(git, tip).log.heads.values())
    commits = _read(git, git.commits_beyond([tip], heads))
    outside = {parent for commit in commits.values() for parent in commit.parents} - commits.keys()
    hidden = _read(
        git,
        [parent for parent in sorted(outside) if any(git.tree(parent, OPENING))],
    )
    before = {
        commit_id: [
            (hidden | commits)[parent] for parent in commit.parents if parent in hidden | commits
        ]
        for commit_id, commit in commits.items()
    }
    begun = [commit_id for commit_id, parents in before.items() if not parents]
    pairs = {
        commit_id: (parents[0].tree if parents else git.empty_tree, commits[commit_id].tree)
        for commit_id, parents in before.items()
    }
    changed = dict(git.differences(dict.fromkeys(pairs.values()), "."))
    rows = {commit_id: tuple(_rows(changed[pair])) for commit_id, pair in pairs.items()}
    wanted = {blob: None for found in rows.values() for _, *both in found for blob in both if blob}
    blobs = dict(git.objects(wanted, "blob"))
    return tuple(
        SeenStep(
            row,
            commits[row].author.email,
            name,
            blobs[old] if old else None,
            blobs[new] if new else None,
            len(before[row]) == 1 or [row] == begun,
        )
        for row, found in rows.items()
        for name, old, new in found
    )


def _read(git: Git, ids: Iterable[str]) -> dict[str, Commit]:
    return {
        commit_id: read_commit(commit_id, raw)
        for commit_id, raw in git.objects(tuple(ids), "commit")
    }


def seen_integrity(steps: tuple[SeenStep, ...], named: SeenPolicy | None = None) -> IntegrityCheck:
    """Whether the log only ever grew, on one line (L109): each commit adds lines to its last day's file.

    A line slipped in at the end of a day that is over would be as good as one slipped in between.
    Where a contract has ``named`` the log, it begins with the commit that is named, and is read (L123).
    """
    first = steps[0].commit if steps else ""
    findings = [_begun_anew(named, first)] if named and named.first != first else []
    latest = ""
    for step in steps:
        day = "" if step.name == OPENING else step.name
        grown = step.before is None or (step.after or b"").startswith(step.before)
        sound = grown and step.after is not None and step.goes_on and (not day or day >= latest)
        latest = max(latest, day)
        if not sound:
            facts = {
                "commit": step.commit,
                "author": step.author,
                "old": _last_line(step.before),
                "new": _last_line(step.after),
                "show": f"git show {step.commit} -- {step.name}",
            }
            findings.append(Finding("L109", Place(step.name), "", facts))
    return IntegrityCheck("first_seen", len({step.commit for step in steps}), tuple(findings))


def _begun_anew(named: SeenPolicy, first: str) -> Finding:
    facts = {
        "old": named.first,
        "new": first,
        "show": f"git log --reverse {named.ref} -- {OPENING}",
    }
    return Finding("L123", Place("records/contract.yaml"), "", facts)


def _last_line(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace").rstrip().rpartition("\n")[2]


def _rows(raw: tuple[bytes, ...]) -> Iterator[tuple[str, str, str]]:
    """Name, blob before, blob after; "" where there is none."""
    for facts, path in zip(raw[::2], raw[1::2], strict=True):
        _, _, before, after, _ = facts[1:].decode().split(" ")
        yield (
            path.decode(errors="replace"),
            before.strip("0") and before,
            after.strip("0") and after,
        )
