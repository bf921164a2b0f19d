"""What was recorded twice: a fault in two tickets (X212), a round in two inspections (X213)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.fold import fold
from weibao.model.state import claimed
from weibao.model.ticket import REACTIVE
from weibao.operations.coverage import equipment_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.model.inspection import Inspection
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.operations.windows import Window
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X212",
        severity=Severity.WARNING,
        title=N_("Ticket recorded twice"),
        message=N_(
            "{other} says the same: its kind and equipment are those of {ticket}, reported within {limit} minutes of it."
        ),
        help=N_(
            "If it is the same fault, cancel one and name the other: `weibao ticket cancel {ticket} --reason … --duplicate-of {other}`. If they are two, go on with both; it is said no more once both are closed."
        ),
        why=N_(
            "Two people at the desk can take the same report on two laptops without a network between them. A fault counted twice counts twice in every figure, and has two clocks of which only one is looked at."
        ),
        bad=(
            "T20261120-7K3Q9M: kind: fault, assets: [core-sw-01], reported_at: 2026-11-20T09:12:00+08:00\n"
            "T20261120-2D8VXN: kind: fault, assets: [core-sw-01], reported_at: 2026-11-20T09:14:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-7K3Q9M}\n"
        ),
        facts=("ticket", "other", "limit"),
    ),
    Rule(
        code="X213",
        severity=Severity.WARNING,
        title=N_("Round inspected twice"),
        message=N_(
            "{other} is of the same round, {plan} {period}, and has this equipment too: {assets}."
        ),
        help=N_(
            "Go on with one of them. If the other was begun by mistake or names the wrong round, say so, and it is told no more: `weibao inspection amend {inspection} --field period --value … --reason …`."
        ),
        why=N_(
            "A round is done by one inspection (requirement 31). Begun a second time, its checks lie in two records, and neither of them shows what was looked at and what was not."
        ),
        bad=(
            "I20261120-4F2MXA: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01]\n"
            "I20261120-9QZ7TB: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01, acc-sw-02]\n"
        ),
        good=(
            "I20261120-4F2MXA: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01]\n"
            "I20261120-9QZ7TB: plan: quarterly-inspection, period: 2026-Q4, assets: [acc-sw-02]\n"
        ),
        facts=("inspection", "other", "plan", "period", "assets"),
    ),
    Rule(
        code="X216",
        severity=Severity.WARNING,
        title=N_("Work planned twice"),
        message=N_(
            "{other} is for the same kind of work on the same equipment, in a window that overlaps with that of {ticket}: {assets}."
        ),
        help=N_(
            "If it is the same work, cancel one and name the other: `weibao ticket cancel {ticket} --reason … --duplicate-of {other}`. If they are two, go on with both; it is said no more once both are closed."
        ),
        why=N_(
            "Two people can plan the same work on two laptops without a network between them. The customer approves one window twice, one of the two is missed, and nobody knows who goes."
        ),
        bad=(
            "T20261120-7K3Q9M: kind: upgrade, assets: [core-sw-01], window: 2026-11-28 22:00 to 02:00\n"
            "T20261120-2D8VXN: kind: upgrade, assets: [core-sw-01], window: 2026-11-28 23:00 to 03:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: chen-jie, reason: 重复计划, duplicate_of: T20261120-7K3Q9M}\n"
        ),
        facts=("ticket", "other", "assets"),
    ),
)

WITHIN = 30 * 60
"""How many seconds apart two reports of one fault may have been taken; a default, not a term."""


def check_tickets(facts: FileFacts) -> Iterator[Finding]:
    """Reports that are in two tickets."""
    return repeats_among(facts.records.tickets.values())


def repeats_among(tickets: Iterable[Ticket]) -> Iterator[Finding]:
    """Tickets that may say again what an earlier one of the same kind says.

    Two that are both closed were two: work was done and confirmed on each. One that is cancelled
    stands in for nothing.
    """
    earlier: dict[tuple[str, str], list[Ticket]] = {}
    unsettled = _unsettled_pairs()
    for ticket in sorted(tickets, key=lambda ticket: (ticket.reported_at, ticket.id)):
        if ticket.kind not in REACTIVE:
            continue
        found: Ticket | None = None
        for asset in ticket.assets:
            near = [
                earlier_ticket
                for earlier_ticket in earlier.get((ticket.kind, asset), ())
                if ticket.reported_at - earlier_ticket.reported_at <= WITHIN
            ]
            found = found or next(
                (earlier_ticket for earlier_ticket in near if unsettled(earlier_ticket, ticket)),
                None,
            )
            earlier[ticket.kind, asset] = [*near, ticket]
        if found is not None:
            facts = {"ticket": ticket.id, "other": found.id, "limit": WITHIN // 60}
            yield Finding("X212", Place(ticket.path, keys=("assets",)), ticket.id, facts)


def check_planned_twice(facts: FileFacts) -> Iterator[Finding]:
    """Planned work of one kind that has equipment and time in common with an earlier ticket's."""
    earlier: dict[tuple[str, str], list[tuple[Ticket, Window]]] = {}
    unsettled = _unsettled_pairs()
    planned = [
        (ticket, ticket.window) for ticket in facts.records.tickets.values() if ticket.window
    ]
    for ticket, window in sorted(planned, key=lambda row: (row[0].reported_at, row[0].id)):
        shared: dict[str, list[str]] = {}
        for asset in ticket.assets:
            same = earlier.setdefault((ticket.kind, asset), [])
            for other, (start, end) in same:
                if start < window[1] and window[0] < end and unsettled(other, ticket):
                    shared.setdefault(other.id, []).append(asset)
            same.append((ticket, window))
        if shared:
            other_id = min(shared)
            shown = {"ticket": ticket.id, "other": other_id, "assets": tuple(shared[other_id])}
            yield Finding("X216", Place(ticket.path, keys=("window",)), ticket.id, shown)


