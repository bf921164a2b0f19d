"""The statement of service credits: by rule, miss by miss, with the cap, in figures and in characters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from building.book import SLOW_LOG, WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.papers import a_kind, a_report, kind_facts, kind_words, made_by
from weibao.model.closing import MonthClose
from weibao.refusal import UsageRefusal
from weibao.render.papers.kinds.credit_statement import KIND

if TYPE_CHECKING:
    from weibao.report.book import Book

SLOW = a_ticket(log=SLOW_LOG)
"""Arrived three minutes late."""

ARRIVE = 'kind: per_breach, target: arrive, severity: 1, amount: "300.00"'
BANDS = '    bands: [{from: 90, pay: "100%"}, {from: 80, pay: "95.5%"}, {from: 0, pay: "80%"}]\n'


def with_credits(
    rules: str, *tickets: str, more: str = "", cap: str = "50%", currency: str = "CNY"
) -> Book:
    terms = (
        f"credits:\n  - effective_from: 2026-01-01\n    currency: {currency}\n"
        f'    monthly_fee: "10000.00"\n    cap: {cap}\n{more}    rules:\n'
        + "".join(f"      - {{{rule}}}\n" for rule in rules.split(" | "))
    )
    files = files_of(*(tickets or (SLOW,)), contract=CONTRACT + terms)
    return a_book(files, as_of="2026-12-31T00:00:00+08:00")


def told(book: Book) -> dict[str, Any]:
    return kind_facts(KIND, book, "2026-11", report=a_report(book, "2026-11"))


def settled(book: Book, currency: str = "CNY") -> dict[str, Any]:
    rows = told(book)[f"settlement_{currency}"][f"settlement_{currency}"]
    return {row["item"]: row["amount"] for row in rows}


@pytest.mark.parametrize(
    ("rules", "more", "cap", "amounts"),
    [
        (ARRIVE, "", "50%", ("300.00", "5000.00", "300.00", "9700.00")),
        (
            ARRIVE.replace("300.00", "9000.00"),
            "",
            "50%",
            ("9000.00", "5000.00", "5000.00", "5000.00"),
        ),
        # Of six promises one was missed, 83.3 %: twelve percent below 95 were begun.
        (
            'kind: per_percent, figure: compliance, below: "95%", amount: "10.00"',
            "",
            "50%",
            ("120.00", "5000.00", "120.00", "9880.00"),
        ),
        # 89.5 points are paid with 95.5 %.
        (
            'kind: points, target: arrive, severity: 1, points: "10.5"',
            BANDS,
            "50%",
            ("450.00", "5000.00", "450.00", "9550.00"),
        ),
        (
            f'{ARRIVE} | kind: per_breach, target: arrive, severity: 1, amount: "200.05"',
            "    stacking: highest\n",
            "50%",
            ("300.00", "5000.00", "300.00", "9700.00"),
        ),
        (
            f'{ARRIVE} | kind: per_breach, target: arrive, severity: 1, amount: "200.05"',
            "",
            "4%",
            ("500.05", "400.00", "400.00", "9600.00"),
        ),
    ],
)
def test_what_is_deducted_is_what_the_rules_take_and_no_more_than_the_cap(
    rules: str, more: str, cap: str, amounts: tuple[str, str, str, str]
) -> None:
    found = settled(with_credits(rules, more=more, cap=cap))
    assert found["fee"] == Decimal("10000.00")
    assert tuple(found[key] for key in ("sum", "cap", "deducted", "payable")) == tuple(
        map(Decimal, amounts)
    )


def test_a_miss_is_told_with_its_terms_its_times_and_what_the_claim_says() -> None:
    found = told(with_credits(ARRIVE))
    (rule,) = found["rules_CNY"]["promises_CNY"]
    assert (rule["rule"], rule["met"], rule["breached"], rule["share"]) == (
        "per_breach arrive 1",
        0,
        1,
        "0/1",
    )
    (miss,) = found["misses_CNY"]["breaches_CNY"]
    assert (miss["promise"], miss["severity"], miss["terms"]) == ("arrive 1", 1, "2025-01-01")
    assert (miss["due"], miss["stop"]) == ("2026-11-20T11:12:00+08:00", "2026-11-20T11:15:00+08:00")
    assert (miss["over"], miss["grade"], miss["on_claim"]) == (180, "A", "breached")
    assert (miss["unit"], miss["amount"]) == (Decimal("300.00"), Decimal("300.00"))


def test_of_a_promise_that_came_again_each_time_is_told_by_its_own_times() -> None:
    """Restored too late, and after a reopening too late again: the second is no repetition of the first."""
    log = (
        *WHOLE_LOG[:6],
        entry("15:00", "restored", mode="on_site"),
        entry("2026-11-23T09:00:00+08:00", "reopened", by="wang-lei", reason="又中断"),
        entry("2026-11-23T21:00:00+08:00", "restored", mode="on_site"),
    )
    rule = 'kind: per_breach, target: restore, severity: 1, amount: "200.00"'
    misses = told(with_credits(rule, a_ticket(log=log)))["misses_CNY"]["breaches_CNY"]
    assert [(miss["promise"], miss["stop"][:16]) for miss in misses] == [
        ("restore 1", "2026-11-20T15:00"),
        ("restore 2", "2026-11-23T21:00"),
    ]


def test_points_are_told_by_rule_with_the_band_that_they_reach() -> None:
    rule = 'kind: points, target: arrive, severity: 1, points: "10.5"'
    found = told(with_credits(rule, more=BANDS))["misses_CNY"]
    assert found["points_lost_CNY"] == [
        {"rule": "points arrive 1", "misses": 1, "unit": "10.5 points"}
    ]
    assert found["points_CNY"] == {
        "lost": "10.5",
        "kept": "89.5",
        "paid": "95.50%",
        "cost": Decimal("450.00"),
    }
    assert found["breaches_CNY"][0]["unit"] == "10.5 points"


def test_a_figure_under_its_bound_is_told_with_what_it_was() -> None:
    rule = 'kind: per_percent, figure: compliance, below: "95%", amount: "10.00"'
    found = told(with_credits(rule))
    (figure,) = found["rules_CNY"]["figures_CNY"]
    assert (figure["value"], figure["bound"], figure["unit"]) == (
        "83.333%",
        "95.000%",
        Decimal("10.00"),
    )
    assert [row["amount"] for row in found["misses_CNY"]["below_CNY"]] == [Decimal("120.00")]


def test_renminbi_are_said_in_characters_in_either_language_and_no_other_currency_is() -> None:
    book = with_credits(ARRIVE)
    for code in ("zh", "en"):
        words = kind_words(KIND, book, "2026-11", code=code, report=a_report(book, "2026-11"))
        assert "玖仟柒佰元整" in words
    other = with_credits(ARRIVE, currency="EUR")
    assert settled(other, "EUR")["payable"] == Decimal("9700.00")
    words = kind_words(KIND, other, "2026-11", report=a_report(other, "2026-11"))
    assert "元整" not in words
    assert "大写" not in words


def test_who_signs_are_project_manager_business_and_finance() -> None:
    book = with_credits(ARRIVE)
    words = kind_words(KIND, book, "2026-11", report=a_report(book, "2026-11"))
    assert "服务商：项目经理" in words
    assert "客户方：财务部门" in words
    assert "尚未结月" in words


def test_of_a_closed_month_it_names_the_close_and_is_made_again_by_its_version() -> None:
    book = with_credits(ARRIVE)
    closed = MonthClose("2026-11", book.as_of, book.commit, "", 2, {}, "f" * 64)
    report = a_report(book, "2026-11", closes={"2026-11": closed})
    found = kind_facts(KIND, book, "2026-11", report=report)
    assert found["settlement_CNY"]["terms_CNY"]["close_sha256"] == "f" * 64
    paper = a_kind(KIND, book, "2026-11", report=report)
    assert made_by(paper) == "weibao paper credit-statement 2026-11 --version 1"
    assert "尚未结月" not in kind_words(KIND, book, "2026-11", report=report)


def test_there_is_no_statement_where_no_credits_are_agreed() -> None:
    book = a_book(files_of(SLOW), as_of="2026-12-31T00:00:00+08:00")
    with pytest.raises(UsageRefusal, match="no terms on service credits"):
        a_kind(KIND, book, "2026-11", report=a_report(book, "2026-11"))
