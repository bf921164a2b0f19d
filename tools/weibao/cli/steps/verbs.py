"""Verbs out of the table of events: one command an event, and its options are the event's fields.

Every noun takes its verbs from here. What a noun adds of its own (a default, a document) it adds
around these pieces, so that an option means the same wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.session import Session, pass_session, the_one
from weibao.cli.framework.translated import Bilingual, Conversing, argument, option
from weibao.language import N_
from weibao.model.events import EVENTS, event_named
from weibao.model.ids import record_path
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from weibao.model.events import Event, Field
    from weibao.model.load import RecordFile
    from weibao.workspace.clone import Desk

WRITING = (
    option(
        "--at",
        "when",
        default="now",
        metavar="TIME",
        help=N_(
            "When it happened: 09:12, -20m, -1h30m, “2026-11-23 09:12” or 2026-11-23T09:12:00+08:00; "
            "now if not given."
        ),
    ),
    option(
        "--by",
        default="",
        metavar="PERSON",
        help=N_("Who did it; if not given, whoever git says you are."),
    ),
    option("--note", default="", metavar="TEXT", help=N_("A note that goes with it.")),
    option("--internal", is_flag=True, help=N_("Keep the entry off the customer's site.")),
    option(
        "--commit/--no-commit",
        "commit",
        default=True,
        help=N_("Commit the step (the default), or only write it."),
    ),
    option(
        "--push/--no-push",
        "push",
        default=None,
        help=N_("Send the step after the commit, as weibao sync does; or not (the default)."),
    ),
)
"""The options of every command that writes."""

NUMBERS = {"severity": 9, "level": 9, "quantity": 1000, "satisfaction": 5}
"""The kinds of field that are whole numbers from 1, and the largest that each may be."""

_STEPS = {
    "ticket": N_("Record a step of a ticket: {event}."),
    "inspection": N_("Record a step of an inspection: {event}."),
    "spares": N_("Record in the spares ledger: {event}."),
    "actions": N_("Record a step of a corrective action: {event}."),
}
"""What a verb of each kind of record does."""

SEVERAL = {"assets", "entry_references", "serials", "serials_found"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of record, and how the command line names one of it.

    ``metavar`` and ``explained`` are those of the argument that names one; both are "" for a
    kind that is a single file.
    """

    kind: str
    metavar: str = ""
    explained: str = ""

    def names_it(self, command: Callable[..., None]) -> Callable[..., None]:
        """Add the argument that names a record, where the kind has several."""
        if not self.metavar:
            return command
        named: Callable[..., None] = argument(
            "suffix", metavar=self.metavar, explained=self.explained
        )(command)
        return named

    def path(self, desk: Desk, suffix: str) -> str:
        """The file of the record that ``suffix`` names; refused where it names none or several."""
        if not self.metavar:
            return f"records/{self.kind}.yaml"
        ids = desk.ticket_ids if self.kind == "ticket" else desk.inspection_ids
        return record_path(the_one(suffix, ids, listed_by=f"weibao {self.kind} list"))


def writing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that writes, which cannot all go together."""

    @wraps(command)
    def agreeing(*args: Any, **given: Any) -> None:
        if given["push"] and not given["commit"]:
            raise Refusal(
                N_("--push sends what is committed, and with --no-commit nothing is."),
                mend=N_("Leave out one of the two."),
                exit_code=Exit.USAGE,
            )
        command(*args, **given)

    with_options: Callable[..., None] = agreeing
    for add in reversed(WRITING):
        with_options = add(with_options)
    return with_options


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
    return group.command(name, cls=Conversing, help=title, step=_STEPS[kind])


def field_options(
    kind: str, event: str, *, not_required: Collection[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options of an event's fields; those in ``not_required`` have a default elsewhere."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for field in reversed(event_named(kind, event).fields):
            required = field.required and field.key not in not_required
            command = _field_option(field, required=required)(command)
        return command

    return add


def field_values(desk: Desk, one: RecordFile, event: str, given: dict[str, Any]) -> dict[str, Any]:
    """What was given for the event's fields, as the record writes it; None where nothing was."""
    fields = event_named(one.kind, event).fields
    return {field.key: field_value(desk, one, field, given[option_name(field)]) for field in fields}


def _verb(event: Event, noun: Noun) -> Callable[..., None]:
    """The command that records ``event``."""

    @pass_session
    def command(session: Session, /, suffix: str | None = "", **given: Any) -> None:
        from weibao.cli.prompts.conversation import begin
        from weibao.cli.steps.recording import append

        desk = session.desk()
        one, given = begin(session, desk, noun, event.name, suffix, given)
        data = field_values(desk, one, event.name, given)
        append(session, desk, one, event.name, data, given)

    return noun.names_it(field_options(noun.kind, event.name)(writing(command)))


def _field_option(field: Field, *, required: bool) -> Callable[[Any], Any]:
    kind: Any = str
    if field.choices:
        kind = click.Choice(field.choices)
    elif field.kind in NUMBERS:
        kind = click.IntRange(1, NUMBERS[field.kind])
    names = [f"--{field.key.replace('_', '-')}"]
    if field.kind in {"serials", "serials_found"}:
        names.append("--serial")
    return option(
        *names,
        option_name(field),
        type=kind,
        multiple=field.kind in SEVERAL,
        required=required,
        none_is_said=field.kind == "serials_found",
        metavar=None if field.choices else field.kind.upper(),
        help=Bilingual.of(field.zh, field.en),
    )


def option_name(field: Field) -> str:
    """The name of the parameter that takes a field."""
    return f"field_{field.key}"


def named_value(desk: Desk, one: RecordFile, field: Field, given: Any) -> Any:
    """The value of a field whose words name a ticket or an entry; every other as it is."""
    from weibao.cli.framework.field_values import about_named, entry_named

    zone = desk.records.contract.zone
    match field.kind, given:
        case "ticket", str():
            return the_one(given, desk.ticket_ids)
        case "entry_reference", str():
            return entry_named(given, one, zone)
        case "entry_references", list() | tuple():
            return [entry_named(x, one, zone) if isinstance(x, str) else x for x in given]
        case "about", str():
            return about_named(given, desk)
        case _:
            return given


def field_value(desk: Desk, one: RecordFile, field: Field, given: Any) -> Any:
    """What was given for a field, as the record writes it; None where nothing was."""
    if not given:
        return None
    match field.kind:
        case "amended_value":
            from weibao.model.yaml.scalars import plain_value

            return plain_value(given)
        case "measured_value":
            return _measured(given)
        case "serials" | "serials_found":
            from weibao.cli.framework.field_values import serials_named

            return serials_named(given)
        case _:
            return named_value(desk, one, field, given)


def _measured(given: str) -> float | str:
    """A number where it reads as one, else what was seen, in words."""
    from weibao.model.yaml.scalars import plain_value

    value = plain_value(given)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else given
