"""``weibao shift``: the hand-over of a shift, and who takes it over."""

from __future__ import annotations

from typing import Any

import click

from weibao.cli.framework.nouns import SHIFT, THE_SHIFT
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session, the_one
from weibao.cli.framework.step_options import field_options, writing
from weibao.cli.framework.translated import Command, Group, argument
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import N_
from weibao.render.json import handovers as handovers_json
from weibao.render.terminal import handovers as handovers_view


@click.group(cls=Group, help=N_("Shifts: hand one over, take one over, show what was left open."))
def shift() -> None:
    """The shifts."""


@shift.command(
    cls=Command, help=N_("A hand-over: what was open then, what pressed, and who took it over.")
)
@argument("suffix", metavar="SHIFT", explained=THE_SHIFT)
@view_options
@pass_session
def show(session: Session, /, suffix: str, revision: str, as_of: str, form: str) -> None:
    """Show a hand-over."""
    book = session.book(revision, as_of)
    found = the_one(suffix, book.handovers, listed_by="weibao shift list")
    session.show(
        form, handovers_json.handover, handovers_view.handover_text, book, book.handovers[found]
    )


@shift.command("list", cls=Command, help=N_("The shifts that were handed over, the latest first."))
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """List the hand-overs."""
    book = session.book(revision, as_of)
    session.show(
        form,
        handovers_json.handovers,
        handovers_view.handovers_text,
        book,
        [book.handovers[name] for name in sorted(book.handovers, reverse=True)],
    )
    session.warn_of_unreadable(book)


@verb(shift, "hand-over", "shift", "handed_over")
@argument("rota", metavar="ROTA", explained=N_("The rota: its name in records/duty.yaml."))
@field_options("shift", "handed_over", not_required=("open",))
@writing
@pass_session
def hand_over(session: Session, /, rota: str | None, **given: Any) -> None:
    """File the hand-over of a shift."""
    from weibao.cli.steps.handing_over import hand_over as file

    file(session, session.desk(), rota, given)


add_verbs(shift, SHIFT, apart=("handed_over",))
add_undo(shift, SHIFT)
