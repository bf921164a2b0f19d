"""What ends: the contract, its calendars and credentials, certificates, keys, and time-stamping roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.signatures.signature import openpgp_keys
from weibao.model.instant import local_day
from weibao.model.signers import ALLOWED_SIGNERS, allowed_signers
from weibao.operations.qualification import own_equipment
from weibao.report.due.item import DueItem, DueKind, Harm, Responsible
from weibao.report.due.operations import AHEAD, end_of
from weibao.report.due.responsible import in_role
from weibao.rules.book.credentials import CONTRACT, credentials_now, newest_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.instant import Instant
    from weibao.report.book import Book

STAFF = "records/staff.yaml"


def of_endings(book: Book, ahead: int = AHEAD) -> Iterator[DueItem]:
    """Whatever has ended or will within so many seconds, and has no successor."""
    for item in (*_agreed(book), *_certificates(book), *_keys(book), *_authority(book)):
        if item.instant <= book.as_of + ahead:
            yield item


def _ending(
    book: Book, kind: DueKind, last: Instant, who: Responsible, edit: str, *subject: str
) -> DueItem:
    """``last`` is the last instant at which it holds; the customer agrees to what takes its place."""
    mends = ("check",) if edit == STAFF else ("agreement", "approve")
    return DueItem(
        kind=kind,
        harm=Harm.OWED if last < book.as_of else Harm.COMING,
        instant=last,
        who=who,
        record=edit,
        subject=subject,
        command=("weibao", *mends, edit),
        edit=edit,
    )


def _agreed(book: Book) -> Iterator[DueItem]:
    """The contract's term, calendars that cover no day after it, and the provider's credentials."""
    contract, pm = book.records.contract, in_role(book, "pm")
    yield _ending(book, DueKind.CONTRACT, end_of(contract.end, book), pm, CONTRACT, contract.id)
    for calendar in contract.calendars.values():
        if calendar.covers_to <= contract.end:
            last = end_of(calendar.covers_to, book)
            yield _ending(book, DueKind.CALENDAR, last, pm, CONTRACT, calendar.id)
    for (issuer, name), paper in newest_credentials(credentials_now(book)).items():
        last = end_of(paper.end, book)
        yield _ending(book, DueKind.CREDENTIAL, last, pm, CONTRACT, issuer, name)


def _certificates(book: Book) -> Iterator[DueItem]:
    """Makers' certificates of people who are at work, of makers whose equipment is under the contract."""
    records, today = book.records, local_day(book.as_of, book.zone)
    vendors = {asset.vendor for asset in own_equipment(records.assets, records.contract, today)}
    for person in records.staff.people.values():
        last: dict[str, tuple[date, str]] = {}
        for certificate in person.certificates:
            end, vendor = certificate.term.end, certificate.vendor
            if end is not None:
                last[vendor] = max(last.get(vendor, (end, "")), (end, certificate.name))
        lasting = {
            certificate.vendor
            for certificate in person.certificates
            if certificate.term.end is None
        }
        for vendor, (end, name) in last.items():
            if vendor in vendors - lasting and person.roles_on(today):
                who = Responsible(person.id)
                yield _ending(
                    book, DueKind.CERTIFICATE, end_of(end, book), who, STAFF, vendor, name
                )


def _keys(book: Book) -> Iterator[DueItem]:
    """Keys by which people at work and the customer's contacts sign, where no other key lasts longer."""
    today, records = local_day(book.as_of, book.zone), book.records
    last: dict[str, tuple[Instant | None, str, str]] = {}
    for holder, end, path, fingerprint in _held_keys(book):
        known = last.get(holder)
        if known is None or (known[0] is not None and (end is None or end > known[0])):
            last[holder] = (end, path, fingerprint)
    for holder, (end, path, fingerprint) in sorted(last.items()):
        person = records.staff.people.get(holder)
        at_work = person is not None and bool(person.roles_on(today))
        if end is not None and (at_work or holder in records.contract.contacts):
            who = Responsible(holder)
            yield _ending(book, DueKind.KEY, end - 1, who, path, fingerprint)


def _held_keys(book: Book) -> Iterator[tuple[str, Instant | None, str, str]]:
    """Each key: whose it is, the first instant at which it counts no more, its file, its fingerprint."""
    listed = allowed_signers(book.files.get(ALLOWED_SIGNERS, b""), book.zone)
    for signer in listed:
        if signer.may_sign_commits():
            for address, holder in book.addresses.items():
                if signer.is_of(address):
                    yield holder, signer.valid_before, ALLOWED_SIGNERS, signer.fingerprint
    for holder, key in openpgp_keys(book.files):
        yield holder, key.expires, f"records/keys/{holder}.asc", key.fingerprint


def _authority(book: Book) -> Iterator[DueItem]:
    """The certificates of the authority that stamps checkpoints."""
    timestamp = book.records.contract.evidence.timestamp
    chain = book.files.get(timestamp.chain, b"") if timestamp else b""
    if not chain:
        return
    # What reads a certificate takes longer to load than most commands take to run.
    from weibao.history.signatures.certificates import read_certificates

    for certificate in read_certificates(chain) or ():
        last = int(certificate.not_valid_after_utc.timestamp())
        name = certificate.subject.rfc4514_string()
        yield _ending(book, DueKind.AUTHORITY, last, in_role(book, "pm"), CONTRACT, name)
