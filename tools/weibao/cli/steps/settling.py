"""What was said of a step, settled before anything is made of it: its times, and whom and what it names.

Times become RFC 3339, names become ids, so that whatever is done with them afterwards needs to ask
nobody. What is settled stays as it is when it is settled again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.framework import terminal
from weibao.language import N_
from weibao.model.instant import format_instant
from weibao.model.naming import NAMED_OPTIONS, called, line_named, severity_named
from weibao.model.times.when import Tense, instant_of, understood, written

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.workspace.recording.clone import Desk

_TIMES = ("when", "reported_at", "dispatched_at")


def settled(session: Session, desk: Desk, given: Given) -> Given:
    """The options of a writing command with its times and its names settled.

    Raises:
        Refusal: one of them is none, or may be several; where somebody is at a terminal, a time whose
            day was not said is asked about first.
    """
    said: Given = {
        name: _time(session, desk, given[name], Tense.PAST)
        for name in _TIMES
        if given.get(name) and given[name] != "now"
    }
    if given.get("window"):
        said["window"] = tuple(
            _time(session, desk, bound, Tense.PLANNED) for bound in given["window"]
        )
    for name, kind in NAMED_OPTIONS.items():
        match given.get(name):
            case str() as word if word:
                said[name] = called(desk.records, kind, word)
            case list() | tuple() as words if words:
                said[name] = tuple(called(desk.records, kind, word) for word in words)
    if given.get("plan"):
        said["plan"] = line_named(desk.records, given["plan"])
    if isinstance(given.get("severity"), str):
        said["severity"] = severity_named(desk.records, given["severity"])
    return given | said


def _time(session: Session, desk: Desk, text: str, tense: Tense) -> str:
    """The time that ``text`` means, as records write it."""
    from weibao.cli.prompts.asking import ask_consent

    zone, words = desk.records.contract.zone, session.language
    meaning = understood(text, desk.here, tense)
    if meaning.certain or not terminal.can_ask():
        return format_instant(instant_of(text, meaning, desk.here, tense), zone)
    question = words.text(
        N_("“{text}” does not say which day. {time}?"),
        text=text,
        time=written(meaning.instant, zone),
    )
    ask_consent(question, words, words.text(N_("Yes, then")))
    return format_instant(meaning.instant, zone)
