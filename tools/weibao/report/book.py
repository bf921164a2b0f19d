"""The Book: the records at one commit, as of one instant, with all that follows from them.

Everything shown anywhere is a view of one Book, and no view computes a fact of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.agreed import ahead_of_witness, policy_in_force
from weibao.history.candidates import STAFF, Rights, candidates_of, every_edition, staff_in
from weibao.history.contract_editions import CONTRACT, agreed_contracts, contract_in
from weibao.history.growth.versions import file_histories
from weibao.history.integrity import integrity
from weibao.history.ledger import ledger_of
from weibao.history.proof import prove_log
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.load import read_record, reading_findings, record_files, records_among
from weibao.model.on_demand import OnDemand
from weibao.model.state import severity_policy
from weibao.operations.on_duty import on_duty
from weibao.operations.planned import due_work
from weibao.operations.stock import stock_of
from weibao.rules.catalogue import book_checks
from weibao.rules.check import record_findings
from weibao.rules.locate import located
from weibao.sla.availability import availability
from weibao.sla.clock import clocks_of
from weibao.sla.deadlines import past_due, to_come, with_silences
from weibao.sla.figures import compliance
from weibao.sla.judge import judge
from weibao.sla.reading import state_by_evidence
from weibao.sla.settings import dated_settings
from weibao.sla.silence import silences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.history.candidates import Candidates
    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History, Snapshot
    from weibao.history.integrity import IntegrityCheck
    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.references import Reference
    from weibao.model.staff import Person, Staff
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.on_duty import OnDuty
    from weibao.operations.planned import DueWork
    from weibao.operations.stock import Stock
    from weibao.sla.availability import Availability
    from weibao.sla.clock import Clocks
    from weibao.sla.figures import Compliance
    from weibao.sla.reading import Step
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict


_LEDGERS = {"spares": "records/spares.yaml", "actions": "records/actions.yaml"}


@dataclass(frozen=True, eq=False)
class Book:
    """The records of one contract, proven and judged. A pure function of (snapshot, instant).

    Nothing is worked out before a view asks for it, and nothing twice: who asks for one ticket does
    not wait for the others to be judged.

    Attributes:
        snapshot: the files of a commit and the history they came from.
        as_of: the instant as of which they are judged.
        records: the records, typed; of the contract the rules of evidence are those in force.
        grown: the history of every file that keeps a log.
        agreed: the contract under which the first record was made; several where sides differed.
        believed: the settings to judge by, where they are not those that stood at the time.
    """

    snapshot: Snapshot
    as_of: Instant
    records: Records
    grown: Mapping[str, FileHistory]
    agreed: tuple[Contract, ...] = ()
    believed: InForce | None = None

    @property
    def commit(self) -> str:
        """The commit that the records were read from."""
        return self.snapshot.commit

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of the commit, by path."""
        return self.snapshot.files

    @property
    def zone(self) -> ZoneInfo:
        """The contract's time zone."""
        return self.records.contract.zone

    @cached_property
    def history(self) -> History:
        """The history, as the contract lets it be believed."""
        policy = self.records.contract.evidence
        history = self.snapshot.history
        tips = history.sights.tips.get(f"refs/heads/{policy.main}", ())
        return replace(history, tips=tips, distrusted=frozenset(policy.distrusted))

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Whose each git address is, in lower case: one of the staff or of the customer's contacts.

        In any edition: who has left recorded what they recorded. What was ever the staff's is theirs.
        """
        contracts = every_edition(self.history, CONTRACT, contract_in)
        known = [
            person
            for one in (*contracts, self.records.contract)
            for person in one.contacts.values()
        ]
        own = [(contact.id, contact.git) for contact in known]
        own += [(person.id, person.git) for person in self._everyone]
        return {address.casefold(): who for who, addresses in own for address in addresses}

    @cached_property
    def _everyone(self) -> tuple[Person, ...]:
        """The people of the staff in any edition, in that of the newest last."""
        editions = (*every_edition(self.history, STAFF, staff_in), self.records.staff)
        return tuple(person for staff in editions for person in staff.people.values())

    @cached_property
    def ledger(self) -> Ledger:
        """The history, read for what it proves."""
        return ledger_of(self.history, self.addresses, self.zone, self.grown)

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """By the id of every ticket and inspection, and ``spares`` and ``actions``: its file."""
        tickets = {ticket.id: ticket.path for ticket in self.records.tickets.values()}
        rounds = {done.id: done.path for done in self.records.inspections.values()}
        return tickets | rounds | _LEDGERS

    @cached_property
    def proofs(self) -> Mapping[str, ProvenLog]:
        """The proven log of each of :attr:`paths`."""
        return OnDemand(lambda: self.paths, self._prove)

    def _prove(self, key: str) -> ProvenLog:
        records = self.records
        ticket = records.tickets.get(key)
        if record := ticket or records.inspections.get(key):
            path, log = record.path, record.log
        else:
            path = _LEDGERS[key]
            log = records.spares.log if key == "spares" else records.actions
        return prove_log(path, log, self.ledger, records.contract, ticket, self.rights)

    @cached_property
    def contracts(self) -> Candidates[Contract]:
        """The editions of the contract."""
        return candidates_of(self.ledger, CONTRACT, contract_in, self.records.contract)

    @cached_property
    def staffs(self) -> Candidates[Staff]:
        """The editions of the staff."""
        return candidates_of(self.ledger, STAFF, staff_in, self.records.staff)

    @cached_property
    def rights(self) -> Rights:
        """What the customer's contacts might do, and which addresses were theirs."""
        return Rights(self.contracts, self.addresses)

    @cached_property
    def states(self) -> Mapping[str, RecordState[Step]]:
        """What every ticket and inspection has come to by the instant, by id."""
        records = self.records
        return OnDemand(lambda: (*records.tickets, *records.inspections), self._state)

    def _state(self, key: str) -> RecordState[Step]:
        ticket, proof = self.records.tickets.get(key), self.proofs[key]
        if ticket is None:
            return state_by_evidence("inspection", proof, self.as_of)
        contract = self.records.contract
        policy = severity_policy(contract, ticket.severity, proof.header_effective, proof.refused)
        return state_by_evidence("ticket", proof, self.as_of, policy)

    def title(self, ticket: Ticket) -> str:
        """The title of a ticket as it was last corrected."""
        return self.states[ticket.id].amended("title", ticket.title)

    @cached_property
    def clocks(self) -> Clocks:
        """The contract's calendars."""
        return clocks_of(self.records.contract)

    @cached_property
    def settings(self) -> InForce:
        """The terms and calendars by which promises are judged: those that stood when a clock started."""
        if self.believed is not None:
            return self.believed
        return dated_settings(self.contracts)

    @cached_property
    def staff_ids(self) -> frozenset[str]:
        """Who is on the staff, or was in any edition."""
        return frozenset(person.id for person in self._everyone)

    @cached_property
    def _judged(self) -> Mapping[str, tuple[Verdict, ...]]:
        return OnDemand(self.records.tickets.keys, self._judge)

    def _judge(self, ticket_id: str) -> tuple[Verdict, ...]:
        ticket, proof = self.records.tickets[ticket_id], self.proofs[ticket_id]
        return judge(ticket, proof, self.settings, self.staff_ids, self.as_of)

    def verdicts_of(self, ticket_id: str) -> tuple[Verdict, ...]:
        """The verdicts on one ticket, by target and occurrence; none on one that is not there."""
        return self._judged.get(ticket_id, ())

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All verdicts, sorted by ticket, target, occurrence."""
        return tuple(
            verdict for ticket in sorted(self.records.tickets) for verdict in self._judged[ticket]
        )

    def verdicts_under(self, contract: Contract) -> tuple[Verdict, ...]:
        """All verdicts, had the contract always been this one and all else the same."""
        records = replace(self.records, contract=contract)
        return replace(self, records=records, believed=clocks_of(contract)).verdicts

    @cached_property
    def turned(self) -> int:
        """How many verdicts would be others, had the contract always been what it is now."""
        known = {(verdict.order, verdict.outcome, verdict.due) for verdict in self.verdicts}
        believed = self.verdicts_under(self.records.contract)
        return sum(
            (verdict.order, verdict.outcome, verdict.due) not in known for verdict in believed
        )

    @cached_property
    def open_tickets(self) -> tuple[Ticket, ...]:
        """Tickets that are not closed or cancelled as of the instant, oldest report first."""
        reported = (
            ticket for ticket in self.records.tickets.values() if ticket.reported_at <= self.as_of
        )
        going_on = (ticket for ticket in reported if not self.states[ticket.id].ended)
        return tuple(sorted(going_on, key=lambda ticket: (ticket.reported_at, ticket.id)))

    @cached_property
    def silences(self) -> Mapping[str, Verdict]:
        """By open ticket, the verdict on the silence that runs, where updates are promised now."""
        return silences_of(
            self.open_tickets, self.proofs, self.settings, self.staff_ids, self.as_of
        )

    @cached_property
    def _promises(self) -> tuple[Verdict, ...]:
        """The verdicts on the open tickets, and the silences that run on them."""
        verdicts = (
            verdict for ticket in self.open_tickets for verdict in self.verdicts_of(ticket.id)
        )
        return with_silences(verdicts, self.silences.values())

    @property
    def open_by_urgency(self) -> tuple[Ticket, ...]:
        """The open tickets by their next deadline; after them those for which no clock runs."""

        def urgency(ticket: Ticket) -> tuple[bool, Instant]:
            deadline = self.next_deadline(ticket.id)
            due = deadline.due if deadline else None
            return (due is None, due or 0)

        return tuple(sorted(self.open_tickets, key=urgency))

    @property
    def due_next(self) -> tuple[Verdict, ...]:
        """Promises still to be kept on open tickets, the soonest due first."""
        return to_come(self._promises)

    @property
    def overdue(self) -> tuple[Verdict, ...]:
        """Promises on open tickets that are past due and still not kept, the oldest first."""
        return self._overdue(self._promises)

    def next_deadline(self, ticket_id: str) -> Verdict | None:
        """What the ticket must reach next: what is overdue first, then the soonest due."""
        own = self.verdicts_of(ticket_id)
        running = self.silences.get(ticket_id)
        promises = with_silences(own, [running] if running else [])
        return next(iter((*self._overdue(promises), *to_come(promises))), None)

    def _overdue(self, promises: Iterable[Verdict]) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in past_due(promises) if self.states[verdict.ticket].open)

    @cached_property
    def checks(self) -> tuple[IntegrityCheck, ...]:
        """What the integrity checks examined."""
        return integrity(self.ledger, self.records.contract.evidence, self.as_of, self.zone)

    @cached_property
    def stock(self) -> Stock:
        """Where every part is."""
        return stock_of(self.records.spares, self.as_of)

    @cached_property
    def on_duty(self) -> tuple[OnDuty, ...]:
        """Who is on duty at the instant, by rota."""
        return on_duty(self.records.duty, self.as_of)

    @cached_property
    def due_work(self) -> tuple[DueWork, ...]:
        """Planned rounds of the plan: done, due and overdue."""
        records = self.records
        return due_work(
            records.plan, records.inspections, records.tickets, self.states, self.as_of, self.zone
        )

    @cached_property
    def availability(self) -> Availability:
        """That of every asset and service, over the twelve months to the instant."""
        records = self.records
        return availability(
            records.tickets,
            records.assets,
            records.contract.services,
            self.proofs,
            self.states,
            self.as_of,
            self.zone,
        )

    @cached_property
    def compliance(self) -> tuple[Compliance, ...]:
        """By month, target and severity."""
        return compliance(self.verdicts)

    @cached_property
    def reading(self) -> tuple[Finding, ...]:
        """What is wrong with the files as such."""
        return reading_findings(self.records.files, self.files, self.snapshot.modes)

    def stood(self, reference: Reference) -> bool:
        """Whether what an entry names was there when the entry landed, and had the right that it takes."""
        introduction = self.ledger.introduction(reference.path, reference.line)
        if introduction is None:
            return False
        landed = self.history.landed(introduction)
        return (
            "contact" in reference.kind and self.rights.may(reference.name, reference.right, landed)
        ) or (
            "person" in reference.kind
            and all(reference.name in staff.people for staff in self.staffs.at(landed))
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, sorted by place."""
        return located((*self.reading, *self._found()), self.files, self.records.documents)

    def damage(self, record: str) -> tuple[Finding, ...]:
        """What is wrong with one record in itself and in its growth (R, X, L), sorted by place.

        The same as those of its :attr:`findings`, for which nothing need be judged.
        """
        found = (
            *self.reading,
            *record_findings(self.records, self.files, stood=self.stood),
            *(finding for check in self.checks for finding in check.findings),
        )
        own = (wrong for wrong in found if wrong.record == record and wrong.code[0] in "RXL")
        return located(own, self.files, self.records.documents)

    def _found(self) -> Iterator[Finding]:
        yield from record_findings(self.records, self.files, stood=self.stood)
        for check in book_checks():
            yield from check(self)


