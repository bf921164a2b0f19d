"""The headline in words: one sentence on the services, one on the promises, one on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.words.names import thing_called
from weibao.report.coming import DAY, FINE, HOUR
from weibao.report.headline import Saying

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.report.headline import Sentence

NAMED = 3
"""As many services are named; of more, only how many they are."""
DATE = "yyyy-MM-dd"
MOMENT = "yyyy-MM-dd HH:mm"

_ONE = {
    Saying.OUT: N_("{services} is down, {length}"),
    Saying.PARTLY_OUT: N_("{services} is partly down, {length}"),
    Saying.DEGRADED: N_("{services} is degraded, {length}; no service is down"),
    Saying.NOT_KNOWN: N_("How {services} is, is not known"),
    Saying.MAINTAINED: N_("{services} is under approved maintenance"),
}
_MANY = {
    Saying.OUT: N_("{number} services are down, the longest {length}"),
    Saying.PARTLY_OUT: N_("{number} services are partly down, the longest {length}"),
    Saying.DEGRADED: N_("{number} services are degraded, the longest {length}; no service is down"),
    Saying.NOT_KNOWN: N_("How {number} services are, is not known"),
    Saying.MAINTAINED: N_("{number} services are under approved maintenance"),
}
_COUNTED = {
    Saying.OVERDUE: (
        N_("{number} promise is overdue, since {since}"),
        N_("{number} promises are overdue, the first since {since}"),
    ),
    Saying.AT_RISK: (
        N_("{number} promise is at risk, due {since}"),
        N_("{number} promises are at risk, the first due {since}"),
    ),
    Saying.UNEXPLAINED: (
        N_("{number} missed promise is not explained yet"),
        N_("{number} missed promises are not explained yet"),
    ),
    Saying.NOT_JUDGED: (
        N_("{number} promise cannot be judged: no calendar covers its days"),
        N_("{number} promises cannot be judged: no calendar covers their days"),
    ),
    Saying.STANDING_STILL: (
        N_("The clocks of {number} ticket stand still; no other is running"),
        N_("The clocks of {number} tickets stand still; no other is running"),
    ),
    Saying.IN_TIME: (
        N_("{number} promise is within its time, due {until}"),
        N_("{number} promises are within their time, the next due {until}"),
    ),
    Saying.DAMAGED: (
        N_("The record is damaged in {number} place; what is said here is what is left of it"),
        N_("The record is damaged in {number} places; what is said here is what is left of it"),
    ),
    Saying.ERRORS: (
        N_("The record has {number} error and cannot be relied on as it is"),
        N_("The record has {number} errors and cannot be relied on as it is"),
    ),
}
_PLAIN = {
    Saying.NO_IMPACT: N_("No known impact on any service"),
    Saying.NO_SERVICES: N_("The contract names no service"),
    Saying.NOTHING_PROMISED: N_("No promise is running"),
    Saying.UNDAMAGED: N_("No check found damage to the record"),
    Saying.UNWITNESSED: N_(
        "The record is consistent; nobody outside witnessed it {since} – {until}"
    ),
}


def sentence_told(sentence: Sentence, records: Records, now: Instant, words: Language) -> str:
    """A sentence in words, as of ``now``. Lengths are told in whole hours or days, so that they stand for an hour."""
    zone, says = records.contract.zone, sentence.says
    if says in _ONE:
        return _of_services(sentence, records, now, words)
    named = {"since": sentence.since, "until": sentence.until}
    pattern = DATE if says is Saying.UNWITNESSED else MOMENT
    instants = {
        key: "" if instant is None else words.moment(instant, zone, pattern=pattern)
        for key, instant in named.items()
    }
    if says in _PLAIN:
        return words.text(_PLAIN[says], **instants)
    one, many = _COUNTED[says]
    return words.plural(one, many, sentence.number, **instants)


def _of_services(sentence: Sentence, records: Records, now: Instant, words: Language) -> str:
    alone = sentence.number == 1
    told = words.text(
        (_ONE if alone else _MANY)[sentence.says],
        services=words.listing(thing_called(records, key, words) for key in sentence.subjects[:1]),
        number=words.number(sentence.number),
        length=lasting(0 if sentence.since is None else now - sentence.since, words),
    )
    named = sentence.subjects if not alone and sentence.number <= NAMED else ()
    if named:
        listed = words.listing(thing_called(records, key, words) for key in named)
        told = words.text(N_("{told}: {services}"), told=told, services=listed)
    if sentence.also:
        more = N_("{number} more is affected"), N_("{number} more are affected")
        told = words.text(N_("{told}; {more}"), told=told, more=words.plural(*more, sentence.also))
    return told


def lasting(seconds: int, words: Language) -> str:
    """How long something has lasted: in whole hours, from two days on in whole days."""
    if seconds < HOUR:
        return words.text(N_("less than 1 h"))
    if seconds < FINE:
        return words.plural(N_("{number} h"), "{number} h", seconds // HOUR)
    return words.plural(N_("{number} day"), "{number} days", seconds // DAY)
