"""The clause table: every row holds on evidence, fails on its findings, and never holds on nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building.book import a_book
from building.contract import DELIVERY_SHA256, entry, ticket_path
from building.service_plan import (
    AS_OF,
    FAULT,
    NIGHT,
    ROUND,
    THROUGH_ENGINEER,
    THROUGH_MANAGER,
    UPGRADE,
    bare_contract,
    committed_book,
    repaired,
    whole_contract,
)
from weibao.report.clauses.table import CLAUSES, RowState, clauses_of
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book
    from weibao.report.clauses.table import ClauseState

CONTRACT, STAFF = "records/contract.yaml", "records/staff.yaml"
CLEANING, OPTICS = "docs/knowledge/cleaning.md", "docs/knowledge/optical-module.md"
SPARES, DUTY, PLAN = "records/spares.yaml", "records/duty.yaml", "records/plan.yaml"
ROWS = range(1, 41)
ALL = (FAULT, NIGHT, THROUGH_MANAGER, THROUGH_ENGINEER)
RESTS_ON_CONFIGURATION = {3, 6, 8, 11, 12, 14, 15, 16, 26}

WITNESSES: dict[int, tuple[str, ...]] = {
    1: ALL,
    2: (UPGRADE, *ALL, f"{SPARES}:18"),
    3: (CONTRACT,),
    4: (FAULT,),
    5: (UPGRADE, *ALL),
    6: (DUTY,),
    7: (FAULT,),
    8: (CLEANING, OPTICS),
    9: ALL,
    10: ("records/actions.yaml:2",),
    11: (CONTRACT,),
    12: (CONTRACT,),
    13: ALL,
    14: (STAFF,),
    15: (STAFF,),
    16: (STAFF,),
    17: (SPARES,),
    18: (SPARES,),
    19: (f"{SPARES}:17",),
    20: (FAULT,),
    21: (FAULT,),
    22: (f"{SPARES}:16",),
    23: (NIGHT,),
    24: (NIGHT, THROUGH_MANAGER, THROUGH_ENGINEER),
    25: (FAULT,),
    26: (STAFF,),
    27: (ROUND, UPGRADE),
    28: ALL,
    29: (UPGRADE, *ALL),
    30: (ROUND, UPGRADE, *ALL),
    31: (ROUND, UPGRADE),
    32: ALL,
    33: (FAULT, NIGHT),
    34: (FAULT, NIGHT),
    35: (THROUGH_MANAGER,),
    36: (THROUGH_ENGINEER,),
    37: (FAULT,),
    38: ALL,
    39: ALL,
    40: ALL,
}
"""What bears witness to each row in the whole contract."""


@dataclass(frozen=True)
class Spoiled:
    """A change to one file of the whole contract, and the finding that it must bring."""

    row: int
    code: str
    path: str
    old: str
    new: str


FAULT_FILE, NIGHT_FILE = ticket_path(FAULT), ticket_path(NIGHT)
TOLD = f"{entry('09:16', 'notified', by='wang-lei', whom='chen-jie', via='phone')}\n"
TOLD_LATE = f"{entry('09:28', 'notified', by='wang-lei', whom='chen-jie', via='phone')}\n"
CONFIRMED = "event: confirmed, by: wang-lei, contact: zhang-gong, via: phone"
ASSIGNED = "\n".join(
    (
        entry("2026-11-21T02:08:00+08:00", "assigned", by="wang-lei", to="li-qiang"),
        *repaired("2026-11-21", 2, grave=True)[2:],
    )
)
LOWERED = f"{entry('09:25', 'severity_agreed', by='wang-lei', severity='3')}\n"
ESCALATED = f"{entry('10:15', 'escalated', by='wang-lei', level='1', to='wang-lei')}\n"
AWAY = "{who: wang-lei, from: 2026-11-20T09:00:00+08:00, to: 2026-11-20T18:00:00+08:00}"
PROMPT = ("tolerance: 30d", "tolerance: 15m")
NEXT_DAY = ("late_entry: 30d", "late_entry: 24h")
SOONER_PARTS = ("part: {within: 4h, clock: always}", "part: {within: 30m, clock: always}")
SOONER_UPDATES = ("update: {within: 1h, clock: always}", "update: {within: 10m, clock: always}")
COUNTED = "event: counted, by: sun-yu, part: hw-s12700-mpu, serials: "
DELIVERED = f"records/attachments/{DELIVERY_SHA256[:2]}/{DELIVERY_SHA256}.txt"
CERTIFICATE = 'HCIP-Datacom, number: "1001", from: 2025-01-01, to: '

SPOILED = (
    Spoiled(2, "O231", FAULT_FILE, "event: arrived, by: li-qiang", "event: arrived, by: zhao-min"),
    Spoiled(2, "O232", FAULT_FILE, '"HDMPU1"', '"HDMPU2"'),
    Spoiled(4, "O224", FAULT_FILE, TOLD, TOLD_LATE),
    Spoiled(4, "E104", CONTRACT, *NEXT_DAY),
    Spoiled(5, "O104", NIGHT_FILE, f"{ASSIGNED}\n", ""),
    Spoiled(6, "O106", DUTY, "desk:\n    start: 2025-12-01", "desk:\n    start: 2027-12-01"),
    Spoiled(6, "O207", DUTY, "rotas:", f"leave: [{AWAY}]\nrotas:"),
    Spoiled(6, "O208", DUTY, "[li-qiang, zhao-min]", "[sun-yu, zhao-min]"),
    Spoiled(7, "O241", FAULT_FILE, ESCALATED, ""),
    Spoiled(7, "O243", FAULT_FILE, "level: 1, to: wang-lei", "level: 1, to: li-qiang"),
    Spoiled(8, "R314", OPTICS, "licence: CC-BY-4.0\n", ""),
    Spoiled(8, "R315", OPTICS, "audience: customer", "audience: everybody"),
    Spoiled(8, "X308", CLEANING, "audience: customer", "audience: internal"),
    Spoiled(9, "X201", NIGHT_FILE, "event: closed", "event: resumed"),
    Spoiled(9, "R204", NIGHT_FILE, "event: closed", "event: ended"),
    Spoiled(10, "O216", "records/actions.yaml", "due: 2026-12-15", "due: 2026-11-15"),
    Spoiled(11, "O211", CONTRACT, "to: 2027-02-28", "to: 2026-10-31"),
    Spoiled(11, "O212", CONTRACT, "to: 2027-02-28", "to: 2026-12-31"),
    Spoiled(12, "O213", CONTRACT, "approved_on: 2026-01-12", "approved_on: 2026-03-12"),
    Spoiled(13, "O203", STAFF, f"{CERTIFICATE}2027-12-31", f"{CERTIFICATE}2026-06-30"),
    Spoiled(14, "O204", CONTRACT, "minimum: 2", "minimum: 12"),
    Spoiled(15, "O205", CONTRACT, "certified: 1", "certified: 3"),
    Spoiled(16, "O206", STAFF, ", {role: reserve, from: 2025-12-01}", ""),
    Spoiled(17, "O214", SPARES, 'address: {zh: 苏州市工业园区, en: "Industrial Park, Suzhou"}', ""),
    Spoiled(17, "S101", CONTRACT, *SOONER_PARTS),
    Spoiled(18, "O101", SPARES, "minimum: {suzhou-depot: 1}", "minimum: {suzhou-depot: 4}"),
    Spoiled(18, "O215", SPARES, "fits: [S12708]", "fits: [S5700]"),
    Spoiled(19, "O102", SPARES, f'{COUNTED}["HDMPU1", "HDMPU2"]', f'{COUNTED}["HDMPU1"]'),
    Spoiled(19, "O105", SPARES, "hours: always", "hours: always\n    count_every: 10d"),
    Spoiled(20, "X302", SPARES, ", oem_verified_by: sun-yu", ""),
    Spoiled(20, "O232", FAULT_FILE, '"HDMPU1"', '"HDMPU2"'),
    Spoiled(21, "S101", CONTRACT, *SOONER_PARTS),
    Spoiled(22, "O107", SPARES, ", oem_verified_by: sun-yu", ""),
    Spoiled(22, "X208", DELIVERED, "2 块", "3 块"),
    Spoiled(
        23, "S101", NIGHT_FILE, "reported_at: 2026-11-21T02:00", "reported_at: 2026-11-21T00:30"
    ),
    Spoiled(25, "S101", FAULT_FILE, "10:30:00+08:00, event: arr", "11:15:00+08:00, event: arr"),
    Spoiled(26, "O201", STAFF, "{role: pm, from: 2025-12-01}", "{role: pm, from: 2026-03-01}"),
    Spoiled(26, "O202", STAFF, "{role: director, ", "{role: pm, "),
    Spoiled(27, "O233", PLAN, "issued_by: chen-jie", "issued_by: li-qiang"),
    Spoiled(27, "O236", ticket_path(UPGRADE), "whom: wang-lei", "whom: sun-yu"),
    Spoiled(28, "O221", FAULT_FILE, "received_by: wang-lei", "received_by: gao-yuan"),
    Spoiled(29, "S101", CONTRACT, *SOONER_UPDATES),
    Spoiled(31, "O103", PLAN, "start: 2026-11-25", "start: 2026-08-25"),
    Spoiled(31, "O251", ticket_path(ROUND), "item: appearance", "item: temperature"),
    Spoiled(31, "O234", ticket_path(UPGRADE), "start: 2026-11-18", "start: 2026-11-19"),
    Spoiled(31, "O235", CONTRACT, *PROMPT),
    Spoiled(33, "O223", NIGHT_FILE, "whom: chen-jie", "whom: sun-yu"),
    Spoiled(34, "O222", DUTY, "[wang-lei, sun-yu]", "[sun-yu, wang-lei]"),
    Spoiled(35, "E104", CONTRACT, *NEXT_DAY),
    Spoiled(36, "O225", ticket_path(THROUGH_ENGINEER), "whom: chen-jie", "whom: sun-yu"),
    Spoiled(37, "O241", FAULT_FILE, ESCALATED, ""),
    Spoiled(37, "O243", FAULT_FILE, "level: 1, to: wang-lei", "level: 2, to: wang-lei"),
    Spoiled(
        38,
        "O242",
        CONTRACT,
        "update: {within: 4h, clock: always}",
        "update: {within: 30m, clock: always}",
    ),
    Spoiled(38, "S101", CONTRACT, *SOONER_UPDATES),
    Spoiled(39, "X201", FAULT_FILE, CONFIRMED, "event: updated, by: wang-lei"),
    Spoiled(
        39, "X205", FAULT_FILE, "event: confirmed, by: wang-lei", "event: confirmed, by: li-qiang"
    ),
    Spoiled(39, "X102", FAULT_FILE, "contact: zhang-gong", "contact: wang-wu"),
    Spoiled(39, "X207", CONTRACT, "consent, confirm, countersign]", "consent, countersign]"),
    Spoiled(40, "X107", NIGHT_FILE, "severity: 2", "severity: 7"),
    Spoiled(40, "X206", FAULT_FILE, TOLD, f"{TOLD}{LOWERED}"),
)
"""One change for each way in which a row can fail."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return committed_book(tmp_path_factory.mktemp("whole"), whole_contract())


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return committed_book(tmp_path_factory.mktemp("bare"), bare_contract())


