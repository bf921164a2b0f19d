"""Changes of the configuration in papers: when each came into effect, who made it, who took it in, and what is otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    column,
    moment,
    own,
    person,
    stated,
    verbatim,
    written,
)
from weibao.render.papers.paper import PaperCell, Table, said
from weibao.render.words.alterations import FORMS, more_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.configuration import ConfigurationChange, Maker


def changes_table(
    voice: Voice, changes: Iterable[ConfigurationChange], caption: str, empty: str
) -> Table:
    """Each thing that is otherwise, in the order of landing; ``caption`` and ``empty`` are message ids."""
    return Table(
        "changes",
        own(voice, caption),
        (
            column(voice, "landed", N_("In effect from"), 3),
            column(voice, "by", N_("Changed by"), 2),
            column(voice, "landed_by", N_("Taken in by"), 2),
            column(voice, "commit", N_("Commit"), 2),
            column(voice, "key", N_("What was changed"), 4),
            column(voice, "before", N_("Value before"), 5),
            column(voice, "after", N_("Value after"), 8),
        ),
        tuple(row for change in changes for row in _change(voice, change)),
        own(voice, empty),
    )


def _change(voice: Voice, change: ConfigurationChange) -> Iterator[tuple[PaperCell, ...]]:
    altered = change.altered
    head = (
        moment(voice, change.landed),
        _maker(voice, change.author),
        _maker(voice, change.landed_by)
        if change.landed_by
        else stated(voice, N_("nobody else"), None),
        verbatim(change.commit[:12]),
    )
    for alteration in altered.alterations:
        yield (
            *head,
            written(voice, alteration.key),
            written(voice, alteration.before or ""),
            written(voice, alteration.after or ""),
        )
    if altered.more:
        told = more_line(altered.more, voice.language)
        yield (*head, PaperCell(said(Told(told)), f"+{altered.more}"), NONE, NONE)
    elif not altered.alterations:
        yield (*head, stated(voice, _OTHERWISE[altered.form], altered.form), NONE, NONE)


_OTHERWISE = {
    **FORMS,
    "keys": N_("nothing but its spelling"),
    "whole": N_("the whole ledger, new or gone"),
}


def _maker(voice: Voice, maker: Maker) -> PaperCell:
    if maker.person:
        return person(voice, maker.person)
    told = voice.people.recorder(maker.identity)
    return PaperCell(said(voice.shown(told)), None)
