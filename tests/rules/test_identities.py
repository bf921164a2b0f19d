"""Who did a step and who recorded it: a good and a bad case of each rule, on real histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, record_repository
from building.contract import CONTRACT, STAFF, a_ticket, entry, small_contract
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.model.finding import Finding

CODES = {"E105", "E108", "E109", "E110", "E114", "X207"}
TWO_CONTACTS = CONTRACT.replace(
    "may: [declare, confirm]\n", "may: [declare, confirm]\n    git: [noc@customer.example]\n"
)
RESOLVED = entry("09:30", "resolved", mode="remote", cause="误报", action="清除告警")


def found(
    folder: Path, line: str, recorder: str, at: str = "2026-11-20T09:21:00+08:00", **files: str
) -> list[Finding]:
    """What is found of one step, recorded by this address."""
    repository = record_repository(folder / "clone", contract=TWO_CONTACTS, **files)
    if "confirmed" in line or "countersigned" in line:
        repository.append(PATH, RESOLVED)
        repository.commit(at="2026-11-20T09:31:00+08:00")
        at = "2026-11-20T10:01:00+08:00"
    repository.append(PATH, line)
    repository.commit(at=at, by=recorder)
    snapshot = read_snapshot(Git(repository.path))
    book = book_of(snapshot, parse_instant("2026-11-23T12:00:00+08:00"))
    return [one for one in book.findings if one.code in CODES]


@pytest.mark.parametrize(
    ("recorder", "codes"),
    [
        ("li.qiang@provider.example", []),
        ("LI.Qiang@Provider.example", []),
        ("wang.lei@provider.example", []),
        ("chen.jie@provider.example", []),
        ("sun.yu@provider.example", []),
        ("zhao.min@provider.example", ["E109"]),
        ("gao.yuan@provider.example", ["E109"]),
        ("root@laptop", ["E110"]),
        ("zhang.gong@customer.example", []),
    ],
)
def test_a_step_is_recorded_by_who_did_it_or_by_the_desk_or_by_those_in_charge(
    tmp_path: Path, recorder: str, codes: list[str]
) -> None:
    told = found(tmp_path, entry("09:20", "acknowledged"), recorder)
    assert [one.code for one in told] == codes
    assert all(one.facts["author"] == recorder and one.place.line == 15 for one in told)


def test_the_desk_records_for_others_only_while_it_is_the_desk(tmp_path: Path) -> None:
    staff = STAFF.replace(
        "{role: desk, from: 2025-12-01}", "{role: desk, from: 2025-12-01, to: 2026-11-20}"
    )
    line = entry("09:20", "acknowledged")
    desk = "wang.lei@provider.example"
    assert found(tmp_path / "then", line, desk, staff=staff) == []
    later = found(tmp_path / "later", line, desk, "2026-11-21T00:00:00+08:00", staff=staff)
    assert [one.code for one in later] == ["E109"]


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        ("from: 2026-11-20", []),
        ("from: 2026-11-21", ["E108"]),
        ("from: 2025-12-01, to: 2026-11-20", []),
        ("from: 2025-12-01, to: 2026-11-19", ["E108"]),
    ],
)
def test_a_step_is_the_work_of_somebody_who_had_a_role_on_that_day(
    tmp_path: Path, term: str, codes: list[str]
) -> None:
    own = "{role: engineer, from: 2025-12-01}]\n    git: [li.qiang"
    assert STAFF.count(own) == 1
    staff = STAFF.replace(own, own.replace("from: 2025-12-01", term))
    told = found(tmp_path, entry("09:20", "acknowledged"), "li.qiang@provider.example", staff=staff)
    assert [one.code for one in told] == codes
    assert all(one.facts["person"] == "li-qiang" for one in told)


def test_a_commit_by_nobody_known_is_told_once_whatever_it_brings(tmp_path: Path) -> None:
    lines = "\n".join(entry(f"09:{minute}", "updated") for minute in (18, 19, 20))
    told = found(tmp_path, lines, "root@laptop")
    assert [(one.code, one.place.line) for one in told] == [("E110", 15)]


def test_what_was_brought_along_may_be_brought_by_anybody(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    for name, text in small_contract().items():
        repository.write(name, text.replace("since: 2026-01-01", "since: 2026-12-01"))
    log = [entry("09:15", "opened", by="wang-lei"), entry("09:20", "acknowledged")]
    repository.write(PATH, a_ticket(log=log))
    repository.commit(at="2026-11-30T09:00:00+08:00", by="root@laptop")
    snapshot = read_snapshot(Git(repository.path))
    book = book_of(snapshot, parse_instant("2026-12-03T12:00:00+08:00"))
    assert [one.code for one in book.findings if one.code in CODES] == []


def confirmed(by: str, contact: str) -> str:
    return entry("10:00", "confirmed", by=by, contact=contact, via="phone")


def countersigned(by: str, contact: str) -> str:
    named = "[{at: 2026-11-20T09:30:00+08:00, event: resolved}]"
    return entry("10:00", "countersigned", by=by, contact=contact, entries=named)


DESK, BOSS, NOC = "wang.lei@provider.example", "zhang.gong@customer.example", "noc@customer.example"


@pytest.mark.parametrize(
    ("line", "recorder", "codes"),
    [
        (confirmed("zhang-gong", "zhang-gong"), BOSS, []),
        (confirmed("wang-lei", "zhang-gong"), BOSS, []),
        (confirmed("wang-lei", "zhang-gong"), DESK, ["E105"]),
        (confirmed("zhang-gong", "zhang-gong"), DESK, ["E114"]),
        (confirmed("zhang-gong", "zhang-gong"), NOC, ["E114"]),
        (confirmed("factory-noc", "zhang-gong"), NOC, ["E105"]),
        (confirmed("zhang-gong", "zhang-gong"), "root@laptop", ["E105", "E110"]),
        (countersigned("factory-noc", "zhang-gong"), NOC, ["E114"]),
        (countersigned("factory-noc", "factory-noc"), NOC, ["X207"]),
        (countersigned("zhang-gong", "zhang-gong"), BOSS, []),
        (countersigned("zhang-gong", "zhang-gong"), DESK, ["E114"]),
    ],
)
def test_the_customers_word_is_the_customers_to_give(
    tmp_path: Path, line: str, recorder: str, codes: list[str]
) -> None:
    told = found(tmp_path, line, recorder)
    assert sorted(one.code for one in told) == codes
    assert all(one.place.line == 16 for one in told)
