"""A contract changed while it was worked by: what became looser, stricter, or other too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH as TICKET_PATH
from building.commands import record_repository
from building.contract import CONTRACT, a_ticket, entry, small_contract, with_register
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.render.words.findings import tell
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.model.finding import Finding

PATH = "records/contract.yaml"
NEXT_DAY = "2026-11-21T09:00:00+08:00"


CHANGES = {"E106", "E111", "E112", "E121"}


def found_in(repository: Repository) -> list[Finding]:
    book = book_of(read_snapshot(Git(repository.path)), parse_instant("2026-12-31T12:00:00+08:00"))
    return [one for one in book.findings if one.code in CHANGES]


def changed(
    folder: Path, *changes: tuple[str, str], at: str = NEXT_DAY, contract: str = CONTRACT
) -> list[Finding]:
    """What is found of a contract of 20 November that is changed in these steps."""
    repository = record_repository(folder / "clone", contract=contract)
    for old, new in changes:
        text = repository.read(PATH)
        assert text.count(old) == 1
        repository.write(PATH, text.replace(old, new))
        repository.commit("合同", at=at)
    return found_in(repository)


def told(found: list[Finding]) -> list[tuple[str, object, object, object]]:
    return [(one.code, *(one.facts.get(key) for key in ("setting", "old", "new"))) for one in found]


SIGNED = "  signed: {from: 2026-11-20T09:00:00+08:00, events: [closed, confirmed]}\n"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("", "E112"),
        (SIGNED.replace("closed, ", ""), "E112"),
        (SIGNED.replace("11-20T09", "12-01T09"), "E112"),
        (SIGNED.replace("11-20T09", "11-19T09"), "E121"),
        (SIGNED.replace("closed", "closed, countersigned"), "E121"),
    ],
)
def test_a_demand_for_signatures_is_looser_for_fewer_steps_or_a_later_day(
    tmp_path: Path, new: str, code: str
) -> None:
    contract = CONTRACT.replace("  main: main\n", f"  main: main\n{SIGNED}")
    (found,) = changed(tmp_path, (SIGNED, new), contract=contract)
    assert (found.code, found.facts["setting"]) == (code, "evidence.signed")
    assert found.facts["old"] == "2026-11-20T09:00:00+08:00: closed, confirmed"


def test_signatures_asked_for_where_none_were_are_no_loosening(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, ("  main: main\n", f"  main: main\n{SIGNED}"))
    assert (found.code, found.facts["old"]) == ("E121", "—")


LADDER = "  - {at: 75%, level: 2, to: [supervisor]}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tolerance: 15m", "tolerance: 90s", ("E121", "evidence.tolerance", "15m", "90s")),
        ("tolerance: 15m", "tolerance: 2h", ("E112", "evidence.tolerance", "15m", "2h")),
        ("  tolerance: 15m\n", "", None),
        (
            "  late_entry: 24h\n",
            "  late_entry: 36h\n",
            ("E112", "evidence.late_entry", "24h", "36h"),
        ),
        (
            "landing_within: 4h",
            "landing_within: 3h",
            ("E121", "evidence.landing_within", "4h", "3h"),
        ),
        ("clock_skew: 5m", "clock_skew: 6m", ("E112", "evidence.clock_skew", "5m", "6m")),
        ("tolerance: 15m", "tolerance: 900s", None),
    ],
)
def test_a_policy_is_told_with_its_values_looser_or_not(
    tmp_path: Path, old: str, new: str, expected: tuple[str, ...] | None
) -> None:
    assert told(changed(tmp_path, (old, new))) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("", "E112"),
        ("  - {at: 80%, level: 2, to: [supervisor]}\n", "E112"),
        ("  - {at: 75%, level: 2, to: [desk]}\n", "E112"),
        ("  - {at: 60%, level: 2, to: [supervisor]}\n", "E121"),
        ("  - {at: 75%, level: 2, to: [supervisor, pm]}\n", "E121"),
        ("  - {at: 75%, level: 3, to: [supervisor]}\n", "E121"),
    ],
    ids=["out", "later", "others", "earlier", "more", "renumbered"],
)
def test_a_ladder_is_looser_where_somebody_is_told_later_or_not_at_all(
    tmp_path: Path, new: str, code: str
) -> None:
    (found,) = changed(tmp_path, (LADDER, new))
    assert (found.code, found.facts["setting"]) == (code, "escalation")
    assert "from 50%: service desk" in tell(found, language("en")).message
    chinese = tell(found, language("zh")).message
    assert "75%: 主管" in chinese
    assert "supervisor" not in chinese
    assert found.facts["author"] == "li.qiang@provider.example"
    assert found.facts["time"] == NEXT_DAY


def test_until_the_first_record_everything_may_be_edited_freely(tmp_path: Path) -> None:
    """The README's own first step: ``init``, then the terms are written, then the first ticket."""
    repository = Repository(tmp_path / "clone")
    for name, text in small_contract().items():
        repository.write(name, text)
    for name in ("spares", "actions"):
        text = repository.read(f"records/{name}.yaml")
        repository.write(f"records/{name}.yaml", text[: text.index("log:") + 4] + "\n")
    repository.commit("合同", at="2026-11-20T09:00:00+08:00")
    text = repository.read(PATH).replace("tolerance: 15m", "tolerance: 2h")
    text = text.replace("respond: {within: 30m", "respond: {within: 45m").replace(
        *holiday("2026-11-19")
    )
    repository.write(PATH, text)
    repository.commit("条款", at="2026-11-20T09:05:00+08:00")
    repository.write(TICKET_PATH, a_ticket(log=[entry("09:15", "opened", by="wang-lei")]))
    repository.commit("受理", at="2026-11-20T09:16:00+08:00")
    assert found_in(repository) == []
    repository.write(PATH, text.replace("tolerance: 2h", "tolerance: 3h"))
    repository.commit("条款", at=NEXT_DAY)
    assert told(found_in(repository)) == [("E112", "evidence.tolerance", "2h", "3h")]


