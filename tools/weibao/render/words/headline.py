"""The headline in words: one sentence on the services, one on the promises, one on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.names import thing_called
from weibao.report.headline import Statement

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.records import Records
    from weibao.report.headline import Lasted, Sentence

NAMED = 3
"""As many services are named; of more, only how many they are."""
DATE = "yyyy-MM-dd"
MOMENT = "yyyy-MM-dd HH:mm"

_ONE = {
    Statement.OUT: N_("{services} is down, {length}"),
    Statement.PARTLY_OUT: N_("{services} is partly down, {length}"),
    Statement.DEGRADED: N_("{services} is degraded, {length}"),
    Statement.NOT_KNOWN: N_("How {services} is, is not known"),
    Statement.MAINTAINED: N_("{services} is under approved maintenance"),
}
_MANY = {
    Statement.OUT: N_("{number} services are down, the longest {length}"),
    Statement.PARTLY_OUT: N_("{number} services are partly down, the longest {length}"),
    Statement.DEGRADED: N_("{number} services are degraded, the longest {length}"),
    Statement.NOT_KNOWN: N_("How {number} services are, is not known"),
    Statement.MAINTAINED: N_("{number} services are under approved maintenance"),
}
_COUNTED = {
    Statement.FAULTS_OPEN: (
        N_(
            "No known impact on any service; {number} fault is open that by its severity would have one"
        ),
        N_(
            "No known impact on any service; {number} faults are open that by their severity would have one"
        ),
    ),
    Statement.OVERDUE: (
        N_("{number} promise is overdue, since {since}"),
        N_("{number} promises are overdue, the first since {since}"),
    ),
    Statement.AT_RISK: (
        N_("{number} promise is at risk, due {since}"),
        N_("{number} promises are at risk, the first due {since}"),
    ),
    Statement.UNEXPLAINED: (
        N_("{number} missed promise is not explained yet"),
        N_("{number} missed promises are not explained yet"),
    ),
    Statement.NOT_JUDGED: (
        N_("{number} promise cannot be judged: no calendar covers its days"),
        N_("{number} promises cannot be judged: no calendar covers their days"),
    ),
    Statement.DOUBTED: (
        N_("What {number} ticket promises is not known: its record is damaged"),
        N_("What {number} tickets promise is not known: their records are damaged"),
    ),
    Statement.STANDING_STILL: (
        N_("The clocks of {number} ticket stand still; no other is running"),
        N_("The clocks of {number} tickets stand still; no other is running"),
    ),
    Statement.IN_TIME: (
        N_("{number} promise is within its time, due {until}"),
        N_("{number} promises are within their time, the next due {until}"),
    ),
    Statement.DAMAGED: (
        N_("The record is damaged in {number} place; what is said here is what is left of it"),
        N_("The record is damaged in {number} places; what is said here is what is left of it"),
    ),
    Statement.BEHIND: (
        N_("The branch “{branch}” has {number} commit that is not in what is said here"),
        N_("The branch “{branch}” has {number} commits that are not in what is said here"),
    ),
    Statement.ERRORS: (
        N_("The record has {number} error and cannot be relied on as it is"),
        N_("The record has {number} errors and cannot be relied on as it is"),
    ),
}
_PLAIN = {
    Statement.NO_IMPACT: N_("No known impact on any service"),
    Statement.NO_SERVICES: N_("The contract names no service"),
    Statement.NOTHING_PROMISED: N_("No promise is running"),
    Statement.UNDAMAGED: N_("No check found damage to the record"),
    Statement.UNWITNESSED: N_(
        "The record is consistent; nobody outside witnessed it {since} – {until}"
    ),
}


def sentence_told(sentence: Sentence, records: Records, words: Language) -> str:
    """A sentence in words."""
    zone, says = records.contract.zone, sentence.says
    if says in _ONE:
        return _of_services(sentence, records, words)
    named = {"since": sentence.since, "until": sentence.until}
    pattern = DATE if says is Statement.UNWITNESSED else MOMENT
    instants = {
        key: "" if instant is None else words.moment(instant, zone, pattern=pattern)
        for key, instant in named.items()
    }
    if says in _PLAIN:
        return words.text(_PLAIN[says], **instants)
    one, many = _COUNTED[says]
    branch = records.contract.evidence.main
    return words.plural(one, many, sentence.number, branch=branch, **instants)


def _of_services(sentence: Sentence, records: Records, words: Language) -> str:
    alone = sentence.number == 1
    told = words.text(
        (_ONE if alone else _MANY)[sentence.says],
        services=words.listing(thing_called(records, key, words) for key in sentence.subjects[:1]),
        number=words.number(sentence.number),
        length=lasting(sentence.lasted, words),
    )
    named = sentence.subjects if not alone and sentence.number <= NAMED else ()
    if named:
        listed = words.listing(thing_called(records, key, words) for key in named)
        told = words.text(N_("{told}: {services}"), told=told, services=listed)
    if sentence.also:
        more = N_("{number} more is affected"), N_("{number} more are affected")
        told = words.text(N_("{told}; {more}"), told=told, more=words.plural(*more, sentence.also))
    if sentence.unknown and sentence.says is not Statement.NOT_KNOWN:
        more = N_("of {number} more nothing is known"), "of {number} more nothing is known"
        told = words.text("{told}; {more}", told=told, more=words.plural(*more, sentence.unknown))
    elif sentence.says is Statement.DEGRADED:
        told = words.text("{told}; {more}", told=told, more=words.text(N_("no service is down")))
    return told


def lasting(length: Lasted | None, words: Language) -> str:
    """How long something has lasted; "" where nobody knows."""
    if length is None:
        return ""
    if length.in_days:
        return words.plural(N_("{number} day"), "{number} days", length.number)
    if length.number:
        return words.plural(N_("{number} h"), "{number} h", length.number)
    return words.text(N_("less than 1 h"))
