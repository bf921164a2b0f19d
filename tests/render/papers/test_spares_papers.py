"""The list of spares says what lies where and is proven; a certificate says what the records show of one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ASSETS, DELIVERY_SHA256, SPARES, a_ticket, another_asset, entry
from building.papers import a_kind, kind_facts, kind_words
from weibao.refusal import UsageRefusal
from weibao.render.papers.kinds.spares_certificate import KIND as CERTIFICATE
from weibao.render.papers.kinds.spares_list import KIND as LIST

if TYPE_CHECKING:
    from weibao.report.book import Book

PROVEN = f"source_document: 送货单, document_sha256: {DELIVERY_SHA256}, oem_verified_by: sun-yu"


def _line(at: str, event: str, rest: str) -> str:
    return f"  - {{at: {at}:00+08:00, event: {event}, by: sun-yu, part: hw-s12700-mpu, {rest}}}\n"


LEDGER = (
    SPARES
    + _line(
        "2026-11-01T10:00", "received", "serials: [HDMPU3], depot: suzhou-depot, supplier: 电子市场"
    )
    + _line(
        "2026-11-02T10:00",
        "received",
        f"serials: [HDMPU4], depot: suzhou-depot, supplier: 电子市场, {PROVEN}",
    )
    + "  - {at: 2026-11-10T10:00:00+08:00, event: counted, by: sun-yu, depot: suzhou-depot, part: hw-s12700-mpu, serials: [HDMPU1, HDMPU2, HDMPU4], witness: zhang-gong}\n"
    + _line(
        "2026-11-20T09:55", "issued", f"serials: [HDMPU1], depot: suzhou-depot, ticket: {TICKET}"
    )
)
REPLACED = entry(
    "11:10",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial="OLDMPU7",
    installed_serial="HDMPU1",
)
FITTED = a_ticket(log=(*WHOLE_LOG, REPLACED))
OTHER = another_asset("edge-01").replace("S12708", "S9999").replace("2102HD0001", "2102HD0002")


def a_ledger(spares: str = LEDGER, *tickets: str) -> Book:
    return a_book(files_of(*(tickets or (FITTED,)), spares=spares, assets=ASSETS + OTHER))


def test_a_depot_is_told_by_part_by_piece_and_by_its_last_count() -> None:
    told = kind_facts(LIST, a_ledger(), audience="internal")["suzhou-depot"]
    (line,) = told["suzhou-depot_stock"]
    assert (line["number"], line["oem"], line["fits"]) == ("03031HD1", "huawei", "S12708")
    assert line["serves"] == "core-sw-01"
    assert (line["quantity"], line["proven"], line["usable"], line["minimum"]) == (3, "2/3", 2, 1)
    assert [
        (row["serial"], row["proven"], row["lacking"]) for row in told["suzhou-depot_pieces"]
    ] == [
        ("HDMPU2", True, None),
        ("HDMPU3", False, "source_document document_sha256 oem_verified_by"),
        ("HDMPU4", True, None),
    ]
    (count,) = told["suzhou-depot_counts"]
    assert (count["expected"], count["found"], count["variance"]) == (4, 3, "-1 +0")
    assert (count["by"], count["witness"]) == ("sun-yu", "zhang-gong")


def test_equipment_that_no_spare_helps_is_named_with_what_there_might_be() -> None:
    whole = kind_facts(LIST, a_ledger())["gaps"]["unserved"]
    assert [(row["model"], row["assets"], row["parts"]) for row in whole] == [
        ("S9999", "edge-01", None)
    ]
    empty = kind_facts(LIST, a_ledger(SPARES.partition("log:\n")[0]))["gaps"]["unserved"]
    assert [(row["model"], row["parts"]) for row in empty] == [
        ("S12708", "hw-s12700-mpu"),
        ("S9999", None),
    ]


def test_only_the_movements_of_the_month_up_to_the_instant_are_told() -> None:
    moves = kind_facts(LIST, a_ledger())["movements"]["spare_movements"]
    assert [(row["event"], row["from"], row["to"]) for row in moves] == [
        ("received", None, "suzhou-depot"),
        ("received", None, "suzhou-depot"),
        ("issued", "suzhou-depot", None),
    ]


def test_a_list_of_one_depot_has_no_other_and_there_is_none_of_a_depot_that_is_not_there() -> None:
    assert "gaps" not in kind_facts(LIST, a_ledger(), "suzhou-depot")
    with pytest.raises(UsageRefusal, match="no depot"):
        a_kind(LIST, a_ledger(), "nowhere")


def test_the_list_has_serial_numbers_for_the_provider_and_none_for_the_customer() -> None:
    assert "HDMPU2" in kind_words(LIST, a_ledger(), audience="internal")
    assert "HDMPU" not in kind_words(LIST, a_ledger())


def certified(serial: str, spares: str = LEDGER, *tickets: str) -> dict[str, Any]:
    return kind_facts(CERTIFICATE, a_ledger(spares, *tickets), serial, audience="internal")


def test_a_piece_that_is_proven_and_came_from_whom_its_maker_authorised_is_certified() -> None:
    told = certified("HDMPU1")
    assert told["statement"]["result"]["shown"] == "genuine"
    assert told["piece"]["piece"]["state"] == "installed core-sw-01"
    origin = told["origin"]["origin"]
    assert (origin["authorisation"], origin["delivered_on"]) == ("SQ-1001", "2025-12-05")
    assert (origin["document_sha256"], origin["filed"]) == (DELIVERY_SHA256, "filed")
    assert origin["verified_by"] == "sun-yu"
    (fitting,) = told["use"]["fittings"]
    assert (fitting["asset"], fitting["removed"]) == ("core-sw-01", "OLDMPU7")
    assert [move["event"] for move in told["use"]["moves"]] == ["received", "issued"]


TWICE = a_ticket(log=(*WHOLE_LOG, REPLACED.replace("HDMPU1", "HDMPU2")))


@pytest.mark.parametrize(
    ("serial", "spares", "ticket", "shown"),
    [
        ("HDMPU2", LEDGER, FITTED, "genuine"),
        ("HDMPU3", LEDGER, FITTED, "unverified"),
        ("HDMPU4", LEDGER, FITTED, "unauthorised"),
        ("HDMPU2", LEDGER.replace("from: 2025-01-01", "from: 2025-12-06"), FITTED, "unauthorised"),
        ("HDMPU2", LEDGER.replace("by: huawei", "by: h3c"), FITTED, "unauthorised"),
        ("HDMPU2", LEDGER, TWICE, "contradicted"),
    ],
)
def test_nothing_is_certified_that_the_records_do_not_show(
    serial: str, spares: str, ticket: str, shown: str
) -> None:
    assert certified(serial, spares, ticket)["statement"]["result"]["shown"] == shown
    words = kind_words(CERTIFICATE, a_ledger(spares, ticket), serial)
    assert ("不予证明" in words) is (shown != "genuine")
    assert ("根据记录证明" in words) is (shown == "genuine")


def test_who_repairs_a_piece_is_no_supplier_of_it() -> None:
    repaired = (
        LEDGER
        + _line(
            "2026-11-20T12:00",
            "rma_sent",
            "serials: [HDMPU2], depot: suzhou-depot, supplier: 返修中心, rma: R1",
        )
        + _line(
            "2026-11-21T12:00",
            "rma_returned",
            "serials: [HDMPU2], depot: suzhou-depot, warranty_to: 2027-02-01",
        )
    )
    told = certified("HDMPU2", repaired)
    assert told["statement"]["result"]["shown"] == "genuine"
    assert told["origin"]["origin"]["supplier"] == "华为授权经销商"
    assert (told["piece"]["piece"]["condition"], told["piece"]["piece"]["warranty_to"]) == (
        "repaired",
        "2027-02-01",
    )


def test_a_document_that_is_known_by_its_digest_alone_is_told() -> None:
    book = a_book(
        {path: raw for path, raw in files_of(spares=LEDGER).items() if "attachments" not in path}
    )
    assert kind_facts(CERTIFICATE, book, "HDMPU2")["origin"]["origin"]["filed"] == "missing"


def test_an_unknown_serial_number_is_refused_with_those_that_are_near() -> None:
    with pytest.raises(UsageRefusal) as refused:
        a_kind(CERTIFICATE, a_ledger(), "hd-mpu2")
    assert "HDMPU2" in refused.value.facts["near"]  # type: ignore[operator]
    with pytest.raises(UsageRefusal) as refused:
        a_kind(CERTIFICATE, a_ledger(), "0000")
    assert refused.value.facts["near"] == ()


def test_a_certificate_names_the_serial_numbers_of_its_piece_and_of_what_it_replaced() -> None:
    words = kind_words(CERTIFICATE, a_ledger(), "HDMPU1")
    assert words.startswith("备件合格证明：HDMPU1\n")
    assert "OLDMPU7" in words
    assert "HDMPU2" not in words
