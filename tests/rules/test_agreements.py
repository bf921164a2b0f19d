"""Agreements: a good and a bad case of each rule (O21x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import ACTIONS, ASSETS, CONTRACT, SPARES, STAFF, entry
from building.marked import assert_found, unmarked
from building.service_plan import PLAN_OF_RESOURCES
from weibao.rules.book.agreements import check_agreements
from weibao.rules.book.credentials import check_credentials
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

CONTRACT_FILE, SPARES_FILE = "records/contract.yaml", "records/spares.yaml"
ACTIONS_FILE, STAFF_FILE = "records/actions.yaml", "records/staff.yaml"


AGREED = CONTRACT.replace("carriers:", f"{PLAN_OF_RESOURCES}carriers:")


def agreements(files: dict[str, str], as_of: str = "2026-11-20T12:00:00+08:00") -> list[Finding]:
    raw = unmarked({CONTRACT_FILE: AGREED} | files)[0]
    book = a_book(raw, as_of=as_of)
    found = (*check_agreements(book), *check_credentials(book))
    return list(located(found, raw))


def with_plan(plan: str) -> dict[str, str]:
    return {CONTRACT_FILE: CONTRACT.replace("carriers:", f"{plan}carriers:")}


def credential(until: str) -> dict[str, str]:
    return {CONTRACT_FILE: AGREED.replace("to: 2027-02-28", f"to: «{until}")}


def test_the_small_contract_keeps_what_was_agreed() -> None:
    assert agreements({}) == []


@pytest.mark.parametrize(
    ("code", "files", "facts"),
    [
        ("O211", credential("2026-11-19"), {"issuer": "huawei", "to": "2026-11-19"}),
        ("O212", credential("2026-11-20"), {"issuer": "huawei", "to": "2026-11-20"}),
        ("O212", credential("2027-01-18"), {"name": "服务伙伴授权", "to": "2027-01-18"}),
        (
            "O213",
            with_plan(PLAN_OF_RESOURCES.replace("2026-01-12", "2026-02-01").replace("{v", "«{v")),
            {"due": "2026-01-31", "given": "2026-02-01", "version": "1.0"},
        ),
        (
            "O213",
            with_plan('resource_plan: «{version: "1.0", file: docs/plan.md, due_within: 30d}\n'),
            {"due": "2026-01-31", "given": ""},
        ),
        (
            "O214",
            {
                SPARES_FILE: SPARES.replace("    name: {zh: 苏州", "    «name: {zh: 苏州").replace(
                    '    address: {zh: 苏州市工业园区, en: "Industrial Park, Suzhou"}\n', ""
                )
            },
            {"depot": "suzhou-depot"},
        ),
        (
            "O214",
            {
                SPARES_FILE: SPARES.replace("    name: {zh: 苏州", "    «name: {zh: 苏州"),
                STAFF_FILE: STAFF.replace(
                    "[{role: supervisor, from: 2025-12-01}, {role: depot, from: 2025-12-01}]",
                    "[{role: depot, from: 2025-12-01, to: 2026-11-19}]",
                ),
            },
            {"depot": "suzhou-depot"},
        ),
        (
            "O215",
            {
                SPARES_FILE: SPARES.replace("[S12708]", "[S5700]").replace(
                    "  hw-s12700-mpu:", "  «hw-s12700-mpu:"
                )
            },
            {"model": "S12708", "assets": ("core-sw-01",), "number": 1},
        ),
        (
            "O299",
            {
                "records/assets.yaml": ASSETS.replace(
                    "    in_service:", "    end_of_support: «2026-11-19\n    in_service:"
                )
            },
            {"asset": "core-sw-01", "day": "2026-11-19"},
        ),
        (
            "O216",
            {ACTIONS_FILE: ACTIONS.replace("due: 2026-12-15", "due: «2026-11-19")},
            {"action": "label-patch-panels", "owner": "li-qiang", "due": "2026-11-19"},
        ),
    ],
)
def test_what_was_agreed_and_is_not_kept_is_found(
    code: str, files: dict[str, str], facts: dict[str, object]
) -> None:
    assert_found(files, agreements(files), code, facts)


def test_a_credential_with_sixty_days_to_go_is_left_alone() -> None:
    files = {CONTRACT_FILE: AGREED.replace("to: 2027-02-28", "to: 2027-01-19")}
    assert agreements(files) == []


def test_a_credential_that_was_renewed_is_judged_by_the_last_one() -> None:
    old = '  - {issuer: huawei, name: 服务伙伴授权, number: "SP-1000", from: 2023-03-01, to: 2025-02-28}\n'
    assert agreements({CONTRACT_FILE: AGREED.replace("headcount:", f"{old}headcount:")}) == []


def test_a_resource_plan_is_not_late_before_its_day_is_over() -> None:
    plan = 'resource_plan: {version: "1.0", file: docs/plan.md, due_within: 30d}\n'
    files = with_plan(plan)
    assert agreements(files, "2026-01-31T23:59:59+08:00") == []
    assert [one.code for one in agreements(files, "2026-02-01T00:00:00+08:00")] == ["O213"]


def test_a_resource_plan_may_be_due_in_working_days() -> None:
    plan = 'resource_plan: {version: "1.0", file: docs/plan.md, due_within: 3wd}\n'
    files = with_plan(plan)
    # 1 and 2 January are holidays and the 3rd a Saturday; Sunday the 4th is a make-up working day.
    assert agreements(files, "2026-01-06T23:00:00+08:00") == []
    assert [one.facts["due"] for one in agreements(files, "2026-01-07T00:00:00+08:00")] == [
        "2026-01-06"
    ]


@pytest.mark.parametrize("plan", ["", 'resource_plan: {version: "1.0", file: docs/plan.md}\n'])
def test_a_resource_plan_is_there_and_approved_in_thirty_days_where_nothing_is_said(
    plan: str,
) -> None:
    files = with_plan(plan)
    assert agreements(files, "2026-01-31T23:59:59+08:00") == []
    assert [one.code for one in agreements(files, "2026-02-01T00:00:00+08:00")] == ["O213"]


def test_an_action_that_is_done_is_not_overdue() -> None:
    done = entry("2026-11-18T09:00:00+08:00", "done", action="label-patch-panels")
    text = ACTIONS.replace("due: 2026-12-15", "due: 2026-11-19")
    assert agreements({ACTIONS_FILE: f"{text}{done}\n"}) == []
