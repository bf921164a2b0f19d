"""A mapping proposed from a register's file, and where it is put down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from weibao.importing.proposing.draft import columns_named_in
from weibao.importing.proposing.proposal import Proposal, proposed
from weibao.importing.proposing.table import TICKET_WORDS, table_in
from weibao.language import N_
from weibao.model.ids import NAME
from weibao.model.naming import folded
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import UsageRefusal
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.importing.proposing.table import ProposedTable
    from weibao.importing.sheet import Sheet
    from weibao.model.records import Records

PROGRAMS: Mapping[str, str] = {
    "glpi": "GLPI",
    "jsm": "Jira Service Management",
    "zammad": "Zammad",
}
"""The programs that there is a ready mapping for, each with its name."""


@cache
def ready_mappings() -> dict[str, Mapping[str, Any]]:
    """The ready mappings, as their documents say."""
    folder = files("weibao.workspace.moving_in") / "ready"
    found = {}
    for name in PROGRAMS:
        document, _ = read_yaml(name, (folder / f"{name}.yaml").read_bytes())
        if document is not None:
            found[name] = document.data
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """A register's file: its name without the suffix, and the tables of its sheets."""

    name: str
    tables: tuple[ProposedTable, ...]

    def table(self, sheet: str) -> ProposedTable:
        """The table of the sheet that is called so, or of the one that has any.

        Raises:
            UsageRefusal: no sheet has a table, or several have and none is named.
        """
        found = [table for table in self.tables if sheet in {"", table.name}]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageRefusal(
                N_("Several sheets are registers: {sheets}."),
                mend=N_("Name one: --sheet NAME"),
                sheets=tuple(table.name for table in found),
            )
        raise UsageRefusal(
            N_("No line of it has the words that registers call their columns by."),
            mend=N_(
                "Name the columns as usual (工单号, 报修时间, 故障现象; Number, Created, Summary), or write the mapping by hand."
            ),
        )


def read_register(path: Path, raw: bytes, encoding: str = "") -> Register:
    """The tables of a register's file; raises ``UsageRefusal`` where it cannot be read."""
    sheets = read_table_file(path.suffix, raw, encoding).sheets
    return Register(path.stem, tuple(filter(None, map(_table, sheets))))


def _table(sheet: Sheet) -> ProposedTable | None:
    known = {
        folded(name) for data in ready_mappings().values() for name in columns_named_in(data)
    }
    return table_in(sheet, TICKET_WORDS | known)


def propose_tickets(
    register: Register, sheet: str, records: Records, source: str
) -> Proposal:
    """A mapping of a register's tickets; see :func:`.proposal.proposed`."""
    return proposed(register.table(sheet), records, ready_mappings(), source, register.name)


def require_source(source: str) -> None:
    """Refuse a name of a register that no id can be."""
    if source and not NAME.fullmatch(source):
        raise UsageRefusal(
            N_("“{source}” is no short name."),
            mend=N_("Write small letters, digits and hyphens: --source wx"),
            source=source,
        )
