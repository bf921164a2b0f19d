"""The headline calls nothing calm that a repository can no longer bear out; each has an honest twin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, TICKET, Weibao, record_repository
from building.contract import ASSETS, CONTRACT, a_ticket, another_asset, entry
from weibao.language import language
from weibao.render.site.reading import read_audit, read_book
from weibao.render.words.headline import sentence_told
from weibao.report.headline import Mood, Statement, headline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from building.repository import Repository
    from weibao.report.headline import Headline

AS_OF = "2026-11-20T09:40:00+08:00"
LATER = "2026-11-20T09:31:00+08:00"
ERP = "  erp: {name: {zh: 资源计划系统, en: Resource planning}}\n"
BOTH = {
    "contract": CONTRACT.replace("services:\n", f"services:\n{ERP}"),
    "assets": ASSETS + another_asset("edge-01").replace("[mes]", "[erp]"),
}


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return Weibao(record_repository(tmp_path / "made"), monkeypatch, capsys)


def now(repository: Repository) -> Headline:
    return headline(book_at(repository, as_of=AS_OF))


def says(found: Headline) -> tuple[Statement, Statement, Statement]:
    services, promises, record = (sentence.says for sentence in found.sentences)
    return services, promises, record


def away(repository: Repository) -> None:
    repository.remove(PATH)


def moved(repository: Repository) -> None:
    (repository.path / "old").mkdir()
    repository.git("mv", PATH, "old/fault.yaml")


def other_asset(repository: Repository) -> None:
    repository.write(PATH, repository.read(PATH).replace("[core-sw-01]", "[edge-01]"))


@pytest.mark.parametrize("edit", [away, moved])
def test_a_fault_whose_file_is_gone_leaves_what_it_named_unknown_and_its_promises_too(
    tmp_path: Path, edit: Callable[[Repository], None]
) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    assert says(now(repository))[0] is Statement.OUT
    edit(repository)
    repository.commit("整理", at=LATER)
    found = now(repository)

    assert says(found) == (Statement.NOT_KNOWN, Statement.DOUBTED, Statement.DAMAGED)
    assert found.services.subjects == ("mes",)
    assert found.promises.subjects == (TICKET,)


def test_in_a_terminal_nobody_is_told_that_no_ticket_is_open_where_one_was_taken_away(
    weibao: Weibao,
) -> None:
    away(weibao.repository)
    weibao.repository.commit("整理", at=LATER)
    told = weibao("status", "--as-of", AS_OF).out
    assert f"What these tickets promise is not known: {TICKET}. See: weibao check" in told
    assert "No ticket is open." not in told


def test_a_copy_of_a_fault_where_no_record_may_lie_may_be_about_anything(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    repository.write(f"records/tickets/elsewhere/{TICKET}.yaml", repository.read(PATH))
    repository.commit("另存", at=LATER)
    found = now(repository)

    assert (found.services.says, found.services.unknown) == (Statement.OUT, 1)
    assert found.record.mood is Mood.BAD


def test_a_fault_that_is_made_to_name_something_else_leaves_both_unknown(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    other_asset(repository)
    repository.commit("更正", at=LATER)
    found = now(repository)

    assert found.services.says is Statement.OUT  # of what it names now, the outage is known
    assert (found.services.subjects, found.services.unknown) == (("erp",), 1)
    assert found.record.says is Statement.DAMAGED


def test_the_honest_twin_a_fault_that_is_restored_leaves_nothing_unknown(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    repository.append(
        PATH, entry("09:28", "acknowledged"), entry("09:29", "restored", mode="remote")
    )
    repository.commit("恢复", at=LATER)

    assert says(now(repository)) == (
        Statement.NO_IMPACT,
        Statement.IN_TIME,
        Statement.UNDAMAGED,
    )


@pytest.mark.parametrize(
    ("severity", "asset", "expected"),
    [
        (1, "", Statement.NOT_KNOWN),
        (1, "core-sw-9", Statement.NOT_KNOWN),
        (3, "", Statement.NO_IMPACT),
        (1, "core-sw-01", Statement.OUT),
    ],
)
def test_a_fault_that_does_not_say_what_it_is_about_is_not_about_nothing(
    tmp_path: Path, severity: int, asset: str, expected: Statement
) -> None:
    ticket = a_ticket(severity=severity, log=[entry("09:15", "opened", by="wang-lei")])
    repository = record_repository(tmp_path / "clone", log=(), **BOTH)
    repository.append(PATH, entry("09:16", "cancelled", by="wang-lei", reason="误报"))
    other = ticket.replace(TICKET, "T20261120-7K3Q9N").replace("[core-sw-01]", f"[{asset}]")
    repository.write(PATH.replace(TICKET, "T20261120-7K3Q9N"), other)
    repository.commit("受理", at="2026-11-20T09:20:00+08:00", by="wang.lei@provider.example")

    assert now(repository).services.says is expected


@pytest.mark.parametrize(
    ("severity", "expected"), [(1, Statement.FAULTS_OPEN), (3, Statement.NO_IMPACT)]
)
def test_a_grave_fault_that_is_said_to_take_nothing_is_told_beside_it(
    tmp_path: Path, severity: int, expected: Statement
) -> None:
    repository = record_repository(tmp_path / "clone", log=(), **BOTH)
    repository.append(PATH, entry("09:16", "cancelled", by="wang-lei", reason="误报"))
    log = [entry("09:15", "opened", by="wang-lei")]
    said = "impact: [{on: mes, state: none}]\nlog:\n"
    ticket = a_ticket("T20261120-7K3Q9N", severity=severity, log=log).replace("log:\n", said)
    repository.write(PATH.replace(TICKET, "T20261120-7K3Q9N"), ticket)
    repository.commit("受理", at="2026-11-20T09:20:00+08:00", by="wang.lei@provider.example")
    found = now(repository).services

    assert (found.says, found.mood is Mood.CALM) == (expected, severity == 3)


def test_a_ticket_that_cannot_be_read_is_counted_once(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    repository.append(
        PATH, "  - {at: 2026-11-20T09:30:00+08:00, event: paused, by: li-qiang, x: y}"
    )
    repository.commit(at=LATER)
    assert (now(repository).promises.says, now(repository).promises.number) == (
        Statement.DOUBTED,
        1,
    )


def test_a_service_that_is_taken_out_of_the_contract_stays_until_it_works_again(
    tmp_path: Path,
) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    mes = "  mes: {name: {zh: 生产管理系统, en: Manufacturing execution}}\n"
    assert mes in BOTH["contract"]
    repository.write("records/contract.yaml", BOTH["contract"].replace(mes, ""))
    repository.write("records/assets.yaml", BOTH["assets"].replace("[mes]", "[]"))
    repository.commit("合同", at=LATER, by="chen.jie@provider.example")
    assert (now(repository).services.says, now(repository).services.subjects) == (
        Statement.OUT,
        ("mes",),
    )
    repository.append(PATH, entry("09:35", "restored", mode="remote"))
    repository.commit("恢复", at="2026-11-20T09:36:00+08:00", by="wang.lei@provider.example")
    assert now(repository).services.says is Statement.NO_IMPACT


def test_where_one_service_is_unknown_none_is_said_not_to_be_down(tmp_path: Path) -> None:
    repository = record_repository(tmp_path / "clone", **BOTH)
    degrading = a_ticket(
        "T20261120-7K3Q9N", severity=3, log=(entry("09:15", "opened", by="wang-lei"),)
    )
    degrading = degrading.replace("log:\n", "impact: [{on: erp, state: degraded}]\nlog:\n")
    repository.write(
        PATH.replace(TICKET, "T20261120-7K3Q9N"), degrading.replace("[core-sw-01]", "[edge-01]")
    )
    repository.commit("又一张", at="2026-11-20T09:20:00+08:00", by="wang.lei@provider.example")
    told = _told(repository)
    assert (told.startswith("Manufacturing execution is down"), "1 more is affected" in told) == (
        True,
        True,
    )

    away(repository)
    repository.commit("删", at=LATER)
    told = _told(repository)
    assert told.startswith("Resource planning is degraded")
    assert told.endswith("of 1 more nothing is known")


def _told(repository: Repository) -> str:
    book = book_at(repository, as_of=AS_OF)
    return sentence_told(headline(book).services, book.records, language("en"))


def test_what_the_official_branch_has_besides_is_told(tmp_path: Path, weibao: Weibao) -> None:
    repository = weibao.repository
    assert _record(weibao) != "behind"
    repository.git("switch", "-q", "-c", "side", "HEAD~1")

    assert _record(weibao) == "behind"
    assert "“main” has 1 commit that is not in what is said here" in weibao("status").out
    repository.git("switch", "-q", "main")
    clone = repository.clone(tmp_path / "clone")
    repository.append(PATH, entry("09:30", "acknowledged"))
    repository.commit(at=LATER)
    clone.git("fetch", "-q")
    book = read_book(clone.path, "HEAD", AS_OF, None)
    assert headline(read_audit(clone.path, book).book).record.says is Statement.BEHIND
    clone.git("merge", "-q", "--ff-only", "origin/main")
    book = read_book(clone.path, "HEAD", AS_OF, None)
    assert headline(read_audit(clone.path, book).book).record.says is not Statement.BEHIND


def _record(weibao: Weibao) -> str:
    said: str = json.loads(weibao("status", "--format", "json").out)["headline"]["record"]["says"]
    return said


def test_the_site_calls_no_record_sound_of_which_its_own_audit_finds_an_error(
    tmp_path: Path,
) -> None:
    repository = record_repository(tmp_path / "clone")
    repository.git("branch", "-q", "-m", "main", "elsewhere")
    whole = read_audit(repository.path, read_book(repository.path, "HEAD", AS_OF, None))

    assert {finding.code for finding in whole.unsound} == {"L121"}
    assert headline(whole.book).record.says is Statement.ERRORS
    assert headline(whole.book.at(whole.book.as_of + 60)).record.mood is Mood.BAD
