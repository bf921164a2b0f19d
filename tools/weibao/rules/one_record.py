"""One record judged as ``weibao check`` judges it, without reading the others.

The configuration is read in any case, and of tickets and inspections only the names of the files
are needed, so that a step is judged as quickly among ten thousand records as among ten.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.rules.attachments import check_attachments
from weibao.rules.operations import check_movements, check_recurrence
from weibao.rules.references import judge_references, names_of, references
from weibao.rules.steps import check_future, check_steps
from weibao.service.stock import stock_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from weibao.record.entry import Entry
    from weibao.record.finding import Finding
    from weibao.record.instant import Instant
    from weibao.record.load import RecordFile
    from weibao.record.records import Records


def judge_record(
    records: Records,
    one: RecordFile,
    ticket_ids: AbstractSet[str],
    attachments: Mapping[str, bytes],
    now: Instant,
) -> tuple[Finding, ...]:
    """What is wrong with ``one`` where the rest stands as in ``records`` (X…).

    ``ticket_ids`` are the tickets that are filed, read or not; ``attachments`` (path → content)
    are at least those that ``one`` names and that are stored.
    """
    whole = with_record(records, one)
    found = [
        *sound_in_themselves(whole, ticket_ids),
        *check_attachments(whole, attachments),
        *check_future({one.path: log_of(one)}, now, records.contract),
    ]
    return tuple(finding for finding in found if finding.place.path == one.path)


def sound_in_themselves(records: Records, ticket_ids: AbstractSet[str]) -> Iterator[Finding]:
    """References, steps and stock movements (X): what the typed records alone can tell.

    There may be more tickets in ``ticket_ids`` than in ``records``; a reference to one is sound.
    """
    names = names_of(records)
    known = names | {"ticket": names["ticket"] | ticket_ids}
    yield from judge_references(references(records), known, records)
    yield from check_steps(records)
    yield from check_recurrence(records)
    latest = max((entry.at for entry in records.spares.log), default=0)
    yield from check_movements(stock_of(records.spares, latest))


def with_record(records: Records, one: RecordFile) -> Records:
    """The records with ``one`` in the place of what stood under its path."""
    value: Any = one.value
    match one.kind:
        case "ticket":
            return replace(records, tickets={**records.tickets, value.id: value})
        case "inspection":
            return replace(records, inspections={**records.inspections, value.id: value})
        case "spares":
            return replace(records, spares=value)
        case "actions":
            return replace(records, actions=value)
        case _:
            raise ValueError(one.path)


def log_of(one: RecordFile) -> tuple[Entry, ...]:
    """The log of a record that has one: a ticket, an inspection, the spares or the actions."""
    log: tuple[Entry, ...] = one.value if one.kind == "actions" else one.value.log
    return log
