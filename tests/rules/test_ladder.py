"""The ladder: rungs due and not climbed, silences, and the wrong person (O24x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import CONTRACT, a_ticket, entry
from building.marked import PATH, assert_found, unmarked
from weibao.history.proven import Grade
from weibao.rules.book.ladder import check_ladder
from weibao.rules.locate import located

if TYPE_CHECKING:
    from weibao.model.finding import Finding

OPENED = entry("09:15", "opened", by="wang-lei")
ANSWERED = entry("09:20", "acknowledged")


def ladder(
    files: dict[str, str],
    as_of: str = "2026-11-20T13:00:00+08:00",
    grades: dict[str, Grade] | None = None,
) -> list[Finding]:
    raw = unmarked(files)[0]
    book = a_book(raw, as_of=as_of, grades=grades)
    return list(located(check_ladder(book), raw))


def fault(*log: str, severity: int = 1) -> dict[str, str]:
    return {PATH: a_ticket(severity=severity, log=[OPENED, *log])}


def told(at: str, level: int, to: str) -> str:
    return entry(at, "escalated", by="wang-lei", level=str(level), to=to)


def of(found: list[Finding], target: str) -> list[tuple[object, object]]:
    return [
        (one.facts["percent"], one.facts["roles"])
        for one in found
        if one.facts.get("target") == target
    ]


def test_a_response_in_good_time_climbs_no_rung() -> None:
    assert of(ladder(fault(ANSWERED)), "respond") == []


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        # Due in 30 minutes: half of it is used at 09:27, and five minutes are given to tell.
        ("09:31", []),
        ("09:32", [(50, ("desk",))]),
        ("09:40", [(75, ("desk", "supervisor"))]),
        ("09:48", [(100, ("desk", "supervisor", "pm"))]),
        ("10:05", [(150, ("desk", "supervisor", "pm", "director"))]),
    ],
)
def test_a_late_response_asks_for_every_rung_that_it_reached(
    at: str, asked: list[tuple[int, tuple[str, ...]]]
) -> None:
    assert [
        (percent, tuple(sorted(roles)))
        for percent, roles in of(ladder(fault(ANSWERED.replace("09:20", at))), "respond")
    ] == [(percent, tuple(sorted(roles))) for percent, roles in asked]


def test_who_was_told_is_asked_for_no_more() -> None:
    log = (
        told("09:27", 1, "wang-lei"),
        told("09:35", 2, "sun-yu"),
        told("09:42", 3, "chen-jie"),
        ANSWERED.replace("09:20", "09:48"),
    )
    assert of(ladder(fault(*log)), "respond") == [(100, ("supervisor",))]
    assert of(ladder(fault(*log, told("09:43", 3, "sun-yu"))), "respond") == []


def test_a_rung_is_due_while_the_promise_still_runs() -> None:
    assert of(ladder(fault(), "2026-11-20T09:33:00+08:00"), "respond") == [(50, ("desk",))]


def test_a_finding_stands_at_the_severity_and_names_the_promise() -> None:
    files = fault(ANSWERED)
    files[PATH] = files[PATH].replace("severity: 1", "severity: «1")
    found = ladder(files, "2026-11-20T10:20:00+08:00")
    assert_found(files, found, "O241", {"target": "arrive", "percent": 50, "roles": ("desk",)})


def test_a_response_recorded_late_is_no_rung_missed_where_the_claim_was_in_time() -> None:
    late = {"acknowledged": Grade.LATE}
    assert of(ladder(fault(ANSWERED), grades=late), "respond") == []
    too_late = fault(ANSWERED.replace("09:20", "09:50"))
    assert of(ladder(too_late, grades=late), "respond") != []


def test_a_silence_that_nobody_escalated_is_found() -> None:
    silent = (ANSWERED, entry("11:00", "updated", note="仍在排查"))
    files = fault(*silent)
    found = [one for one in ladder(files, "2026-11-20T11:01:00+08:00") if one.code == "O242"]
    assert [one.facts["due"] for one in found] == ["2026-11-20T10:20:00+08:00"]
    spoken = fault(ANSWERED, told("10:21", 3, "chen-jie"), silent[1])
    assert "O242" not in {one.code for one in ladder(spoken, "2026-11-20T11:01:00+08:00")}


def test_an_escalation_before_the_silence_overran_is_none_of_it() -> None:
    files = fault(
        ANSWERED,
        entry("09:30", "escalated", by="wang-lei", level="1", to="wang-lei", internal="true"),
    )
    codes = {one.code for one in ladder(files, "2026-11-20T11:30:00+08:00")}
    assert "O242" in codes


def test_a_rung_climbed_to_the_wrong_person_is_found_where_it_says_so() -> None:
    files = fault(ANSWERED, told("09:25", 3, "«li-qiang"))
    found = [one for one in ladder(files, "2026-11-20T09:40:00+08:00") if one.code == "O243"]
    assert_found(files, found, "O243", {"person": "li-qiang", "roles": ("pm", "supervisor")})


def test_a_level_that_the_ladder_lacks_is_told_and_names_nobody_wrong() -> None:
    files = fault(ANSWERED, told("09:25", 9, "li-qiang").replace("level: ", "level: «"))
    found = ladder(files, "2026-11-20T09:40:00+08:00")
    assert_found(files, found, "O244", {"level": 9, "expected": ("1", "2", "3", "4")})


def test_where_no_ladder_was_agreed_no_level_is_wrong() -> None:
    ladderless = CONTRACT[: CONTRACT.index("escalation:")] + CONTRACT[CONTRACT.index("evidence:") :]
    files = fault(ANSWERED, told("09:25", 9, "li-qiang"))
    found = ladder(files | {"records/contract.yaml": ladderless}, "2026-11-20T09:40:00+08:00")
    assert [one.code for one in found] == []
