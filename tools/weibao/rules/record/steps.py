"""Steps: every entry may follow what stands before it, and says a time that can be (X2xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import has_step
from weibao.model.finding import Finding, Place, place_of
from weibao.model.fold import missteps, successive
from weibao.model.ids import RECORD_ID
from weibao.model.instant import format_instant, local_day
from weibao.model.paths import ROOT
from weibao.model.state import claimed
from weibao.model.ticket import Ticket
from weibao.model.versions import divided
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.shift import Shift
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X201",
        severity=Severity.ERROR,
        title=N_("Step that may not follow"),
        message=N_(
            "“{event}” may not follow here: at its time, {at}, the record stands at “{state}”."
        ),
        help=N_(
            "Possible here: {possible}. If a step before it was left out, record that one first."
        ),
        why=N_(
            "The lifecycle is one table, the same for the commands and for this check; requirement 9 asks that the processing of each request be followed from step to step. Steps are read in the order of their times, so one recorded late takes its place."
        ),
        bad=(
            "  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}\n"
            "  - {at: 2026-11-20T12:10:00+08:00, event: closed, by: wang-lei}\n"
        ),
        good=(
            "  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}\n"
            "  - {at: 2026-11-20T12:08:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n"
            "  - {at: 2026-11-20T12:10:00+08:00, event: closed, by: wang-lei}\n"
        ),
        facts=("event", "at", "state", "possible"),
    ),
    Rule(
        code="X202",
        severity=Severity.ERROR,
        title=N_("Claimed before the report"),
        message=N_("The step claims {at}, before the ticket was reported at {reported_at}."),
        help=N_(
            "Before it lands, correct the time. Once it has landed, the time of a step stays; if `reported_at` is the slip, correct that with `weibao ticket amend`."
        ),
        why=N_(
            "Every clock starts at the report. A response before it would be a response to nothing, and an elapsed time below zero. Usually the date or the hour is a slip, or `reported_at` was taken from the wrong call. A step may well come before the ticket was opened; and a time in whole minutes, as people type it, is no earlier than a report within that minute."
        ),
        bad=(
            "reported_at: 2026-11-20T09:12:00+08:00\n"
            "log:\n"
            "  - {at: 2026-11-20T09:05:00+08:00, event: opened, by: wang-lei}\n"
        ),
        good=(
            "reported_at: 2026-11-20T09:12:00+08:00\n"
            "log:\n"
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
        ),
        facts=("at", "reported_at"),
    ),
    Rule(
        code="X203",
        severity=Severity.ERROR,
        title=N_("Claimed in the future"),
        message=N_("The step claims {at}, and it is only {now}."),
        help=N_("Record what has happened, when it has happened; check the clock and the date."),
        why=N_(
            "A record says what was done. What is to be done belongs in the plan or in a note. The contract's clock skew (5 minutes unless it says otherwise) is allowed for."
        ),
        bad="  - {at: 2062-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n",
        good="  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n",
        facts=("at", "now"),
    ),
    Rule(
        code="X204",
        severity=Severity.ERROR,
        title=N_("Two entries alike"),
        message=N_("Another entry of this record has the same time and event: {at}, “{event}”."),
        help=N_(
            "Take out the one that has not landed; if both happened, give the second its own time, to the second."
        ),
        why=N_(
            "An entry is named by its time and its event when it is amended or countersigned, so the pair must name one entry only. A merge can bring the same step in twice, from two people who both recorded it."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:20+08:00, event: arrived, by: zhao-min}\n"
        ),
        facts=("at", "event"),
    ),
    Rule(
        code="X205",
        severity=Severity.ERROR,
        title=N_("Confirmed by who resolved it"),
        message=N_(
            "The ticket was closed on a confirmation that “{person}” took, who had resolved it."
        ),
        help=N_(
            "Have the duty desk ask the customer, and record that with `weibao ticket confirm`; closing comes after it."
        ),
        why=N_(
            "The desk confirms the result with the customer directly (requirement 39). Who did the work does not also judge it: two people stand between a repair and its closure."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: li-qiang, contact: zhang-gong, via: phone}   # resolved by li-qiang\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}   # resolved by li-qiang\n",
        facts=("person",),
    ),
    Rule(
        code="X211",
        severity=Severity.ERROR,
        title=N_("Id of another day"),
        message=N_("The id says {found}, and the record is of {expected}."),
        help=N_(
            "Before it lands, take the day in the contract's zone, {expected}, into the id, the file name and the folder."
        ),
        why=N_(
            "The id of a ticket carries the local day of its report, that of an inspection the day of its first entry. A record filed under another day would be looked for in the wrong folder, and could slip into another month."
        ),
        bad="id: T20261120-7K3Q9M\nreported_at: 2026-11-21T00:12:00+08:00\n",
        good="id: T20261121-7K3Q9M\nreported_at: 2026-11-21T00:12:00+08:00\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="X214",
        severity=Severity.ERROR,
        title=N_("Duplicate of itself"),
        message=N_("{ticket} is cancelled as a duplicate of itself."),
        help=N_(
            "Name the ticket that goes on: `--duplicate-of TICKET`. If there is none, cancel it with its reason alone."
        ),
        why=N_(
            "A duplicate is cancelled because the same fault is mended under another ticket (requirement 9). One that points at itself leaves a fault that nobody mends."
        ),
        bad="  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-2D8VXN}   # in T20261120-2D8VXN\n",
        good="  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-7K3Q9M}   # in T20261120-2D8VXN\n",
        facts=("ticket",),
    ),
)


def check_steps(facts: FileFacts) -> Iterator[Finding]:
    """What is wrong with the steps of every ticket, inspection, shift and corrective action."""
    records = facts.records
    for ticket in records.tickets.values():
        yield from _ticket_steps(ticket, records.contract)
    for inspection in records.inspections.values():
        yield from _steps_in_order("inspection", inspection, records.contract)
    for shift in records.shifts.values():
        yield from _steps_in_order("shift", shift, records.contract)
    if facts.asked(f"{ROOT}actions.yaml"):
        yield from _action_steps(records)


def _ticket_steps(ticket: Ticket, contract: Contract) -> Iterator[Finding]:
    path, record, zone = ticket.path, ticket.id, contract.zone
    # A claim from before the report has no place among the others, which are judged without it (X202).
    placed = tuple(entry for entry in ticket.log if not _before_report(entry, ticket))
    yield from _missteps("ticket", ticket, placed, contract)
    for entry in ticket.log:
        if _before_report(entry, ticket):
            reported = format_instant(ticket.reported_at, zone)
            facts = {"at": format_instant(entry.at, zone), "reported_at": reported}
            yield Finding("X202", place_of(path, entry, "at"), record, facts)
    yield from _self_confirmed(ticket, contract)
    yield from _own_duplicate(ticket)
    if not any(_corrects_the_report(entry) for entry in ticket.log):
        expected = local_day(ticket.reported_at, zone).strftime("%Y%m%d")
        yield from _id_day(path, record, expected)


def _before_report(entry: Entry, ticket: Ticket) -> bool:
    """Whether a step claims to come before the report; whole minutes are not exact to the second."""
    typed = entry.at % 60 == 0
    return entry.at < ticket.reported_at - (ticket.reported_at % 60 if typed else 0)


def _corrects_the_report(entry: Entry) -> bool:
    """Whether an entry says when the customer called after all: the id keeps the day that was said first."""
    data = entry.data
    return entry.event == "amended" and data["field"] == "reported_at" and "entry" not in data


def _steps_in_order(kind: str, filed: Inspection | Shift, contract: Contract) -> Iterator[Finding]:
    path, record = filed.path, filed.id
    yield from _missteps(kind, filed, filed.log, contract)
    if filed.log:
        expected = local_day(filed.log[0].at, contract.zone).strftime("%Y%m%d")
        yield from _id_day(path, record, expected)


def _action_steps(records: Records) -> Iterator[Finding]:
    """Of each corrective action that was raised: is it done before it is verified, and once?"""
    raised = dict.fromkeys(e.data["action"] for e in records.actions if e.event == "raised")
    for action in raised:
        log = tuple(entry for entry in records.actions if entry.data["action"] == action)
        yield from _missteps("actions", None, log, records.contract)


def check_future(facts: FileFacts) -> Iterator[Finding]:
    """Entries claimed later than now by more than the contract's clock skew."""
    if facts.now is None:
        return
    contract = facts.records.contract
    now = format_instant(facts.now, contract.zone)
    for path, log in _logs(facts):
        for entry in log:
            if entry.at > facts.now + contract.evidence.clock_skew:
                claimed = {"at": format_instant(entry.at, contract.zone), "now": now}
                yield Finding("X203", place_of(path, entry, "at"), _record(path), claimed)


