"""What of a Book and its audit an audience may read: the one place where anything is taken out of them.

Everything was judged and counted on the whole record before; here only what is told is narrowed. For
the customer an internal entry is left out wholly, and so is an amendment of one, which would repeat its
words; so are pages of the provider's own, and a finding about either is told without their words. Names,
numbers and addresses within what is left are seen to where words are written (:mod:`.withheld`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from weibao.model.handwritten import handwritten_among, internal_among
from weibao.model.inspection import Inspection
from weibao.model.instant import parse_instant
from weibao.model.load import edition
from weibao.model.on_demand import OnDemand
from weibao.model.shift import Shift
from weibao.model.ticket import Ticket
from weibao.report.audit.audit import Audit
from weibao.report.book import Book
from weibao.report.calendar import calendar_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.alterations import Altered
    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.handwritten import Audience
    from weibao.model.records import Records
    from weibao.operations.stock import Piece, Stock
    from weibao.report.audit.configuration import ConfigurationChange
    from weibao.report.calendar import CalendarEntry
    from weibao.report.clauses.table import ClauseState
    from weibao.report.coming import Ahead

R = TypeVar("R", Ticket, Inspection, Shift)

STAFF, DUTY, ASSETS = "records/staff.yaml", "records/duty.yaml", "records/assets.yaml"
_LOGS = {
    "records/spares.yaml": "spares",
    "records/actions.yaml": "actions",
    "records/agreements.yaml": "agreements",
    "records/reviews.yaml": "reviews",
}

_PHONE = re.compile(r"(phone: )[^,}]*")
_GIT = re.compile(r"(git: )\[[^\]]*\]?")
_REASON = re.compile(r"(reason: )[^,}]*")
_HARDWARE = re.compile(r"((?:serial|location): )[^,}]*")

_WHOLE = "_whole"
"""Under what name a public Book keeps the whole one."""

MARK = "internal: true"
WITHHELD = "…"

_TOLD = frozenset({"proofs", "counting", "open_tickets", "findings", "reading", "stock"})
"""What a Book tells that has words of the records in it; all else that follows from them is figures."""

FIGURES = frozenset(
    name for name, value in vars(Book).items() if isinstance(value, cached_property)
).difference(_TOLD)
"""What follows from the whole record, and is never worked out of what an audience may read of it."""


def public_audit(audit: Audit, audience: Audience, now: Contract | None = None) -> Audit:
    """The audit, and with it the Book, as the audience may read them.

    Of an audit of an earlier commit ``now`` is the contract by which it is published: nothing that either withholds is told.
    """
    if audience == "internal":
        return audit
    whole = audit.book
    return PublicAudit(
        book=_public_book(whole, now or whole.records.contract),
        whole=whole,
        checks=audit.checks,
        sample=audit.sample,
        since=audit.since,
        branch=audit.branch,
        findings=_public_findings(audit.findings, whole, _internal_pages(whole)),
        unabridged=audit,
    )


@dataclass(frozen=True, eq=False)
class PublicAudit(Audit):
    """An audit as the customer may read it, taken out of the ``unabridged`` one."""

    unabridged: Audit

    @cached_property
    def clauses(self) -> tuple[ClauseState, ...]:
        """How each row of the service plan stands, without the words of what is internal."""
        whole = self.whole
        internal = _internal_pages(whole)
        hidden = _hidden_lines(whole) | internal
        return tuple(
            replace(
                clause,
                records=tuple(record for record in clause.records if record not in hidden),
                findings=_public_findings(clause.findings, whole, internal),
                lapses=tuple(
                    replace(lapse, finding=public_finding(lapse.finding, whole, internal))
                    for lapse in clause.lapses
                ),
            )
            for clause in self.unabridged.clauses
        )

    @cached_property
    def configuration(self) -> tuple[ConfigurationChange, ...]:
        """Every change of the configuration, what it changed as the customer may read it."""
        return tuple(
            replace(change, altered=public_altered(change.path, change.altered, self.book))
            for change in self.unabridged.configuration
        )


def public_calendar(audit: Audit, audience: Audience) -> tuple[CalendarEntry, ...]:
    """What is on the calendar of the whole record, as far as the audience is told of it."""
    entries = calendar_of(audit.whole)
    if audience == "internal":
        return entries
    return tuple(entry for entry in entries if entry.for_customer)


def public_ahead(ahead: Ahead, audience: Audience) -> Ahead:
    """What a Book comes to, as the audience may read it."""
    if audience == "internal":
        return ahead
    return replace(
        ahead, books=tuple(_public_book(book, book.records.contract) for book in ahead.books)
    )


class PublicBook(Book):
    """A Book with the customer's edition of the records, and what was judged on all of them.

    A figure is taken from the whole Book when it is asked for.
    """


def _of_whole(name: str) -> cached_property[Any]:
    own: Callable[[Book], Any] = vars(Book)[name].func

    def figure(book: Book) -> Any:
        whole = vars(book).get(_WHOLE)
        return own(book) if whole is None else getattr(whole, name)

    found = cached_property(figure)
    found.__set_name__(PublicBook, name)
    return found


for _name in FIGURES:
    setattr(PublicBook, _name, _of_whole(_name))


def _public_book(whole: Book, now: Contract) -> Book:
    contract = whole.records.contract.publishing_as(now)
    records = replace(_public_records(whole.records), contract=contract)
    given = {part.name: getattr(whole, part.name) for part in fields(whole)}
    book = PublicBook(**{**given, "records": records})
    vars(book).update(
        {
            _WHOLE: whole,
            "proofs": _public_proofs(whole, records),
            "open_tickets": tuple(records.tickets[ticket.id] for ticket in whole.open_tickets),
            "findings": _public_findings(whole.findings, whole, _internal_pages(whole)),
            "reading": (),
            "stock": _public_stock(whole.stock),
        }
    )
    return book


def _public_records(records: Records) -> Records:
    tickets, inspections, shifts = records.tickets, records.inspections, records.shifts
    return replace(
        records,
        tickets=OnDemand(tickets.keys, lambda key: _public_edition(tickets[key])),
        inspections=OnDemand(inspections.keys, lambda key: _public_edition(inspections[key])),
        shifts=OnDemand(shifts.keys, lambda key: _public_edition(shifts[key])),
        besides={
            **records.besides,
            "spares": replace(records.spares, log=_public_log(records.spares.log)),
            "actions": _public_log(records.actions),
            "agreements": _public_log(records.agreements),
            "reviews": _public_log(records.reviews),
        },
        closes={
            period: replace(close, log=_public_log(close.log))
            for period, close in records.closes.items()
        },
    )


def _public_edition(record: R) -> R:
    """A ticket, an inspection or a shift, corrected by what was said in public.

    What was once marked internal stays internal, and so does what a correction that is marked so says:
    the page keeps what was written before.
    """
    written = edition(record, lambda _entry: False)
    hidden = {
        entry.reference for log in (written.log, record.log) for entry in log if entry.internal
    }
    public = edition(record, lambda entry: not _about_hidden(entry, hidden))
    log = tuple(entry for entry in public.log if not _about_hidden(entry, hidden))
    if public.imported is None:
        return replace(public, log=log)
    return replace(public, log=log, imported=replace(public.imported, kept={}))


def _public_log(log: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the spares, the actions or the agreements, in the order given."""
    known = tuple(log)
    hidden = {entry.reference for entry in known if entry.internal}
    return tuple(entry for entry in known if not _about_hidden(entry, hidden))


