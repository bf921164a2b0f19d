"""What of the records a customer may read: everything but what was marked ``internal``.

An internal entry is left out wholly, and so is an amendment of one, which would repeat its words.
A finding about an internal line is told without the words of that line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from weibao.model.inspection import Inspection
from weibao.model.instant import parse_instant
from weibao.model.load import edition
from weibao.model.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry
    from weibao.model.alterations import Altered
    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.render.site.people import People
    from weibao.report.book import Book

R = TypeVar("R", Ticket, Inspection)

STAFF, DUTY = "records/staff.yaml", "records/duty.yaml"

_PHONE = re.compile(r"(phone: )[^,}]*")
_GIT = re.compile(r"(git: )\[[^\]]*\]?")
_REASON = re.compile(r"(reason: )[^,}]*")

MARK = "internal: true"
WITHHELD = "…"


def public_edition(record: R) -> R:
    """A ticket or an inspection as the customer may read it: corrected by what was said in public.

    What was once marked internal stays internal, and so does what a correction that is marked so says:
    the page keeps what was written before.
    """
    written = edition(record, lambda _entry: False)
    hidden = {
        entry.reference for log in (written.log, record.log) for entry in log if entry.internal
    }
    public = edition(record, lambda entry: not _about_hidden(entry, hidden))
    log = tuple(entry for entry in public.log if not _about_hidden(entry, hidden))
    return replace(public, log=log)


def public_entries(entries: Iterable[ProvenEntry], record: R) -> tuple[ProvenEntry, ...]:
    """The entries of a record's proof that may be shown, in the order given, as they may be read."""
    public = {entry.index: entry for entry in public_edition(record).log}
    return tuple(
        proven
        if proven.entry is public[proven.entry.index]
        else replace(proven, entry=public[proven.entry.index])
        for proven in entries
        if proven.entry.index in public
    )


def public_log(log: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the spares or the actions that may be shown, in the order given."""
    known = tuple(log)
    hidden = {entry.reference for entry in known if entry.internal}
    return tuple(entry for entry in known if not _about_hidden(entry, hidden))


def public_finding(finding: Finding, book: Book, people: People) -> Finding:
    """The finding as a customer may read it: people as they are called, internal words withheld."""
    hidden = _on_internal_line(finding, book) or any(
        MARK in str(value) for value in finding.facts.values()
    )
    facts: dict[str, object] = {}
    for key, value in finding.facts.items():
        facts[key] = WITHHELD if hidden and isinstance(value, str) else people.discreet(value)
        if key == "author" and value and people.private and facts[key] == value:
            facts[key] = people.unknown_identity
    return replace(finding, facts=facts)


def public_altered(path: str, altered: Altered, people: People, *, phones: bool) -> Altered:
    """What was changed in a file of the configuration, as a customer may read it.

    Where people are published by role, nothing of what the lists say of them is shown but that it was
    changed; why somebody is on leave and what address they commit with is shown to nobody, and a
    telephone only where the contract publishes it. Changes by lines are counted: a line does not say what it is about.
    """
    if altered.form != "keys":
        return altered.counted

    def shown(key: str, value: str | None) -> str | None:
        if value is None:
            return None
        listed = path == STAFF or key.startswith("contacts")
        phone = key.endswith("phone") and not phones
        if phone or key.endswith(".git") or key.startswith("leave") or (listed and people.private):
            return WITHHELD
        told = _REASON.sub(rf"\1{WITHHELD}", value) if path == DUTY else value
        told = _GIT.sub(rf"\1{WITHHELD}", told)
        if not phones:
            told = _PHONE.sub(rf"\1{WITHHELD}", told)
        if people.private and told.endswith(WITHHELD):  # what was cut off may be half a name
            told = f"{told.rpartition(', ')[0]}, {WITHHELD}"
        return people.prose(told)

    return replace(
        altered,
        alterations=tuple(
            replace(
                alteration,
                key=_public_key(alteration.key, people),
                before=shown(alteration.key, alteration.before),
                after=shown(alteration.key, alteration.after),
            )
            for alteration in altered.alterations
        ),
    )


def _public_key(key: str, people: People) -> str:
    """The way to a value, without the id of a person, who is listed under ``people`` or ``contacts``."""
    for listed in ("people.", "contacts."):
        if key.startswith(listed):
            return f"{listed}{people.prose(key.removeprefix(listed))}"
    return people.prose(key)


def _about_hidden(entry: Entry, hidden: set[tuple[int, str]]) -> bool:
    if entry.internal or entry.reference in hidden:
        return True
    about = entry.data.get("entry") if entry.event == "amended" else None
    return about is not None and (parse_instant(about["at"]), about["event"]) in hidden


def _on_internal_line(finding: Finding, book: Book) -> bool:
    content = book.snapshot.files.get(finding.place.path, b"")
    lines = content.split(b"\n")
    line = finding.place.line
    return 0 < line <= len(lines) and MARK.encode() in lines[line - 1]
