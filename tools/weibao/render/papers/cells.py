"""The cells of papers: what a voice says of a thing, beside the same for machines."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.addresses import asset_page, record_page
from weibao.render.edition.withheld import Told
from weibao.render.papers.paper import Fact, PaperCell, PaperText, TableColumn, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.imported import Precision
    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Mood, Value
    from weibao.sla.tally import Tally
    from weibao.sla.verdict import Outcome, Verdict

NONE = PaperCell(said("—"), None, "muted")
"""What stands where there is nothing."""

CLAIMED = N_("{moment} (claimed {claim})")
"""An instant by the evidence, and the claim."""

_PUT_IN = re.compile("〔[^〕]*〕")
"""What was put in the place of words that are withheld: a label, in one language."""

_MOODS: dict[str, Mood] = {
    "met": "good",
    "breached": "bad",
    "at_risk": "warn",
    "undetermined": "warn",
    "waived": "muted",
    "cancelled": "muted",
}


def _neutral(voice: Voice, text: str) -> str:
    """Words of the record as this reader may know them, without what the language calls that which is withheld."""
    shown = voice.shown(text)
    return text if shown == text else _PUT_IN.sub("〔〕", shown)


def own(voice: Voice, message: str, /, **facts: object) -> PaperText:
    """A sentence of the catalogue, with what of the record stands in it as this reader may know it."""
    shown = {
        key: voice.shown(value) if isinstance(value, str) else value for key, value in facts.items()
    }
    return said(Told(voice.language.text(message, **shown)))


def column(voice: Voice, key: str, head: str, weight: int = 1) -> TableColumn:
    """A column under a head of the catalogue."""
    return TableColumn(key, own(voice, head), weight)


def fact(voice: Voice, key: str, label: str, cell: PaperCell) -> Fact:
    """What stands beside a label of the catalogue."""
    return Fact(key, own(voice, label), cell)


def written(voice: Voice, text: str) -> PaperCell:
    """Words of the record, as they were written and as this reader may know them."""
    return PaperCell(said(voice.shown(text)), _neutral(voice, text)) if text else NONE


def named(voice: Voice, key: str, name: str) -> PaperCell:
    """A thing of the configuration by its name, for machines by its id."""
    return PaperCell(said(voice.shown(name)), _neutral(voice, key)) if key else NONE


def verbatim(text: str) -> PaperCell:
    """What is the same in every language and nobody's words: a commit, a digest, a command."""
    return PaperCell(said(Told(text)), text) if text else NONE


def term(voice: Voice, kind: str, word: str, mood: Mood = "") -> PaperCell:
    """A word of the record format."""
    return PaperCell(said(Told(voice.language.term(kind, word))), word, mood) if word else NONE


def outcome(voice: Voice, verdict: Verdict) -> PaperCell:
    """How a promise came out."""
    return outcome_of(voice, verdict.outcome)


def outcome_of(voice: Voice, found: Outcome) -> PaperCell:
    """An outcome, by itself."""
    return term(voice, "outcome", found.value, _MOODS.get(found.value, ""))


def person(voice: Voice, who: str) -> PaperCell:
    """A person, as this reader may know them; for machines by the id, or by where on the page of people they are."""
    if not who:
        return NONE
    people = voice.people
    return PaperCell(said(voice.person(who)), who if people.named else people.place(who))


def for_reader(voice: Voice, proven: ProvenEntry) -> bool:
    """Whether an entry of the whole record is for this reader."""
    return voice.audience == "internal" or not proven.entry.internal


def details(voice: Voice, kind: str, entry: Entry) -> PaperText:
    """What an entry says beside its time, its event and its author; ``kind`` is that of its record."""
    words = voice.language
    told = [
        words.text(N_("{label}: {value}"), label=label, value=value)
        for label, value, _ in voice.details(kind, entry)
    ]
    return said(voice.shown(joined(voice, told or ["—"])))


def persons(voice: Voice, who: Sequence[str]) -> PaperCell:
    """Several people, those who are called alike once."""
    known = dict.fromkeys(str(person(voice, somebody).value) for somebody in who)
    told = voice.language.listing(map(voice.person, voice.each_once(who)))
    return PaperCell(said(Told(told)), " ".join(known)) if who else NONE


def severity(voice: Voice, level: int | None) -> PaperCell:
    """A severity by the contract's name of it."""
    return NONE if level is None else PaperCell(said(voice.shown(voice.severity(level))), level)


def several(voice: Voice, names: Mapping[str, str]) -> PaperCell:
    """Several things of the configuration by their names, for machines by their ids."""
    if not names:
        return NONE
    told = voice.language.listing(names.values())
    return PaperCell(said(voice.shown(told)), " ".join(_neutral(voice, key) for key in names))


def listed(voice: Voice, texts: Iterable[str]) -> PaperCell:
    """Several things that are called what they are: ids, models, serial numbers."""
    return several(voice, {text: text for text in texts})


def moment(voice: Voice, instant: Instant | None, precision: Precision | None = None) -> PaperCell:
    """An instant, to the minute, in the contract's zone; as exactly as an old register says it."""
    if instant is None:
        return NONE
    if precision is not None:
        return PaperCell(said(Told(voice.when(instant, precision))), precision.value)
    return PaperCell(said(Told(voice.moment(instant))), voice.rfc3339(instant), form="instant")


