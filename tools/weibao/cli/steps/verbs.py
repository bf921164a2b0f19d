"""Verbs out of the table of events: one command an event, and its options are the event's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import field_options, writing
from weibao.cli.framework.translated import Bilingual, Conversing, Group
from weibao.language import N_
from weibao.model.events import EVENTS, event_named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import click

    from weibao.cli.framework.nouns import Noun
    from weibao.model.events import Event

_STEPS = {
    "ticket": N_("Record a step of a ticket: {event}."),
    "inspection": N_("Record a step of an inspection: {event}."),
    "shift": N_("Record a step of a shift: {event}."),
    "spares": N_("Record in the spares ledger: {event}."),
    "actions": N_("Record a step of a corrective action: {event}."),
    "report": N_("Record what became of a report: {event}."),
    "reviews": N_("Record in the ledger of reviews: {event}."),
}
"""What a verb of each kind of record does."""


def add_verbs(
    group: click.Group,
    noun: Noun,
    *,
    apart: Collection[str] = (),
    within: dict[str, click.Group] | None = None,
) -> None:
    """Add a command for each event of the noun but those in ``apart``, which are written by hand.

    ``within`` has the groups that hold the verbs of two words, by the first of them.
    """
    for event in EVENTS[noun.kind]:
        if event.name in apart:
            continue
        first, _, second = event.verb.partition(" ")
        holder, name = (group, first) if not second else ((within or {})[first], second)
        verb(holder, name, noun.kind, event.name)(_verb(event, noun))


def verb(
    group: click.Group, name: str, kind: str, event: str
) -> Callable[[Callable[..., None]], click.Command]:
    """Add a command, under ``name``, that records the event of this kind of record."""
    row = event_named(kind, event)
    title = Bilingual.of(row.zh, row.en)
    if isinstance(group, Group):
        # What the record calls the step, and what Chinese readers do, name its command as well.
        group.aliases |= {row.name: name, row.zh: name}
    return group.command(name, cls=Conversing, help=title, step=_STEPS[kind])


def _verb(event: Event, noun: Noun) -> Callable[..., None]:
    """The command that records ``event``."""

    @pass_session
    def command(session: Session, /, suffix: str | None = "", **given: Any) -> None:
        from weibao.cli.framework.field_values import field_values
        from weibao.cli.prompts.conversation import begin
        from weibao.cli.steps.recording import append

        desk = session.desk()
        one, given = begin(session, desk, noun, event.name, suffix, given)
        data = field_values(desk, one, event.name, given)
        append(session, desk, one, event.name, data, given)

    return noun.names_it(field_options(noun.kind, event.name)(writing(command)))
