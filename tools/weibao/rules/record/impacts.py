"""Impact: stated of faults, lowered by the customer alone, and of groups that can work (X221, X222, R228)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.impact import Impact, impacts_in
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"

ROWS = (
    Rule(
        code="X221",
        severity=Severity.WARNING,
        title=N_("Impact lowered without consent"),
        message=N_(
            "“{on}” is said to be no worse than “{state}”, and nobody of the customer agreed."
        ),
        help=N_(
            "Ask the customer and record the consent: `consent_by: CONTACT` in a new entry. Without it the impact stays what it was."
        ),
        why=N_(
            "What is lost is what the customer sees. A lower impact makes the service look better and its availability higher, so only the customer can say so; a graver one needs no consent."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: impact, by: wang-lei, impact: [{on: wan, state: none}]}\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: impact, by: wang-lei, impact: [{on: wan, state: none}], consent_by: zhang-gong}\n",
        facts=("on", "state"),
    ),
    Rule(
        code="X222",
        severity=Severity.ERROR,
        title=N_("Impact of what is no fault"),
        message=N_("A ticket of kind “{kind}” has no impact: only faults have."),
        help=N_("Open a ticket of kind fault for what does not work, and state its impact there."),
        why=N_(
            "A question or a request takes nothing down, and planned work is maintenance within its window. An impact stated there would count for nothing, and look as if it did."
        ),
        bad="kind: request\n",
        good="kind: fault\n",
        facts=("kind",),
    ),
    Rule(
        code="R228",
        severity=Severity.ERROR,
        title=N_("Group that can never work"),
        message=N_("Group “{group}” needs {need} of its {number} assets to work."),
        help=N_("Write under `need` how many of the assets must work, at most all of them."),
        why=N_(
            "What rests on a redundancy group is out while fewer of its assets work than it needs. One that needs more than it has would be out for ever."
        ),
        bad="core: {assets: [core-sw-01, core-sw-02], need: 3}\n",
        good="core: {assets: [core-sw-01, core-sw-02], need: 1}\n",
        facts=("group", "need", "number"),
    ),
)


def check_impacts(facts: FileFacts) -> Iterator[Finding]:
    """Statements of impact that count for nothing."""
    for ticket in facts.records.tickets.values():
        known = dict(ticket.impact)
        for entry in ticket.log:
            if entry.event != "impact":
                continue
            place = place_of(ticket.path, entry, "impact")
            if ticket.kind != "fault":
                yield Finding("X222", place, ticket.id, {"kind": ticket.kind})
                continue
            for affected, level in impacts_in(entry.data["impact"]).items():
                lowered = level < known.get(affected, Impact.DEGRADED)
                if lowered and "consent_by" not in entry.data:
                    yield Finding("X221", place, ticket.id, {"on": affected, "state": level.word})
                else:
                    known[affected] = level


def check_groups(facts: FileFacts) -> Iterator[Finding]:
    """Redundancy groups that need more than they have."""
    for number, terms in enumerate(facts.records.contract.availability):
        for group in terms.groups:
            if group.need > len(group.assets):
                place = Place(CONTRACT, keys=("availability", number, "groups", group.id, "need"))
                shown = {"group": group.id, "need": group.need, "number": len(group.assets)}
                yield Finding("R228", place, "", shown)
