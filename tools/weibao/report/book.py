"""The Book: the records at one commit, as of one instant, with all that follows from them.

Everything shown anywhere is a view of one Book, and no view computes a fact of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.history.growth.integrity import integrity
from weibao.history.ledger import ledger_of
from weibao.history.proof import prove_log
from weibao.history.times import believing
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.lifecycle import fold
from weibao.model.load import load_records, read_record
from weibao.operations.on_duty import on_duty
from weibao.operations.planned import due_work
from weibao.operations.stock import stock_of
from weibao.rules.agreements import check_agreements
from weibao.rules.check import record_findings
from weibao.rules.contract_changes import check_contract_changes
from weibao.rules.evidence import check_evidence, check_terms
from weibao.rules.identities import check_identities
from weibao.rules.intake import check_intake
from weibao.rules.ladder import check_ladder
from weibao.rules.levels import check_levels
from weibao.rules.locate import located
from weibao.rules.operations import (
    check_counts,
    check_duty,
    check_owners,
    check_planned,
    check_stock,
)
from weibao.rules.people import check_people, check_rota
from weibao.rules.refiling import check_refiling
from weibao.rules.signatures import check_commits, check_required_signatures
from weibao.rules.work import check_work
from weibao.sla.availability import availability
from weibao.sla.clock import clocks_of
from weibao.sla.deadlines import past_due, to_come, with_silences
from weibao.sla.figures import compliance
from weibao.sla.judge import judge
from weibao.sla.silence import silences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.growth.integrity import IntegrityCheck
    from weibao.history.history import Snapshot
    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.lifecycle import Standing
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.operations.on_duty import OnDuty
    from weibao.operations.planned import DueWork
    from weibao.operations.stock import Stock
    from weibao.sla.availability import Availability
    from weibao.sla.figures import Compliance
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Book:
    """The records of one contract, proven and judged. A pure function of (commit, instant).

    Attributes:
        commit: the commit that the records were read from.
        as_of: the instant as of which they are judged.
        records: the records, typed.
        snapshot: the files and the history they came from.
        proofs: the proven log of every ticket, by id; and of every inspection; and of
            ``spares`` and ``actions`` under those names.
        standings: where every ticket and inspection stands as of the instant, by id.
        verdicts: sorted by ticket, target, occurrence.
        silences: by ticket, the verdict on the silence that runs, where updates are promised now.
        findings: everything that is wrong, sorted by place.
        checks: what the integrity checks examined.
        stock: where every part is.
        on_duty: who is on duty at the instant, by rota.
        due_work: planned rounds of the plan: done, due and overdue.
        availability: of every asset and service, over the twelve months to the instant.
        compliance: by month, target and severity.
    """

    commit: str
    as_of: Instant
    records: Records
    snapshot: Snapshot
    proofs: Mapping[str, ProvenLog]
    standings: Mapping[str, Standing]
    verdicts: tuple[Verdict, ...]
    silences: Mapping[str, Verdict]
    findings: tuple[Finding, ...]
    checks: tuple[IntegrityCheck, ...]
    stock: Stock
    on_duty: tuple[OnDuty, ...]
    due_work: tuple[DueWork, ...]
    availability: Availability
    compliance: tuple[Compliance, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The contract's time zone."""
        return self.records.contract.zone

    @property
    def open_tickets(self) -> tuple[Ticket, ...]:
        """Tickets that are not closed or cancelled as of the instant, oldest report first."""
        return tuple(
            sorted(
                (
                    ticket
                    for ticket in self.records.tickets.values()
                    if ticket.reported_at <= self.as_of and not self.standings[ticket.id].ended
                ),
                key=lambda ticket: (ticket.reported_at, ticket.id),
            )
        )

    @property
    def open_by_urgency(self) -> tuple[Ticket, ...]:
        """The open tickets by their next deadline; after them those for which no clock runs."""

        def urgency(ticket: Ticket) -> tuple[bool, Instant]:
            deadline = self.next_deadline(ticket.id)
            due = deadline.due if deadline else None
            return (due is None, due or 0)

        return tuple(sorted(self.open_tickets, key=urgency))

    def verdicts_of(self, ticket_id: str) -> tuple[Verdict, ...]:
        """The verdicts on one ticket, in their order."""
        start = bisect_left(self.verdicts, ticket_id, key=_TICKET)
        return self.verdicts[start : bisect_right(self.verdicts, ticket_id, lo=start, key=_TICKET)]

    @property
    def due_next(self) -> tuple[Verdict, ...]:
        """Promises still to be kept on open tickets, the soonest due first."""
        return to_come(with_silences(self.verdicts, self.silences.values()))

    @property
    def overdue(self) -> tuple[Verdict, ...]:
        """Promises on open tickets that are past due and still not kept, the oldest first."""
        return self._overdue(with_silences(self.verdicts, self.silences.values()))

    def next_deadline(self, ticket_id: str) -> Verdict | None:
        """What the ticket must reach next: what is overdue first, then the soonest due."""
        own = self.verdicts_of(ticket_id)
        running = self.silences.get(ticket_id)
        promises = with_silences(own, [running] if running else [])
        return next(iter((*self._overdue(promises), *to_come(promises))), None)

    def _overdue(self, promises: Iterable[Verdict]) -> tuple[Verdict, ...]:
        return tuple(one for one in past_due(promises) if self.standings[one.ticket].open)


_TICKET = attrgetter("ticket")


def records_of(snapshot: Snapshot) -> tuple[Records, tuple[Finding, ...]]:
    """The records of a commit, and what is wrong with its files.

    Raises:
        Unsound: the contract, the staff or the assets cannot be read.
    """
    records, findings = load_records(snapshot.files, snapshot.modes)
    if records is None:
        raise Unsound(
            N_("The records of commit {commit} cannot be judged."),
            located(findings, snapshot.files),
            mend=N_("Mend the files, see what is left with weibao check, and commit."),
            commit=snapshot.commit[:12],
        )
    return records, findings


