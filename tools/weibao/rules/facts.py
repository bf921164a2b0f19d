"""What checks judge by: the facts of a set of files, and those of a Book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from weibao.model.instant import local_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from weibao.history.approved import Approved
    from weibao.history.candidates import Candidates
    from weibao.history.customer import Customer
    from weibao.history.integrity import IntegrityCheck
    from weibao.history.ledger import Ledger
    from weibao.history.official import Official
    from weibao.history.proven import ProvenLog
    from weibao.history.sights import Unwitnessed
    from weibao.importing.recomputed import RecomputedRegister
    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.finding import Finding, Lapse
    from weibao.model.instant import Instant
    from weibao.model.promises import JudgedFigure
    from weibao.model.records import Records
    from weibao.model.references import Reference
    from weibao.model.spares import Spares
    from weibao.model.staff import Staff
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.deliverables import Delivery
    from weibao.operations.handover import Handover
    from weibao.operations.on_duty import OnDuty
    from weibao.operations.planned import DueWork
    from weibao.operations.stock import Stock
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict


def never_stood(_reference: Reference) -> bool:
    """What is said where there is no history: what is not there now never was."""
    return False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A set of files, read.

    Attributes:
        records: what the files say, typed; perhaps of one ticket or inspection alone.
        ids: of tickets and inspections that are filed, read or not: a reference to one is sound.
        files: the files that were read, by path.
        names: the paths of all files, read or not, each once.
        only: the files that are asked about, None for all: of others, what is wrong may be left out.
        now: the instant of the check; None where nobody asks what is claimed later than that.
        committed: the files as they were committed, on each side of a merge: of what they say nothing may
            be taken out.
        stood: whether what an entry names was there, with the right that it takes, when the entry landed;
            asked only where it is not there now.
    """

    records: Records
    ids: AbstractSet[str]
    files: Mapping[str, bytes]
    names: Collection[str]
    only: Collection[str] | None = None
    now: Instant | None = None
    committed: Collection[Mapping[str, bytes]] = ()
    stood: Callable[[Reference], bool] = never_stood

    def asked(self, path: str) -> bool:
        """Whether the file is one of those that are asked about."""
        return self.only is None or path in self.only

    def data(self, path: str) -> Mapping[str, Any]:
        """What a file says, as it was read, if it is asked about; nothing of one that cannot be read."""
        document = self.records.documents.get(path) if self.asked(path) else None
        return document.data if document is not None else {}

    @property
    def today(self) -> date | None:
        """The contract's day of the check, its first at least; None where nobody asks, and once it is over."""
        contract = self.records.contract
        today = None if self.now is None else local_day(self.now, contract.zone)
        return max(today, contract.start) if today and today <= contract.end else None


class BookFacts(Protocol):
    """What a check may ask of a Book, as it is before anybody knows what is wrong with it."""

    @property
    def as_of(self) -> Instant:
        """The instant as of which the records are judged."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of the commit, by path."""

    @property
    def elapsed(self) -> tuple[Instant, Instant]:
        """The part of the contract's term that is recorded here and is over: its start and its end."""

    @property
    def records(self) -> Records:
        """The records, typed."""

    @property
    def agreed(self) -> Sequence[Contract]:
        """The contract under which the first record was made; more than one where sides differed."""

    @property
    def registers(self) -> Sequence[RecomputedRegister]:
        """The old registers that records name, worked out again."""

    @property
    def ledger(self) -> Ledger:
        """The history of the records, as far as it is believed."""

    @property
    def addresses(self) -> Mapping[str, str]:
        """Whose each git address is, in lower case."""

    @property
    def staffs(self) -> Candidates[Staff]:
        """The editions of the staff."""

    @property
    def staff_ids(self) -> AbstractSet[str]:
        """Who is on the staff, or was in any edition."""

    @property
    def official_contract(self) -> Official[Contract]:
        """The contract as it stood before something happened."""

    @property
    def official_staff(self) -> Official[Staff]:
        """The staff and their certificates as they stood when somebody did something."""

    @property
    def official_duty(self) -> Official[Duty]:
        """The rota as it stood when it was kept or not."""

    @property
    def official_spares(self) -> Official[Spares]:
        """The depots and the catalogue as they stood when a part moved."""

    @property
    def official_assets(self) -> Official[Mapping[str, Asset]]:
        """The equipment as it was listed when somebody worked on it."""

    @property
    def paths(self) -> Mapping[str, str]:
        """The file of each log: by the id of its record, ``spares`` or ``actions``."""

    @property
    def proofs(self) -> Mapping[str, ProvenLog]:
        """The proven log of each of :attr:`paths`."""

    @property
    def unwitnessed(self) -> Unwitnessed | None:
        """What nobody outside the provider vouches for in time."""

    @property
    def counting(self) -> Mapping[str, tuple[Ticket, ProvenLog]]:
        """By id, every ticket with those of its corrections that count, and its proof."""

    @property
    def states(self) -> Mapping[str, RecordState[Dated]]:
        """What every ticket and inspection has come to, by id."""

    @property
    def verdicts(self) -> Iterable[Verdict]:
        """The verdicts on all tickets."""

    def verdicts_of(self, ticket_id: str, /) -> Iterable[Verdict]:
        """The verdicts on one ticket."""

    def missed_without(
        self, ticket_id: str, left_out: Collection[int], /
    ) -> AbstractSet[tuple[str, int]]:
        """Target and occurrence of what would be breached on a ticket, had the entries at these places of its log not been recorded."""

    @property
    def settings(self) -> InForce:
        """The editions of the contract by which promises are judged."""

    @property
    def customer(self) -> Customer:
        """Whose word an act of the customer is."""

    @property
    def approved(self) -> Sequence[Approved]:
        """The editions of the configuration to which the customer agreed."""

    @property
    def turned(self) -> int:
        """How many verdicts would be others, had the contract always been what it is now."""

    @property
    def checks(self) -> Iterable[IntegrityCheck]:
        """What the integrity checks of the history found."""

    @property
    def stock(self) -> Stock:
        """Where every part is."""

    @property
    def on_duty(self) -> Iterable[OnDuty]:
        """Who is on duty, by rota."""

    @property
    def judged_figures(self) -> Iterable[JudgedFigure]:
        """What the contract holds the service to, in every month that is over."""

    @property
    def deliveries(self) -> Iterable[Delivery]:
        """The reports that were promised and whose periods are over."""

    @property
    def handovers(self) -> Mapping[str, Handover]:
        """By the id of every shift, what it left to the next."""

    @property
    def due_work(self) -> Iterable[DueWork]:
        """Planned rounds of the plan."""


FileCheck = Callable[[FileFacts], Iterable["Finding"]]
BookCheck = Callable[[BookFacts], Iterable["Finding"]]
BookLapses = Callable[[BookFacts], Iterable["Lapse"]]
