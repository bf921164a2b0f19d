"""The index: what it tells is what is told where everything is read, to the byte; or it tells nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.indexed import LATEST, cold, keep, left, warm
from building.repository import Repository
from building.sightings import keep_log
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.ids import make_id
from weibao.report.opening import book_of
from weibao.workspace.index.index import drop, otherwise, recalled, remember
from weibao.workspace.index.index_file import IndexFile, UnusableIndex, index_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = 86400
STEPS = (
    ("assigned", "wang-lei", {"to": "li-qiang"}),
    ("acknowledged", "li-qiang", {"note": "已联系客户"}),
    ("arrived", "li-qiang", {}),
    ("restored", "li-qiang", {"mode": "on_site"}),
    ("resolved", "li-qiang", {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}),
    ("analysed", "li-qiang", {"edition": "preliminary", "trigger": "告警"}),
    (
        "analysed",
        "li-qiang",
        {"edition": "final", "trigger": "告警", "root_cause": "老化", "business_effect": "中断"},
    ),
    ("confirmed", "wang-lei", {"contact": "zhang-gong", "via": "phone"}),
    ("closed", "wang-lei", {}),
)
"""How a fault goes on after it was opened."""


@dataclass
class Year:
    """A contract that is kept, move by move; each move is of the minute after the one before, or later."""

    repository: Repository
    now: datetime = field(
        default_factory=lambda: datetime.fromisoformat("2026-11-20T09:00:00+08:00")
    )
    tickets: dict[str, int] = field(default_factory=dict)
    """By id, how many of the :data:`STEPS` it has taken."""
    commits: list[str] = field(default_factory=list)
    moved: int = 0

    @property
    def as_of(self) -> int:
        return int(self.now.timestamp())

    def passes(self, **time: int) -> None:
        self.now += timedelta(**time)

    def commit(self, by: str = "li.qiang@provider.example") -> None:
        self.passes(minutes=1)
        self.commits.append(self.repository.commit(at=self.now.isoformat(), by=by))

    def opened(self, severity: int = 2, *, again: bool = False) -> str:
        self.passes(minutes=2)
        ticket = make_id("T", self.now.date(), len(self.tickets) * 7919 + self.moved)
        at = self.now.isoformat()
        text = a_ticket(
            ticket, severity=severity, reported_at=at, log=[entry(at, "opened", by="wang-lei")]
        )
        if not again:  # each about something else, so that none is another's copy
            text = text.replace("反复重启", f"反复重启 {ticket}")
        self.repository.write(ticket_path(ticket), text)
        self.tickets[ticket] = 0
        self.commit("wang.lei@provider.example")
        return ticket

    def step(self, ticket: str, *, after: int = 5) -> None:
        taken = self.tickets[ticket]
        if taken < len(STEPS) and (self.repository.path / ticket_path(ticket)).exists():
            event, by, data = STEPS[taken]
            self.passes(minutes=after)
            line = entry(self.now.isoformat(), event, by=by, **data)
            self.repository.append(ticket_path(ticket), line)
            self.tickets[ticket] = taken + 1
            self.commit(f"{by.replace('-', '.')}@provider.example")

    def takes_out(self, ticket: str, *, ahead: timedelta = timedelta()) -> None:
        """A part leaves the depot for a ticket, or is said to, some time from now."""
        path = "records/spares.yaml"
        serial = "HDMPU2" if "issued" in self.repository.read(path) else "HDMPU1"
        at = (self.now + ahead).isoformat()
        part = {"part": "hw-s12700-mpu", "serials": f'["{serial}"]', "depot": "suzhou-depot"}
        self.repository.append(path, entry(at, "issued", by="sun-yu", **part, ticket=ticket))
        self.commit("sun.yu@provider.example")

    def done(self, ticket: str, *, after: int = 5) -> None:
        while self.tickets[ticket] < len(STEPS):
            before = self.tickets[ticket]
            self.step(ticket, after=after)
            if self.tickets[ticket] == before:
                return


def a_year(path: Path) -> Year:
    year = Year(Repository(path))
    for name, text in small_contract().items():
        year.repository.write(name, text)
    year.commit()
    year.done(year.opened())
    return year


# What can happen to a contract that is kept. Each is given a number, by which it chooses.


def _one(year: Year, number: int) -> str:
    return sorted(year.tickets)[number % len(year.tickets)]


def opens(year: Year, number: int) -> None:
    year.opened(1 + number % 4)


def opens_what_was_told_before(year: Year, number: int) -> None:
    year.opened(1 + number % 4, again=True)


def takes_a_step(year: Year, number: int) -> None:
    year.step(_one(year, number), after=1 + number % 200)


def is_done_in_time(year: Year, number: int) -> None:
    year.done(_one(year, number))


def is_done_late(year: Year, number: int) -> None:
    year.done(_one(year, number), after=150)


def loses_a_line(year: Year, number: int) -> None:
    path = ticket_path(_one(year, number))
    if (year.repository.path / path).exists():
        *kept, _ = year.repository.read(path).splitlines(keepends=True)
        year.repository.write(path, "".join(kept))
        year.commit()


def is_deleted(year: Year, number: int) -> None:
    path = ticket_path(_one(year, number))
    if (year.repository.path / path).exists():
        year.repository.remove(path)
        year.commit()


def is_copied(year: Year, number: int) -> None:
    ticket, new = _one(year, number), make_id("T", year.now.date(), 31337 + year.moved)
    if (year.repository.path / ticket_path(ticket)).exists():
        text = year.repository.read(ticket_path(ticket)).replace(f"id: {ticket}", f"id: {new}")
        year.repository.write(ticket_path(new), text)
        year.tickets[new] = year.tickets[ticket]
        year.commit()


def is_said_to_be_another(year: Year, number: int) -> None:
    ticket = year.opened(3)
    year.passes(minutes=3)
    line = entry(
        year.now.isoformat(),
        "cancelled",
        by="wang-lei",
        reason="重复",
        duplicate_of=_one(year, number),
    )
    year.repository.append(ticket_path(ticket), line)
    year.tickets[ticket] = len(STEPS)
    year.commit()


def gets_a_part(year: Year, number: int) -> None:
    year.passes(minutes=1)
    year.takes_out(_one(year, number))


def changes_who_works_here(year: Year, number: int) -> None:
    text = year.repository.read("records/staff.yaml")
    year.repository.write("records/staff.yaml", f"# {number}\n{text}")
    year.commit()


def changes_the_contract(year: Year, number: int) -> None:
    text = year.repository.read("records/contract.yaml")
    minutes = 10 + number % 5
    year.repository.write(
        "records/contract.yaml", text.replace("tolerance: 15m", f"tolerance: {minutes}m")
    )
    year.commit()


def writes_a_page(year: Year, number: int) -> None:
    year.repository.write("docs/notes.md", f"# {number}\n")
    year.commit()


def goes_on_on_two_sides(year: Year, number: int) -> None:
    ticket, repository = _one(year, number), year.repository
    repository.git("branch", "-f", "side")
    year.opened()
    repository.switch("side")
    year.step(ticket)
    year.opened(4)
    repository.switch("main")
    year.passes(minutes=1)
    year.commits.append(repository.merge("side", at=year.now.isoformat(), options=["-X", "ours"]))


def the_forge_looks(year: Year, number: int) -> None:
    """The forge notes all commits that it has not noted; its log is of one time."""
    seen = {
        commit: (year.now + timedelta(seconds=1)).isoformat()
        for commit in year.commits[: -1 - number % 2]
    }
    line = set(year.repository.git("rev-list", "HEAD").split())
    keep_log(year.repository, {commit: at for commit, at in seen.items() if commit in line})


def is_taken_back(year: Year, number: int) -> None:
    year.repository.git("reset", "-q", "--hard", f"HEAD~{1 + number % 2}")


def days_pass(year: Year, number: int) -> None:
    year.passes(days=1 + number % 9)


MOVES: tuple[Callable[[Year, int], None], ...] = (
    opens,
    opens_what_was_told_before,
    takes_a_step,
    takes_a_step,
    is_done_in_time,
    is_done_in_time,
    is_done_late,
    loses_a_line,
    is_deleted,
    is_copied,
    is_said_to_be_another,
    gets_a_part,
    changes_who_works_here,
    changes_the_contract,
    writes_a_page,
    goes_on_on_two_sides,
    the_forge_looks,
    is_taken_back,
    days_pass,
    days_pass,
)
LATER = (0, 1, 3599, DAY, 8 * DAY, 40 * DAY, 800 * DAY)
"""Seconds after a move at which somebody asks."""


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # a shorter list of moves says no more
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(
        st.tuples(st.sampled_from(MOVES), st.integers(0, 999), st.sampled_from(LATER)),
        min_size=4,
        max_size=10,
    )
)
def test_whatever_happens_the_index_tells_what_is_told_without_it(
    moves: list[tuple[Callable[[Year, int], None], int, int]],
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        year = a_year(Path(folder) / "clone")
        clone = year.repository.path
        keep(clone, year.as_of)
        for move, number, later in moves:
            year.moved += 1
            move(year, number)
            for as_of in (year.as_of, year.as_of + later):
                assert warm(clone, as_of) in {None, cold(clone, as_of)}
            keep(clone, year.as_of)
            assert warm(clone, year.as_of + later) == cold(clone, year.as_of + later)
            standing = book_of(read_snapshot(Git(clone)), year.as_of).records.tickets
            for ticket in [*standing][number % 3 :: 3]:
                told = warm(clone, year.as_of - later, ticket)
                assert told == cold(clone, year.as_of - later, ticket)
        git = Git(clone)
        assert otherwise(git, book_of(read_snapshot(git), year.as_of)) == ()


def settled_in(clone: Path) -> int:
    return len(left(Git(clone), LATEST).left_out.paths)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    year = a_year(tmp_path / "clone")
    for _ in range(3):
        year.done(year.opened())
    year.opened()
    year.passes(days=1)
    keep(year.repository.path, year.as_of)
    return year


def test_a_ticket_that_ended_with_nothing_owed_is_left_out(year: Year) -> None:
    assert len(year.tickets) - 1 == settled_in(year.repository.path) == 4


def test_a_ticket_with_a_miss_that_nobody_explained_stays(year: Year) -> None:
    year.done(year.opened(1), after=150)
    keep(year.repository.path, year.as_of)
    assert settled_in(year.repository.path) == 4


def test_a_ticket_that_a_part_was_taken_out_for_is_looked_at_again(year: Year) -> None:
    ticket = sorted(year.tickets)[1]
    year.takes_out(ticket)
    clone = year.repository.path
    assert settled_in(clone) == 3
    for later in LATER:
        assert warm(clone, year.as_of + later) == cold(clone, year.as_of + later)


def test_commits_that_follow_straight_are_told_without_all_others(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    year.step(max(year.tickets))

    def never(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("weibao.workspace.index.index_file.IndexFile.all_commits", never)
    assert warm(year.repository.path, year.as_of) == cold(year.repository.path, year.as_of)


def test_an_earlier_instant_than_the_tickets_were_settled_at_is_answered_by_reading_all(
    year: Year,
) -> None:
    assert warm(year.repository.path, year.as_of - 1) is None
    assert warm(year.repository.path, year.as_of) is not None


def test_a_book_as_of_what_has_not_come_settles_nothing(tmp_path: Path) -> None:
    year = a_year(tmp_path / "clone")
    year.done(year.opened())
    git = Git(year.repository.path)
    book = book_of(read_snapshot(git), year.as_of + DAY)
    remember(git, book, year.as_of, settling=True)
    assert settled_in(year.repository.path) == 0


def test_a_contract_that_names_a_clock_as_wrong_has_no_index(year: Year) -> None:
    """At one instant the clock is believed, at another it is not."""
    path = "records/contract.yaml"
    listed = f"distrusted: [{{commit: {year.repository.head}, reason: 时钟错误}}]"
    text = year.repository.read(path).replace("evidence:\n", f"evidence:\n  {listed}\n")
    year.repository.write(path, text)
    year.commit()
    keep(year.repository.path, year.as_of)
    assert not book_of(read_snapshot(Git(year.repository.path)), year.as_of).history.distrusted
    assert warm(year.repository.path, year.as_of) is None


def alike(clone: Path, as_of: int, ticket: str = "") -> bool:
    """Whether the index tells what is told without it, or nothing, then and later."""
    return all(
        warm(clone, as_of + later, ticket) in {None, cold(clone, as_of + later, ticket)}
        for later in LATER
    )


def test_a_ticket_that_another_repeats_is_judged_with_it_whatever_is_told_of_it_later(
    year: Year,
) -> None:
    first = year.opened()
    year.passes(minutes=20)
    second = year.opened()
    at = year.now.isoformat()
    year.passes(minutes=3)
    year.repository.append(
        ticket_path(second),
        entry(year.now.isoformat(), "cancelled", by="wang-lei", reason="重复", duplicate_of=first),
    )
    year.commit()
    clone = year.repository.path
    keep(clone, year.as_of)
    for event, data in (("acknowledged", {"note": "已联系"}), ("resolved", REMOTELY)):
        year.repository.append(ticket_path(first), entry(at, event, **data))
    year.commit()  # so that it had been resolved when the other was cancelled for it
    assert '"errors"' in cold(clone, year.as_of)
    assert alike(clone, year.as_of)
    assert warm(clone, year.as_of) is not None


REMOTELY = {"mode": "remote", "cause": "误报", "action": "确认"}


def bears_a_bad_signature(year: Year) -> None:
    year.passes(minutes=1)
    year.repository.write("README.md", f"{year.now}\n")
    year.commit()
    head, _, message = year.repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    seal = "-----BEGIN SSH SIGNATURE-----\n bm9uZQ==\n -----END SSH SIGNATURE-----"
    raw = f"{head}\ngpgsig {seal}\n\n{message}\n".encode()
    commit = year.repository.git("hash-object", "-t", "commit", "-w", "--stdin", given=raw)
    year.repository.git("reset", "-q", "--hard", commit)


@pytest.mark.parametrize("before", [True, False], ids=["before", "since"])
def test_a_bad_signature_is_told_whatever_its_commit_changed(year: Year, *, before: bool) -> None:
    clone = year.repository.path
    for step in range(6):
        if step == 3:
            bears_a_bad_signature(year)
        year.passes(minutes=1)
        year.repository.write("README.md", f"{step}\n")
        year.commit()
    if before:
        book = book_of(read_snapshot(Git(clone)), year.as_of)
        remember(Git(clone), book, year.as_of, settling=False)
    told = warm(clone, year.as_of)
    assert told == cold(clone, year.as_of)
    assert '"errors"' in told


def test_who_else_committed_next_is_named_though_it_was_on_another_ticket(year: Year) -> None:
    ticket, clone = year.opened(), year.repository.path
    year.step(ticket)
    year.step(ticket)
    other = year.opened()  # by the desk, as what follows the engineer's acknowledgement
    witness = year.commits[-1]
    year.step(other)
    year.done(ticket)
    for _ in range(3):
        year.done(year.opened())
    keep(clone, year.as_of)
    told = warm(clone, year.as_of, ticket)
    assert told == cold(clone, year.as_of, ticket)
    assert witness[:12] in told


def test_an_id_that_is_spelled_with_escapes_names_its_ticket_as_well(year: Year) -> None:
    settled = min(year.tickets)
    ticket = year.opened(3)
    year.passes(minutes=3)
    line = entry(
        year.now.isoformat(),
        "cancelled",
        by="wang-lei",
        reason="重复",
        duplicate_of=f'"\\x54{settled[1:]}"',
    )
    year.repository.append(ticket_path(ticket), line)
    year.commit()
    clone = year.repository.path
    assert '"errors"' in cold(clone, year.as_of)
    assert alike(clone, year.as_of)
    keep(clone, year.as_of)
    assert alike(clone, year.as_of)


def test_what_another_command_writes_meanwhile_is_not_read_in_part(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone, head, as_of = year.repository.path, year.repository.head, year.as_of
    truth, living = cold(clone, as_of), IndexFile.living

    def goes_on(store: IndexFile) -> object:
        monkeypatch.setattr(IndexFile, "living", living)
        year.done(year.opened())
        assert warm(clone, year.as_of) in {None, cold(clone, year.as_of)}
        year.repository.git("reset", "-q", "--hard", head)
        return living(store)

    monkeypatch.setattr(IndexFile, "living", goes_on)
    assert warm(clone, as_of) in {None, truth}


def test_a_part_that_goes_out_at_a_time_to_come_is_put_to_use_by_its_ticket(year: Year) -> None:
    ticket = year.opened()
    for _ in range(3):
        year.step(ticket)
    year.passes(minutes=5)
    part = {"part": "hw-s12700-mpu", "asset": "core-sw-01", "old_part": "kept"}
    serials = {"removed_serial": '"OLD1"', "installed_serial": '"HDMPU1"'}
    year.repository.append(
        ticket_path(ticket), entry(year.now.isoformat(), "part_replaced", **part, **serials)
    )
    year.commit()
    year.done(ticket)
    year.takes_out(ticket, ahead=timedelta(days=2))
    keep(year.repository.path, year.as_of)
    assert alike(year.repository.path, year.as_of)


def test_what_came_with_the_first_record_is_witnessed_by_its_register(tmp_path: Path) -> None:
    year = Year(Repository(tmp_path / "clone"))
    since = "since: 2026-01-01T00:00:00+08:00"
    texts = small_contract()
    texts["records/spares.yaml"] = texts["records/spares.yaml"].partition("log:\n")[0]
    del texts["records/actions.yaml"]
    for name, text in texts.items():
        year.repository.write(name, text.replace(since, since.replace("01-01", "11-01")))
    year.commit()
    year.repository.branch("side")
    recorded = year.now
    year.now = datetime.fromisoformat("2026-10-10T09:00:00+08:00")
    brought = {}
    for _ in range(3):
        ticket = year.opened()
        year.done(ticket)
        brought[ticket_path(ticket)] = year.repository.read(ticket_path(ticket))
    year.repository.git("reset", "-q", "--hard", "main")
    year.now = recorded
    for path, text in brought.items():
        year.repository.write(path, text)
        year.commit()
    year.repository.switch("main")
    year.repository.write("README.md", "# 记录\n")
    year.commit()
    year.repository.merge("side", at=year.now.isoformat())
    keep(year.repository.path, year.as_of)
    assert settled_in(year.repository.path)
    assert alike(year.repository.path, year.as_of)


def test_what_the_log_says_later_of_a_call_counts_as_of_before_as_well(year: Year) -> None:
    clone, ticket = year.repository.path, year.opened()
    while STEPS[year.tickets[ticket]][0] != "confirmed":
        year.step(ticket)
    year.passes(minutes=5)
    asked = {"contact": "zhang-gong", "via": "phone"}
    line = entry(year.now.isoformat(), "confirmed", by="wang-lei", **asked, satisfaction="1")
    year.repository.append(ticket_path(ticket), line)
    year.tickets[ticket] += 1
    year.commit()
    year.done(ticket)
    seen = {
        commit: year.repository.git("show", "-s", "--format=%cI", commit) for commit in year.commits
    }
    year.passes(minutes=5)
    call = entry(year.now.isoformat(), "called_back", by="wang-lei", **asked, text="已致歉")
    year.repository.write("records/reviews.yaml", f"log:\n{call}\n")
    year.commit("wang.lei@provider.example")
    keep_log(year.repository, seen)
    keep(clone, year.as_of)
    seen[year.commits[-1]] = (year.now + timedelta(days=9)).isoformat()
    keep_log(year.repository, seen)
    assert alike(clone, year.as_of)
    assert warm(clone, year.as_of + 10 * DAY) is not None


def test_a_contract_that_distrusts_what_only_some_instants_show_has_no_index(year: Year) -> None:
    ticket, clone = year.opened(), year.repository.path
    year.step(ticket)
    year.repository.write("README.md", "# 记录\n")
    ahead = year.repository.commit(at=(year.now + timedelta(days=1)).isoformat())
    year.step(ticket)
    before = year.as_of
    text = year.repository.read("records/contract.yaml")
    listed = f"  main: main\n  distrusted:\n    - {{commit: {ahead}, reason: 时钟快}}\n"
    year.repository.write("records/contract.yaml", text.replace("  main: main\n", listed))
    year.passes(days=3)
    year.commit()
    assert not book_of(read_snapshot(Git(clone)), year.as_of).history.distrusted
    keep(clone, year.as_of)
    assert warm(clone, before, ticket) in {None, cold(clone, before, ticket)}


# What is wrong with the file.


def test_what_a_stopped_command_left_to_be_undone_goes_with_its_index(year: Year) -> None:
    clone = year.repository.path
    file = index_file(clone / ".git")
    journal = Path(f"{file}-journal")
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute("pragma cache_size = 1")
        base.execute("begin immediate")
        base.execute("update files set settled = settled")
        base.execute("update commits set time = time")
        base.execute("create table filled (zeros)")
        base.executemany("insert into filled values (zeroblob(?))", [(3000,)] * 200)
        left_behind = journal.read_bytes()
        base.execute("rollback")
    journal.write_bytes(left_behind)
    drop(Git(clone))
    year.done(max(year.tickets))
    keep(clone, year.as_of)
    assert warm(clone, year.as_of) == cold(clone, year.as_of)


@pytest.mark.parametrize("name", ["head", "as_of", "tips"])
def test_an_index_that_does_not_say_what_it_is_of_tells_nothing(year: Year, name: str) -> None:
    clone = year.repository.path
    with closing(sqlite3.connect(index_file(clone / ".git"))) as base:
        base.execute("delete from told where name = ?", [name])
        base.commit()
    assert warm(clone, year.as_of) is None


def test_an_index_of_before_the_contract_changed_says_nothing_otherwise(year: Year) -> None:
    clone = year.repository.path
    changes_the_contract(year, 3)
    assert otherwise(Git(clone), book_of(read_snapshot(Git(clone)), year.as_of)) is None


def pages(file: Path) -> Iterator[int]:
    with closing(sqlite3.connect(file)) as base:
        size = base.execute("pragma page_size").fetchone()[0]
    return iter(range(0, file.stat().st_size, size))


def test_an_index_that_is_cut_at_any_page_tells_the_truth_or_nothing(year: Year) -> None:
    clone = year.repository.path
    file, truth = index_file(clone / ".git"), cold(clone, year.as_of)
    whole = file.read_bytes()
    for end in pages(file):
        file.write_bytes(whole[:end])
        assert warm(clone, year.as_of) is None
    file.write_bytes(whole)
    assert warm(clone, year.as_of) == truth


def test_an_index_of_which_any_page_is_empty_tells_the_truth_or_nothing(year: Year) -> None:
    clone = year.repository.path
    file, truth = index_file(clone / ".git"), cold(clone, year.as_of)
    whole = file.read_bytes()
    starts = [*pages(file), len(whole)]
    for start, end in pairwise(starts):
        file.write_bytes(whole[:start] + bytes(end - start) + whole[end:])
        assert warm(clone, year.as_of) in {None, truth}


def test_an_index_of_another_version_or_another_repository_tells_nothing(
    year: Year, tmp_path: Path
) -> None:
    clone = year.repository.path
    other = a_year(tmp_path / "other")
    other.repository.write("docs/other.md", "# 另一个\n")
    other.commit()
    keep(other.repository.path, other.as_of)
    shutil.copy(index_file(other.repository.path / ".git"), index_file(clone / ".git"))
    assert warm(clone, year.as_of) is None
    keep(clone, year.as_of)
    with closing(sqlite3.connect(index_file(clone / ".git"))) as base:
        base.execute("update told set value = '\"0\"' where name = 'made_by'")
        base.commit()
    assert warm(clone, year.as_of) is None


STOPPED = """
import os, sqlite3, sys