def _public_proofs(whole: Book, records: Records) -> Mapping[str, ProvenLog]:
    def proof(key: str) -> ProvenLog:
        record = (
            records.tickets.get(key)
            or records.inspections.get(key)
            or records.shifts.get(key)
            or records.closes.get(key)
        )
        log = records.ledgers[key] if record is None else record.log
        proven = whole.proofs[key]
        return replace(proven, entries=_public_entries(proven.entries, log))

    return OnDemand(whole.proofs.keys, proof)


def _public_entries(
    entries: Iterable[ProvenEntry], log: Iterable[Entry]
) -> tuple[ProvenEntry, ...]:
    public = {entry.index: entry for entry in log}
    return tuple(
        proven
        if proven.entry is public[proven.entry.index]
        else replace(proven, entry=public[proven.entry.index])
        for proven in entries
        if proven.entry.index in public
    )


def _public_stock(stock: Stock) -> Stock:
    return replace(
        stock,
        pieces={key: _public_piece(piece) for key, piece in stock.pieces.items()},
        counts=tuple(count for count in stock.counts if not count.entry.internal),
        wrong=tuple(
            replace(movement, piece=movement.piece and _public_piece(movement.piece))
            for movement in stock.wrong
            if not movement.entry.internal
        ),
    )


def _public_piece(piece: Piece) -> Piece:
    """Where a piece is, with the movements that the customer may read."""
    told = _public_log(piece.movements)
    steps = zip(piece.movements, piece.ready, strict=True)
    ready = tuple(depot for entry, depot in steps if entry in told)
    return replace(piece, movements=told, ready=ready)


