"""Rota, certificates, plan, minimums and counts are judged by what stood before: no later edit clears a finding.

Each scene is a fact that a finding tells. The same edit comes twice: after the fact, which is the cheat,
and before it, which is lawful.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from building.audited import MANAGER, book_at, change_file
from building.commands import PATH
from building.contract import DUTY, PLAN, SPARES, STAFF, a_ticket, entry, small_contract
from building.repository import Repository
from hostile.threats import Ending, caught
from weibao.report.audit.configuration import configuration_of
from weibao.report.due.due import due
from weibao.report.due.item import DueKind

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2026-11-23T12:00:00+08:00"
WATCHED = {"O101", "O103", "O105", "O203", "O207", "O221", "O222"}
KEPT = 'certificates:\n      - {vendor: huawei, name: HCIP-Datacom, number: "1001"'
OTHERS = STAFF.replace("vendor: huawei", "vendor: h3c")
SUN_YU = DUTY.replace("[wang-lei, sun-yu]", "[sun-yu, wang-lei]")
DUE = PLAN.replace("2026-11-25", "2026-11-05")
EVERY = SPARES.replace("    hours: always\n", "    hours: always\n    count_every: 345d\n")
AWAY = DUTY + (
    "leave:\n"
    "  - {who: wang-lei, from: 2026-11-20T08:00:00+08:00, to: 2026-11-20T09:00:00+08:00, reason: 事假}\n"
)
MINIMUM = "    minimum: {suzhou-depot: 1}\n"


def swap(to: str, by: str, instead_of: str) -> str:
    """A rota in which somebody stands in at the desk from eight o'clock on the twentieth."""
    return (
        "overrides:\n"
        f"  - {{rota: desk, from: 2026-11-20T08:00:00+08:00, to: {to}:00+08:00, "
        f"by: {by}, instead_of: {instead_of}, reason: 调班}}\n"
        "rotas:\n"
    )


LOG = (
    entry("09:15", "opened", by="wang-lei"),
    entry("10:30", "arrived"),
    entry("12:00", "resolved", mode="on_site", cause="内存故障", action="更换"),
)


def movement(event: str, at: str, **more: str) -> str:
    """A movement of both parts of the depot."""
    told = "".join(f", {key}: {value}" for key, value in more.items())
    return (
        f"  - {{at: {at}, event: {event}, by: sun-yu, part: hw-s12700-mpu, "
        f'serials: ["HDMPU1", "HDMPU2"], depot: suzhou-depot{told}}}'
    )


ISSUED = movement("issued", "2026-11-20T11:00:00+08:00", ticket="T20261120-7K3Q9M")


@dataclass(frozen=True)
class Scene:
    """A file that makes a code be told, the edit that would clear it, and when that came in time."""

    file: str
    text: str
    old: str
    new: str
    in_time: str
    too_late: str = "2026-11-20T15:12:00+08:00"


SCENES = {
    "O222": Scene(
        "duty",
        SUN_YU,
        "rotas:\n",
        swap("2026-11-21T08:00", "wang-lei", "sun-yu"),
        "2026-11-20T08:30:00+08:00",
    ),
    "O207": Scene(
        "duty",
        AWAY,
        "rotas:\n",
        swap("2026-11-20T09:00", "sun-yu", "wang-lei"),
        "2026-11-19T18:00:00+08:00",
    ),
    "O203": Scene(
        "staff", OTHERS, KEPT.replace("huawei", "h3c"), KEPT, "2026-11-20T10:00:00+08:00"
    ),
    "O103": Scene(
        "plan", DUE, "start: 2026-11-05", "start: 2026-12-05", "2026-11-14T09:00:00+08:00"
    ),
    "O101": Scene("spares", SPARES, MINIMUM, "", "2026-11-19T09:00:00+08:00"),
    "O105": Scene("spares", EVERY, "345d", "720d", "2026-11-14T09:00:00+08:00"),
}


def edit(repository: Repository, code: str, at: str) -> None:
    scene = SCENES[code]
    change_file(repository, f"records/{scene.file}.yaml", scene.old, scene.new, at=at)


def contract(path: Path, code: str) -> Repository:
    """The contract in use since the first of the month, with the file of a scene."""
    repository = Repository(path)
    scene = SCENES[code]
    for name, text in (small_contract() | {f"records/{scene.file}.yaml": scene.text}).items():
        repository.write(name, text)
    repository.commit("合同", at="2026-11-01T09:00:00+08:00", by=MANAGER)
    return repository


def act(repository: Repository, code: str) -> None:
    """A fault of the twentieth; where parts are short, both went into it."""
    repository.write(PATH, a_ticket(log=LOG))
    if code == "O101":
        repository.append("records/spares.yaml", ISSUED)
    repository.commit("故障", at="2026-11-20T12:05:00+08:00", by="wang.lei@provider.example")


def told(repository: Repository) -> set[str]:
    return {one.code for one in book_at(repository, as_of=AS_OF).findings} & WATCHED


@pytest.mark.parametrize("code", SCENES)
def test_an_edit_after_the_fact_clears_nothing(tmp_path: Path, code: str) -> None:
    repository = contract(tmp_path / "clone", code)
    act(repository, code)
    assert told(repository) == {code}
    edit(repository, code, SCENES[code].too_late)
    assert told(repository) == {code}
    changed = configuration_of(book_at(repository, as_of=AS_OF))[-1]
    assert changed.path == f"records/{SCENES[code].file}.yaml"
    assert (changed.author.person, changed.landed_by) == ("chen-jie", None)
    caught("rota as it suits", Ending.STAYS, {code})