def contract_of(snapshot: Snapshot) -> Contract:
    """The contract alone, for what must be known before the rest is read; raises ``Unsound``."""
    path = "records/contract.yaml"
    one = read_record(path, snapshot.files[path]) if path in snapshot.files else None
    if one is None or one.value is None:
        return records_of(snapshot)[0].contract
    contract: Contract = one.value
    return contract


def book_of(snapshot: Snapshot, as_of: Instant) -> Book:
    """The Book of a commit as of an instant; raises ``Unsound`` as :func:`records_of` does."""
    records, reading = records_of(snapshot)
    contract = records.contract
    history = believing(snapshot.history, contract.evidence.distrusted)
    addresses = _addresses(records)
    ledger = ledger_of(history, addresses, contract.zone)
    proofs = _proofs(records, ledger)
    standings = _standings(records, proofs, as_of)
    verdicts = _verdicts(records, proofs, as_of)
    open_tickets = (one for one in records.tickets.values() if not standings[one.id].ended)
    silences = silences_of(
        open_tickets, proofs, clocks_of(contract), frozenset(records.staff.people), as_of
    )
    checks = integrity(ledger, contract.evidence, as_of, contract.zone)
    stock = stock_of(records.spares, as_of)
    duty = on_duty(records.duty, as_of)
    planned = due_work(records.plan, records.inspections, records.tickets, as_of, contract.zone)
    findings = [
        *reading,
        *record_findings(records, snapshot.files),
        *(finding for check in checks for finding in check.findings),
        *check_evidence(proofs, _paths(records), contract),
        *check_identities(proofs, _paths(records), addresses, records),
        *check_terms(ledger, contract),
        *check_required_signatures(proofs, _paths(records)),
        *check_commits(ledger, contract),
        *check_contract_changes(history),
        *check_refiling(records, proofs, standings, verdicts, ledger),
        *check_levels(verdicts, standings, records, as_of),
        *check_stock(stock),
        *check_counts(records, stock, as_of),
        *check_planned(planned),
        *check_owners(records, standings),
        *check_duty(records, duty),
        *check_people(records, as_of),
        *check_rota(records, as_of),
        *check_agreements(records, as_of),
        *check_intake(records, as_of),
        *check_work(records, proofs, as_of),
        *check_ladder(verdicts, records, as_of),
    ]
    return Book(
        commit=snapshot.commit,
        as_of=as_of,
        records=records,
        snapshot=snapshot,
        proofs=proofs,
        standings=standings,
        verdicts=verdicts,
        silences=silences,
        findings=located(findings, snapshot.files, records.documents),
        checks=checks,
        stock=stock,
        on_duty=duty,
        due_work=planned,
        availability=availability(
            records.tickets, records.assets, contract.services, proofs, as_of, contract.zone
        ),
        compliance=compliance(verdicts),
    )


def verdicts_under(book: Book, contract: Contract) -> tuple[Verdict, ...]:
    """The verdicts of a Book, were its contract this one and all else the same."""
    records = replace(book.records, contract=contract)
    history = believing(book.snapshot.history, contract.evidence.distrusted)
    proofs = _proofs(records, ledger_of(history, _addresses(records), contract.zone))
    return _verdicts(records, proofs, book.as_of)


def _logs(records: Records) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    """Every log: the key of its proof, its file, its entries."""
    for ticket in records.tickets.values():
        yield ticket.id, ticket.path, ticket.log
    for inspection in records.inspections.values():
        yield inspection.id, inspection.path, inspection.log
    yield "spares", "records/spares.yaml", records.spares.log
    yield "actions", "records/actions.yaml", records.actions


def _paths(records: Records) -> dict[str, str]:
    return {key: path for key, path, _ in _logs(records)}


def _addresses(records: Records) -> dict[str, str]:
    """Whose each git address is, in lower case: one of the staff or of the customer's contacts."""
    identities = {one.id: one.git for one in records.staff.people.values()}
    identities |= {one.id: one.git for one in records.contract.contacts.values()}
    return {address.casefold(): who for who, listed in identities.items() for address in listed}


def _proofs(records: Records, ledger: Ledger) -> dict[str, ProvenLog]:
    contract = records.contract
    proofs = {}
    for key, path, log in _logs(records):
        ticket = records.tickets.get(key)
        proofs[key] = prove_log(
            path,
            log,
            ledger,
            contract.evidence,
            contract.contacts,
            reported_at=ticket.reported_at if ticket else None,
            severity=ticket.severity if ticket else None,
        )
    return proofs


def _verdicts(
    records: Records, proofs: Mapping[str, ProvenLog], as_of: Instant
) -> tuple[Verdict, ...]:
    clocks = clocks_of(records.contract)
    staff = frozenset(records.staff.people)
    return tuple(
        verdict
        for ticket_id in sorted(records.tickets)
        for verdict in judge(records.tickets[ticket_id], proofs[ticket_id], clocks, staff, as_of)
    )


def _standings(
    records: Records, proofs: Mapping[str, ProvenLog], as_of: Instant
) -> dict[str, Standing]:
    """Where each record stands: the fold of the steps that have taken effect by the instant."""
    standings = {}
    severities = {one.id: one.severity for one in records.tickets.values()}
    for key in (*records.tickets, *records.inspections):
        kind = "ticket" if key in severities else "inspection"
        steps = [one.entry for one in proofs[key].timeline if one.effective <= as_of]
        standings[key], _ = fold(kind, steps, severities.get(key))
    return standings
