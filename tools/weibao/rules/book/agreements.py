"""Agreements: the resource plan, depots, spares for each model, makers' support, actions (O213–O216, O299)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import local_day, midnight
from weibao.operations.actions import actions_of
from weibao.operations.qualification import own_equipment
from weibao.operations.resource_plan import approval_of
from weibao.rules.lapses import edges, lapse, lapses_by_day, standing_by_day
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.contract import Contract
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.operations.actions import Action
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O213",
        severity=Severity.WARNING,
        title=N_("Resource plan not approved in time"),
        message=N_("Resource plan {version} was to be approved by {due}; approved on: “{given}”."),
        help=N_(
            "Ask the customer to approve it, and say who did and when in records/contract.yaml under `resource_plan`."
        ),
        why=N_(
            "People, spares and response are agreed with the customer soon after the start (requirement 12); until then nobody knows what the provider has to keep ready."
        ),
        bad="resource_plan: {version: '1.2', file: docs/resource-plan.md, due_within: 30d}\n",
        good="resource_plan: {version: '1.2', file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-01-12, due_within: 30d}\n",
        facts=("version", "due", "given"),
    ),
    Rule(
        code="O214",
        severity=Severity.WARNING,
        title=N_("Depot that cannot be reached"),
        message=N_("Depot “{depot}” has no address, or its keeper has no role today."),
        help=N_(
            "Give it an address and a keeper who is at work, in records/spares.yaml and records/staff.yaml."
        ),
        why=N_(
            "The customer has a local depot to turn to (requirement 17) and may inspect it at any time. One that nobody can find or call is none."
        ),
        bad="shenyang-depot: {name: {zh: 沈阳备件库}, keeper: sun-yu}   # sun-yu has left\n",
        good="shenyang-depot: {name: {zh: 沈阳备件库}, address: {zh: 沈阳市和平区}, keeper: zhou-li}\n",
        facts=("depot",),
    ),
    Rule(
        code="O215",
        severity=Severity.WARNING,
        title=N_("Model without a spare part"),
        message=N_(
            "No part of the catalogue fits {model}; equipment under the contract of this model: {number}."
        ),
        help=N_(
            "Add a part that fits it to records/spares.yaml, or name the model under `fits` of one that does."
        ),
        why=N_(
            "The list of spares says what can be replaced, and from where (requirement 18). A model that is missing from it waits for the maker when it fails."
        ),
        bad="fits: [S12708]          # and there is an S12712 under the contract\n",
        good="fits: [S12708, S12712]\n",
        facts=("model", "assets", "number"),
    ),
    Rule(
        code="O299",
        severity=Severity.NOTE,
        title=N_("Equipment that its maker supports no more"),
        message=N_("The maker has supported {asset} until {day}, and it is under the contract."),
        help=N_(
            "Agree with the customer when it is replaced, or how it is mended without its maker; if the day is wrong, correct it in records/assets.yaml: `end_of_support`."
        ),
        why=N_(
            "Parts, software and the second line of support come from the maker (requirements 11 and 20). Past its last day a fault may have to be mended without."
        ),
        bad="core-sw-01: {end_of_support: 2026-06-30, covered: {from: 2026-01-01, to: 2026-12-31}}   # it is November 2026\n",
        good="core-sw-01: {end_of_support: 2029-06-30, covered: {from: 2026-01-01, to: 2026-12-31}}\n",
        facts=("asset", "day"),
    ),
    Rule(
        code="O216",
        severity=Severity.WARNING,
        title=N_("Corrective action overdue"),
        message=N_("“{action}” was to be done by {due}; its owner is {owner}."),
        help=N_(
            "Do it and record it with `weibao action done`; if it needs longer, raise a new one with the customer that says why."
        ),
        why=N_(
            "Audits of the process records lead to improvement (requirement 10). An action that nobody finishes is a finding that comes again."
        ),
        bad="  - {at: 2026-09-21T09:00:00+08:00, event: raised, by: chen-jie, action: spare-mpu, about: {audit: 2026-Q3}, text: 增设备件, owner: sun-yu, due: 2026-10-20}   # it is November\n",
        good=(
            "  - {at: 2026-09-21T09:00:00+08:00, event: raised, by: chen-jie, action: spare-mpu, about: {audit: 2026-Q3}, text: 增设备件, owner: sun-yu, due: 2026-10-20}\n"
            "  - {at: 2026-10-12T16:00:00+08:00, event: done, by: sun-yu, action: spare-mpu}\n"
        ),
        facts=("action", "owner", "due"),
    ),
)

CONTRACT = "records/contract.yaml"

SPARES = "records/spares.yaml"

ACTIONS, ASSETS = "records/actions.yaml", "records/assets.yaml"

_DAY = timedelta(days=1)

NOTICE = timedelta(days=60)
"""How long before its end a warranty must be seen to."""


def check_agreements(facts: BookFacts) -> Iterator[Finding]:
    """What was agreed and is running out, was not done in time, or lacks what makes it useful."""
    records, as_of = facts.records, facts.as_of
    today = local_day(as_of, records.contract.zone)
    yield from _resource_plan(records.contract, today)
    yield from standing_by_day(facts, *_by_day(records))
    yield from _unsupported(records, today)
    yield from _actions(records, as_of)


def lapses_of_agreements(facts: BookFacts) -> Iterator[Lapse]:
    """Depots without a keeper, actions that were done late."""
    records = facts.records
    zone = records.contract.zone
    yield from lapses_by_day(facts, *_by_day(records))
    for action in actions_of(records.actions, facts.as_of, zone):
        done = next((step.at for step in action.steps if step.event == "done"), None)
        if done is not None and action.due < date.max:
            yield from lapse(facts, _late(action), midnight(action.due + _DAY, zone), done)


def _by_day(records: Records) -> tuple[list[date], Callable[[date], Iterator[Finding]]]:
    """The days on which depots or models may come to lack something, and what they lack on a day."""
    people = records.staff.people.values()
    spans = [(role.start, role.end) for person in people for role in person.roles]
    spans += [(asset.covered_from, asset.covered_to) for asset in records.assets.values()]

    def found(day: date) -> Iterator[Finding]:
        yield from _depots(records, day)
        yield from _models(records, day)

    return [day for span in spans for day in edges(*span)], found


def _resource_plan(contract: Contract, today: date) -> Iterator[Finding]:
    """A resource plan that the customer approved too late, or has yet to (requirement 12)."""
    approval = approval_of(contract)
    if approval.due and approval.late(today):
        given = approval.given.isoformat() if approval.given else ""
        facts = {
            "version": approval.version or "—",
            "due": approval.due.isoformat(),
            "given": given,
        }
        late = midnight(approval.due + _DAY, contract.zone)
        yield Finding("O213", Place(CONTRACT, keys=("resource_plan",)), "", facts, late)


def _depots(records: Records, today: date) -> Iterator[Finding]:
    """Depots that nobody could find or call: no address, or no keeper at work (requirement 17)."""
    for depot in records.spares.depots.values():
        keeper = records.staff.people.get(depot.keeper)
        if not depot.address or not (keeper and keeper.roles_on(today)):
            place = Place(SPARES, keys=("depots", depot.id))
            yield Finding("O214", place, "", {"depot": depot.id})


def _models(records: Records, today: date) -> Iterator[Finding]:
    """Models under the contract that no part of the catalogue fits (requirement 18)."""
    fitting = {model for part in records.spares.parts.values() for model in part.fits}
    equipment = own_equipment(records.assets, records.contract, today)
    for model in dict.fromkeys(asset.model for asset in equipment if asset.model):
        if model not in fitting:
            assets = tuple(asset.id for asset in equipment if asset.model == model)
            facts = {"model": model, "assets": assets, "number": len(assets)}
            yield Finding("O215", Place(SPARES, keys=("parts",)), "", facts)


def _unsupported(records: Records, today: date) -> Iterator[Finding]:
    """Equipment under the contract beyond the last day on which its maker supports it."""
    for asset in own_equipment(records.assets, records.contract, today):
        if asset.end_of_support and asset.end_of_support < today:
            place = Place(ASSETS, keys=("assets", asset.id, "end_of_support"))
            shown = {"asset": asset.id, "day": asset.end_of_support.isoformat()}
            yield Finding("O299", place, "", shown)


def _actions(records: Records, as_of: Instant) -> Iterator[Finding]:
    """Corrective actions that were not done by their day (requirement 10)."""
    for action in actions_of(records.actions, as_of, records.contract.zone):
        if action.overdue:
            due = midnight(action.due + _DAY, records.contract.zone)
            yield replace(_late(action), since=due)


def _late(action: Action) -> Finding:
    raised = next(step for step in action.steps if step.event == "raised")
    facts = {"action": action.id, "owner": action.owner, "due": action.due.isoformat()}
    return Finding("O216", place_of(ACTIONS, raised, "due"), "", facts)