def row(book: Book, number: int) -> ClauseState:
    return clauses_of(book)[number - 1]


def test_all_forty_rows_stand_in_the_order_of_the_plan() -> None:
    assert [one.row for one in CLAUSES] == list(range(1, 41))
    numbers = [tuple(map(int, one.number.split("."))) for one in CLAUSES]
    assert numbers == sorted(numbers)


def test_every_code_that_counts_against_a_row_is_a_rule() -> None:
    assert {code for one in CLAUSES for code in one.codes} - RULES.keys() == set()


@pytest.mark.parametrize("number", ROWS)
def test_a_row_holds_where_the_records_bear_witness(whole: Book, number: int) -> None:
    found = row(whole, number)
    assert (found.state, found.findings) == (RowState.HOLDS, ())
    assert found.records == WITNESSES[number]


@pytest.mark.parametrize("number", sorted(set(ROWS) - {3}))
def test_a_row_has_no_evidence_where_nothing_was_recorded(bare: Book, number: int) -> None:
    found = row(bare, number)
    assert found.records == ()
    if number in {6, 12, 26}:
        assert found.state is RowState.FAILS
    else:
        assert found.state is RowState.NO_EVIDENCE


@pytest.mark.parametrize("spoiled", SPOILED, ids=lambda one: f"{one.row}-{one.code}")
def test_a_row_fails_with_the_finding_that_speaks_against_it(
    tmp_path: Path, spoiled: Spoiled
) -> None:
    files = whole_contract()
    assert spoiled.old in files[spoiled.path]
    files[spoiled.path] = files[spoiled.path].replace(spoiled.old, spoiled.new)
    book = committed_book(tmp_path, files)
    found = row(book, spoiled.row)
    assert found.state is RowState.FAILS
    assert spoiled.code in {one.code for one in found.findings}


