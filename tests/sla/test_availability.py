from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import claim, log_of, moment, proof_of
from weibao.model.assets import Asset
from weibao.model.impact import DEFAULT_AVAILABILITY, AvailabilityTerms
from weibao.model.state import SeverityPolicy
from weibao.model.ticket import Ticket
from weibao.sla.availability import Availability, availability
from weibao.sla.condition import Condition, Setting, things_of
from weibao.sla.impact import ImpactSpan, impact_spans
from weibao.sla.reading import state_by_evidence

if TYPE_CHECKING:
    from weibao.history.proven import ProvenLog
    from weibao.model.entry import Entry

ZONE = ZoneInfo("Asia/Shanghai")
AS_OF = moment("2026-11-30 12:00")
DAY = 86400


def asset(
    key: str = "core-sw-01",
    *,
    services: tuple[str, ...] = ("wan",),
    since: str = "2026-01-01",
    until: str = "2026-12-31",
) -> Asset:
    return Asset(
        key,
        {},
        "switch",
        "huawei",
        "S12708",
        "",
        "shenyang-dc",
        "",
        services,
        date.fromisoformat(since),
        date.fromisoformat(until),
    )


def fault(
    number: str,
    reported: str | int,
    *steps: Entry,
    severity: int = 1,
    assets: tuple[str, ...] = ("core-sw-01",),
    kind: str = "fault",
) -> Ticket:
    instant = moment(reported) if isinstance(reported, str) else reported
    return Ticket(
        id=number,
        path="",
        kind=kind,
        title="故障",
        severity=severity,
        reported_at=instant,
        reported_at_line=0,
        reported_by="zhang-gong",
        channel="phone",
        received_by="wang-lei",
        emergency=False,
        assets=assets,
        description="",
        window=None,
        approved_by="",
        rollback="",
        log=log_of(claim(instant, "opened"), *steps),
    )


def restored(at: str | int) -> Entry:
    return claim(at, "restored", mode="remote")


def proven(*tickets: Ticket) -> dict[str, ProvenLog]:
    return {one.id: proof_of(one.reported_at, one.log) for one in tickets}


def over(
    *tickets: Ticket,
    assets: tuple[Asset, ...] = (asset(),),
    proofs: dict[str, ProvenLog] | None = None,
    as_of: int = AS_OF,
    days: int = 30,
    zone: ZoneInfo = ZONE,
    terms: AvailabilityTerms = DEFAULT_AVAILABILITY,
) -> Availability:
    known = proven(*tickets) if proofs is None else proofs
    spans = [span for one in tickets for span in found(one, known[one.id], as_of)]
    resting = {
        service: frozenset(one.id for one in assets if service in one.services)
        for service in ("wan", "dc-core")
    }
    setting = Setting(terms, {one.id: one for one in assets}, resting)
    return availability(things_of([(0, setting)], spans), as_of, zone, days)


def found(ticket: Ticket, proof: ProvenLog, as_of: int = AS_OF) -> tuple[ImpactSpan, ...]:
    """Over which stretches a ticket bears on things, by what its proof says of it.

    zhang-gong may consent and approve, and there are four severities.
    """
    policy = SeverityPolicy(ticket.severity, frozenset(range(1, 5)), {"zhang-gong"})
    state = state_by_evidence("ticket", proof, as_of, policy)
    return impact_spans(
        ticket,
        proof.header_effective,
        state,
        as_of,
        approved=ticket.approved_by == "zhang-gong",
    )


def spans(ticket: Ticket, as_of: int = AS_OF) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found(ticket, proven(ticket)[ticket.id], as_of)]


NINE, TEN, ELEVEN, NOON = (moment(f"2026-11-20 {hour}:00") for hour in ("09", "10", "11", "12"))


def test_an_outage_runs_from_the_report_to_the_first_restoration() -> None:
    ticket = fault("T1", NINE, restored(TEN), claim(ELEVEN, "resolved", mode="remote"))
    assert spans(ticket) == [(NINE, TEN)]


def test_a_resolution_without_a_restoration_ends_it_too() -> None:
    assert spans(fault("T1", NINE, claim(ELEVEN, "resolved", mode="remote"))) == [(NINE, ELEVEN)]


def test_a_reopening_begins_an_outage_that_the_next_restoration_ends() -> None:
    late = NINE + 2 * DAY
    ticket = fault(
        "T1", NINE, restored(TEN), claim(late, "reopened", reason="又断"), restored(late + 60)
    )
    assert spans(ticket) == [(NINE, TEN), (late, late + 60)]


