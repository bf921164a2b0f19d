"""A Book made of texts, without git: its entries recorded a minute after their claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from building.contract import a_ticket, entry, small_contract, ticket_path
from weibao.history.commit import Change, Commit, Identity
from weibao.history.contact_keys import STAFF
from weibao.history.contract_editions import CONTRACT
from weibao.history.history import History, Snapshot
from weibao.history.integrity import IntegrityCheck
from weibao.history.proven import Grade, Hand, ProvenEntry, ProvenLog, Word
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.model.load import load_records
from weibao.render.edition.addresses import Addresses
from weibao.render.edition.public import public_audit
from weibao.render.edition.voice import Voice, voice_of
from weibao.render.site.all_pages import made, pages_of
from weibao.report.audit.audit import audit_of
from weibao.report.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.handwritten import Audience
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.render.site.page import FixedPage, SitePage
    from weibao.report.audit.audit import Audit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TICKET = "T20261120-7K3Q9M"
INSPECTION = "I20261122-4F2MXA"
AS_OF = "2026-11-23T12:00:00+08:00"

WHOLE_LOG = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
    entry("09:20", "acknowledged", note="已联系客户"),
    entry("09:50", "part_requested", part="hw-s12700-mpu", quantity="1"),
    entry("10:30", "arrived"),
    entry("10:45", "part_arrived", part="hw-s12700-mpu"),
    entry("11:20", "restored", mode="on_site"),
    entry("12:00", "resolved", mode="on_site", cause="内存故障", action="更换主控板"),
    entry("14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
    entry("14:05", "closed", by="wang-lei"),
)
"""A fault from its report to its end, every promise kept."""

SLOW_LOG = (*(one for one in WHOLE_LOG if "event: arrived," not in one), entry("11:15", "arrived"))
"""The same, but that the engineer arrived three minutes late."""


def files_of(*tickets: str, **more: str) -> dict[str, bytes]:
    """The small contract with these tickets; ``more`` replaces ``contract``, ``spares`` …"""
    texts = small_contract()
    texts |= {f"records/{name}.yaml": text for name, text in more.items()}
    for ticket in tickets:
        texts[ticket_path(ticket.split("\n")[0].removeprefix("id: "))] = ticket
    return {path: text.encode() for path, text in texts.items()}


GOING_ON = files_of(a_ticket(log=WHOLE_LOG[:3]))
"""A contract with a ticket that is being worked on."""

FORGE = "https://forge.example/team/contract"


def at_forge(kind: str) -> dict[str, bytes]:
    """The files of that contract, which is kept at a forge of this kind."""
    forge = f'forge: {{kind: {kind}, url: "{FORGE}"}}\n'
    return GOING_ON | {CONTRACT: GOING_ON[CONTRACT] + forge.encode()}


def a_book(
    files: Mapping[str, bytes] | None = None,
    *,
    as_of: str = AS_OF,
    grades: Mapping[str, Grade] | None = None,
    findings: Iterable[Finding] = (),
) -> Book:
    """The Book of these files; ``grades`` by event, A for every other."""
    known = files_of(a_ticket(log=WHOLE_LOG)) if files is None else files
    records, wrong = load_records(known)
    assert records is not None, wrong
    instant = parse_instant(as_of)
    book = Book(_snapshot(known, instant), instant, records, {})
    # What a test sets stands in the place of what the Book would work out of a history.
    vars(book).update(
        proofs={
            key: _proof(log, start, grades or {}) for key, log, start in _logs(records, instant)
        },
        findings=(*wrong, *findings),
        recorded_since=0,
        checks=(IntegrityCheck("append_only", 120, ()), IntegrityCheck("records_kept", 3, ())),
    )
    return book


def a_voice(book: Book, code: str = "zh", audience: Audience = "customer") -> Voice:
    """The voice for the Book, at addresses as a browser opens them from a folder."""
    return voice_of(book, language(code), Addresses("", directory_urls=False), audience)


def pages(book: Book, code: str = "zh", audience: Audience = "customer") -> dict[str, SitePage]:
    """Every page of the Book in a language, by address, as an audience may read it."""
    return pages_of_audit(audit_of(book), code, audience)


def a_page(book: Book, page: FixedPage, code: str = "zh", audience: Audience = "customer") -> str:
    """The HTML of one page alone, which is made sooner than all of them."""
    shown = public_audit(audit_of(book), audience)
    (found,) = made([page], [], a_voice(shown.book, code, audience), shown)
    return found.html


def pages_of_audit(
    audit: Audit, code: str = "zh", audience: Audience = "customer"
) -> dict[str, SitePage]:
    """The same of an audit that is at hand."""
    shown = public_audit(audit, audience)
    voice = a_voice(shown.book, code, audience)
    return {one.address: one for one in pages_of(voice, shown)}


def _logs(records: Records, as_of: Instant) -> list[tuple[str, tuple[Entry, ...], Instant]]:
    found = [(key, one.log, one.reported_at) for key, one in records.tickets.items()]
    found += [(key, one.log, as_of) for key, one in records.inspections.items()]
    found += [(key, one.log, as_of) for key, one in records.shifts.items()]
    return [*found, *((key, log, as_of) for key, log in records.ledgers.items())]


def _proof(log: tuple[Entry, ...], start: Instant, grades: Mapping[str, Grade]) -> ProvenLog:
    entries = tuple(_proven(one, grades.get(one.event, Grade.SUPPORTED)) for one in log)
    documented = {
        (parse_instant(about["at"]), about["event"]): one.at + 60
        for one in log
        if one.event == "attached"
        for about in one.data.get("entries", ())
    }
    return ProvenLog(entries, start, Grade.SUPPORTED, COMMIT, documented=documented)


def _proven(one: Entry, grade: Grade) -> ProvenEntry:
    late = 3 * 3600 if grade is Grade.LATE else 60
    proven = ProvenEntry(
        entry=one,
        recorded=one.at + late,
        landed=one.at + late,
        evidence=one.at + late,
        effective=one.at + late if grade is Grade.LATE else one.at,
        grade=grade,
        commit=COMMIT,
        landing_commit=COMMIT,
        author=Identity("li.qiang", "li.qiang@provider.example"),
    )
    if one.event in {"confirmed", "countersigned"}:
        return replace(proven, word=Word(Hand.REPORTED))
    return proven


def _snapshot(files: Mapping[str, bytes], at: Instant) -> Snapshot:
    person = Identity("li.qiang", "li.qiang@provider.example")
    commit = Commit(COMMIT, (), person, at, person, at, "记录")
    changes = tuple(Change(COMMIT, path, (), path) for path in (CONTRACT, STAFF))
    history = History(COMMIT, {COMMIT: commit}, changes, files)
    return Snapshot(COMMIT, files, dict.fromkeys(files, "100644"), history)
