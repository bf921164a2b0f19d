"""Reviews and drills, entry by entry: what a final review says, and what only a drill has (R238, R239, X311)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import FINAL_ASKS, has_step
from weibao.model.finding import Finding, place_of
from weibao.model.instant import format_instant, parse_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import FileFacts

_START = "  - {at: 2026-11-24T10:00:00+08:00, event: analysed, by: li-qiang, edition: "

ROWS = (
    Rule(
        code="R238",
        severity=Severity.ERROR,
        title=N_("Final review that says too little"),
        message=N_("The final edition of a review also says this: {missing}."),
        help=N_("Say it, or record it as the preliminary edition until it is known."),
        why=N_(
            "A final review without root cause, or without what it meant for the customer's business, settles nothing: the same fault can come again (requirement 10)."
        ),
        bad=f"{_START}final, trigger: 主控板告警}}\n",
        good=f"{_START}final, trigger: 主控板告警, root_cause: 内存颗粒老化, business_effect: 生产系统中断两小时}}\n",
        facts=("missing",),
    ),
    Rule(
        code="R239",
        severity=Severity.ERROR,
        title=N_("Step of a drill in other work"),
        message=N_("“{event}” belongs to a drill, and this ticket is of kind “{ticket_kind}”."),
        help=N_(
            "Record it in the ticket of the drill; in this one say what happened: `weibao ticket update`."
        ),
        why=N_(
            "What is only played must never be taken for what happened (requirement 31), nor the other way round."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: injected, by: chen-jie, text: 核心机房断电}   # in a ticket of kind fault\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: injected, by: chen-jie, text: 核心机房断电}   # in a ticket of kind drill\n",
        facts=("event", "ticket_kind"),
    ),
    Rule(
        code="X311",
        severity=Severity.ERROR,
        title=N_("Detected after it was reported"),
        message=N_(
            "It is said to have been detected at {at}, after it was reported at {reported_at}."
        ),
        help=N_("Correct the time, or leave it out where nobody knows it."),
        why=N_(
            "Who reports a fault has seen it. A later detection would make the time look shorter for which it went unseen."
        ),
        bad=f"{_START}preliminary, trigger: 主控板告警, detected_at: 2026-11-20T09:30:00+08:00}}   # reported at 09:12\n",
        good=f"{_START}preliminary, trigger: 主控板告警, detected_at: 2026-11-20T09:05:00+08:00}}\n",
        facts=("at", "reported_at"),
    ),
)


def check_reviews_and_drills(facts: FileFacts) -> Iterator[Finding]:
    """What is wrong with the reviews in every ticket, and with the steps that only a drill has."""
    zone = facts.records.contract.zone
    for ticket in facts.records.tickets.values():
        for entry in ticket.log:
            if not has_step(ticket.kind, entry.event):
                shown = {"event": entry.event, "ticket_kind": ticket.kind}
                yield Finding("R239", place_of(ticket.path, entry, "event"), ticket.id, shown)
            elif entry.event == "analysed":
                yield from _final(ticket, entry)
                detected = entry.data.get("detected_at")
                if detected and parse_instant(detected) > ticket.reported_at:
                    times = {
                        "at": format_instant(parse_instant(detected), zone),
                        "reported_at": format_instant(ticket.reported_at, zone),
                    }
                    place = place_of(ticket.path, entry, "detected_at")
                    yield Finding("X311", place, ticket.id, times)


def _final(ticket: Ticket, entry: Entry) -> Iterator[Finding]:
    missing = tuple(key for key in FINAL_ASKS if not entry.data.get(key))
    if entry.data["edition"] == "final" and missing:
        place = place_of(ticket.path, entry, "edition")
        yield Finding("R238", place, ticket.id, {"missing": missing})
