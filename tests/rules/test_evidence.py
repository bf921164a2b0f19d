"""Evidence: a good and a bad case of each rule, on real histories (E1xx)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, record_repository
from building.contract import CONTRACT, entry
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.finding import Finding, Place
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.book import Book

RESOLVED = entry("09:30", "resolved", mode="remote", cause="误报", action="清除告警")
CONFIRMED = entry("10:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
FRESH = CONTRACT.replace("effective_from: 2025-01-01", "effective_from: 2026-11-20")


def book(repository: Repository, as_of: str = "2026-11-23T12:00:00+08:00") -> Book:
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def evidence(repository: Repository, as_of: str = "2026-11-23T12:00:00+08:00") -> list[Finding]:
    """Those of the history; that its contract is loose (E124) is told of each alike."""
    found = book(repository, as_of).findings
    return [one for one in found if one.code[0] == "E" and one.code != "E124"]


@pytest.mark.parametrize(
    ("committed", "codes"),
    [
        ("2026-11-20T09:20:00+08:00", []),
        ("2026-11-20T09:35:00+08:00", []),
        ("2026-11-20T09:35:01+08:00", ["E101"]),
        ("2026-11-21T09:20:00+08:00", ["E101"]),
        ("2026-11-21T09:20:01+08:00", ["E101", "E104"]),
        ("2026-11-20T09:17:00+08:00", []),
    ],
)
def test_a_step_is_late_beyond_the_tolerance_and_too_late_beyond_the_limit(
    tmp_path: Path, committed: str, codes: list[str]
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry("09:20", "acknowledged"))
    repository.commit(at=committed)
    found = evidence(repository)
    assert [one.code for one in found] == codes
    for one in found:
        assert one.place == Place(PATH, 15)
        assert one.facts["lateness"] == parse_instant(committed) - parse_instant(
            "2026-11-20T09:20:00+08:00"
        )


@pytest.mark.parametrize(
    ("event", "effective"),
    [("paused", "2026-11-20T10:40:00+08:00"), ("resumed", "2026-11-20T10:00:00+08:00")],
)
def test_a_pause_recorded_late_begins_with_its_commit_and_ends_with_its_claim(
    tmp_path: Path, event: str, effective: str
) -> None:
    repository = record_repository(tmp_path / "clone")
    steps = [entry("09:20", "acknowledged"), entry("09:40", "paused", reason="site_access")]
    if event == "resumed":
        for line in steps:
            repository.append(PATH, line)
            repository.commit(at=line[9:34])
        repository.append(PATH, entry("10:00", "resumed"))
    else:
        repository.append(PATH, *(line.replace("09:20", "10:35") for line in steps))
    repository.commit(at="2026-11-20T10:40:00+08:00")
    (found,) = (one for one in evidence(repository) if one.code != "E141")
    assert (found.code, found.facts["event"]) == ("E115", event)
    assert found.facts["effective"] == effective


def test_what_is_said_of_a_late_step_is_how_it_is_judged(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(
        PATH,
        entry("09:20", "acknowledged"),
        entry("09:30", "part_requested", part="hw-s12700-mpu", quantity="1"),
    )
    repository.commit(at="2026-11-20T10:40:00+08:00")
    late = (one for one in evidence(repository) if one.code != "E131")
    told = {str(one.facts["event"]): one.facts["effective"] for one in late}
    assert told == {
        "acknowledged": "2026-11-20T10:40:00+08:00",
        "part_requested": "2026-11-20T09:30:00+08:00",
    }


@pytest.mark.parametrize(("claimed", "codes"), [("09:25", []), ("09:26", ["E102"])])
def test_a_step_claimed_after_its_commit_is_contradicted_beyond_the_skew(
    tmp_path: Path, claimed: str, codes: list[str]
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry(claimed, "acknowledged"))
    commit = repository.commit(at="2026-11-20T09:20:00+08:00")
    found = evidence(repository)
    assert [one.code for one in found] == codes
    assert all(one.facts["commit"] == commit and one.place.line == 15 for one in found)


def test_a_commit_set_back_is_found(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry("09:00", "acknowledged").replace("09:00", "09:16"))
    commit = repository.commit(at="2026-11-20T08:30:00+08:00")
    found = [one for one in evidence(repository) if one.code == "E103"]
    assert [one.facts["commit"] for one in found] == [commit]


def test_a_commit_from_the_future_is_found(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, entry("09:20", "acknowledged"))
    commit = repository.commit(at="2030-01-01T00:00:00+08:00")
    found = [one for one in evidence(repository) if one.code == "E107"]
    assert [one.facts["commit"] for one in found] == [commit]


@pytest.mark.parametrize(
    ("author", "codes"),
    [("wang.lei@provider.example", ["E105"]), ("zhang.gong@customer.example", [])],
)
def test_the_customers_word_is_at_first_hand_where_they_committed_it(
    tmp_path: Path, author: str, codes: list[str]
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.append(PATH, RESOLVED)
    repository.commit(at="2026-11-20T09:31:00+08:00")
    repository.append(PATH, CONFIRMED)
    repository.commit(at="2026-11-20T10:01:00+08:00", by=author)
    found = evidence(repository)
    assert [one.code for one in found] == codes
    assert all(one.place == Place(PATH, 16) and one.facts["author"] == author for one in found)


@pytest.mark.parametrize(("landed", "codes"), [("19T23:59", []), ("20T00:00", ["E106"])])
def test_terms_must_land_before_the_day_on_which_they_take_effect(
    tmp_path: Path, landed: str, codes: list[str]
) -> None:
    repository = record_repository(tmp_path / "clone")
    later = CONTRACT.replace(
        "escalation:",
        FRESH[FRESH.index("  - effective_from") : FRESH.index("escalation:")] + "escalation:",
    )
    assert later.count("effective_from") == 2
    repository = record_repository(tmp_path / "other")
    repository.git("switch", "-q", "--orphan", "terms")
    repository.git("checkout", "-q", "main", "--", "records")
    repository.write("records/contract.yaml", CONTRACT)
    repository.remove(PATH)
    repository.commit(at="2026-11-19T20:00:00+08:00")
    repository.write("records/contract.yaml", later)
    repository.commit(at=f"2026-11-{landed}:00+08:00")
    found = evidence(repository)
    assert [one.code for one in found] == codes
    for one in found:
        assert one.place.path == "records/contract.yaml"
        assert later.splitlines()[one.place.line - 1] == "  - effective_from: 2026-11-20"


def test_terms_of_the_imported_time_need_no_landing(tmp_path: Path) -> None:
    assert evidence(record_repository(tmp_path / "clone")) == []


def test_terms_of_the_imported_time_may_not_be_edited_afterwards(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    written = repository.read("records/contract.yaml")
    assert "respond: {within: 30m, clock: always}" in written
    repository.write(
        "records/contract.yaml",
        written.replace(
            "respond: {within: 30m, clock: always}", "respond: {within: 2h, clock: always}"
        ),
    )
    repository.commit(at="2026-11-20T10:00:00+08:00")

    assert [one.code for one in evidence(repository)] == ["E106"]
