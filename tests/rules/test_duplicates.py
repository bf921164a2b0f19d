"""A duplicate names a ticket under which the same fault goes on with clocks that are no younger (X220)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET, Weibao, record_repository
from building.contract import ASSETS, a_ticket, another_asset, entry, small_contract, ticket_path
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "T20261120-2D8VXN"
NOW = parse_instant("2026-11-20T18:00:00+08:00")
RESOLVED = entry("09:40", "resolved", mode="remote", cause="内存", action="重启")
CANCELLED = entry("09:45", "cancelled", by="wang-lei", reason="误报")
LOWERED = entry("09:30", "severity_agreed", severity=2, consent_by="zhang-gong")
RAISED = entry("09:30", "severity_agreed", severity=1)
ALONE = ASSETS + another_asset("lone-sw-09").replace("services: [", "services: [] # [")


def other_ticket(*log: str, minute: int = 11, **changed: str) -> str:
    """The ticket that the first is said to repeat, reported a minute before it."""
    at = f"2026-11-20T09:{minute}:00+08:00"
    text = a_ticket(OTHER, reported_at=at, log=[entry(at, "opened", by="wang-lei"), *log])
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return text


def found(other: str, *log: str, at: str = "09:50") -> list[object]:
    said = entry(at, "cancelled", by="wang-lei", reason="重复", duplicate_of=OTHER)
    files = small_contract() | {
        "records/assets.yaml": ALONE,
        ticket_path(OTHER): other,
        PATH: a_ticket(TICKET, log=[entry("09:15", "opened", by="wang-lei"), *log, said]),
    }
    wrong = check_files({path: text.encode() for path, text in files.items()}, {}, NOW)
    assert {one.code for one in wrong} <= {"X220", "X212"}
    return [one.facts["fault"] for one in wrong if one.code == "X220"]


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        (other_ticket(**{"[core-sw-01]": "[lone-sw-09]"}), "of other equipment"),
        (other_ticket(**{"[core-sw-01]": "[]"}), "of other equipment"),
        (other_ticket(minute=13), "reported later"),
        (other_ticket(CANCELLED), "cancelled itself"),
        (other_ticket(RESOLVED), "resolved already"),
        (other_ticket(**{"severity: 1\n": "severity: 2\n"}), "lighter"),
        (other_ticket(LOWERED), "lighter"),
    ],
)
def test_it_names_no_ticket_with_which_the_promises_end(other: str, fault: str) -> None:
    assert found(other) == [fault]


@pytest.mark.parametrize(
    ("other", "log"),
    [
        (other_ticket(), ()),
        (other_ticket(RESOLVED, entry("09:48", "reopened", reason="又坏了")), ()),
        (other_ticket(RESOLVED.replace("09:40", "09:55")), ()),
        (other_ticket(**{"severity: 1\n": "severity: 2\n"}), (LOWERED,)),
        (other_ticket(RAISED, **{"severity: 1\n": "severity: 2\n"}), ()),
    ],
    ids=["earlier", "reopened", "resolved afterwards", "both lowered", "raised by then"],
)
def test_an_honest_duplicate_is_clean(other: str, log: tuple[str, ...]) -> None:
    assert found(other, *log) == []


def test_the_command_refuses_what_the_check_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    weibao.repository.write(ticket_path(OTHER), other_ticket(**{"severity: 1\n": "severity: 2\n"}))
    weibao.repository.commit(at="2026-11-20T09:20:00+08:00")
    again = ("ticket", "cancel", "--reason", "重复", "--by", "wang-lei")

    refused = weibao(*again, TICKET, "--duplicate-of", OTHER)
    assert (refused.code, "X220" in refused.err) == (1, True)
    assert weibao.repository.git("status", "--porcelain") == ""
