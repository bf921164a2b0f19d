"""Amounts in the characters that papers of payment are written with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.render.words.chinese_amount import chinese_amount


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("16800.50", "壹万陆仟捌佰元伍角整"),
        ("100000", "壹拾万元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1000005", "壹佰万零伍元整"),
        ("100050000", "壹亿零伍万元整"),
        ("100000010", "壹亿零壹拾元整"),
        ("2000300040", "贰拾亿零叁拾万零肆拾元整"),
        ("0.005", "壹分"),
        ("-1.20", "负壹元贰角整"),
    ],
)
def test_an_amount_is_written_as_the_rules_for_bills_have_it(amount: str, told: str) -> None:
    assert chinese_amount(Decimal(amount)) == told


VALUES = {digit: number for number, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(told: str) -> Decimal:
    """The amount that the characters say."""
    whole = groups = digit = 0
    cents = Decimal(0)
    for sign in told:
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in UNITS:
            groups, digit = groups + digit * UNITS[sign], 0
        elif sign in {"万", "亿"}:
            whole, groups, digit = (
                (whole + groups + digit) * (10**4 if sign == "万" else 10**8),
                0,
                0,
            )
        elif sign == "元":
            whole, groups, digit = whole + groups + digit, 0, 0
        elif sign in {"角", "分"}:
            cents, digit = cents + Decimal(digit) / (10 if sign == "角" else 100), 0
    return whole + cents


@given(st.integers(0, 10**10 - 1))
def test_what_is_written_says_the_amount_and_no_zero_twice(cents: int) -> None:
    told = chinese_amount(Decimal(cents) / 100)
    assert "零零" not in told
    assert read_back(told) == Decimal(cents) / 100
