"""Honest work is never called dishonest, however it was recorded and however it landed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from end_to_end.honest_histories import WAYS, book, honest
from weibao.history.proven import Grade
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(20))
def test_no_error_is_found_in_an_honest_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    world = honest(seed, tmp_path, monkeypatch)
    told = book(world)
    errors = [one for one in told.findings if RULES[one.code].severity is Severity.ERROR]
    assert errors == [], world.remote.git("log", "--graph", "--format=%h %an %cI %s")
    # Work was done, some of it out of an old register, and reached everyone by the way of this seed.
    grades = {one.grade for proof in told.proofs.values() for one in proof.entries}
    assert grades & {Grade.SUPPORTED, Grade.OWN_CLOCK}
    assert {Grade.IMPORTED} < grades <= set(Grade) - {Grade.CONTRADICTED}
    assert Grade.LATE not in {
        one.grade for ticket in world.owners for one in told.proofs[ticket].entries
    }  # the customer has countersigned it
    assert WAYS[seed % len(WAYS)] in world.ways
