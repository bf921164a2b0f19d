"""A month's close is worked out again, whatever rules it says that it was made by.

The scene: a fault of November that was worked to its end, and whose month is closed on 2 December.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from building.audited import worked_fault
from building.commands import Weibao
from hostile.threats import Ending, caught

if TYPE_CHECKING:
    from pathlib import Path

CLOSE = "records/reports/2026/2026-11.yaml"
WRITTEN, LATER = "2026-12-04T09:00:00+08:00", "2026-12-10T09:00:00+08:00"


@pytest.fixture
def closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    weibao = Weibao(worked_fault(tmp_path / "clone"), monkeypatch, capsys)
    weibao.set_clock("2026-12-02T09:00:00+08:00")
    assert weibao("report", "close", "2026-11").code == 0
    weibao.set_clock(LATER)
    return weibao


def rewritten(closed: Weibao, **keys: str) -> Weibao:
    """The close made anew with other values, as if it had never said anything else."""
    text = closed.repository.read(CLOSE)
    for key, value in keys.items():
        text, made = re.subn(f"(?m)^{key}: .*$", f"{key}: {value}", text)
        assert made == 1
    closed.repository.git("reset", "-q", "--hard", "HEAD~1")
    closed.repository.write(CLOSE, text)
    closed.repository.commit("结月", at=WRITTEN)
    return closed


def audited(closed: Weibao) -> tuple[int, bool, set[str]]:
    """The exit code of an audit, whether its check of the closes passed, and what that found."""
    ran = closed("audit", "--format", "json")
    (check,) = (one for one in json.loads(ran.out)["checks"] if one["name"] == "months_closed")
    return ran.code, check["passed"], {one["code"] for one in check["findings"]}


EARLY = {"as_of": "2026-11-20T09:30:00+08:00", "rules": "1"}
FALSE = {"counts": "{met: 9, breached: 0, waived: 0, cancelled: 0}", "rules": "1"}


@pytest.mark.parametrize(
    ("keys", "code"),
    [(EARLY, "E150"), (FALSE, "E152"), ({"rules": "3"}, "E152"), ({"rules": "1000000"}, "E152")],
    ids=["an earlier instant", "false figures", "the next rules", "rules that nobody has"],
)
def test_a_close_by_other_rules_is_worked_out_all_the_same(
    closed: Weibao, keys: dict[str, str], code: str
) -> None:
    made = rewritten(closed, **keys)
    exit_code, passed, found = audited(made)
    assert (exit_code, passed) == (1, False)
    caught("closed by other rules", Ending.UNSOUND, found)
    assert found == {code}
    ran = made("sla", "--month", "2026-11")
    assert "these figures stand" not in ran.out
    assert "is not borne out" in ran.err


def test_the_honest_twin_a_close_by_older_rules_that_comes_out_the_same_stands(
    closed: Weibao,
) -> None:
    made = rewritten(closed, rules="1")
    assert audited(made) == (0, True, set())
    ran = made("sla", "--month", "2026-11")
    assert ("these figures stand" in ran.out, ran.err) == (True, "")


@pytest.mark.parametrize("period", ["0000-01", "9999-12", "1979-12"])
def test_a_month_of_no_year_that_records_have_is_misfiled_and_nothing_falls_over_it(
    closed: Weibao, period: str
) -> None:
    path = f"records/reports/{period[:4]}/{period}.yaml"
    text = closed.repository.read(CLOSE).replace("period: 2026-11", f"period: {period}")
    closed.repository.write(path, text)
    closed.repository.commit("结月", at=WRITTEN)
    assert "R302" in closed("check").out
    assert [closed(command).code for command in ("status", "audit", "sla")] == [1, 1, 1]
    closed.repository.remove(path)
    closed.repository.commit("删", at="2026-12-05T09:00:00+08:00")
    assert closed("check").code == closed("status").code == 0
    assert closed("report", "close", period).code == 2
