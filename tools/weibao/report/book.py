"""The Book: the records at one commit, as of one instant, with all that follows from them.

Everything shown anywhere is a view of one Book, and no view computes a fact of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from weibao.history.agreed import ahead_of_witness, first_records, policy_in_force, standing_at
from weibao.history.approved import approved_editions, approved_places
from weibao.history.candidates import candidates_of
from weibao.history.contact_keys import STAFF, Configurations, staff_in
from weibao.history.contract_editions import (
    CONTRACT,
    contract_editions,
    contract_in,
)
from weibao.history.customer import AGREEMENTS, customer_of
from weibao.history.integrity import integrity
from weibao.history.ledger import ledger_of
from weibao.history.official import editions, official, value_in
from weibao.history.proof import prove_log
from weibao.history.unwitnessed import together, unwitnessed_in
from weibao.importing.recomputed import FromRegister, recomputed
from weibao.model.instant import local_day, midnight
from weibao.model.load import reading_findings
from weibao.model.on_demand import OnDemand
from weibao.model.paths import ROOT, kind_of, stem_of
from weibao.model.references import DEFINING, PEOPLE, defined_in, kinds_of
from weibao.model.state import severity_policy
from weibao.model.versions import header_of, may_say
from weibao.operations.deliverables import deliveries
from weibao.operations.due_work import due_work
from weibao.operations.handover import HandedTicket, handed_at, handover_of, recorded_by
from weibao.operations.on_duty import on_duty
from weibao.operations.stock import stock_of
from weibao.report.ticket_impact import impacts_by_ticket
from weibao.rules.catalogue import book_checks, book_checks_for_errors, book_lapses
from weibao.rules.check import record_findings
from weibao.rules.locate import located, placed
from weibao.sla.amended import JudgedEdition, counting
from weibao.sla.availability import availability, settings_over_time
from weibao.sla.backing import approval_shown, only_said
from weibao.sla.clock import clocks_of
from weibao.sla.condition import seconds_lost, things_of
from weibao.sla.deadlines import past_due, to_come, with_silences
from weibao.sla.figures import compliance
from weibao.sla.impact import impact_spans
from weibao.sla.judge import judge, missed
from weibao.sla.reading import state_at_longest, state_by_evidence
from weibao.sla.settings import dated_settings
from weibao.sla.silence import silence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.approved import Approved
    from weibao.history.branch import Outside
    from weibao.history.candidates import Candidates
    from weibao.history.customer import Customer
    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History, Snapshot
    from weibao.history.integrity import IntegrityCheck
    from weibao.history.ledger import Ledger
    from weibao.history.official import FileEdition, Official
    from weibao.history.proven import ProvenLog
    from weibao.history.sights import Unwitnessed
    from weibao.history.signatures.openpgp import OpenPgpKey
    from weibao.importing.recomputed import RecomputedRegister
    from weibao.model.assets import Asset
    from weibao.model.contract import Contract, EvidencePolicy, SeenPolicy
    from weibao.model.duty import Duty
    from weibao.model.finding import Finding, Lapse
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.plan import Plan
    from weibao.model.promises import JudgedFigure
    from weibao.model.records import Records
    from weibao.model.references import Reference
    from weibao.model.shift import Shift
    from weibao.model.signers import AllowedSigner
    from weibao.model.spares import Spares
    from weibao.model.staff import Staff
    from weibao.model.state import RecordState, SeverityPolicy
    from weibao.model.ticket import Ticket
    from weibao.operations.deliverables import Delivery
    from weibao.operations.handover import Handover
    from weibao.operations.on_duty import OnDuty
    from weibao.operations.planned import DueWork
    from weibao.operations.stock import Stock
    from weibao.report.figure import Measured, Period
    from weibao.report.ticket_impact import TicketImpact
    from weibao.rules.facts import BookCheck
    from weibao.sla.availability import Availability
    from weibao.sla.clock import Clocks
    from weibao.sla.condition import Setting, Things
    from weibao.sla.figures import Compliance
    from weibao.sla.impact import ImpactSpan
    from weibao.sla.reading import Step
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict


T = TypeVar("T")


def _forget(known: Mapping[str, Any], key: str) -> None:
    if isinstance(known, OnDemand):
        known.forget(key)


DUTY, PLAN, SPARES = "records/duty.yaml", "records/plan.yaml", "records/spares.yaml"
ASSETS = "records/assets.yaml"

_LEDGERS = {
    "spares": SPARES,
    "actions": "records/actions.yaml",
    "agreements": AGREEMENTS,
    "reviews": "records/reviews.yaml",
}


_TIMELESS = (
    "history",
    "addresses",
    "ledger",
    "proofs",
    "customer",
    "settings",
    "clocks",
    "registers",
)
"""What of a Book is a function of its commit alone."""


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
        customer_keys: keys that the auditor has from the customer, whatever the repository says.
        outside: what lies outside and was looked at, for what is said of the record as a whole.
    """

    snapshot: Snapshot
    as_of: Instant
    records: Records
    grown: Mapping[str, FileHistory]
    agreed: tuple[Contract, ...] = ()
    believed: InForce | None = None
    customer_keys: tuple[AllowedSigner | OpenPgpKey, ...] = ()
    outside: Outside | None = None

    def at(self, instant: Instant) -> Book:
        """The Book of the same commit as of another instant.

        What no instant changes is not worked out again. The rules of evidence stay those of this Book,
        so that a distrusted commit whose clock is ahead of it stays out.
        """
        if instant == self.as_of:
            return self
        other = replace(self, as_of=instant)
        vars(other).update((name, getattr(self, name)) for name in _TIMELESS)
        return other

    def beside(self, outside: Outside) -> Book:
        """The same Book, with what lies outside it looked at: nothing of it is worked out again."""
        other = replace(self, outside=outside)
        vars(other).update((name, value) for name, value in vars(self).items() if name != "outside")
        return other

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

        In any edition, the newest before others: who has left recorded what they recorded. What was ever
        the staff's is theirs.
        """
        known = {address: max(contacts) for address, contacts in self._told.addresses.items()}
        for contact in self.records.contract.contacts.values():
            known |= dict.fromkeys(map(str.casefold, contact.git), contact.id)
        return known | dict(self._told.staff.addresses)

    @cached_property
    def _told(self) -> Configurations:
        return Configurations(self.history, self.zone)

    @cached_property
    def ledger(self) -> Ledger:
        """The history, read for what it proves."""
        return ledger_of(self.history, self.addresses, self.zone, self.grown, self.stamped)

    @cached_property
    def stamped(self) -> Mapping[str, Instant]:
        """The commits that an authority has stamped, under a root that was agreed."""
        kept = {path: raw for path, raw in self.files.items() if path.startswith("checkpoints/")}
        if not any(path.endswith(".tsr") for path in kept):
            return {}
        # What reads a stamp takes longer to load than most commands take to run.
        from weibao.history.checkpoints.comparison import stamped_commits
        from weibao.history.signatures.stamp import Trust, contract_trust

        named = [contract_trust(contract.evidence).roots for contract in self.agreed]
        roots = frozenset[str].intersection(*named) if named else frozenset[str]()
        return stamped_commits(kept, Trust(roots, "contract"))

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """By the id of every ticket, inspection and shift, the month of every report, and the name of each ledger: its file."""
        tickets = {ticket.id: ticket.path for ticket in self.records.tickets.values()}
        rounds = {done.id: done.path for done in self.records.inspections.values()}
        shifts = {shift.id: shift.path for shift in self.records.shifts.values()}
        closes = {close.id: close.path for close in self.records.closes.values() if close.log}
        return tickets | rounds | shifts | _LEDGERS | closes

    @cached_property
    def proofs(self) -> Mapping[str, ProvenLog]:
        """The proven log of each of :attr:`paths`."""
        return OnDemand(lambda: self.paths, self._prove)

    def _prove(self, key: str) -> ProvenLog:
        records = self.records
        if ticket := records.tickets.get(key):
            return self._prove_ticket(ticket)
        filed = records.inspections.get(key) or records.shifts.get(key)
        logged = filed or records.closes.get(key)
        path, log = (logged.path, logged.log) if logged else (_LEDGERS[key], records.ledgers[key])
        # Who approved what is itself read by the rules of evidence as they were agreed.
        approved = () if key == "agreements" else self._policies
        return prove_log(
            path,
            log,
            self.ledger,
            records.contract,
            filed,
            self.customer,
            approved,
            given=self._given.get(path),
        )

    @cached_property
    def customer(self) -> Customer:
        """Whose word an act of the customer is."""
        records = self.records
        contracts = candidates_of(self.ledger, CONTRACT, contract_in, records.contract, self.agreed)
        return customer_of(
            self.ledger, records.agreements, self.files, contracts, self._told, self.customer_keys
        )

    @cached_property
    def staffs(self) -> Candidates[Staff]:
        """The editions of the staff."""
        first = standing_at(self.history, STAFF, first_records(self.history, self.grown))
        agreed = tuple(staff for raw in first if (staff := staff_in(raw)) is not None)
        return candidates_of(self.ledger, STAFF, staff_in, self.records.staff, agreed)

    @cached_property
    def approved(self) -> tuple[Approved, ...]:
        """The editions of the configuration to which the customer agreed."""
        if not self.records.agreements:
            return ()
        firsthand = self.records.contract.evidence.firsthand
        return approved_editions(self.proofs["agreements"], self.customer, firsthand)

    def _prove_ticket(self, ticket: Ticket) -> ProvenLog:
        return prove_log(
            ticket.path,
            ticket.log,
            self.ledger,
            self.records.contract,
            ticket,
            self.customer,
            self._policies,
            given=self._given.get(ticket.path),
        )

    @cached_property
    def registers(self) -> tuple[RecomputedRegister, ...]:
        """The old registers that records name, worked out again."""
        records = self.records
        kinds: Mapping[str, Mapping[str, Ticket | Inspection | Shift]] = {
            "ticket": records.tickets,
            "inspection": records.inspections,
            "shift": records.shifts,
        }
        named = [path for path in records.files if may_say(self.files[path], b"imported")]
        found = (
            kind.get(stem_of(path))
            for name, kind in kinds.items()
            for path in named
            if kind_of(path) == name
        )
        told = [
            FromRegister(record.id, record.path, record.imported)
            for record in found
            if record is not None and record.imported is not None
        ]
        if not told:
            return ()
        return recomputed(
            told, self.history, self.grown, self.files, records.contract.evidence.imports
        )

    @cached_property
    def _given(self) -> Mapping[str, frozenset[bytes]]:
        """By path, the lines that old registers were shown to give, of every record that was worked out again."""
        found: dict[str, frozenset[bytes]] = {}
        for register in self.registers:
            found.update(register.given)
            found.update(dict.fromkeys(register.refuted, frozenset[bytes]()))
        return found

    @cached_property
    def _policies(self) -> tuple[tuple[Instant | None, EvidencePolicy], ...]:
        """The rules of evidence that the customer approved, and from which landing on they count."""
        places = approved_places(self.history, self.approved)
        if all(since is None for _, since in places):
            return ()  # signed alone: what the contract of the records has already
        now = self.contract_as_filed.evidence
        provable = ahead_of_witness(self.history, now.distrusted, self.as_of)
        editions = contract_editions(self.history)
        return tuple(
            (since, policy_in_force([editions[place].contract.evidence], now, provable))
            for place, since in places
        )

    @cached_property
    def counting(self) -> Mapping[str, tuple[Ticket, ProvenLog]]:
        """By id, every ticket as it is judged, and its proof: with the corrections that count."""
        return OnDemand(self.records.tickets.keys, self._counting)

    def _counting(self, ticket_id: str) -> tuple[Ticket, ProvenLog]:
        ticket = self.records.tickets[ticket_id]
        if not ticket.amendments:
            return ticket, self.proofs[ticket_id]
        return counting(ticket, self._judged_edition, self.customer, self.as_of)

    def _judged_edition(self, ticket: Ticket) -> JudgedEdition:
        proof = self._prove_ticket(ticket)
        state = self._state_of(ticket, proof)
        spans = self._spans_of(ticket, proof, state, self.as_of)
        lost = seconds_lost(self._things(spans))
        return JudgedEdition(ticket, proof, self._verdicts_on(ticket, proof), lost)

    def _spans_of(
        self, ticket: Ticket, proof: ProvenLog, state: RecordState[Step], until: Instant
    ) -> tuple[ImpactSpan, ...]:
        approved = ticket.planned and self.work_approved(ticket, proof)
        firsthand = self.records.contract.evidence.firsthand
        said = {proven.entry.index for proven in only_said(proof, firsthand)}
        reported = proof.header_effective
        if proof.latest:
            policy = self._policy_of(ticket, proof)
            state = state_at_longest(proof, self.as_of, policy, self.zone)
        return impact_spans(ticket, reported, state, until, approved=approved, only_said=said)

    def work_approved(self, ticket: Ticket, proof: ProvenLog) -> bool:
        """Whether it is shown that the customer approved planned work."""
        firsthand = self.records.contract.evidence.firsthand
        return approval_shown(ticket, proof, self.customer, firsthand, self.as_of)

    @cached_property
    def things_now(self) -> Things:
        """What there is, and what the open tickets do to it up to and including the instant."""
        now = self.as_of + 1
        spans = (
            span
            for ticket in self.open_tickets
            for span in self._spans_of(*self.counting[ticket.id], self.states[ticket.id], now)
        )
        return self._things(spans)

    def _things(self, spans: Iterable[ImpactSpan]) -> Things:
        return things_of(self._settings_of_things, spans)

    @cached_property
    def _settings_of_things(self) -> list[tuple[Instant, Setting]]:
        return settings_over_time(self.official_contract, self.official_assets, self.zone)

    @cached_property
    def official_contract(self) -> Official[Contract]:
        """The contract as it stood before something happened."""
        return official(self.ledger, CONTRACT, self.records.contract, contract_in, self._prompt)

    @property
    def _prompt(self) -> int:
        return self.records.contract.evidence.landing_within

    @cached_property
    def unwitnessed(self) -> Unwitnessed | None:
        """What nobody outside the provider vouches for in time; None where all is witnessed."""
        own = unwitnessed_in(self.proofs.values(), self.as_of)
        return together(own, self.snapshot.left_out.unwitnessed)

    @cached_property
    def seen_named(self) -> SeenPolicy | None:
        """The log of what was seen first, as the contract first named it."""
        named = (edition.contract.evidence.seen for edition in contract_editions(self.history))
        return next(filter(None, named), None)

    @cached_property
    def states(self) -> Mapping[str, RecordState[Step]]:
        """What every ticket, inspection and shift has come to by the instant, by id."""
        records = self.records
        return OnDemand(
            lambda: (*records.tickets, *records.inspections, *records.shifts), self._state
        )

    def _state(self, key: str) -> RecordState[Step]:
        if key in self.records.tickets:
            return self._state_of(*self.counting[key])
        kind = "shift" if key in self.records.shifts else "inspection"
        return state_by_evidence(kind, self.proofs[key], self.as_of)

    def _state_of(self, ticket: Ticket, proof: ProvenLog) -> RecordState[Step]:
        policy = self._policy_of(ticket, proof)
        return state_by_evidence("ticket", proof, self.as_of, policy)

    def _policy_of(self, ticket: Ticket, proof: ProvenLog) -> SeverityPolicy:
        contract = self.records.contract
        return severity_policy(contract, ticket, proof.header_effective, proof.refused, proof.ends)

    @cached_property
    def clocks(self) -> Clocks:
        """The contract's calendars."""
        return clocks_of(self.records.contract)

    @property
    def contract_as_filed(self) -> Contract:
        """The contract as its file has it, whatever of it is believed."""
        return contract_in(self.files[CONTRACT]) or self.records.contract

    @cached_property
    def settings(self) -> InForce:
        """The terms and calendars by which promises are judged: those that stood when a clock started."""
        if self.believed is not None:
            return self.believed
        approved = approved_places(self.history, self.approved)
        return dated_settings(replace(self.customer.contracts, approved=approved))

    @cached_property
    def staff_ids(self) -> frozenset[str]:
        """Who is on the staff, or was in any edition."""
        return self._told.staff.people

    @cached_property
    def _judged(self) -> Mapping[str, tuple[Verdict, ...]]:
        return OnDemand(self.records.tickets.keys, self._judge)

    def _judge(self, ticket_id: str) -> tuple[Verdict, ...]:
        return self._verdicts_on(*self.counting[ticket_id])

    def _verdicts_on(self, ticket: Ticket, proof: ProvenLog) -> tuple[Verdict, ...]:
        return judge(ticket, proof, self.settings, self.staff_ids, self.as_of)

    def missed_without(
        self, ticket_id: str, left_out: Collection[int]
    ) -> frozenset[tuple[str, int]]:
        """Target and occurrence of what would be breached on a ticket, had the entries at these places of its log not been recorded."""
        ticket, proof = self.counting[ticket_id]
        return missed(ticket, proof.without(left_out), self.settings, self.staff_ids, self.as_of)

    def verdicts_of(self, ticket_id: str) -> tuple[Verdict, ...]:
        """The verdicts on one ticket, by target and occurrence; none on one that is not there."""
        return self._judged.get(ticket_id, ())

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All verdicts, sorted by ticket, target, occurrence."""
        return tuple(
            verdict for ticket in sorted(self.records.tickets) for verdict in self._judged[ticket]
        )

    def verdicts_in_passing(self) -> Iterator[Verdict]:
        """The :attr:`verdicts`, each ticket read, proven and judged in its turn and let go: of very many none is held."""
        records = self.records
        paths = {stem_of(path): path for path in records.files if kind_of(path) == "ticket"}
        judged = set()
        for key, path in sorted(paths.items()):
            if key in records.tickets:
                yield from self._judged[key]
                judged.add(path)
                for known in (records.tickets, self.proofs, self.counting, self._judged):
                    _forget(known, key)
                _forget(records.files, path)
        # What was judged could be read: to ask for it again would read it again.
        rest = (path for path in (*records.files, *records.strays) if path not in judged)
        vars(records).setdefault("unreadable", records.unreadable_among(rest))

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
        running = ((ticket.id, self._silence_of(ticket.id)) for ticket in self.open_tickets)
        return {ticket: verdict for ticket, verdict in running if verdict}

    def _silence_of(self, ticket_id: str) -> Verdict | None:
        if self.states[ticket_id].ended:
            return None
        return silence(*self.counting[ticket_id], self.settings, self.staff_ids, self.as_of)

    def deadlines_of(self, ticket_id: str) -> tuple[Verdict, ...]:
        """What the ticket must still reach: what is overdue first, then the soonest due."""
        own = self.verdicts_of(ticket_id)
        running = self._silence_of(ticket_id)
        promises = with_silences(own, [running] if running else [])
        late = past_due(promises) if self.states[ticket_id].open else ()
        return (*late, *to_come(promises))

    def next_deadline(self, ticket_id: str) -> Verdict | None:
        """The first of these; None where there is none."""
        return next(iter(self.deadlines_of(ticket_id)), None)

    @cached_property
    def checks(self) -> tuple[IntegrityCheck, ...]:
        """What the integrity checks examined."""
        return integrity(self.ledger, self.records.contract.evidence, self.as_of, self.zone)

    @cached_property
    def handovers(self) -> Mapping[str, Handover]:
        """By the id of every shift that was handed over by the instant, what it left to the next."""
        shifts = self.records.shifts
        begun = [
            key for key, shift in shifts.items() if shift.log and shift.log[0].at <= self.as_of
        ]
        return OnDemand(lambda: begun, self._handover)

    def _handover(self, key: str) -> Handover:
        shift, steps = self.records.shifts[key], self.proofs[key].timeline
        then = self.at(handed_at(shift, steps))
        opened = [
            HandedTicket(
                ticket,
                then.states[ticket.id],
                then.next_deadline(ticket.id),
                then.as_of,
                recorded_by(self.proofs[ticket.id].entries, then.as_of),
            )
            for ticket in self._open_at(then)
        ]
        duty = self.official_duty.before(shift.end)
        return handover_of(shift, steps, duty, opened, self.addresses)

    def _open_at(self, then: Book) -> Iterator[Ticket]:
        """The tickets that were open as of another instant; those that had ended for good are not folded again."""
        for ticket in self.records.tickets.values():
            timeline = self.proofs[ticket.id].timeline
            over = self.states[ticket.id].ended and all(
                proven.effective <= then.as_of for proven in timeline
            )
            if ticket.reported_at <= then.as_of and not over and not then.states[ticket.id].ended:
                yield ticket

    @cached_property
    def official_duty(self) -> Official[Duty]:
        """The rota as it stood when it was kept or not."""

        def read(raw: bytes) -> Duty | None:
            duty: Duty | None = value_in(DUTY, raw)
            return replace(duty, zone=self.zone) if duty else None

        return official(self.ledger, DUTY, self.records.duty, read, self._prompt)

    @cached_property
    def official_staff(self) -> Official[Staff]:
        """The staff and their certificates as they stood when somebody did something."""
        return official(self.ledger, STAFF, self.records.staff, staff_in, self._prompt)

    @cached_property
    def official_plan(self) -> Official[Plan]:
        """The plan as it stood when a round was due."""
        return official(self.ledger, PLAN, self.records.plan, partial(value_in, PLAN), self._prompt)

    @cached_property
    def official_spares(self) -> Official[Spares]:
        """The depots and the catalogue as they stood when a part moved."""
        read = partial(value_in, SPARES)
        return official(self.ledger, SPARES, self.records.spares, read, self._prompt, header_of)

    @cached_property
    def official_assets(self) -> Official[Mapping[str, Asset]]:
        """The equipment as it was listed before somebody worked on it, or a round was due."""
        read = partial(value_in, ASSETS)
        return official(self.ledger, ASSETS, self.records.assets, read, self._prompt)

    @cached_property
    def stock(self) -> Stock:
        """Where every part is."""
        return stock_of(self.records.spares, self.as_of, self.official_spares)

    @cached_property
    def on_duty(self) -> tuple[OnDuty, ...]:
        """Who is on duty at the instant, by rota."""
        return on_duty(self.official_duty.before(self.as_of + 1), self.as_of)

    @cached_property
    def due_work(self) -> tuple[DueWork, ...]:
        """Planned rounds of the plan, each with how far it is; none is planned for after the contract's term."""
        records = self.records
        rounds = due_work(
            tuple(self.official_plan.tenures()),
            self.official_assets.before,
            records.inspections,
            records.tickets,
            self.states,
            self.as_of,
            self.zone,
        )
        return tuple(work for work in rounds if work.planned_for <= records.contract.end)

    @cached_property
    def round_of(self) -> Mapping[str, DueWork]:
        """By the id of an inspection, the round that it is of; one that fits none has none."""
        return {record: work for work in self.due_work for record in work.records}

    @cached_property
    def availability(self) -> Availability:
        """That of every asset and service, over the twelve months to the instant."""
        return self.availability_until(self.as_of, 365)

    def availability_until(self, end: Instant, days: int) -> Availability:
        """The same over so many local days, of which the last is that of ``end``, as far as it has passed by then."""
        return availability(self.things, end, self.zone, days)

    @cached_property
    def things(self) -> Things:
        """What there is, and what all tickets did to it by the instant."""
        return self._things(
            span
            for key, (ticket, proof) in self.counting.items()
            for span in self._spans_of(ticket, proof, self.states[key], self.as_of)
        )

    @cached_property
    def impacts(self) -> Mapping[str, TicketImpact]:
        """By ticket, what it did to equipment and to services by the instant; nothing of one that did nothing."""
        return impacts_by_ticket(self.things, self.as_of)

    @cached_property
    def judged_figures(self) -> tuple[JudgedFigure, ...]:
        """What the contract holds the service to, in every month that is over."""
        # The figures take longer to load than a step takes to judge.
        from weibao.report.agreed_figures import judged_figures

        return tuple(judged_figures(self, self.elapsed))

    @cached_property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The reports that were promised and whose periods are over, and what became of each."""
        return self.deliveries_until(self.as_of)

    def deliveries_until(self, until: Instant) -> tuple[Delivery, ...]:
        """The same with those whose periods are over at a later instant, as of that of the Book."""
        closes = {
            period: self.proofs[period] for period in self.records.closes if period in self.paths
        }
        contracts = self.official_contract
        return tuple(
            deliveries(
                contracts,
                closes,
                self.due_work,
                self.proofs,
                self.elapsed[0],
                self.as_of,
                until,
            )
        )

    @cached_property
    def figure(self) -> Callable[[str, Period], Measured]:
        """A key figure over a period, by the names of both; each is worked out once."""
        from weibao.report.agreed_figures import figure_over

        return cache(partial(figure_over, self))

    @cached_property
    def compliance(self) -> tuple[Compliance, ...]:
        """By month, target and severity."""
        return compliance(self.verdicts)

    @property
    def elapsed(self) -> tuple[Instant, Instant]:
        """The part of the contract's term that is recorded here and is over."""
        contract = self.records.contract
        since = contract.evidence.since
        start = max(midnight(contract.start, self.zone), since or 0)
        over = local_day(self.as_of, self.zone) > contract.end
        end = midnight(contract.end + timedelta(days=1), self.zone) if over else self.as_of
        return start, max(start, end)

    @cached_property
    def recorded_since(self) -> Instant:
        """Before what instant nobody recorded any work here: in no commit, and none of it came in later."""
        records = self.records
        first = min(commit.commit_time for commit in self.history.commits.values())
        reported = (ticket.reported_at for ticket in records.tickets.values())
        rounds = (done.log for done in records.inspections.values())
        shifts = (shift.log for shift in records.shifts.values())
        begun = (log[0].at for log in (*rounds, *shifts) if log)
        return min((max(first, self.elapsed[0]), *reported, *begun))

    @cached_property
    def lapses(self) -> tuple[Lapse, ...]:
        """What was wrong for a part of the term and no longer is, the oldest first."""
        found = [lapse for lapses in book_lapses() for lapse in lapses(self)]
        findings = placed((lapse.finding for lapse in found), self.files, self.records.documents)
        there = (
            replace(lapse, finding=finding) for lapse, finding in zip(found, findings, strict=True)
        )
        return tuple(sorted(there, key=lambda lapse: (lapse.start, lapse.end, lapse.finding.order)))

    @cached_property
    def reading(self) -> tuple[Finding, ...]:
        """What is wrong with the files as such."""
        return reading_findings(self.records.files, self.files, self.snapshot.modes)

    def stood(self, reference: Reference) -> bool:
        """Whether what an entry names was there when the entry landed, and had the right that it takes."""
        introduction = self.ledger.introduction(reference.path, reference.line)
        if introduction is None:
            return False
        landed, name = self.history.landed(introduction), reference.name
        if "contact" in reference.kind and self.customer.may(name, reference.right, landed):
            return True
        if "person" in reference.kind and all(
            name in staff.people for staff in self.staffs.at(landed)
        ):
            return True
        place = self.history.place_of_landing(introduction)
        return any(
            (edition := self._edition_landed(DEFINING[kind], place)) is not None
            and defined_in(edition, reference, kind)
            for kind in kinds_of(reference.kind)
            if kind in DEFINING and kind not in PEOPLE
        )

    def _edition_landed(self, file: str, place: int) -> Any:
        """The edition of a file of the configuration with which a place of the line left it; None: there is none to be read."""
        places = self.history.places
        left = [
            edition.raw
            for edition in self._editions[f"{ROOT}{file}.yaml"]
            if places[edition.commit] <= place
        ]
        return value_in(f"{ROOT}{file}.yaml", left[-1]) if left else None

    @cached_property
    def _editions(self) -> Mapping[str, Sequence[FileEdition]]:
        paths = [f"{ROOT}{file}.yaml" for file in dict.fromkeys(DEFINING.values())]
        return OnDemand(lambda: paths, lambda path: editions(self.history, path, header_of))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, sorted by place."""
        return located(self._found(book_checks()), self.files, self.records.documents)

    def findings_among_errors(self, letters: Iterable[str]) -> Iterable[Finding]:
        """Those of the findings among which is every error of these families; perhaps without their lines.

        For them the service need not be judged by every rule; once it is, they are all :attr:`findings`.
        """
        known: Iterable[Finding] | None = vars(self).get("findings")
        return self._found(book_checks_for_errors(letters)) if known is None else known

    def damage(self, record: str) -> tuple[Finding, ...]:
        """What is wrong with one record in itself and in its growth (R, X, L), sorted by place.

        The same as those of its :attr:`findings`, for which nothing need be judged.
        """
        return located(self.damaged.get(record, ()), self.files, self.records.documents)

    @cached_property
    def damaged(self) -> Mapping[str, tuple[Finding, ...]]:
        """What is wrong with each record in itself and in its growth (R, X, L), by record."""
        found: dict[str, tuple[Finding, ...]] = {}
        for wrong in (
            *self.reading,
            *self._of_records,
            *(finding for check in self.checks for finding in check.findings),
        ):
            if wrong.record and wrong.code[0] in "RXL":
                found[wrong.record] = (*found.get(wrong.record, ()), wrong)
        return found

    @cached_property
    def _of_records(self) -> tuple[Finding, ...]:
        settled = self.snapshot.left_out.paths
        return tuple(record_findings(self.records, self.files, settled, stood=self.stood))

    def _found(self, checks: Iterable[BookCheck]) -> Iterator[Finding]:
        yield from (*self.reading, *self._of_records)
        for check in checks:
            yield from self._found_by(check)

    def once(self, view: Callable[[Book], T]) -> T:
        """What a view makes of the Book, which asks nothing of what lies outside: worked out when it is first asked for."""
        found: T = self._views(view)
        return found

    @cached_property
    def _views(self) -> Callable[[Callable[[Book], Any]], Any]:
        return cache(lambda view: view(self))

    @cached_property
    def _found_by(self) -> Callable[[BookCheck], tuple[Finding, ...]]:
        return cache(lambda check: tuple(check(self)))
