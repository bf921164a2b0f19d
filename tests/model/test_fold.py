"""The fold: what each step does to the state of a record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building.entries import claim, log_of
from weibao.model.events import EVENTS, State
from weibao.model.fold import fold, missteps, permits, possible_events
from weibao.model.state import Claimed, RecordState, SeverityPolicy, claimed

POLICY = SeverityPolicy(2, {1, 2, 3}, {"zhang-gong"})
NO_RECHECK = replace(POLICY, recheck=0)
OPENED = claim("2026-11-20 09:15", "opened")
REPAIRED = {"mode": "remote", "cause": "内存", "action": "更换"}


def step(time: str, event: str, by: str = "li-qiang", **data: str | int):
    return claim(f"2026-11-20 {time}", event, by, **data)


def after(*steps, policy: SeverityPolicy = POLICY) -> RecordState[Claimed]:
    return fold("ticket", claimed(log_of(OPENED, *steps)), policy)


@pytest.mark.parametrize("kind", EVENTS)
def test_a_lawful_step_but_a_reopening_leads_on_or_stays(kind: str) -> None:
    order = list(State)
    for row in EVENTS[kind]:
        if row.to and row.name != "reopened":
            assert all(order.index(row.to) >= order.index(state) for state in row.after), row.name


def test_an_unlawful_step_takes_back_nothing_that_was_reached() -> None:
    found = after(step("10:00", "resolved", **REPAIRED), step("10:10", "acknowledged"))
    assert found.state is State.RESOLVED
    assert found.resolved


def test_only_a_reopening_after_a_repair_begins_a_new_spell() -> None:
    early = after(step("10:00", "reopened", reason="又坏了"))
    assert len(early.spells) == 1
    again = after(
        step("10:00", "restored", mode="remote"), step("11:00", "reopened", reason="又坏了")
    )
    assert [bool(spell.repaired) for spell in again.spells] == [True, False]
    assert (again.restored, again.state) == (False, State.IN_PROGRESS)


@pytest.mark.parametrize(
    ("severity", "consent", "in_force"),
    [(1, "", 1), (3, "zhang-gong", 3), (3, "", 2), (3, "factory-noc", 2), (4, "zhang-gong", 2)],
    ids=["raised", "consented", "alone", "by who may not", "no such level"],
)
def test_raising_needs_nobody_and_lowering_a_contact_who_may_consent(
    severity: int, consent: str, in_force: int
) -> None:
    data = {"consent_by": consent} if consent else {}
    found = after(step("10:00", "severity_agreed", severity=severity, **data))
    assert (found.declared, found.severity) == (2, in_force)


def test_of_two_steps_in_one_second_the_one_that_the_table_has_first_counts_first() -> None:
    """A step of the same second is under the severity that is agreed before it, wherever it stands."""
    before, raised, later = (
        step("10:00", "arrived"),
        step("10:00", "severity_agreed", severity=1),
        step("10:00", "part_requested", part="psu", quantity=1),
    )
    steps = claimed(log_of(OPENED, later, raised, before))
    found = fold("ticket", steps, POLICY)
    assert [found.severity_at(one) for one in steps] == [2, 2, 1, 1]


def test_a_part_that_comes_after_the_resolution_is_no_answer_but_may_be_recorded() -> None:
    requested = step("09:30", "part_requested", part="psu", quantity=1)
    found = after(
        requested,
        step("10:00", "resolved", **REPAIRED),
        step("11:00", "reopened", reason="又坏了"),
        policy=NO_RECHECK,
    )
    assert found.awaited_parts == ("psu",)
    assert permits("ticket", found, "part_arrived", {"part": "psu"})
    arrived = after(
        requested,
        step("10:00", "resolved", **REPAIRED),
        step("11:00", "reopened", reason="又坏了"),
        step("12:00", "part_arrived", part="psu"),
        policy=NO_RECHECK,
    )
    (request,) = arrived.requests
    assert request.settled
    assert request.settled.entry.event == "resolved"
    assert arrived.awaited_parts == ()


def test_a_part_answers_the_request_that_still_waits_not_one_that_a_resolution_settled() -> None:
    """Else the engineer of the second failure would wait for ever for a part that is in his hands."""
    found = after(
        step("09:30", "part_requested", part="psu", quantity=1),
        step("10:00", "resolved", **REPAIRED),
        step("11:00", "reopened", reason="又坏了"),
        step("11:10", "part_requested", part="psu", quantity=1),
        step("12:00", "part_arrived", part="psu"),
        policy=NO_RECHECK,
    )
    first, second = found.requests
    assert first.arrived is None
    assert second.arrived
    assert second.settled is second.arrived


def test_a_cancellation_is_final() -> None:
    found = after(
        step("10:00", "cancelled", reason="误报"),
        step("10:10", "reopened", reason="不是误报"),
        step("10:20", "assigned", to="li-qiang"),
    )
    assert (found.state, found.ended, found.owner) == (State.CANCELLED, True, "")


def test_a_resolution_ends_a_pause_for_good() -> None:
    pause = step("09:40", "paused", reason="site_access")
    resolved = step("10:00", "resolved", **REPAIRED)
    assert after(pause).paused
    assert not after(pause, resolved).paused
    again = after(pause, resolved, step("10:30", "reopened", reason="又坏了"))
    assert not again.paused
    assert not permits("ticket", again, "resumed")
    assert permits("ticket", again, "paused")
    assert again.pauses[0].resumed == again.spells[1].reopened
    later = after(pause, resolved, step("10:30", "reopened", reason="又坏了"), policy=NO_RECHECK)
    assert later.pauses[0].resumed == later.spells[0].resolved


def test_a_repair_undone_at_once_answered_nobody_and_one_undone_later_did() -> None:
    steps = (step("10:00", "resolved", **REPAIRED), step("11:00", "reopened", reason="又坏了"))
    undone, held = after(*steps), after(*steps, policy=NO_RECHECK)
    assert (undone.response, undone.arrival) == (None, None)
    assert held.response == held.arrival == held.spells[0].resolved
    assert [spell.voids for spell in undone.spells] == [False, True]
    assert [spell.voids for spell in held.spells] == [False, False]


def test_one_slip_is_told_once() -> None:
    log = log_of(
        OPENED,
        step("10:00", "resolved", **REPAIRED),
        step("10:10", "acknowledged"),
        step("10:20", "arrived"),
    )
    (slip,) = missteps("ticket", log)
    assert slip.entry.event == "acknowledged"
    assert "confirmed" in slip.possible


def test_nothing_but_its_first_step_may_begin_a_record() -> None:
    firsts = {kind: possible_events(kind, RecordState()) for kind in ("ticket", "inspection")}
    assert firsts == {"ticket": ("opened",), "inspection": ("started",)}
