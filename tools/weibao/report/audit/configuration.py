"""Every change of what the contract settles: what was changed, by whom, and who else looked at it.

The contract, the people, the rota, the equipment, the plan, the keys, and of the spares what stands before the
log (depots, catalogue, minimums) change by review. Git shows who
wrote a change and who brought it to the official branch; where that is one and the same, nobody else is
shown to have approved of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from weibao.history.commit import Identity
from weibao.model.alterations import UNKNOWN, WHOLE, Altered, altered
from weibao.model.shown import CommitId, Mark, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.commit import Change, Commit, Identity
    from weibao.history.history import History
    from weibao.report.book import Book

FILES = frozenset(
    {
        *(f"records/{name}.yaml" for name in ("contract", "staff", "duty", "assets", "plan")),
        "records/allowed_signers",
    }
)
SPARES = "records/spares.yaml"
"""A ledger whose header settles something too."""

KEYS = "records/keys/"
"""Where public keys lie, one file each."""

Side = Literal["provider", "customer", "unknown"]
Kind = Literal["added", "changed", "deleted"]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a commit: the identity it bears, and whose that is.

    ``person`` is an id of staff.yaml or of a customer's contact, None where the address is nobody's.

    提交人 · Maker | 提交上的身份及其所属 · The identity on a commit, and whose it is.
    """

    identity: Annotated[Identity, Mark.INLINE]
    person: str | None
    """人员 · Person | 人员或联系人编号；null：不在名单上 · An id of the lists; null: on none"""
    side: Side
    """所属 · Side | 服务商、客户或未知 · Whose side they are on"""

    def is_another(self, other: Maker) -> bool:
        """Whether it is somebody else, as far as the lists know."""
        if self.person or other.person:
            return self.person != other.person
        return self.identity.email.casefold() != other.identity.email.casefold()


@dataclass(frozen=True, slots=True)
class ConfigurationChange:
    """A commit's change of one file of the configuration.

    Attributes:
        path: the file.
        commit: the commit that changed it.
        author: who wrote the change.
        recorded, landed: the *times* of the commit, and of the one that landed it.
        landing_commit: the one that brought it to the official branch; the commit itself, where it
            was made there.
        landed_by: who else brought it there, or None: nobody but the author is shown to have seen it.
        kind: whether the file is new, changed or gone.
        altered: what is otherwise in a changed file, held against the first parent's version.

    配置变更 · Change | 一个提交对一个配置文件的变更 · A commit's change of one file of the configuration.
    """

    path: str
    """文件 · Path | 记录库中的路径 · The path in the repository"""
    commit: CommitId
    """提交 · Commit | 作出变更的提交 · The commit that made it"""
    author: Maker
    """作者 · Author | 谁写的 · Who wrote it"""
    recorded: Moment
    """提交时间 · Recorded | 提交的时间 · The time of the commit"""
    landed: Moment
    """合入时间 · Landed | 到达主分支的时间 · When it reached the official branch"""
    landing_commit: CommitId
    """合入提交 · Landing commit | 带入主分支的提交 · The commit that brought it there"""
    landed_by: Maker | None
    """合入人 · Landed by | 除作者外谁经手合入；null：没有他人 · Who else landed it; null: nobody"""
    kind: Kind
    """种类 · Kind | 新增、变更或删除文件 · Whether the file is new, changed or gone"""
    altered: Annotated[Altered, Mark.INLINE]


def configuration_of(book: Book) -> tuple[ConfigurationChange, ...]:
    """Every change of the configuration in the Book's history, in the order of their landing."""
    history = book.snapshot.history
    people = _people(book)
    found = [
        _change(change, history, people)
        for change in history.changes
        if change.path in FILES
        or change.path.startswith(KEYS)
        or (change.path == SPARES and _header_changed(change, history))
    ]
    return tuple(sorted(found, key=lambda change: (change.landed, change.recorded)))


def _change(
    change: Change, history: History, people: Mapping[str, tuple[str, Side]]
) -> ConfigurationChange:
    commit = history.commits[change.commit]
    landing = history.commits[history.landing[change.commit]]
    author = _maker(commit.author, people)
    before = change.before[0] if change.before else None
    kind: Kind = "added" if before is None else "changed" if change.after else "deleted"
    return ConfigurationChange(
        path=change.path,
        commit=commit.id,
        author=author,
        recorded=history.time[commit.id],
        landed=history.time[landing.id],
        landing_commit=landing.id,
        landed_by=_other(author, landing, people),
        kind=kind,
        altered=_altered(change.path, before, change.after, history),
    )


def _other(author: Maker, landing: Commit, people: Mapping[str, tuple[str, Side]]) -> Maker | None:
    """Who else landed a commit.

    The author of a merge is whoever made it, also where a forge commits it in its own name; a mere
    committer counts only where it is somebody on the lists, which a forge is not.
    """
    maker, committer = (
        _maker(identity, people) for identity in (landing.author, landing.committer)
    )
    if maker.is_another(author):
        return maker
    return committer if committer.person and committer.is_another(author) else None


def _altered(path: str, before: str | None, after: str | None, history: History) -> Altered:
    if before is None or after is None:
        return WHOLE
    old, new = history.blobs.get(before), history.blobs.get(after)
    if old is None or new is None:
        return UNKNOWN
    return altered(path, *map(_header, (old, new))) if path == SPARES else altered(path, old, new)


def _header_changed(change: Change, history: History) -> bool:
    before = change.before[0] if change.before else None
    if before is None or change.after is None:
        return True
    return _header(history.blobs.get(before, b"")) != _header(history.blobs.get(change.after, b""))


def _header(raw: bytes) -> bytes:
    """What stands before the log."""
    return raw.partition(b"\nlog:")[0].rstrip(b"\n") + b"\n"


def _people(book: Book) -> dict[str, tuple[str, Side]]:
    """Whose each address is, in lower case, and on which side they are."""
    return {
        address: (who, "provider" if who in book.staff_ids else "customer")
        for address, who in book.addresses.items()
    }


def _maker(identity: Identity, people: Mapping[str, tuple[str, Side]]) -> Maker:
    return Maker(identity, *people.get(identity.email.casefold(), (None, "unknown")))
