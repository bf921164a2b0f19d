"""An amount of renminbi in the characters that papers of payment are written with (大写金额).

By the rules for filling in bills of the People's Bank of China (正确填写票据和结算凭证的基本规定): zeros between digits are said
once, 整 closes what ends with 元 or 角, 零 stands before 分 where there is no 角. Where the rules leave a 零 to
the writer, none is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.promises import money

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿", "万亿")
_ZERO = _DIGITS[0]


def chinese_amount(amount: Decimal) -> str:
    """The amount to the hundredth, half of one counted as one; raises ``ValueError`` from 10 000 万亿 on."""
    whole, _, cents = f"{abs(money(amount)):.2f}".partition(".")
    if len(whole) > 4 * len(_GROUPS):
        message = f"{amount} is more than can be said"
        raise ValueError(message)
    yuan, rest = _whole(whole), _cents(*cents, after_yuan=whole != "0")
    said = (f"{yuan or _ZERO}元" if yuan or not rest else "") + (rest or "整")
    return f"负{said}" if money(amount) < 0 else said


def _whole(digits: str) -> str:
    """The whole yuan, "" for none."""
    padded = digits.zfill(4 * len(_GROUPS))
    told = ""
    for number, name in enumerate(reversed(_GROUPS)):
        group = padded[4 * number : 4 * number + 4]
        told += _group(group, name, after=bool(told))
    return told


def _group(digits: str, name: str, *, after: bool) -> str:
    """Four digits and the name of their group; ``after`` others, what zeros lie between is said."""
    told, gap = "", False
    for digit, place in zip(digits, _PLACES, strict=True):
        if digit == "0":
            gap = gap or after or bool(told)
            continue
        told += (_ZERO if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return f"{told}{name}" if told else ""


def _cents(jiao: str, fen: str, *, after_yuan: bool) -> str:
    """What is less than a yuan, "" for nothing."""
    if jiao == fen == "0":
        return ""
    told = f"{_DIGITS[int(jiao)]}角" if jiao != "0" else _ZERO if after_yuan else ""
    return f"{told}{_DIGITS[int(fen)]}分" if fen != "0" else f"{told}整"