def records_of(snapshot: Snapshot) -> Records:
    """The records of a commit.

    Raises:
        Unsound: the contract, the staff or the assets cannot be read.
    """
    files, modes = snapshot.files, snapshot.modes
    filed = record_files(files, modes)
    records = records_among(filed, files, modes)
    if records is None:
        raise Unsound(
            N_("The records of commit {commit} cannot be judged."),
            located(reading_findings(filed, files, modes), files),
            mend=N_("Mend the files, see what is left with weibao check, and commit."),
            commit=snapshot.commit[:12],
        )
    return records


def contract_of(snapshot: Snapshot) -> Contract:
    """The contract alone, for what must be known before the rest is read; raises ``Unsound``."""
    path = "records/contract.yaml"
    one = read_record(path, snapshot.files[path]) if path in snapshot.files else None
    if one is None or one.value is None:
        return records_of(snapshot).contract
    contract: Contract = one.value
    return contract


def book_of(snapshot: Snapshot, as_of: Instant) -> Book:
    """The Book of a commit as of an instant; raises ``Unsound`` as :func:`records_of` does."""
    records, history = records_of(snapshot), snapshot.history
    grown = file_histories(history.changes, history.blobs)
    agreed = agreed_contracts(history, grown)
    contract, now = records.contract, records.contract.evidence
    provable = ahead_of_witness(history, now.distrusted, as_of)
    policy = policy_in_force([edition.evidence for edition in agreed], now, provable)
    believed = replace(records, contract=replace(contract, evidence=policy))
    return Book(snapshot, as_of, believed, grown, agreed)
