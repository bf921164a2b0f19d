"""Every change of what the contract settles: what was changed, by whom, and who else looked at it.

The contract, the people, the rota, the equipment, the plan and the keys change by review. Git shows who
wrote a change and who brought it to the official branch; where that is one and the same, nobody else is
shown to have approved of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from weibao.model.alterations import UNKNOWN, WHOLE, Altered, altered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.history import Change, Commit, History, Identity
    from weibao.model.instant import Instant
    from weibao.report.book import Book

FILES = frozenset(
    {
        *(f"records/{name}.yaml" for name in ("contract", "staff", "duty", "assets", "plan")),
        "records/allowed_signers",
    }
)
KEYS = "records/keys/"
"""Where public keys lie, one file each."""

Side = Literal["provider", "customer", "unknown"]
Kind = Literal["added", "changed", "deleted"]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a commit: the identity it bears, and whose that is.

    ``person`` is an id of staff.yaml or of a customer's contact, "" where the address is nobody's.
    """

    identity: Identity
    person: str
    side: Side

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
    """

    path: str
    commit: str
    author: Maker
    recorded: Instant
    landed: Instant
    landing_commit: str
    landed_by: Maker | None
    kind: Kind
    altered: Altered


def configuration_of(book: Book) -> tuple[ConfigurationChange, ...]:
    """Every change of the configuration in the Book's history, in the order of their landing."""
    history = book.snapshot.history
    people = _people(book)
    found = [
        _change(one, history, people)
        for one in history.changes
        if one.path in FILES or one.path.startswith(KEYS)
    ]
    return tuple(sorted(found, key=lambda one: (one.landed, one.recorded)))


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
    maker, committer = (_maker(one, people) for one in (landing.author, landing.committer))
    if maker.is_another(author):
        return maker
    return committer if committer.person and committer.is_another(author) else None


def _altered(path: str, before: str | None, after: str | None, history: History) -> Altered:
    if before is None or after is None:
        return WHOLE
    old, new = history.blobs.get(before), history.blobs.get(after)
    return altered(path, old, new) if old is not None and new is not None else UNKNOWN


def _people(book: Book) -> dict[str, tuple[str, Side]]:
    """Whose each address is, in lower case, and on which side they are."""
    records = book.records
    found: dict[str, tuple[str, Side]] = {}
    for one in records.staff.people.values():
        found |= {address.casefold(): (one.id, "provider") for address in one.git}
    for contact in records.contract.contacts.values():
        found |= {address.casefold(): (contact.id, "customer") for address in contact.git}
    return found


def _maker(identity: Identity, people: Mapping[str, tuple[str, Side]]) -> Maker:
    person, side = people.get(identity.email.casefold(), ("", "unknown"))
    return Maker(identity, person, side)