def test_a_repair_that_was_undone_within_the_recheck_was_none() -> None:
    ticket = fault(
        "T1", NINE, restored(TEN), claim(ELEVEN, "reopened", reason="又断"), restored(NOON)
    )
    assert spans(ticket) == [(NINE, NOON)]


def test_an_outage_that_nothing_ended_yet_is_open() -> None:
    ticket = fault("T1", NINE, restored(TEN))
    assert spans(ticket, as_of=TEN - 1) == [(NINE, TEN - 1)]
    assert spans(ticket, as_of=TEN) == [(NINE, TEN)]
    assert spans(fault("T1", NINE), as_of=NINE) == []


def test_a_restoration_that_git_does_not_support_ends_the_outage_where_git_does() -> None:
    ticket = fault("T1", NINE, restored(TEN))
    late = proof_of(NINE, ticket.log, effective={"restored": NOON})
    assert [(one.start, one.end) for one in found(ticket, late)] == [(NINE, NOON)]
    assert [(one.start, one.end) for one in found(ticket, late, ELEVEN)] == [(NINE, ELEVEN)]


def test_an_outage_begins_when_the_report_is_proven_not_when_it_is_said_to_have_come_in() -> None:
    """A report dated after the step that answered it would else shorten the outage."""
    one = fault("T1", "2026-11-20 10:00", restored("2026-11-20 12:00"))
    earlier = proof_of(moment("2026-11-20 09:00"), one.log)
    found = over(one, proofs={"T1": earlier})
    assert found.assets["core-sw-01"].down_seconds == 3 * 3600


def test_only_faults_that_were_not_cancelled_are_outages() -> None:
    assert spans(fault("T1", NINE, claim(TEN, "cancelled", reason="误报"))) == []
    assert spans(fault("T1", NINE, restored(TEN), kind="request")) == []


def test_a_raised_severity_counts_from_when_it_was_raised() -> None:
    raised = fault(
        "T1", NINE, claim(TEN, "severity_agreed", severity=1), restored(NOON), severity=3
    )
    found = over(raised).assets["core-sw-01"].by_condition
    assert found == {Condition.DEGRADED: TEN - NINE, Condition.OUTAGE: NOON - TEN}


def test_a_lowered_severity_counts_only_with_the_customers_consent() -> None:
    alone = fault("T1", NINE, claim(TEN, "severity_agreed", severity=3), restored(NOON))
    agreed = fault(
        "T1",
        NINE,
        claim(TEN, "severity_agreed", severity=3, consent_by="zhang-gong"),
        restored(NOON),
    )
    assert over(alone).assets["core-sw-01"].down_seconds == NOON - NINE
    assert over(agreed).assets["core-sw-01"].down_seconds == TEN - NINE


@pytest.mark.parametrize(
    ("severity", "asset_down", "service_down"),
    [(1, 3600, 3600), (2, 3600, 0), (3, 0, 0), (4, 0, 0)],
)
def test_severity_says_whether_the_asset_is_down_and_the_service_with_it(
    severity: int, asset_down: int, service_down: int
) -> None:
    found = over(fault("T1", NINE, restored(TEN), severity=severity))
    assert found.assets["core-sw-01"].down_seconds == asset_down
    assert found.services["wan"].down_seconds == service_down


def test_overlapping_outages_count_once_and_name_every_ticket() -> None:
    found = over(fault("T1", NINE, restored(ELEVEN)), fault("T2", TEN, restored(NOON)))
    (day,) = found.assets["core-sw-01"].troubled_days
    assert (day.day, dict(day.seconds), day.tickets) == (
        date(2026, 11, 20),
        {Condition.OUTAGE: NOON - NINE},
        ("T1", "T2"),
    )


def test_a_service_on_two_assets_that_fail_together_is_down_once() -> None:
    pair = (asset(), asset("core-sw-02"))
    found = over(
        fault("T1", NINE, restored(ELEVEN)),
        fault("T2", TEN, restored(NOON), assets=("core-sw-02",)),
        assets=pair,
    )
    assert found.services["wan"].down_seconds == NOON - NINE
    assert found.assets["core-sw-02"].down_seconds == NOON - TEN


def test_an_outage_over_midnight_falls_on_both_local_days() -> None:
    found = over(fault("T1", "2026-11-20 23:00", restored("2026-11-21 02:00"))).assets["core-sw-01"]
    assert [(one.day.day, *one.seconds.values()) for one in found.troubled_days] == [
        (20, 3600),
        (21, 7200),
    ]


