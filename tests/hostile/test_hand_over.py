"""Who leaves a ticket out of a hand-over cannot have handed over before it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

CAME = "T20261121-0VTAG3"
SHIFT = "records/shifts/2026/11/21/S20261121-8H4FT2.yaml"
HEAD = (
    "id: S20261121-8H4FT2\nrota: desk\n"
    "from: 2026-11-20T08:00:00+08:00\nto: 2026-11-21T08:00:00+08:00\nlog:\n"
)


def left_out(path: Path, claimed: str, committed: str) -> tuple[str, ...]:
    """The tickets missing from a hand-over that names none, claimed and committed at these times."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    repository.commit("合同", at="2026-11-20T09:00:00+08:00")
    opened = entry("2026-11-21T06:05:00+08:00", "opened", by="wang-lei")
    text = a_ticket(CAME, reported_at="2026-11-21T06:00:00+08:00", log=[opened])
    repository.write(ticket_path(CAME), text)
    repository.commit("受理", at="2026-11-21T06:06:00+08:00", by="wang.lei@provider.example")
    given = entry(f"2026-11-21T{claimed}+08:00", "handed_over", by="wang-lei", text="无", open="[]")
    repository.write(SHIFT, f"{HEAD}{given}\n")
    repository.commit("交班", at=f"2026-11-21T{committed}+08:00", by="wang.lei@provider.example")
    book = book_of(read_snapshot(Git(repository.path)), parse_instant("2026-11-22T08:00:00+08:00"))
    told = tuple(finding.facts["ticket"] for finding in book.findings if finding.code == "O289")
    assert told == book.handovers["S20261121-8H4FT2"].unlisted
    return told


def test_a_hand_over_dated_back_is_held_to_the_record_as_it_was_when_committed(
    tmp_path: Path,
) -> None:
    assert left_out(tmp_path / "back", "05:55:00", "07:56:00") == (CAME,)


def test_one_that_came_before_the_ticket_does_not_lack_it(tmp_path: Path) -> None:
    assert left_out(tmp_path / "before", "05:55:00", "05:57:00") == ()
