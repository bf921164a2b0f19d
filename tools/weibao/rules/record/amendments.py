"""Corrections: a corrected value is held to what the field that it corrects may be (X215)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.inspection import Inspection
    from weibao.model.shift import Shift
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X215",
        severity=Severity.ERROR,
        title=N_("Correction that the field cannot have"),
        message=N_(
            "“{key}” cannot be corrected to “{found}”: the correction is shown nowhere and changes nothing."
        ),
        help=N_(
            "Record the correction once more, with a value that the field may have: the schema named in the file's first line says which. What a record and an entry are known by (id, kind, at, event, by), what was signed and the digest of a file are never corrected."
        ),
        why=N_(
            "A corrected value stands in place of the first one in every view and every verdict, so it is judged as the first one is (requirement 9). Nonsense under the name of a correction would be nonsense all the same."
        ),
        bad="  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, field: reported_at, value: 昨天上午, reason: 登记时看错来电时间}\n",
        good='  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, field: reported_at, value: "2026-11-20T09:02:00+08:00", reason: 登记时看错来电时间}\n',
        facts=("key", "found"),
    ),
)


def check_amendments(facts: FileFacts) -> Iterator[Finding]:
    """Corrections with which the record would be none that its schema accepts."""
    records: Iterable[Ticket | Inspection | Shift] = (
        *facts.records.tickets.values(),
        *facts.records.inspections.values(),
        *facts.records.shifts.values(),
    )
    for record in records:
        for amendment in record.unfit:
            shown = {"key": amendment.key, "found": str(amendment.value)}
            place = place_of(record.path, amendment.entry, "value")
            yield Finding("X215", place, record.id, shown)
