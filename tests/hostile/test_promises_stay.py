"""What was promised in figures is judged as it stood: it is not lowered once the month has begun, nor in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import book_at, change_file, worked_fault
from building.contract import CONTRACT
from weibao.report.figure import whole_month

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

FILE = "records/contract.yaml"
ASKED = """kpis: [{figure: evidence, at_least: "100%"}, {figure: restore_time, at_most: "3h"}]
deliverables: [{kind: monthly, due_within: 5wd}]
availability: [{effective_from: 2026-01-01, targets: {mes: "99.99%"}}]
credits:
  - {effective_from: 2026-01-01, currency: CNY, monthly_fee: "10000.00", cap: 50%, rules: [{kind: per_percent, figure: availability_contract, below: "99.99%", amount: "700.00"}]}
"""
"""A fault of two and a half hours, one of its steps recorded late: nothing of this is kept."""
DURING, BEFORE = "2026-11-25T09:00:00+08:00", "2026-11-20T09:16:00+08:00"
AS_OF = "2026-12-02T09:00:00+08:00"


def edited(path: Path, old: str, new: str, at: str = DURING) -> Book:
    repository = worked_fault(path, contract=CONTRACT + ASKED)
    change_file(repository, FILE, old, new, at=at)
    return book_at(repository, as_of=AS_OF)


def codes(book: Book) -> set[str]:
    return {finding.code for finding in book.findings} & {"O301", "O302", "O272"}


CHEATS = {
    "a target lowered": ('at_least: "100%"', 'at_least: "1%"'),
    "an agreed figure taken out": ('{figure: evidence, at_least: "100%"}, ', ""),
    "an availability lowered": ('mes: "99.99%"', 'mes: "1%"'),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_what_is_lowered_in_the_month_is_judged_as_it_stood_and_told(
    tmp_path: Path, cheat: str
) -> None:
    assert codes(edited(tmp_path / "clone", *CHEATS[cheat])) == {"O301", "O302", "O272"}


def test_the_honest_twin_what_is_made_stricter_is_not_told_and_counts_from_the_next_month_on(
    tmp_path: Path,
) -> None:
    book = edited(tmp_path / "clone", "due_within: 5wd", "due_within: 4wd")
    assert codes(book) == {"O301", "O302"}


HIGH = '{effective_from: 2026-01-01, targets: {mes: "99.99%"}}'
LOW = '{effective_from: 2026-12-01, targets: {mes: "1%"}}'
HIGH_AGAIN = '{effective_from: 2027-01-01, targets: {mes: "99.99%"}}'
PAID = '{from: 80, pay: "90%"}'
BANDS = f"bands: [{{from: 90, pay: '100%'}}, {PAID}, {{from: 0, pay: '50%'}}], rules: ["
POINTS = 'kind: points, target: arrive, severity: 1, points: "20"'
MARKED = ASKED.replace("rules: [", f"{BANDS}{{{POINTS}}}, ")
SHED = {
    "a report is promised later": ("due_within: 5wd", "due_within: 50wd", "deliverables monthly"),
    "reports begin next year": (
        "due_within: 5wd",
        "due_within: 5wd, from: 2027-01-01",
        "deliverables monthly from",
    ),
    "a low availability stands before a high one": (
        HIGH,
        f"{HIGH}, {LOW}, {HIGH_AGAIN}",
        "availability mes",
    ),
    "a target is turned round": ('at_most: "3h"', 'at_least: "1s"', "kpis restore_time at_most"),
    "a percent costs less": (
        'amount: "700.00"',
        'amount: "0.01"',
        "credits per_percent availability_contract",
    ),
    "a percent costs something later": (
        'below: "99.99%"',
        'below: "1%"',
        "credits per_percent availability_contract",
    ),
    "a miss loses fewer points": (POINTS, POINTS.replace("20", "1"), "credits points arrive 1"),
    "fewer points are paid as well": (PAID, PAID.replace("90%", "100%"), "credits bands"),
    "a month may cost less": ("cap: 50%", "cap: 1%", "credits cap"),
    "only the dearest counts": ("cap: 50%", "cap: 50%, stacking: highest", "credits stacking"),
    "the money is another": ("currency: CNY", "currency: IDR", "credits currency CNY"),
    "the term ends sooner": (
        "end: 2026-12-31}\nzone",
        "end: 2026-11-30}\nzone",
        "term.end",
    ),
}


def settings(path: Path, old: str, new: str) -> set[str]:
    """What is told to be loosened."""
    repository = worked_fault(path, contract=CONTRACT + MARKED)
    change_file(repository, FILE, old, new, at=DURING)
    book = book_at(repository, as_of=AS_OF)
    return {str(f.facts["setting"]) for f in book.findings if f.code == "O272"}


@pytest.mark.parametrize("cheat", SHED)
def test_a_promise_that_is_made_less_before_it_counts_is_told_once(
    tmp_path: Path, cheat: str
) -> None:
    old, new, setting = SHED[cheat]
    assert settings(tmp_path / "clone", old, new) == {setting}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('at_most: "3h"', 'at_most: "2h"'),
        (HIGH, f"{HIGH}, {LOW.replace('1%', '99.995%')}"),
        ('amount: "700.00"', 'amount: "800.00"'),
        (POINTS, POINTS.replace("20", "30")),
        (PAID, PAID.replace("90%", "80%")),
        ("cap: 50%", "cap: 60%"),
        ("end: 2026-12-31}\nzone", "end: 2027-12-31}\nzone"),
    ],
)
def test_the_honest_twin_a_promise_that_is_made_more_is_not_told(
    tmp_path: Path, old: str, new: str
) -> None:
    assert settings(tmp_path / "clone", old, new) == set()


@pytest.mark.parametrize(("below", "amount"), [("99.99%", "700.00"), ("1%", "1.00")])
def test_a_credit_that_is_lowered_in_the_month_costs_what_it_did(
    tmp_path: Path, below: str, amount: str
) -> None:
    """Of 43,200 minutes 140 and more were lost: less than one percent, begun, is one amount."""
    said = 'below: "99.99%", amount: "700.00"'
    found = edited(tmp_path / "clone", said, f'below: "{below}", amount: "{amount}" ')
    credits_of = found.figure("credits", whole_month("2026-11", found.zone))
    assert credits_of.amount == 700
