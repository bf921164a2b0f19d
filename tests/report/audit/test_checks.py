"""What the audit checked: every finding is in one check, and an error makes the record unsound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.audited import audit_at, book_at, change_file, worked_fault
from building.book import a_book
from building.commands import PATH, record_repository
from building.contract import entry
from building.proving import step
from building.sightings import keep_log
from weibao.history.branch import JudgedBranch, Outside
from weibao.history.integrity import IntegrityCheck
from weibao.model.finding import Finding, Place
from weibao.report.audit.audit import AuditState, audit_of
from weibao.report.audit.checks import FAMILIES
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository


@pytest.fixture
def fault(tmp_path: Path) -> Repository:
    return worked_fault(tmp_path / "clone")


def a_finding(code: str) -> Finding:
    return Finding(code, Place("records/contract.yaml"), "", dict.fromkeys(RULES[code].facts, "x"))


def test_an_honest_history_is_sound_though_a_step_came_late(fault: Repository) -> None:
    audit = audit_at(fault)
    checks = {one.name: one for one in audit.checks}

    assert not audit.unsound
    assert checks["evidence_supports"].passed
    assert [one.code for one in checks["evidence_supports"].findings] == ["E124", "E101"]
    assert checks["evidence_supports"].examined == audit.entries == 9
    assert (checks["commits_whole"].examined, checks["commits_whole"].unit) == (8, "commits")


def test_the_answer_is_sound_only_where_somebody_outside_saw_it_all_in_time(
    fault: Repository,
) -> None:
    """Consistent is not sound: without a witness the provider's clocks alone say when it was made."""
    late = "2026-12-05T09:00:00+08:00"
    assert audit_of(book_at(fault, as_of=late)).state is AuditState.UNWITNESSED
    keep_log(fault, {fault.head: "2026-11-20T14:30:00+08:00"})
    audit = audit_of(book_at(fault, as_of=late))
    assert audit.state is AuditState.SOUND
    assert (audit.not_at_worst.count, audit.not_at_worst.of) == (1, 3)


def test_an_arrival_that_only_the_provider_says_was_not_needed_counts_as_not_standing_at_worst(
    tmp_path: Path,
) -> None:
    repository = record_repository(tmp_path / "clone")
    repair = {"mode": "remote", "cause": "误报", "action": "重启"}
    step(repository, entry("09:20", "resolved", **repair), "09:21")
    keep_log(repository, {repository.head: "2026-11-20T09:22:00+08:00"})
    audit = audit_at(repository)
    assert (audit.not_at_worst.count, audit.not_at_worst.of) == (1, 4)
    assert audit.corroboration.total.alone == 0


def test_an_entry_changed_in_the_history_makes_it_unsound(fault: Repository) -> None:
    change_file(fault, PATH, "event: arrived", "event: left", at="2026-11-22T09:00:00+08:00")
    audit = audit_at(fault)

    assert audit.state is AuditState.UNSOUND
    assert "L101" in {one.code for one in audit.unsound}
    assert [one.name for one in audit.checks if not one.passed][:1] == ["append_only"]


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_errors_of_the_record_and_no_others_make_it_unsound(code: str) -> None:
    sound = not audit_of(a_book(findings=[a_finding(code)])).unsound
    damages = RULES[code].severity is Severity.ERROR and code[0] in FAMILIES

    assert sound is not damages


def test_every_finding_of_these_families_is_in_exactly_one_check(fault: Repository) -> None:
    change_file(fault, PATH, "event: arrived", "event: left", at="2026-11-22T09:00:00+08:00")
    audit = audit_at(fault)
    checked = [
        (one.code, one.place.path, str(one.facts))
        for check in audit.checks
        for one in check.findings
    ]
    found = [
        (one.code, one.place.path, str(one.facts))
        for one in audit.findings
        if one.code[0] in FAMILIES
    ]

    assert sorted(checked) == sorted(found)


def test_checks_from_outside_the_book_count_as_its_own() -> None:
    outside = IntegrityCheck("records_kept", 2, (a_finding("L104"),))
    branch = JudgedBranch("main", ("refs/heads/main",), 0, None)
    audit = audit_of(a_book(), outside=Outside(branch, (outside,)))

    assert audit.unsound
    assert audit.findings[0] == outside.findings[0]
    assert [one.errors for one in audit.checks if one.name == "records_kept"] == [0, 1]


def test_a_check_with_remarks_alone_has_passed(fault: Repository) -> None:
    (check,) = (one for one in audit_at(fault).checks if one.name == "evidence_supports")

    assert check.passed
    assert not replace(check, findings=(a_finding("E102"),)).passed
