"""A ticket's story in five lines at most: reported, answered, repaired, resolved, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from weibao.language import N_
from weibao.model.imported import UNKNOWN
from weibao.report.ticket_impact import NOTHING
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice
    from weibao.sla.reading import Step

REPORTED = N_("{person} reported it on {moment}.")
REPORTED_THROUGH = N_("{person} reported it on {moment} ({channel}).")
PLANNED = N_("Planned from {start} to {end}.")
ANSWERED = N_("{person} answered after {length}.")
ANSWERED_ON = N_("{person} answered: {moment}.")
UNANSWERED = N_("Nobody has answered yet.")
UNSAID = N_("The old register does not say who answered.")
ON_SITE = N_("Somebody was on site after {length}.")
ON_SITE_ON = N_("Somebody was on site: {moment}.")
RESTORED = {
    Condition.OUTAGE: N_("It worked again after {length}."),
    Condition.PARTIAL: N_("All of it worked again after {length}."),
    Condition.DEGRADED: N_("It worked as it should again after {length}."),
}
MENDED = N_("It was mended after {length}.")
MENDED_ON = N_("It was mended: {moment}.")
NOT_RESTORED = {
    Condition.OUTAGE: N_("It does not work again yet: {length} so far."),
    Condition.PARTIAL: N_("Part of it does not work again yet: {length} so far."),
    Condition.DEGRADED: N_("It works, but not as it should yet: {length} so far."),
}
NOT_MENDED = N_("It is not mended yet: {length} so far.")
CAME_BACK = (
    N_("It came back {number} time, the last on {moment}."),
    "It came back {number} times, the last on {moment}.",
)
PAUSED = N_("The clock has been paused since {moment}: {reason}.")
RESOLVED = N_("Cause: {cause} Done: {action}")
NO_CAUSE = N_("The old register says neither the cause nor what was done.")
UNRESOLVED = N_("The cause is not removed yet.")
CONFIRMED = N_("{person} confirmed the result on {moment}.")
SAID = N_("By the provider's word, {person} confirmed the result on {moment}.")
NEVER_CONFIRMED = N_("Closed, never confirmed: the old register names nobody of the customer.")
UNCONFIRMED = N_("The customer has not confirmed the result yet.")
CANCELLED = N_("Cancelled on {moment}: {reason}")


def story_of(ticket: Ticket, voice: Voice, *, plain: bool = False) -> tuple[str | Markup, ...]:
    """The lines, in the order of time, by what the evidence shows as of the Book's instant.

    What of the record stands in a line carries its language as HTML, unless the lines are to be ``plain``.
    """
    book, state = voice.book, voice.book.states[ticket.id]
    reported = book.proofs[ticket.id].header_effective
    exact = ticket.reported_precision is None
    if state.cancelled is not None:
        return (
            _reported(ticket, voice, reported),
            _cancelled(ticket, state.cancelled, voice, plain=plain),
        )
    lines = (
        _reported(ticket, voice, reported),
        "" if ticket.planned else _answered(state, voice, reported if exact else None),
        _repaired(ticket, state, voice, reported if exact else None),
        _resolved(ticket, state, voice, plain=plain),
        _confirmed(ticket, state, voice),
    )
    return tuple(line for line in lines if line)


def _joined(voice: Voice, sentences: Iterator[str]) -> str:
    return ("" if voice.language.code == "zh" else " ").join(sentences)


def _reported(ticket: Ticket, voice: Voice, reported: Instant) -> str:
    words = voice.language
    if ticket.window:
        start, end = map(voice.moment, ticket.window)
        return words.text(PLANNED, start=start, end=end)
    return words.text(
        REPORTED_THROUGH if ticket.channel else REPORTED,
        person=voice.person(ticket.reported_by),
        moment=voice.when(reported, ticket.reported_precision),
        channel=words.term("channel", ticket.channel) if ticket.channel else "",
    )


def _answered(state: RecordState[Step], voice: Voice, reported: Instant | None) -> str:
    words, response, arrival = voice.language, state.response, state.arrival

    def sentences() -> Iterator[str]:
        if response is None:
            yield words.text(UNANSWERED)
        elif response.entry.event == "closed":
            yield words.text(UNSAID)
        else:
            yield _lasting(
                voice, ANSWERED, ANSWERED_ON, response, reported, person=response.entry.by
            )
        if arrival is not None and arrival.entry.event == "arrived":
            yield _lasting(voice, ON_SITE, ON_SITE_ON, arrival, reported)

    return _joined(voice, sentences())


def _lasting(
    voice: Voice, after: str, on: str, step: Step, begun: Instant | None, person: str = ""
) -> str:
    """After how long a step came; where that is not known exactly, when it came as far as that is known."""
    facts = {"person": voice.person(person)} if person else {}
    if begun is None or step.precision is not None:
        moment = voice.when(step.instant, step.precision)
        return voice.language.text(on, moment=moment, **facts)
    return voice.language.text(after, length=voice.roughly(step.instant - begun), **facts)


def _repaired(
    ticket: Ticket, state: RecordState[Step], voice: Voice, reported: Instant | None
) -> str:
    words, spell = voice.language, state.spells[-1]
    begun = reported
    if spell.reopened is not None:
        begun = None if spell.reopened.precision else spell.reopened.instant

    def sentences() -> Iterator[str]:
        if spell.reopened is not None:
            yield words.plural(
                *CAME_BACK,
                state.reopenings,
                moment=voice.when(spell.reopened.instant, spell.reopened.precision),
            )
        impact = voice.book.impacts.get(ticket.id, NOTHING)
        if ticket.kind == "fault" and spell.repaired is not None:
            told = RESTORED.get(impact.gravest, MENDED)
            yield _lasting(voice, told, MENDED_ON, spell.repaired, begun)
        elif ticket.kind == "fault" and begun is not None:
            told = NOT_RESTORED.get(impact.now, NOT_MENDED)
            yield words.text(told, length=voice.roughly(voice.book.as_of - begun))
        if state.paused:
            pause = state.pauses[-1].step
            reason = words.term("pause_reason", pause.entry.data["reason"])
            yield words.text(PAUSED, moment=voice.moment(pause.instant), reason=reason)

    return _joined(voice, sentences())


def _resolved(
    ticket: Ticket, state: RecordState[Step], voice: Voice, *, plain: bool
) -> str | Markup:
    resolved = state.spells[-1].resolved
    if resolved is None:
        return voice.language.text(UNRESOLVED) if state.restored else ""
    said = _said(ticket, resolved)
    if resolved.entry.event == "closed" or said.get("cause") == said.get("action") == UNKNOWN:
        return voice.language.text(NO_CAUSE)
    return _with_words(
        voice,
        RESOLVED,
        plain=plain,
        cause=_sentence(said.get("cause", "…"), voice),
        action=_sentence(said.get("action", "…"), voice),
    )


def _with_words(voice: Voice, message: str, *, plain: bool, **words: str) -> str | Markup:
    """A sentence with words of the record in it, each in its own language."""
    if plain:
        shown = {key: voice.shown(text) for key, text in words.items()}
        return voice.language.text(message, **shown)
    spoken = {key: voice.spoken(text) for key, text in words.items()}
    return Markup(voice.language.text(message)).format(**spoken)  # noqa: S704 - our own catalogue


def _said(ticket: Ticket, step: Step) -> Mapping[str, Any]:
    """What a step says in the edition of the ticket that the reader may have; nothing where it is withheld."""
    return next((entry.data for entry in ticket.log if entry.index == step.entry.index), {})


def _sentence(text: str, voice: Voice) -> str:
    """Words of a record with a stop at their end."""
    stop = "。" if voice.language.code == "zh" else "."
    return text if text.endswith(("。", ".", "！", "!")) else f"{text}{stop}"


def _confirmed(ticket: Ticket, state: RecordState[Step], voice: Voice) -> str:
    confirmed, resolved = state.confirmed, state.finished
    if resolved is None:
        return ""
    if state.closed_unconfirmed and voice.book.proofs[ticket.id].register:
        return voice.language.text(NEVER_CONFIRMED)
    if confirmed is None or confirmed.place < resolved.place:
        return voice.language.text(UNCONFIRMED)
    entries = voice.book.proofs[ticket.id].entries
    own = any(step.first_hand for step in entries if step.entry.index == confirmed.entry.index)
    return voice.language.text(
        CONFIRMED if own else SAID,
        person=voice.person(_said(ticket, confirmed).get("contact", "")),
        moment=voice.when(confirmed.instant, confirmed.precision),
    )


def _cancelled(ticket: Ticket, step: Step, voice: Voice, *, plain: bool) -> str | Markup:
    reason = _said(ticket, step).get("reason", "…")
    return _with_words(
        voice,
        CANCELLED,
        plain=plain,
        moment=voice.when(step.instant, step.precision),
        reason=reason,
    )
