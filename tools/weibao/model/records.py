"""All the records of one contract, as they stand in one set of files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from weibao.model.on_demand import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.assets import Asset
    from weibao.model.closing import MonthClose
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.inspection import Inspection
    from weibao.model.plan import Plan
    from weibao.model.shift import Shift
    from weibao.model.spares import Spares
    from weibao.model.staff import Staff
    from weibao.model.ticket import Ticket
    from weibao.model.yaml.document import Document


_LEDGERS = ("spares", "actions", "agreements", "reviews")


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What one file says.

    ``value`` is the typed record (a ``Contract``, ``Ticket`` …; of actions, agreements and reviews the entries), or None
    where the findings say why not; ``document`` is None where it could not even be read as YAML.
    """

    path: str
    kind: str
    document: Document | None
    value: Any
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Records:
    """What could be read. A file that is not a valid record is in ``unreadable`` and nowhere else.

    ``closes`` are those of months, by month. ``besides`` has, by its kind, what else is there once, each
    read when it is first asked for. ``files`` has, by path, every file that is filed as a
    record, and ``strays`` the paths of those that are filed where no file may be. To ask for one ticket
    reads that one alone.
    """

    contract: Contract
    staff: Staff
    assets: Mapping[str, Asset]
    besides: Mapping[str, Any]
    tickets: Mapping[str, Ticket]
    inspections: Mapping[str, Inspection]
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    closes: Mapping[str, MonthClose] = field(default_factory=dict)
    files: Mapping[str, RecordFile] = field(default_factory=dict, compare=False, repr=False)
    strays: tuple[str, ...] = ()

    @property
    def duty(self) -> Duty:
        """The rotas, and who stands in and is away."""
        duty: Duty = self.besides["duty"]
        return duty

    @property
    def plan(self) -> Plan:
        """The plan of the work, and its checklists."""
        plan: Plan = self.besides["plan"]
        return plan

    @property
    def spares(self) -> Spares:
        """The depots, the parts, and their movements."""
        spares: Spares = self.besides["spares"]
        return spares

    @property
    def actions(self) -> tuple[Entry, ...]:
        """The log of the corrective actions."""
        return self._log("actions")

    @property
    def agreements(self) -> tuple[Entry, ...]:
        """The log of what the customer agreed to."""
        return self._log("agreements")

    @property
    def reviews(self) -> tuple[Entry, ...]:
        """The log of the reviews."""
        return self._log("reviews")

    def _log(self, kind: str) -> tuple[Entry, ...]:
        log: tuple[Entry, ...] = self.besides[kind]
        return log

    @property
    def ledgers(self) -> Mapping[str, tuple[Entry, ...]]:
        """The log of each file that has one and is there once, by its kind."""

        def log(kind: str) -> tuple[Entry, ...]:
            if kind not in _LEDGERS:
                raise KeyError(kind)
            return self.spares.log if kind == "spares" else self._log(kind)

        return OnDemand(lambda: _LEDGERS, log)

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """The paths of the files that are no valid records, sorted."""
        return self.unreadable_among((*self.files, *self.strays))

    def unreadable_among(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of the paths, of ``files`` or ``strays``, that are no valid records, sorted."""
        files = self.files
        return tuple(
            path for path in sorted(paths) if path not in files or files[path].value is None
        )

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """By path, every file of a record that is YAML, for the places in it."""
        return {path: file.document for path, file in self.files.items() if file.document}
