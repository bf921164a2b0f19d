"""A record stands in one place: what is made as the like of a landed one is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import a_ticket, entry, ticket_path
from building.proving import OPENED, PATH, TICKET, codes, damage, day, opened
from building.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

FIRST = entry("09:20", "acknowledged")
SECOND = entry("10:30", "arrived")
OTHER = "T20261120-000001"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "clone")
    opened(built, text=a_ticket(TICKET, log=[OPENED, FIRST, SECOND]))
    return built


def made(repository: Repository, record: str, text: str) -> list[str]:
    repository.write(ticket_path(record), text)
    repository.commit(at=day("12:00"))
    return codes(repository)


def test_the_same_name_in_another_folder_is_a_copy_whatever_it_says(repository: Repository) -> None:
    elsewhere = PATH.replace("/11/20/", "/11/21/")
    repository.write(elsewhere, a_ticket(TICKET, severity=3))
    repository.commit(at=day("12:00"))
    (finding,) = damage(repository)
    assert (finding.code, finding.place.path) == ("L114", elsewhere)
    assert (finding.facts["old"], finding.facts["new"]) == (PATH, elsewhere)


def test_the_same_header_and_first_steps_are_a_copy_under_any_id(repository: Repository) -> None:
    assert made(repository, OTHER, a_ticket(OTHER, log=[OPENED, FIRST])) == ["L114"]


@pytest.mark.parametrize(
    "text",
    [
        a_ticket(OTHER, log=[OPENED]),
        a_ticket(OTHER, log=[OPENED, SECOND.replace("10:30", "10:31")]),
        a_ticket(OTHER, severity=2, log=[OPENED, FIRST]),
    ],
    ids=["one step alike", "another second step", "another header"],
)
def test_a_report_taken_down_twice_is_no_copy(repository: Repository, text: str) -> None:
    assert made(repository, OTHER, text) == []


def test_records_brought_by_one_commit_are_no_copies_of_each_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    for record in (TICKET, OTHER):
        repository.write(ticket_path(record), a_ticket(record, log=[OPENED, FIRST]))
    repository.commit(at=day("12:00"))
    assert codes(repository) == []


def test_the_same_record_on_two_branches_is_no_copy(repository: Repository) -> None:
    text = a_ticket(OTHER, severity=2, log=[OPENED, FIRST])
    repository.branch("side")
    repository.write(ticket_path(OTHER), text)
    commit = repository.commit(at=day("12:00"))
    repository.switch("main")
    repository.git("cherry-pick", commit)
    repository.merge("side", at=day("13:00"))
    assert codes(repository) == []
