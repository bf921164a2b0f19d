"""Ways to get rid of a promise without keeping it, on real repositories, each beside its honest twin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.commands import TICKET, record_repository
from building.contract import (
    a_ticket,
    entry,
    of_register,
    small_contract,
    ticket_path,
    with_register,
)
from building.repository import Repository
from hostile.dishonest import DESK, STEPS, Step, at
from hostile.threats import Ending, caught
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES, Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

OTHER = "T20261120-2D8VXN"
ACKED = STEPS[0]
REMOTE = Step("10:00", "resolved", {"mode": "remote", "cause": "误报", "action": "重启"})
AGAIN = {"by": "wang-lei", "reason": "又坏了"}
MENDED = {"mode": "remote", "cause": "内存故障", "action": "更换内存"}


def worked(path: Path, *steps: Step) -> Repository:
    repository = record_repository(path)
    for step in (ACKED, *steps):
        step.commit(repository)
    return repository


def reported(repository: Repository, when: str, *log: str, kind: str = "fault") -> None:
    """A second ticket of the same equipment."""
    opened = entry(at(when), "opened", by="wang-lei")
    text = a_ticket(OTHER, reported_at=at(when), log=[opened, *log])
    repository.write(ticket_path(OTHER), text.replace("kind: fault", f"kind: {kind}"))
    repository.commit("受理", at=at(when), by=DESK)


def judged(repository: Repository) -> Book:
    snapshot = read_snapshot(Git(repository.path))
    return book_of(snapshot, parse_instant("2026-12-05T12:00:00+08:00"))


def outcomes(book: Book) -> dict[tuple[str, int], str]:
    return {(one.target, one.occurrence): one.outcome.value for one in book.verdicts_of(TICKET)}


def errors(book: Book) -> set[str]:
    return {one.code for one in book.findings if RULES[one.code].severity is Severity.ERROR}


def codes(book: Book) -> set[str]:
    return {one.code for one in book.findings}


OLD = "T20251220-2D8VXN"


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("added", ["with the contract", "with the register", "a year later"])
def test_nothing_is_added_to_the_old_register(tmp_path: Path, added: str, *, headed: bool) -> None:
    repository = Repository(tmp_path / "clone")
    for name, text in small_contract().items():
        repository.write(name, with_register(text, "2026-01-10T00:00:00+08:00") if headed else text)
    if added != "with the contract":
        another = ticket_path(TICKET)
        repository.write(another, a_ticket(reported_at="2026-01-02T09:12:00+08:00"))
        repository.commit("合同", at="2026-01-02T09:13:00+08:00", by=DESK)
    day = "2025-12-20T{}:00+08:00"
    log = [entry(day.format("09:15"), "opened", by="wang-lei")]
    log += [entry(day.format("10:30"), "arrived"), entry(day.format("12:00"), "resolved", **MENDED)]
    text = a_ticket(OLD, reported_at=day.format("09:12"), log=log)
    repository.write(ticket_path(OLD), of_register(text) if headed else text)
    later = added == "a year later"
    with_it = "2026-01-05T09:00:00+08:00"
    repository.commit("旧台账", at=at("09:00") if later else with_it, by=DESK)
    book = judged(repository)
    (arrive,) = (one for one in book.verdicts_of(OLD) if one.target == "arrive")
    if later or (added == "with the register" and not headed):
        assert (arrive.grade, arrive.outcome) == (Grade.LATE, Outcome.BREACHED)
        assert ("E127" in codes(book)) is headed
        caught("added to the old register", Ending.MISSED)
    else:
        assert (arrive.grade, arrive.outcome) == (Grade.IMPORTED, Outcome.MET)
        assert ("E137" in codes(book)) is headed
        assert not {code for code in codes(book) if code.startswith("E1")} - {
            "E124",
            "E134",
            "E137",
        }


def test_a_remote_repair_that_was_undone_the_same_evening_kept_nothing(tmp_path: Path) -> None:
    undone = (Step("20:25", "reopened", AGAIN, DESK), Step("20:40", "resolved", MENDED))
    found = outcomes(judged(worked(tmp_path / "clone", REMOTE, *undone)))
    assert (found["arrive", 1], found["restore", 1]) == ("breached", "breached")
    caught("repair undone", Ending.MISSED)
    assert ("restore", 2) not in found


def test_a_repair_that_held_for_days_stands_and_the_new_trouble_is_judged_by_itself(
    tmp_path: Path,
) -> None:
    repository = worked(tmp_path / "clone", REMOTE)
    for clock, event, data, by in (
        ("20:25", "reopened", AGAIN, DESK),
        ("20:40", "resolved", MENDED, "li.qiang@provider.example"),
    ):
        when = at(clock, "2026-11-24")
        repository.append(ticket_path(TICKET), entry(when, event, **data))
        repository.commit(event, at=when, by=by)
    found = outcomes(judged(repository))
    assert (found["arrive", 1], found["restore", 1], found["restore", 2]) == (
        "waived",
        "met",
        "met",
    )


@pytest.mark.parametrize("kind", ["fault", "request", "consultation"])
def test_a_ticket_cancelled_for_a_later_one_is_an_error_whatever_that_is_called(
    tmp_path: Path, kind: str
) -> None:
    repository = worked(tmp_path / "clone")
    reported(repository, "11:00", kind=kind)
    gone = {"by": "wang-lei", "reason": "重复", "duplicate_of": OTHER}
    Step("11:05", "cancelled", gone, DESK).commit(repository)
    book = judged(repository)
    caught("refiled", Ending.FAILS, errors(book) & {"X220"})


def test_the_later_one_may_be_cancelled_for_the_earlier(tmp_path: Path) -> None:
    repository = worked(tmp_path / "clone")
    gone = entry(at("11:05"), "cancelled", by="wang-lei", reason="重复", duplicate_of=TICKET)
    reported(repository, "11:00", gone)
    for step in STEPS[1:]:
        step.commit(repository)
    assert not codes(judged(repository)) & {"X220", "E116"}


@pytest.mark.parametrize("kind", ["fault", "request"])
def test_a_fault_filed_again_as_something_else_is_told(tmp_path: Path, kind: str) -> None:
    cancelled = Step("11:00", "cancelled", {"by": "wang-lei", "reason": "误报"}, DESK)
    repository = worked(tmp_path / "clone", cancelled)
    reported(repository, "11:05", kind=kind)
    assert "E116" in codes(judged(repository))


CONFIRMED = {"by": "wang-lei", "contact": "zhang-gong", "via": "phone"}
DONE = (
    replace(REMOTE, claimed="09:45"),
    Step("09:50", "confirmed", CONFIRMED, DESK),
    Step("09:55", "closed", {"by": "wang-lei"}, DESK),
)


@pytest.mark.parametrize("steps", [DONE, DONE[:1]], ids=["closed", "not closed"])
def test_a_new_ticket_where_the_repair_did_not_hold_is_told(
    tmp_path: Path, steps: tuple[Step, ...]
) -> None:
    """A reopening would have voided the repair, and with it the arrival that it waived."""
    repository = worked(tmp_path / "clone", *steps)
    reported(repository, "10:35")
    (told,) = (one for one in judged(repository).findings if one.code == "E116")
    assert (told.facts["other"], told.facts["ending"]) == (TICKET, "repaired")
    caught("repair not reopened", Ending.TOLD, {told.code})


@pytest.mark.parametrize(
    ("when", "other"),
    [("2026-11-21T09:46:00+08:00", False), (at("10:35"), True)],
    ids=["after the recheck", "other equipment, other words"],
)
def test_another_fault_or_one_after_the_recheck_is_another_ticket(
    tmp_path: Path, when: str, *, other: bool
) -> None:
    """The honest twin."""
    repository = worked(tmp_path / "clone", *DONE)
    changed = {"[core-sw-01]": "[acc-sw-02]", "title: ": "title: 接入层"} if other else {}
    if other:
        assets = repository.read("records/assets.yaml")
        more = assets.removeprefix("assets:\n").replace("core-sw-01", "acc-sw-02")
        repository.write("records/assets.yaml", assets + more)
    text = a_ticket(OTHER, reported_at=when, log=[entry(when, "opened", by="wang-lei")])
    for old, new in changed.items():
        text = text.replace(old, new)
    repository.write(ticket_path(OTHER), text)
    repository.commit("受理", at=when, by=DESK)
    assert "E116" not in codes(judged(repository))


def test_cancelling_what_was_missed_leaves_it_to_be_explained(tmp_path: Path) -> None:
    cancelled = Step("14:00", "cancelled", {"by": "wang-lei", "reason": "误报"}, DESK)
    repository = worked(tmp_path / "clone", cancelled)
    caught("breached and cancelled", Ending.OWED, errors(judged(repository)) & {"S102"})
    for minute, target in enumerate(("arrive", "restore", "update")):
        said = {"by": "chen-jie", "target": target, "cause": "封路", "improvement": "驻点"}
        Step(f"15:0{minute}", "justified", said).commit(repository)
    assert "S102" not in errors(judged(repository))


def test_what_was_cancelled_in_time_needs_no_explanation(tmp_path: Path) -> None:
    cancelled = Step("10:00", "cancelled", {"by": "wang-lei", "reason": "误报"}, DESK)
    assert errors(judged(worked(tmp_path / "clone", cancelled))) == {"E141"}, "it is only said"
