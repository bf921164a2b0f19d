"""What is believed, since it was agreed, and what is no change of what was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, record_repository
from building.contract import CONTRACT, entry
from hostile.threats import THREATS, Ending, caught
from weibao.report.audit.configuration import configuration_of
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository


def codes(repository: Repository) -> set[str]:
    return {one.code for one in book_at(repository).findings}


def test_a_movement_of_stock_is_no_change_of_what_was_settled(tmp_path: Path) -> None:
    """The log of the spares grows every day."""
    repository = record_repository(tmp_path / "clone")
    before = configuration_of(book_at(repository))
    count = {"depot": "suzhou-depot", "part": "hw-s12700-mpu", "serials": '["HDMPU1", "HDMPU2"]'}
    repository.append("records/spares.yaml", entry("10:00", "counted", by="sun-yu", **count))
    repository.commit("盘点", at="2026-11-20T10:01:00+08:00", by="sun.yu@provider.example")
    assert configuration_of(book_at(repository)) == before


@pytest.mark.parametrize("tolerance", ["15m", "720h"])
def test_a_tolerance_that_was_agreed_is_believed(tmp_path: Path, tolerance: str) -> None:
    """An arrival claimed for 10:30 and recorded at 18:00, where it was due at 11:12."""
    contract = CONTRACT.replace("tolerance: 15m", f"tolerance: {tolerance}")
    repository = record_repository(tmp_path / "clone", contract=contract)
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("到场", at="2026-11-20T18:00:00+08:00")
    (arrival,) = (one for one in book_at(repository).verdicts if one.target == "arrive")
    assert (arrival.outcome is Outcome.MET) is (tolerance == "720h")
    if tolerance == "720h":
        row = THREATS["loose from the start"]
        caught("loose from the start", Ending.AGREED, codes(repository) & row.codes)
