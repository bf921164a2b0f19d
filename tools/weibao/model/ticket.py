"""A ticket: what was reported, and the log of what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weibao.model.impact import Impact, impacts_in
from weibao.model.imported import UNKNOWN, Imported, imported_in
from weibao.model.instant import Instant, parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Amendment, Entry
    from weibao.model.yaml.document import Document

COMPLAINT, DRILL = "complaint", "drill"
REACTIVE = ("fault", "consultation", "request", COMPLAINT)
PLANNED = ("upgrade", "downtime", "exchange", DRILL)
MEETINGS = ("exchange", DRILL)
"""Planned work that takes nothing down unless the contract says so, and may name no equipment."""
FORMS = ("tabletop", "live", "demonstration")
"""How a drill is held."""
CHANNELS = ("phone", "pm", "engineer", "email", "portal", "monitoring")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket's header and log, as amended.

    ``severity`` is the declared one, None for planned work and where an old register does not say.
    ``plan`` is the line of the plan that planned work comes from, "" where it was agreed besides.
    A drill names the ``emergency_plan`` that it exercises, and its ``form``.

    ``amendments`` are the corrections that are in it, ``unfit`` those that no valid record could have;
    ``written`` is what the file says, where it has any correction: see :func:`weibao.model.load.edition`.
    """

    id: str
    path: str
    kind: str
    title: str
    severity: int | None
    reported_at: Instant
    reported_at_line: int
    reported_by: str
    channel: str
    received_by: str
    emergency: bool
    assets: tuple[str, ...]
    description: str
    window: tuple[Instant, Instant] | None
    approved_by: str
    rollback: str
    log: tuple[Entry, ...]
    plan: str = ""
    emergency_plan: str = ""
    form: str = ""
    impact: Mapping[str, Impact] = field(default_factory=dict)
    imported: Imported | None = None
    amendments: tuple[Amendment, ...] = ()
    unfit: tuple[Amendment, ...] = ()
    written: Document | None = field(default=None, compare=False, repr=False)

    @property
    def planned(self) -> bool:
        """Whether it is planned work, which no service level of faults judges (requirement 30)."""
        return self.kind in PLANNED

    @property
    def ungraded(self) -> bool:
        """Whether promises were made on it of which nobody can say how grave it was."""
        return self.severity is None and not self.planned


def read_ticket(
    path: str, data: Mapping[str, Any], log: tuple[Entry, ...], reported_at_line: int
) -> Ticket:
    """The ticket out of a document that its schema has accepted."""
    intake = data.get("intake", {})
    window = data.get("window")
    return Ticket(
        id=data["id"],
        path=path,
        kind=data["kind"],
        title=data["title"],
        severity=None if data.get("severity") == UNKNOWN else data.get("severity"),
        reported_at=parse_instant(data["reported_at"]),
        reported_at_line=reported_at_line,
        reported_by=data["reported_by"],
        channel=intake.get("channel", ""),
        received_by=intake.get("received_by", ""),
        emergency=intake.get("emergency", False),
        assets=tuple(data.get("assets", ())),
        impact=impacts_in(data.get("impact", ())),
        imported=imported_in(data),
        description=data.get("description", ""),
        window=(parse_instant(window["start"]), parse_instant(window["end"])) if window else None,
        approved_by=data.get("approved_by", ""),
        rollback=data.get("rollback", ""),
        plan=data.get("plan", ""),
        emergency_plan=data.get("emergency_plan", ""),
        form=data.get("form", ""),
        log=log,
    )
