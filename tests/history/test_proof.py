"""Claims are held against the commits that recorded them (design, "Evidence")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from building.contract import a_ticket, entry, ticket_path
from building.proving import (
    OPENED,
    PATH,
    POLICY,
    TICKET,
    clock,
    day,
    last,
    opened,
    proven,
    step,
)
from building.repository import Repository
from building.sightings import keep_log
from weibao.history.proven import Grade, worst
from weibao.model.contract import EvidencePolicy, Import
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from pathlib import Path

ACKNOWLEDGED = entry("09:20", "acknowledged")
COUNTERSIGNED = entry(
    "11:00",
    "countersigned",
    by="zhang-gong",
    entries=f"[{{at: {day('09:20')}, event: acknowledged}}]",
    contact="zhang-gong",
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "clone")
    opened(built)
    return built


@pytest.mark.parametrize(
    ("recorded", "grade", "effective"),
    [
        ("09:21", Grade.SUPPORTED, "09:20"),
        ("09:35", Grade.SUPPORTED, "09:20"),
        ("09:36", Grade.LATE, "09:36"),
        ("09:15", Grade.SUPPORTED, "09:20"),
        ("09:14", Grade.CONTRADICTED, "09:20"),
    ],
)
def test_a_step_is_judged_at_its_claim_within_the_tolerance_and_at_its_evidence_beyond(
    repository: Repository, recorded: str, grade: Grade, effective: str
) -> None:
    commit = step(repository, ACKNOWLEDGED, recorded)
    one = last(repository)
    assert (one.grade, one.effective) == (grade, clock(effective))
    assert (one.recorded, one.landed, one.evidence) == (clock(recorded),) * 3
    assert (one.commit, one.landing_commit) == (commit, commit)
    assert one.author is not None
    assert one.author.email == "li.qiang@provider.example"


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("resumed", {}),
        ("reopened", {"reason": "再次告警"}),
        ("part_requested", {"part": "hw-s12700-mpu", "quantity": "1"}),
    ],
)
@pytest.mark.parametrize(
    ("recorded", "grade", "effective"),
    [("11:00", Grade.LATE, "09:20"), ("09:10", Grade.CONTRADICTED, "09:14")],
)
def test_a_start_is_judged_at_the_earlier_of_claim_and_evidence(
    repository: Repository,
    event: str,
    data: dict[str, str],
    recorded: str,
    grade: Grade,
    effective: str,
) -> None:
    early = recorded == "09:10"
    step(repository, entry("09:20", event, **data), "09:14" if early else recorded)
    one = last(repository)
    assert (one.grade, one.effective) == (grade, clock(effective))


def test_a_raised_severity_is_a_start_and_a_lowered_one_a_step(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    opened(repository, text=a_ticket(TICKET, severity=3, log=[OPENED]))
    raised = entry("09:20", "severity_agreed", severity="1", consent_by="zhang-gong")
    lowered = entry("09:30", "severity_agreed", severity="2", consent_by="zhang-gong")
    repository.append(PATH, raised, lowered)
    repository.commit(at=day("11:00"))
    _, up, down = proven(repository).entries
    assert (up.effective, down.effective) == (clock("09:20"), clock("11:00"))


def test_the_severity_is_folded_over_the_timeline_and_not_over_the_log(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    opened(repository, text=a_ticket(TICKET, severity=3, log=[OPENED]))
    later = entry("09:40", "severity_agreed", severity="2", consent_by="zhang-gong")
    earlier = entry("09:20", "severity_agreed", severity="1", consent_by="zhang-gong")
    repository.append(PATH, later, earlier)
    repository.commit(at=day("11:00"))
    _, second, first = proven(repository).entries
    assert first.effective == clock("09:20")
    assert second.effective == clock("11:00")


@pytest.mark.parametrize(
    ("landed", "evidence", "grade"),
    [("13:21", "09:21", Grade.OWN_CLOCK), ("13:22", "13:22", Grade.LATE)],
)
def test_a_step_made_on_a_branch_counts_from_there_if_it_lands_within_four_hours(
    repository: Repository, landed: str, evidence: str, grade: Grade
) -> None:
    repository.branch("side")
    commit = step(repository, ACKNOWLEDGED, "09:21")
    repository.switch("main")
    merge = repository.merge("side", at=day(landed))
    one = last(repository)
    assert (one.recorded, one.landed) == (clock("09:21"), clock(landed))
    assert (one.evidence, one.grade) == (clock(evidence), grade)
    assert (one.commit, one.landing_commit) == (commit, merge)


def test_what_the_customer_countersigned_is_judged_at_its_claim(repository: Repository) -> None:
    step(repository, ACKNOWLEDGED, "10:30")
    step(repository, COUNTERSIGNED, "11:00", by="zhang.gong@customer.example")
    one = proven(repository, replace(POLICY, firsthand="named")).entries[1]
    assert (one.grade, one.effective) == (Grade.COUNTERSIGNED, clock("09:20"))
    assert proven(repository).entries[1].grade is Grade.LATE, "an address alone lifts nothing"


def test_a_contact_who_may_not_countersign_moves_nothing(repository: Repository) -> None:
    step(repository, ACKNOWLEDGED, "10:30")
    step(repository, COUNTERSIGNED.replace("zhang-gong", "factory-noc"), "11:00")
    one = proven(repository).entries[1]
    assert (one.grade, one.effective) == (Grade.LATE, clock("10:30"))


@pytest.mark.parametrize(
    ("by", "first_hand"),
    [
        ("zhang.gong@customer.example", True),
        ("Zhang.Gong@Customer.example", True),
        ("wang.lei@provider.example", False),
    ],
)
@pytest.mark.parametrize("event", ["confirmed", "countersigned"])
def test_a_customers_word_is_first_hand_only_from_the_customers_own_identity(
    repository: Repository, event: str, by: str, *, first_hand: bool
) -> None:
    said = entry("11:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
    step(repository, COUNTERSIGNED if event == "countersigned" else said, "11:01", by=by)
    assert last(repository).first_hand is first_hand


def test_other_events_are_neither_first_hand_nor_reported(repository: Repository) -> None:
    assert last(repository).first_hand is None


def test_what_was_claimed_before_the_evidence_begins_is_imported(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    old = "2025-12-30T09:00:00+08:00"
    lines = [entry(old, "opened"), entry("2025-12-30T09:20:00+08:00", "acknowledged")]
    repository.write(PATH, a_ticket(TICKET, reported_at=old, log=lines))
    repository.commit(at="2026-01-05T10:00:00+08:00")
    proof = proven(repository)
    assert [one.grade for one in proof.entries] == [Grade.IMPORTED] * 2
    assert [one.effective for one in proof.entries] == [one.entry.at for one in proof.entries]
    assert (proof.header_grade, proof.header_effective) == (Grade.IMPORTED, clock(old))


@pytest.mark.parametrize(
    ("claimed", "grade"),
    [
        ("2025-12-31T23:59:59+08:00", Grade.IMPORTED),
        ("2026-01-01T00:00:00+08:00", Grade.LATE),
    ],
)
def test_the_first_second_of_the_evidence_is_no_longer_of_the_old_register(
    tmp_path: Path, claimed: str, grade: Grade
) -> None:
    repository = Repository(tmp_path / "clone")
    opened(repository, text=a_ticket(TICKET, log=[OPENED, entry(claimed, "acknowledged")]))
    assert last(repository).grade is grade


REGISTER = Import("a" * 64, "b" * 64, until=clock("13:00"))


@pytest.mark.parametrize(
    ("changed", "landed", "grade"),
    [
        ({}, "13:00", Grade.IMPORTED),
        ({}, "13:01", Grade.LATE),
        ({"since": clock("08:49")}, "13:00", Grade.LATE),
        ({"since": None}, "13:00", Grade.LATE),
        ({"imports": {}}, "13:00", Grade.LATE),
        ({"imports": {"older": REGISTER}}, "13:00", Grade.LATE),
    ],
)
def test_a_record_of_a_register_that_the_contract_names_is_believed_if_it_landed_in_time(
    tmp_path: Path, changed: dict[str, Any], landed: str, grade: Grade
) -> None:
    repository = Repository(tmp_path / "clone")
    another = ticket_path("T20261120-0ABCDE")
    repository.write(another, a_ticket("T20261120-0ABCDE"))
    repository.commit("今天的工单", at=day("07:00"))
    lines = [entry("08:40", "opened"), entry("08:50", "acknowledged")]
    text = a_ticket(TICKET, reported_at=day("08:30"), log=lines)
    opened(repository, landed, text.replace("log:", 'imported: {import: old, number: "17"}\nlog:'))
    policy = EvidencePolicy(since=parse_instant(day("09:00")), imports={"old": REGISTER})
    one = last(repository, replace(policy, **changed))
    believed = grade is Grade.IMPORTED
    assert (one.grade, one.effective) == (grade, clock("08:50" if believed else landed))


def test_a_step_that_is_added_to_a_record_of_an_old_register_is_none_of_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    text = a_ticket(TICKET, reported_at=day("08:30"), log=[entry("08:40", "opened")])
    opened(repository, "10:00", text.replace("log:", 'imported: {import: old, number: "17"}\nlog:'))
    step(repository, entry("08:50", "acknowledged"), "10:30")
    policy = EvidencePolicy(since=parse_instant(day("09:00")), imports={"old": REGISTER})
    assert [one.grade for one in proven(repository, policy).entries] == [
        Grade.IMPORTED,
        Grade.LATE,
    ]


@pytest.mark.parametrize(("branch", "grade"), [(False, Grade.LATE), (True, Grade.IMPORTED)])
def test_without_a_name_the_old_register_is_what_landed_with_the_first_record(
    tmp_path: Path, grade: Grade, *, branch: bool
) -> None:
    """It may take any number of commits of one branch."""
    repository = Repository(tmp_path / "clone")
    repository.write("README.md", "合同\n")
    repository.commit(at=day("07:00"))
    if branch:
        repository.branch("register")
    opened(repository, "07:30")
    step(repository, entry("08:50", "acknowledged"), "13:01")
    if branch:
        repository.switch("main")
        repository.merge("register", at=day("15:00"))
    since = EvidencePolicy(since=parse_instant(day("09:00")))
    assert last(repository, since).grade is grade


@pytest.mark.parametrize(
    ("was_recorded", "grade", "effective"),
    [(False, Grade.LATE, "11:00"), (True, Grade.CONTRADICTED, "11:00")],
)
def test_nobody_takes_a_step_out_of_the_evidence_by_dating_it_back_into_the_old_register(
    repository: Repository, grade: Grade, effective: str, *, was_recorded: bool
) -> None:
    imported = entry("2025-12-30T09:20:00+08:00", "acknowledged")
    if was_recorded:
        step(repository, ACKNOWLEDGED, "10:30")
        repository.write(PATH, repository.read(PATH).replace(ACKNOWLEDGED, imported))
    else:
        repository.append(PATH, imported)
    repository.commit(at=day("11:00"))
    one = last(repository)
    assert (one.grade, one.effective) == (grade, clock(effective))


def test_an_entry_that_no_commit_holds_has_no_evidence_yet(repository: Repository) -> None:
    from building.proving import contract, ledger
    from weibao.history.proof import prove_log
    from weibao.model.load import read_record

    written = repository.append(PATH, ACKNOWLEDGED).read_bytes()
    ticket = read_record(PATH, written).value
    one = prove_log(PATH, ticket.log, ledger(repository), contract(), ticket).entries[-1]
    assert (one.grade, one.effective) == (Grade.UNCOMMITTED, clock("09:20"))
    assert (one.recorded, one.landed, one.evidence, one.commit, one.author) == (None,) * 5


def test_the_report_has_the_evidence_of_the_first_entry_and_the_earlier_time(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path / "clone")
    commit = opened(repository, at="10:00")
    proof = proven(repository)
    assert (proof.header_effective, proof.header_grade) == (clock("09:12"), Grade.LATE)
    assert proof.header_commit == commit


def test_a_report_dated_after_its_own_commit_counts_from_the_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    opened(repository, at="09:00")
    proof = proven(repository)
    assert (proof.header_effective, proof.header_grade) == (clock("09:00"), Grade.CONTRADICTED)


def test_an_entry_that_took_the_place_of_another_is_contradicted(repository: Repository) -> None:
    late = entry("10:20", "acknowledged")
    step(repository, late, "10:21")
    repository.write(PATH, repository.read(PATH).replace(late, ACKNOWLEDGED))
    repository.commit(at=day("10:30"))
    one = last(repository)
    assert (one.grade, one.effective) == (Grade.CONTRADICTED, clock("10:30"))


def test_countersigning_does_not_save_an_entry_that_was_changed(repository: Repository) -> None:
    step(repository, ACKNOWLEDGED, "10:30")
    step(repository, COUNTERSIGNED, "11:00")
    changed = ACKNOWLEDGED.replace("li-qiang", "zhao-min")
    repository.write(PATH, repository.read(PATH).replace(ACKNOWLEDGED, changed))
    repository.commit(at=day("12:00"))
    one = proven(repository).entries[1]
    assert (one.grade, one.effective) == (Grade.CONTRADICTED, clock("12:00"))


def test_an_entry_put_back_as_it_was_keeps_its_evidence(repository: Repository) -> None:
    step(repository, ACKNOWLEDGED, "09:21")
    whole = repository.read(PATH)
    repository.write(PATH, whole.replace("acknowledged", "arrived"))
    repository.commit(at=day("10:00"))
    repository.write(PATH, whole)
    repository.commit(at=day("10:30"))
    one = last(repository)
    assert (one.grade, one.recorded) == (Grade.SUPPORTED, clock("09:21"))


def test_a_step_that_took_the_place_of_another_on_its_branch_is_contradicted(
    repository: Repository,
) -> None:
    repository.branch("side")
    step(repository, entry("09:25", "acknowledged"), "09:26")
    repository.write(PATH, repository.read(PATH).replace("09:25:00", "09:20:00"))
    repository.commit(at=day("09:28"))
    repository.switch("main")
    repository.merge("side", at=day("09:40"))
    one = last(repository)
    assert (one.grade, one.recorded) == (Grade.CONTRADICTED, clock("09:28"))


def test_a_header_changed_after_it_landed_contradicts_the_report(repository: Repository) -> None:
    repository.write(PATH, repository.read(PATH).replace("severity: 1", "severity: 3"))
    repository.commit(at=day("09:30"))
    assert proven(repository).header_grade is Grade.CONTRADICTED


def test_a_clock_set_back_gains_nothing_and_contradicts_what_rests_on_it(
    repository: Repository,
) -> None:
    step(repository, entry("11:00", "updated"), "11:01")
    step(repository, ACKNOWLEDGED, "09:21")
    one = last(repository)
    assert (one.recorded, one.effective) == (clock("11:01"), clock("11:01"))
    assert one.grade is Grade.CONTRADICTED


def test_a_clock_a_little_behind_is_forgiven(repository: Repository) -> None:
    step(repository, entry("09:18", "updated"), "09:24")
    step(repository, ACKNOWLEDGED, "09:19")
    assert last(repository).grade is Grade.SUPPORTED


def test_a_commit_that_the_contract_distrusts_has_the_time_of_the_next(
    repository: Repository,
) -> None:
    repository.append(PATH, ACKNOWLEDGED)
    ahead = repository.commit(at="2099-01-01T00:00:00+08:00")
    step(repository, entry("09:30", "updated"), "09:31")
    buried = proven(repository).entries[1:]
    assert [one.grade for one in buried] == [Grade.LATE, Grade.CONTRADICTED]
    policy = replace(POLICY, distrusted={ahead: "主板电池耗尽"})
    believed = proven(repository, policy).entries[1:]
    assert [one.recorded for one in believed] == [clock("09:31")] * 2
    assert [one.grade for one in believed] == [Grade.SUPPORTED] * 2


def test_an_entry_quoted_in_the_description_was_not_recorded_by_that(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    planted = a_ticket(TICKET, log=[OPENED]).replace("log:", f"{ACKNOWLEDGED}\nlog:")
    opened(repository, text=planted)
    step(repository, ACKNOWLEDGED, "11:00")
    assert last(repository).recorded == clock("11:00")


def twice(repository: Repository) -> tuple[str, str]:
    """The acknowledgement on a branch at 09:21 and on main at 10:30, merged: the two commits."""
    repository.branch("side")
    early = step(repository, ACKNOWLEDGED, "09:21")
    repository.switch("main")
    late = step(repository, ACKNOWLEDGED, "10:30")
    repository.merge("side", at=day("10:40"))
    return early, late


def test_of_two_commits_that_brought_an_entry_the_later_counts(repository: Repository) -> None:
    _, late = twice(repository)
    one = last(repository)
    assert (one.commit, one.grade, one.recorded) == (late, Grade.LATE, clock("10:30"))


def test_but_the_one_that_somebody_outside_saw_first_counts_before_it(
    repository: Repository,
) -> None:
    early, late = twice(repository)
    keep_log(repository, {early: day("09:22"), late: day("10:31")})
    one = last(repository)
    assert (one.commit, one.grade, one.recorded) == (early, Grade.SUPPORTED, clock("09:21"))


def test_an_empty_log_proves_nothing(repository: Repository) -> None:
    from building.proving import contract, ledger
    from weibao.history.proof import prove_log

    proof = prove_log(PATH, (), ledger(repository), contract())
    assert (proof.entries, proof.header_effective) == ((), 0)
    assert proof.header_grade is Grade.UNCOMMITTED


def test_the_worst_grade_is_the_one_furthest_down_the_designs_list() -> None:
    assert worst({Grade.IMPORTED, Grade.LATE, Grade.SUPPORTED}) is Grade.LATE
    assert worst(set()) is Grade.SUPPORTED
    assert "".join(sorted(Grade, key=lambda grade: grade.rank)) == "ABIOCUF"
