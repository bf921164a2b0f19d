"""A rung of the ladder that was climbed for the record: what is written at night was not told at noon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import DESK, book_at
from building.commands import record_repository
from building.contract import entry
from building.proving import step
from weibao.report.figure import whole_month

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("recorded", "in_time"), [("11:16", True), ("20:00", False)])
def test_a_rung_is_climbed_when_the_evidence_says_so(
    tmp_path: Path, recorded: str, *, in_time: bool
) -> None:
    """Restored within 148 of 240 minutes: the desk was to be told by 11:17, at half of them and five minutes."""
    told = (entry("11:13", "escalated", by="wang-lei", level="1", to="wang-lei"), recorded, DESK)
    repository = record_repository(tmp_path / "clone")
    step(repository, entry("09:20", "acknowledged"), "09:22")
    step(repository, entry("10:00", "arrived"), "10:01")
    if in_time:
        step(repository, *told)
    step(repository, entry("11:40", "restored", mode="on_site"), "11:41")
    step(
        repository,
        entry("12:00", "resolved", mode="on_site", cause="内存故障", action="更换主控板"),
        "12:01",
    )
    if not in_time:
        step(repository, *told)
    book = book_at(repository)
    month = whole_month("2026-11", book.zone)
    counts = {
        name: book.figure(name, month).tally.count
        for name in ("escalation", "escalation_late", "escalation_never")
    }
    assert counts == {
        "escalation": in_time,
        "escalation_late": not in_time,
        "escalation_never": 0,
    }
    assert ("O280" in {finding.code for finding in book.findings}) is not in_time
