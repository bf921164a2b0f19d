"""Settings that contradict themselves, and such as only look like it (R221–R227)."""

from __future__ import annotations

import pytest

from building.contract import ASSETS, another_asset
from building.marked import findings_of
from weibao.rules.record.unquoted import ROWS as UNQUOTED

PLACE = "一号机房 02 柜 10U"

PLAN = """\
plan:
  round:
    kind: inspection
    name: {{zh: 巡检, en: Round}}
    issued_by: chen-jie
    start: {start}
    rule: "{rule}"
    due_within: 5d
    assets: {{kinds: [switch]}}
"""


def periods(start: str, rule: str) -> list[str]:
    """The periods that have no round."""
    found = findings_of({"records/plan.yaml": PLAN.format(start=start, rule=rule)})
    assert {finding.code for finding in found} <= {"R224"}
    return [period for finding in found for period in finding.facts["periods"]]


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("2026-01-28", "FREQ=MONTHLY"),
        ("2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("2026-01-31", "FREQ=MONTHLY;BYMONTH=1,3,5,7,8,10,12"),
        ("2026-01-31", "FREQ=MONTHLY;INTERVAL=12"),
        ("2026-01-15", "FREQ=MONTHLY;BYMONTHDAY=10"),
        ("2026-01-31", "FREQ=MONTHLY;UNTIL=20260131"),
        ("2026-01-31", "FREQ=WEEKLY"),
        ("2026-02-28", "FREQ=YEARLY"),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_a_rule_that_every_period_has_a_day_for_is_not_told(start: str, rule: str) -> None:
    assert periods(start, rule) == []


@pytest.mark.parametrize(
    ("start", "rule", "missing"),
    [
        ("2026-01-31", "FREQ=MONTHLY", "2026-02"),
        ("2026-01-30", "FREQ=MONTHLY", "2026-02"),
        ("2026-01-10", "FREQ=MONTHLY;BYMONTHDAY=10,30", "2026-02"),
        ("2026-08-31", "FREQ=MONTHLY;INTERVAL=3", "2026-11"),
        ("2024-02-29", "FREQ=YEARLY", "2025"),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=5FR", "2026-02"),
    ],
)
def test_a_period_without_the_rules_day_is_named(start: str, rule: str, missing: str) -> None:
    assert periods(start, rule)[0] == missing


def test_equipment_is_the_same_however_its_plate_is_written() -> None:
    other = another_asset("acc-sw-02")
    assert [one.code for one in findings_of({"records/assets.yaml": ASSETS + other})] == []
    twin = other.replace("2102HD0002", "2102HD0001").replace("S12708", "s12708")
    assert [one.code for one in findings_of({"records/assets.yaml": ASSETS + twin})] == ["R226"]


@pytest.mark.parametrize(
    "text",
    ["0123", "12:30", "NO", "off", "0x1F", "1_000", "1e5", "~", "+5", "0o17", "1."],
)
def test_a_text_that_other_readers_take_for_something_else_asks_for_quotes(text: str) -> None:
    (rule,) = UNQUOTED
    said = ASSETS.replace(PLACE, text)
    assert [one.code for one in findings_of({"records/assets.yaml": said})] == [rule.code]
    for quoted in (f'"{text}"', f"'{text}'"):
        said = ASSETS.replace(PLACE, quoted)
        assert findings_of({"records/assets.yaml": said}) == ()


@pytest.mark.parametrize("text", ["SN-0123", "none", "1.2.3", "12:30-13:30", "Node"])
def test_a_text_that_every_reader_takes_for_one_needs_none(text: str) -> None:
    assert findings_of({"records/assets.yaml": ASSETS.replace(PLACE, text)}) == ()


def test_a_span_of_one_day_is_none_that_ends_before_it_begins() -> None:
    covered = "covered: {from: 2025-12-01, to: 2026-12-31}"
    one_day = ASSETS.replace(covered, "covered: {from: 2025-12-01, to: 2025-12-01}")
    assert findings_of({"records/assets.yaml": one_day}) == ()
    ended = ASSETS.replace(covered, "covered: {from: 2025-12-01, to: 2025-11-30}")
    (finding,) = findings_of({"records/assets.yaml": ended})
    assert (finding.code, finding.facts["key"]) == ("R221", "assets.core-sw-01.covered")
