"""A mapping proposed from a register's file, and where it is put down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from weibao.importing.mapping import LISTS, TICKET
from weibao.importing.proposing.draft import columns_named_in, columns_of, fits
from weibao.importing.proposing.proposal import NEEDED, Proposal, proposed
from weibao.importing.proposing.table import TICKET_WORDS, table_in
from weibao.language import N_
from weibao.model.ids import NAME
from weibao.model.naming import folded
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import UsageRefusal
from weibao.workspace.moving_in.proposing_lists import (
    columns_of_list,
    list_table,
    proposed_list,
)
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
class SheetKind:
    """A table of a file, and what its rows are: ``ticket``, or a list of the configuration."""

    kind: str
    table: ProposedTable


def propose(
    path: Path, raw: bytes, records: Records, *, sheet: str = "", kind: str = "", source: str = ""
) -> Proposal:
    """A mapping of a file: of the sheet and the kind that are named, or of the one that there is.

    Raises:
        UsageRefusal: it cannot be read, has no table, or several and none is named.
    """
    sheets = [
        found for found in read_table_file(path.suffix, raw).sheets if sheet in {"", found.name}
    ]
    found = [told for told in (_kind_of(known, kind) for known in sheets) if told is not None]
    if not found:
        raise UsageRefusal(
            N_("No sheet has a line with the words that columns are called by."),
            mend=N_(
                "Name the columns as usual (工单号, 报修时间, 故障现象; Number, Created, Summary), or write the mapping by hand."
            ),
        )
    if len(found) > 1:
        raise UsageRefusal(
            N_("Several sheets are tables: {sheets}."),
            mend=N_("Name one: --sheet NAME"),
            sheets=tuple(told.table.name for told in found),
        )
    told = found[0]
    if told.kind == TICKET:
        return proposed(told.table, records, ready_mappings(), source, path.stem)
    return proposed_list(told.table, told.kind, records, path.stem)


def _kind_of(sheet: Sheet, wanted: str) -> SheetKind | None:
    """What a sheet is a table of: tickets where it has what every ticket needs, else the list it has most columns of."""
    if wanted in {"", TICKET}:
        table = table_in(sheet, TICKET_WORDS | _ready_words())
        ready = ready_mappings().values()
        if table and (
            wanted
            or any(fits(data, table) for data in ready)
            or set(NEEDED) <= set(columns_of(table))
        ):
            return SheetKind(TICKET, table)
    counts = {
        kind: (len(columns), table)
        for kind in LISTS
        if wanted in {"", kind}
        and (table := list_table(sheet, kind)) is not None
        and "name" in (columns := columns_of_list(table, kind))
    }
    if "rota" in counts:
        return SheetKind("rota", counts["rota"][1])
    if not counts:
        return None
    best = max(counts, key=lambda kind: counts[kind][0])
    return SheetKind(best, counts[best][1])


def _ready_words() -> frozenset[str]:
    return frozenset(
        folded(name) for data in ready_mappings().values() for name in columns_named_in(data)
    )


def require_source(source: str) -> None:
    """Refuse a name of a register that no id can be."""
    if source and not NAME.fullmatch(source):
        raise UsageRefusal(
            N_("“{source}” is no short name."),
            mend=N_("Write small letters, digits and hyphens: --source wx"),
            source=source,
        )
