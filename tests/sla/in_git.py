"""All cases of one contract as one real repository: a ticket each, committed when the table says.

The commits of every case stand on one main line in the order of their times, among one another; an
entry that landed later than it was recorded lies on a branch of its own until then. One stream for
git's fast import, so that a thousand commits cost one process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import yaml

from building.contract import a_ticket, small_contract
from building.repository import Repository
from sla.table import contract_data
from weibao.model.ids import make_id, record_path
from weibao.model.instant import format_instant
from weibao.model.printing import entry_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sla.table import Case, Row

FIRST = int(datetime.fromisoformat("2024-12-01T00:00:00+08:00").timestamp())
WHO = "李强 <li.qiang@provider.example>"
CUSTOMER = "张工 <zhang.gong@customer.example>"
"""Who commits a countersignature; in this contract the address is enough."""


@dataclass(slots=True)
class Filed:
    """A case's ticket as it is being written."""

    case: Case
    id: str
    lines: list[str]

    @property
    def path(self) -> str:
        return record_path(self.id)

    def text(self, *more: str) -> str:
        reported_at = format_instant(self.case.reported_at, self.case.zone)
        log = [*self.lines, *more]
        severity = self.case.severity or "unknown"
        text = a_ticket(self.id, severity=severity, reported_at=reported_at, log=log)
        if not self.case.imported:
            return text
        exactly = f", precision: {self.case.precision}" if self.case.precision else ""
        named = f'imported: {{import: {self.case.imported}, number: "1"{exactly}}}'
        return text.replace("log:", f"{named}\nlog:")


def build(path: Path, contract: str, cases: Iterable[Case]) -> tuple[Repository, list[Filed]]:
    """The repository, and the ticket of each case with its uncommitted lines still to be added."""
    filed = [_filed(number, case) for number, case in enumerate(cases)]
    stream = _Stream()
    files = small_contract()
    files["records/contract.yaml"] = _agreed(contract_data()[contract])
    stream.commit("refs/heads/main", FIRST, files)
    arrivals = [
        (row.landed if landing else row.recorded, row.at, landing, ticket, row)
        for ticket in filed
        for row in ticket.case.steps
        if row.recorded is not None
        for landing in ((False, True) if row.landed != row.recorded else (False,))
    ]
    branches: dict[int, int] = {}
    for at, _, landing, ticket, row in sorted(arrivals, key=lambda one: one[0]):
        line = line_of(row, ticket.case.zone)
        if row.landed != row.recorded and not landing:
            branches[id(row)] = stream.commit(
                f"refs/heads/branch-{len(branches)}",
                at,
                {ticket.path: ticket.text(line)},
                start=stream.main,
            )
            continue
        ticket.lines.append(line)
        changed = {ticket.path: ticket.text()}
        by = CUSTOMER if row.event == "countersigned" else WHO
        stream.commit("refs/heads/main", at, changed, merging=branches.get(id(row)), by=by)
    repository = Repository(path)
    repository.git("fast-import", "--quiet", given=stream.text())
    return repository, filed


def _agreed(contract: Mapping[str, Any]) -> str:
    evidence = {**contract["evidence"], "firsthand": "named"}
    return yaml.safe_dump({**contract, "evidence": evidence}, allow_unicode=True)


def line_of(row: Row, zone: ZoneInfo) -> str:
    """The entry's line, as the commands write it."""
    entry = {"at": format_instant(row.at, zone), "event": row.event, "by": row.by, **row.data}
    entry |= {"precision": row.precision.value} if row.precision else {}
    return entry_line(entry | {"internal": True} if row.internal else entry)


def _filed(number: int, case: Case) -> Filed:
    day = datetime.fromtimestamp(case.reported_at, case.zone).date()
    return Filed(case, make_id("T", day, number), [])


class _Stream:
    """A stream for ``git fast-import``."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.marks = 0
        self.main = 0

    def commit(
        self,
        branch: str,
        at: int,
        files: dict[str, str],
        *,
        start: int | None = None,
        merging: int | None = None,
        by: str = WHO,
    ) -> int:
        """One commit; its mark."""
        self.marks += 1
        self._line(f"commit {branch}\nmark :{self.marks}\nauthor {by} {at} +0800")
        self._line(f"committer {by} {at} +0800")
        self._data("记录")
        if start is not None:
            self._line(f"from :{start}")
        if merging is not None:
            self._line(f"merge :{merging}")
        for path, text in files.items():
            self._line(f"M 100644 inline {path}")
            self._data(text)
        if branch == "refs/heads/main":
            self.main = self.marks
        return self.marks

    def text(self) -> bytes:
        """All of it."""
        return b"".join(self.parts)

    def _line(self, text: str) -> None:
        self.parts.append(f"{text}\n".encode())

    def _data(self, text: str) -> None:
        raw = text.encode()
        self.parts.append(b"data %d\n%s\n" % (len(raw), raw))
