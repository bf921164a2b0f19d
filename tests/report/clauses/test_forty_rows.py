"""The forty rows: each violation is told on its row, and its healed twin leaves the row clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.repository import BY, Repository
from building.service_plan import COMMITTED, whole_contract
from building.violations import VIOLATIONS
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.clauses.table import CLAUSES, clauses_of
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from building.violations.violation import Edit, Violation
    from weibao.report.book import Book

TODAY = {
    1: "partial: availability is judged against targets on the key figures, not on the row",
    2: "whole",
    3: "whole",
    4: "partial: told late, recorded late; not that the desk recorded it second",
    5: "whole",
    6: "whole",
    7: "partial: rungs not climbed; late rungs are not told apart",
    8: "whole",
    9: "whole",
    10: "whole",
    11: "partial: what is listed; not each vendor that has equipment",
    12: "partial: missing, late, deleted or replaced in the contract; not the text of its file",
    13: "whole",
    14: "partial: anybody for a kind; not each who worked on it",
    15: "whole",
    16: "partial: reserves over the term; a call-up has no record",
    17: "partial: address, keeper, delivery; distance and hours are not judged",
    18: "whole",
    19: "whole",
    20: "whole",
    21: "whole",
    22: "partial: papers; suppliers have no authorisation on record",
    23: "whole",
    24: "partial: evidence only; the share is a key figure",
    25: "partial: promise and evidence; the share is a key figure",
    26: "whole",
    27: "whole",
    28: "whole",
    29: "whole",
    30: "whole",
    31: "partial: rounds and windows; technical exchange is a kind, not a duty",
    32: "partial: evidence only",
    33: "whole: the grave ones, and what else the contract names",
    34: "whole",
    35: "whole",
    36: "whole",
    37: "partial: as 7",
    38: "whole",
    39: "whole",
    40: "partial: consent; declared and agreed are not shown beside each other",
}
"""What each row does when it is violated, in a word."""


def book(
    path: Path, edits: tuple[Edit, ...], later: tuple[tuple[str, Edit], ...], as_of: str
) -> Book:
    """The Book of the whole contract with these edits, and the commits that came later."""
    repository = Repository(path)
    files = whole_contract()

    def edit(name: str, old: str, new: str) -> None:
        before = files.get(name, "")
        assert old in before
        # Nothing to replace: it is a line more at the end.
        files[name] = before.replace(old, new) if old else before + new
        repository.write(name, files[name])

    for name, text in files.items():
        repository.write(name, text)
    for change in edits:
        edit(*change)
    repository.commit("合同", at=COMMITTED)
    for moment, change in later:
        edit(*change)
        clock, _, author = moment.partition(" ")
        repository.commit("更改", at=clock, by=author or BY)
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def against(book: Book, row: int) -> set[str]:
    state = clauses_of(book)[row - 1]
    return {one.code for one in state.findings} | {one.finding.code for one in state.lapses}


@pytest.mark.parametrize("case", VIOLATIONS, ids=lambda case: f"{case.row}-{case.code}")
def test_a_violated_row_is_told_and_its_healed_twin_is_clean(
    tmp_path: Path, case: Violation
) -> None:
    violated = book(tmp_path / "violated", case.edits, case.later, case.as_of)
    assert case.code in against(violated, case.row)
    healed = book(tmp_path / "healed", case.twin, case.twin_later, case.as_of)
    assert case.code not in against(healed, case.row)
    if case.last:
        last = parse_instant(case.last)
        assert case.code not in against(violated.at(last), case.row)
        assert case.code in against(violated.at(last + 1), case.row)


def test_what_each_of_the_forty_rows_does_is_written_down() -> None:
    assert list(TODAY) == [clause.row for clause in CLAUSES]
    assert {words.partition(":")[0] for words in TODAY.values()} == {"whole", "partial"}
