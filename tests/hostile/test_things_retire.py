"""Equipment, parts, depots, rounds and services are retired: what named them while they were there stays sound.

Each case retires something that a ticket, a round or the spares' log named. The twin names it once it is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, record_repository
from building.contract import ASSETS, another_asset, entry, ticket_path
from building.marked import an_inspection
from hostile.dishonest import DESK, ENGINEER, at
from hostile.threats import Ending, caught
from weibao.history.git.reader import Git
from weibao.history.growth.grown import NOTHING
from weibao.history.landed import Landed
from weibao.history.snapshot import files_at
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files
from weibao.rules.merged import errors_brought

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

ROUND, LATER = "I20261120-4F2MXA", "I20261123-2D8VXN"
SPARES = "records/spares.yaml"
NAMES = {"X103", "X104", "X105", "X108"}
AS_OF = "2026-12-10T09:00:00+08:00"
ON = "[{{on: {}, state: partial}}]"
CHECKED = entry("14:20", "checked", asset="core-sw-01", item="appearance", status="ok")
CORRECTED = entry(
    "15:00",
    "amended",
    by="wang-lei",
    field="assets",
    value="[core-sw-02]",
    reason="另一台",
)


def moved(clock: str, serial: str) -> str:
    return entry(
        clock,
        "issued",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials=f'["{serial}"]',
        depot="suzhou-depot",
        ticket="T20261120-7K3Q9M",
    )


@dataclass(frozen=True)
class Retired:
    """What is edited, by file; and what names the thing all the same afterwards: where, and how it is told."""

    edits: tuple[tuple[str, str, str], ...]
    path: str
    line: str
    code: str


SWITCH = ASSETS.removeprefix("assets:\n")
RETIRED = {
    "asset": Retired(
        (("assets", SWITCH, ""),), ticket_path(ROUND), CHECKED.replace("14:20", "16:00"), "X103"
    ),
    "asset of a correction": Retired(
        (("assets", another_asset("core-sw-02"), ""),),
        PATH,
        CORRECTED.replace("15:00", "16:00"),
        "X103",
    ),
    "part": Retired(
        (("spares", "  hw-s12700-mpu:\n", "  hw-s12700-sfu:\n"),),
        SPARES,
        moved("16:00", "HDMPU2"),
        "X104",
    ),
    "depot": Retired(
        (
            ("spares", "  suzhou-depot:\n", "  wuxi-depot:\n"),
            ("spares", "minimum: {suzhou", "minimum: {wuxi"),
        ),
        SPARES,
        moved("16:00", "HDMPU2"),
        "X105",
    ),
    "round": Retired(
        (("plan", "  quarterly-inspection:\n", "  yearly-inspection:\n"),),
        ticket_path(LATER),
        an_inspection(entry("2026-11-23T09:00:00+08:00", "started")).replace(ROUND, LATER),
        "X108",
    ),
    "item": Retired(
        (("plan", "item: appearance", "item: lamps"),),
        ticket_path(ROUND),
        CHECKED.replace("14:20", "16:00"),
        "X108",
    ),
    "service": Retired(
        (("contract", "  mes: {name", "  erp: {name"), ("assets", "[mes]", "[erp]")),
        PATH,
        entry("16:00", "impact", by="wang-lei", impact=ON.format("mes")),
        "X108",
    ),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A fault, a part for it, and a round: each names what there is."""
    folder = tmp_path_factory.mktemp("retire")
    repository = record_repository(folder / "clone", assets=ASSETS + another_asset("core-sw-02"))
    repository.append(PATH, entry("09:20", "impact", by="wang-lei", impact=ON.format("mes")))
    repository.append(PATH, entry("09:21", "impact", impact=ON.format("core-sw-01")))
    repository.append(PATH, entry("09:22", "part_requested", part="hw-s12700-mpu", quantity=1))
    repository.append(SPARES, moved("09:25", "HDMPU1"))
    repository.write(ticket_path(ROUND), an_inspection(entry("14:00", "started"), CHECKED))
    repository.commit("一天", at=at("14:30"), by=ENGINEER)
    repository.append(PATH, CORRECTED)
    repository.commit("更正", at=at("15:01"), by=DESK)
    return repository


def retire(repository: Repository, case: Retired) -> None:
    for file, old, new in case.edits:
        path = f"records/{file}.yaml"
        text = repository.read(path)
        assert old in text
        repository.write(path, text.replace(old, new))
    repository.commit("不再使用", at="2026-11-22T10:00:00+08:00", by=DESK)


def told(repository: Repository) -> tuple[set[str], set[str]]:
    """What the Book says of names, and what a check of the files does."""
    book = book_at(repository, as_of=AS_OF)
    git = Git(repository.path)
    files, modes = files_at(git, "HEAD")
    found = check_files(files, modes, parse_instant(AS_OF), stood=Landed(git, "HEAD", None).stood)
    return {one.code for one in book.findings} & NAMES, {one.code for one in found} & NAMES


@pytest.mark.parametrize("name", RETIRED)
def test_what_is_retired_leaves_what_named_it_sound_and_is_not_named_again(
    begun: Repository, tmp_path: Path, name: str
) -> None:
    case = RETIRED[name]
    repository = begun.clone(tmp_path / "clone")
    git = Git(repository.path)
    before = files_at(git, "HEAD")
    assert told(repository) == (set(), set())
    retire(repository, case)
    assert told(repository) == (set(), set())
    after = files_at(git, "HEAD")
    changed = {f"records/{file}.yaml" for file, *_ in case.edits}
    assert errors_brought(before, after, changed, parse_instant(AS_OF), NOTHING, after[0]) == ()
    if (repository.path / case.path).exists():
        repository.append(case.path, case.line)
    else:
        repository.write(case.path, case.line)
    repository.commit("补记", at="2026-11-23T10:00:00+08:00", by=ENGINEER)
    assert told(repository) == ({case.code}, {case.code})
    caught("named once it was gone", Ending.UNSOUND, {case.code})
