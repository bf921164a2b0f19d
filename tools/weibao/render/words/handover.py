"""What presses on a ticket that is handed over, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.operations.handover import HandedTicket, Handover


def pressing(handed: HandedTicket, handover: Handover, words: Language) -> str:
    """All that is to be known of an open ticket by whoever takes it over; "" where nothing presses."""
    return " · ".join(_pressing(handed, handover, words))


def _pressing(handed: HandedTicket, handover: Handover, words: Language) -> Iterator[str]:
    if handed.ticket.id in handover.unlisted:
        yield words.text(N_("not named in the hand-over"))
    if handed.silent:
        yield words.text(N_("silent for longer than promised"))
    elif handed.at_risk:
        yield words.text(N_("late, or due within four hours"))
    if handed.paused_for:
        yield words.text(
            N_("paused: {reason}"), reason=words.term("pause_reason", handed.paused_for)
        )
    if parts := handed.state.awaited_parts:
        yield words.text(N_("parts expected: {parts}"), parts=parts)
    if handed in handover.windows:
        yield words.text(N_("its window begins within a day"))
