"""How what is due reads: what it is, when, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.names import depot_called, part_called, promise_called
from weibao.report.due.item import DueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.report.due.item import DueItem

WORDS = {
    DueKind.PROMISE: "{promise}",
    DueKind.UPDATE: "{promise}",
    DueKind.DUTY: N_("{rota}: {person} is on leave"),
    DueKind.WINDOW_MISSED: N_("window missed, no work in it"),
    DueKind.OVERRUN: N_("work beyond its window"),
    DueKind.WINDOW_ENDS: N_("window ends"),
    DueKind.WINDOW_OPENS: N_("window opens"),
    DueKind.APPROVAL: N_("approval of the window not shown"),
    DueKind.OWNER: N_("no owner"),
    DueKind.EXPLANATION: N_("{promise} missed, not explained"),
    DueKind.TAKE_OVER: N_("shift to be taken over: {rota}"),
    DueKind.HAND_OVER: N_("shift to be handed over: {rota}"),
    DueKind.REFERRAL: N_("to be referred to maker or carrier"),
    DueKind.CALL_BACK: N_("call back: {person}"),
    DueKind.CONFIRMATION: N_("result to be confirmed with the customer"),
    DueKind.REVIEW: N_("incident review, edition: {edition}"),
    DueKind.REPORT: N_("to be issued: {report} of {covers}"),
    DueKind.ANSWER: N_("not accepted yet: {report} of {covers}"),
    DueKind.PART_BACK: N_("old or unused part to come back: {part}"),
    DueKind.MEETING: N_("to be held: {meeting}"),
    DueKind.AUDIT: N_("audit of the records"),
    DueKind.SURVEY: N_("survey of the customer"),
    DueKind.ROUND: N_("planned work: {work}"),
    DueKind.ACTION: N_("action: {action}"),
    DueKind.STOCK: N_("{part} below minimum, {depot}"),
    DueKind.COUNT: N_("count: {depot}"),
    DueKind.WARRANTY: N_("warranty ends: {part} in {depot}"),
    DueKind.CONTRACT: N_("the contract ends"),
    DueKind.CALENDAR: N_("calendar “{calendar}” ends"),
    DueKind.CREDENTIAL: N_("“{name}” of {issuer} ends"),
    DueKind.CERTIFICATE: N_("certificate “{name}” ends"),
    DueKind.KEY: N_("signing key ends"),
    DueKind.AUTHORITY: N_("time-stamping certificate ends: {name}"),
}
"""What is said of each kind; of a promise its name is enough."""

NOBODY = N_("{rota}: nobody is on duty")

A_SEASON = 90 * 86400
"""Seconds within which a day needs no year."""


def due_told(item: DueItem, records: Records, words: Language, person: Callable[[str], str]) -> str:
    """What is due, in a few words. Names out of records are raw; ``person`` says what one is called."""
    alone = item.kind is DueKind.DUTY and len(item.subject) == 1
    message = NOBODY if alone else WORDS[item.kind]
    facts = _facts(item, records, words, person)
    return words.text(message, **facts) if facts else words.text(message)


def due_moment(item: DueItem, now: Instant, records: Records, words: Language) -> str:
    """When it is due; with the year where that is far from ``now``."""
    near = abs(item.left(now)) < A_SEASON
    pattern = "MM-dd HH:mm" if near else "yyyy-MM-dd"
    return words.moment(item.instant, records.contract.zone, pattern=pattern)


def roughly(seconds: int, words: Language) -> str:
    """A length of time as finely as it matters: in days, from a day on in hours, else in minutes."""
    away = abs(seconds)
    finest = next((unit for over, unit in _FINEST if away >= over), 1)
    return words.duration(away - away % finest)


_FINEST = ((30 * 86400, 86400), (86400, 3600), (60, 60))


def whose(item: DueItem, words: Language, person: Callable[[str], str]) -> str:
    """Who must see to it: the person, else the role."""
    return person(item.who.person) if item.who.person else words.term("role", item.who.role)


def command_told(item: DueItem, words: Language) -> str:
    """The command that mends it, as it is typed; where a file is edited first, that is said."""
    typed = " ".join(item.command)
    return words.text(N_("once edited: {command}"), command=typed) if item.edit else typed


def _facts(
    item: DueItem, records: Records, words: Language, person: Callable[[str], str]
) -> Mapping[str, str]:
    """The names of what it is about, as any of :data:`WORDS` may want them."""
    if not item.subject:
        return {}
    first, last = item.subject[0], item.subject[-1]
    planned = records.plan.work.get(first)
    return {
        "promise": promise_called(first, item.promise.occurrence if item.promise else 1, words),
        "rota": words.term("role", first),
        "person": person(last),
        "work": words.pick(planned.names) if planned else first,
        "action": first,
        "edition": words.term("review_edition", first),
        "report": words.term("deliverable", first),
        "covers": last,
        "meeting": words.term("ticket_kind", first),
        "part": part_called(records, first, words),
        "depot": depot_called(records, last, words),
        "calendar": first,
        "issuer": first,
        "name": last,
    }
