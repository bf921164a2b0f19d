"""Impact: the customer lowers it, faults alone have it, and groups are such that they can work."""

from __future__ import annotations

import pytest

from building.contract import a_ticket, entry, small_contract
from building.marked import MARK, PATH, a_log, assert_found, findings_of

OPENED = entry("09:15", "opened", by="wang-lei")
CONTRACT = "records/contract.yaml"


def stated(at: str, on: str, state: str, **more: str) -> str:
    return entry(at, "impact", impact=f"{MARK}[{{on: {on}, state: {state}}}]", **more)


def quiet(line: str) -> str:
    return line.replace(MARK, "")


BAD = [
    ("X221", (OPENED, stated("09:20", "mes", "none")), {"on": "mes", "state": "none"}),
    (
        "X221",
        (
            OPENED,
            quiet(stated("09:20", "mes", "outage")),
            stated("09:30", "mes", "degraded"),
        ),
        {"on": "mes", "state": "degraded"},
    ),
]
GOOD = [
    (OPENED, stated("09:20", "mes", "outage")),
    (OPENED, stated("09:20", "mes", "partial"), stated("09:30", "mes", "outage")),
    (OPENED, stated("09:20", "core-sw-01", "none", consent_by="zhang-gong")),
]


@pytest.mark.parametrize(("code", "log", "facts"), BAD)
def test_an_impact_that_nobody_agreed_to_lower_is_told(
    code: str, log: tuple[str, ...], facts: dict[str, object]
) -> None:
    files = {PATH: a_log(*log)}
    assert_found(files, findings_of(files), code, facts)


def test_a_contact_who_may_not_consent_lowers_nothing() -> None:
    line = entry(
        "09:20", "impact", impact="[{on: mes, state: none}]", consent_by=f"{MARK}factory-noc"
    )
    files = {PATH: a_log(OPENED, line)}
    assert_found(files, findings_of(files), "X207", {"right": "consent"})


@pytest.mark.parametrize("log", GOOD)
def test_a_graver_impact_and_one_that_the_customer_agreed_to_are_well(log: tuple[str, ...]) -> None:
    assert findings_of({PATH: a_log(*map(quiet, log))}) == ()


def test_an_impact_is_of_an_asset_or_of_a_service() -> None:
    line = entry("09:20", "impact", impact=f"[{{on: {MARK}mess, state: outage}}]")
    files = {PATH: a_log(OPENED, line)}
    assert_found(files, findings_of(files), "X108", {"found": "mess", "nearest": "mes"})


def test_only_a_fault_has_an_impact() -> None:
    header = a_ticket(log=[OPENED, stated("09:20", "mes", "outage")]).replace(
        "kind: fault", "kind: request"
    )
    files = {PATH: header}
    assert_found(files, findings_of(files), "X222", {"kind": "request"})
    in_header = a_log(OPENED).replace("log:", "impact: [{on: mes, state: outage}]\nlog:")
    assert findings_of({PATH: in_header}) == ()
    refused = findings_of({PATH: in_header.replace("kind: fault", "kind: request")})
    assert {finding.code for finding in refused} == {"R203"}


@pytest.mark.parametrize(("need", "codes"), [("2", set()), ("3", {"R228"})])
def test_a_group_needs_no_more_than_it_has(need: str, codes: set[str]) -> None:
    groups = f"core: {{assets: [core-sw-01, core-sw-02], need: {need}}}"
    terms = f"availability: [{{effective_from: 2026-01-01, groups: {{{groups}}}}}]\n"
    found = findings_of({CONTRACT: small_contract()[CONTRACT] + terms})
    assert {finding.code for finding in found} - {"X103"} == codes
