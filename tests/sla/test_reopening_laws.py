"""Laws about reopenings, pauses and months that were closed, by Hypothesis."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from building.entries import claim, log_of
from sla.test_laws import LAW, REPORTED, SEVERITIES, contract_clocks, logs, verdicts
from weibao.model.contract import DEFAULT_RECHECK as RECHECK
from weibao.model.fold import fold
from weibao.model.state import claimed
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.sla.verdict import Verdict

DAY = 24 * 3600
CLOSING = REPORTED + 5 * DAY
"""When what is due by then, less the recheck, is closed."""
LATEST = CLOSING + 30 * DAY
ACKNOWLEDGED = claim(REPORTED, "acknowledged")
BEFORE = ("acknowledged", "arrived", "updated", "part_requested", "part_arrived")
LATER = {
    "arrived": {},
    "paused": {"reason": "site_access"},
    "resumed": {},
    "updated": {},
    "part_requested": {"part": "fan"},
    "part_arrived": {"part": "fan"},
    "restored": {"mode": "remote"},
    "resolved": {"mode": "remote"},
    "reopened": {},
    "cancelled": {},
}


@st.composite
def later_steps(draw: st.DrawFn) -> list:
    """Steps claimed after the closing, lawful or not, changes of severity among them."""
    when = draw(st.lists(st.integers(1, 20 * DAY), unique=True, max_size=8))
    steps = []
    for at in when:
        name = draw(st.sampled_from([*LATER, "severity_agreed"]))
        facts = LATER.get(name) or {}
        if name == "severity_agreed":
            facts = {"severity": draw(SEVERITIES), "consent_by": "zhang-gong"}
        steps.append(claim(CLOSING + at, name, **facts))
    return steps


def until_reopened(steps: list) -> list:
    """The steps without the repairs that repeat one: they are unlawful."""
    again = min((step.at for step in steps if step.event == "reopened"), default=LATEST)
    return [step for step in steps if step.at > again or step.event not in {"restored", "resolved"}]


def closed(found: tuple[Verdict, ...]) -> dict[tuple[str, str, int], Verdict]:
    return {one.order: one for one in found if one.due and one.due <= CLOSING - RECHECK}


@LAW
@given(logs(), SEVERITIES, later_steps())
def test_nothing_done_later_turns_a_promise_that_was_closed(log, severity: int, later) -> None:
    early = [step for step in log if step.at <= CLOSING]
    spell = fold("ticket", claimed(log_of(*early))).spells[-1]
    # A resolution that comes later, or that may still not hold, can void the restoration before it: that is restated.
    held = spell.held_from is not None and spell.held_from.instant <= CLOSING - RECHECK
    assume(spell.repaired is None or (spell.resolved is not None and held))
    if spell.resolved is not None:
        later = until_reopened(later)
    then = closed(verdicts(early, severity, CLOSING))
    now = {one.order: one for one in verdicts([*early, *later], severity, LATEST)}

    for order, was in then.items():
        assert (now[order].outcome, now[order].due) == (was.outcome, was.due), order
        if was.outcome is Outcome.MET:
            assert now[order].stop == was.stop


@LAW
@given(
    logs(BEFORE),
    SEVERITIES,
    st.sampled_from(["restored", "resolved"]),
    st.integers(1, 3 * DAY),
    st.integers(0, RECHECK),
    st.integers(1, DAY),
)
def test_a_repair_that_did_not_hold_is_as_if_it_had_not_been(
    log, severity: int, event: str, repaired: int, held: int, more: int
) -> None:
    repair, undone = REPORTED + repaired, REPORTED + repaired + held
    pair = [claim(repair, event, mode="remote"), claim(undone, "reopened")]
    end = claim(undone + more, "resolved", mode="on_site")
    steps = [step for step in log if not repair <= step.at <= undone and step.at != end.at]

    def judged(claims):
        found = verdicts(claims, severity, LATEST)
        return {
            one.order: (one.outcome, one.due, one.stop, one.elapsed_seconds, one.implied)
            for one in found
            if one.target != "update"
        }

    assert judged([*steps, *pair, end]) == judged([*steps, end])


@LAW
@given(SEVERITIES, st.integers(1, 5 * DAY), st.integers(1, 5 * DAY))
def test_after_a_repair_that_held_what_was_left_counts_from_the_reopening(
    severity: int, repaired: int, more: int
) -> None:
    repair = REPORTED + repaired
    reopened = repair + RECHECK + more
    steps = [ACKNOWLEDGED, claim(repair, "resolved", mode="on_site"), claim(reopened, "reopened")]
    found = {one.order[1:]: one for one in verdicts(steps, severity, reopened)}

    for target in ("restore", "resolve"):
        first, second = found.get((target, 1)), found.get((target, 2))
        assert (first is None) is (second is None)
        if first is None or second is None:
            continue
        assert (first.stop, second.start) == (repair, reopened)
        left = max(0, first.target_seconds - first.elapsed_seconds)
        assert second.target_seconds == left
        calendar = contract_clocks().calendar(second.clock)
        assert second.due == (calendar.advance(reopened, left) if left else reopened)
    assert found["update", 2].start == reopened


@LAW
@given(logs(BEFORE), SEVERITIES, st.integers(1, 3 * DAY), st.data())
def test_no_pause_after_the_stop_moves_a_promise(log, severity: int, stop: int, data) -> None:
    resolved = claim(REPORTED + stop, "resolved", mode="on_site")
    steps = [ACKNOWLEDGED, *(step for step in log if step.at < resolved.at), resolved]
    start, end = sorted(data.draw(st.integers(1, 10 * DAY)) for _ in "ab")
    pause = [
        claim(resolved.at + start, "paused", reason="site_access"),
        claim(resolved.at + end, "resumed"),
    ]

    assert verdicts([*steps, *pause], severity, LATEST) == verdicts(steps, severity, LATEST)


@LAW
@given(logs(), SEVERITIES)
def test_rounds_are_numbered_without_a_gap_and_follow_one_another(log, severity: int) -> None:
    rounds: dict[str, list[Verdict]] = {}
    for found in verdicts([ACKNOWLEDGED, *log], severity, LATEST):
        if found.target in {"restore", "resolve"}:
            rounds.setdefault(found.target, []).append(found)

    for found in rounds.values():
        assert [one.occurrence for one in found] == list(range(1, len(found) + 1))
        for before, after in pairwise(found):
            assert before.stop is not None
            assert before.stop + RECHECK < after.start
            assert before.outcome in {Outcome.MET, Outcome.BREACHED}
