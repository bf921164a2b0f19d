"""What new commits make of what is kept: what must be added, what is another now, or that all is read anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from weibao.history.growth.copies import likeness
from weibao.history.history import History
from weibao.history.kept import KeptCommit, kept_commits, telling
from weibao.model.ids import RECORD_ID
from weibao.model.paths import ROOT
from weibao.model.versions import Law, divided, header_of, is_record, law_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.history.commit import Change, Commit
    from weibao.history.sights import Sights
    from weibao.model.instant import Instant

_AGREEMENTS = "records/agreements.yaml"


@dataclass(frozen=True, slots=True)
class KeptHistory:
    """What is kept of a history.

    Attributes:
        head: the commit that it is seen from.
        commits: all of them, parents before children.
        people: whose each address is, in lower case.
        main: the official branch.
        since: when the forge's log was begun; None where there is none.
        clock_skew: seconds by which clocks may differ, by the contract.
    """

    head: str
    commits: tuple[KeptCommit, ...]
    people: Mapping[str, str]
    main: str
    since: Instant | None
    clock_skew: int


@dataclass(frozen=True, slots=True)
class NewCommits:
    """What came to it.

    Attributes:
        head: the commit that it is seen from now.
        order: the ids of all commits, as they stand when they are read anew.
        commits: the new ones, parents before children.
        changes: what they changed: of all parents, of some, of pages.
        blobs: the bytes of what they changed.
        sights: what the forge's log says now of all commits.
    """

    head: str
    order: Sequence[str]
    commits: Mapping[str, Commit]
    changes: tuple[Sequence[Change], Sequence[Change], Sequence[Change]]
    blobs: Mapping[str, bytes]
    sights: Sights


@dataclass(frozen=True, slots=True)
class Advance:
    """What must be written for the new commits.

    Attributes:
        commits: the new ones, with what the history says of them.
        amended: old ones of which it says something else now.
        seen: those of the old ones that the forge's log tells another thing of.
        telling: those of the new ones that tell of the history as a whole.
        stirred: names of records that the new commits changed or named, or like which they made one.
        likeness: by path what new records were like when they were made.
    """

    commits: tuple[KeptCommit, ...]
    amended: tuple[KeptCommit, ...] = ()
    seen: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    stirred: frozenset[str] = frozenset()
    likeness: Mapping[str, bytes] = field(default_factory=dict)


def advanced(kept: KeptHistory, new: NewCommits) -> Advance | None:
    """What the new commits make of a history; None where it must be read anew.

    It goes on only forward: nothing of what was is another now but what comes later bounds (the window of a
    commit) or a log says that the forge keeps. Who may do what, and what was agreed, settles all that follows.
    """
    if any(_governs(change, new.blobs) for group in new.changes for change in group):
        return None
    commits = {old.commit.id: old.commit for old in kept.commits} | dict(new.commits)
    if new.sights.since != kept.since or set(new.order) != commits.keys():
        return None
    history = History(
        new.head,
        {commit: commits[commit] for commit in new.order},
        sights=new.sights,
        tips=new.sights.tips.get(f"refs/heads/{kept.main}", ()),
    )
    if kept.head not in history.places:
        return None
    facts = {now.commit.id: now for now in kept_commits(history, kept.people)}
    pairs = [(old, facts[old.commit.id]) for old in kept.commits]
    if any((old.time, old.landing) != (now.time, now.landing) for old, now in pairs):
        return None
    told = telling(history, kept.clock_skew)
    return Advance(
        commits=tuple(facts[commit] for commit in new.commits),
        amended=tuple(now for old, now in pairs if old != now),
        seen=frozenset(
            now.commit.id for old, now in pairs if replace(old, window=now.window) != now
        ),
        telling=told & new.commits.keys(),
        stirred=_stirred(new),
        likeness=likenesses(new.changes[0], new.blobs),
    )


def _governs(change: Change, blobs: Mapping[str, bytes]) -> bool:
    """Whether a change is one of the configuration, of keys, agreements, stamps or old registers."""
    path = change.path
    if path.startswith(("checkpoints/", "imports/")) or path == _AGREEMENTS:
        return True
    if not path.startswith(ROOT) or is_record(path) or law_of(path) is Law.CONTENT:
        return False
    if law_of(path) is Law.LOG:
        versions = [*change.before, change.after]
        return len({header_of(blobs[blob]) if blob else None for blob in versions}) > 1
    return path.endswith(".yaml") or not path.startswith(f"{ROOT}attachments/")


def _stirred(new: NewCommits) -> frozenset[str]:
    """The names in every line that was added to a file that keeps a log, and of these files themselves."""
    found: set[str] = set()
    for change in (change for group in new.changes for change in group):
        if is_record(change.path):
            found.add(change.path.rpartition("/")[2].removesuffix(".yaml"))
        if law_of(change.path) in {Law.RECORD, Law.LOG} and change.after is not None:
            known = {
                line for blob in change.before if blob for line in new.blobs[blob].split(b"\n")
            }
            for line in new.blobs[change.after].split(b"\n"):
                if line not in known:
                    found |= {
                        match[0] for match in RECORD_ID.finditer(line.decode(errors="replace"))
                    }
    return frozenset(found)


def likenesses(changes: Sequence[Change], blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """By path, what each record was like that some of the changes made (:func:`likeness`)."""
    return {
        change.path: likeness(divided(blobs[change.after]))
        for change in changes
        if change.after is not None and not any(change.before) and is_record(change.path)
    }
