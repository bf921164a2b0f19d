"""Emergency plans, each with the drill that exercised it last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.emergency import emergency_plans

if TYPE_CHECKING:
    from weibao.model.emergency import EmergencyPlan
    from weibao.report.book import Book


def exercised_plans(book: Book) -> tuple[tuple[EmergencyPlan, str], ...]:
    """Every plan that has a page, and the id of the last drill of it that was held; "" where there was none."""
    held: dict[str, tuple[int, str]] = {}
    for ticket in book.records.tickets.values():
        end = book.states[ticket.id].finished
        if ticket.emergency_plan and end is not None:
            last = held.get(ticket.emergency_plan, (0, ""))
            held[ticket.emergency_plan] = max(last, (end.instant, ticket.id))
    return tuple((plan, held.get(plan.id, (0, ""))[1]) for plan in emergency_plans(book.files))
