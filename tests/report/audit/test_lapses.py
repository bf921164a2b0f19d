"""A row is judged over the term: what was wrong for a while, and was mended, is told with its period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from building.book import a_book
from building.contract import ASSETS, SPARES, another_asset, entry, ticket_path
from building.service_plan import AS_OF, FAULT, movement, whole_contract
from hostile.threats import Ending, caught
from weibao.model.instant import format_instant
from weibao.report.clauses.table import CLAUSES, RowState, clauses_of

if TYPE_CHECKING:
    from weibao.model.finding import Lapse
    from weibao.report.book import Book

BEGUN = "2026-01-01T00:00"
FAULT_FILE = ticket_path(FAULT)
ASSIGNED = entry("09:17", "assigned", by="wang-lei", to="li-qiang") + "\n"
ALSO_AT_THE_DESK = """\
overrides:
  - {rota: desk, from: 2026-05-04T08:00:00+08:00, to: 2026-05-04T20:00:00+08:00, by: li-qiang, instead_of: wang-lei}
rotas:"""
DONE = entry("2026-11-20T15:00:00+08:00", "done", action="label-patch-panels")
RENEWED = """to: 2026-03-31}
  - {issuer: huawei, name: 服务伙伴授权, number: "SP-2", from: 2026-05-01, to: 2027-02-28}"""
KEEPER = "[{role: supervisor, from: 2025-12-01}, {role: depot, from: 2025-12-01}]"
CERTIFICATE = 'HCIA-Datacom, number: "1002", from: '
OLD_SWITCH = (
    another_asset("edge-sw-09").replace("S12708", "S9300").replace("2026-12-31", "2026-05-31")
)
RECEIPT = next(line for line in SPARES.splitlines() if "received" in line)
THIRD = RECEIPT.replace("2025-12-05", "2026-11-24").replace('"HDMPU1", "HDMPU2"', '"HDMPU3"') + "\n"
UNPROVEN = movement(
    "2026-02-01T10:00:00+08:00", "received", '["X1"]', depot="suzhou-depot", supplier="旧货"
)
SCRAPPED = movement("2026-03-01T10:00:00+08:00", "scrapped", '["X1"]', depot="suzhou-depot")


class Mended(NamedTuple):
    """Changes by which a row of the whole contract was not held from ``start`` to ``end``."""

    row: int
    code: str
    start: str
    end: str
    changes: tuple[tuple[str, str, str], ...]


def mended(row: int, code: str, start: str, end: str, *changes: tuple[str, str, str]) -> Mended:
    return Mended(row, code, start, end, changes)


CASES = (
    mended(5, "O104", "2026-11-20T09:12", "2026-11-20T12:00", (FAULT_FILE, ASSIGNED, "")),
    mended(
        6,
        "O106",
        BEGUN,
        "2026-02-03T08:00",
        ("duty", "desk:\n    start: 2025-12-01", "desk:\n    start: 2026-02-03"),
    ),
    mended(6, "O208", "2026-05-04T08:00", "2026-05-04T20:00", ("duty", "rotas:", ALSO_AT_THE_DESK)),
    mended(
        10,
        "O216",
        "2026-11-16T00:00",
        "2026-11-20T15:00",
        ("actions", "due: 2026-12-15}", f"due: 2026-11-15}}\n{DONE}"),
    ),
    mended(
        11, "O211", "2026-04-01T00:00", "2026-05-01T00:00", ("contract", "to: 2027-02-28}", RENEWED)
    ),
    mended(14, "O204", BEGUN, "2026-04-01T00:00", ("contract", "minimum: 2}", "minimum: 11}")),
    mended(
        15,
        "O205",
        BEGUN,
        "2026-03-01T00:00",
        ("contract", "certified: 1}", "certified: 2}"),
        ("staff", f"{CERTIFICATE}2025-01-01", f"{CERTIFICATE}2026-03-01"),
    ),
    mended(
        16,
        "O206",
        BEGUN,
        "2026-03-01T00:00",
        ("staff", f"{CERTIFICATE}2025-01-01", f"{CERTIFICATE}2026-03-01"),
    ),
    mended(
        17,
        "O214",
        BEGUN,
        "2026-02-01T00:00",
        ("staff", KEEPER, KEEPER.replace("2025-12-01", "2026-02-01")),
    ),
    mended(
        18,
        "O101",
        "2026-11-20T10:05",
        "2026-11-24T10:00",
        ("spares", "{suzhou-depot: 1}", "{suzhou-depot: 2}"),
        ("spares", RECEIPT + "\n", f"{RECEIPT}\n{THIRD}"),
    ),
    mended(18, "O215", BEGUN, "2026-06-01T00:00", ("assets", ASSETS, ASSETS + OLD_SWITCH)),
    mended(
        19,
        "O105",
        BEGUN,
        "2026-11-10T10:00",
        ("spares", "hours: always", "hours: always\n    count_every: 20d"),
    ),
    mended(
        22,
        "O107",
        "2026-02-01T10:00",
        "2026-03-01T10:00",
        ("spares", RECEIPT + "\n", f"{RECEIPT}\n{UNPROVEN}{SCRAPPED}"),
    ),
    mended(
        31,
        "O103",
        "2026-11-21T00:00",
        "2026-11-26T10:30",
        ("plan", "start: 2026-11-25", "start: 2026-11-10"),
    ),
)
"""Each way in which a row can have failed for a while, by what can be read of it afterwards."""


def changed(*changes: tuple[str, str, str], as_of: str = AS_OF) -> Book:
    files = whole_contract()
    for name, old, new in changes:
        path = name if "/" in name else f"records/{name}.yaml"
        assert files[path].count(old) == 1
        files[path] = files[path].replace(old, new)
    return a_book({path: text.encode() for path, text in files.items()}, as_of=as_of)


def spans(book: Book, *lapses: Lapse) -> list[tuple[str, str]]:
    """From when to when, to the minute in the contract's zone."""
    return [
        (format_instant(one.start, book.zone)[:16], format_instant(one.end, book.zone)[:16])
        for one in lapses
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.row}-{case.code}")
def test_a_row_that_was_not_held_for_a_while_fails_and_says_when(case: Mended) -> None:
    book = changed(*case.changes)
    row = clauses_of(book)[case.row - 1]
    assert row.findings == ()
    assert row.state is RowState.MENDED
    assert [one.finding.code for one in row.lapses] == [case.code]
    caught("mended in silence", Ending.FAILS, [case.code])
    assert spans(book, *row.lapses) == [(case.start, case.end)]
    assert (row.since, row.until) == (row.lapses[0].start, row.lapses[0].end)
    (lapse,) = row.lapses
    assert lapse.finding.place.line > 0 or lapse.finding.record


