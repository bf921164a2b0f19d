"""A fault filed again is told with the ticket that it may be again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from building.book import a_book, files_of
from building.commands import PATH, TICKET, record_repository
from building.contract import a_ticket, entry, ticket_path
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.rules.book.refiling import WITHIN, check_refiling
from weibao.rules.files.repeats import WITHIN as SAME_REPORT

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.model.finding import Finding

DESK = "wang.lei@provider.example"
CANCELLED = entry("11:00", "cancelled", by="wang-lei", reason="误报")
LATE = (
    entry("09:50", "acknowledged"),
    entry("10:00", "resolved", mode="remote", cause="误报", action="重启"),
    entry("10:10", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
    entry("10:20", "closed", by="wang-lei"),
)
"""Answered eight minutes too late, and closed."""
IN_TIME = (LATE[0].replace("09:50", "09:30"), *LATE[1:])


def ended(folder: Path, *lines: str) -> Repository:
    """The ticket with these steps, each recorded when it was made."""
    repository = record_repository(folder / "clone")
    for line in lines:
        repository.append(PATH, line)
        repository.commit(at=line[9:34], by=DESK)
    return repository


def again(
    repository: Repository, at: str, *more: str, record: str = "", **changed: str
) -> list[Finding]:
    """What is found once the like has been reported at this time."""
    day = at[:10].replace("-", "")
    record = record or f"T{day}-2D8VXN"
    text = a_ticket(record, reported_at=at, log=[entry(at, "opened", by="wang-lei"), *more])
    for old, new in changed.items():
        text = text.replace(old, new)
    repository.write(ticket_path(record), text)
    repository.commit(at=at, by=DESK)
    snapshot = read_snapshot(Git(repository.path))
    book = book_of(snapshot, parse_instant("2026-11-25T12:00:00+08:00"))
    return [one for one in book.findings if one.code == "E116"]


def at(clock: str, day: str = "2026-11-20") -> str:
    return f"{day}T{clock}:00+08:00"


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        (at("10:30"), ["E116"]),
        (at("11:01"), ["E116"]),
        (at("11:00", "2026-11-21"), ["E116"]),
        (at("11:01", "2026-11-21"), []),
        (at("09:12"), []),
    ],
    ids=["while it was open", "at once", "a day later", "more than a day", "not after it"],
)
def test_a_cancelled_ticket_may_be_the_next_one_for_a_day(
    tmp_path: Path, when: str, codes: list[str]
) -> None:
    found = again(ended(tmp_path, CANCELLED), when)
    assert [one.code for one in found] == codes
    assert all(
        (one.facts["other"], one.facts["ending"], one.record)
        == (TICKET, "cancelled", one.facts["ticket"])
        for one in found
    )


@pytest.mark.parametrize(
    ("changed", "shared"),
    [
        ({"kind: fault": "kind: request"}, ["equipment"]),
        ({"[core-sw-01]": "[]"}, ["words"]),
        ({"[core-sw-01]": "[acc-sw-02]", "title: ": "title: 又一个"}, ["service"]),
        ({"[core-sw-01]": "[]", "title: ": "title: 又一个"}, []),
    ],
    ids=["another kind", "the words alone", "the service alone", "nothing"],
)
def test_whatever_its_kind_the_same_equipment_service_or_words_may_be_the_same_fault(
    tmp_path: Path, changed: dict[str, str], shared: list[str]
) -> None:
    repository = ended(tmp_path, CANCELLED)
    assets = repository.read("records/assets.yaml")
    other = assets.removeprefix("assets:\n").replace("core-sw-01", "acc-sw-02")
    repository.write("records/assets.yaml", assets + other)
    found = again(repository, at("11:05"), **changed)
    assert [one.facts["shared"] for one in found] == shared


def test_equipment_that_was_corrected_away_is_the_same_fault_still(tmp_path: Path) -> None:
    away = {"field": "assets", "value": "[acc-sw-02]", "reason": "写错"}
    repository = ended(tmp_path, CANCELLED, entry("11:30", "amended", by="wang-lei", **away))
    assert [one.facts["other"] for one in again(repository, "2026-11-20T12:00:00+08:00")] == [
        TICKET
    ]


def test_a_report_long_before_the_other_was_cancelled_is_another_fault(tmp_path: Path) -> None:
    later = CANCELLED.replace("2026-11-20T11:00", "2026-11-21T{}")
    for folder, clock, found in (("day", "10:29", 1), ("more", "10:31", 0)):
        repository = record_repository(tmp_path / folder)
        again(repository, at("10:30"))
        repository.append(PATH, later.replace("{}", clock))
        repository.commit(at=at(clock, "2026-11-21"), by=DESK)
        assert len(again(repository, at("10:30"))) == found


def test_tickets_that_name_each_other_are_told_by_themselves(tmp_path: Path) -> None:
    named = CANCELLED.replace("}", ", duplicate_of: T20261120-2D8VXN}")
    repository = record_repository(tmp_path / "clone")
    assert again(repository, at("10:30")) == []
    repository.append(PATH, named)
    repository.commit(at=at("11:00"), by=DESK)
    snapshot = read_snapshot(Git(repository.path))
    book = book_of(snapshot, parse_instant("2026-11-25T12:00:00+08:00"))
    assert "E116" not in {one.code for one in book.findings}


@pytest.mark.parametrize(
    ("log", "when", "endings"),
    [
        (LATE, at("10:30"), ["breached"]),
        (LATE, at("10:19"), ["repaired"]),
        (LATE, at("10:21", "2026-11-21"), []),
        (IN_TIME, at("10:30"), ["repaired"]),
        (LATE[:-1], at("10:30"), ["repaired"]),
    ],
    ids=["after it was closed", "before", "a day later", "no promise broken", "not closed"],
)
def test_a_ticket_that_was_repaired_or_closed_with_a_broken_promise_may_be_the_next_one(
    tmp_path: Path, log: tuple[str, ...], when: str, endings: list[str]
) -> None:
    found = again(ended(tmp_path, *log), when)
    assert [one.facts["ending"] for one in found] == endings


def test_a_deleted_ticket_may_be_the_next_one_until_it_is_brought_back(tmp_path: Path) -> None:
    repository = ended(tmp_path, LATE[0])
    text = repository.read(PATH)
    repository.remove(PATH)
    repository.commit(at=at("11:00"), by=DESK)
    (found,) = again(repository, at("11:05"))
    assert (found.facts["other"], found.facts["ending"]) == (TICKET, "deleted")
    repository.write(PATH, text)
    repository.commit(at=at("11:20"), by=DESK)
    assert again(repository, at("11:06")) == []


def test_a_resolved_ticket_that_is_deleted_was_not_filed_again(tmp_path: Path) -> None:
    repository = ended(tmp_path, *LATE[:2])
    repository.remove(PATH)
    repository.commit(at=at("11:00"), by=DESK)
    assert again(repository, at("11:05")) == []


def test_a_ticket_that_a_merge_left_out_may_be_the_next_one(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.branch("mine", "main~1")
    repository.write("README.md", "x")
    repository.commit(at=at("10:00"), by=DESK)
    repository.merge("main", at=at("11:00"), by=DESK, options=["-s", "ours"])
    (found,) = again(repository, at("11:05"))
    assert (found.facts["other"], found.facts["ending"]) == (TICKET, "deleted")


def test_of_several_the_one_that_ended_last_is_named(tmp_path: Path) -> None:
    repository = ended(tmp_path, CANCELLED)
    second = CANCELLED.replace("11:00", "11:30")
    assert len(again(repository, at("11:05"), second)) == 1
    told = {
        one.record: one.facts["other"]
        for one in again(repository, at("11:40"), record="T20261120-000003")
    }
    assert told == {"T20261120-2D8VXN": TICKET, "T20261120-000003": "T20261120-2D8VXN"}


START = parse_instant(at("09:00"))
ENDED_AT = st.tuples(
    st.integers(0, 3 * WITHIN) | st.integers(0, 6).map(lambda half: half * WITHIN // 2),
    st.sampled_from((60, SAME_REPORT, 3600, WITHIN // 2, WITHIN, WITHIN + 1, 2 * WITHIN)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ENDED_AT, min_size=2, max_size=7))
@example([(0, WITHIN // 2), (3 * WITHIN // 2, 60)])
def test_it_is_found_as_if_each_ticket_were_held_against_each(made: list[tuple[int, int]]) -> None:
    def moment(instant: int) -> str:
        return datetime.fromtimestamp(START + instant, UTC).isoformat()

    texts = [
        a_ticket(
            f"T20261120-{number:06}",
            reported_at=moment(reported),
            log=[
                entry(moment(reported), "opened", by="wang-lei"),
                entry(moment(reported + lasted), "cancelled", by="wang-lei", reason="误报"),
            ],
        )
        for number, (reported, lasted) in enumerate(made)
    ]
    book = a_book(files_of(*texts), as_of="2026-12-20T12:00:00+08:00")
    found = check_refiling(book)
    expected = {}
    for mine, (reported, _) in enumerate(made):
        before = [
            (since + lasted, other)
            for other, (since, lasted) in enumerate(made)
            if other != mine and max(since, since + lasted - WITHIN) < reported
            if reported <= since + lasted + WITHIN
        ]
        if before:
            expected[f"T20261120-{mine:06}"] = f"T20261120-{max(before)[1]:06}"
    assert {one.record: one.facts["other"] for one in found} == expected
