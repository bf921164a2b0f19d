"""Agreements: credentials, the resource plan, depots, spares for each model, actions (O21x)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.instant import local_day
from weibao.operations.actions import actions_of
from weibao.operations.qualification import own_equipment
from weibao.operations.resource_plan import approval_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.records import Records

CONTRACT = "records/contract.yaml"
SPARES = "records/spares.yaml"
ACTIONS = "records/actions.yaml"

NOTICE = timedelta(days=60)
"""How long before its end a credential must be seen to (requirement 11)."""


def check_agreements(records: Records, as_of: Instant) -> Iterator[Finding]:
    """What was agreed and is running out, was not done in time, or lacks what makes it useful."""
    today = local_day(as_of, records.contract.zone)
    yield from _credentials(records.contract, today)
    yield from _resource_plan(records.contract, today)
    yield from _depots(records, today)
    yield from _models(records, today)
    yield from _actions(records, as_of)


def _credentials(contract: Contract, today: date) -> Iterator[Finding]:
    """Credentials that ran out, or will within :data:`NOTICE`; a renewed one is as good as new."""
    last: dict[tuple[str, str], tuple[date, int]] = {}
    for index, one in enumerate(contract.data.get("credentials", ())):
        what = (one["issuer"], one["name"])
        last[what] = max(last.get(what, (date.min, 0)), (date.fromisoformat(one["to"]), index))
    for (issuer, name), (end, index) in last.items():
        place = Place(CONTRACT, keys=("credentials", index, "to"))
        facts = {"issuer": issuer, "name": name, "to": end.isoformat()}
        if end < today:
            yield Finding("O211", place, "", facts)
        elif end < today + NOTICE:
            yield Finding("O212", place, "", facts)


def _resource_plan(contract: Contract, today: date) -> Iterator[Finding]:
    """A resource plan that the customer approved too late, or has yet to (requirement 12)."""
    approval = approval_of(contract)
    if approval and approval.due and approval.late(today):
        given = approval.given.isoformat() if approval.given else ""
        facts = {"version": approval.version, "due": approval.due.isoformat(), "given": given}
        yield Finding("O213", Place(CONTRACT, keys=("resource_plan",)), "", facts)


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
    for model in dict.fromkeys(one.model for one in equipment if one.model):
        if model not in fitting:
            assets = tuple(one.id for one in equipment if one.model == model)
            facts = {"model": model, "assets": assets, "number": len(assets)}
            yield Finding("O215", Place(SPARES, keys=("parts",)), "", facts)


def _actions(records: Records, as_of: Instant) -> Iterator[Finding]:
    """Corrective actions that were not done by their day (requirement 10)."""
    for action in actions_of(records.actions, as_of, records.contract.zone):
        if action.overdue:
            raised = next(one for one in action.steps if one.event == "raised")
            place = Place(ACTIONS, raised.line, keys=("log", raised.index, "due"))
            facts = {"action": action.id, "owner": action.owner, "due": action.due.isoformat()}
            yield Finding("O216", place, "", facts)
