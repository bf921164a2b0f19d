"""Emergency plans as pages, and the drills that name them (R237, R240)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.emergency import emergency_plans, plan_ids
from weibao.model.finding import Finding, Place
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="R237",
        severity=Severity.WARNING,
        title=N_("Emergency plan that does not say what it is"),
        message=N_(
            "The page does not say this of itself, or not so that it can be read: {missing}."
        ),
        help=N_(
            "Write between two lines of --- at its top `id: …` (the name of the file), `version: …`, `scenario: …`, and once the customer agreed `approved_by`, `approved_on` and, if it is to be other than 366d, `review_within`."
        ),
        why=N_(
            "Which plan was exercised, and in which version, is known only where the plan says so (requirement 31)."
        ),
        bad="---\ntitle: 核心机房断电应急预案\n---\n",
        good="---\nid: core-outage\nversion: '1.0'\nscenario: 核心机房断电\napproved_by: zhang-gong\napproved_on: 2026-01-12\n---\n",
        facts=("missing",),
    ),
    Rule(
        code="R240",
        severity=Severity.WARNING,
        title=N_("Drill of an unknown plan"),
        message=N_("“{plan}” is no emergency plan: it has no page under docs/emergency/."),
        help=N_(
            "Name one that there is, with `weibao ticket amend TICKET --field emergency_plan` if it has landed; or write the page."
        ),
        why=N_("A drill exercises a plan (requirement 31), or nobody knows what it has shown."),
        bad="emergency_plan: core-outrage\n",
        good="emergency_plan: core-outage\n",
        facts=("plan", "nearest"),
    ),
)


def check_emergency_pages(facts: FileFacts) -> Iterator[Finding]:
    """Pages of emergency plans that lack what a plan says of itself."""
    for plan in emergency_plans(facts.files):
        if plan.missing:
            yield Finding("R237", Place(plan.path), "", {"missing": plan.missing})


def check_drills(facts: FileFacts) -> Iterator[Finding]:
    """Drills that name a plan that has no page."""
    known = plan_ids(facts.names)
    for ticket in facts.records.tickets.values():
        named = ticket.emergency_plan
        if named and named not in known:
            nearest = get_close_matches(named, sorted(known), 1)
            shown = {"plan": named, "nearest": nearest[0] if nearest else ""}
            place = Place(ticket.path, keys=("emergency_plan",))
            yield Finding("R240", place, ticket.id, shown)
