"""Telephone numbers: a log cannot forget them, so none comes in unless it is asked for."""

from __future__ import annotations

import re

_COLUMN = re.compile(
    r"电话|手机|联系方式|联络方式|phone|mobile|telephone|\btel\b|contact number", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\d-])(?:1[3-9]\d{9}|0\d{2,3}-?\d{3,4}-?\d{4})(?![\d-])")


def is_telephone_column(column: str) -> bool:
    """Whether a column is one of telephone numbers, by its name."""
    return bool(_COLUMN.search(column))


def has_telephone(text: str) -> bool:
    """Whether a telephone number stands in a text."""
    return bool(_NUMBER.search(text))
