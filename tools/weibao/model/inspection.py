"""An inspection: one round of the plan, and what was found on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.model.imported import Imported, imported_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.entry import Amendment, Entry
    from weibao.model.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection's header and log, as amended, with what a ``Ticket`` has of its corrections.

    ``plan`` is a key of plan.yaml, ``period`` as ``2026-Q4``.
    """

    id: str
    path: str
    plan: str
    period: str
    assets: tuple[str, ...]
    log: tuple[Entry, ...]
    imported: Imported | None = None
    amendments: tuple[Amendment, ...] = ()
    unfit: tuple[Amendment, ...] = ()
    written: Document | None = field(default=None, compare=False, repr=False)


_GRAVITY = ("not_applicable", "ok", "warning", "failed")


@dataclass(frozen=True, slots=True)
class CheckResults:
    """How the items came out that were looked at: how many have each status."""

    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_status.values())

    @property
    def gravity(self) -> int:
        """What rounds are sorted by: one that failed anything outweighs every warning."""
        return self.by_status["failed"] * 1000 + self.by_status["warning"]


def gravest_checks(log: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """By asset and item, the check that counts: of an item that was looked at twice, the graver one, else the later."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in log:
        if entry.event == "checked":
            key = (entry.data["asset"], entry.data["item"])
            if key not in found or _gravity(found[key]) <= _gravity(entry):
                found[key] = entry
    return found


def check_results(log: Iterable[Entry]) -> CheckResults:
    """The results of the checks among these entries, each item once."""
    return CheckResults(Counter(entry.data["status"] for entry in gravest_checks(log).values()))


def _gravity(entry: Entry) -> int:
    return _GRAVITY.index(entry.data["status"])


def read_inspection(path: str, data: Mapping[str, Any], log: tuple[Entry, ...]) -> Inspection:
    """The inspection out of a document that its schema has accepted."""
    return Inspection(
        id=data["id"],
        path=path,
        plan=data["plan"],
        period=data["period"],
        assets=tuple(data["assets"]),
        log=log,
        imported=imported_in(data),
    )