def _internal_pages(book: Book) -> frozenset[str]:
    return internal_among(handwritten_among(book.files), book.files)


def _hidden_lines(book: Book) -> frozenset[str]:
    """Path and line of the entries of what is one file that the customer does not read."""
    logs = book.records.ledgers
    return frozenset(
        f"{path}:{line}"
        for path, key in _LOGS.items()
        for line in {entry.line for entry in logs[key]}
        - {entry.line for entry in _public_log(logs[key])}
    )


def _public_findings(
    findings: Iterable[Finding], book: Book, internal: frozenset[str]
) -> tuple[Finding, ...]:
    """The findings, those about an internal page left out."""
    return tuple(
        public_finding(finding, book, internal)
        for finding in findings
        if finding.place.path not in internal
    )


def public_finding(finding: Finding, book: Book, internal: frozenset[str]) -> Finding:
    """The finding without the words of an internal line, or the names of internal pages."""
    values = tuple(finding.facts.values())
    if not (
        _on_internal_line(finding, book)
        or any(MARK in str(value) for value in values)
        or not internal.isdisjoint(value for value in values if isinstance(value, str))
    ):
        return finding
    facts = {
        key: WITHHELD if isinstance(value, str) else value for key, value in finding.facts.items()
    }
    return replace(finding, facts=facts)


def public_altered(path: str, altered: Altered, book: Book) -> Altered:
    """What was changed in a file of the configuration, as a customer may read it.

    Where people are not published by name, nothing of what the lists say of them is shown but that it was
    changed; why somebody is on leave and what address they commit with is shown to nobody, a
    telephone only where the contract publishes it, and of equipment neither serial number nor place. Changes
    by lines are counted: a line does not say what it is about.
    """
    if altered.form != "keys":
        return altered.counted
    contract = book.records.contract

    def shown(key: str, value: str | None) -> str | None:
        return None if value is None else _public_value(path, key, value, contract)

    return replace(
        altered,
        alterations=tuple(
            replace(
                alteration,
                before=shown(alteration.key, alteration.before),
                after=shown(alteration.key, alteration.after),
            )
            for alteration in altered.alterations
        ),
    )


def _public_value(path: str, key: str, value: str, contract: Contract) -> str:
    named, phones = contract.publish_people == "names", contract.publish_phones
    listed = path == STAFF or key.startswith("contacts")
    phone = key.endswith("phone") and not phones
    hardware = path == ASSETS and key.endswith((".serial", ".location"))
    private = key.endswith(".git") or key.startswith("leave") or (listed and not named)
    if phone or hardware or private:
        return WITHHELD
    told = _REASON.sub(rf"\1{WITHHELD}", value) if path == DUTY else value
    told = _GIT.sub(rf"\1{WITHHELD}", told)
    if path == ASSETS:
        told = _HARDWARE.sub(rf"\1{WITHHELD}", told)
    if not phones:
        told = _PHONE.sub(rf"\1{WITHHELD}", told)
    if (not named or path == ASSETS) and told.endswith(
        WITHHELD
    ):  # what was cut off may be half a name
        told = f"{told.rpartition(', ')[0]}, {WITHHELD}"
    return told


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
