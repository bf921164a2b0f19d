"""What an entry says by saying that nobody knows it: an old register leaves that open, and nothing else may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import event_named
from weibao.model.field_kinds import Thing
from weibao.model.imported import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry


def left_open(kind: str, entry: Entry) -> Iterator[str]:
    """The keys of an entry by which it says what nobody knows: only an old register leaves that open.

    Texts are what somebody wrote, whatever the word.
    """
    if entry.precision is not None:
        yield "precision"
    if entry.by == UNKNOWN:
        yield "by"
    if UNKNOWN in entry.data.values():
        for field in event_named(kind, entry.event).fields:
            word = field.kind.unknowable or field.kind.thing in {Thing.PERSON, Thing.CONTACT}
            if word and entry.data.get(field.key) == UNKNOWN:
                yield field.key
