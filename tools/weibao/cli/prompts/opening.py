"""A new ticket, asked for: its header has no event in the table, so its questions stand here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from weibao.cli.framework import terminal
from weibao.cli.prompts import asking
from weibao.cli.prompts.conversation import converse, lacking, who
from weibao.language import N_
from weibao.model.events import Field
from weibao.model.ticket import CHANNELS, PLANNED, REACTIVE
from weibao.workspace.recording.times import parse_when
from weibao.workspace.suggestions.live import coming_step

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.workspace.clone import Desk

KIND = Field("kind", "ticket_kind", "类型", "Kind of work", choices=REACTIVE + PLANNED)
HEADER = (
    Field("reported_by", "contact", "报告人", "Reported by"),
    Field("assets", "assets", "设备", "Equipment", required=False),
    Field("title", "line", "故障或请求（一句话）", "The fault or request in one line"),
    Field("channel", "channel", "受理渠道", "How it came in", choices=CHANNELS),
    Field("description", "text", "原话", "What was said, in full", required=False),
)
SEVERITY = Field("severity", "severity", "级别", "Severity")
PLANNED_HEADER = (
    Field("approved_by", "contact", "批准人", "Approved by"),
    Field("rollback", "text", "回退方案", "The way back if it fails"),
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
    if given["kind"] not in PLANNED:
        return converse(session, desk, step, (SEVERITY, *HEADER), given)
    given = converse(session, desk, step, (*HEADER, *PLANNED_HEADER), given)
    words, zone = session.language, desk.records.contract.zone
    if not given["window"]:
        given["window"] = tuple(
            asking.ask_text(words.text(one), lambda text: parse_when(text, desk.now, zone), words)
            for one in _WINDOW
        )
    return given
