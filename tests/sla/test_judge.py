"""What a verdict says beside its outcome; the outcomes themselves are the table of tests/sla."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from building.contract import small_contract
from building.entries import claim, log_of, moment, proof_of
from weibao.history.proven import Grade
from weibao.model.contract import Contract, TargetTerms, read_contract
from weibao.model.duration import parse_duration
from weibao.model.ticket import Ticket
from weibao.model.yaml.strict import read_yaml
from weibao.sla.clock import clocks_of
from weibao.sla.judge import judge
from weibao.sla.verdict import Outcome, Pause, Verdict

if TYPE_CHECKING:
    from weibao.model.entry import Entry

STAFF = frozenset({"wang-lei", "li-qiang", "zhao-min"})
REPORTED = moment("2026-11-20 09:00")
LATER = moment("2026-11-22 09:00")


@cache
def contract() -> Contract:
    document, _ = read_yaml("contract.yaml", small_contract()["records/contract.yaml"].encode())
    assert document is not None
    return read_contract(document.data)


def ticket(*claims: Entry, severity: int | None = 1) -> Ticket:
    return Ticket(
        id="T20261120-7K3Q9M",
        path="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml",
        kind="fault" if severity else "upgrade",
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
        log=log_of(claim("2026-11-20 09:00", "opened", by="wang-lei"), *claims),
    )


def verdicts(
    *claims: Entry,
    severity: int | None = 1,
    terms: Contract | None = None,
    commits: dict[str, str] | None = None,
    grades: dict[str, Grade] | None = None,
    as_of: int = LATER,
) -> dict[str, Verdict]:
    """The verdicts by target, ``part 2`` and so on; evidence by event where it matters."""
    judged = ticket(*claims, severity=severity)
    proof = proof_of(REPORTED, judged.log)
    proof = replace(
        proof,
        entries=tuple(
            replace(
                one,
                commit=(commits or {}).get(one.entry.event, one.commit),
                grade=(grades or {}).get(one.entry.event, one.grade),
            )
            for one in proof.entries
        ),
    )
    found = judge(judged, proof, clocks_of(terms or contract()), STAFF, as_of)
    return {one.target if one.target != "part" else f"part {one.occurrence}": one for one in found}


def at(time: str, event: str, by: str = "li-qiang", **data: object) -> Entry:
    return claim(f"2026-11-20 {time}", event, by, **data)


def terms_with(severity: int, **targets: tuple[str, str]) -> Contract:
    """The contract with other promises at one severity: within, on a clock."""
    [terms] = contract().terms
    promised = {
        name: TargetTerms(name, parse_duration(within), on)
        for name, (within, on) in targets.items()
    }
    level = replace(terms.severities[severity], targets=promised)
    changed = replace(terms, severities={**terms.severities, severity: level})
    return replace(contract(), terms=(changed,))


def test_planned_work_is_under_no_service_level() -> None:
    assert verdicts(severity=None) == {}


def test_before_it_is_reported_a_ticket_has_no_verdicts() -> None:
    assert verdicts(as_of=REPORTED - 1) == {}
    assert set(verdicts(as_of=REPORTED)) == {"respond", "arrive", "restore", "resolve"}


def test_only_what_the_terms_promise_is_judged() -> None:
    assert set(verdicts(severity=4)) == {"respond", "resolve"}
    assert verdicts(severity=9) == {}


def test_verdicts_come_in_the_order_of_their_listing() -> None:
    judged = ticket(at("09:10", "acknowledged"), at("09:20", "part_requested", part="fan"))
    found = judge(judged, proof_of(REPORTED, judged.log), clocks_of(contract()), STAFF, LATER)

    assert [one.order for one in found] == sorted(one.order for one in found)
    assert [one.target for one in found] == [
        "arrive",
        "part",
        "resolve",
        "respond",
        "restore",
        "update",
    ]


def test_a_verdict_names_its_terms_and_its_clock() -> None:
    found = verdicts(severity=3)["restore"]

    assert (found.ticket, found.terms, found.clock) == (
        "T20261120-7K3Q9M",
        "2025-01-01",
        "workdays",
    )


@pytest.mark.parametrize("raised_first", [True, False])
def test_of_two_steps_in_one_second_the_table_of_events_says_which_came_first(
    *, raised_first: bool
) -> None:
    raised = at("09:30", "severity_agreed", severity=1, consent_by="zhang-gong")
    asked = at("09:30", "part_requested", part="fan", quantity=1)
    both = (raised, asked) if raised_first else (asked, raised)
    found = verdicts(at("09:10", "acknowledged"), *both, severity=3)["part 1"]

    assert (found.severity, found.due) == (1, moment("2026-11-20 13:30"))


@pytest.mark.parametrize("answered_first", [True, False])
def test_what_was_done_in_the_second_of_a_cancellation_was_done_before_it(
    *, answered_first: bool
) -> None:
    answered, cancelled = at("09:10", "acknowledged"), at("09:10", "cancelled", reason="误报")
    both = (answered, cancelled) if answered_first else (cancelled, answered)

    assert verdicts(*both)["respond"].outcome is Outcome.MET


def test_a_part_answers_the_request_for_it_and_not_one_for_another() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:20", "part_requested", part="fan", quantity=1),
        at("09:30", "part_requested", part="psu", quantity=1),
        at("10:00", "part_arrived", part="psu"),
    )

    assert (found["part 1"].stop, found["part 2"].stop) == (None, moment("2026-11-20 10:00"))


def test_the_margin_is_what_is_left_of_the_target() -> None:
    found = verdicts(at("09:10", "acknowledged"), at("13:20", "restored", mode="remote"))

    assert (found["respond"].target_seconds, found["respond"].margin_seconds) == (1800, 1200)
    assert found["restore"].margin_seconds == -1200


def test_a_waiver_by_a_lower_severity_measures_nothing() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("10:00", "severity_agreed", severity=4, consent_by="zhang-gong"),
        at("11:30", "arrived"),
    )["arrive"]

    assert (found.outcome, found.severity, found.stop) == (
        Outcome.WAIVED,
        1,
        moment("2026-11-20 11:30"),
    )
    assert (found.due, found.target_seconds, found.elapsed_seconds) == (None, None, None)
    assert (found.paused_seconds, found.margin_seconds, found.month) == (None, None, None)


def test_what_is_undetermined_says_only_what_was_promised() -> None:
    other = terms_with(1, respond=("30m", "nights"), restore=("2wd", "nights"))
    found = verdicts(at("09:10", "acknowledged"), terms=other)

    assert found["respond"].outcome is Outcome.UNDETERMINED
    assert found["respond"].target_seconds == 1800
    assert found["restore"].target_seconds is None
    for one in found.values():
        assert (one.due, one.stop, one.month) == (None, None, None)
        assert (one.elapsed_seconds, one.paused_seconds, one.margin_seconds) == (None, None, None)


def test_only_someone_who_may_consent_can_lower_a_severity() -> None:
    lowered = {"severity": 4}
    by_noc = at("10:00", "severity_agreed", **lowered, consent_by="factory-noc")
    by_zhang = at("10:00", "severity_agreed", **lowered, consent_by="zhang-gong")

    assert verdicts(at("09:10", "acknowledged"), by_noc)["resolve"].severity == 1
    assert verdicts(at("09:10", "acknowledged"), by_zhang)["resolve"].severity == 4


def test_a_severity_that_the_terms_do_not_have_changes_nothing() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("10:00", "severity_agreed", severity=7, consent_by="zhang-gong"),
    )

    assert found["arrive"].severity == found["update"].severity == 1


@pytest.mark.parametrize(
    ("restored", "as_of", "late"),
    [("13:00", "14:00", None), ("13:20", "14:00", 20), (None, "12:59", None), (None, "14:00", 60)],
)
def test_a_breach_says_how_late_it_was_or_is_by_now_and_what_was_kept_says_nothing(
    restored: str | None, as_of: str, late: int | None
) -> None:
    steps = [] if restored is None else [at(restored, "restored", mode="remote")]
    found = verdicts(*steps, as_of=moment(f"2026-11-20 {as_of}"))["restore"]

    assert found.late_seconds == (None if late is None else late * 60)


def test_a_pause_for_the_providers_own_reasons_is_none() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:20", "paused", reason="waiting_for_our_part"),
        as_of=moment("2026-11-20 10:00"),
    )

    assert found["restore"].paused_seconds == 0


def test_the_commits_stand_in_the_order_of_their_use_each_once() -> None:
    commits = {
        "acknowledged": "ack",
        "paused": "p",
        "resumed": "r",
        "severity_agreed": "s",
        "restored": "done",
        "resolved": "done",
    }
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:30", "paused", reason="site_access"),
        at("09:40", "resumed"),
        at("10:00", "severity_agreed", severity=2, consent_by="zhang-gong"),
        at("11:00", "restored", mode="on_site"),
        at("11:00", "resolved", mode="on_site"),
        at("12:00", "attached"),
        commits=commits,
    )
    header = "c" * 40

    assert found["respond"].commits == (header, "ack")
    assert found["restore"].commits == (header, "p", "r", "s", "done")
    assert found["update"].commits == ("done",)


@pytest.mark.parametrize(("paused", "rests_on"), [("09:10", ("p",)), ("09:05", ("p", "ack"))])
def test_a_pause_rests_on_the_response_only_where_it_had_to_wait_for_it(
    paused: str, rests_on: tuple[str, ...]
) -> None:
    found = verdicts(
        at(paused, "paused", reason="site_access"),
        at("09:10", "acknowledged"),
        at("09:40", "resumed"),
        at("11:00", "restored", mode="on_site"),
        commits={"acknowledged": "ack", "paused": "p", "resumed": "r", "restored": "done"},
    )

    assert found["restore"].paused_seconds == 30 * 60
    assert found["restore"].commits == ("c" * 40, *rests_on, "r", "done")


def test_what_is_not_committed_has_no_commit_to_name() -> None:
    judged = ticket(at("09:10", "acknowledged"))
    proof = proof_of(REPORTED, judged.log)
    proof = replace(proof, entries=tuple(replace(one, commit=None) for one in proof.entries))

    found = judge(judged, proof, clocks_of(contract()), STAFF, LATER)
    assert {one.commits for one in found} == {("c" * 40,), ()}


def test_the_worst_evidence_between_start_and_stop_grades_the_verdict() -> None:
    steps = (
        at("09:10", "acknowledged"),
        at("10:00", "paused", reason="site_access"),
        at("11:00", "resumed"),
        at("12:00", "restored", mode="remote"),
        at("13:00", "reopened"),
        at("14:00", "restored", mode="remote"),
    )

    for event in ("paused", "resumed", "reopened"):
        found = verdicts(*steps, grades={event: Grade.LATE})
        assert found["restore"].grade is Grade.LATE
        assert found["respond"].grade is Grade.SUPPORTED
    there = (at("09:10", "acknowledged"), at("09:40", "arrived"), *steps[1:])
    assert verdicts(*there, grades={"reopened": Grade.LATE})["arrive"].grade is Grade.SUPPORTED


def test_a_pause_after_the_stop_is_no_part_of_the_verdict() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:30", "arrived"),
        at("10:00", "paused", reason="site_access"),
        at("10:30", "resumed"),
        grades={"paused": Grade.CONTRADICTED},
    )["arrive"]

    assert (found.grade, found.pauses, found.paused_seconds) == (Grade.SUPPORTED, (), 0)


def test_the_pauses_of_a_verdict_are_listed_with_their_reasons() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:30", "paused", reason="site_access"),
        at("10:00", "resumed"),
        at("11:00", "paused", reason="force_majeure"),
        as_of=moment("2026-11-20 12:00"),
    )
    first = Pause(moment("2026-11-20 09:30"), moment("2026-11-20 10:00"), "site_access")
    running = Pause(moment("2026-11-20 11:00"), None, "force_majeure")

    assert found["respond"].pauses == ()
    assert found["restore"].pauses == (first, running)


def test_a_pause_that_nothing_resumed_is_listed_to_the_stop() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:30", "paused", reason="site_access"),
        at("10:00", "restored", mode="on_site"),
    )

    [pause] = found["restore"].pauses
    assert pause.end == moment("2026-11-20 10:00")
    assert found["restore"].due == moment("2026-11-20 13:30")
    assert found["resolve"].due is None
    assert found["resolve"].pauses[0].end is None


def test_nothing_happens_to_a_ticket_after_it_was_cancelled() -> None:
    cancelled = at("09:20", "cancelled"), at("10:00", "acknowledged"), at("11:00", "resolved")

    assert verdicts(*cancelled) == verdicts(cancelled[0])


def test_a_step_that_takes_effect_after_the_cancellation_stops_nothing() -> None:
    judged = ticket(at("09:10", "acknowledged"), at("09:20", "cancelled"))
    effective = {"acknowledged": moment("2026-11-20 10:30")}
    proof = proof_of(REPORTED, judged.log, effective=effective)

    found = {one.target: one for one in judge(judged, proof, clocks_of(contract()), STAFF, LATER)}
    assert (found["respond"].outcome, found["respond"].stop) == (Outcome.CANCELLED, None)
    assert found["respond"].on_claim is Outcome.MET


def test_a_request_keeps_its_number_before_it_has_happened_and_after() -> None:
    judged = ticket(
        at("09:10", "acknowledged"),
        at("09:20", "part_requested", part="fan"),
        at("09:30", "part_requested", part="psu"),
    )
    proof = proof_of(REPORTED, judged.log)
    entries = list(proof.entries)
    entries[2] = replace(entries[2], effective=moment("2026-11-20 11:00"))
    late = replace(proof, entries=tuple(entries))

    found = judge(judged, late, clocks_of(contract()), STAFF, moment("2026-11-20 10:00"))
    assert [one.occurrence for one in found if one.target == "part"] == [2]


@pytest.mark.parametrize("event", ["acknowledged", "arrived"])
def test_the_first_in_the_timeline_stops_the_clock_however_late_it_was_recorded(event: str) -> None:
    judged = ticket(at("09:10", event), at("09:20", "restored", mode="on_site"))
    proof = proof_of(REPORTED, judged.log, effective={event: moment("2026-11-20 10:30")})

    found = {one.target: one for one in judge(judged, proof, clocks_of(contract()), STAFF, LATER)}
    assert found["respond"].stop == moment("2026-11-20 10:30")
    assert (found["respond"].outcome, found["respond"].on_claim) == (
        Outcome.BREACHED,
        Outcome.MET,
    )


def test_a_severity_agreed_before_the_report_counts_from_the_report() -> None:
    found = verdicts(at("08:30", "severity_agreed", severity=1), severity=2)["restore"]

    assert (found.severity, found.start) == (1, REPORTED)


def test_a_pause_that_begins_with_the_stop_or_ends_with_the_start_is_not_in_between() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("09:20", "paused", reason="site_access"),
        at("09:40", "resumed"),
        at("09:40", "part_requested", part="fan"),
        at("10:00", "part_arrived", part="fan"),
        at("10:00", "paused", reason="change_freeze"),
        grades={"paused": Grade.CONTRADICTED},
    )["part 1"]

    assert (found.grade, found.pauses) == (Grade.SUPPORTED, ())


def test_a_gap_that_an_earlier_entry_ends_is_over_at_once() -> None:
    judged = ticket(at("09:10", "arrived"), at("09:20", "resolved", mode="on_site"))
    late = moment("2026-11-20 09:50")
    proof = proof_of(REPORTED, judged.log, effective={"arrived": late})

    found = {one.target: one for one in judge(judged, proof, clocks_of(contract()), STAFF, LATER)}
    assert (found["update"].start, found["update"].stop) == (late, late)
    assert (found["update"].outcome, found["update"].elapsed_seconds) == (Outcome.MET, 0)


def test_a_due_time_at_the_very_end_of_what_is_covered_rules_beside_one_beyond_it() -> None:
    found = verdicts(
        claim("2026-12-30 10:00", "acknowledged"),
        claim("2026-12-31 20:00", "severity_agreed", severity=1),
        terms=terms_with(3, restore=("40wd", "workdays"), respond=("30m", "always")),
        severity=3,
        as_of=moment("2026-12-31 21:00"),
    )["restore"]

    assert (found.outcome, found.due) == (Outcome.RUNNING, moment("2027-01-01 00:00"))


def test_the_evidence_for_a_severity_agreed_before_the_report_grades_the_verdict() -> None:
    early = at("08:30", "severity_agreed", severity=1)
    found = verdicts(early, severity=2, grades={"severity_agreed": Grade.CONTRADICTED})

    assert found["restore"].grade is Grade.CONTRADICTED


def test_a_lower_severity_does_not_waive_what_may_have_been_overdue() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        claim("2027-01-05 10:00", "severity_agreed", severity=4, consent_by="zhang-gong"),
        terms=terms_with(3, arrive=("40wd", "workdays")),
        severity=3,
        as_of=moment("2027-01-06 10:00"),
    )["arrive"]

    assert (found.outcome, found.severity) == (Outcome.UNDETERMINED, 3)


def test_a_pause_over_days_that_are_not_covered_is_not_measured() -> None:
    found = verdicts(
        at("09:10", "acknowledged"),
        at("11:00", "paused", reason="change_freeze"),
        terms=terms_with(3, restore=("1h", "workdays")),
        severity=3,
        as_of=moment("2027-01-06 10:00"),
    )["restore"]

    assert (found.outcome, found.elapsed_seconds) == (Outcome.BREACHED, 7200)
    assert found.paused_seconds is None
