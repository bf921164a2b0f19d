"""A line of the plan, as the tests of planned work want it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from weibao.model.plan import PlannedWork

QUARTERLY = "FREQ=MONTHLY;INTERVAL=3"

RULES = st.builds(
    lambda frequency, interval, more: ";".join(
        (f"FREQ={frequency}", f"INTERVAL={interval}", *more)
    ),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.integers(1, 20),
    st.sampled_from(((), ("COUNT=3",), ("UNTIL=20261001",), ("BYDAY=MO,WE",), ("BYMONTH=3,9",))),
)
"""Recurrences of all steps."""


def work(
    rule: str = QUARTERLY,
    *,
    start: str = "2026-02-15",
    kind: str = "inspection",
    due_within: int = 10,
    key: str = "inspecting",
) -> PlannedWork:
    """A line of the plan; of inspection, and quarterly, unless told otherwise."""
    return PlannedWork(
        key,
        kind,
        {},
        "chen-jie",
        date.fromisoformat(start),
        rule,
        due_within * 86400,
        (),
        (),
        (),
        (),
    )
