"""``weibao review``: surveys of the customer, audits of the records, visits to a depot."""

from __future__ import annotations

import click

from weibao.cli.framework.nouns import REVIEWS
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs
from weibao.language import N_
from weibao.render.json import reviews as reviews_json
from weibao.render.terminal import reviews as reviews_view


@click.group(
    cls=Group,
    help=N_("Reviews: surveys of the customer, audits of the records, visits to a depot."),
)
def review() -> None:
    """The reviews."""


@review.command(
    "list", cls=Command, help=N_("What was looked at, and what was found; the latest first.")
)
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """List the reviews."""
    book = session.book(revision, as_of)
    session.show(form, reviews_json.reviews, reviews_view.reviews_text, book)
    session.warn_of_unreadable(book)


add_verbs(review, REVIEWS)
add_undo(review, REVIEWS)
