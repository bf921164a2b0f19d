"""Windows of planned work: which one was agreed, and what was done in it, before it and after it (requirement 31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import OF_A_DRILL
from weibao.model.load import edition
from weibao.model.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Container

    from weibao.history.proven import ProvenLog
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket

WORKING = frozenset({"arrived", "part_replaced", "restored", "resolved"})
"""The steps that are work on the equipment."""

Window = tuple["Instant", "Instant"]


def work_done(ticket: Ticket, opens: Instant, as_of: Instant) -> tuple[Entry, ...]:
    """The steps of planned work up to and including an instant, in the order of their claims.

    A drill is worked through by its scenes and answers. Work from afar begins with the ``acknowledged`` that comes when the window ``opens`` or later.
    """
    return tuple(
        entry
        for entry in timeline(ticket.log)
        if entry.at <= as_of
        and (
            entry.event in WORKING | OF_A_DRILL
            or (entry.event == "acknowledged" and entry.at >= opens)
        )
    )


def window_missed(ticket: Ticket, opens: Instant, closes: Instant, as_of: Instant) -> bool:
    """Whether a window of planned work is over without any work in it, and nobody called it off before; by the claims."""
    off = any(entry.event == "cancelled" and entry.at <= closes for entry in ticket.log)
    return closes < as_of and not off and not work_done(ticket, opens, closes)


def agreed_window(
    ticket: Ticket, proof: ProvenLog, backed: Container[tuple[Instant, str]]
) -> Window | None:
    """The window by which planned work is judged; None where it has none.

    It is moved by a correction that was recorded before it opened; one that comes later counts where the
    customer is behind it (``backed``: by a signature or a document). So a window that was missed or overrun
    is not moved to where the work was done.
    """
    kept: set[int] = set()
    window = edition(ticket, lambda _entry: False).window
    for made in ticket.amendments:
        if made.about is not None or made.key.partition(".")[0] != "window" or window is None:
            continue
        shown = proof.entries[made.entry.index].evidence
        if made.entry.reference in backed or (shown is not None and shown < window[0]):
            kept.add(made.entry.index)
            window = edition(ticket, lambda entry: entry.index in kept).window
    return window
