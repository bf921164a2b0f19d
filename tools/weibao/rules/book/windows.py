"""Planned work and its window: announced, approved, in it, or a fault under another name (O234, O235, O237–O239)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.impact import Impact
from weibao.model.instant import format_instant, local_day
from weibao.operations.windows import agreed_window, work_done
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity
from weibao.sla.backing import approval_shown, backed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.windows import Window
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O234",
        severity=Severity.WARNING,
        title=N_("Planned work outside its window"),
        message=N_("“{event}” at {at} lies outside the window from {from} to {to}."),
        help=N_(
            "If the customer moved the window, record it with `weibao ticket amend` and let them countersign it. Else say in the ticket why."
        ),
        why=N_(
            "The customer agreed to a window in which its business can bear the work (requirement 31); outside of it an upgrade is an outage."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # begun at 04:30\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # begun at 22:05\n",
        facts=("event", "at", "from", "to"),
    ),
    Rule(
        code="O235",
        severity=Severity.WARNING,
        title=N_("Planned work begun before it was on record"),
        message=N_(
            "The window or the work began at {at}; the ticket with its approval was recorded at {recorded}."
        ),
        help=N_(
            "Open the ticket with `approved_by`, window and rollback before the window opens. For this one, ask the customer to countersign it. If it was a fault, open it as one, and cancel this: `weibao ticket cancel --duplicate-of`."
        ),
        why=N_(
            "Planned work begins after the customer's approval (requirement 31). An approval that was written down afterwards proves nothing; and a fault that is filed as planned work has no promise, so what was not announced is told."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-29T09:00\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-20T09:00\n",
        facts=("at", "recorded"),
    ),
    Rule(
        code="O237",
        severity=Severity.WARNING,
        title=N_("Window missed"),
        message=N_("The window from {from} to {to} is over, and no work was begun in it."),
        help=N_(
            "Record the work, if it was done. Else agree another window and record it with `weibao ticket amend`, countersigned by the customer; or cancel the work, with the reason: `weibao ticket cancel`."
        ),
        why=N_(
            "The customer kept the window free, and put up with the work (requirement 31). A window that passes in silence is asked for twice, and the work that was due is still to be done."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # and no step after 2026-11-27\n",
        good="  - {at: 2026-11-28T22:05:00+08:00, event: arrived, by: li-qiang}\n",
        facts=("from", "to"),
    ),
    Rule(
        code="O238",
        severity=Severity.WARNING,
        title=N_("Planned work that overran its window"),
        message=N_("The window ended at {to}; the work went on {late_by} beyond it."),
        help=N_(
            "If the customer extended the window, record it with `weibao ticket amend` and let them countersign it. Else finish, or go back by the rollback, and say in the ticket why."
        ),
        why=N_(
            "The customer agreed to a window in which its business can bear the work (requirement 31); what goes on beyond it is an outage, and counts as one."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # resolved at 04:30\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T05:00:00+08:00}   # resolved at 04:30\n",
        facts=("to", "late_by"),
    ),
    Rule(
        code="O239",
        severity=Severity.WARNING,
        title=N_("Planned work whose approval nobody shows"),
        message=N_(
            "The window or the work began at {at}, and nothing but the provider's word says that {contact} approved it; what it took down counts as an outage."
        ),
        help=N_(
            "Let the customer countersign the ticket, or attach the written approval before the window opens: `weibao ticket attach TICKET FILE --entries opened`. If it was a fault, open it as one."
        ),
        why=N_(
            "A fault has its promises, planned work has none (requirements 30 and 31). What sets them apart is that the customer agreed beforehand: work that takes something down, and that nobody of the customer is seen to have approved, may be a fault under another name."
        ),
        bad="approved_by: zhang-gong   # and neither a signature nor a document\n",
        good="  - {at: 2026-11-26T10:00:00+08:00, event: attached, by: chen-jie, file: records/attachments/…, sha256: …, caption: 停机批准单}\n",
        facts=("at", "contact"),
    ),
)


def check_windows(facts: BookFacts) -> Iterator[Finding]:
    """Planned work that was not announced or approved, missed its window, left it or overran it (requirement 31)."""
    for ticket in facts.records.tickets.values():
        window = _window(ticket, facts)
        if window is not None:
            work = work_done(ticket, window[0], facts.as_of)
            yield from _frame(ticket, window, work, facts)
            yield from _announced(ticket, window, work, facts)


def lapses_of_windows(facts: BookFacts) -> Iterator[Lapse]:
    """Windows that were missed, and whose work was cancelled after that."""
    for ticket in facts.records.tickets.values():
        window, cancelled = _window(ticket, facts), facts.states[ticket.id].cancelled
        if window is None or cancelled is None or work_done(ticket, window[0], facts.as_of):
            continue
        yield from lapse(facts, _missed(ticket, window, facts), window[1], cancelled.instant)


def _window(ticket: Ticket, facts: BookFacts) -> Window | None:
    if ticket.window is None:
        return None
    proof, firsthand = facts.proofs[ticket.id], facts.records.contract.evidence.firsthand
    moved = any(made.key.partition(".")[0] == "window" for made in ticket.amendments)
    return agreed_window(ticket, proof, backed(proof, firsthand)) if moved else ticket.window


def _frame(
    ticket: Ticket, window: Window, work: tuple[Entry, ...], facts: BookFacts
) -> Iterator[Finding]:
    """Work outside its window, beyond it, or none: one finding each."""
    (start, end), zone, proof = window, facts.records.contract.zone, facts.proofs[ticket.id]
    if not work:
        missed = facts.as_of > end and not proof.old(end)
        if missed and facts.states[ticket.id].cancelled is None:
            yield replace(_missed(ticket, window, facts), since=end)
        return
    outside = next((entry for entry in work if _lies_before(entry, start)), None)
    outside = outside or (work[0] if work[0].at > end else None)
    finished = next((entry.at for entry in reversed(work) if entry.event == "resolved"), None)
    if outside is not None and outside.index not in proof.old_lines:
        shown = {"event": outside.event, "at": format_instant(outside.at, zone)}
        shown |= {"from": format_instant(start, zone), "to": format_instant(end, zone)}
        yield Finding("O234", place_of(ticket.path, outside, "at"), ticket.id, shown)
    overran = work[0].at <= end and not proof.old(end)
    if overran and end < (until := facts.as_of if finished is None else finished):
        late = {"to": format_instant(end, zone), "late_by": until - end}
        yield Finding("O238", Place(ticket.path, keys=("window",)), ticket.id, late, end)


def _lies_before(entry: Entry, start: Instant) -> bool:
    """Whether work lies before its window; who is there before it opens has not begun yet."""
    return entry.at < start and entry.event != "arrived"


def _missed(ticket: Ticket, window: Window, facts: BookFacts) -> Finding:
    start, end = (format_instant(edge, facts.records.contract.zone) for edge in window)
    return Finding(
        "O237", Place(ticket.path, keys=("window",)), ticket.id, {"from": start, "to": end}
    )


def _announced(
    ticket: Ticket, window: Window, work: tuple[Entry, ...], facts: BookFacts
) -> Iterator[Finding]:
    """Work of which nothing was on record before it began, or that nobody of the customer is seen to have approved."""
    contract, proof = facts.records.contract, facts.proofs[ticket.id]
    # Who is there before the window opens has not begun yet.
    began = min([window[0], *(step.at for step in work if step.event != "arrived")])
    if (
        facts.as_of < began
        or proof.old(began)
        or (facts.states[ticket.id].cancelled is not None and not work)
    ):
        return
    at = format_instant(began, contract.zone)
    recorded = min(
        (
            entry.effective if entry.grade is Grade.IMPORTED else entry.evidence
            for entry in proof.entries
            if entry.evidence is not None
        ),
        default=None,
    )
    if recorded is not None and recorded > began + contract.evidence.tolerance:
        shown = {"at": at, "recorded": format_instant(recorded, contract.zone)}
        yield Finding("O235", Place(ticket.path, keys=("approved_by",)), ticket.id, shown, began)
        return
    effect = contract.availability_on(local_day(began, contract.zone)).effect(ticket.kind, None)
    taken = max(effect.asset, effect.service) > Impact.NONE
    firsthand = contract.evidence.firsthand
    if work and taken and not approval_shown(ticket, proof, facts.customer, firsthand, facts.as_of):
        shown = {"at": at, "contact": ticket.approved_by}
        yield Finding("O239", Place(ticket.path, keys=("approved_by",)), ticket.id, shown, began)