SINCE = "since: 2026-01-01T00:00:00+08:00"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (SINCE, "since: 2026-06-01T00:00:00+08:00", "E112"),
        (SINCE, "since: 2025-06-01T00:00:00+08:00", "E121"),
        (f"  {SINCE}\n", "", "E121"),
        (SINCE, "since: 2025-12-31T16:00:00Z", None),
        ("main: main", "main: release", "E112"),
    ],
    ids=["later", "earlier", "none", "the same instant", "another branch"],
)
def test_where_evidence_begins_and_which_branch_counts_stay_as_agreed(
    tmp_path: Path, before: str, after: str, code: str | None
) -> None:
    found = changed(tmp_path, (before, after))
    assert [one.code for one in found] == ([code] if code else [])


DESK_REGISTER = with_register("evidence:\n", "2026-01-10T00:00:00+08:00")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("evidence:\n", DESK_REGISTER, "E112"),
        (DESK_REGISTER, DESK_REGISTER.replace("01-10", "12-31"), "E112"),
        (DESK_REGISTER, DESK_REGISTER.replace("a" * 64, "c" * 64), "E112"),
        (DESK_REGISTER, "evidence:\n", "E121"),
    ],
    ids=["added", "open for longer", "another file", "taken out"],
)
def test_an_old_register_stays_as_it_was_agreed(
    tmp_path: Path, before: str, after: str, code: str
) -> None:
    contract = CONTRACT.replace("evidence:\n", before)
    assert [one.code for one in changed(tmp_path, (before, after), contract=contract)] == [code]


def test_a_beginning_added_where_there_was_none_is_found(tmp_path: Path) -> None:
    without = CONTRACT.replace(f"  {SINCE}\n", "")
    found = changed(tmp_path, ("evidence:\n", f"evidence:\n  {SINCE}\n"), contract=without)
    assert [(one.code, one.facts["old"]) for one in found] == [("E112", "—")]


FRIDAY = 'fri: ["09:00-18:00"]'
OVERRIDES = "    overrides:\n"


def holiday(day: str) -> tuple[str, str]:
    return (OVERRIDES, f"{OVERRIDES}      - {{days: [{day}], hours: [], why: 放假}}\n")


@pytest.mark.parametrize(
    ("day", "days"),
    [("2026-11-20", ("2026-11-20",)), ("2026-11-21", None), ("2026-11-23", None)],
    ids=["yesterday", "a day that is free anyway", "ahead"],
)
def test_a_holiday_must_land_before_its_day_begins(
    tmp_path: Path, day: str, days: tuple[str, ...] | None
) -> None:
    found = changed(tmp_path, holiday(day))
    assert [(one.code, one.facts["days"]) for one in found] == ([("E111", days)] if days else [])


@pytest.mark.parametrize(("at", "codes"), [("22T23:59", []), ("23T00:00", ["E111"])])
def test_the_day_begins_at_midnight_of_the_contract(
    tmp_path: Path, at: str, codes: list[str]
) -> None:
    told_late = changed(tmp_path, holiday("2026-11-23"), at=f"2026-11-{at}:00+08:00")
    assert [one.code for one in told_late] == codes


def test_weekly_hours_change_every_day_that_has_passed(tmp_path: Path) -> None:
    (found,) = changed(tmp_path, (FRIDAY, 'fri: ["09:00-17:00"]'))
    assert found.facts["days"] == ("2026-01-09…2026-11-20",)
    assert found.facts["calendar"] == "workdays"


def test_days_that_nobody_had_covered_may_be_covered_late(tmp_path: Path) -> None:
    extend = (
        "covers: {from: 2026-01-01, to: 2026-12-31}",
        "covers: {from: 2026-01-01, to: 2027-12-31}",
    )
    assert changed(tmp_path / "in time", extend) == []
    assert changed(tmp_path / "late", extend, at="2027-01-04T09:00:00+08:00") == []


def test_a_new_calendar_changes_nothing_that_was_promised(tmp_path: Path) -> None:
    new = '  office:\n    hours: {mon: ["08:00-12:00"]}\n    covers: {from: 2026-01-01, to: 2026-12-31}\nsla:\n'
    assert changed(tmp_path, ("sla:\n", new)) == []


def test_a_holiday_taken_out_after_it_has_passed_is_found_at_the_commit_that_did(
    tmp_path: Path,
) -> None:
    line = "      - {days: [2026-09-25], hours: [], why: 中秋节}\n"
    repository = record_repository(tmp_path / "clone", contract=CONTRACT.replace(line, ""))
    text = repository.read(PATH)
    repository.write(PATH, text.replace(OVERRIDES, OVERRIDES + line.replace("09-25", "12-25")))
    repository.commit("合同", at=NEXT_DAY)
    repository.write(PATH, text)
    out = repository.commit("合同", at="2026-12-26T09:00:00+08:00")
    (found,) = found_in(repository)
    assert (found.code, found.facts["commit"], found.facts["days"]) == (
        "E111",
        out,
        ("2026-12-25",),
    )
    assert parse_instant(str(found.facts["time"])) == parse_instant("2026-12-26T09:00:00+08:00")


def test_an_edition_that_is_no_valid_contract_is_passed_over(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone")
    text = repository.read(PATH)
    repository.write(PATH, "evidence: {tolerance: 9h}\n")
    repository.commit("坏", at=NEXT_DAY)
    repository.write(PATH, text)
    repository.commit("好", at="2026-11-21T10:00:00+08:00")
    assert found_in(repository) == []
