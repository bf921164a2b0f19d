"""``weibao check --changed``: a request is judged by what it changed, as exactly as by everything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET, record_repository
from building.contract import a_ticket, entry, ticket_path
from building.marked import INSPECTION, an_inspection
from weibao.cli.checking import changed
from weibao.rules.catalogue import file_checks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.commands import Weibao
    from building.repository import Repository
    from weibao.cli.checking.judging import JudgedFiles
    from weibao.cli.framework.session import Session
    from weibao.model.finding import Finding

Told = list[dict[str, object]]

NOW = "2026-11-20T18:00:00+08:00"
OTHER, THIRD, FAR = "T20261120-2D8VXN", "T20261120-0000AB", "T20260801-9QZ7TB"
RESOLVED = entry("09:40", "resolved", mode="remote", cause="内存", action="重启")
REPEATED = entry("09:50", "cancelled", by="wang-lei", reason="重复", duplicate_of=TICKET)
REPLACED = entry(
    "09:50",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial="'OLD1'",
    installed_serial="'NEW1'",
)


def at(ticket: str, moment: str, *log: str) -> str:
    """A ticket reported then."""
    return a_ticket(ticket, reported_at=moment, log=[entry(moment, "opened", by="wang-lei"), *log])


BEFORE = {
    ticket_path(OTHER): at(OTHER, "2026-11-20T09:13:00+08:00", REPEATED),
    ticket_path(FAR): at(
        FAR, "2026-08-01T09:00:00+08:00", entry("2026-08-01T09:10:00+08:00", "arived")
    ),
}
"""What had landed: a duplicate of the ticket that changes, and one that is wrong already."""


def requested(weibao: Weibao, path: Path, change: Callable[[Repository], object]) -> str:
    """The head of a branch with the change, beside ``main``."""
    weibao.repository = made = record_repository(path / "clone")
    weibao.set_clock(NOW)
    for name, text in BEFORE.items():
        made.write(name, text)
    made.commit("先前", at="2026-11-20T09:55:00+08:00")
    made.branch("request")
    change(made)
    return made.commit("请求", at="2026-11-20T10:25:00+08:00")


def _round(name: str) -> str:
    return an_inspection(entry("2026-11-20T09:30:00+08:00", "started")).replace(INSPECTION, name)


def told(weibao: Weibao, *more: str) -> Told:
    found: Told = json.loads(weibao("check", *more, "--format", "json").out)["findings"]
    return found


def _sense(finding: dict[str, object]) -> str:
    kept = {key: value for key, value in finding.items() if key not in {"line", "column"}}
    return json.dumps(kept, sort_keys=True)


def _append(*lines: str) -> Callable[[Repository], object]:
    return lambda made: made.append(PATH, *lines)


def _write(path: str, text: str) -> Callable[[Repository], object]:
    return lambda made: made.write(path, text)


def _make_executable(made: Repository) -> None:
    (made.path / PATH).chmod(0o755)
    made.git("update-index", "--chmod=+x", PATH)  # for a system that has no such mode


NARROW: dict[str, tuple[Callable[[Repository], object], set[str]]] = {
    "a step": (_append(entry("09:20", "acknowledged")), set()),
    "a step that is wrong": (_append(entry("09:20", "arived")), {"R204"}),
    "a person who is not there": (_append(entry("09:20", "acknowledged", by="nobody")), {"X101"}),
    "what another was cancelled for": (_append(RESOLVED), {"X220"}),
    "a repeat": (_write(ticket_path(THIRD), at(THIRD, "2026-11-20T09:30:00+08:00")), {"X212"}),
    "what another repeats": (_write(ticket_path(THIRD), at(THIRD, "2026-11-20T09:00:00+08:00")), {"X212"}),
    "another's repeat in other letters": (
        _write(ticket_path(THIRD), at(THIRD, "2026-11-20T09:30:00+08:00").replace("T09:30:00+08:00\n", "T01:30:00Z\n")),
        {"X212"},
    ),
    "cut short": (_write(PATH, a_ticket()[:-20]), {"L101"}),
}  # fmt: skip
WHOLE: dict[str, tuple[Callable[[Repository], object], set[str]]] = {
    "a piece in equipment": (_append(entry("09:20", "acknowledged"), REPLACED), set()),
    "deleted": (lambda made: made.remove(PATH), {"L104"}),
    "the staff": (lambda made: made.write("records/staff.yaml", made.read("records/staff.yaml").replace("zhao-min", "zhao-ming")), set()),
    "a namesake": (_write(PATH.replace("/20/", "/21/"), a_ticket()), {"X210"}),
    "a stray": (_write("records/notes.txt", "x\n"), {"R302"}),
    "an executable": (_make_executable, {"R303"}),
}  # fmt: skip


@pytest.mark.parametrize("named", [*NARROW, *WHOLE])
def test_it_finds_all_that_the_change_brings_and_all_of_its_files(
    weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    change, codes = (NARROW | WHOLE)[named]
    head = requested(weibao, tmp_path, change)
    everything = told(weibao, "--base", "main", "--at", head)
    before = {_sense(finding) for finding in told(weibao, "--at", "main")}
    judged_all: list[object] = []
    whole = changed.judged

    def noted(session: Session, asked: JudgedFiles, base: str, at: str) -> tuple[Finding, ...]:
        judged_all.append(asked)
        return whole(session, asked, base, at)

    monkeypatch.setattr(changed, "judged", noted)
    found = told(weibao, "--base", "main", "--at", head, "--changed")

    assert bool(judged_all) == (named in WHOLE)
    brought = [finding for finding in everything if _sense(finding) not in before]
    assert codes <= {str(finding["code"]) for finding in brought}
    assert [finding for finding in found if _sense(finding) not in before] == brought
    touched = set(weibao.repository.git("diff", "--name-only", "main", head).split())
    of_them = [finding for finding in everything if finding["path"] in touched]
    assert [finding for finding in found if finding["path"] in touched] == of_them


def test_no_setting_of_a_clone_hides_what_the_change_bears_upon(
    weibao: Weibao, tmp_path: Path
) -> None:
    head = requested(weibao, tmp_path, _append(RESOLVED))
    for setting, value in (("color.ui", "always"), ("submodule.recurse", "true")):
        weibao.repository.git("config", setting, value)
    found = told(weibao, "--base", "main", "--at", head, "--changed")
    assert "X220" in {finding["code"] for finding in found}


def test_what_others_have_landed_since_is_not_the_requests(weibao: Weibao, tmp_path: Path) -> None:
    head = requested(weibao, tmp_path, _append(entry("09:20", "acknowledged")))
    made = weibao.repository
    made.switch("main")
    made.write("records/notes.txt", "x\n")
    made.commit("别人的", at="2026-11-20T10:30:00+08:00")
    assert told(weibao, "--base", "main", "--at", head, "--changed") == []

    assert told(weibao, "--base", "main", "--at", "main", "--changed") == []


def test_what_a_request_took_in_is_judged_as_a_whole(weibao: Weibao, tmp_path: Path) -> None:
    requested(weibao, tmp_path, _append(entry("09:20", "acknowledged")))
    made = weibao.repository
    made.switch("main")
    made.write("records/notes.txt", "x\n")
    made.commit("别人的", at="2026-11-20T10:30:00+08:00")
    made.switch("request")
    asked = ("--base", "main", "--at", made.merge("main", at="2026-11-20T10:40:00+08:00"))
    assert told(weibao, *asked, "--changed") == told(weibao, *asked)


def test_a_round_is_judged_with_all_rounds(weibao: Weibao, tmp_path: Path) -> None:
    def two(made: Repository) -> None:
        made.write(ticket_path("I20261120-4F2MXA"), _round("I20261120-4F2MXA"))
        made.commit("一", at="2026-11-20T10:10:00+08:00")
        made.git("branch", "-f", "main")
        made.write(ticket_path("I20261120-9QZ7TB"), _round("I20261120-9QZ7TB"))

    head = requested(weibao, tmp_path, two)
    found = told(weibao, "--base", "main", "--at", head, "--changed")
    everything = told(weibao, "--base", "main", "--at", head)
    assert [finding["code"] for finding in found if finding["code"] == "X213"] == ["X213"]
    assert found == [one for one in everything if "inspections" in str(one["path"])]


def test_without_a_configuration_nothing_passes(weibao: Weibao, tmp_path: Path) -> None:
    def spoilt(made: Repository) -> None:
        made.append("records/plan.yaml", "plan: {}")
        made.commit("坏了", at="2026-11-20T10:10:00+08:00")
        made.git("branch", "-f", "main")
        made.append(PATH, entry("09:20", "acknowledged"))

    head = requested(weibao, tmp_path, spoilt)
    found = told(weibao, "--base", "main", "--at", head, "--changed")
    assert {finding["path"] for finding in found} == {"records/plan.yaml"}
    assert weibao("check", "--base", "main", "--at", head, "--changed").code == 1


def test_it_is_of_a_whole_commit(weibao: Weibao, tmp_path: Path) -> None:
    head = requested(weibao, tmp_path, _append(entry("09:20", "acknowledged")))
    assert weibao("check", "--changed").code == 2
    assert weibao("check", "--changed", "--at", head, PATH).code == 2
    assert weibao("check", "--changed", "--at", head, "--watch").code == 2


def test_every_check_of_files_against_each_other_is_thought_of() -> None:
    """Of a new one somebody must say which other files it looks at, or a change would pass unjudged."""
    assert {check.__name__ for check in file_checks()} == {
        "check_drills",  # the names of pages
        "check_duplicates",  # the ticket that is named
        "check_emergency_pages",  # pages, which are judged with everything
        "check_handwritten",  # pages
        "check_ids",  # the names of files
        "check_inspections",  # all inspections
        "check_keys",  # keys, which are judged with everything
        "check_old_parts",  # the ledger of spares
        "check_planned_twice",  # tickets with a window, which are judged with everything
        "check_serials",  # what tickets say of pieces, which is judged with everything
        "check_shifts",  # all shifts
        "check_tickets",  # tickets that were reported at nearly one time
    }
