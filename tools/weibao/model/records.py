"""All the records of one contract, as they stand in one set of files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.assets import Asset
    from weibao.model.closing import MonthClose
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import Plan
    from weibao.model.spares import Spares
    from weibao.model.staff import Staff
    from weibao.model.ticket import Ticket
    from weibao.model.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Records:
    """What could be read. A file that is not a valid record is in ``unreadable`` and nowhere else.

    ``closes`` are those of months, by month. ``documents`` has, by path, every file of a record that is YAML, for the places in it.
    """

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
    closes: Mapping[str, MonthClose] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict, compare=False, repr=False)
