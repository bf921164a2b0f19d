"""A new ticket, asked for: its header has no event in the table, so its questions stand here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from weibao.cli.framework import terminal
from weibao.cli.prompts import asking
from weibao.cli.prompts.conversation import converse, lacking, who
from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.events import Field
from weibao.model.ticket import DRILL, MEETINGS, PLANNED
from weibao.model.times.when import Tense, parse_when
from weibao.workspace.suggestions.live import coming_step

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.workspace.recording.clone import Desk

KIND = Field("kind", kinds.TICKET_KIND, "类型", "Kind of work")
HEADER = (
    Field("reported_by", kinds.CONTACT, "报告人", "Reported by"),
    Field("assets", kinds.ASSETS, "设备", "Equipment", required=False),
    Field("title", kinds.LINE, "故障或请求（一句话）", "The fault or request in one line"),
    Field("channel", kinds.CHANNEL, "受理渠道", "How it came in"),
    Field("description", kinds.TEXT, "原话", "What was said, in full", required=False),
)
SEVERITY = Field("severity", kinds.SEVERITY, "级别", "Severity")
IMPACT = Field(
    "impact",
    kinds.IMPACT,
    "影响，与级别所说不同时",
    "Impact, if not as the severity says",
    required=False,
)
PLAN = Field("plan", kinds.PLAN, "计划项", "Line of the plan", required=False)
PLANNED_HEADER = (
    Field("approved_by", kinds.CONTACT, "批准人", "Approved by"),
    Field("rollback", kinds.TEXT, "回退方案", "The way back if it fails"),
)
DRILL_HEADER = (
    Field("emergency_plan", kinds.EMERGENCY_PLAN, "应急预案", "Emergency plan"),
    Field("form", kinds.DRILL_FORM, "演练形式", "How it is held"),
)
_WINDOW = (N_("Window, from (2026-11-28 22:00):"), N_("Window, to:"))


def ask_opening(session: Session, desk: Desk, given: Given) -> Given:
    """The options of a new ticket: what was missing is asked for, where somebody can answer."""
    unsaid = given["kind"] not in PLANNED and given["severity"] is None
    if not (lacking() or (unsaid and terminal.can_ask())):
        return given
    chosen = click.get_current_context().get_parameter_source
    given = given | {
        name: "" for name in ("kind", "channel") if chosen(name) is ParameterSource.DEFAULT
    }
    step = coming_step(desk, "ticket", "opened", None, {})
    given = converse(session, desk, step, (*who(desk, given), KIND), given)
    given |= _ask_when(session, desk, given)
    if given["kind"] not in PLANNED:
        fault = (IMPACT,) if given["kind"] == "fault" else ()
        return converse(session, desk, step, (SEVERITY, *HEADER, *fault), given)
    lines = [work for work in desk.records.plan.work.values() if work.kind == given["kind"]]
    planned = (PLAN,) if lines else ()
    of_a_drill = DRILL_HEADER if given["kind"] == DRILL else ()
    takes_down = given["kind"] not in MEETINGS
    header = (
        replace(field, required=takes_down) if field.kind is kinds.ASSETS else field
        for field in HEADER
    )
    given = converse(session, desk, step, (*header, *planned, *of_a_drill, *PLANNED_HEADER), given)
    words = session.language
    if not given["window"]:
        given["window"] = tuple(
            asking.ask_text(
                words.text(bound), lambda text: parse_when(text, desk.here, Tense.PLANNED), words
            )
            for bound in _WINDOW
        )
    return given


def _ask_when(session: Session, desk: Desk, given: Given) -> Given:
    """When the customer called, and when somebody was sent in an emergency, where it was not said."""
    words, asked = session.language, {}
    now = words.text(N_("now")) if given["when"] == "now" else given["when"]
    for name, wanted, question, default in (
        ("reported_at", True, N_("When did the customer call (09:12, 10 minutes ago):"), now),
        ("dispatched_at", given["emergency"], N_("When was somebody sent (09:12):"), ""),
    ):
        if wanted and not given[name]:
            asked[name] = asking.ask_text(
                words.text(question),
                lambda text: parse_when(text, desk.here),
                words,
                default=default,
            )
    return asked
