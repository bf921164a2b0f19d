"""How much of the tickets' time stood still, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.audit_evidence import share
from weibao.render.terminal.layout import new_table, section
from weibao.render.words.explain import person_name
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.pauses import PausedTime

TOLD = 10
"""Tickets told, those with the largest shares."""


def pauses_text(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """The share of paused time, by ticket and by person."""
    found = audit.pauses
    yield from section(N_("Pauses"), words)
    yield Text(pauses_sentence(found, words))
    if not found.tickets:
        return
    table = new_table(words.text(N_("Tickets paused longest, by share")))
    table.add_column(words.text(N_("Ticket")))
    for heading in (N_("Share"), N_("Paused"), N_("Used")):
        table.add_column(words.text(heading), justify="right")
    for ticket in found.tickets[:TOLD]:
        table.add_row(
            Text(ticket.ticket),
            Text(share(ticket.stood_still, words)),
            Text(words.duration(ticket.paused)),
            Text(words.duration(ticket.used)),
        )
    yield table
    people = new_table(words.text(N_("By who paused")))
    people.add_column("")
    for heading in (N_("Pauses"), N_("Tickets"), N_("Paused"), N_("Recorded late")):
        people.add_column(words.text(heading), justify="right")
    for paused_by in found.by_person:
        people.add_row(
            Text(plain(person_name(audit.book, paused_by.person, words))),
            Text(words.number(paused_by.pauses)),
            Text(words.number(paused_by.tickets)),
            Text(words.duration(paused_by.seconds)),
            Text(words.number(paused_by.late), style="yellow" if paused_by.late else "dim"),
        )
    yield people


def pauses_sentence(found: PausedTime, words: Language) -> str:
    """How many tickets were paused, and for how much of their time."""
    if not found.tickets:
        return words.text(N_("No ticket was paused."))
    return words.plural(
        N_("{number} ticket of {judged} was paused, for {share} of its time."),
        "{number} tickets of {judged} were paused, for {share} of their time together.",
        len(found.tickets),
        judged=words.number(found.judged),
        share=share(found.stood_still, words),
    )