LOGGED = tuple(
    (path, line)
    for path, text in whole_contract().items()
    for line in (text.splitlines() if path == SPARES else [""])
    if path.startswith(("records/tickets/", "records/inspections/", "records/actions"))
    or re.match(r"  - \{at:", line)
)
"""Everything that was logged in the whole contract: records, and movements of stock."""


def without(gone: set[tuple[str, str]]) -> dict[str, str]:
    """The whole contract without some of what was logged."""
    files = whole_contract()
    for path, line in gone:
        if line:
            files[path] = files[path].replace(f"{line}\n", "")
        else:
            del files[path]
    if not re.search(r"  - \{at:", files[SPARES]):
        files[SPARES] = files[SPARES].replace("log:\n", "")
    return files


def test_with_nothing_logged_only_what_rests_on_the_configuration_holds(tmp_path: Path) -> None:
    book = committed_book(tmp_path, without(set(LOGGED)))
    holding = {one.clause.row for one in clauses_of(book) if one.state is RowState.HOLDS}
    assert holding == RESTS_ON_CONFIGURATION


def test_what_rests_on_the_configuration_fails_on_it_alone() -> None:
    """So that no row which a logged record makes fail can hold once that record is gone."""
    spoiled = {one.path for one in SPOILED if one.row in RESTS_ON_CONFIGURATION}
    assert spoiled <= {CONTRACT, STAFF, DUTY, CLEANING, OPTICS}


@settings(max_examples=40, deadline=None)
@given(gone=st.sets(st.sampled_from(LOGGED)))
def test_taking_records_away_never_adds_evidence_nor_lets_a_row_hold_on_none(
    gone: set[tuple[str, str]],
) -> None:
    raw = {path: text.encode() for path, text in without(gone).items()}
    for one in clauses_of(a_book(raw, as_of=AS_OF)):
        known = {place.partition(":")[0] for place in WITNESSES.get(one.clause.row, ())}
        found = {place.partition(":")[0] for place in one.records}
        assert found <= known
        assert one.state is not RowState.HOLDS or one.records