def test_an_outage_from_before_the_span_counts_from_its_first_midnight() -> None:
    found = over(fault("T1", "2026-10-01 00:00", restored("2026-11-02 00:00"))).assets["core-sw-01"]
    assert found.days[0].day == date(2026, 11, 1)
    assert found.down_seconds == DAY


def test_the_share_is_of_the_days_so_far_with_today_up_to_the_instant() -> None:
    found = over(fault("T1", NINE)).assets["core-sw-01"]
    assert len(found.days) == 30
    assert found.seconds == 29 * DAY + DAY // 2
    assert found.share == 1 - Fraction(AS_OF - NINE, found.seconds)


def test_days_before_and_after_the_assets_cover_are_left_out() -> None:
    short = asset(since="2026-11-10", until="2026-11-20")
    found = over(fault("T1", "2026-11-09 00:00", restored("2026-11-30 00:00")), assets=(short,))
    covered = found.assets["core-sw-01"]
    assert [covered.days[0].day.day, covered.days[-1].day.day] == [10, 20]
    assert (covered.down_seconds, covered.share) == (11 * DAY, 0)
    assert found.services["wan"] == replace(covered, id="wan")


def test_what_has_no_covered_day_has_no_share() -> None:
    found = over(assets=(asset(since="2027-01-01", until="2027-12-31"),))
    assert (found.assets["core-sw-01"].days, found.assets["core-sw-01"].share) == ((), None)
    assert found.services["dc-core"].share is None


def test_a_fault_on_an_asset_that_does_not_exist_takes_nothing_down() -> None:
    assert over(fault("T1", NINE, assets=("gone",))).assets["core-sw-01"].share == 1


def test_a_day_of_daylight_saving_has_its_own_length() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spring = over(as_of=moment("2026-03-31 00:00"), days=3, zone=berlin).assets["core-sw-01"]
    assert spring.days[1].day == date(2026, 3, 29)
    assert spring.seconds == DAY + 23 * 3600 + 18 * 3600


START = moment("2026-11-01 00:00")
TICKETS = st.lists(
    st.tuples(
        st.integers(-5, 60),
        st.integers(1, 40),
        st.sampled_from((1, 2, 3)),
        st.sampled_from(("a", "b")),
    ),
    max_size=6,
)
STEP = 6 * 3600


def ticket_of(number: int, start: int, length: int, severity: int, of: str) -> Ticket:
    begins = START + start * STEP
    return fault(
        f"T{number}", begins, restored(begins + length * STEP), severity=severity, assets=(of,)
    )


@given(TICKETS)
def test_law_down_time_is_the_union_of_the_outages_and_never_more_than_there_is(
    drawn: list[tuple[int, int, int, str]],
) -> None:
    tickets = [ticket_of(number, *one) for number, one in enumerate(drawn)]
    as_of = START + 15 * DAY
    found = over(*tickets, assets=(asset("a"), asset("b")), as_of=as_of, days=16)
    down: dict[str, set[int]] = {"a": set(), "b": set(), "wan": set()}
    for start, length, severity, of in drawn:
        quarters = {quarter for quarter in range(start, start + length) if 0 <= quarter < 60}
        down[of] |= quarters if severity <= 2 else set()
        down["wan"] |= quarters if severity <= 1 else set()
    for key, one in {**found.assets, "wan": found.services["wan"]}.items():
        assert one.down_seconds == STEP * len(down[key])
        assert one.share is not None
        assert 0 <= one.share <= 1
        totals = Counter[Condition]()
        for day in one.days:
            totals.update(day.seconds)
        assert totals == one.by_condition
        assert all(bool(day.seconds) is bool(day.tickets) for day in one.days)


@given(TICKETS, st.integers(0, 14))
def test_law_a_day_that_is_over_reads_the_same_at_any_later_instant(
    drawn: list[tuple[int, int, int, str]], later: int
) -> None:
    tickets = [ticket_of(number, *one) for number, one in enumerate(drawn)]
    both = (asset("a"), asset("b"))
    sooner = over(*tickets, assets=both, as_of=START + 10 * DAY, days=11).assets["a"].days[:-1]
    after = over(*tickets, assets=both, as_of=START + (10 + later) * DAY, days=11 + later)
    assert after.assets["a"].days[: len(sooner)] == sooner
    assert sooner[0].day + timedelta(days=9) == sooner[-1].day