@pytest.mark.parametrize("code", SCENES)
def test_the_same_edit_before_the_fact_counts(tmp_path: Path, code: str) -> None:
    repository = contract(tmp_path / "clone", code)
    edit(repository, code, SCENES[code].in_time)
    act(repository, code)
    assert told(repository) == set()


@pytest.mark.parametrize("code", ["O222", "O207", "O203", "O103"])
def test_nor_does_an_edit_after_the_fact_make_a_finding(tmp_path: Path, code: str) -> None:
    """What was in order stays so when the rota turns, a certificate goes or a plan begins elsewhere."""
    repository = contract(tmp_path / "clone", code)
    edit(repository, code, SCENES[code].in_time)
    act(repository, code)
    scene = SCENES[code]
    repository.write(f"records/{scene.file}.yaml", scene.text)
    repository.commit("改回", at="2026-11-21T09:00:00+08:00", by=MANAGER)
    assert told(repository) == set()


def test_until_the_first_record_everything_may_be_edited_freely(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    files = small_contract() | {"records/staff.yaml": OTHERS}
    files = {name: text for name, text in files.items() if "log:\n" not in text}
    for name, text in files.items():
        repository.write(name, text)
    repository.commit("合同", at="2026-11-20T11:00:00+08:00", by=MANAGER)
    edit(repository, "O203", "2026-11-20T12:02:00+08:00")
    act(repository, "O203")
    assert told(repository) == set()


def test_a_report_that_is_put_after_the_swap_is_judged_as_it_was(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O222")
    act(repository, "O222")
    edit(repository, "O222", SCENES["O222"].too_late)
    later = {"field": "reported_at", "value": '"2026-11-20T15:13:00+08:00"', "reason": "笔误"}
    repository.append(PATH, entry("15:20", "amended", by="wang-lei", **later))
    repository.commit("更正", at="2026-11-20T15:21:00+08:00", by="wang.lei@provider.example")
    assert told(repository) == {"O222"}


def test_a_shortage_ends_when_the_parts_are_there(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O101")
    act(repository, "O101")
    edit(repository, "O101", "2026-11-21T09:00:00+08:00")
    (level,) = book_at(repository, as_of=AS_OF).stock.levels
    assert (level.quantity, level.minimum, level.short) == (0, 1, True)
    back = movement("returned", "2026-11-22T09:00:00+08:00", ticket="T20261120-7K3Q9M")
    repository.append("records/spares.yaml", back)
    repository.commit("退回", at="2026-11-22T09:01:00+08:00", by="sun.yu@provider.example")
    assert told(repository) == set()


def test_a_line_of_the_plan_that_is_taken_out_stays_due(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O103")
    other = DUE.replace("quarterly-inspection", "half-year").replace("11-05", "12-05")
    repository.write("records/plan.yaml", other)
    repository.commit("改名", at="2026-11-20T09:00:00+08:00", by=MANAGER)
    book = book_at(repository, as_of=AS_OF)
    work = [(one.plan, one.state) for one in book.due_work]
    assert work == [("quarterly-inspection", "overdue"), ("half-year", "upcoming")]
    owed = [item for item in due(book, book.as_of) if item.kind is DueKind.ROUND]
    assert (owed[0].subject, owed[0].who.person) == (("quarterly-inspection",), "chen-jie")


def test_a_plan_that_is_deleted_leaves_what_was_due(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O103")
    (repository.path / "records/plan.yaml").unlink()
    repository.commit("删除", at="2026-11-20T09:00:00+08:00", by=MANAGER)
    assert told(repository) == {"O103"}


def test_a_shorter_time_for_a_round_that_is_open_counts_at_once(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O103")
    change_file(repository, "records/plan.yaml", "10d", "2d", at="2026-11-12T09:00:00+08:00")
    (round_,) = [one for one in book_at(repository, as_of=AS_OF).due_work if one.state == "overdue"]
    assert round_.due.isoformat() == "2026-11-07"


def test_a_round_of_before_a_change_of_its_rule_is_done_under_the_name_that_it_had(
    tmp_path: Path,
) -> None:
    repository = contract(tmp_path / "clone", "O103")
    rule = ("rule: FREQ=MONTHLY;INTERVAL=3", "rule: FREQ=MONTHLY")
    change_file(repository, "records/plan.yaml", *rule, at="2026-11-20T09:00:00+08:00")
    book = book_at(repository, as_of=AS_OF)
    first = next(item for item in due(book, book.as_of) if item.kind is DueKind.ROUND)
    assert first.command[-2:] == ("--period", "2026-Q4")


def test_what_was_never_edited_is_read_from_one_edition(tmp_path: Path) -> None:
    repository = contract(tmp_path / "clone", "O203")
    act(repository, "O203")
    change_file(repository, "records/staff.yaml", "王蕾", "王小蕾", at=AS_OF)
    book = book_at(repository, as_of=AS_OF)
    assert len(book.official_staff.dated) == 2
    for file in (book.official_duty, book.official_plan, book.official_spares):
        assert file.dated == ()
