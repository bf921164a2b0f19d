"""Nothing is lost, whatever shape the history was given; and no honest shape of it is an error."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.contract import entry
from hostile.dishonest import ARRIVED, EARLY, incident
from hostile.losing import (
    cherry_picked,
    criss_cross,
    fixed_up,
    foxtrot,
    in_a_pocket,
    main_into_a_feature,
    octopus,
    offline,
    on_a_branch,
    ours,
    pulled,
    pulled_with_union,
    rebased,
    reverted,
    spelled_otherwise,
    squashed,
    updated,
    withdrawn,
    written_twice,
)
from hostile.test_dishonest_histories import AS_OF, in_time, judged, shown
from hostile.threats import Ending, caught
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.book import Book

CHEATS: dict[str, tuple[Callable[[Path], Repository], set[str]]] = {
    "a quoted key": (spelled_otherwise, {"R312", "L103"}),
    "a spaced key": (partial(spelled_otherwise, key="log :"), {"R312", "L103"}),
    "a key with a comment": (
        partial(spelled_otherwise, key="log: # 以下"),
        {"R312", "L103"},
    ),
    "a header changed in a pocket": (
        partial(in_a_pocket, change=lambda text: text.replace("severity: 1", "severity: 4")),
        {"L103"},
    ),
    "a ticket deleted in a pocket": (partial(in_a_pocket, change=lambda _: ""), {"L104"}),
    "a late entry swapped for an early one in a pocket": (
        partial(in_a_pocket, change=lambda text: text.replace(ARRIVED, EARLY.line)),
        {"L101", "E102"},
    ),
    "a foxtrot without the ticket": (foxtrot, {"L104"}),
    "an octopus without the ticket": (octopus, {"L104"}),
    "an octopus that begins with what had landed": (partial(octopus, first=True), {"L104"}),
    "a branch merged and not taken": (ours, {"L104"}),
    "an arrival withdrawn within the branch": (withdrawn, {"L101"}),
    "a fix-up after the review, not mended": (fixed_up, {"L101", "E102"}),
}

ROWS = {
    "a quoted key": "second spelling",
    "a spaced key": "second spelling",
    "a key with a comment": "second spelling",
    "a header changed in a pocket": "pocket branch",
    "a ticket deleted in a pocket": "pocket branch",
    "a late entry swapped for an early one in a pocket": "pocket branch",
    "a foxtrot without the ticket": "foxtrot",
    "an octopus without the ticket": "foxtrot",
    "an octopus that begins with what had landed": "foxtrot",
    "an arrival withdrawn within the branch": "lucky branch",
}
"""Of which row of the threat table each is a case."""

HONEST: dict[str, tuple[Callable[[Path], Repository], set[str]]] = {
    "on the branch itself": (incident, set()),
    "a pull request merged": (on_a_branch, set()),
    "a pull request squashed": (squashed, set()),
    "a pull request rebased": (rebased, set()),
    "a branch updated": (updated, set()),
    "main merged into a feature": (main_into_a_feature, set()),
    "a fix-up mended by putting the line back": (
        partial(fixed_up, mend="put back"),
        {"L106", "L116"},
    ),
    "a fix-up mended by squashing": (partial(fixed_up, mend="squash"), set()),
    "a fix-up mended by rewriting": (partial(fixed_up, mend="rewrite"), set()),
    "an ordinary pull and push": (pulled, set()),
    "a line that union wrote twice": (written_twice, {"R313"}),
    "a revert within a branch, mended": (reverted, {"L106"}),
    "a pull with union": (pulled_with_union, set()),
    "two laptops criss-cross": (criss_cross, set()),
    "a week offline": (offline, set()),
    "a step picked and merged": (cherry_picked, set()),
}


def errors(book: Book) -> set[str]:
    """What damages the record; a broken promise that nobody has explained is no such thing."""
    told = {one.code for one in book.findings if one.code[0] in "RXLE"}
    return {code for code in told if RULES[code].severity is Severity.ERROR}


def growth(book: Book) -> set[str]:
    """What is told of how the records grew, short of errors and notes."""
    told = {one.code for one in book.findings if one.code[0] in "LR"}
    return {code for code in told if RULES[code].severity is Severity.WARNING}


@pytest.mark.parametrize(
    ("made", "found", "row"),
    [(*cheat, ROWS.get(name, "")) for name, cheat in CHEATS.items()],
    ids=CHEATS,
)
def test_what_is_lost_by_the_shape_of_history_is_an_error_and_gains_nothing(
    tmp_path: Path, made: Callable[[Path], Repository], found: set[str], row: str
) -> None:
    repository = made(tmp_path / "clone")
    book = judged(repository)
    assert errors(book) == found
    assert set(in_time(book)) <= {Grade.CONTRADICTED}
    if row:
        caught(row, Ending.MISSED, found)
    for one in book.findings:
        if one.code in {"L101", "L103", "L104"}:
            said = repository.git(*shown(one))
            texts = [str(one.facts[key]) for key in ("old", "new") if one.facts[key]]
            assert [text for text in texts or [one.place.path] if text not in said] == []


@pytest.mark.parametrize(("made", "warned"), HONEST.values(), ids=HONEST)
def test_honest_work_is_no_error_however_it_came_together(
    tmp_path: Path, made: Callable[[Path], Repository], warned: set[str]
) -> None:
    book = judged(made(tmp_path / "clone"))
    assert errors(book) == set()
    assert growth(book) == warned
    assert TICKET in book.records.tickets


def test_of_two_entries_alike_the_one_that_landed_first_is_judged(tmp_path: Path) -> None:
    book = judged(fixed_up(tmp_path / "clone", mend="put back"))
    alike = [one for one in book.proofs[TICKET].entries if one.entry.event == "arrived"]
    assert [(one.counts, "二号" in one.entry.text) for one in alike] == [
        (True, False),
        (False, True),
    ]
    assert [one.entry.event for one in book.proofs[TICKET].timeline].count("arrived") == 1


def test_an_entry_that_no_commit_brought_is_an_error(tmp_path: Path) -> None:
    snapshot = read_snapshot(Git(incident(tmp_path / "clone").path))
    planted = entry("15:00", "updated", by="wang-lei")
    files = {**snapshot.files, PATH: snapshot.files[PATH] + f"{planted}\n".encode()}
    book = book_of(replace(snapshot, files=files), AS_OF)
    (found,) = [one for one in book.findings if one.code == "E130"]
    assert (found.place.path, found.record, found.facts["event"]) == (PATH, TICKET, "updated")