base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("pragma cache_size = 1")
base.execute("begin immediate")
for column in ("files set likeness", "commits set subject", "told set value"):
    base.execute(f"update {column} = hex(randomblob(3000))")
os._exit(9)
"""


@pytest.mark.parametrize("dropped", [True, False])
def test_what_a_stopped_process_left_undone_is_not_undone_in_another_index(
    year: Year, *, dropped: bool
) -> None:
    clone = year.repository.path
    file = index_file(clone / ".git")
    subprocess.run([sys.executable, "-c", STOPPED, str(file)], check=False)
    assert len(list(file.parent.iterdir())) == 2
    for _ in range(3):
        year.opened()
    git = Git(clone)
    if dropped:
        assert drop(git)
    remember(git, book_of(read_snapshot(git), year.as_of), LATEST, settling=True)
    assert [path.name for path in file.parent.iterdir()] == ["index.sqlite"]
    assert otherwise(git, book_of(read_snapshot(git), year.as_of)) == ()
    assert warm(clone, year.as_of) == cold(clone, year.as_of)


@pytest.mark.parametrize(
    "missing",
    [
        "told where name = 'tips'",
        "told where name = 'head'",
        "commits where place > 4",
    ],
)
def test_an_index_in_which_something_is_missing_is_passed_over(year: Year, missing: str) -> None:
    clone = year.repository.path
    year.step(max(year.tickets))
    with closing(sqlite3.connect(index_file(clone / ".git"))) as base:
        assert base.execute(f"delete from {missing}").rowcount  # noqa: S608 - our own
        base.commit()
    assert warm(clone, year.as_of) is None


CHANGES = (
    "update commits set time = time + 60 where place = 3",
    "update commits set witness = null, not_after = null where place = 2",
    "update files set settled = 1 where not settled and path like '%tickets%'",
    "update changes set after = before where commit_place = 4",
    "delete from changes where commit_place = 5",
    "update files set mode = '100755' where path = 'records/contract.yaml'",
    "update told set value = '[]' where name = 'first'",
    "update told set value = '600' where name = 'clock_skew'",
    "update commits set telling = 0",
    "update told set value = '1' where name = 'as_of'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_changed_by_hand_is_found(year: Year, change: str) -> None:
    clone = year.repository.path
    git = Git(clone)
    book = book_of(read_snapshot(git), year.as_of)
    assert otherwise(git, book) == ()
    with closing(sqlite3.connect(index_file(clone / ".git"))) as base:
        assert base.execute(change).rowcount
        base.commit()
    found = otherwise(git, book)
    assert found


def test_an_index_that_cannot_be_read_is_told_where_it_is_looked_at(year: Year) -> None:
    clone = year.repository.path
    index_file(clone / ".git").write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(UnusableIndex):
        otherwise(Git(clone), book_of(read_snapshot(Git(clone)), year.as_of))


def test_a_clone_that_is_read_only_is_answered_without_a_word(year: Year) -> None:
    year.step(max(year.tickets))  # so that there is something to be written
    clone = year.repository.path
    folder = index_file(clone / ".git").parent
    truth = cold(clone, year.as_of)
    folder.chmod(0o500)
    index_file(clone / ".git").chmod(0o400)
    try:
        assert warm(clone, year.as_of) in {None, truth}
        keep(clone, year.as_of)
    finally:
        folder.chmod(0o700)
    assert warm(clone, year.as_of) in {None, truth}


def test_a_rewritten_or_shortened_history_is_never_answered_from_what_was(year: Year) -> None:
    clone = year.repository.path
    year.repository.git("commit", "-q", "--amend", "-m", "改写", "--date", year.now.isoformat())
    assert warm(clone, year.as_of) is None
    keep(clone, year.as_of)
    assert warm(clone, year.as_of) == cold(clone, year.as_of)
    (clone / ".git" / "shallow").write_text(f"{year.repository.head}\n")
    assert recalled(Git(clone), year.as_of) is None


def test_another_command_that_writes_is_not_waited_for(year: Year) -> None:
    year.step(max(year.tickets))
    clone = year.repository.path
    with closing(sqlite3.connect(index_file(clone / ".git"), isolation_level=None)) as base:
        base.execute("begin exclusive")
        assert warm(clone, year.as_of) is None
        keep(clone, year.as_of)
        base.execute("rollback")
    assert warm(clone, year.as_of) == cold(clone, year.as_of)


KILLED = """
import os, sqlite3, sys
from pathlib import Path

