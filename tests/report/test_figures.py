"""Each key figure by hand, on records small enough to count on one's fingers; and what holds of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.book import SLOW_LOG, WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, DUTY, SPARES, STAFF, a_ticket, entry
from building.service_plan import CAUSES
from weibao.history.proven import Grade
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.render.words.figures import beside_told, group_told, value_told
from weibao.report.figure import Period, last_month, measured, whole_month
from weibao.report.key_figures import KEY_FIGURES
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.report.figure import Measured

FIGURES = {figure.name: figure for figure in KEY_FIGURES}
LATER = "2026-12-31T00:00:00+08:00"
ANOTHER = "T20261121-0ABCDE"
ENDED = {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}


def on(day: str, clock: str) -> str:
    return f"2026-11-{day}T{clock}:00+08:00"


def a_fault(reported: str, *log: str, id: str = ANOTHER, severity: int = 1) -> str:  # noqa: A002
    return a_ticket(id, severity=severity, reported_at=reported, log=log)


def november(book: Book) -> Period:
    return whole_month("2026-11", book.zone)


def of(name: str, book: Book, period: Period | None = None) -> Measured:
    return measured(FIGURES[name], book, period or november(book))


WHOLE = a_ticket(log=WHOLE_LOG)
CAME_BACK = a_fault(
    on("25", "09:00"),
    entry(on("25", "09:05"), "opened", by="wang-lei"),
    entry(on("25", "09:10"), "acknowledged"),
    entry(on("25", "11:00"), "arrived"),
    entry(on("25", "12:00"), "left"),
    entry(on("25", "15:00"), "arrived"),
    entry(on("25", "16:00"), "resolved", **ENDED),
    id=ANOTHER,
)
REOPENED = a_ticket(
    log=(
        *WHOLE_LOG[:8],
        entry(on("24", "09:00"), "reopened", by="wang-lei", reason="再次告警"),
        entry(on("24", "10:00"), "resolved", **ENDED),
    )
)
REMOTE = a_fault(
    on("25", "09:00"),
    entry(on("25", "09:05"), "opened", by="wang-lei"),
    entry(on("25", "09:10"), "acknowledged"),
    entry(on("25", "10:00"), "resolved", **ENDED | {"mode": "remote"}),
)
SURVEYED = "log:\n" + "".join(
    entry(at, "surveyed", by="wang-lei", contact="zhang-gong", via="phone", **scores) + "\n"
    for at, scores in (
        ("2026-11-20T10:00:00+08:00", {"response": "4", "result": "5"}),
        ("2026-11-20T11:00:00+08:00", {}),
    )
)
# The response reaches four rungs: the first is told in time, the second late, the others never.
CLIMBED = a_ticket(
    log=(
        entry("09:15", "opened", by="wang-lei"),
        entry("09:32", "escalated", by="wang-lei", level="1", to="wang-lei"),
        entry("09:40", "escalated", by="wang-lei", level="2", to="sun-yu"),
        entry("10:20", "acknowledged"),
        entry("10:30", "resolved", **ENDED | {"mode": "remote"}),
    )
)
SCORED = a_ticket(
    log=(
        *WHOLE_LOG[:8],
        entry(
            "14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone", satisfaction="3"
        ),
        entry(
            "14:01",
            "confirmed",
            by="wang-lei",
            contact="factory-noc",
            via="phone",
            satisfaction="4",
        ),
        entry("14:02", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
        WHOLE_LOG[9],
    )
)
SLOW = a_ticket(log=SLOW_LOG)
CREDITS = """credits:
  currency: CNY
  monthly_fee: "10000.55"
  cap: 10%
  rules:
    - {target: arrive, severity: 1, per_breach: "300.00"}
    - {target: restore, severity: 1, per_breach: "2000.00"}
