"""The entries behind the figures of the evidence, each with the way to its proof."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage
from weibao.render.words.cut import cut
from weibao.render.words.findings import event_title
from weibao.report.audit.behind import entries_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.behind import EntryBehind

LISTED = 8
"""So many entries are listed for a figure; the others are counted."""

HEADINGS = {
    "all": N_("All"),
    "grade": N_("By grade"),
    "month": N_("By month"),
    "person": N_("By person"),
    "event": N_("By event"),
    "stopped": N_("By who stopped the clock"),
    "contact": N_("The customer's confirmations"),
    "paused": N_("By who paused"),
}
"""What the entries are told apart by, in the order of the page of the evidence."""

_PEOPLE = frozenset({"person", "stopped", "contact", "paused"})


@dataclass(frozen=True, slots=True)
class ListedEntries:
    """The first of the entries behind a figure, under a heading, and how many more there are."""

    anchor: str
    name: str
    first: Sequence[EntryBehind]
    more: int


def anchors_of(
    behind: Iterable[tuple[str, str]],
) -> Mapping[tuple[str, str], str]:
    """By what figures are told apart by, and its key, the anchor: no id of a person is in one."""
    people = {what: itertools.count(1) for what in _PEOPLE}
    return {
        (what, key): f"{what}-{next(people[what]) if what in people and key else key or 'all'}"
        if what != "all"
        else what
        for what, key in behind
    }


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    behind = entries_behind(voice.book)
    anchors = anchors_of(behind)
    return {
        "headings": HEADINGS,
        "event": lambda behind: event_title(
            kind_of(voice.book.paths[behind.record]) or "",
            behind.proven.entry.event,
            voice.language,
        ),
        "listed": {
            what: [
                ListedEntries(anchors[group], _name(voice, *group), *cut(entries, LISTED))
                for group, entries in behind.items()
                if group[0] == what
            ]
            for what in HEADINGS
        },
    }


def _name(voice: Voice, what: str, key: str) -> str:
    if not key:
        return voice.language.text(HEADINGS["all"])
    if what in _PEOPLE:
        return voice.person(key)
    match what:
        case "grade":
            return f"{key} {voice.language.term('grade', key)}"
        case "month":
            return voice.month(key)
        case _:
            return event_title("", key, voice.language)


PAGE = FixedPage(
    address="audit-entries",
    title=N_("Entries behind the figures"),
    template="audit_entries.html",
    facts=_facts,
    place=95,
    section=addresses.AUDIT,
    part=7,
)