last, clone, as_of = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
connect = sqlite3.connect

def counting(*arguments, **more):
    base = connect(*arguments, **more)
    def count(_):
        global last
        last -= 1
        if not last:
            os._exit(9)
    base.set_trace_callback(count)
    return base

sqlite3.connect = counting
from building.indexed import keep
keep(clone, as_of)
"""


@pytest.mark.parametrize("new", [True, False], ids=["new", "gone on"])
def test_a_process_that_is_killed_at_any_write_leaves_the_truth_or_nothing(
    year: Year, *, new: bool
) -> None:
    clone = year.repository.path
    file = index_file(clone / ".git")
    year.step(max(year.tickets))
    year.done(year.opened())
    truth, kept = cold(clone, year.as_of), file.read_bytes()
    search = os.pathsep.join(path for path in sys.path if path)
    for statement in (1, 3, 5, 9, 14, 20, 27, 35, 60, 120, 10**6):
        for left_behind in file.parent.iterdir():
            left_behind.unlink()
        if not new:
            file.write_bytes(kept)
        command = [sys.executable, "-c", KILLED, str(statement), str(clone), str(year.as_of)]
        killed = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": search}, capture_output=True, check=False
        )
        assert killed.returncode in {0, 9}, killed.stderr
        assert warm(clone, year.as_of) in {None, truth}
    assert killed.returncode == 0
    assert warm(clone, year.as_of) == truth


def test_several_processes_that_keep_at_once_leave_one_true_index(year: Year) -> None:
    clone = year.repository.path
    index_file(clone / ".git").unlink()
    search = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", KILLED, "0", str(clone), str(year.as_of)]
    running = [
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": search}) for _ in range(4)
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert warm(clone, year.as_of) == cold(clone, year.as_of)
    assert [path.name for path in index_file(clone / ".git").parent.iterdir()] == ["index.sqlite"]