"""
CREDITED = CONTRACT + CREDITS
COUNTED = (
    SPARES
    + entry(
        on("10", "10:00"),
        "counted",
        by="sun-yu",
        depot="suzhou-depot",
        part="hw-s12700-mpu",
        serials='["HDMPU1"]',
    )
    + "\n"
    + entry(
        on("11", "10:00"),
        "counted",
        by="sun-yu",
        depot="suzhou-depot",
        part="hw-s12700-mpu",
        serials='["HDMPU1", "HDMPU2"]',
    )
    + "\n"
)
DESK = "roles: [{role: desk, from: 2025-12-01"
GONE = STAFF.replace(DESK, f"{DESK}, to: 2026-10-31")
WINDOW = "window: {start: 2026-11-20T09:00:00+08:00, end: 2026-11-20T18:00:00+08:00}\n"
PLANNED = SCORED.replace("kind: fault", "kind: exchange").replace("severity: 1\n", WINDOW)
ON_LEAVE = DUTY + (
    "leave:\n  - {who: wang-lei, from: 2026-11-01T00:00:00+08:00, to: 2026-12-01T00:00:00+08:00}\n"
)


def coded(ticket: str, cause: str = "hardware") -> str:
    """The same fault, its resolution with a code and who answers for it."""
    (action,) = set(re.findall(r"action: [^},]+", ticket))
    return ticket.replace(action, f"{action}, cause_code: {cause}, responsible: maker")


def complaint(ticket: str) -> str:
    return ticket.replace("kind: fault", "kind: complaint")


@dataclass(frozen=True)
class Counted:
    """What a figure of November comes to, and on which records."""

    name: str
    files: dict[str, bytes]
    tally: tuple[int, int]
    lengths: tuple[int, ...] = ()


CASES = [
    Counted("compliance", files_of(WHOLE), (6, 6)),
    Counted("respond_time", files_of(WHOLE), (1, 1), (8 * 60,)),
    Counted("arrive_time", files_of(WHOLE), (1, 1), (78 * 60,)),
    Counted("restore_time", files_of(WHOLE), (1, 1), (128 * 60,)),
    Counted("restore_time", files_of(REOPENED), (1, 1), ((128 + 60) * 60,)),
    Counted("restore_time_contract", files_of(WHOLE), (1, 1), (128 * 60,)),
    Counted("first_time_fix", files_of(WHOLE), (1, 1)),
    Counted("first_time_fix", files_of(REOPENED), (0, 1)),
    Counted("first_time_fix", files_of(WHOLE, CAME_BACK), (0, 2)),
    Counted("remote", files_of(WHOLE), (0, 1)),
    Counted("remote", files_of(WHOLE, REMOTE), (1, 2)),
    Counted("repeat", files_of(WHOLE), (0, 1)),
    Counted("repeat", files_of(WHOLE, CAME_BACK), (1, 2)),
    Counted("reopened", files_of(WHOLE), (0, 1)),
    Counted("reopened", files_of(REOPENED), (1, 1)),
    Counted("repeat", files_of(coded(WHOLE), coded(CAME_BACK)), (1, 2)),
    Counted("repeat", files_of(coded(WHOLE), coded(CAME_BACK, "power")), (0, 2)),
    Counted("causes", files_of(WHOLE, coded(CAME_BACK)), (2, 2)),
    Counted("responsible", files_of(coded(WHOLE)), (1, 1)),
    Counted("reopened", files_of(complaint(WHOLE)), (0, 0)),
    Counted("confirmed", files_of(complaint(WHOLE)), (0, 0)),
    Counted("compliance", files_of(complaint(WHOLE)), (6, 6)),
    Counted("backlog", files_of(complaint(a_ticket())), (0, 0)),
    Counted("backlog", files_of(WHOLE), (0, 0)),
    Counted("backlog", files_of(CAME_BACK), (1, 1), (5 * 86400 + 15 * 3600,)),
    Counted("updates", files_of(WHOLE), (5, 5)),
    Counted("fill_rate", files_of(WHOLE), (1, 1)),
    Counted("part_delivery", files_of(WHOLE), (1, 1)),
    Counted("stock_accuracy", files_of(spares=COUNTED), (1, 2)),
    Counted("serial_accuracy", files_of(spares=COUNTED), (3, 4)),
    Counted("stock_counted", files_of(spares=COUNTED), (1, 1)),
    Counted("stock_counted", files_of(), (0, 1)),
    Counted("provenance", files_of(), (2, 2)),
    Counted("confirmed", files_of(WHOLE), (1, 1)),
    Counted("first_hand", files_of(WHOLE), (0, 1)),
    Counted("satisfaction", files_of(SCORED), (7, 2)),
    Counted("satisfied", files_of(SCORED), (1, 2)),
    Counted("scored", files_of(SCORED), (2, 3)),
    Counted("discontented", files_of(SCORED), (0, 2)),
    Counted("discontented", files_of(SCORED.replace("satisfaction: 3", "satisfaction: 2")), (1, 2)),
    Counted("entry_lateness", files_of(WHOLE), (10, 10), (60,) * 10),
    Counted("survey", files_of(reviews=SURVEYED), (9, 2)),
    Counted("survey_response", files_of(reviews=SURVEYED), (1, 2)),
    Counted("evidence", files_of(WHOLE), (10, 10)),
    Counted("escalation", files_of(CLIMBED), (1, 4)),
    Counted("escalation_late", files_of(CLIMBED), (1, 4)),
    Counted("escalation_never", files_of(CLIMBED), (2, 4)),
    Counted("credits", files_of(SLOW, contract=CREDITED), (1, 2)),
    Counted("rota", files_of(), (60 * 86400, 60 * 86400)),
    Counted("rota", files_of(duty=ON_LEAVE), (45 * 86400, 60 * 86400)),
    Counted("rota", files_of(staff=GONE), (45 * 86400, 60 * 86400)),
    Counted("grades", files_of(WHOLE), (10, 10)),
    Counted("satisfaction", files_of(PLANNED), (0, 0)),
    Counted("availability", files_of(WHOLE), (30 * 86400 - 128 * 60, 30 * 86400)),
    Counted("availability_contract", files_of(WHOLE), (30 * 86400 - 128 * 60, 30 * 86400)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_figure_is_what_one_counts_by_hand(case: Counted) -> None:
    book = a_book(case.files, as_of=LATER)
    found = of(case.name, book)
    assert (int(found.tally.count), found.tally.of) == case.tally
    if case.lengths:
        assert found.lengths == case.lengths


def test_every_figure_is_counted_by_hand_here_or_where_it_takes_a_year() -> None:
    elsewhere = {"vouched", "rounds", "time_between_outages"}
    elsewhere |= {"rounds_in_full", "equipment_inspected", "items_inspected"}
    # In tests/report/test_promises.py, tests/cli/test_report_delivered.py and beside the demo's year.
    elsewhere |= {"agreed_figures", "report_timeliness", "flips"}
    assert FIGURES.keys() == {case.name for case in CASES} | elsewhere


def test_faults_are_grouped_by_cause_and_by_side_and_what_says_nothing_is_told_apart() -> None:
    book = a_book(files_of(WHOLE, coded(CAME_BACK), contract=CONTRACT + CAUSES), as_of=LATER)
    words = language("en")
    told = {
        name: [
            (group_told(FIGURES[name], group, book.records, words), value_told(part, words))
            for group, part in of(name, book).groups.items()
        ]
        for name in ("causes", "responsible")
    }
    assert told == {
        "causes": [("not stated", "1"), ("Hardware failure", "1")],
        "responsible": [("not stated", "1"), ("maker", "1")],
    }
    assert value_told(of("causes", book), words) == "2"


@pytest.mark.parametrize("name", FIGURES)
def test_where_there_is_nothing_to_count_there_is_no_figure(name: str) -> None:
    """Neither none of nothing nor all of it: an empty denominator is told as such in both languages."""
    book = a_book(files_of(), as_of=LATER)
    before = Period(
        parse_instant("2020-01-01T00:00:00+08:00"), parse_instant("2020-02-01T00:00:00+08:00")
    )
    found = of(name, book, before)
    ever = {"provenance", "stock_counted"}
    ever |= {"availability", "availability_contract", "time_between_outages"}
    if name not in ever:
        assert found.tally == Tally(0, 0)
        assert [value_told(found, language(code)) for code in ("en", "zh")] == ["n/a", "无数据"]


WHEN = {
    "compliance": "09:42", "respond_time": "09:20", "arrive_time": "10:30", "restore_time": "11:20",
    "repeat": "09:12", "fill_rate": "09:50", "confirmed": "14:05", "first_hand": "14:00",
}  # fmt: skip
"""When what counts in the figure happens; of promises, when the first is due."""


@pytest.mark.parametrize("name", WHEN)
def test_a_window_has_its_first_instant_and_not_its_last(name: str) -> None:
    book = a_book(as_of=LATER)
    at = parse_instant(on("20", WHEN[name]))
    counted = {
        (start, end): of(name, book, Period(start, end)).tally.of
        for start, end in ((at, at + 1), (at - 1, at), (at + 1, at + 2))
    }
    assert counted == {(at, at + 1): 1, (at - 1, at): 0, (at + 1, at + 2): 0}


INSTANTS = st.integers(parse_instant(on("19", "00:00")), parse_instant(on("27", "00:00")))
ADDED_UP = (
    "compliance",
    "respond_time",
    "restore_time",
    "updates",
    "fill_rate",
    "confirmed",
    "evidence",
    "rota",
)


@given(st.tuples(INSTANTS, INSTANTS, INSTANTS).map(sorted))
def test_what_follows_each_other_adds_up(instants: list[int]) -> None:
    first, middle, last = instants
    for name in ADDED_UP:
        parts = [of(name, BOTH, Period(*span)).tally for span in ((first, middle), (middle, last))]
        whole = of(name, BOTH, Period(first, last)).tally
        assert (sum(part.count for part in parts), sum(part.of for part in parts)) == (
            whole.count,
            whole.of,
        ), name


BOTH = a_book(files_of(WHOLE, CAME_BACK), as_of=LATER)


@pytest.mark.parametrize("name", FIGURES)
def test_the_groups_of_a_figure_are_all_of_it(name: str) -> None:
    found = of(name, BOTH)
    if found.groups:
        groups = [group.tally for group in found.groups.values()]
        assert (sum(group.count for group in groups), sum(group.of for group in groups)) == (
            found.tally.count,
            found.tally.of,
        )


def test_what_rests_on_imported_entries_is_counted_apart() -> None:
    book = a_book(grades={"acknowledged": Grade.IMPORTED}, as_of=LATER)
    found = of("respond_time", book)
    assert (found.tally, found.by_import) == (Tally(0, 0), Tally(1, 1))
    assert list(beside_told(found, language("en"))) == ["1 imported apart"]


def test_what_rests_on_the_recorders_own_clock_is_told_beside() -> None:
    book = a_book(grades={"confirmed": Grade.OWN_CLOCK}, as_of=LATER)
    found = of("first_hand", book)
    assert found.own_clock == Tally(0, 1)
    assert list(beside_told(found, language("en"))) == ["on the recorder's own clock alone 0 of 1"]


def test_what_the_claims_alone_would_tell_stands_beside_a_length() -> None:
    book = a_book(grades={"arrived": Grade.LATE}, as_of=LATER)
    found = of("arrive_time", book)
    assert (found.mean, found.mean_on_claim) == (78 * 60 + 3 * 3600, 78 * 60)
    assert "on claims 1 hr 18 mins" in list(beside_told(found, language("en")))


@pytest.mark.parametrize(
    ("as_of", "changes"),
    [(on("30", "23:59"), True), ("2026-12-30T23:59:59+08:00", True), (LATER, False)],
)
def test_a_figure_that_later_facts_can_change_says_so_for_thirty_days(
    as_of: str, *, changes: bool
) -> None:
    assert of("reopened", a_book(as_of=as_of)).provisional is changes


@pytest.mark.parametrize(
    ("price", "told"), [("300.00", "300.00 (1 of 2)"), ("3000.00", "1,000.06 (1 of 2)")]
)
def test_a_month_of_credits_costs_no_more_than_its_cap(price: str, told: str) -> None:
    """Ten per cent of 10,000.55, half a cent counted as one."""
    book = a_book(files_of(SLOW, contract=CREDITED.replace("300.00", price)), as_of=LATER)
    found = of("credits", book)
    assert value_told(found, language("en")) == told
    assert list(found.groups) == ["2026-11 CNY"]


def test_without_agreed_credits_there_is_no_figure_of_them() -> None:
    assert value_told(of("credits", a_book(files_of(SLOW), as_of=LATER)), language("en")) == "n/a"


@pytest.mark.parametrize("name", ["availability", "availability_contract", "time_between_outages"])
def test_the_tickets_behind_an_availability_are_named_and_add_nothing(name: str) -> None:
    found = of(name, a_book(files_of(WHOLE), as_of=LATER))
    (named,) = (row for row in found.counted if row.record == "T20261120-7K3Q9M")
    assert (named.tally, named.seconds) == (Tally(0, 0), None)


def test_open_tickets_are_told_apart_by_age() -> None:
    """One of five days and fifteen hours, up to a week."""
    found = of("backlog", a_book(files_of(CAME_BACK), as_of=LATER))
    assert found.bands == (0, 0, 1, 0, 0)
    assert "within 7 days 1" in " ".join(beside_told(found, language("en")))


def test_equipment_that_was_covered_for_less_than_ninety_days_says_nothing_of_its_outages() -> None:
    """Covered since 1 December: 90 days are over with 28 February."""
    early, enough = (
        of("time_between_outages", a_book(as_of=as_of), Period(0, parse_instant(as_of)))
        for as_of in ("2026-02-28T23:59:59+08:00", "2026-03-01T00:00:00+08:00")
    )
    assert (early.lengths, enough.lengths) == ((), (90 * 86400,))


def test_fewer_than_five_lengths_are_told_one_by_one() -> None:
    assert value_told(of("respond_time", BOTH), language("en")) == "8 mins and 10 mins"


@pytest.mark.parametrize(("told", "in_time"), [("09:32", True), ("09:33", False), ("", False)])
def test_a_rung_is_due_at_its_share_of_the_working_time_and_five_minutes(
    told: str, *, in_time: bool
) -> None:
    """Of the thirty minutes from 09:12 half is over at 09:27."""
    climbed = [entry(told, "escalated", level="1", to="wang-lei")] if told else []
    log = (entry("09:15", "opened", by="wang-lei"), *climbed, entry("11:00", "acknowledged"))
    book = a_book(files_of(a_ticket(log=log)), as_of=on("20", "11:30"))
    rows = {row.what: bool(row.tally.count) for row in of("escalation", book).counted}
    assert rows["respond 50 %"] is in_time
    assert not rows["respond 75 %"]


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        ("2026-12-01T00:00:00+08:00", "2026-11"),
        (on("30", "23:59"), "2026-10"),
        ("2027-01-15T00:00:00+08:00", "2026-12"),
    ],
)
def test_the_last_month_is_the_one_that_is_over(as_of: str, month: str) -> None:
    zone = BOTH.zone
    assert last_month(parse_instant(as_of), zone) == whole_month(month, zone)
