"""``weibao desk``."""

from __future__ import annotations

import click

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_


@click.command(
    cls=Command,
    help=N_(
        "A page on your own machine, over this clone: the board, tickets and equipment, a form for each "
        "step, photographs. Only this machine reaches it, and only with the address that is printed."
    ),
)
@option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=None,
    metavar="PORT",
    help=N_("The port to use; if not given, 8421 or the next that is free."),
)
@option(
    "--open/--no-open",
    "open_browser",
    default=True,
    help=N_("Open the page in the browser (the default), or only print its address."),
)
@pass_session
def desk(session: Session, port: int | None, open_browser: bool) -> None:  # noqa: FBT001
    """Serve the page until Ctrl-C."""
    from weibao.cli.desk.serving import serve

    serve(session, port, open_browser=open_browser)