def check_inspections(facts: FileFacts) -> Iterator[Finding]:
    """Inspections that have equipment in common with an earlier one of the same plan and period.

    A period of several rounds has as many inspections of it; one whose round was corrected stands in for
    the round that is meant.
    """
    earlier: dict[tuple[str, str], dict[str, list[str]]] = {}
    for inspection in sorted(
        facts.records.inspections.values(), key=lambda inspection: inspection.id
    ):
        inspected = earlier.setdefault((inspection.plan, inspection.period), {})
        equipment = equipment_of(facts.records.plan, facts.records.assets, inspection)
        shared = tuple(asset for asset in equipment if asset in inspected)
        if shared:
            planned = _rounds(facts.records, inspection)
            shared = tuple(asset for asset in shared if len(inspected[asset]) >= planned)
        if shared:
            shown = {
                "inspection": inspection.id,
                "other": inspected[shared[0]][0],
                "plan": inspection.plan,
                "period": inspection.period,
                "assets": shared,
            }
            yield Finding("X213", Place(inspection.path, keys=("assets",)), inspection.id, shown)
        for asset in equipment:
            inspected.setdefault(asset, []).append(inspection.id)


def _rounds(records: Records, inspection: Inspection) -> int:
    """How many rounds the plan has in the period of an inspection; one where it does not say."""
    work = records.plan.work.get(inspection.plan)
    from weibao.operations.planned import rounds_in  # not needed by most files that are checked

    return max(1, len(rounds_in(work, inspection.period))) if work else 1


def _unsettled_pairs() -> Callable[[Ticket, Ticket], bool]:
    """Whether neither of two is cancelled and work on at least one still goes on; each is folded once."""
    known: dict[str, tuple[bool, bool]] = {}

    def standing(ticket: Ticket) -> tuple[bool, bool]:
        if ticket.id not in known:
            state = fold("ticket", claimed(ticket.log))
            known[ticket.id] = state.cancelled is not None, state.ended
        return known[ticket.id]

    def unsettled(one: Ticket, other: Ticket) -> bool:
        cancelled, ended = standing(one)
        other_cancelled, other_ended = standing(other)
        return not (cancelled or other_cancelled or (ended and other_ended))

    return unsettled
