"""The page being served: on this machine's own address alone, until somebody ends it."""

from __future__ import annotations

import errno
import secrets
import webbrowser
from threading import Thread
from typing import TYPE_CHECKING, Any

from rich.text import Text
from waitress import create_server

from weibao.cli.desk.application import REQUEST_LIMIT, make_application
from weibao.cli.desk.guard import Gate
from weibao.cli.desk.workplace import Workplace
from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session

HERE = "127.0.0.1"
FIRST_PORT = 8421
"""The port where none is asked for: mostly the same, so that a browser finds its drafts again."""
PORTS_TRIED = 20
THREADS = 4


def serve(session: Session, port: int | None, *, open_browser: bool) -> None:
    """Serve the page until Ctrl-C; a step that is being written is written whole or not at all.

    Raises:
        Refusal: the clone cannot be written in, or no port is free.
    """
    session.desk()
    workplace = Workplace(session)
    server, gate = _server(workplace, port)
    words = session.language
    said = words.text(N_("The desk is open at {address}"), address=gate.address)
    session.console.print(Text(said), soft_wrap=True)
    told = words.text(N_("The address lets in whoever has it: pass it to nobody. Ctrl-C ends it."))
    session.console.print(Text(told))
    if workplace.is_read_only:
        warned = words.text(N_("This clone can be read and not written: nothing can be recorded."))
        session.console.print(Text(warned, style="yellow"))
    Thread(target=workplace.warm, daemon=True).start()
    if open_browser:
        webbrowser.open(gate.address)
    server.run()  # it returns on Ctrl-C
    with workplace.writing:
        server.close()
    session.console.print(Text(words.text(N_("The desk is closed."))))


def _server(workplace: Workplace, port: int | None) -> tuple[Any, Gate]:
    """The server on the port that was asked for, or on the first that is free."""
    for tried in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else (port,):
        gate = Gate(tried, secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        try:
            server = create_server(
                make_application(workplace, gate),
                host=HERE,
                port=tried,
                threads=THREADS,
                max_request_body_size=4
                * REQUEST_LIMIT,  # what is a little too large is told on a page
                ident="",
            )
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return server, gate
    raise UsageRefusal(
        N_("Port {port} is taken by another program."),
        mend=N_("Choose another with --port, or leave it out: then a free one is found."),
        port=port or FIRST_PORT,
    )
