"""Visits, out of who came and left: together they are one, apart they are two."""

from __future__ import annotations

import pytest

from building.book import a_book, files_of
from building.contract import a_ticket, entry
from weibao.model.instant import parse_instant
from weibao.model.timeline import timeline
from weibao.operations.visits import visits_on_claims

CAME, WENT = entry("10:30", "arrived"), entry("12:00", "left")
OTHER_CAME = entry("11:00", "arrived", by="zhao-min")
OTHER_WENT = entry("13:00", "left", by="zhao-min")
SENT = entry("09:40", "dispatched", by="wang-lei", to="li-qiang", with_="[zhao-min]")
PIECE = entry(
    "11:05",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial="OLD77",
    installed_serial="HDMPU1",
)


def clock(instant: int | None) -> str:
    start = parse_instant("2026-11-20T00:00:00+08:00")
    return (
        ""
        if instant is None
        else f"{(instant - start) // 60 // 60:02d}:{(instant - start) // 60 % 60:02d}"
    )


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ((), []),
        ((CAME,), [("li-qiang", "10:30", "")]),
        ((CAME, WENT), [("li-qiang", "10:30", "12:00")]),
        # Stays that overlap are one visit, which ends with the last of them.
        ((CAME, OTHER_CAME, WENT, OTHER_WENT), [("li-qiang zhao-min", "10:30", "13:00")]),
        ((CAME, OTHER_CAME, WENT), [("li-qiang zhao-min", "10:30", "")]),
        # Who is gone before the other comes was there another time.
        (
            (CAME, entry("10:59", "left"), OTHER_CAME),
            [("li-qiang", "10:30", "10:59"), ("zhao-min", "11:00", "")],
        ),
        # Who was sent along comes and goes with whom they were sent with.
        ((SENT, CAME, WENT), [("li-qiang zhao-min", "10:30", "12:00")]),
        ((SENT, CAME, WENT, OTHER_WENT), [("li-qiang zhao-min", "10:30", "12:00")]),
        # One that says themselves when they came leaves when they say.
        ((SENT, CAME, OTHER_CAME, WENT), [("li-qiang zhao-min", "10:30", "")]),
        # Somebody who leaves and never came is no visit.
        ((WENT,), []),
    ],
)
def test_a_visit_lasts_while_somebody_is_there(
    log: tuple[str, ...], told: list[tuple[str, str, str]]
) -> None:
    opened = entry("09:15", "opened", by="wang-lei")
    book = a_book(files_of(a_ticket(log=[opened, *log])))
    (ticket,) = book.records.tickets.values()
    visits = visits_on_claims(timeline(ticket.log))
    assert [
        (" ".join(sorted(visit.people)), clock(visit.arrived), clock(visit.left))
        for visit in visits
    ] == told
    assert [visit.number for visit in visits] == list(range(1, len(told) + 1))


def test_a_visit_knows_when_it_was_sent_and_what_was_installed_in_it() -> None:
    opened = entry("09:15", "opened", by="wang-lei")
    again = entry("15:00", "arrived")
    book = a_book(files_of(a_ticket(log=[opened, SENT, CAME, PIECE, WENT, again])))
    (ticket,) = book.records.tickets.values()
    first, second = visits_on_claims(timeline(ticket.log))
    assert (clock(first.dispatched), first.parts) == ("09:40", ("HDMPU1",))
    assert (second.number, second.parts) == (2, ())
    assert first.has("zhao-min", first.arrived)
    assert not first.has("zhao-min", first.arrived - 1)
