"""What an old register leaves open is left open by no other record (X330)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.amendments import place_of_value
from weibao.model.finding import Finding, Place
from weibao.model.imported import UNKNOWN
from weibao.model.left_open import left_open
from weibao.model.ticket import Ticket
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.inspection import Inspection
    from weibao.model.yaml.document import Keys
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X330",
        severity=Severity.ERROR,
        title=N_("Left open, and of no old register"),
        message=N_(
            "“{key}” is left open here, and only a record out of an old register may leave it open."
        ),
        help=N_(
            "Say who, how, how grave or when it was: take the `precision` out, or put the word that is meant for `unknown`. If the record comes out of an old register, it is headed by `weibao import`."
        ),
        why=N_(
            "What is recorded here is recorded by those who know it. A step by nobody, at no time, could be neither proven nor judged, and a promise on it would never be missed."
        ),
        bad="  - {at: 2026-11-20T12:00:00+08:00, event: restored, by: li-qiang, mode: on_site, precision: day}\n",
        good="  - {at: 2026-11-20T12:00:00+08:00, event: restored, by: li-qiang, mode: on_site}\n",
        facts=("key",),
    ),
)


def check_left_open(facts: FileFacts) -> Iterator[Finding]:
    """Tickets and inspections that began here and leave open what somebody knows."""
    for ticket in facts.records.tickets.values():
        if ticket.imported is None:
            yield from _findings(ticket, _in_header(ticket))
    for inspection in facts.records.inspections.values():
        if inspection.imported is None:
            yield from _findings(inspection, ())


def _in_header(ticket: Ticket) -> tuple[Keys, ...]:
    said: dict[Keys, bool] = {
        ("reported_by",): ticket.reported_by == UNKNOWN,
        ("intake", "channel"): ticket.channel == UNKNOWN,
        ("intake", "received_by"): ticket.received_by == UNKNOWN,
    }
    return tuple(keys for keys, left in said.items() if left)


def _findings(record: Ticket | Inspection, header: tuple[Keys, ...]) -> Iterator[Finding]:
    kind = "ticket" if isinstance(record, Ticket) else "inspection"
    in_log: list[Keys] = [
        ("log", entry.index, key) for entry in record.log for key in left_open(kind, entry)
    ]
    for keys in (*header, *in_log):
        place = Place(record.path, keys=place_of_value(record, keys))
        yield Finding("X330", place, record.id, {"key": str(keys[-1])})
