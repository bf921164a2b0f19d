"""What an old register's ticket owes: nothing of before it was kept here, all that happens from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.contract import (
    CONTRACT,
    SPARES,
    a_ticket,
    entry,
    of_register,
    small_contract,
    ticket_path,
    with_register,
)
from building.marked import findings_of
from building.repository import Repository
from building.service_plan import UPGRADE, upgrade
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from weibao.report.book import Book

SINCE = "2026-11-20T12:00:00+08:00"
LANDED = "2026-11-20T12:05:00+08:00"
LATER = "2026-12-15T12:00:00+08:00"
OPENED = entry("09:15", "opened", by="wang-lei")
GIVEN = entry("09:17", "assigned", by="wang-lei", to="li-qiang")
PART = {"asset": "core-sw-01", "part": "hw-s12700-mpu", "removed_serial": '"OLD77"'}
FIXED = {"mode": "remote", "cause": "内存故障", "action": "重启"}


def at(hour: int, minute: int = 0) -> str:
    return f"{hour:02}:{minute:02}"


def replaced(hour: int, **more: str) -> str:
    return entry(at(hour), "part_replaced", **PART, installed_serial='"HDMPU9"', **more)


def resolved(hour: int, by: str = "li-qiang") -> str:
    return entry(at(hour), "resolved", by=by, **FIXED)


def marked_low(hour: int) -> tuple[str, ...]:
    asked = {"contact": "zhang-gong", "via": "phone", "satisfaction": "1"}
    return resolved(hour), entry(at(hour, 5), "confirmed", by="wang-lei", **asked)


def escalated(hour: int, level: int, to: str, minute: int = 0) -> str:
    data = {"level": str(level), "to": to, "trigger": "催办"}
    return entry(at(hour, minute), "escalated", by="wang-lei", **data)


STEPS = {
    "O203": lambda hour: (resolved(hour, by="wang-lei"),),
    "O231": lambda hour: (entry(at(hour), "arrived", by="zhao-min"),),
    "O232": lambda hour: (replaced(hour),),
    "O240": lambda hour: (replaced(hour),),
    "O243": lambda hour: (escalated(hour, 3, "li-qiang"),),
    "O244": lambda hour: (escalated(hour, 9, "chen-jie"),),
    "O263": lambda hour: (resolved(hour),),
    "O264": marked_low,
    "O267": lambda hour: (entry(at(hour), "assigned", by="zhao-min", to="zhao-min"),),
    "O274": lambda hour: (resolved(hour),),
    "O275": lambda hour: (resolved(hour),),
    "O279": lambda hour: (replaced(hour),),
    "O281": lambda hour: (entry(at(hour), "arrived", by="wang-lei"),),
    "O282": lambda hour: (replaced(hour, old_part="returned"),),
    "O283": lambda hour: (entry(at(hour), "called_up", by="wang-lei", whom="zhao-min"),),
    "O285": lambda hour: (entry(at(hour), "restored", mode="on_site"),),
}
"""By rule, steps at an hour that want something more than they are."""
SETTINGS = {
    "O240": {"records/spares.yaml": SPARES.replace("fits: [S12708]", "fits: [S5735]")},
}


def book(
    path: Path,
    ticket: str,
    here: Iterable[str] = (),
    *,
    contract: str = CONTRACT,
    since: str = SINCE,
    landed: str = LANDED,
    as_of: str = LATER,
    **files: str,
) -> Book:
    """What is found where a ticket lands as the evidence begins, and is worked on ``here``."""
    repository = Repository(path)
    texts = small_contract() | files
    until = "2026-11-20T18:00:00+08:00"
    texts["records/contract.yaml"] = with_register(contract, until, since)
    for name, text in texts.items():
        repository.write(name, text)
    repository.commit(at="2026-11-01T09:00:00+08:00", by="wang.lei@provider.example")
    filed = ticket_path(ticket.partition("\n")[0].removeprefix("id: "))
    repository.write(filed, ticket)
    repository.commit(at=landed, by="wang.lei@provider.example")
    for line in here:
        repository.append(filed, line)
        said = line.partition("at: ")[2].partition(",")[0]
        repository.commit(at=said.replace(":00+", ":30+"), by="wang.lei@provider.example")
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def told(found: Book, code: str) -> list[dict[str, object]]:
    return [dict(finding.facts) for finding in found.findings if finding.code == code]


def ticket_of(code: str, log: Iterable[str]) -> str:
    text = a_ticket(log=[OPENED, GIVEN, *log])
    return text.replace("kind: fault", "kind: consultation") if code == "O279" else text


@pytest.mark.parametrize("code", STEPS)
def test_what_was_done_before_it_was_kept_here_wants_nothing_more(
    tmp_path: Path, code: str
) -> None:
    text, files = ticket_of(code, STEPS[code](10)), SETTINGS.get(code, {})
    assert told(book(tmp_path / "register", of_register(text), **files), code) == []
    assert told(book(tmp_path / "none", text, **files), code) != []


@pytest.mark.parametrize("code", STEPS)
def test_what_is_done_here_of_a_ticket_that_a_register_left_open_wants_what_any_does(
    tmp_path: Path, code: str
) -> None:
    text, files = of_register(ticket_of(code, ())), SETTINGS.get(code, {})
    assert told(book(tmp_path / "idle", text, as_of=LANDED, **files), code) == []
    assert told(book(tmp_path / "here", text, STEPS[code](13), **files), code) != []


def duties(length: str) -> str:
    return f"{CONTRACT}duties: {{{length}}}\n"


@pytest.mark.parametrize(
    ("code", "early", "late"),
    [
        ("O284", "refer_within: 1h", "refer_within: 4h"),
        ("O262", "desk_records_within: 1h", "desk_records_within: 4h"),
    ],
)
def test_what_is_due_after_a_report_is_owed_where_it_falls_due_here(
    tmp_path: Path, code: str, early: str, late: str
) -> None:
    text = a_ticket(log=[entry("09:15", "opened")]).replace(
        "channel: phone\n  received_by: wang-lei", "channel: engineer\n  received_by: li-qiang"
    )
    old = of_register(text)
    assert told(book(tmp_path / "early", old, contract=duties(early)), code) == []
    assert told(book(tmp_path / "late", old, contract=duties(late)), code) != []
    assert told(book(tmp_path / "none", text, contract=duties(early)), code) != []


@pytest.mark.parametrize(("since", "codes"), [(SINCE, []), ("2026-11-20T09:20:00+08:00", ["O223"])])
def test_the_manager_is_told_of_a_grave_fault_where_that_falls_due_here(
    tmp_path: Path, since: str, codes: list[str]
) -> None:
    landed = {"since": since, "landed": "2026-11-20T12:05:00+08:00"}
    found = book(tmp_path / "register", of_register(a_ticket(log=[OPENED])), **landed)
    assert [finding.code for finding in found.findings if finding.code == "O223"] == codes
    unnamed = book(tmp_path / "none", a_ticket(log=[OPENED]), **landed)
    assert told(unnamed, "O223") != []


def test_who_took_a_request_in_is_not_asked_of_a_register(tmp_path: Path) -> None:
    text = a_ticket(log=[OPENED]).replace("received_by: wang-lei", "received_by: gao-yuan")
    assert told(book(tmp_path / "register", of_register(text)), "O221") == []
    assert told(book(tmp_path / "none", text), "O221") != []


def targets(found: Book, code: str) -> Iterator[object]:
    return (facts["target"] for facts in told(found, code))


def test_rungs_are_climbed_and_misses_explained_that_fall_due_here(tmp_path: Path) -> None:
    text = a_ticket(log=[OPENED, GIVEN])
    closed = (
        entry("15:00", "resolved", **FIXED),
        entry("15:05", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
        entry("15:10", "closed", by="wang-lei"),
    )
    brought = book(tmp_path / "register", of_register(text), closed)
    # By twelve respond and arrive had been missed; restoration was due at 13:12.
    assert set(targets(brought, "S101")) == {"respond", "arrive", "restore"}
    assert set(targets(brought, "S102")) == {"restore"}
    assert [(facts["target"], facts["percent"]) for facts in told(brought, "O241")] == [
        ("arrive", 150),
        ("restore", 100),
    ]
    unnamed = book(tmp_path / "none", text, closed)
    assert set(targets(unnamed, "S102")) == {"respond", "arrive", "restore"}
    assert set(targets(unnamed, "O241")) >= {"respond", "arrive", "restore"}


def test_rungs_that_are_climbed_here_in_time_are_climbed(tmp_path: Path) -> None:
    climbed = (
        escalated(12, 4, "gao-yuan", 10),
        escalated(12, 2, "sun-yu", 11),
        escalated(13, 3, "chen-jie", 9),
        escalated(13, 3, "sun-yu", 10),
        entry("15:00", "resolved", **FIXED),
    )
    found = book(tmp_path, of_register(a_ticket(log=[OPENED, GIVEN])), climbed)
    assert told(found, "O241") == told(found, "O280") == []


def test_planned_work_is_held_to_a_window_that_opens_here(tmp_path: Path) -> None:
    codes = {"O234", "O235", "O236", "O237", "O238", "O239", "O268"}
    text = upgrade()
    head = text[: text.index("  - {at: 2026-11-18")]

    def of_windows(found: Book) -> set[str]:
        return {f.code for f in found.findings if f.record == UPGRADE} & codes

    outside = text.replace("at: 2026-11-18T23:30", "at: 2026-11-18T21:59")
    assert of_windows(book(tmp_path / "over", of_register(outside))) == set()
    assert of_windows(book(tmp_path / "none", outside)) >= {"O234", "O235"}
    begun = {"since": "2026-11-18T09:00:00+08:00", "landed": "2026-11-19T09:00:00+08:00"}
    assert of_windows(book(tmp_path / "missed", of_register(head), **begun)) == {"O237"}
    begun["landed"] = "2026-11-18T10:00:00+08:00"
    work = text[len(head) :].splitlines()
    assert of_windows(book(tmp_path / "kept", of_register(head), work, **begun)) == set()


def test_a_ticket_that_was_opened_here_is_no_duplicate_for_being_dated_back() -> None:
    moved = {"records/contract.yaml": CONTRACT.replace("since: 2026-01-01", "since: 2026-11-20")}
    other = a_ticket("T20261119-2D8VXN", reported_at="2026-11-19T12:00:00+08:00")
    own = "T20261119-7K3Q9M"

    def found(cancelled: str) -> list[str]:
        line = entry(
            cancelled, "cancelled", by="wang-lei", reason="重复", duplicate_of="T20261119-2D8VXN"
        )
        reported = "2026-11-19T09:12:00+08:00"
        opened = entry(reported, "opened", by="wang-lei")
        text = a_ticket(own, reported_at=reported, log=[opened, line])
        files = moved | {ticket_path("T20261119-2D8VXN"): other, ticket_path(own): text}
        return [f.code for f in findings_of(files) if f.code == "X220"]

    assert found("2026-11-20T10:00:00+08:00") == ["X220"]
    assert found("2026-11-19T13:00:00+08:00") == []
