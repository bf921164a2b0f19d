"""Laws that hold for every calendar and every ticket, by Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from building.contract import small_contract
from building.entries import claim, log_of, moment, proof_of
from sla.oracle import NotCoveredError, Wall, count
from weibao.model.contract import CalendarTerms, Override, read_contract
from weibao.model.ticket import Ticket
from weibao.model.yaml.strict import read_yaml
from weibao.sla.calendar import WEEKDAYS, Uncovered, merge, working_hours
from weibao.sla.clock import Clock, Clocks, clocks_of
from weibao.sla.judge import judge
from weibao.sla.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from weibao.model.entry import Entry

LAW = settings(deadline=None, max_examples=60)

STAFF = frozenset({"wang-lei", "li-qiang"})
REPORTED = moment("2026-11-20 09:00")
WEEK = 7 * 24 * 3600
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
CLOCK_CHANGES = (date(2026, 3, 26), date(2026, 10, 22), date(2026, 4, 2), date(2026, 3, 5))
"""Some days before a night on which one of the zones changes its clocks."""


@st.composite
def hours(draw: st.DrawFn) -> tuple[str, ...]:
    """Up to two spells in one day; none begins or ends in the hours that a change may skip."""
    edges = st.one_of(st.just(0), st.integers(4 * 60, 24 * 60))
    times = sorted(draw(st.lists(edges, min_size=2, max_size=4, unique=True)))
    text = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in times]
    return tuple(f"{start}-{end}" for start, end in zip(text[::2], text[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> CalendarTerms:
    """Ten days of anything, in a zone that may change its clocks during them."""
    first = draw(st.sampled_from(CLOCK_CHANGES))
    weekly = draw(st.dictionaries(st.sampled_from(WEEKDAYS), hours(), min_size=1))
    dated = draw(st.dictionaries(st.integers(0, 9), st.one_of(st.just(()), hours()), max_size=2))
    overrides = tuple(
        Override((first + timedelta(day),), spells, "") for day, spells in dated.items()
    )
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return CalendarTerms("drawn", zone, weekly, first, first + timedelta(9), overrides)


@st.composite
def clocks(draw: st.DrawFn) -> tuple[Clock, Wall]:
    """A clock that stands still now and then, and the same calendar as the oracle sees it."""
    terms = draw(calendars())
    wall = Wall(terms)
    instants = st.integers(wall.begin, wall.end)
    spans = draw(st.lists(st.tuples(instants, instants), max_size=3))
    return Clock(working_hours(terms), merge(spans)), wall


@LAW
@given(clocks(), st.data())
def test_work_is_what_the_clock_on_the_wall_counts(drawn: tuple[Clock, Wall], data) -> None:
    clock, wall = drawn
    start, end = sorted(data.draw(st.integers(wall.begin, wall.end)) for _ in "ab")

    assert clock.work(start, end) == count(wall, start, end, clock.idle)


@LAW
@given(clocks(), st.data())
def test_due_is_the_first_second_that_reaches_the_target(drawn: tuple[Clock, Wall], data) -> None:
    clock, wall = drawn
    start = data.draw(st.integers(wall.begin, wall.end - 1))
    seconds = data.draw(st.integers(1, 10 * 24 * 3600))

    due = clock.advance(start, seconds)
    if isinstance(due, int):
        assert clock.work(start, due) == seconds
        assert clock.work(start, due - 1) == seconds - 1
    else:
        assert isinstance(due, Uncovered)
        assert count(wall, start, wall.end, clock.idle) < seconds


@LAW
@given(clocks(), st.data())
def test_advance_undoes_work(drawn: tuple[Clock, Wall], data) -> None:
    clock, wall = drawn
    start, end = sorted(data.draw(st.integers(wall.begin, wall.end - 1)) for _ in "ab")
    worked = clock.work(start, end)

    if worked:
        back = clock.advance(start, worked)
        assert back <= end
        assert clock.work(back, end) == 0


@LAW
@given(clocks(), st.data())
def test_one_more_pause_only_moves_the_due_time_later(drawn: tuple[Clock, Wall], data) -> None:
    clock, wall = drawn
    start = data.draw(st.integers(wall.begin, wall.end - 1))
    seconds = data.draw(st.integers(1, 3 * 24 * 3600))
    pause = tuple(sorted(data.draw(st.integers(wall.begin, wall.end)) for _ in "ab"))

    before = clock.advance(start, seconds)
    after = Clock(clock.calendar, merge([*clock.idle, pause])).advance(start, seconds)
    if isinstance(before, int):
        assert isinstance(after, Uncovered) or after >= before
    else:
        assert isinstance(after, Uncovered)


@LAW
@given(clocks(), st.data())
def test_the_nth_working_day_is_the_nth_on_the_wall(drawn: tuple[Clock, Wall], data) -> None:
    clock, wall = drawn
    start = data.draw(st.integers(wall.begin, wall.end - 1))
    days = data.draw(st.integers(1, 4))

    found = clock.calendar.close_of_business(start, days)
    assert found == _expected_close(wall, start, days)


def _expected_close(wall: Wall, start: int, days: int) -> int | Uncovered:
    try:
        return wall.close_of_business(start, days)
    except NotCoveredError:
        return Uncovered(wall.end)


@cache
def contract_clocks() -> Clocks:
    document, _ = read_yaml("contract.yaml", small_contract()["records/contract.yaml"].encode())
    assert document is not None
    return clocks_of(read_contract(document.data))


def ticket(log, severity: int) -> Ticket:
    return Ticket(
        id="T20261120-7K3Q9M",
        path="",
        kind="fault",
        title="",
        severity=severity,
        reported_at=REPORTED,
        reported_at_line=4,
        reported_by="zhang-gong",
        channel="phone",
        received_by="wang-lei",
        emergency=False,
        assets=(),
        description="",
        window=None,
        approved_by="",
        rollback="",
        log=log,
    )


def verdicts(claims, severity: int, as_of: int) -> tuple[Verdict, ...]:
    log = log_of(*claims)
    return judge(ticket(log, severity), proof_of(REPORTED, log), contract_clocks(), STAFF, as_of)


EVENTS = {
    "acknowledged": {},
    "arrived": {},
    "paused": {"reason": "site_access"},
    "resumed": {},
    "updated": {},
    "part_requested": {"part": "fan"},
    "part_arrived": {"part": "fan"},
    "restored": {"mode": "remote"},
    "resolved": {"mode": "on_site"},
    "reopened": {},
}


@st.composite
def logs(draw: st.DrawFn, events: tuple[str, ...] = tuple(EVENTS)) -> list:
    """Steps at distinct times within a week of the report, lawful or not."""
    when = draw(st.lists(st.integers(1, WEEK), unique=True, max_size=12))
    names = [draw(st.sampled_from(events)) for _ in when]
    return [
        claim(REPORTED + at, name, **EVENTS[name]) for at, name in zip(when, names, strict=True)
    ]


SEVERITIES = st.integers(1, 4)


@LAW
@given(logs(), SEVERITIES, st.integers(0, WEEK), st.integers(0, WEEK))
def test_elapsed_never_shrinks_as_time_goes_by(log, severity: int, one: int, other: int) -> None:
    earlier, later = (
        {found.order: found for found in verdicts(log, severity, REPORTED + at)}
        for at in sorted((one, other))
    )

    for order, found in earlier.items():
        if found.target != "update":  # there the response itself may turn out to be void
            assert found.elapsed_seconds <= later[order].elapsed_seconds


@LAW
@given(logs(), SEVERITIES)
def test_due_and_elapsed_of_a_verdict_agree_with_its_outcome(log, severity: int) -> None:
    for found in verdicts(log, severity, REPORTED + WEEK):
        ended = REPORTED + WEEK if found.stop is None else found.stop
        if found.outcome is Outcome.BREACHED:
            assert ended > found.due
            assert found.margin_seconds <= 0
        elif found.outcome is not Outcome.WAIVED:
            assert found.due is None or ended <= found.due
            assert found.margin_seconds >= 0


@LAW
@given(logs(("paused", "resumed", "updated", "arrived")), SEVERITIES)
def test_met_on_the_due_second_and_breached_on_the_next(log, severity: int) -> None:
    running = {
        found.target: found
        for found in verdicts([claim(REPORTED, "acknowledged"), *log], severity, REPORTED + WEEK)
    }
    due = running["resolve"].due
    last = max((one.at for one in log), default=REPORTED)
    if due is None or due <= last:
        return

    for stop, outcome in ((due, Outcome.MET), (due + 1, Outcome.BREACHED)):
        steps = [claim(REPORTED, "acknowledged"), *log, claim(stop, "resolved", mode="on_site")]
        found = {one.target: one for one in verdicts(steps, severity, stop)}
        assert (found["resolve"].outcome, found["resolve"].due) == (outcome, due)


@LAW
@given(logs(("arrived", "restored", "resolved", "updated")), SEVERITIES, st.data())
def test_a_pause_makes_no_verdict_worse(log, severity: int, data) -> None:
    start, end = sorted(data.draw(st.integers(1, WEEK)) for _ in "ab")
    acknowledged = claim(REPORTED, "acknowledged")
    pause = (
        claim(REPORTED + start, "paused", reason="site_access"),
        claim(REPORTED + end, "resumed"),
    )

    without = verdicts([acknowledged, *log], severity, REPORTED + WEEK)
    paused = {
        one.target: one for one in verdicts([acknowledged, *log, *pause], severity, REPORTED + WEEK)
    }
    for found in without:
        if found.target != "update":
            assert paused[found.target].due >= found.due
            assert paused[found.target].elapsed_seconds <= found.elapsed_seconds


NO_STEPS = st.sampled_from(["attached", "amended", "notified", "justified", "left", "confirmed"])


def no_step(at: int, event: str, by: str = "li-qiang") -> Entry:
    data = {"field": "title", "value": "核心交换机", "reason": "笔误"} if event == "amended" else {}
    return claim(REPORTED + at, event, by, **data)


@LAW
@given(logs(), SEVERITIES, st.lists(st.tuples(st.integers(1, WEEK), NO_STEPS), max_size=5))
def test_entries_that_are_no_steps_change_no_verdict_but_that_on_updates(
    log, severity: int, more
) -> None:
    others = [no_step(at, event) for at, event in more]

    def without_updates(claims):
        found = verdicts(claims, severity, REPORTED + WEEK)
        return [one for one in found if one.target != "update"]

    assert without_updates([*log, *others]) == without_updates(log)


@LAW
@given(logs(), SEVERITIES, st.lists(st.tuples(st.integers(1, WEEK), NO_STEPS), max_size=5))
def test_what_the_customer_cannot_see_or_says_himself_changes_no_verdict(
    log, severity: int, more
) -> None:
    unseen = [replace(no_step(at, event), internal=True) for at, event in more]
    his_own = [no_step(at, event, "zhang-gong") for at, event in more]

    expected = verdicts(log, severity, REPORTED + WEEK)
    assert verdicts([*log, *unseen], severity, REPORTED + WEEK) == expected
    assert verdicts([*log, *his_own], severity, REPORTED + WEEK) == expected


@LAW
@given(logs(), SEVERITIES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_in_the_file_changes_no_verdict(log, severity: int, random) -> None:
    shuffled = random.sample(log, len(log))

    def judged(claims):
        found = verdicts(claims, severity, REPORTED + WEEK)
        return [replace(one, ended_by=None) for one in found]

    assert judged(shuffled) == judged(log)


@LAW
@given(logs(), SEVERITIES, st.integers(0, WEEK))
def test_where_every_claim_is_supported_believing_it_changes_nothing(
    log, severity: int, as_of: int
) -> None:
    for found in verdicts(log, severity, REPORTED + as_of):
        assert found.on_claim is found.outcome


@LAW
@given(logs(), SEVERITIES, st.integers(0, WEEK), st.data())
def test_a_response_recorded_late_is_never_judged_better_than_claimed(
    log, severity: int, as_of: int, data
) -> None:
    numbered = log_of(*log)
    proof = proof_of(REPORTED, numbered)
    steps = {"acknowledged", "arrived", "restored", "resolved", "part_arrived"}
    late = replace(
        proof,
        entries=tuple(
            replace(one, effective=one.entry.at + data.draw(st.integers(0, WEEK)))
            if one.entry.event in steps
            else one
            for one in proof.entries
        ),
    )

    found = judge(ticket(numbered, severity), late, contract_clocks(), STAFF, REPORTED + as_of)
    kept = {Outcome.MET, Outcome.WAIVED}
    for one in found:
        if one.target == "respond" and one.outcome in kept:
            assert one.on_claim in kept
