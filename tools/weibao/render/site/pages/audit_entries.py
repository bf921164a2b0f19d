"""The entries behind the figures of the evidence: of each figure the months, and a page a month with the way to each proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage
from weibao.render.words.findings import event_title
from weibao.report.audit.behind import by_month, entries_behind, months_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.behind import Group, GroupedEntry, MonthBehind

TITLE = N_("Entries of {month}")

HEADINGS = {
    "all": N_("All"),
    "grade": N_("By grade"),
    "person": N_("By person"),
    "event": N_("By event"),
    "stopped": N_("By who stopped the clock"),
    "confirmed": N_("The customer's confirmations"),
    "contact": N_("Contact"),
    "paused": N_("By who paused"),
}
"""What the entries are told apart by, in the order of the page of the evidence."""

_PEOPLE = frozenset({"person", "stopped", "contact", "paused"})


@dataclass(frozen=True, slots=True)
class GroupBehind:
    """The months of a figure, under a heading: ``asked`` chooses its entries on the page of a month."""

    anchor: str
    name: str
    asked: str
    months: tuple[MonthBehind, ...]


def marks_of(whole: Iterable[GroupedEntry]) -> Mapping[Group, str]:
    """What stands in an address for a group: no id of a person is in one."""
    groups = sorted({group for behind in whole for group in behind.groups})
    people = sorted({key for what, key in groups if what in _PEOPLE})
    places = {key: str(place) for place, key in enumerate(people, 1)}
    return {(what, key): places[key] if what in _PEOPLE else key for what, key in groups}


def anchor_of(what: str, mark: str) -> str:
    """Where the months of a group are listed."""
    return f"{what}-{mark}" if mark else what


def _facts(voice: Voice, audit: Audit) -> dict[str, Any]:
    whole = entries_behind(audit.whole)
    marks = marks_of(whole)
    months = months_behind(whole, entries_behind(voice.book))
    return {
        "headings": HEADINGS,
        "page_of_month": addresses.entries_of_month,
        "listed": {
            what: [
                GroupBehind(
                    anchor_of(what, marks[group]),
                    _name(voice, *group),
                    f"{what}={marks[group]}" if marks[group] else "",
                    of_group,
                )
                for group, of_group in months.items()
                if group[0] == what
            ]
            for what in HEADINGS
        },
    }


def _each(voice: Voice, audit: Audit) -> Iterator[OneOfMany]:
    """A page for each month of the whole record."""
    whole, told = entries_behind(audit.whole), entries_behind(voice.book)
    marks, shown = marks_of(whole), by_month(told)
    for counted in months_behind(whole, told).get(("all", ""), ()):
        title = voice.language.text(TITLE, month=counted.month)
        entries = shown.get(counted.month, ())
        facts = {
            "title": title,
            "counted": counted,
            "entries": entries,
            "marked": lambda behind: {what: marks[what, key] for what, key in behind.groups},
            "choices": _choices(voice, entries, marks),
            "headings": HEADINGS,
            "event": lambda behind: event_title(
                kind_of(voice.book.paths[behind.record]) or "",
                behind.proven.entry.event,
                voice.language,
            ),
        }
        yield OneOfMany(addresses.entries_of_month(counted.month), title, facts)


def _choices(
    voice: Voice, entries: Iterable[GroupedEntry], marks: Mapping[Group, str]
) -> Mapping[str, list[tuple[str, str]]]:
    groups = sorted({group for behind in entries for group in behind.groups})
    return {
        what: [(marks[group], _name(voice, *group)) for group in groups if group[0] == what]
        for what in HEADINGS
        if what != "all" and any(group[0] == what for group in groups)
    }


def _name(voice: Voice, what: str, key: str) -> str:
    if what in {"all", "confirmed"}:
        return voice.language.text(HEADINGS["all"])
    if what in _PEOPLE:
        return voice.person(key)
    if what == "grade":
        return f"{key} {voice.language.term('grade', key)}"
    return event_title("", key, voice.language)


PAGE = FixedPage(
    address=addresses.ENTRIES,
    title=N_("Entries behind the figures"),
    template="audit_entries.html",
    facts=_facts,
    place=95,
    section=addresses.AUDIT,
    part=7,
)

PAGES = RecordPage(
    template="audit_entries_month.html",
    each=_each,
    place=28,
    section=addresses.AUDIT,
    searched=False,
)
