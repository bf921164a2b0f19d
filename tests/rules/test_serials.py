"""Serial numbers: one is in one place, across stock and equipment (X309), and warranties that run out (O108)."""

from __future__ import annotations

import pytest

from building.book import a_book
from building.contract import ASSETS, SPARES, a_ticket, entry, ticket_path
from building.marked import PATH, findings_of, unmarked
from weibao.rules.book.stock import check_stock

LEDGER, LISTED = "records/spares.yaml", "records/assets.yaml"
OPENED = entry("09:15", "opened", by="wang-lei")
ARRIVED = entry("10:30", "arrived")
OTHER = "T20261120-2D8VXN"


def moved(event: str, serial: str, at: str = "2026-11-20T10:05:00+08:00", **data: str) -> str:
    data = {"part": "hw-s12700-mpu", "serials": f'["{serial}"]', **data}
    return entry(at, event, by="sun-yu", **data) + "\n"


def replaced(at: str, out: str, serial: str, asset: str = "core-sw-01") -> str:
    data = {"asset": asset, "part": "hw-s12700-mpu"}
    return entry(
        at, "part_replaced", **data, removed_serial=f'"{out}"', installed_serial=f'"{serial}"'
    )


DEPOT = {"depot": "suzhou-depot"}
ISSUED = moved("issued", "HDMPU1", **DEPOT, ticket="T20261120-7K3Q9M")
BACK = moved("returned", "HDMPU1", "2026-11-20T16:00:00+08:00", **DEPOT)
OUT = moved(
    "returned", "HDMPU1", "2026-11-20T16:00:00+08:00", **DEPOT,
    ticket="T20261120-7K3Q9M", condition="good",
)  # fmt: skip
INSTALLED = a_ticket(log=[OPENED, ARRIVED, replaced("11:05", "OLD77", "HDMPU1")])
TAKEN_OUT = a_ticket(
    log=[
        OPENED,
        ARRIVED,
        replaced("11:05", "OLD77", "HDMPU1"),
        replaced("15:05", "HDMPU1", "OLD77"),
    ]
)
TWO_PARTS = SPARES.replace(
    "log:\n",
    """\
  hw-s12700-lpu:
    oem: huawei
    number: "03031HD2"
    name: {zh: 业务板, en: Line card}
log:
""",
)
LINE_CARD = {"part": "hw-s12700-lpu", "supplier": "华为", **DEPOT}


@pytest.mark.parametrize(
    ("files", "serials"),
    [
        ({LEDGER: SPARES}, []),
        ({LEDGER: SPARES + ISSUED, PATH: INSTALLED}, []),
        ({LEDGER: SPARES + ISSUED + BACK, PATH: INSTALLED}, ["HDMPU1"]),
        ({LEDGER: SPARES + ISSUED + BACK, PATH: TAKEN_OUT}, []),
        ({LEDGER: SPARES + ISSUED + OUT, PATH: INSTALLED}, []),
        ({LEDGER: SPARES + ISSUED + moved("scrapped", "HDMPU1", "2026-11-20T16:00:00+08:00"), PATH: INSTALLED}, []),
        ({LISTED: ASSETS.replace("2102HD0001", "HDMPU1")}, ["HDMPU1"]),
        ({LISTED: ASSETS.replace("2102HD0001", "HDMPU1"), LEDGER: SPARES + ISSUED, PATH: INSTALLED}, []),
        ({LEDGER: TWO_PARTS + moved("received", "HDMPU1", **LINE_CARD)}, ["HDMPU1"]),
        (
            {
                LEDGER: TWO_PARTS
                + moved("scrapped", "HDMPU1", reason="录错备件")
                + moved("received", "HDMPU1", "2026-11-20T10:06:00+08:00", **LINE_CARD)
            },
            [],
        ),
    ],
)  # fmt: skip
def test_a_serial_number_that_is_in_two_places_is_told_once(
    files: dict[str, str], serials: list[str]
) -> None:
    files = {PATH: a_ticket(log=[OPENED])} | files
    found = [one for one in findings_of(files) if one.code == "X309"]
    assert [one.facts["serial"] for one in found] == serials
    assert [one.code for one in findings_of(files) if one.code[0] != "L"] == ["X309"] * len(serials)


def test_one_part_in_two_pieces_of_equipment_is_told() -> None:
    twin = INSTALLED.replace("T20261120-7K3Q9M", OTHER).replace(
        "asset: core-sw-01", "asset: acc-sw-02"
    )
    more = ASSETS + ASSETS.partition("assets:\n")[2].replace("core-sw-01", "acc-sw-02").replace(
        "2102HD0001", "2102HD0002"
    )
    files = {LEDGER: SPARES + ISSUED, LISTED: more, PATH: INSTALLED, ticket_path(OTHER): twin}
    assert "X309" in {one.code for one in findings_of(files)}


@pytest.mark.parametrize(
    ("condition", "day", "codes"),
    [
        ("faulty", "2026-12-31", ["O108"]),
        ("faulty", "2026-11-01", ["O108"]),
        ("faulty", "2027-12-31", []),
        ("new", "2026-12-31", ["O107"]),
    ],
)
def test_a_faulty_part_goes_back_while_its_warranty_lasts(
    condition: str, day: str, codes: list[str]
) -> None:
    data = {"supplier": "华为", "condition": condition, "warranty_to": day, **DEPOT}
    raw = unmarked({LEDGER: SPARES + moved("received", "HDMPU9", **data)})[0]
    book = a_book(raw, as_of="2026-11-20T18:00:00+08:00")
    assert [one.code for one in check_stock(book)] == codes
