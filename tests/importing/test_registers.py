"""Registers of real life, with all their dirt: what each row becomes, or why nothing.

``UPDATE_GOLDEN=1 pytest tests/importing`` writes the golden files anew: review the difference.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building.registers import library, of_real_life
from weibao.importing.records import worked_out
from weibao.importing.rows import read_rows, rows_text
from weibao.language import language
from weibao.model.load import read_record
from weibao.render.words.importing import flag_told, rejection_told

GOLDEN = Path(__file__).with_name("golden")
CASES = {"wx": "工单台账.xlsx", "wx-10": "工单台账.xlsx", "glpi": "glpi.csv", "jsm": "jsm.csv"}
EN = language("en")


def told(name: str) -> str:
    mapping, rows = of_real_life(name, CASES[name])
    found = worked_out(mapping, rows, library())
    lines = []
    for row in found.accepted:
        lines.append(f"=== {', '.join(map(str, row.rows))}: {row.path}")
        lines += [f"  · {flag_told(flag, EN)}" for flag in row.flags]
        lines.append(row.text.decode())
    for rejected in found.rejected:
        why, mend = rejection_told(rejected, EN)
        lines += [
            f"=== {', '.join(map(str, rejected.rows))}: {rejected.number}: {why}",
            f"  → {mend}",
        ]
    lines.append(f"skipped: {', '.join(map(str, found.skipped))}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_every_row_of_a_register_becomes_what_it_says(name: str) -> None:
    file = GOLDEN / f"{name}.txt"
    found = told(name)
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_every_record_is_one_and_has_only_the_steps_of_its_row(name: str) -> None:
    mapping, rows = of_real_life(name, CASES[name])
    mapped = {event.event for event in mapping.events}
    found = worked_out(mapping, rows, library())
    for row in found.accepted:
        record = read_record(row.path, row.text)
        assert record.findings == ()
        events = [entry.event for entry in record.value.log]
        assert Counter(events).most_common(1)[0][1] == 1
        assert set(events) <= mapped | {"opened"}
        assert "confirmed" not in events
    lines = [*found.accepted, *found.rejected]
    assert sum(len(row.rows) for row in lines) + len(found.skipped) == len(rows)


@pytest.mark.parametrize("name", CASES)
def test_the_rows_read_back_as_they_were(name: str) -> None:
    mapping, rows = of_real_life(name, CASES[name])
    text = rows_text(rows, mapping.columns)
    assert "\r" not in text
    assert read_rows(name, text.encode(), mapping.columns) == rows


def test_no_telephone_number_comes_in_unasked() -> None:
    mapping, rows = of_real_life("wx", CASES["wx"])
    assert "0900" not in rows_text(rows, mapping.columns)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_the_order_of_the_rows_changes_no_record(data: st.DataObject) -> None:
    mapping, rows = of_real_life("wx", CASES["wx"])
    records = library()
    once = {row.path: row.text for row in worked_out(mapping, rows, records).accepted}
    heads = [row for row in rows if not row.continues]
    turned = data.draw(st.permutations(heads))
    order = [row for head in turned for row in rows if head.number in {row.number, row.continues}]
    again = {row.path: row.text for row in worked_out(mapping, order, records).accepted}
    assert again == once
