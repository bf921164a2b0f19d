"""One record judged as ``weibao check`` judges it, without reading the others.

The configuration is read in any case, and of tickets and inspections only the names of the files
are needed, so that a step is judged as quickly among ten thousand records as among ten.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.model.ids import KINDS
from weibao.model.load import records_among
from weibao.model.on_demand import OnDemand
from weibao.model.paths import ROOT
from weibao.rules.catalogue import record_checks
from weibao.rules.facts import FileFacts
from weibao.rules.judging import judging

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.records import RecordFile, Records


def judge_record(
    records: Records,
    record_file: RecordFile,
    ticket_ids: AbstractSet[str],
    attachments: Mapping[str, bytes],
    now: Instant,
) -> tuple[Finding, ...]:
    """What is wrong with ``one`` where the rest stands as in ``records`` (X…).

    ``ticket_ids`` are the tickets that are filed, read or not; ``attachments`` (path → content)
    are at least those that ``one`` names and that are stored.
    """
    facts = FileFacts(
        with_record(_judging(records, record_file), record_file),
        ticket_ids,
        attachments,
        attachments,
        only={record_file.path},
        now=now,
    )
    found = (finding for check in record_checks() for finding in check(facts))
    return tuple(finding for finding in found if finding.place.path == record_file.path)


def _judging(records: Records, record_file: RecordFile) -> Records:
    """The records with that configuration alone by which a record of this kind is judged.

    The rest need not even be read for a ticket, a round or a shift; a ledger is judged by all.
    """
    if record_file.kind not in KINDS.values():
        return records
    kinds = judging(record_file.kind)
    if getattr(record_file.value, "plan", ""):
        kinds |= {"plan"}
    paths = {f"{ROOT}{kind}.yaml" for kind in kinds}.intersection(records.files)

    def read(path: str) -> RecordFile:
        if path not in paths:
            raise KeyError(path)
        return records.files[path]

    files = OnDemand(lambda: sorted(paths), read)
    fewer = records_among(files, {}, {})
    return records if fewer is None else replace(records, besides=fewer.besides, files=files)


def with_record(records: Records, record_file: RecordFile) -> Records:
    """The records with ``one`` in the place of what stood under its path."""
    value: Any = record_file.value
    match record_file.kind:
        case "ticket" | "inspection" | "shift" as kind:
            among: Any = {**getattr(records, f"{kind}s"), value.id: value}
            return replace(records, **{f"{kind}s": among})
        case "report":
            return replace(records, closes={**records.closes, value.period: value})
        case "spares" | "actions" | "agreements" | "reviews" as ledger:
            return replace(records, besides={**records.besides, ledger: value})
        case _:
            raise ValueError(record_file.path)


def log_of(record_file: RecordFile) -> tuple[Entry, ...]:
    """The log of a record that has one: a ticket, an inspection, the spares or the actions."""
    value = record_file.value
    log: tuple[Entry, ...] = value if isinstance(value, tuple) else value.log
    return log
