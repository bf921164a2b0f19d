"""``weibao duty``: who is on duty now, and who will be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import changing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.language import N_
from weibao.model.field_kinds import PERSON
from weibao.model.instant import format_instant, local_day, midnight
from weibao.operations.on_duty import shifts
from weibao.refusal import UsageRefusal
from weibao.render.json import duty as duty_json
from weibao.render.json.printed import printed
from weibao.render.terminal import duty as duty_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.yaml.document import Keys
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book
    from weibao.workspace.recording.clone import Desk

DUTY = "records/duty.yaml"


@click.group(
    cls=Group,
    help=N_("The duty rota: who is on duty now, and who will be; who stands in, and who is away."),
)
def duty() -> None:
    """The duty rota."""


@duty.command(cls=Command, help=N_("Who has each rota's duty, until when, and who stands in."))
@view_options
@pass_session
def now(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """Show who is on duty."""
    book = session.book(revision, as_of)
    session.show(form, duty_json.now, duty_view.now_text, book)


@duty.command(cls=Command, help=N_("The coming shifts, with who stands in and who is on leave."))
@option("--from", "first", default="", metavar="DAY", help=N_("The first day; today if not given."))
@option(
    "--days",
    type=click.IntRange(1, 366),
    default=14,
    show_default=True,
    help=N_("How many days."),
)
@view_options
@pass_session
def show(session: Session, /, first: str, days: int, revision: str, as_of: str, form: str) -> None:
    """Show the coming shifts."""
    book = session.book(revision, as_of)
    start, end = _days(book, first, days)
    rotas = book.records.duty
    spans = [span for rota in sorted(rotas.rotas) for span in shifts(rotas, rota, start, end)]
    if form == "json":
        click.echo(printed(duty_json.shifts(book, start, end, spans), book.zone), nl=False)
    else:
        session.console.print(duty_view.shifts_text(book, spans, session.language))


@duty.command(
    cls=Command,
    help=N_(
        "Let somebody take a shift, whoever has it; with --return the two change, and each has the "
        "other's. It is entered under `overrides` in records/duty.yaml."
    ),
)
@argument("rota", metavar="ROTA", explained=N_("Which rota."))
@argument(
    "when",
    metavar="WHEN",
    explained=N_("The day on which the shift begins, or a time within it."),
)
@argument("person", metavar="PERSON", explained=N_("Who takes it."))
@option(
    "--return",
    "back",
    default="",
    metavar="WHEN",
    help=N_("Which shift of theirs is taken in return, by whoever has the first one."),
)
@option("--reason", default="", metavar="TEXT", help=N_("Why."))
@changing
@pass_session
def swap(session: Session, /, rota: str, when: str, person: str, **given: Any) -> None:
    """Let somebody take a shift."""
    from weibao.cli.steps.configuring import change
    from weibao.model.naming import ROTA, called
    from weibao.workspace.recording.configuring import configuration_at
    from weibao.workspace.recording.days import span_at
    from weibao.workspace.recording.rota_changes import require_free, shift_meant, stand_in_changed

    desk = session.desk()
    data = configuration_at(desk, DUTY)
    rotas, zone = desk.records.duty, desk.records.contract.zone
    rota = called(desk.records, ROTA, rota)
    person = called(desk.records, PERSON, person)
    taken = shift_meant(rotas, rota, span_at(when, desk.here))
    shifts_given = [(taken, person)]
    if given["back"]:
        returned = shift_meant(rotas, rota, span_at(given["back"], desk.here))
        _require_theirs(returned, person)
        shifts_given.append((returned, taken.person))
    for shift, by in shifts_given:
        require_free(rotas, shift, by)
    puts: list[tuple[Keys, Any]] = []
    number = len(data.get("overrides", ()))
    for shift, by in shifts_given:
        there = stand_in_changed(rotas, shift, by)
        if there is not None:
            puts.append((("overrides", there, "by"), by))
            continue
        puts.append((("overrides", number), _stand_in(desk, shift, by, given["reason"])))
        number += 1
    told = _begun(session, desk, [shift for shift, _ in shifts_given])
    message = f"{rota}: {person} for {taken.person} from {format_instant(taken.start, zone)}"
    change(session, desk, {DUTY: puts}, message, given, told)


@duty.command(
    cls=Command,
    help=N_(
        "Enter when somebody is away, and see which of their shifts need a stand-in. A day is the whole "
        "of it; of several, name the first and the last."
    ),
)
@argument("person", metavar="PERSON", explained=N_("Who is away."))
@argument("first", metavar="FROM", explained=N_("The first day, or a time."))
@argument(
    "last",
    metavar="[TO]",
    required=False,
    default="",
    explained=N_("The last day, which is included, or a time, which is not."),
)
@option("--reason", default="", metavar="TEXT", help=N_("Why."))
@changing
@pass_session
def leave(session: Session, /, person: str, first: str, last: str, **given: Any) -> None:
    """Enter a leave."""
    from weibao.cli.steps.configuring import change
    from weibao.model.naming import called
    from weibao.workspace.recording.configuring import configuration_at
    from weibao.workspace.recording.days import span_between
    from weibao.workspace.recording.rota_changes import require_no_leave, to_be_covered

    desk = session.desk()
    data = configuration_at(desk, DUTY)
    rotas, zone = desk.records.duty, desk.records.contract.zone
    person = called(desk.records, PERSON, person)
    away = span_between(first, last, desk.here)
    require_no_leave(rotas, person, away)
    entry = {
        "who": person,
        "from": format_instant(away.start, zone),
        "to": format_instant(away.end, zone),
    }
    if given["reason"]:
        entry["reason"] = given["reason"]
    puts: list[tuple[Keys, Any]] = [(("leave", len(data.get("leave", ()))), entry)]
    words = session.language
    uncovered = [
        words.text(
            N_("{person} has the duty of “{rota}” then: weibao duty swap {rota} {day} PERSON"),
            person=person,
            rota=span.rota,
            day=local_day(span.start, zone).isoformat(),
        )
        for span in to_be_covered(rotas, person, away)
    ]
    message = f"Leave of {person} from {first}" + (f" to {last}" if last else "")
    change(session, desk, {DUTY: puts}, message, given, uncovered)


def _stand_in(desk: Desk, shift: OnDuty, by: str, reason: str) -> dict[str, str]:
    zone = desk.records.contract.zone
    entry = {
        "rota": shift.rota,
        "from": format_instant(shift.start, zone),
        "to": format_instant(shift.end, zone),
        "by": by,
        "instead_of": shift.person,
    }
    return entry | ({"reason": reason} if reason else {})


def _require_theirs(shift: OnDuty, person: str) -> None:
    if shift.person != person:
        raise UsageRefusal(
            N_("That shift of “{rota}” is {holder}'s, and not {person}'s to give."),
            mend=N_("Who has which: weibao duty show"),
            rota=shift.rota,
            holder=shift.person,
            person=person,
        )


def _begun(session: Session, desk: Desk, spans: list[OnDuty]) -> Iterator[str]:
    """That a shift which has begun is changed from now on alone, whatever is entered."""
    if any(span.start <= desk.now for span in spans):
        yield session.language.text(
            N_("That shift has begun: who had it until now is judged by the rota as it stood.")
        )


def _days(book: Book, first: str, days: int) -> tuple[Instant, Instant]:
    """From the beginning of the first day to the end of the last, in the contract's zone."""
    from weibao.workspace.recording.days import not_a_day

    try:
        day = date.fromisoformat(first) if first else local_day(book.as_of, book.zone)
        ends = (day, day + timedelta(days=days))
    except (ValueError, OverflowError):
        raise not_a_day(first) from None
    start, end = (midnight(end, book.zone) for end in ends)
    return start, end
