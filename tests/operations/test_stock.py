from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import claim, log_of, moment
from weibao.history.official import Official
from weibao.model.spares import Depot, Part, Spares
from weibao.model.timeline import place_in_time
from weibao.operations.stock import (
    PROVENANCE,
    CountDue,
    StockLevel,
    counts_due,
    short_since,
    shortages,
    stock_of,
)

if TYPE_CHECKING:
    from weibao.model.entry import Entry

LATER = moment("2026-12-31 00:00")
VERIFIED = {
    "supplier": "华为授权经销商",
    "source_document": "送货单 2026-0108",
    "document_sha256": "12" * 32,
    "oem_verified_by": "sun-yu",
}


def spares(*log: Entry, minimum: dict[str, int] | None = None, count_every: int = 0) -> Spares:
    return Spares(
        depots={
            key: Depot(key, {"zh": key}, {}, "sun-yu", count_every)
            for key in ("shenyang", "dalian")
        },
        parts={"mpu": Part("mpu", "huawei", "03030XYZ", {"zh": "主控板"}, (), minimum or {})},
        log=log_of(*log),
    )


def received(at: str, *serials: str, depot: str = "shenyang", **data: str) -> Entry:
    return claim(
        at, "received", part="mpu", serials=list(serials), depot=depot, **{**VERIFIED, **data}
    )


def issued(at: str, *serials: str, depot: str = "shenyang", ticket: str = "T1") -> Entry:
    return claim(at, "issued", part="mpu", serials=list(serials), depot=depot, ticket=ticket)


def returned(at: str, *serials: str, depot: str = "shenyang") -> Entry:
    return claim(at, "returned", part="mpu", serials=list(serials), depot=depot)


def moved(at: str, serial: str, start: str, end: str) -> Entry:
    return claim(at, "moved", part="mpu", serials=[serial], from_=start, to=end)


def faults(of: Spares) -> list[tuple[str, str]]:
    return [(one.why, one.serial) for one in stock_of(of, LATER).wrong]


def test_a_received_part_lies_in_its_depot_and_is_counted_there() -> None:
    stock = stock_of(spares(received("2026-01-08 10:00", "M1", "M2")), LATER)
    assert stock.pieces["mpu", "M1"].depot == "shenyang"
    assert stock.pieces["mpu", "M1"].verified
    assert stock.levels == (StockLevel("mpu", "shenyang", 2, 0),)


def test_an_issued_part_left_its_depot_for_a_ticket() -> None:
    stock = stock_of(
        spares(received("2026-01-08 10:00", "M1"), issued("2026-02-01 10:00", "M1")), LATER
    )
    piece = stock.pieces["mpu", "M1"]
    assert (piece.state, piece.depot, piece.ticket) == ("issued", "", "T1")
    assert [entry.event for entry in piece.movements] == ["received", "issued"]
    assert stock.levels == ()


def test_a_returned_part_lies_in_the_depot_it_came_back_to_and_keeps_its_last_ticket() -> None:
    history = (
        received("2026-01-08 10:00", "M1"),
        issued("2026-02-01 10:00", "M1"),
        returned("2026-02-02 10:00", "M1", depot="dalian"),
    )
    piece = stock_of(spares(*history), LATER).pieces["mpu", "M1"]
    assert (piece.state, piece.depot, piece.ticket) == ("in_stock", "dalian", "T1")


def test_a_moved_part_changes_depots() -> None:
    stock = stock_of(
        spares(
            received("2026-01-08 10:00", "M1"),
            moved("2026-02-01 10:00", "M1", "shenyang", "dalian"),
        ),
        LATER,
    )
    assert stock.pieces["mpu", "M1"].depot == "dalian"
    assert stock.levels == (StockLevel("mpu", "dalian", 1, 0),)


def test_a_scrapped_part_is_nowhere_and_never_comes_back() -> None:
    scrapped = claim("2026-02-01 10:00", "scrapped", part="mpu", serials=["M1"])
    history = spares(
        received("2026-01-08 10:00", "M1"),
        scrapped,
        received("2026-03-01 10:00", "M1"),
        returned("2026-03-02 10:00", "M1"),
    )
    piece = stock_of(history, LATER).pieces["mpu", "M1"]
    assert (piece.state, piece.depot) == ("scrapped", "")
    assert faults(history) == [("already_there", "M1"), ("not_there", "M1")]


def test_a_part_at_a_customer_can_be_scrapped_when_no_depot_is_named() -> None:
    history = (received("2026-01-08 10:00", "M1"), issued("2026-02-01 10:00", "M1"))
    nameless = claim("2026-02-02 10:00", "scrapped", part="mpu", serials=["M1"])
    named = claim("2026-02-02 10:00", "scrapped", part="mpu", serials=["M1"], depot="shenyang")
    assert stock_of(spares(*history, nameless), LATER).pieces["mpu", "M1"].state == "scrapped"
    assert faults(spares(*history, named)) == [("not_there", "M1")]


