"""Work: a good and a bad case of each rule (O23x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import PLAN, SPARES, STAFF, a_ticket, entry, ticket_path
from building.marked import PATH, assert_found, unmarked
from building.service_plan import FAULT, UPGRADE, movement, upgrade
from weibao.rules.book.work import check_issuers, check_work
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

SPARES_FILE, PLAN_FILE = "records/spares.yaml", "records/plan.yaml"
UPGRADE_FILE = ticket_path(UPGRADE)
OPENED = entry("09:15", "opened", by="wang-lei")
ASSIGNED = entry("09:17", "assigned", by="wang-lei", to="li-qiang")
ARRIVED = entry("10:30", "arrived")
REPLACED = entry(
    "11:05",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial='"OLD77"',
    installed_serial='"HDMPU1"',
)
ISSUED = SPARES + movement(
    "2026-11-20T10:05:00+08:00", "issued", '["HDMPU1"]', depot="suzhou-depot", ticket=FAULT
)


def work(
    files: dict[str, str],
    as_of: str = "2026-11-20T18:00:00+08:00",
) -> list[Finding]:
    raw = unmarked(files)[0]
    book = a_book(raw, as_of=as_of)
    return list(located((*check_work(book), *check_issuers(book)), raw))


def fault(*log: str) -> dict[str, str]:
    return {PATH: a_ticket(log=[OPENED, *log])}


@pytest.mark.parametrize(
    ("code", "files", "facts"),
    [
        (
            "O231",
            fault(ASSIGNED, entry("10:30", "arrived", by="«zhao-min")),
            {"person": "zhao-min", "event": "arrived"},
        ),
        (
            "O232",
            fault(ASSIGNED, ARRIVED, REPLACED.replace('"HDMPU1"', '«"HDMPU1"')),
            {"ticket": FAULT, "serial": "HDMPU1"},
        ),
        (
            "O233",
            {PLAN_FILE: PLAN.replace("issued_by: chen-jie", "issued_by: «sun-yu")},
            {"plan": "quarterly-inspection", "person": "sun-yu"},
        ),
        (
            "O236",
            {
                UPGRADE_FILE: upgrade()
                .replace("whom: wang-lei", "whom: sun-yu")
                .replace("event: arrived", "event: «arrived")
            },
            {"event": "arrived", "at": "2026-11-18T22:05:00+08:00"},
        ),
    ],
)
def test_work_out_of_its_frame_is_found(
    code: str, files: dict[str, str], facts: dict[str, object]
) -> None:
    assert_found(files, work(files), code, facts)


def test_work_by_whom_it_was_given_to_with_an_issued_part_is_in_order() -> None:
    files = fault(ASSIGNED, ARRIVED, REPLACED) | {SPARES_FILE: ISSUED}
    assert work(files | {UPGRADE_FILE: upgrade()}) == []


@pytest.mark.parametrize(
    "sent",
    [
        entry("09:30", "dispatched", by="wang-lei", to="zhao-min"),
        entry("09:30", "assigned", by="wang-lei", to="zhao-min"),
        entry("09:30", "escalated", by="wang-lei", level="2", to="zhao-min"),
    ],
)
def test_who_was_sent_in_any_way_may_work(sent: str) -> None:
    assert work(fault(ASSIGNED, sent, entry("10:30", "arrived", by="zhao-min"))) == []


def test_somebody_who_was_not_sent_is_told_of_once_a_ticket() -> None:
    log = (
        ASSIGNED,
        entry("10:30", "arrived", by="zhao-min"),
        entry("11:20", "restored", by="zhao-min", mode="on_site"),
    )
    assert [one.code for one in work(fault(*log))] == ["O231"]


def test_a_part_issued_for_another_ticket_is_not_this_one_s() -> None:
    other = ISSUED.replace(FAULT, "T20261119-0THER2")
    files = fault(ASSIGNED, ARRIVED, REPLACED) | {SPARES_FILE: other}
    assert [one.code for one in work(files)] == ["O232"]


ISSUED_LATE = ISSUED.replace("2026-11-20T10:05", "2026-11-20T11:06")


@pytest.mark.parametrize(("spares", "codes"), [(ISSUED, []), (ISSUED_LATE, ["O232"])])
def test_a_part_is_issued_before_it_is_installed(spares: str, codes: list[str]) -> None:
    files = fault(ASSIGNED, ARRIVED, REPLACED) | {SPARES_FILE: spares}
    assert [one.code for one in work(files)] == codes


@pytest.mark.parametrize(("fits", "codes"), [("[S12708]", []), ("[S5735]", ["O240"]), ("[]", [])])
def test_a_part_fits_the_equipment_that_it_goes_into(fits: str, codes: list[str]) -> None:
    files = fault(
        ASSIGNED, ARRIVED, REPLACED.replace("part: hw", "part: «hw") if codes else REPLACED
    )
    files |= {SPARES_FILE: ISSUED.replace("fits: [S12708]", f"fits: {fits}")}
    found = work(files)
    assert [one.code for one in found] == codes
    if codes:
        assert_found(files, found, "O240", {"asset": "core-sw-01", "model": "S12708"})


def test_a_manager_who_has_since_moved_on_did_issue_the_plan() -> None:
    moved = STAFF.replace(
        "{role: pm, from: 2025-12-01}", "{role: pm, from: 2025-12-01, to: 2026-06-30}"
    )
    assert moved != STAFF
    assert work({"records/staff.yaml": moved}) == []
