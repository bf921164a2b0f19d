"""How a key figure reads: its value, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.entry_facts import field_title
from weibao.render.words.names import cause_called, depot_called, severity_called, thing_called
from weibao.report.figure import Unit
from weibao.report.figures.causes import UNCODED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from weibao.language import Language
    from weibao.model.promises import Bound
    from weibao.model.records import Records
    from weibao.report.figure import KeyFigure, Measured
    from weibao.sla.tally import Tally

TIME_DIGITS = 3
"""Decimals of a share of time: a minute of a month still shows."""


def group_told(figure: KeyFigure, group: str, records: Records, words: Language) -> str:
    """What a group of a figure is called."""
    if group == UNCODED:
        return words.text(N_("not stated"))
    kind = figure.grouped_by
    if kind in _CALLED:
        return _CALLED[kind](records, group, words)
    if kind == "survey_score":
        return field_title("reviews", "surveyed", group, words)
    return words.term(kind, group)


_CALLED: Mapping[str, Callable[[Records, str, Language], str]] = {
    "severity": lambda records, level, words: severity_called(records, int(level), words),
    "service": thing_called,
    "cause": cause_called,
    "depot": depot_called,
}


def value_told(measured: Measured, words: Language) -> str:
    """The figure's own numbers; ``n/a`` where there is nothing to count."""
    return _told(measured, measured.tally, words, measured.amount)


def beside_told(measured: Measured, words: Language) -> Iterator[str]:
    """What stands beside it: what a month was closed with, the claims' own story, what rests on less, and that it may still change."""
    if measured.closed is not None and measured.closed != measured.tally:
        told = _told(measured, measured.closed, words)
        yield words.text(N_("the month was closed with {value}, which stands"), value=told)
    if measured.on_claim != measured.tally:
        told = _told(measured, measured.on_claim, words, measured.amount_on_claim)
        yield words.text(N_("on claims {value}"), value=told)
    claimed = measured.mean_on_claim
    if claimed is not None and claimed != measured.mean:
        yield words.text(N_("on claims {value}"), value=words.duration(claimed))
    if measured.own_clock.of:
        own = measured.own_clock
        yield words.text(
            N_("on the recorder's own clock alone {count} of {of}"), count=own.count, of=own.of
        )
    if measured.imported:
        yield words.plural(
            N_("{number} imported apart"), "{number} imported apart", len(measured.imported)
        )
    if measured.inexact:
        yield words.plural(
            N_("{number} of them of no known length"),
            "{number} of them of no known length",
            measured.inexact,
        )
    if measured.lengths and measured.bands:
        yield words.listing(_bands(measured, words))
    if measured.bound is not None:
        yield _asked(measured, measured.bound, words)
    if measured.provisional:
        yield words.text(N_("may still change"))


def _bands(measured: Measured, words: Language) -> Iterator[str]:
    """How many lengths are in each band."""
    limits = measured.figure.bands
    for limit, count in zip(limits, measured.bands, strict=False):
        yield words.text(N_("within {length} {count}"), length=words.duration(limit), count=count)
    longest = words.duration(limits[-1])
    yield words.text(N_("beyond {length} {count}"), length=longest, count=measured.bands[-1])


def agreed_told(bound: Bound, words: Language) -> str:
    """What the contract asks of a figure in a month."""
    asked = N_("at least {value} agreed") if bound.at_least else N_("at most {value} agreed")
    return words.text(asked, value=bound.said)


def _asked(measured: Measured, bound: Bound, words: Language) -> str:
    """What the contract asks of it in the month, and whether that was reached."""
    said = agreed_told(bound, words)
    match measured.kept:
        case None:
            return words.text(N_("{asked}: nothing to judge"), asked=said)
        case True:
            return words.text(N_("{asked}: reached"), asked=said)
        case _:
            return words.text(N_("{asked}: missed"), asked=said)


def _told(measured: Measured, tally: Tally, words: Language, amount: Decimal | None = None) -> str:
    if tell := _OF_ALL_ROWS.get(measured.figure.unit):
        return tell(measured, words)
    if tally.share is None:
        return words.text(N_("n/a"))
    match measured.figure.unit:
        case Unit.COUNT:
            return words.number(int(tally.of))
        case Unit.MEAN:
            mean = words.decimal(tally.share)
            return words.text(N_("{mean} ({number} scores)"), mean=mean, number=tally.of)
        case Unit.TIME:
            return words.percent(tally.share, TIME_DIGITS)
        case Unit.AMOUNT:
            told = words.decimal(amount or 0)
        case _:
            told = words.percent(tally.share)
    return words.text(N_("{share} ({count} of {of})"), share=told, count=tally.count, of=tally.of)


def _lengths(measured: Measured, words: Language) -> str:
    lengths, spread = measured.lengths, measured.spread
    if not lengths or measured.mean is None:
        return words.text(N_("n/a"))
    if spread is None:
        return words.listing(map(words.duration, lengths))
    return words.text(
        N_("mean {mean}, median {median}, 90th percentile {ninetieth}, at most {worst} ({number})"),
        mean=words.duration(measured.mean),
        median=words.duration(spread.median),
        ninetieth=words.duration(spread.ninetieth),
        worst=words.duration(spread.worst),
        number=spread.count,
    )


def _per_event(measured: Measured, words: Language) -> str:
    if not measured.whole_length:
        return words.text(N_("n/a"))
    if measured.per_event is None:
        up = words.duration(measured.whole_length)
        return words.text(N_("at least {length}: no outage"), length=up)
    return words.plural(
        N_("{length} ({number} outage)"),
        "{length} ({number} outages)",
        measured.tally.count,
        length=words.duration(measured.per_event),
    )


_OF_ALL_ROWS: Mapping[Unit, Callable[[Measured, Language], str]] = {
    Unit.LENGTH: _lengths,
    Unit.PER_EVENT: _per_event,
}
"""The units that are told by all rows, and not by what they add up to."""