@pytest.mark.parametrize("missing", PROVENANCE)
def test_a_part_without_its_whole_provenance_is_received_but_never_issued(missing: str) -> None:
    history = spares(
        received("2026-01-08 10:00", "M1", **{missing: ""}), issued("2026-02-01 10:00", "M1")
    )
    piece = stock_of(history, LATER).pieces["mpu", "M1"]
    assert (piece.state, piece.verified) == ("in_stock", False)
    assert faults(history) == [("unverified", "M1")]


@pytest.mark.parametrize(
    ("movement", "fault"),
    [
        (received("2026-02-01 10:00", "M1"), "already_there"),
        (received("2026-02-01 10:00", "M1", depot="dalian"), "already_there"),
        (returned("2026-02-01 10:00", "M1"), "already_there"),
        (issued("2026-02-01 10:00", "M1", depot="dalian"), "not_there"),
        (moved("2026-02-01 10:00", "M1", "dalian", "shenyang"), "not_there"),
        (moved("2026-02-01 10:00", "M1", "shenyang", "shenyang"), "same_depot"),
        (issued("2026-02-01 10:00", "M9"), "unknown_serial"),
        (returned("2026-02-01 10:00", "M9"), "unknown_serial"),
        (moved("2026-02-01 10:00", "M9", "shenyang", "dalian"), "unknown_serial"),
        (claim("2026-02-01 10:00", "scrapped", part="mpu", serials=["M9"]), "unknown_serial"),
    ],
)
def test_a_movement_that_cannot_be_is_listed_and_moves_nothing(movement: Entry, fault: str) -> None:
    history = spares(received("2026-01-08 10:00", "M1"), movement)
    assert faults(history) == [(fault, movement.data["serials"][0])]
    assert stock_of(history, LATER).levels == (StockLevel("mpu", "shenyang", 1, 0),)


def test_one_wrong_serial_does_not_hold_back_the_others_of_its_entry() -> None:
    history = spares(received("2026-01-08 10:00", "M1"), issued("2026-02-01 10:00", "M9", "M1"))
    assert faults(history) == [("unknown_serial", "M9")]
    assert stock_of(history, LATER).pieces["mpu", "M1"].state == "issued"


def test_movements_are_read_in_the_order_of_their_times_whatever_the_order_of_recording() -> None:
    assert (
        faults(spares(issued("2026-02-01 10:00", "M1"), received("2026-01-08 10:00", "M1"))) == []
    )


def test_what_moves_after_the_instant_has_not_moved_yet() -> None:
    history = spares(received("2026-01-08 10:00", "M1"), issued("2026-02-01 10:00", "M1"))
    at = moment("2026-02-01 10:00")
    assert stock_of(history, at - 1).pieces["mpu", "M1"].state == "in_stock"
    assert stock_of(history, at).pieces["mpu", "M1"].state == "issued"


def test_a_count_is_held_against_the_book_of_its_own_moment() -> None:
    counted = claim(
        "2026-02-01 10:00", "counted", part="mpu", depot="shenyang", serials=["M2", "M3"]
    )
    history = (received("2026-01-08 10:00", "M1", "M2"), counted, issued("2026-03-01 10:00", "M1"))
    (count,) = stock_of(spares(*history), LATER).counts
    assert count.expected == ("M1", "M2")
    assert (count.missing, count.surplus) == (("M1",), ("M3",))


def test_a_count_of_one_part_asks_nothing_about_the_others_of_the_depot() -> None:
    other = claim("2026-01-08 10:00", "received", part="psu", serials=["P1"], depot="shenyang")
    counted = claim("2026-02-01 10:00", "counted", part="mpu", depot="shenyang", serials=["M1"])
    (count,) = stock_of(spares(received("2026-01-08 10:00", "M1"), other, counted), LATER).counts
    assert count.expected == ("M1",)


def test_a_minimum_is_listed_even_where_nothing_lies() -> None:
    (level,) = stock_of(spares(minimum={"dalian": 1}), LATER).levels
    assert level == StockLevel("mpu", "dalian", 0, 1)
    assert level.short


def test_a_depot_is_due_for_a_count_when_its_interval_ran_out_since_the_last() -> None:
    counted = claim("2026-02-01 10:00", "counted", part="mpu", depot="shenyang", serials=["M1"])
    book = spares(received("2026-01-08 10:00", "M1"), counted, count_every=90 * 86400)
    last = moment("2026-02-01 10:00")
    due = last + 90 * 86400
    assert counts_due(Official(book), stock_of(book, LATER)) == (CountDue("shenyang", last, due),)


