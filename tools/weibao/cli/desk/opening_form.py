"""The form of a new ticket: its header has no event in the table, so its lines stand here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from weibao.cli.desk.filling import (
    DISPATCHED_AT,
    DISPATCHED_TO,
    EMERGENCY,
    FLAGS,
    FROM,
    REPORTED_AT,
    TIMES,
    TO,
    Typed,
    TypedForm,
    TypedLines,
    common_lines,
    first_typed,
    read_name,
    read_names,
    read_time,
)
from weibao.cli.framework.field_values import impact_named
from weibao.cli.prompts import opening
from weibao.cli.prompts.conversation import NOTE
from weibao.model import field_kinds as kinds
from weibao.model.field_kinds import Thing
from weibao.model.ticket import DRILL, MEETINGS, PLANNED
from weibao.workspace.suggestions.live import coming_step
from weibao.workspace.suggestions.offers import offers_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.cli.framework.session import Session
    from weibao.model.events import Field
    from weibao.workspace.recording.clone import Desk


def opening_form(
    session: Session, desk: Desk, kind: str, typed: Typed | None, about: str = ""
) -> TypedForm:
    """The form of a new ticket of a kind, as ``weibao ticket open`` asks for it.

    ``about`` is the equipment that is chosen in it before anybody has typed, "" for none.
    """
    reading = TypedLines(desk, session, typed)
    given: dict[str, Any] = dict.fromkeys(_UNSAID, "") | {
        "kind": kind,
        "severity": None,
        "assets": (),
        "impact": (),
        "window": None,
        "emergency": False,
    }
    step = coming_step(desk, "ticket", "opened", None, {})
    for field in _opening_fields(desk, kind):
        offers = offers_for(field, step, desk.records, session.language)
        value = reading.line(field, offers, _opening_reader(session, desk, field))
        if value is not None:
            given[field.key] = value
    if kind in PLANNED:
        given["window"] = (given.pop("window_start", ""), given.pop("window_end", ""))
    if about:
        reading.lines = [
            replace(line, typed=(about,)) if line.name == kinds.ASSETS.name else line
            for line in reading.lines
        ]
    given |= {"note": reading.line(NOTE, (), first_typed) or ""}
    return TypedForm(tuple(reading.lines), {}, given | common_lines(reading, session, desk, None))


_UNSAID = (
    *("title", "channel", "description", "reported_at", "reported_by", "received_by"),
    *(
        "dispatched_at",
        "dispatched_to",
        "approved_by",
        "rollback",
        "plan",
        "emergency_plan",
        "form",
    ),
)


def _opening_fields(desk: Desk, kind: str) -> Iterator[Field]:
    """What is asked for of a new ticket, in the order in which a caller says it."""
    if kind not in PLANNED:
        yield opening.SEVERITY
    takes_down = kind in PLANNED and kind not in MEETINGS
    for field in opening.HEADER:
        yield replace(field, required=takes_down) if field.kind is kinds.ASSETS else field
    if kind not in PLANNED:
        if kind == "fault":
            yield opening.IMPACT
        yield from (REPORTED_AT, EMERGENCY, DISPATCHED_AT, DISPATCHED_TO)
        return
    if any(work.kind == kind for work in desk.records.plan.work.values()):
        yield opening.PLAN
    if kind == DRILL:
        yield from opening.DRILL_HEADER
    yield from (*opening.PLANNED_HEADER, FROM, TO)


def _opening_reader(session: Session, desk: Desk, field: Field) -> Callable[[tuple[str, ...]], Any]:
    if field in TIMES:
        return read_time(desk, field, session.language)
    if field in FLAGS:
        return bool
    if field.kind.thing is Thing.IMPACT:
        return lambda typed: _impacts(desk, typed)
    if field.kind.several:
        return read_names(session, desk, field.key)
    return read_name(session, desk, field.key)


def _impacts(desk: Desk, typed: Iterable[str]) -> tuple[str, ...]:
    """What is lost, each refused where it names nothing."""
    said = tuple(typed)
    for text in said:
        impact_named(desk, text)
    return said
