"""The cells of papers: what a voice says of a thing, beside the same for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.edition.addresses import record_page
from weibao.render.edition.withheld import Told
from weibao.render.papers.paper import Fact, PaperCell, PaperText, TableColumn, said

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Mood
    from weibao.sla.tally import Tally
    from weibao.sla.verdict import Verdict

NONE = PaperCell(said("—"), None, "muted")
"""What stands where there is nothing."""

_MOODS: dict[str, Mood] = {
    "met": "good",
    "breached": "bad",
    "at_risk": "warn",
    "undetermined": "warn",
    "waived": "muted",
    "cancelled": "muted",
}


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
    return PaperCell(said(voice.shown(text)), voice.shown(text)) if text else NONE


def named(voice: Voice, key: str, name: str) -> PaperCell:
    """A thing of the configuration by its name, for machines by its id."""
    return PaperCell(said(voice.shown(name)), voice.shown(key)) if key else NONE


def verbatim(text: str) -> PaperCell:
    """What is the same in every language and nobody's words: a commit, a digest, a command."""
    return PaperCell(said(Told(text)), text) if text else NONE


def term(voice: Voice, kind: str, word: str, mood: Mood = "") -> PaperCell:
    """A word of the record format."""
    return PaperCell(said(Told(voice.language.term(kind, word))), word, mood) if word else NONE


def outcome(voice: Voice, verdict: Verdict) -> PaperCell:
    """How a promise came out."""
    word = verdict.outcome.value
    return term(voice, "outcome", word, _MOODS.get(word, ""))


def person(voice: Voice, who: str) -> PaperCell:
    """A person, as this reader may know them."""
    return PaperCell(said(voice.person(who)), voice.person(who)) if who else NONE


def moment(voice: Voice, instant: Instant | None) -> PaperCell:
    """An instant, to the minute, in the contract's zone."""
    if instant is None:
        return NONE
    return PaperCell(said(Told(voice.moment(instant))), voice.rfc3339(instant))


def day(day: date | None) -> PaperCell:
    """A date."""
    return NONE if day is None else PaperCell(said(Told(day.isoformat())), day.isoformat())


def length(voice: Voice, seconds: int | None) -> PaperCell:
    """A length of time; for machines in seconds."""
    if seconds is None:
        return NONE
    return PaperCell(said(Told(voice.length(seconds))), seconds, number=True)


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
        said(Told(f"{told} {tally.count}/{tally.of}")), f"{tally.count}/{tally.of}", number=True
    )


def record(voice: Voice, name: str) -> PaperCell:
    """The id of a record, with the way to its page."""
    return PaperCell(said(Told(name)), name, way=(record_page(voice.book.records, name), ""))
