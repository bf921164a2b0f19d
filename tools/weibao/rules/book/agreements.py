"""Agreements: credentials, the resource plan, depots, spares for each model, actions (O21x)."""

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
    from collections.abc import Callable, Iterator, Mapping

    from weibao.model.contract import Contract
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.operations.actions import Action
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O211",
        severity=Severity.WARNING,
        title=N_("Credential expired"),
        message=N_("“{name}” of “{issuer}” ended on {to}."),
        help=N_("Renew it, and list the new one in records/contract.yaml under `credentials`."),
        why=N_(
            "The provider's standing with makers and carriers brings the customer spare parts, software and the second line of support (requirement 11)."
        ),
        bad="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-06-01, to: 2026-05-31}]   # it is November 2026\n",
        good="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0002', from: 2026-06-01, to: 2028-05-31}]\n",
        facts=("name", "issuer", "to"),
    ),
    Rule(
        code="O212",
        severity=Severity.WARNING,
        title=N_("Credential about to expire"),
        message=N_("“{name}” of “{issuer}” ends on {to}, in less than 60 days."),
        help=N_(
            "Begin its renewal now, and list the new one in records/contract.yaml under `credentials` once it is there."
        ),
        why=N_(
            "A maker takes weeks to renew a credential; a provider without one cannot get parts and software for the customer (requirement 11)."
        ),
        bad="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-12-01, to: 2026-12-31}]   # it is November 2026\n",
        good="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0002', from: 2027-01-01, to: 2028-12-31}]\n",
        facts=("name", "issuer", "to"),
    ),
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

ACTIONS = "records/actions.yaml"

_DAY = timedelta(days=1)

NOTICE = timedelta(days=60)
"""How long before its end a credential must be seen to (requirement 11)."""


def check_agreements(facts: BookFacts) -> Iterator[Finding]:
    """What was agreed and is running out, was not done in time, or lacks what makes it useful."""
    records, as_of = facts.records, facts.as_of
    today = local_day(as_of, records.contract.zone)
    yield from _credentials(records.contract, today)
    yield from _resource_plan(records.contract, today)
    yield from standing_by_day(facts, *_by_day(records))
    yield from _actions(records, as_of)


def lapses_of_agreements(facts: BookFacts) -> Iterator[Lapse]:
    """Credentials that were renewed too late, depots without a keeper, actions that were done late."""
    records = facts.records
    zone = records.contract.zone
    for expired, start, end in _gaps(records.contract):
        yield from lapse(facts, expired, midnight(start, zone), midnight(end, zone))
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


def _gaps(contract: Contract) -> Iterator[tuple[Finding, date, date]]:
    """Between two credentials of one name: that the first had run out, from when, until when."""
    named: dict[tuple[str, str], list[tuple[date, date, int]]] = {}
    for index, credential in enumerate(contract.data.get("credentials", ())):
        start, end = (date.fromisoformat(credential[key]) for key in ("from", "to"))
        what = (credential["issuer"], credential["name"])
        named.setdefault(what, []).append((start, end, index))
    for (issuer, name), held in named.items():
        first, *later = sorted(held)
        _, end, index = first
        for begins, ends, number in later:
            if begins > end:
                yield _expired(issuer, name, end, index), end + _DAY, begins
            end, index = max((end, index), (ends, number))


def _expired(issuer: str, name: str, end: date, index: int) -> Finding:
    place = Place(CONTRACT, keys=("credentials", index, "to"))
    return Finding("O211", place, "", {"issuer": issuer, "name": name, "to": end.isoformat()})


def newest_credentials(contract: Contract) -> Mapping[tuple[str, str], tuple[date, int]]:
    """By issuer and name, the last day of the newest credential, and its place in the list."""
    last: dict[tuple[str, str], tuple[date, int]] = {}
    for index, credential in enumerate(contract.data.get("credentials", ())):
        what = (credential["issuer"], credential["name"])
        last[what] = max(
            last.get(what, (date.min, 0)), (date.fromisoformat(credential["to"]), index)
        )
    return last


def _credentials(contract: Contract, today: date) -> Iterator[Finding]:
    """Credentials that ran out, or will within :data:`NOTICE`; a renewed one is as good as new."""
    for (issuer, name), (end, index) in newest_credentials(contract).items():
        expired = _expired(issuer, name, end, index)
        if end < today:
            yield replace(expired, since=midnight(end + _DAY, contract.zone))
        elif end < today + NOTICE:
            begun = midnight(end + _DAY - NOTICE, contract.zone)
            yield replace(expired, code="O212", since=begun)


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
