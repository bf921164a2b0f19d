"""What a fault takes from a service: the worked example of the rule, and each case by itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from building.entries import claim, moment
from sla.test_availability import asset, fault, over, restored
from weibao.model.impact import (
    DEFAULT_AVAILABILITY,
    AvailabilityTerms,
    Impact,
    RedundancyGroup,
    impacts_in,
)
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from weibao.model.ticket import Ticket

HOUR = 3600
NINE = moment("2026-11-20 09:00")
PAIR = (asset(), asset("core-sw-02"))
FOUR = (*PAIR, asset("fw-01"), asset("fw-02"))


def groups(*found: tuple[str, ...], need: int = 1) -> AvailabilityTerms:
    return AvailabilityTerms(
        date(2026, 1, 1),
        DEFAULT_AVAILABILITY.effects,
        DEFAULT_AVAILABILITY.weights,
        tuple(RedundancyGroup(one[0], frozenset(one), need) for one in found),
    )


TWO = groups(("core-sw-01", "core-sw-02"))


def after(hours: float) -> int:
    return NINE + int(hours * HOUR)


def wan(*tickets: Ticket, **given: object) -> dict[Condition, int]:
    """The seconds of the service in each condition but operational."""
    return dict(over(*tickets, **given).services["wan"].by_condition)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("terms", "experienced", "by_contract", "hours"),
    [
        (DEFAULT_AVAILABILITY, "99.000", "99.871", {Condition.PARTIAL: 24}),
        (TWO, "100", "100", {Condition.DEGRADED: 24}),
    ],
    ids=["without a group", "in a group of two that needs one"],
)
def test_the_worked_example(
    terms: AvailabilityTerms, experienced: str, by_contract: str, hours: dict[Condition, int]
) -> None:
    """720 hours covered, one severity-2 fault of 24 hours with a carrier's pause of 21 hours."""
    one = fault(
        "T1",
        NINE,
        claim(after(1), "acknowledged"),
        claim(after(2), "paused", reason="third_party_carrier"),
        claim(after(23), "resumed"),
        restored(after(24)),
        severity=2,
    )
    found = over(one, assets=PAIR, as_of=moment("2026-12-01 00:00"), terms=terms).services["wan"]
    # 30 days of November and a December day of no length yet.
    assert found.seconds == 29 * 86400
    found = over(one, assets=PAIR, as_of=moment("2026-12-01 00:00"), terms=terms, days=31).services[
        "wan"
    ]
    assert found.seconds == 720 * HOUR
    assert {key: span // HOUR for key, span in found.by_condition.items()} == hours
    assert found.excluded_seconds == 21 * HOUR
    assert [(span.start, span.end) for span in found.excluded] == [(after(2), after(23))]
    for share, told in ((found.share, experienced), (found.share_by_contract, by_contract)):
        assert share is not None
        assert float(told) == int(share * 100000) / 1000


def test_a_service_in_a_group_is_out_when_too_few_work_and_degraded_while_any_is_lost() -> None:
    one = fault("T1", NINE, restored(after(4)))
    other = fault("T2", after(2), restored(after(6)), assets=("core-sw-02",), severity=2)
    assert wan(one, assets=PAIR, terms=TWO) == {Condition.DEGRADED: 4 * HOUR}
    assert wan(one, other, assets=PAIR, terms=TWO) == {
        Condition.DEGRADED: 4 * HOUR,
        Condition.OUTAGE: 2 * HOUR,
    }


def test_a_severity_1_of_the_whole_group_is_an_outage_though_every_promise_is_in_time() -> None:
    both = fault("T1", NINE, assets=("core-sw-01", "core-sw-02"))
    assert wan(both, assets=PAIR, terms=TWO, as_of=after(0.2)) == {Condition.OUTAGE: 720}


def test_two_groups_that_are_short_are_as_the_worse_of_them() -> None:
    terms = groups(("core-sw-01", "core-sw-02"), ("fw-01", "fw-02"))
    one = fault("T1", NINE, restored(after(4)), assets=("core-sw-01",))
    two = fault("T2", NINE, restored(after(4)), assets=("fw-01",))
    three = fault("T3", after(1), restored(after(2)), assets=("fw-02",))
    assert wan(one, two, assets=FOUR, terms=terms) == {Condition.DEGRADED: 4 * HOUR}
    assert wan(one, two, three, assets=FOUR, terms=terms) == {
        Condition.DEGRADED: 3 * HOUR,
        Condition.OUTAGE: HOUR,
    }


def test_a_pause_changes_nothing_of_the_impact() -> None:
    steps = (claim(after(1), "acknowledged"), claim(after(1), "paused", reason="site_access"))
    found = over(fault("T1", NINE, *steps, severity=2), as_of=after(5)).services["wan"]
    assert found.by_condition == {Condition.PARTIAL: 5 * HOUR}
    assert found.excluded == ()  # nor is it one of the pauses that the contract leaves out


def test_what_the_ticket_states_comes_before_the_group_and_the_table() -> None:
    stated = fault("T1", NINE, restored(after(2)), severity=1)
    stated = _with(stated, impact=impacts_in([{"on": "wan", "state": "partial"}]))
    assert wan(stated, assets=PAIR, terms=TWO) == {Condition.PARTIAL: 2 * HOUR}


def test_an_asset_that_is_stated_to_work_takes_nothing_from_what_rests_on_it() -> None:
    stated = _with(fault("T1", NINE, restored(after(2))), impact={"core-sw-01": Impact.NONE})
    assert wan(stated) == {}
    assert wan(stated, assets=PAIR, terms=TWO) == {}


def test_raising_an_impact_counts_at_once_and_the_provider_alone_lowers_none() -> None:
    raised = claim(after(1), "impact", impact=[{"on": "wan", "state": "outage"}])
    lowered = claim(after(2), "impact", impact=[{"on": "wan", "state": "none"}])
    agreed = claim(
        after(3), "impact", impact=[{"on": "wan", "state": "none"}], consent_by="zhang-gong"
    )
    one = fault("T1", NINE, raised, lowered, agreed, restored(after(9)), severity=2)
    assert wan(one) == {Condition.PARTIAL: HOUR, Condition.OUTAGE: 2 * HOUR}


def test_consent_of_who_may_not_consent_lowers_nothing() -> None:
    by_whom_may_not = claim(
        after(1), "impact", impact=[{"on": "wan", "state": "none"}], consent_by="customer-noc"
    )
    assert wan(fault("T1", NINE, by_whom_may_not, restored(after(2)))) == {
        Condition.OUTAGE: 2 * HOUR
    }


def planned(
    *steps: object, approved_by: str = "zhang-gong", hours: tuple[int, int] = (0, 4)
) -> Ticket:
    start, end = (after(one) for one in hours)
    ticket = fault("P1", after(-48), *steps, kind="downtime")  # type: ignore[arg-type]
    return _with(ticket, severity=None, window=(start, end), approved_by=approved_by)


ARRIVED, DONE = claim(after(1), "arrived"), claim(after(3), "resolved", mode="on_site")


def test_work_in_an_approved_window_is_maintenance_until_it_is_finished() -> None:
    found = over(planned(ARRIVED, DONE)).services["wan"]
    assert found.by_condition == {Condition.MAINTENANCE: 3 * HOUR}
    assert found.lost == 3 * HOUR
    assert (found.lost_by_contract, found.excluded_seconds) == (0, 3 * HOUR)
    assert found.share_by_contract == 1


def test_work_that_nobody_who_may_has_approved_is_an_outage() -> None:
    found = over(planned(ARRIVED, DONE, approved_by="customer-noc")).services["wan"]
    assert found.by_condition == {Condition.OUTAGE: 2 * HOUR}
    assert found.excluded == ()


def test_work_beyond_its_window_is_an_outage_from_its_end() -> None:
    late = claim(after(6), "resolved", mode="on_site")
    assert wan(planned(ARRIVED, late)) == {
        Condition.MAINTENANCE: 4 * HOUR,
        Condition.OUTAGE: 2 * HOUR,
    }


def test_work_begun_before_its_window_is_an_outage_until_it_opens() -> None:
    assert wan(planned(claim(after(-1), "arrived"), DONE)) == {
        Condition.OUTAGE: HOUR,
        Condition.MAINTENANCE: 3 * HOUR,
    }


def test_a_window_is_maintenance_while_it_lasts_and_nothing_where_nobody_came() -> None:
    assert wan(planned(), as_of=after(2)) == {Condition.MAINTENANCE: 2 * HOUR}
    assert wan(planned(), as_of=after(9)) == {}
    assert wan(planned(), as_of=after(-1)) == {}


def test_a_fault_inside_a_window_outranks_it_and_is_not_left_out() -> None:
    outage = fault("T1", after(1), restored(after(2)))
    found = over(planned(ARRIVED, DONE), outage).services["wan"]
    assert found.by_condition == {Condition.MAINTENANCE: 2 * HOUR, Condition.OUTAGE: HOUR}
    assert found.excluded_seconds == 2 * HOUR
    assert found.lost_by_contract == HOUR


def test_maintenance_that_a_group_bears_is_no_loss_but_a_fault_beside_it_is_an_outage() -> None:
    window = planned(ARRIVED, DONE)
    beside = fault("T1", after(2), restored(after(5)), assets=("core-sw-02",), severity=2)
    alone = over(window, assets=PAIR, terms=TWO).services["wan"]
    assert (alone.by_condition, alone.lost) == ({Condition.MAINTENANCE: 3 * HOUR}, 0)
    assert wan(window, beside, assets=PAIR, terms=TWO) == {
        Condition.MAINTENANCE: 2 * HOUR,
        Condition.OUTAGE: HOUR,
        Condition.DEGRADED: 2 * HOUR,
    }


def test_only_what_is_paused_alone_is_left_out_by_contract() -> None:
    paused = fault(
        "T1",
        NINE,
        claim(NINE, "acknowledged"),
        claim(after(1), "paused", reason="force_majeure"),
        restored(after(5)),
    )
    beside = fault("T2", after(2), restored(after(3)), severity=2)
    found = over(paused, beside).services["wan"]
    assert found.excluded_seconds == 3 * HOUR
    assert found.lost_by_contract == HOUR + Fraction(HOUR)


def test_where_nothing_is_covered_there_is_no_figure() -> None:
    uncovered = asset(since="2027-01-01", until="2027-12-31")
    found = over(fault("T1", NINE), assets=(uncovered,)).services["wan"]
    assert (found.share, found.share_by_contract, found.days) == (None, None, ())


def _with(ticket: Ticket, **changed: object) -> Ticket:
    from dataclasses import replace

    return replace(ticket, **changed)  # type: ignore[arg-type]
