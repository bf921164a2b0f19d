"""Visits and old parts: numbers that the stays contradict (X312), pieces that are gone and came back (X313)."""

from __future__ import annotations

import pytest

from building.contract import SPARES, a_ticket, entry
from building.marked import PATH, findings_of
from building.service_plan import movement

OPENED = entry("09:15", "opened", by="wang-lei")
CAME, WENT = entry("10:30", "arrived"), entry("12:00", "left")


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (entry("14:00", "arrived", visit="1"), [("X312", 1, 2)]),
        (entry("14:00", "arrived", visit="2"), []),
        (entry("11:00", "arrived", by="zhao-min", visit="1"), []),
        (entry("11:00", "arrived", by="zhao-min", visit="2"), [("X312", 2, 1)]),
    ],
)
def test_a_visit_has_the_number_that_who_came_and_left_gives_it(
    again: str, told: list[tuple[str, int, int]]
) -> None:
    found = findings_of({PATH: a_ticket(log=[OPENED, CAME, WENT, again])})
    assert [
        (one.code, one.facts["stated"], one.facts["number"]) for one in found if one.code == "X312"
    ] == told


@pytest.mark.parametrize(
    ("fate", "serial", "told"),
    [
        ("kept", "OLD77", ["X313"]),
        ("destroyed", "OLD77", ["X313"]),
        ("returned", "OLD77", []),
        ("kept", "OLD78", []),
    ],
)
def test_an_old_part_that_is_gone_does_not_come_back(
    fate: str, serial: str, told: list[str]
) -> None:
    replaced = entry(
        "11:05",
        "part_replaced",
        asset="core-sw-01",
        part="hw-s12700-mpu",
        removed_serial='"OLD77"',
        installed_serial='"HDMPU1"',
        old_part=fate,
    )
    back = movement(
        "2026-11-20T16:00:00+08:00",
        "returned",
        f'["{serial}"]',
        depot="suzhou-depot",
        ticket="T20261120-7K3Q9M",
        condition="faulty",
    )
    files = {
        PATH: a_ticket(log=[OPENED, CAME, replaced, WENT]),
        "records/spares.yaml": SPARES + back,
    }
    assert [one.code for one in findings_of(files) if one.code == "X313"] == told
