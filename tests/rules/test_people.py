"""People: a good and a bad case of each rule (O20x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import ASSETS, CONTRACT, DUTY, STAFF, a_ticket, entry
from building.marked import PATH, assert_found, unmarked
from weibao.rules.book.people import check_people
from weibao.rules.book.rota import check_rota
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

CONTRACT_FILE, STAFF_FILE = "records/contract.yaml", "records/staff.yaml"
DUTY_FILE, ASSETS_FILE = "records/duty.yaml", "records/assets.yaml"
MENDED = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:20", "acknowledged"),
    entry("11:20", "restored", mode="remote"),
)


def people(files: dict[str, str], as_of: str = "2026-11-20T12:00:00+08:00") -> list[Finding]:
    raw = unmarked(files)[0]
    book = a_book(raw, as_of=as_of)
    found = [
        *check_people(book),
        *check_rota(book),
    ]
    return list(located(found, raw))


def changed(path: str, text: str, old: str, new: str) -> dict[str, str]:
    assert old in text
    return {path: text.replace(old, new, 1)}


def test_the_small_contract_has_its_people() -> None:
    assert people({PATH: a_ticket(log=MENDED)}) == []


@pytest.mark.parametrize(
    ("code", "files", "facts"),
    [
        (
            "O201",
            changed(
                STAFF_FILE,
                STAFF.replace("  wang-lei:\n", "  «wang-lei:\n"),
                "{role: pm, from: 2025-12-01}",
                "{role: pm, from: 2025-12-01, to: 2026-09-30}",
            ),
            {"from": "2026-10-01", "to": "2026-12-31"},
        ),
        (
            "O202",
            changed(
                STAFF_FILE,
                STAFF,
                "roles: [{role: director, from: 2025-12-01}]",
                "roles: «[{role: pm, from: 2026-07-01, to: 2026-07-31}]",
            ),
            {"from": "2026-07-01", "to": "2026-07-31", "people": ("chen-jie", "gao-yuan")},
        ),
        (
            "O203",
            {PATH: a_ticket(log=MENDED).replace("[core-sw-01]", "«[core-sw-01]")}
            | changed(
                STAFF_FILE, STAFF, "from: 2025-01-01, to: 2027", "from: 2026-11-21, to: 2027"
            ),
            {"vendor": "huawei", "people": ("li-qiang",)},
        ),
        (
            "O204",
            changed(CONTRACT_FILE, CONTRACT, "{minimum: 2}", "{minimum: «12}"),
            {"asset_kind": "switch", "years": 12},
        ),
        (
            "O205",
            changed(CONTRACT_FILE, CONTRACT, "certified: 1", "certified: «3"),
            {"site": "suzhou-plant", "vendor": "huawei", "asked": 3, "number": 2},
        ),
        (
            "O206",
            changed(
                STAFF_FILE,
                STAFF.replace("  wang-lei:\n", "  «wang-lei:\n"),
                ", {role: reserve, from: 2025-12-01}",
                "",
            ),
            {"vendor": "huawei"},
        ),
        (
            "O207",
            {
                DUTY_FILE: DUTY
                + "leave:\n"
                + "  - «{who: wang-lei, from: 2026-11-20T12:00:00+08:00, to: 2026-11-21T12:00:00+08:00}\n"
            },
            {"person": "wang-lei", "rota": "desk", "from": "2026-11-20T12:00:00+08:00"},
        ),
        (
            "O208",
            {
                DUTY_FILE: DUTY.replace("[li-qiang, zhao-min]", "[sun-yu, zhao-min]").replace(
                    "engineer:\n    start", "engineer:\n    «start"
                )
            },
            {"person": "sun-yu", "rota": "desk", "other": "engineer"},
        ),
    ],
)
def test_what_lacks_people_is_found(
    code: str, files: dict[str, str], facts: dict[str, object]
) -> None:
    assert_found(files, people(files), code, facts)


def test_leave_with_a_stand_in_is_no_gap() -> None:
    leave = "{who: wang-lei, from: 2026-11-20T12:00:00+08:00, to: 2026-11-21T08:00:00+08:00}"
    stand_in = leave.replace("{who: wang-lei,", "{rota: desk, by: zhao-min,")
    text = f"{DUTY}overrides:\n  - {stand_in}\nleave:\n  - {leave}\n"
    assert people({DUTY_FILE: text}) == []


def test_a_manager_who_follows_another_on_the_next_day_leaves_no_gap_and_no_overlap() -> None:
    text = STAFF.replace(
        "{role: pm, from: 2025-12-01}", "{role: pm, from: 2025-12-01, to: 2026-05-31}"
    )
    text = text.replace("{role: director, from: 2025-12-01}", "{role: pm, from: 2026-06-01}")
    assert people({STAFF_FILE: text}) == []


def test_two_gaps_of_a_term_are_two_findings() -> None:
    text = STAFF.replace(
        "{role: pm, from: 2025-12-01}", "{role: pm, from: 2026-02-01, to: 2026-11-30}"
    )
    found = people({STAFF_FILE: text})
    spans = [(one.facts["from"], one.facts["to"]) for one in found if one.code == "O201"]
    assert spans == [("2026-01-01", "2026-01-31"), ("2026-12-01", "2026-12-31")]


def test_a_fault_that_nobody_has_mended_yet_is_not_judged() -> None:
    text = STAFF.replace("from: 2025-01-01, to: 2027-12-31", "from: 2026-11-21, to: 2027-12-31")
    files = {STAFF_FILE: text, PATH: a_ticket(log=MENDED[:2])}
    assert "O203" not in {one.code for one in people(files)}


def test_a_colleague_with_the_certificate_who_worked_on_it_is_enough() -> None:
    text = STAFF.replace('"1001", from: 2025-01-01', '"1001", from: 2026-11-21')
    helped = entry("11:10", "arrived", by="zhao-min")
    files = {STAFF_FILE: text, PATH: a_ticket(log=[*MENDED[:2], helped, MENDED[2]])}
    assert people(files) == []


def test_a_carrier_s_line_needs_no_maker_s_certificate() -> None:
    line = ASSETS.replace("kind: switch", "kind: line").replace("vendor: huawei", "vendor: telecom")
    without = STAFF.replace("vendor: huawei", "vendor: h3c")
    contract = CONTRACT.replace("vendor: huawei, certified", "vendor: h3c, certified")
    files = {ASSETS_FILE: line, STAFF_FILE: without, CONTRACT_FILE: contract}
    assert people(files | {PATH: a_ticket(log=MENDED)}) == []


def test_experience_is_counted_to_the_day() -> None:
    text = STAFF.replace("since: 2015-04-01", "since: 2024-11-21").replace(
        "since: 2019-09-01", "since: 2025-01-01"
    )
    files = {STAFF_FILE: text}
    assert [one.code for one in people(files, "2026-11-20T23:00:00+08:00")] == ["O204"]
    assert people(files, "2026-11-21T00:00:00+08:00") == []


def test_shifts_of_seconds_are_not_laid_out() -> None:
    leave = "leave:\n  - {who: li-qiang, from: 2026-01-01T00:00:00+08:00, to: 2026-12-01T00:00:00+08:00}\n"
    text = DUTY.replace("shift: 7d", "shift: 1s").replace(
        "[wang-lei, sun-yu]", "[li-qiang, sun-yu]"
    )
    found = people({DUTY_FILE: text + leave}, "2026-11-20T08:30:00+08:00")
    assert {one.facts["rota"] for one in found if one.code == "O207"} == {"desk"}
    assert "O208" not in {one.code for one in found}
