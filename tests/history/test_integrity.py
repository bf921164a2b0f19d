"""Records only grow: every way of taking something back is found, and lawful work is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.proving import (
    AS_OF,
    OPENED,
    PATH,
    POLICY,
    TICKET,
    clock,
    codes,
    damage,
    day,
    ledger,
    opened,
    step,
)
from building.repository import Repository
from weibao.history.integrity import changes_against, integrity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = entry("09:20", "acknowledged")
SECOND = entry("10:30", "arrived")
THIRD = entry("11:20", "restored", mode="on_site")
WHOLE = a_ticket(TICKET, log=[OPENED, FIRST, SECOND])

DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "an entry changed": (lambda text: text.replace("10:30:00", "09:30:00"), "L101"),
    "an entry dropped": (lambda text: text.replace(f"{FIRST}\n", ""), "L101"),
    "an entry inserted": (lambda text: text.replace(SECOND, f"{THIRD}\n{SECOND}"), "L102"),
    "two entries swapped": (
        lambda text: text.replace(f"{FIRST}\n{SECOND}", f"{SECOND}\n{FIRST}"),
        "L102",
    ),
    "the header changed": (lambda text: text.replace("severity: 1", "severity: 2"), "L103"),
    "a comment added above the log": (lambda text: text.replace("log:", "# x\nlog:"), "L103"),
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    built = Repository(tmp_path / "clone")
    opened(built, text=WHOLE)
    return built


@pytest.mark.parametrize(("alter", "code"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found_in_history(
    repository: Repository, alter: Callable[[str], str], code: str
) -> None:
    repository.write(PATH, alter(WHOLE))
    commit = repository.commit(at=day("12:00"), by="zhao.min@provider.example")
    (finding,) = damage(repository)
    assert (finding.code, finding.place.path, finding.record) == (code, PATH, TICKET)
    assert finding.facts["commit"] == commit
    assert finding.facts["author"] == "zhao.min@provider.example"
    assert finding.facts["show"] == f"git show {commit} -- {PATH}"


@pytest.mark.parametrize(("alter", "code"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found_between_two_sets_of_files(alter: Callable[[str], str], code: str) -> None:
    (finding,) = changes_against({PATH: WHOLE.encode()}, {PATH: alter(WHOLE).encode()}, "HEAD")
    assert (finding.code, finding.place.path) == (code, PATH)


@pytest.mark.parametrize(("alter", "code"), DAMAGES.values(), ids=DAMAGES)
def test_damage_done_within_a_merge_is_found(
    repository: Repository, alter: Callable[[str], str], code: str
) -> None:
    repository.branch("side")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("11:00"))
    repository.switch("main")
    merge = repository.merge(
        "side", at=day("12:00"), edit=lambda: repository.write(PATH, alter(WHOLE))
    )
    (finding,) = damage(repository)
    assert (finding.code, finding.facts["commit"]) == (code, merge)


def test_a_changed_entry_is_told_with_its_line_before_and_after(repository: Repository) -> None:
    repository.write(PATH, WHOLE.replace("10:30:00", "09:30:00"))
    repository.commit(at=day("12:00"))
    (finding,) = damage(repository)
    assert finding.facts["old"] == SECOND.strip()
    assert finding.facts["new"] == SECOND.replace("10:30", "09:30").strip()
    assert WHOLE.splitlines()[finding.place.line - 1] == SECOND


def test_a_changed_header_is_told_with_its_line(repository: Repository) -> None:
    repository.write(PATH, WHOLE.replace("severity: 1", "severity: 2"))
    repository.commit(at=day("12:00"))
    (finding,) = damage(repository)
    assert (finding.facts["old"], finding.facts["new"]) == ("severity: 1", "severity: 2")
    assert WHOLE.splitlines()[finding.place.line - 1] == "severity: 1"


def test_a_deleted_record_is_found(repository: Repository) -> None:
    repository.remove(PATH)
    repository.commit(at=day("12:00"))
    assert codes(repository) == ["L104"]


@pytest.mark.parametrize("text", [WHOLE, WHOLE.replace("主控板", "电源")])
def test_a_moved_record_is_found_though_its_text_changed_too(
    repository: Repository, text: str
) -> None:
    elsewhere = ticket_path("T20261121-7K3Q9M")
    repository.remove(PATH)
    repository.write(elsewhere, text)
    repository.commit(at=day("12:00"))
    (finding,) = damage(repository)
    assert (finding.code, finding.place.path) == ("L105", elsewhere)
    assert (finding.facts["old"], finding.facts["new"]) == (PATH, elsewhere)


def test_a_record_created_again_is_held_against_what_was_deleted(repository: Repository) -> None:
    repository.remove(PATH)
    commit = repository.commit(at=day("12:00"))
    repository.write(PATH, WHOLE.replace("10:30:00", "09:30:00"))
    repository.commit(at=day("12:10"))
    found = {one.code: one for one in damage(repository)}
    assert found.keys() == {"L101", "L106"}
    assert {one.facts["commit"] for one in found.values()} == {commit}
    assert found["L101"].facts["new"] == SECOND.replace("10:30", "09:30").strip()


def test_a_record_created_again_as_it_was_is_told_and_no_error(repository: Repository) -> None:
    repository.remove(PATH)
    commit = repository.commit(at=day("12:00"))
    repository.write(PATH, WHOLE)
    repository.commit(at=day("12:10"))
    (found,) = damage(repository)
    assert (found.code, found.facts["commit"], found.facts["old"]) == ("L106", commit, PATH)


def test_a_record_made_anew_on_its_branch_lacks_what_it_had_before(repository: Repository) -> None:
    other = "T20261120-000001"
    path = ticket_path(other)
    repository.branch("side")
    repository.write(path, a_ticket(other, severity=2, log=[OPENED, FIRST]))
    repository.commit(at=day("11:00"))
    repository.remove(path)
    repository.commit(at=day("11:10"))
    repository.write(path, a_ticket(other, severity=2, log=[OPENED, SECOND]))
    repository.commit(at=day("11:20"))
    repository.switch("main")
    repository.merge("side", at=day("12:00"))
    (lost, _) = damage(repository)
    assert (lost.code, lost.facts["old"]) == ("L101", FIRST.strip())


def test_a_merge_that_drops_one_sides_entries_is_found(repository: Repository) -> None:
    repository.branch("side")
    step(repository, THIRD, "11:21")
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("11:30"))
    merge = repository.merge("side", at=day("12:00"), options=["-s", "ours"])
    (finding,) = damage(repository)
    assert (finding.code, finding.facts["commit"]) == ("L101", merge)
    assert finding.facts["old"] == THIRD.strip()


def test_a_merge_that_drops_one_sides_record_is_found(repository: Repository) -> None:
    other = "T20261120-000001"
    repository.branch("side")
    repository.write(ticket_path(other), a_ticket(other))
    repository.commit(at=day("11:00"))
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("11:30"))
    repository.merge("side", at=day("12:00"), options=["-s", "ours"])
    (finding,) = damage(repository)
    assert (finding.code, finding.record) == ("L104", other)


def test_damage_done_on_a_branch_is_told_once_and_not_again_at_its_merge(
    repository: Repository,
) -> None:
    repository.branch("side")
    repository.write(PATH, WHOLE.replace("10:30:00", "09:30:00"))
    commit = repository.commit(at=day("11:00"))
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("11:30"))
    repository.merge("side", at=day("12:00"))
    assert [one.facts["commit"] for one in damage(repository)] == [commit]


def test_a_deletion_on_a_branch_is_told_once(repository: Repository) -> None:
    repository.branch("side")
    repository.remove(PATH)
    commit = repository.commit(at=day("11:00"))
    repository.switch("main")
    repository.write("records/duty.yaml", "rotas: {}\n")
    repository.commit(at=day("11:30"))
    repository.merge("side", at=day("12:00"))
    assert [(one.code, one.facts["commit"]) for one in damage(repository)] == [("L104", commit)]


def test_the_same_id_made_on_two_branches_loses_one_header(repository: Repository) -> None:
    other = "T20261120-000001"
    path = ticket_path(other)
    repository.branch("side")
    repository.write(path, a_ticket(other, severity=2))
    repository.commit(at=day("11:00"))
    repository.switch("main")
    repository.write(path, a_ticket(other, severity=3))
    repository.commit(at=day("11:30"))
    repository.merge(
        "side", at=day("12:00"), edit=lambda: repository.write(path, a_ticket(other, severity=3))
    )
    (finding,) = damage(repository)
    assert (finding.code, finding.facts["old"]) == ("L103", "severity: 2")


@pytest.mark.parametrize("lines", [[THIRD, "{other}"], ["{other}", THIRD]])
def test_a_merge_of_two_sides_entries_is_lawful_in_either_order(
    repository: Repository, lines: list[str]
) -> None:
    other = entry("11:25", "updated", by="wang-lei")
    repository.branch("side")
    step(repository, THIRD, "11:21")
    repository.switch("main")
    step(repository, other, "11:26")
    woven = WHOLE + "".join(
        f"{line.format(other=other) if line == '{other}' else line}\n" for line in lines
    )
    repository.merge("side", at=day("12:00"), edit=lambda: repository.write(PATH, woven))
    assert codes(repository) == []


def test_git_s_own_union_merge_is_lawful(repository: Repository) -> None:
    repository.write(".gitattributes", "records/**/*.yaml merge=union\n")
    repository.commit(at=day("10:40"))
    repository.branch("side")
    step(repository, THIRD, "11:21")
    repository.switch("main")
    step(repository, entry("11:25", "updated", by="wang-lei"), "11:26")
    repository.merge("side", at=day("12:00"))
    assert repository.read(PATH).count("\n") == WHOLE.count("\n") + 2
    assert codes(repository) == []


def test_configuration_may_change_and_the_heads_of_ledgers_too(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "clone")
    for path, text in small_contract().items():
        repository.write(path, text)
    repository.commit(at=day("09:00"))
    for name in ("staff", "duty", "assets", "plan", "contract"):
        repository.write(f"records/{name}.yaml", f"changed: {name}\n")
    spares = small_contract()["records/spares.yaml"]
    repository.write("records/spares.yaml", spares.replace("苏州备件库", "苏州一库"))
    repository.commit(at=day("10:00"))
    assert codes(repository) == []
    repository.write("records/spares.yaml", spares.replace("HDMPU1", "HDMPU9"))
    repository.commit(at=day("11:00"))
    assert codes(repository) == ["L101"]


def test_the_checks_say_how_much_they_examined(repository: Repository) -> None:
    step(repository, THIRD, "11:21")
    checks = integrity(ledger(repository), POLICY, AS_OF)
    assert [(check.name, check.examined, check.passed) for check in checks] == [
        ("commits_whole", 2, True),
        ("append_only", 2, True),
        ("headers_unchanged", 2, True),
        ("records_kept", 1, True),
        ("commit_times", 2, True),
    ]


def test_a_commit_dated_before_its_parent_is_found_unless_the_contract_distrusts_it(
    repository: Repository,
) -> None:
    step(repository, THIRD, "11:21")
    back = step(repository, entry("09:30", "updated"), "09:31")
    (finding,) = integrity(ledger(repository), POLICY, AS_OF)[-1].findings
    assert (finding.code, finding.place.path) == ("E103", PATH)
    assert finding.facts["commit"] == back
    assert finding.facts["parent_time"] == "2026-11-20T03:21:00+00:00"
    policy = replace(POLICY, distrusted={back: "时钟未校准"})
    assert integrity(ledger(repository, policy), policy, AS_OF)[-1].passed


def test_a_commit_from_the_future_is_found(repository: Repository) -> None:
    checks = integrity(ledger(repository), POLICY, clock("09:00"))
    assert [finding.code for finding in checks[-1].findings] == ["E107"]


def test_a_record_deleted_or_moved_against_the_base_is_found() -> None:
    elsewhere = ticket_path("T20261121-7K3Q9M")
    base = {PATH: WHOLE.encode()}
    assert [one.code for one in changes_against(base, {}, "HEAD")] == ["L104"]
    (moved,) = changes_against(base, {elsewhere: WHOLE.encode()}, "HEAD")
    assert (moved.code, moved.place.path, moved.facts["old"]) == ("L105", elsewhere, PATH)


def test_growth_against_the_base_is_no_finding() -> None:
    grown = {PATH: f"{WHOLE}{THIRD}\n".encode(), "records/staff.yaml": b"people: {}\n"}
    assert changes_against({PATH: WHOLE.encode(), "records/duty.yaml": b"x"}, grown, "HEAD") == ()


PHOTOGRAPH = "records/attachments/3f/3fa9.jpg"
CHECKPOINT = "checkpoints/2026-11-20-4f2a91c.json"


@pytest.mark.parametrize("path", [PHOTOGRAPH, CHECKPOINT])
def test_a_file_of_one_content_is_held_to_it(repository: Repository, path: str) -> None:
    repository.write(path, b"\xff one")
    repository.commit(at=day("10:00"))
    assert codes(repository) == []
    repository.write(path, b"\xff another")
    commit = repository.commit(at=day("10:10"))
    (found,) = damage(repository)
    assert (found.code, found.place.path, found.facts["commit"]) == ("L115", path, commit)
    shown = repository.git(*str(found.facts["show"]).split()[1:])
    assert str(found.facts["old"]) in shown
    assert str(found.facts["new"]) in shown
    repository.write(path, b"\xff one")
    repository.commit(at=day("10:20"))
    assert codes(repository) == ["L106"]
    repository.remove(path)
    repository.commit(at=day("10:30"))
    assert "L104" in codes(repository)


def test_a_content_changed_in_the_working_tree_is_found_before_it_is_committed() -> None:
    found = changes_against({PHOTOGRAPH: b"\xff one"}, {PHOTOGRAPH: b"\xff another"}, "HEAD")
    assert [(one.code, one.place.path) for one in found] == [("L115", PHOTOGRAPH)]


@pytest.mark.parametrize(
    ("path", "found"),
    [("records/reports/2026/2026-11.yaml", "L103"), ("records/agreements.yaml", None)],
)
def test_a_close_has_one_header_and_of_a_ledger_only_the_lines_are_kept(
    repository: Repository, path: str, found: str | None
) -> None:
    text = f"period: 2026-11\nlog:\n{FIRST}\n"
    repository.write(path, text)
    repository.commit(at=day("10:00"))
    repository.write(path, text.replace("period", "month"))
    repository.commit(at=day("10:10"))
    assert codes(repository) == ([found] if found else [])
    repository.write(path, text.replace(FIRST, SECOND))
    repository.commit(at=day("10:20"))
    assert "L101" in codes(repository)


def test_a_header_that_was_put_back_is_told_and_no_error(repository: Repository) -> None:
    repository.write(PATH, WHOLE.replace("severity: 1", "severity: 4"))
    commit = repository.commit(at=day("10:40"))
    repository.write(PATH, WHOLE)
    repository.commit(at=day("10:50"))
    (found,) = damage(repository)
    assert (found.code, found.facts["commit"]) == ("L106", commit)
    assert found.facts["old"] == "severity: 1"


def test_a_record_that_was_moved_back_is_told_and_no_error(repository: Repository) -> None:
    elsewhere = ticket_path("T20261121-7K3Q9M")
    for old, new, at in ((PATH, elsewhere, "10:40"), (elsewhere, PATH, "10:50")):
        repository.remove(old)
        repository.write(new, WHOLE)
        repository.commit(at=day(at))
    assert codes(repository) == ["L106"]


def test_a_line_that_says_nothing_may_go(repository: Repository) -> None:
    repository.append(PATH, "  - {at: 2026-11-20T11:00:00+08:00}", "  # noted")
    repository.commit(at=day("11:00"))
    repository.write(PATH, WHOLE)
    repository.commit(at=day("11:10"))
    assert codes(repository) == []
