"""The start of a round and a check, asked for: the plan and its checklists say what is asked next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.cli.framework.field_values import field_value, item_named
from weibao.cli.framework.nouns import INSPECTION
from weibao.cli.prompts.asking import ask_one
from weibao.cli.prompts.conversation import NOTE, choose_standing, converse, field_of, lacking, who
from weibao.cli.prompts.opening import HEADER, SEVERITY
from weibao.language import N_
from weibao.operations.checklist import status_of
from weibao.refusal import UsageRefusal
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain
from weibao.workspace.recording.recording import read_standing_record
from weibao.workspace.suggestions.live import coming_step
from weibao.workspace.suggestions.offers import offers_for
from weibao.workspace.suggestions.rounds import coming_rounds

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.events import Field
    from weibao.model.records import RecordFile
    from weibao.operations.planned import DueWork
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.suggestions.asked import ComingStep

_ASSET, _ITEM, _VALUE, _STATUS, _TICKET = (
    field_of("inspection", "checked", key) for key in ("asset", "item", "value", "status", "ticket")
)
_NEW = "new"
"""In place of a ticket's id: one that is to be opened."""

_DUE = {
    "overdue": N_("due by {day}, overdue"),
    "due": N_("due by {day}"),
    "upcoming": N_("planned for {day}"),
}


def ask_start(session: Session, desk: Desk, plan: str | None, given: Given) -> tuple[str, Given]:
    """The round to start and its options; what was missing is asked for where somebody can answer."""
    if plan and not lacking():
        return plan, given
    words = session.language
    found = {due_work.plan: _title(desk, due_work, words) for due_work in coming_rounds(desk)}
    if not found:
        raise UsageRefusal(
            N_("No round is due, or planned in the coming quarter."),
            mend=N_("Say which it is: {example}"),
            example="weibao inspection start PLAN --period 2026-Q4",
        )
    question = words.text(
        N_("{step}: which round?"), step=event_title("inspection", "started", words)
    )
    plan = ask_one(question, found, words)
    step = coming_step(desk, "inspection", "started", None, {})
    return plan, converse(session, desk, step, (*who(desk, given), NOTE), given)


def ask_check(
    session: Session, desk: Desk, suffix: str | None, given: Given
) -> tuple[RecordFile, Given]:
    """The round that a check belongs to, and its options: as many are asked for as it takes.

    A value only where the checklist has a unit, or nothing says what is looked at; how it came out
    only where no threshold tells; a ticket only where something was found.
    """
    if not lacking():
        return read_standing_record(desk, INSPECTION.path(desk, suffix or "")), given
    one = choose_standing(session, desk, INSPECTION, "checked", suffix)
    step = coming_step(desk, "inspection", "checked", one, {})
    given = converse(session, desk, step, (*who(desk, given), _ASSET, _ITEM), given, one)
    item = item_named(desk, one, given["field_item"])
    if item is None or item.unit:
        value = _with_unit(_VALUE, item.unit) if item else _VALUE
        given = converse(session, desk, step, (value,), given, one)
    told = item and status_of(item, field_value(desk, one, _VALUE, given["field_value"]))
    if told and not given["field_status"]:
        given = given | {"field_status": told}
    given = converse(session, desk, step, (_STATUS,), given, one)
    if given["field_status"] in {"warning", "failed"}:
        given = _ask_ticket(session, desk, step, given)
    return one, converse(session, desk, step, (NOTE,), given, one)


def _ask_ticket(session: Session, desk: Desk, step: ComingStep, given: Given) -> Given:
    """The ticket for what was found, unless it was named: an open one, or one to be opened."""
    words = session.language
    if not (given["field_ticket"] or given["open_ticket"]):
        asked = replace(step, answered={"asset": given["field_asset"]})
        offered = offers_for(_TICKET, asked, desk.records, words)
        found = {_NEW: words.text(N_("Open a new ticket"))}
        found |= {offer.value: offer.title for offer in offered}
        if given["field_status"] != "failed":
            found = {"": words.text(N_("Nothing"))} | found
        answer = ask_one(words.pick({"zh": _TICKET.zh, "en": _TICKET.en}), found, words)
        if answer != _NEW:
            return given | {"field_ticket": answer}
    if given["field_ticket"]:
        return given
    opening = coming_step(desk, "ticket", "opened", None, {})
    return converse(session, desk, opening, (SEVERITY, HEADER[0]), given | {"open_ticket": True})


def _with_unit(field: Field, unit: str) -> Field:
    """The field, whose question says in which unit it is answered."""
    return replace(field, zh=f"{field.zh}（{plain(unit)}）", en=f"{field.en} ({plain(unit)})")


def _title(desk: Desk, due_work: DueWork, words: Language) -> str:
    """How a round reads in a list: its name, its period, and how it presses."""
    work = desk.records.plan.work[due_work.plan]
    day = due_work.planned_for if due_work.state == "upcoming" else due_work.due
    name, period = plain(words.pick(work.names)), due_work.period
    return (
        f"{name}  {due_work.plan}  {period}  {words.text(_DUE[due_work.state], day=words.day(day))}"
    )
