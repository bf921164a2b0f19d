"""What a command refuses of a new ticket of planned work: another line of the plan, no equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.model.ticket import PLANNED
from weibao.operations.planned import assets_of
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.instant import Instant
    from weibao.workspace.recording.clone import Desk


def require_planned(desk: Desk, given: Mapping[str, Any]) -> None:
    """Refuse a line of the plan that there is not, or that is for other work, and work on nothing.

    Raises:
        Refusal: it says which lines there are.
    """
    kind, plan = given["kind"], given["plan"]
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
    if kind in PLANNED and kind != "exchange" and not (given["assets"] or _means_some(desk, plan)):
        raise UsageRefusal(
            N_("The work has no equipment, so nobody can see what the window is for."),
            mend=N_("Name it: --asset ASSET, several times if need be."),
        )


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
