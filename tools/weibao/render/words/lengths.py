"""Lengths of time as a promise counts them: on a clock that runs in working hours, working hours.

A clock's seconds are not those on the wall. Two working days make eighteen hours of it, and a promise that fell due
at the close of business is not one working second over until the next morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.contract import ALWAYS

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.duration import Duration
    from weibao.sla.verdict import Verdict


def promised(within: Duration, words: Language) -> str:
    """A promised length of time, in working days where it was promised so."""
    if within.in_working_days:
        one, many = N_("{number} working day"), N_("{number} working days")
        return words.plural(one, many, within.working_days)
    return words.duration(within.seconds)


def counted(seconds: int, clock: str, words: Language) -> str:
    """Seconds that a clock counted, named for what they are."""
    return words.duration(seconds) if clock == ALWAYS else words.working_time(seconds)


def overrun(verdict: Verdict, words: Language) -> tuple[str, ...]:
    """By how much a promise was missed: on the wall, and where that differs in the time that counts. () if it was not."""
    late, margin = verdict.late_seconds, verdict.margin_seconds
    if late is None:
        return ()
    if margin is None or verdict.clock == ALWAYS:
        return (words.duration(late),)
    worked = words.working_time(margin)
    return (worked,) if -margin == late else (words.duration(late), worked)


def overrun_told(verdict: Verdict, words: Language) -> str:
    """The same in one line; "" if the promise was not missed."""
    late, *worked = overrun(verdict, words) or ("",)
    return (
        words.text(N_("{late}, of which {worked}"), late=late, worked=worked[0]) if worked else late
    )
