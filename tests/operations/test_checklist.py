"""What a measured value means by the thresholds of its checklist."""

from __future__ import annotations

import pytest

from weibao.model.plan import ChecklistItem, Plan
from weibao.operations.checklist import items_of, status_of


def item(
    warning_above: float | None = None,
    failed_above: float | None = None,
    warning_below: float | None = None,
    failed_below: float | None = None,
) -> ChecklistItem:
    return ChecklistItem("it", {}, "%", warning_above, failed_above, warning_below, failed_below)


HOT, COLD = item(45, 60), item(None, None, 10, 5)


@pytest.mark.parametrize(
    ("one", "value", "expected"),
    [
        (HOT, 45, "ok"),
        (HOT, 45.1, "warning"),
        (HOT, 60, "warning"),
        (HOT, 60.5, "failed"),
        (COLD, 10, "ok"),
        (COLD, 9.9, "warning"),
        (COLD, 5, "warning"),
        (COLD, -40, "failed"),
        (item(failed_above=0), 1, "failed"),
        (item(failed_above=0), 0, "ok"),
        (item(), 12, None),
        (HOT, "烫手", None),
        (HOT, None, None),
        (HOT, True, None),
    ],
)
def test_a_value_beyond_a_threshold_fails_or_warns_and_one_on_it_is_within(
    one: ChecklistItem, value: object, expected: str | None
) -> None:
    assert status_of(one, value) == expected


def test_a_line_that_the_plan_does_not_have_asks_for_nothing() -> None:
    assert items_of(Plan({}, {"list": (HOT,)}), "no-such-round") == {}
