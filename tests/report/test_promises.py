"""What the contract promises in figures: credits, agreed figures, availability, reports; and what is no promise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from building.book import SLOW_LOG, WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.marked import findings_of
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.model.promises import FIGURE_UNITS
from weibao.render.words.figures import beside_told, value_told
from weibao.report.figure import Period, whole_month
from weibao.report.key_figures import KEY_FIGURES
from weibao.rules.book.promises import check_figures

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.report.figure import Measured

LATER = "2026-12-31T00:00:00+08:00"
EN = language("en")
SLOW, WHOLE = a_ticket(log=SLOW_LOG), a_ticket(log=WHOLE_LOG)


def november(book: Book, name: str) -> Measured:
    return book.figure(name, whole_month("2026-11", book.zone))


def with_terms(terms: str, *tickets: str, as_of: str = LATER) -> Book:
    return a_book(files_of(*tickets, contract=CONTRACT + terms), as_of=as_of)


def edition(rules: str, *, more: str = "", day: str = "2026-01-01") -> str:
    return (
        f"  - effective_from: {day}\n    currency: CNY\n"
        f'    monthly_fee: "10000.00"\n    cap: 50%\n{more}    rules:\n'
        + "".join(f"      - {{{rule}}}\n" for rule in rules.split(" | "))
    )


ARRIVE = 'kind: per_breach, target: arrive, severity: 1, amount: "300.00"'


def test_the_figures_that_a_contract_may_name_are_those_that_there_are() -> None:
    units = {figure.name: figure.unit.value for figure in KEY_FIGURES}
    assert {name: unit for name, unit in units.items() if unit != "count"} == FIGURE_UNITS


def test_the_older_way_to_say_credits_and_the_list_cost_the_same() -> None:
    old = 'credits: {currency: CNY, monthly_fee: "10000.00", cap: 50%, rules: [{target: arrive, severity: 1, per_breach: "300.00"}]}\n'
    amounts = {
        november(with_terms(terms, SLOW), "credits").amount
        for terms in (old, f"credits:\n{edition(ARRIVE)}")
    }
    assert amounts == {Decimal(300)}


def test_of_two_editions_the_one_counts_in_which_the_promise_fell_due() -> None:
    """The fault of 20 November was to be arrived at that day: terms of the next day are too late for it."""
    dearer = ARRIVE.replace("300.00", "900.00")
    for day, cost in (("2026-11-20", 900), ("2026-11-21", 300)):
        terms = f"credits:\n{edition(ARRIVE)}{edition(dearer, day=day)}"
        assert november(with_terms(terms, SLOW), "credits").amount == cost


@pytest.mark.parametrize(("more", "cost"), [("", 500), ("    stacking: highest\n", 300)])
def test_of_one_ticket_all_misses_cost_something_or_the_dearest_alone(more: str, cost: int) -> None:
    """Arrived and restored too late: 300 and 200."""
    log = (
        entry("09:15", "opened", by="wang-lei"),
        entry("09:20", "acknowledged"),
        entry("12:00", "arrived"),
        entry("15:00", "restored", mode="on_site"),
    )
    rules = f'{ARRIVE} | kind: per_breach, target: restore, severity: 1, amount: "200.00"'
    book = with_terms(f"credits:\n{edition(rules, more=more)}", a_ticket(log=log))
    found = november(book, "credits")
    assert (found.amount, found.tally.count) == (cost, 2)


def test_each_percent_below_costs_its_amount_and_one_that_was_begun_counts_whole() -> None:
    """Of six promises one was missed, 83.3 %: 11.6 percent below 95, so twelve amounts."""
    rule = 'kind: per_percent, figure: compliance, below: "95%", amount: "10.00"'
    book = with_terms(f"credits:\n{edition(rule)}", SLOW)
    kept = november(book, "compliance").tally
    below = Fraction(95, 100) - Fraction(kept.count, kept.of)
    begun = int(below * 100) + (below * 100 % 1 > 0)
    found = november(book, "credits")
    assert (found.amount, begun > 1) == (10 * begun, True)


BANDS = '    bands: [{from: 90, pay: "100%"}, {from: 80, pay: "95.5%"}, {from: 0, pay: "80%"}]\n'


@pytest.mark.parametrize(
    ("points", "cost", "told"),
    [("10", 0, "points 90"), ("10.5", 450, "points 89.5"), ("300", 2000, "points 0")],
)
def test_a_month_is_paid_by_the_band_of_its_points(points: str, cost: int, told: str) -> None:
    rule = f'kind: points, target: arrive, severity: 1, points: "{points}"'
    found = november(with_terms(f"credits:\n{edition(rule, more=BANDS)}", SLOW), "credits")
    assert found.amount == cost
    assert told in {row.what for row in found.counted}


def test_a_month_costs_nothing_by_points_before_it_is_over() -> None:
    rule = 'kind: points, target: arrive, severity: 1, points: "50"'
    terms = f"credits:\n{edition(rule, more=BANDS)}"
    last = november(with_terms(terms, SLOW, as_of="2026-11-30T23:59:59+08:00"), "credits")
    assert last.amount == 0
    assert november(with_terms(terms, SLOW, as_of="2026-12-01T00:00:00+08:00"), "credits").amount


GAP = BANDS.replace(', {from: 0, pay: "80%"}', "")
NO_AMOUNT = "kind: per_breach, target: arrive, severity: 1"
NO_KIND = 'target: arrive, severity: 1, points: "5"'
OF_LENGTH = 'kind: per_percent, figure: restore_time, below: "9%", amount: "1"'
OF_ITSELF = 'kind: per_percent, figure: credits, below: "9%", amount: "1"'
POINTS = 'kind: points, target: arrive, severity: 1, points: "50"'


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        (f"credits:\n{edition(ARRIVE)}", set()),
        (f"credits:\n{edition(POINTS, more=BANDS)}", set()),
        (f"credits:\n{edition(ARRIVE)}{edition(ARRIVE)}", {"R250"}),
        (f"credits:\n{edition(POINTS, more=GAP)}", {"R251"}),
        (f"credits:\n{edition(POINTS)}", {"R251"}),
        (f"credits:\n{edition(ARRIVE, more=BANDS)}", {"R251"}),
        (f"credits:\n{edition(NO_AMOUNT)}", {"R252"}),
        (f"credits:\n{edition(NO_KIND)}", {"R252"}),
        (f"credits:\n{edition(OF_LENGTH)}", {"R252"}),
        (f"credits:\n{edition(OF_ITSELF)}", {"X320"}),
        (f"credits:\n{edition(ARRIVE)}".replace("    currency: CNY\n", ""), {"R202"}),
        (f"credits:\n{edition(ARRIVE)}".replace('"300.00"', "300.5"), {"R201"}),
        ("credits: []\n", set()),
        ('kpis: [{figure: compliance, at_least: "95%"}]\n', set()),
        ('kpis: [{figure: complience, at_least: "95%"}]\n', {"X320"}),
        ('kpis: [{figure: agreed_figures, at_least: "95%"}]\n', {"X320"}),
        ('kpis: [{figure: compliance, at_least: "4h"}]\n', {"X321"}),
        ("kpis: [{figure: compliance}]\n", {"X321"}),
        ('kpis: [{figure: restore_time, at_most: "0s"}]\n', {"X321"}),
        ('kpis: [{figure: compliance, at_least: "95%", at_most: "99%"}]\n', {"X321"}),
        ('kpis: [{figure: repeat, at_most: "5%"}, {figure: repeat, at_most: "6%"}]\n', {"X322"}),
        ('availability: [{effective_from: 2026-01-01, targets: {nothing: "99%"}}]\n', {"X108"}),
        ('availability: [{effective_from: 2026-01-01, targets: {mes: "101%"}}]\n', {"R205"}),
        ("deliverables: [{kind: weekly, due_within: 5wd}]\n", {"R204"}),
    ],
)  # fmt: skip
def test_a_promise_that_cannot_be_worked_out_is_told_and_nothing_falls_over(
    terms: str, codes: set[str]
) -> None:
    contract = {"records/contract.yaml": CONTRACT + terms}
    assert {finding.code for finding in findings_of(contract)} == codes
    if not any(code < "R21" for code in codes):
        book = with_terms(terms, SLOW)
        for figure in KEY_FIGURES:
            value_told(november(book, figure.name), EN)
        assert "O302" not in {finding.code for finding in check_figures(book)}


def test_a_score_that_no_band_has_is_no_figure_and_never_a_whole_fee() -> None:
    book = with_terms(f"credits:\n{edition(POINTS, more=GAP)}", SLOW)
    assert not [row for row in november(book, "credits").counted if "points" in row.what]


@pytest.mark.parametrize(
    ("asked", "told", "missed"),
    [
        ('figure: compliance, at_least: "83.33%"', "at least 83.33% agreed: reached", False),
        ('figure: compliance, at_least: "83.34%"', "at least 83.34% agreed: missed", True),
        ('figure: respond_time, at_most: "8m"', "at most 8m agreed: reached", False),
        ('figure: respond_time, at_most: "479s"', "at most 479s agreed: missed", True),
        ('figure: satisfaction, at_least: "4.5"', "at least 4.5 agreed: nothing to judge", False),
    ],
)
def test_an_agreed_figure_is_judged_for_the_month_exactly(
    asked: str, told: str, *, missed: bool
) -> None:
    """Of the six promises of the month five were kept: 83.333…%."""
    book = with_terms(f"kpis: [{{{asked}}}]\n", SLOW)
    name = asked.split()[1].rstrip(",")
    assert told in list(beside_told(november(book, name), EN))
    found = {(finding.code, finding.facts["month"]) for finding in check_figures(book)}
    assert found == ({("O301", "2026-11")} if missed else set())


def test_an_agreed_figure_counts_by_its_weight_and_only_in_a_month() -> None:
    terms = 'kpis: [{figure: compliance, at_least: "1%", weight: 3}, {figure: respond_time, at_most: "1s"}, {figure: satisfaction, at_least: "4"}]\n'
    book = with_terms(terms, SLOW)
    found = november(book, "agreed_figures").tally
    assert (found.count, found.of) == (3, 4)
    whole = book.figure("compliance", Period(0, book.as_of))
    assert (whole.bound, whole.kept) == (None, None)


@pytest.mark.parametrize(("restored", "kept"), [("11:00:00", True), ("11:00:01", False)])
def test_an_availability_at_its_target_to_the_second_is_reached(
    restored: str, *, kept: bool
) -> None:
    """108 minutes of 43,200 are a quarter of a percent; a second more is shown as 99.749 % and missed."""
    log = (
        entry("09:15", "opened", by="wang-lei"),
        entry("09:20", "acknowledged"),
        entry(f"2026-11-20T{restored}+08:00", "restored", mode="remote"),
    )
    terms = 'availability: [{effective_from: 2026-01-01, targets: {mes: "99.75%"}}]\n'
    book = with_terms(terms, a_ticket(log=log))
    (mes,) = november(book, "availability_contract").parts
    assert (mes.kept, value_told(mes, EN)) == (kept, "99.750%" if kept else "99.749%")
    missed = list(check_figures(book))
    assert [finding.facts["month"] for finding in missed] == ([] if kept else ["2026-11"])


BAD_WINDOWS = {
    "of no length": ("2026-11-20T09:12:00+08:00", "2026-11-20T09:12:00+08:00"),
    "reversed": ("2026-11-30T00:00:00+08:00", "2026-11-01T00:00:00+08:00"),
    "before the term": ("1999-01-01T00:00:00+08:00", "1999-02-01T00:00:00+08:00"),
    "after the instant": ("2031-01-01T00:00:00+08:00", "2031-02-01T00:00:00+08:00"),
}


@pytest.mark.parametrize("window", BAD_WINDOWS)
@pytest.mark.parametrize("name", FIGURE_UNITS)
def test_a_window_that_has_nothing_in_it_gives_no_figure_and_nothing_falls_over(
    name: str, window: str
) -> None:
    start, end = map(parse_instant, BAD_WINDOWS[window])
    found = ALL.figure(name, Period(start, end))
    # What is told of an end of a period is told of the last instant that there was.
    if name not in {"provenance", "time_between_outages", "stock_counted", "backlog"}:
        assert value_told(found, EN) == "n/a"
    assert found.tally.count <= found.tally.of


ALL = with_terms(
    'kpis: [{figure: compliance, at_least: "95%"}]\ndeliverables: [{kind: monthly, due_within: 5wd}]\n'
    f"credits:\n{edition(ARRIVE + ' | ' + POINTS, more=BANDS)}",
    WHOLE,
)
BERLIN = CONTRACT.replace("zone: Asia/Shanghai", "zone: Europe/Berlin")


def test_a_month_in_which_the_clocks_change_has_an_hour_more_or_less() -> None:
    book = a_book(files_of(contract=BERLIN), as_of=LATER)
    hours = {
        month: book.figure("availability", whole_month(month, book.zone)).tally.of / 3600
        for month in ("2026-03", "2026-04", "2026-10")
    }
    assert hours == {"2026-03": 743, "2026-04": 720, "2026-10": 745}


def test_a_contract_with_no_plan_no_staff_and_no_severity_in_effect_has_no_figures() -> None:
    files = files_of(
        contract=CONTRACT.replace("effective_from: 2025-01-01", "effective_from: 2030-01-01"),
    ) | {
        "records/plan.yaml": b"plan: {}\n",
        "records/staff.yaml": b"people: {sun-yu: {name: S, roles: [{role: depot, from: 2025-12-01}]}}\n",
        "records/spares.yaml": b"depots: {}\nparts: {}\n",
    }
    book = a_book(files, as_of=LATER)
    told = {figure.name: value_told(november(book, figure.name), EN) for figure in KEY_FIGURES}
    assert {name for name, value in told.items() if value != "n/a"} <= {
        "availability",
        "availability_contract",
        "time_between_outages",
        "rota",
    }