def test_the_interval_runs_from_the_latest_of_several_counts_and_the_earliest_arrival() -> None:
    counts = (
        claim(at, "counted", part="mpu", depot="shenyang", serials=["M1"])
        for at in ("2026-02-01 10:00", "2026-03-01 10:00")
    )
    arrivals = (
        received("2026-01-08 10:00", "M1"),
        received("2026-01-09 10:00", "M2", depot="dalian"),
        received("2026-01-10 10:00", "M3", depot="dalian"),
    )
    book = spares(*arrivals, *counts, count_every=86400)
    assert [one.due for one in counts_due(Official(book), stock_of(book, LATER))] == [
        moment("2026-01-10 10:00"),
        moment("2026-03-02 10:00"),
    ]


def test_a_depot_never_counted_is_due_from_its_first_part_on_and_an_empty_one_never() -> None:
    book = spares(
        received("2026-01-08 10:00", "M1"),
        moved("2026-01-09 10:00", "M1", "shenyang", "dalian"),
        count_every=86400,
    )
    assert counts_due(Official(book), stock_of(book, LATER)) == (
        CountDue("dalian", None, moment("2026-01-10 10:00")),
        CountDue("shenyang", None, moment("2026-01-09 10:00")),
    )
    empty = spares(count_every=86400)
    assert counts_due(Official(empty), stock_of(empty, LATER)) == ()


def test_a_depot_is_short_since_the_movement_that_left_it_with_too_few() -> None:
    log = (
        received("2026-01-08 10:00", "M1", "M2"),
        moved("2026-02-01 10:00", "M1", "shenyang", "dalian"),
        moved("2026-02-02 10:00", "M2", "shenyang", "dalian"),
    )
    stock = stock_of(spares(*log, minimum={"shenyang": 2, "dalian": 3}), LATER)
    dalian, shenyang = stock.levels
    assert short_since(stock, shenyang) == moment("2026-02-01 10:00")
    assert short_since(stock, dalian) is None  # it never had enough


def test_a_depot_that_promises_no_counts_owes_none() -> None:
    book = spares(received("2026-01-08 10:00", "M1"))
    assert counts_due(Official(book), stock_of(book, LATER)) == ()


PARTS = ("mpu", "psu")
DEPOTS = ("shenyang", "dalian")


@st.composite
def movements(draw: st.DrawFn) -> Entry:
    event = draw(
        st.sampled_from(("received", "issued", "returned", "moved", "scrapped", "counted"))
    )
    data: dict[str, object] = {
        "part": draw(st.sampled_from(PARTS)),
        "serials": draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=3)),
    }
    if event == "moved":
        data |= {"from": draw(st.sampled_from(DEPOTS)), "to": draw(st.sampled_from(DEPOTS))}
    elif event != "scrapped" or draw(st.booleans()):
        data["depot"] = draw(st.sampled_from(DEPOTS))
    if event == "received":
        data |= VERIFIED if draw(st.booleans()) else {"supplier": "来路不明"}
    if event == "issued":
        data["ticket"] = draw(st.sampled_from(("T1", "T2")))
    return claim(draw(st.integers(0, 20)), event, **data)


LOGS = st.lists(movements(), max_size=30)


@given(LOGS)
def test_law_stock_is_what_came_in_less_what_went_out_and_never_less_than_nothing(
    log: list[Entry],
) -> None:
    stock = stock_of(spares(*log), 20)
    assert all(level.quantity > 0 for level in stock.levels)
    lying = [piece for piece in stock.pieces.values() if piece.state == "in_stock"]
    assert sum(level.quantity for level in stock.levels) == len(lying)
    comings = {"received": 1, "returned": 1, "issued": -1, "moved": 0}
    for piece in stock.pieces.values():
        events = [entry.event for entry in piece.movements]
        balance = sum(comings.get(event, 0) for event in events)
        assert balance in {0, 1}
        assert (balance == 1) == (piece.state == "in_stock") or piece.state == "scrapped"


@given(LOGS)
def test_law_a_serial_is_in_one_place_at_a_time_after_every_movement(log: list[Entry]) -> None:
    for at in range(21):
        for (part, serial), piece in stock_of(spares(*log), at).pieces.items():
            assert (piece.part, piece.serial) == (part, serial)
            assert (piece.depot in DEPOTS) == (piece.state == "in_stock")


@given(LOGS)
def test_law_an_unverified_part_never_leaves_for_a_ticket(log: list[Entry]) -> None:
    for piece in stock_of(spares(*log), 20).pieces.values():
        if not piece.verified:
            assert "issued" not in {entry.event for entry in piece.movements}


