"""The ledger has a row for each piece of equipment in each of its tables, and what was changed of the list of late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from building.book import WHOLE_LOG, a_book, files_of
from building.contract import ASSETS, CONTRACT, a_ticket, another_asset, entry
from building.papers import kind_facts, kind_words
from weibao.history.commit import Identity
from weibao.history.official import FileEdition, Official
from weibao.model.alterations import Alteration, Altered
from weibao.model.instant import parse_instant
from weibao.model.load import read_record
from weibao.render.papers.kinds.asset_ledger import KIND
from weibao.report.audit.audit import Audit, audit_of
from weibao.report.audit.configuration import ConfigurationChange, Maker

if TYPE_CHECKING:
    from weibao.report.book import Book

FULL = (
    ASSETS
    + """\
    tag: GC-0001
    criticality: high
    software: V200R022C10
    end_of_support: 2026-10-31
    keeper: zhang-gong
"""
)
TWO = FULL + another_asset("core-sw-02")
TERMS = CONTRACT + (
    "availability:\n  - effective_from: 2026-01-01\n    groups: {core: {assets: [core-sw-01, core-sw-02], need: 1}}\n"
)
REPLACED = entry(
    "11:10",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial="OLD1",
    installed_serial="HDMPU1",
)
INSPECTION = """\
id: I20261120-4F2MXA
plan: quarterly-inspection
period: 2026-Q4
assets: [core-sw-01]
log:
  - {at: 2026-11-20T14:00:00+08:00, event: started, by: zhao-min}
  - {at: 2026-11-20T14:10:00+08:00, event: checked, by: zhao-min, asset: core-sw-01, item: appearance, status: ok}
  - {at: 2026-11-20T14:20:00+08:00, event: checked, by: zhao-min, asset: core-sw-01, item: temperature, status: warning, value: 50}
"""


def a_listed(assets: str = TWO, *, log: tuple[str, ...] = WHOLE_LOG) -> Book:
    files = files_of(a_ticket(log=(*log, REPLACED)), assets=assets, contract=TERMS)
    files["records/inspections/2026/11/20/I20261120-4F2MXA.yaml"] = INSPECTION.encode()
    return a_book(files)


def row_of(told: dict[str, Any], table: str, asset: str = "core-sw-01") -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in told[table][table] if row["asset"] == asset)
    return found


def test_what_a_piece_is_and_how_it_is_covered() -> None:
    told = kind_facts(KIND, a_listed(), audience="internal")
    assert row_of(told, "identity") == {
        "asset": "core-sw-01",
        "tag": "GC-0001",
        "name": "core-sw-01",
        "kind": "switch",
        "vendor": "huawei",
        "model": "S12708",
        "serial": "2102HD0001",
        "site": "suzhou-plant",
        "location": "一号机房 02 柜 10U",
        "keeper": "zhang-gong",
    }
    assert row_of(told, "cover") == {
        "asset": "core-sw-01",
        "services": "mes",
        "criticality": "high",
        "partners": "core-sw-02",
        "in_service": "2021-05-01",
        "from": "2025-12-01",
        "to": "2026-12-31",
        "cover": "covered",
        "state": "operational",
        "software": "V200R022C10",
        "software_since": "first",
        "end_of_support": "2026-10-31",
    }
    assert told["identity"]["numbers"] == {"covered": 2}


def test_how_a_piece_has_done_in_twelve_months() -> None:
    """One outage of severity 1, from 09:12 to 11:20; the rest of its covered days it worked."""
    told = kind_facts(KIND, a_listed())
    row, other = (row_of(told, "operation", asset) for asset in ("core-sw-01", "core-sw-02"))
    assert (row["round"], row["result"]) == ("2026-11-20T14:20:00+08:00", "warning")
    assert (other["round"], other["result"], other["faults"]) == (None, None, 0)
    covered = parse_instant("2026-11-23T12:00:00+08:00") - parse_instant(
        "2025-12-01T00:00:00+08:00"
    )
    assert (row["faults"], row["between"]) == (1, covered - 128 * 60)
    assert other["between"] == f">={covered}"
    assert (row["changed_at"], row["changed"]) == ("2026-11-20T11:10:00+08:00", "hw-s12700-mpu")
    assert row["parts"] == "hw-s12700-mpu=2"
    assert (row["availability"], other["availability"]) == ("99.975%", "100%")


def test_the_version_of_the_software_dates_from_when_the_list_came_to_say_it() -> None:
    book = a_listed()
    landed = {"R20": "2026-03-01", "V200R022C10": "2026-06-01"}
    editions = [
        FileEdition("c" * 40, parse_instant(f"{day}T00:00:00+08:00"), text.encode())
        for version, day in landed.items()
        for text in [TWO.replace("V200R022C10", version)]
    ]
    first = FileEdition("a" * 40, parse_instant("2026-01-01T00:00:00+08:00"), ASSETS.encode())
    vars(book)["official_assets"] = Official(
        book.records.assets,
        (first, *editions),
        lambda raw: read_record("records/assets.yaml", raw).value,
    )
    told = row_of(kind_facts(KIND, book), "cover")
    assert told["software_since"] == "2026-06-01T00:00:00+08:00"


def change(key: str, landed: str, path: str = "records/assets.yaml") -> ConfigurationChange:
    author = Maker(Identity("li.qiang", "li.qiang@provider.example"), "li-qiang", "provider")
    at = parse_instant(f"{landed}T10:00:00+08:00")
    altered = Altered("keys", (Alteration(key, "V1", "V2"),), 0)
    return ConfigurationChange(path, "d" * 40, author, at, at, "d" * 40, None, "changed", altered)


def audited(book: Book, *changes: ConfigurationChange) -> Audit:
    audit = audit_of(book)
    vars(audit)["configuration"] = changes
    return audit


def test_the_changes_of_the_list_in_the_last_month_are_told_and_no_others() -> None:
    book = a_listed()
    audit = audited(
        book,
        change("assets.core-sw-01.software", "2026-10-22"),
        change("assets.core-sw-01.software", "2026-10-23"),
        change("assets.core-sw-02.serial", "2026-11-02"),
        change("zone", "2026-11-03", "records/contract.yaml"),
    )
    rows = kind_facts(KIND, book, audit=audit)["changes"]["changes"]
    assert [(row["landed"][:10], row["key"], row["before"], row["after"]) for row in rows] == [
        ("2026-10-23", "assets.core-sw-01.software", "V1", "V2"),
        ("2026-11-02", "assets.core-sw-02.serial", "…", "…"),
    ]
    assert {row["landed_by"] for row in rows} == {None}


@pytest.mark.parametrize(("audience", "there"), [("internal", True), ("customer", False)])
def test_serial_numbers_and_places_are_the_providers_alone(audience: Any, *, there: bool) -> None:
    words = kind_words(KIND, a_listed(), audience=audience)
    assert ("2102HD0001" in words) is there
    assert ("一号机房" in words) is there


def test_what_is_in_trouble_or_no_longer_covered_is_told_so() -> None:
    opened = WHOLE_LOG[:3]
    book = a_listed(TWO.replace("to: 2026-12-31", "to: 2026-11-22", 1), log=opened)
    cover = row_of(kind_facts(KIND, book), "cover")
    assert (cover["cover"], cover["state"]) == ("over", "unknown")
    still = row_of(kind_facts(KIND, a_listed(log=opened)), "cover")
    assert (still["cover"], still["state"]) == ("covered", "outage")
