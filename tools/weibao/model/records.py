"""All the records of one contract, as they stand in one set of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import Plan
    from weibao.model.spares import Spares
    from weibao.model.staff import Staff
    from weibao.model.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Records:
    """What could be read. A file that is not a valid record is in ``unreadable`` and nowhere else."""

    contract: Contract
    staff: Staff
    duty: Duty
    assets: Mapping[str, Asset]
    plan: Plan
    spares: Spares
    actions: tuple[Entry, ...]
    tickets: Mapping[str, Ticket]
    inspections: Mapping[str, Inspection]
    unreadable: tuple[str, ...] = ()

    def logs(self) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
        """Every log: its key (the record's id, ``spares`` or ``actions``), its file, its entries."""
        for ticket in self.tickets.values():
            yield ticket.id, ticket.path, ticket.log
        for inspection in self.inspections.values():
            yield inspection.id, inspection.path, inspection.log
        yield "spares", "records/spares.yaml", self.spares.log
        yield "actions", "records/actions.yaml", self.actions

    def log_files(self) -> dict[str, str]:
        """The file of each log, by its key."""
        return {key: path for key, path, _ in self.logs()}

    def addresses(self) -> dict[str, str]:
        """Whose each git address is, in lower case: one of the staff or of the customer's contacts."""
        identities = {one.id: one.git for one in self.staff.people.values()}
        identities |= {one.id: one.git for one in self.contract.contacts.values()}
        return {address.casefold(): who for who, listed in identities.items() for address in listed}
