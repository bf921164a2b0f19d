"""A case as the values that are judged: the ticket, and its log proven from the table alone.

It is the design's page on evidence written down a second time, plainly, for one ticket with known
times; the same cases are proven from real repositories in ``test_cases_in_git``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sla.table import contracts
from weibao.history.proven import Grade, ProvenEntry, ProvenLog
from weibao.model.entry import Entry
from weibao.model.imported import Imported
from weibao.model.instant import format_instant
from weibao.model.ticket import Ticket

if TYPE_CHECKING:
    from sla.table import Case, Row

FOREVER = 2**40
STARTS = {"resumed", "reopened", "part_requested"}


def ticket_of(case: Case) -> Ticket:
    """The case as a ticket."""
    return Ticket(
        id="T20261120-7K3Q9M",
        path="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml",
        kind="fault",
        title=case.title,
        severity=case.severity,
        reported_at=case.reported_at,
        reported_at_line=4,
        reported_by="zhang-gong",
        channel="phone",
        received_by="wang-lei",
        emergency=False,
        assets=("core-sw-01",),
        description="",
        window=None,
        approved_by="",
        rollback="",
        imported=Imported(case.imported, "1", case.precision) if case.imported else None,
        log=tuple(_entry(index, row) for index, row in enumerate(case.steps)),
    )


def proof_of(case: Case) -> ProvenLog:
    """Its log, proven."""
    entries = tuple(_proven(case, index, row) for index, row in enumerate(case.steps))
    first = entries[0]
    evidence = first.evidence
    reported = case.reported_at
    old = _imported(case, reported, first)
    latest, until = _latest(case, entries) if old else ({}, None)
    return ProvenLog(
        entries=entries,
        header_effective=reported
        if evidence is None or _imported(case, reported, first)
        else min(reported, evidence),
        header_grade=_grade(case, reported, first, countersigned=False),
        header_commit=first.commit,
        register=case.imported if old else "",
        latest=latest,
        header_latest=until if case.precision else None,
    )


def _latest(case: Case, entries: tuple[ProvenEntry, ...]) -> tuple[dict[int, int], int]:
    """Until when each inexact step may have been, and the report: never after what followed it."""

    def midnight(at: int) -> int:
        day = datetime.fromtimestamp(at, case.zone).replace(hour=0, minute=0, second=0)
        return int((day + timedelta(days=1)).timestamp()) - 1

    latest, after, followed = {}, FOREVER, FOREVER
    for one in sorted(entries, key=lambda one: (one.entry.at, one.entry.index), reverse=True):
        end = one.effective
        if one.grade is Grade.IMPORTED and one.entry.precision:
            end = midnight(one.entry.at) if one.entry.precision == "day" else one.landed
            latest[one.entry.index] = end = max(one.effective, min(end, after))
        after = min(after, end)
        followed = after if one.entry.event != "opened" else followed
    return latest, max(case.reported_at, min(midnight(case.reported_at), followed))


def _entry(index: int, row: Row) -> Entry:
    return Entry(
        index=index,
        line=12 + index,
        text=f"{row.at} {row.event} {row.by}",
        at=row.at,
        event=row.event,
        by=row.by,
        note="",
        internal=row.internal,
        data=row.data,
        precision=row.precision,
    )


def _proven(case: Case, index: int, row: Row) -> ProvenEntry:
    policy = contracts()[case.contract].evidence
    evidence = row.landed
    if row.recorded is not None and row.landed - row.recorded <= policy.landing_within:
        evidence = row.recorded
    countersigned = any(
        {"at": format_instant(row.at, case.zone), "event": row.event} in other.data["entries"]
        for other in case.steps
        if other.event == "countersigned" and other.recorded is not None
    )
    if evidence is None or _imported(case, row.at, row):
        effective = row.at
    elif row.event in STARTS or _raises(case, row):
        effective = min(row.at, evidence)
    else:
        late = evidence - row.at > policy.tolerance and not countersigned
        effective = evidence if late else row.at
    proven = ProvenEntry(
        entry=_entry(index, row),
        recorded=row.recorded,
        landed=row.landed,
        shown=row.landed,
        evidence=evidence,
        effective=effective,
        grade=Grade.UNCOMMITTED,
        commit=None if evidence is None else f"{index:040x}",
        landing_commit=None if evidence is None else f"{index:040x}",
        author=None,
    )
    return replace(proven, grade=_grade(case, row.at, proven, countersigned=countersigned))


def _grade(case: Case, claimed: int, proven: ProvenEntry, *, countersigned: bool) -> Grade:
    policy, evidence = contracts()[case.contract].evidence, proven.evidence
    if evidence is None or proven.shown is None:
        return Grade.UNCOMMITTED
    if _imported(case, claimed, proven):
        return Grade.IMPORTED
    if claimed - evidence > policy.clock_skew:
        return Grade.CONTRADICTED
    if proven.shown - claimed <= policy.tolerance:
        return Grade.SUPPORTED
    if countersigned:
        return Grade.COUNTERSIGNED
    return Grade.OWN_CLOCK if evidence - claimed <= policy.tolerance else Grade.LATE


def _imported(case: Case, claimed: int, came: Row | ProvenEntry) -> bool:
    """Whether it is of the register that its header names: before the evidence began, in time, with the rest of it."""
    policy, first = contracts()[case.contract].evidence, case.steps[0]
    register = policy.imports.get(case.imported)
    if register is None or came.landed is None:
        return False
    return claimed < policy.since and first.landed == came.landed <= register.until


def _raises(case: Case, row: Row) -> bool:
    if row.event != "severity_agreed":
        return False
    before = [one for one in case.steps if one.event == row.event and one.at < row.at]
    level = max(before, key=lambda one: one.at).data["severity"] if before else case.severity
    return level is None or row.data["severity"] < level