@given(LOGS)
def test_law_what_happens_to_one_part_says_nothing_about_another(log: list[Entry]) -> None:
    whole = stock_of(spares(*log), 20)
    ordered = sorted(log_of(*log), key=place_in_time)
    for part in PARTS:
        alone = stock_of(spares(*(one for one in ordered if one.data["part"] == part)), 20)
        assert {
            key: [entry.text for entry in piece.movements]
            for key, piece in whole.pieces.items()
            if key[0] == part
        } == {key: [entry.text for entry in piece.movements] for key, piece in alone.pieces.items()}
        assert alone.levels == tuple(one for one in whole.levels if one.part == part)


@given(LOGS)
def test_law_every_serial_of_every_movement_is_either_moved_or_listed_as_wrong(
    log: list[Entry],
) -> None:
    stock = stock_of(spares(*log), 20)
    asked = sum(len(one.data["serials"]) for one in log if one.event != "counted")
    done = sum(len(piece.movements) for piece in stock.pieces.values())
    assert asked == done + len(stock.wrong)


def rma_sent(at: str, *serials: str, depot: str = "shenyang") -> Entry:
    return claim(at, "rma_sent", part="mpu", serials=list(serials), depot=depot, supplier="华为")


def rma_returned(at: str, *serials: str, depot: str = "shenyang", **data: str) -> Entry:
    return claim(at, "rma_returned", part="mpu", serials=list(serials), depot=depot, **data)


def oem_verified(at: str, *serials: str, **data: str) -> Entry:
    return claim(at, "oem_verified", part="mpu", serials=list(serials), **data)


TAKEN_OUT = claim(
    "2026-02-01 16:00", "returned", part="mpu", serials=["OLD1"], depot="shenyang",
    ticket="T1", condition="faulty",
)  # fmt: skip


def test_what_was_taken_out_of_equipment_comes_in_faulty_goes_to_the_maker_and_comes_back() -> None:
    steps = [
        TAKEN_OUT,
        rma_sent("2026-02-02 10:00", "OLD1"),
        rma_returned("2026-03-02 10:00", "OLD1", warranty_to="2026-06-30"),
        oem_verified("2026-03-03 10:00", "OLD1", **VERIFIED),
        issued("2026-03-04 10:00", "OLD1"),
    ]
    stood = []
    for number in range(1, len(steps) + 1):
        piece = stock_of(spares(*steps[:number]), LATER).pieces["mpu", "OLD1"]
        stood.append((piece.state, piece.condition, piece.verified))
    assert stood == [
        ("in_stock", "faulty", False),
        ("at_maker", "faulty", False),
        ("in_stock", "repaired", False),
        ("in_stock", "repaired", True),
        ("issued", "repaired", True),
    ]
    assert piece.warranty_to == date(2026, 6, 30)
    assert faults(spares(*steps)) == []


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ((TAKEN_OUT, issued("2026-03-01 10:00", "OLD1")), "faulty"),
        ((TAKEN_OUT, rma_returned("2026-03-01 10:00", "OLD1")), "not_sent"),
        ((TAKEN_OUT, rma_sent("2026-03-01 10:00", "OLD1", depot="dalian")), "not_there"),
        ((TAKEN_OUT, rma_sent("2026-03-01 10:00", "OLD1"), issued("2026-03-02 10:00", "OLD1")), "not_there"),
        ((returned("2026-03-01 10:00", "OLD1"),), "unknown_serial"),
        ((oem_verified("2026-03-01 10:00", "OLD1"),), "unknown_serial"),
        ((rma_sent("2026-03-01 10:00", "OLD1"),), "unknown_serial"),
    ],
)  # fmt: skip
def test_a_faulty_part_and_a_return_have_their_order(steps: tuple[Entry, ...], fault: str) -> None:
    assert faults(spares(*steps)) == [(fault, "OLD1")]


def test_what_the_maker_says_later_completes_the_receipt() -> None:
    bare = received("2026-01-08 10:00", "M1", document_sha256="", oem_verified_by="")
    late = oem_verified(
        "2026-02-01 10:00", "M1", document_sha256="12" * 32, oem_verified_by="sun-yu"
    )
    assert faults(spares(bare, issued("2026-02-02 10:00", "M1"))) == [("unverified", "M1")]
    assert faults(spares(bare, late, issued("2026-02-02 10:00", "M1"))) == []


def test_unproven_and_faulty_parts_count_towards_no_minimum() -> None:
    minimum = {"shenyang": 2}
    history = (
        received("2026-01-08 10:00", "M1"),
        received("2026-01-09 10:00", "M2", oem_verified_by=""),
        TAKEN_OUT,
    )
    (level,) = stock_of(spares(*history, minimum=minimum), LATER).levels
    assert (level.quantity, level.usable, level.short) == (3, 1, True)
    verified = oem_verified("2026-02-03 10:00", "M2", oem_verified_by="sun-yu")
    stock = stock_of(spares(*history, verified, minimum=minimum), LATER)
    (level,) = stock.levels
    assert (level.usable, level.short) == (2, False)
    (short,) = shortages(stock)
    assert short.end == verified.at
