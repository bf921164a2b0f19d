"""People are sent first, and the ticket is recorded after: its dispatch comes with it, in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import format_instant, local_day
from weibao.model.times.when import parse_when, written
from weibao.operations.on_duty import on_duty
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.cli.framework.step_options import Given
    from weibao.model.instant import Instant
    from weibao.workspace.recording.clone import Desk


def dispatch_first(desk: Desk, given: Given, by: str) -> tuple[Given, ...]:
    """The entry of a dispatch that came before the ticket was opened; () where none is told.

    Raises:
        Refusal: it is told of a ticket that is no emergency, without the time of the call, before
            it, or without saying who was sent where the rota does not tell.
    """
    if not given.get("dispatched_at"):
        if given.get("dispatched_to"):
            raise UsageRefusal(
                N_("Who was sent is told, and not when."), mend=N_("Add --dispatched-at TIME.")
            )
        return ()
    if not given["emergency"]:
        raise UsageRefusal(
            N_("Only in an emergency is somebody sent before the ticket is opened."),
            mend=N_("Add --emergency, or record the dispatch afterwards: weibao ticket dispatch"),
        )
    if not given["reported_at"]:
        raise UsageRefusal(
            N_(
                "People are sent after the customer has called, and the time of the call is not told."
            ),
            mend=N_("Add --reported-at TIME."),
        )
    at = parse_when(given["dispatched_at"], desk.here)
    called, zone = parse_when(given["reported_at"], desk.here), desk.records.contract.zone
    if at < called:
        raise UsageRefusal(
            N_("Somebody was sent at {at}, and the customer called only at {called}."),
            mend=N_("Correct --dispatched-at or --reported-at."),
            at=written(at, zone),
            called=written(called, zone),
        )
    return (
        {
            "at": format_instant(at, zone),
            "event": "dispatched",
            "by": by,
            "to": given["dispatched_to"] or _engineer_on_duty(desk, at),
        },
    )


def _engineer_on_duty(desk: Desk, at: Instant) -> str:
    """The one engineer who had a rota's duty at an instant."""
    staff = desk.records.staff.people
    day = local_day(at, desk.records.contract.zone)
    engineers = {
        span.person
        for span in on_duty(desk.records.duty, at)
        if span.person in staff and "engineer" in staff[span.person].roles_on(day)
    }
    if len(engineers) != 1:
        raise UsageRefusal(
            N_("The rota does not tell who was sent: of engineers it has {known} on duty then."),
            mend=N_("Add --dispatched-to PERSON."),
            known=tuple(sorted(engineers)) or "–",
        )
    return engineers.pop()