def _logs(facts: FileFacts) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Every log with its file; of ledgers those that are asked about."""
    records = facts.records
    yield from ((ticket.path, ticket.log) for ticket in records.tickets.values())
    yield from ((done.path, done.log) for done in records.inspections.values())
    yield from ((shift.path, shift.log) for shift in records.shifts.values())
    ledgers = [(kind, f"{ROOT}{kind}.yaml") for kind in records.ledgers]
    yield from ((path, records.ledgers[kind]) for kind, path in ledgers if facts.asked(path))
    yield from ((close.path, close.log) for close in records.closes.values())


def _record(path: str) -> str:
    """The id of the record at ``path``; "" for the ledgers."""
    name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return name if RECORD_ID.fullmatch(name) else ""


def _missteps(
    kind: str,
    filed: Ticket | Inspection | Shift | None,
    log: tuple[Entry, ...],
    contract: Contract,
) -> Iterator[Finding]:
    """What may not follow: an old register may have no place for what went before."""
    path, record = (filed.path, filed.id) if filed else ("records/actions.yaml", "")
    of = filed.kind if isinstance(filed, Ticket) else ""
    for misstep in missteps(kind, log):
        if filed and contract.old(filed.imported, misstep.entry.at):
            continue
        facts = {
            "event": misstep.entry.event,
            "at": format_instant(misstep.entry.at, contract.zone),
            "state": misstep.found.told.value,
            "possible": tuple(event for event in misstep.possible if has_step(of, event)),
        } | _out_of_line(misstep.entry, log, contract)
        yield Finding("X201", place_of(path, misstep.entry, "event"), record, facts)


def _out_of_line(step: Entry, log: Sequence[Entry], contract: Contract) -> dict[str, str]:
    """The neighbour of a step, in the order of the lines, that its time puts on the other side of it."""
    turned = [
        entry
        for entry in log
        if (entry.index - step.index) * (entry.at - step.at)
        < 0  # the line above is later, or the reverse
    ]
    if not turned:
        return {}
    nearest = min(turned, key=lambda entry: abs(entry.index - step.index))
    return {"beside": nearest.event, "beside_at": format_instant(nearest.at, contract.zone)}


def check_alike(facts: FileFacts) -> Iterator[Finding]:
    """Entries of one time and event (X204); where both are committed on one side, neither can go (L116)."""
    zone = facts.records.contract.zone
    for path, log in _logs(facts):
        if len({entry.reference for entry in log}) == len(log):
            continue
        sides = [set(divided(files.get(path, b"")).lines) for files in facts.committed]
        seen: dict[tuple[Instant, str], Entry] = {}
        for entry in log:
            first = seen.setdefault(entry.reference, entry)
            if entry is not first:
                pair = {first.text.encode(), entry.text.encode()}
                code = "L116" if any(pair <= lines for lines in sides) else "X204"
                told = {"at": format_instant(entry.at, zone), "event": entry.event}
                yield Finding(code, place_of(path, entry, "at"), _record(path), told)


def _self_confirmed(ticket: Ticket, contract: Contract) -> Iterator[Finding]:
    for step, found in successive("ticket", claimed(ticket.log), event="closed"):
        if found.self_confirmed and not contract.old(ticket.imported, step.entry.at):
            place = place_of(ticket.path, step.entry, "event")
            yield Finding("X205", place, ticket.id, {"person": found.confirmed_by})


def _own_duplicate(ticket: Ticket) -> Iterator[Finding]:
    for entry in ticket.log:
        if entry.event == "cancelled" and entry.data.get("duplicate_of") == ticket.id:
            place = place_of(ticket.path, entry, "duplicate_of")
            yield Finding("X214", place, ticket.id, {"ticket": ticket.id})


def _id_day(path: str, record: str, expected: str) -> Iterator[Finding]:
    match = RECORD_ID.fullmatch(record)
    if match and (found := "".join(match.groups()[1:4])) != expected:
        facts = {"found": found, "expected": expected}
        yield Finding("X211", Place(path, keys=("id",)), record, facts)
