"""One record judged as ``weibao check`` judges it, without reading the others.

The configuration is read in any case, and of tickets and inspections only the names of the files
are needed, so that a step is judged as quickly among ten thousand records as among ten.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.model.references import judge_references, names_of, references
from weibao.rules.record.attachments import check_attachments
from weibao.rules.steps import check_future, check_steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.load import RecordFile
    from weibao.model.records import Records

PLAN, SPARES = "records/plan.yaml", "records/spares.yaml"


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
        *sound_in_themselves(whole, ticket_ids, {one.path}),
        *check_attachments(whole, attachments),
        *check_future({one.path: log_of(one)}, now, records.contract),
    ]
    return tuple(finding for finding in found if finding.place.path == one.path)


def sound_in_themselves(
    records: Records, ticket_ids: AbstractSet[str], only: Collection[str] | None = None
) -> Iterator[Finding]:
    """References, steps and stock movements (X): what the typed records alone can tell.

    There may be more tickets in ``ticket_ids`` than in ``records``; a reference to one is sound.
    ``only`` are the files that are asked about: what is wrong in others may be left out, and what is
    not needed for them is not even loaded.
    """
    names = names_of(records)
    known = names | {"ticket": names["ticket"] | ticket_ids}
    made = (one for one in references(records) if only is None or one.path in only)
    yield from judge_references(made, known, records)
    yield from check_steps(records)
    if only is None or PLAN in only:
        from weibao.rules.operations import check_recurrence

        yield from check_recurrence(records)
    if only is None or SPARES in only:
        from weibao.operations.stock import stock_of
        from weibao.rules.operations import check_movements

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
