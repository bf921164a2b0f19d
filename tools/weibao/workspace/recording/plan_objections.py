"""What a command refuses of a new ticket: what planned work lacks, what only planned work has, another line of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.model.ticket import DRILL, MEETINGS, PLANNED
from weibao.operations.planned import assets_of
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.instant import Instant
    from weibao.workspace.recording.clone import Desk


_ONLY_PLANNED = ("window", "approved_by", "rollback")
_NEVER_PLANNED = ("severity", "impact")
_OF_A_DRILL = ("emergency_plan", "form")


def require_planned(desk: Desk, given: Mapping[str, Any]) -> None:
    """Refuse a line of the plan that there is not, or that is for other work, and work on nothing.

    What a ticket of this kind cannot keep is refused too, so that nothing that was said is lost.

    Raises:
        Refusal: it says what is missing or too much, or which lines there are.
    """
    kind, plan = given["kind"], given["plan"]
    _require_of_kind(given)
    _require_of_drill(given)
    _require_severity(given)
    lines = tuple(work.id for work in desk.records.plan.work.values() if work.kind == kind)
    if plan and plan not in lines:
        raise UsageRefusal(
            N_("“{plan}” is no line of records/plan.yaml for this kind of work."),
            mend=N_("For this kind it has: {known}.")
            if lines
            else N_(
                "It has none for this kind. Leave out --plan, or add the line by review first."
            ),
            plan=plan,
            known=lines,
        )
    if (
        kind in PLANNED
        and kind not in MEETINGS
        and not (given["assets"] or _means_some(desk, plan))
    ):
        raise UsageRefusal(
            N_("The work has no equipment, so nobody can see what the window is for."),
            mend=N_("Name it: --asset ASSET, several times if need be."),
        )


def _require_of_kind(given: Mapping[str, Any]) -> None:
    planned = given["kind"] in PLANNED
    for_others = _NEVER_PLANNED if planned else _ONLY_PLANNED
    if said := [name for name in for_others if given[name]]:
        raise UsageRefusal(
            N_("Planned work is no fault, and has none of these: {options}.")
            if planned
            else N_("Only planned work has these: {options}."),
            mend=N_("Leave them out; or, if it is a fault, say so: --kind fault.")
            if planned
            else N_(
                "Leave them out; or say which planned work it is: --kind upgrade, --kind downtime, --kind exchange or --kind drill."
            ),
            options=_as_options(said),
        )
    if planned and (lacked := [name for name in _ONLY_PLANNED if not given[name]]):
        raise UsageRefusal(
            N_("Planned work has a window, who approved it, and the way back. Missing: {options}."),
            mend=N_("As in: {example}"),
            options=_as_options(lacked),
            example='--window "2026-12-05 22:00" "2026-12-06 02:00" --approved-by CONTACT --rollback TEXT',
        )


def _require_of_drill(given: Mapping[str, Any]) -> None:
    drill = given["kind"] == DRILL
    said = tuple(name for name in _OF_A_DRILL if given.get(name))
    if said and not drill:
        raise UsageRefusal(
            N_("Only a drill has these: {options}."),
            mend=N_("Leave them out; or, if it is a drill, say so: --kind drill."),
            options=_as_options(said),
        )
    if drill and len(said) < len(_OF_A_DRILL):
        raise UsageRefusal(
            N_("A drill exercises an emergency plan, in some form. Missing: {options}."),
            mend=N_("As in: {example}"),
            options=_as_options(name for name in _OF_A_DRILL if name not in said),
            example="--emergency-plan core-outage --form tabletop",
        )


def _require_severity(given: Mapping[str, Any]) -> None:
    if given["kind"] not in PLANNED and given["severity"] is None:
        raise UsageRefusal(
            N_("The severity that the customer declared is missing: --severity."),
            mend=N_("Planned work alone has none: --kind upgrade, downtime, exchange or drill."),
        )


def _as_options(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"--{name.replace('_', '-')}" for name in names)


def planned_assets(desk: Desk, given: Mapping[str, Any], at: Instant) -> tuple[str, ...]:
    """The equipment that the line of the plan names, of what is covered on that day."""
    if not _means_some(desk, given["plan"]):
        return ()
    day = local_day(at, desk.records.contract.zone)
    return assets_of(desk.records.plan.work[given["plan"]], desk.records.assets, day)


def _means_some(desk: Desk, plan: str) -> bool:
    """Whether a line of the plan names equipment; one that names none means whatever the ticket says."""
    work = desk.records.plan.work.get(plan)
    return work is not None and any((work.asset_ids, work.asset_kinds, work.asset_sites))