def due(voice: Voice, verdict: Verdict) -> PaperCell:
    """When a promise is due, as exactly as that is known."""
    vague = verdict.start_precision
    if verdict.due is None or vague is None:
        return moment(voice, verdict.due)
    return PaperCell(said(Told(voice.due(verdict))), vague.value)


def step_time(voice: Voice, step: ProvenEntry | None) -> PaperCell:
    """When a step was done by the evidence; with the claim, where that says otherwise."""
    return NONE if step is None else claimed(voice, step.effective, step.entry.at, step.precision)


def claimed(
    voice: Voice,
    instant: Instant | None,
    claim: Instant | None,
    precision: Precision | None = None,
) -> PaperCell:
    """When something happened by the evidence; with the claim, where that says otherwise."""
    cell = moment(voice, instant, precision)
    if (
        instant is None
        or claim is None
        or precision is not None
        or voice.moment(instant) == voice.moment(claim)
    ):
        return cell
    told = own(voice, CLAIMED, moment=Told(voice.moment(instant)), claim=Told(voice.clock(claim)))
    return replace(cell, said=told, mood="warn")


def stated(
    voice: Voice, message: str, value: Value, mood: Mood = "", /, **facts: object
) -> PaperCell:
    """A sentence of the catalogue, and the same for machines."""
    return PaperCell(own(voice, message, **facts), value, mood)


def measured(voice: Voice, value: str | float | None, unit: str = "", mood: Mood = "") -> PaperCell:
    """What was measured, with its unit."""
    if value is None or value == "":
        return NONE
    if isinstance(value, str):
        return replace(written(voice, value), mood=mood)
    text = f"{voice.measured(value)} {unit}".rstrip()
    return PaperCell(said(Told(text)), voice.measured(value), mood, number=True)


def field_head(voice: Voice, kind: str, event: str, key: str) -> PaperText:
    """What a key of an event is called, as the head of a column or a label."""
    return said(Told(voice.field_of(kind, event, key)))


def day(day: date | None) -> PaperCell:
    """A date."""
    return NONE if day is None else PaperCell(said(Told(day.isoformat())), day.isoformat())


def length(voice: Voice, seconds: int | None) -> PaperCell:
    """A length of time; for machines in seconds."""
    if seconds is None:
        return NONE
    return PaperCell(said(Told(voice.length(seconds))), seconds, number=True, form="seconds")


def number(voice: Voice, value: int) -> PaperCell:
    """A count."""
    return PaperCell(said(Told(voice.language.number(value))), value, number=True)


def amount(voice: Voice, value: Decimal | None) -> PaperCell:
    """Money, without its currency."""
    if value is None:
        return NONE
    return PaperCell(said(Told(voice.language.decimal(value))), value, number=True)


def share(voice: Voice, tally: Tally) -> PaperCell:
    """How many of how many, and the share rounded down; n/a where there was nothing."""
    told = voice.share(tally.share)
    if tally.share is None:
        return PaperCell(said(Told(told)), None, "muted", number=True)
    return PaperCell(
        said(Told(f"{told} {tally.count}/{tally.of}")),
        f"{tally.count}/{tally.of}",
        number=True,
        form="share",
    )


def record(voice: Voice, name: str) -> PaperCell:
    """The id of a record, with the way to its page."""
    return PaperCell(said(Told(name)), name, way=(record_page(voice.book.records, name), ""))


def records(voice: Voice, names: Sequence[str]) -> PaperCell:
    """The ids of several records; the way to the page of a single one."""
    if len(names) == 1:
        return record(voice, names[0])
    return PaperCell(said(Told(voice.language.listing(names))), " ".join(names)) if names else NONE


def joined(voice: Voice, sentences: Iterable[str]) -> str:
    """Several things that were said, in one line."""
    return reduce(
        lambda told, more: voice.language.text(N_("{told}; {more}"), told=told, more=more),
        sentences,
    )


def asset(voice: Voice, name: str) -> PaperCell:
    """A piece of equipment, by its name and its id."""
    if not name:
        return NONE
    called = voice.shown(voice.asset(name))
    told = called if called == name else f"{called} {name}"
    return PaperCell(said(Told(told)), name, way=(asset_page(name), ""))


def month(voice: Voice, name: str) -> PaperCell:
    """A month."""
    return PaperCell(said(Told(voice.month(name))), name)


def percent(voice: Voice, share: Fraction | None, digits: int = 3) -> PaperCell:
    """A share of time, rounded down; n/a where nothing was counted."""
    told = voice.share(share, digits)
    if share is None:
        return PaperCell(said(Told(told)), None, "muted", number=True)
    return PaperCell(said(Told(told)), voice.language.percent(share, digits), number=True)


def holds(voice: Voice, good: bool, mood: Mood = "warn") -> PaperCell:  # noqa: FBT001 - the fact itself
    """Whether something is so; ``mood`` is for where it is not."""
    told = N_("shown") if good else N_("not shown")
    return PaperCell(own(voice, told), good, "" if good else mood)