def test_a_contract_that_was_held_throughout_has_no_lapse() -> None:
    assert changed().lapses == ()


def test_what_is_still_wrong_is_a_finding_and_no_lapse() -> None:
    """Each rule tells of its instant, and nothing is told twice."""
    expired = changed(("contract", "to: 2027-02-28}", "to: 2026-10-31}"))
    short = changed(("spares", "{suzhou-depot: 1}", "{suzhou-depot: 2}"))
    late = changed(("actions", "due: 2026-12-15", "due: 2026-11-15"))
    unborn = changed(("duty", "desk:\n    start: 2025-12-01", "desk:\n    start: 2027-12-01"))
    assert [book.lapses for book in (expired, short, late, unborn)] == [(), (), (), ()]


def test_only_the_part_of_the_term_that_is_recorded_here_is_judged() -> None:
    """What lies before `since` is the old register's, what lies after the term nobody's."""
    since = ("contract", "since: 2026-01-01", "since: 2026-02-01")
    rota = ("duty", "desk:\n    start: 2025-12-01", "desk:\n    start: 2026-02-03")
    book = changed(since, rota)
    assert spans(book, *book.lapses) == [("2026-02-01T00:00", "2026-02-03T08:00")]
    over = changed(
        ("contract", "end: 2026-12-31", "end: 2026-11-22"),
        ("plan", "start: 2026-11-25", "start: 2026-11-10"),
    )
    assert spans(over, *over.lapses) == [("2026-11-21T00:00", "2026-11-23T00:00")]


def test_the_day_on_which_the_depots_are_first_stocked_is_no_shortage() -> None:
    stocked = (RECEIPT, RECEIPT.replace("2025-12-05", "2026-01-01"))
    late = (RECEIPT, RECEIPT.replace("2025-12-05", "2026-01-09"))
    assert changed(("spares", *stocked)).lapses == ()
    book = changed(("spares", *late))
    assert spans(book, *book.lapses) == [(BEGUN, "2026-01-09T10:00")]


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("records/spares.yaml", {2, 17, 18, 19, 20, 22}),
        ("records/actions.yaml", {10}),
        ("records/plan.yaml", {27, 31}),
    ],
)
def test_rows_whose_file_cannot_be_read_fail_and_do_not_lack_evidence(
    path: str, rows: set[int]
) -> None:
    files = whole_contract()
    files[path] += "unreadable: [\n"
    book = a_book({name: text.encode() for name, text in files.items()}, as_of=AS_OF)
    states = clauses_of(book)
    assert {one.clause.row for one in states if one.state is RowState.FAILS} >= rows


def test_a_ticket_that_cannot_be_read_speaks_against_all_that_it_may_have_borne_witness_to() -> (
    None
):
    files = whole_contract()
    files[FAULT_FILE] = files[FAULT_FILE].replace("kind: fault", "kind: nothing")
    book = a_book({name: text.encode() for name, text in files.items()}, as_of=AS_OF)
    states = {one.clause.row: one.state for one in clauses_of(book)}
    assert {states[row] for row in (4, 20, 21, 25, 33, 39)} == {RowState.FAILS}
    assert {states[row] for row in (6, 11, 18, 26)} == {RowState.HOLDS}


def test_every_row_says_where_its_data_lies() -> None:
    assert [clause.row for clause in CLAUSES if not clause.files] == []
