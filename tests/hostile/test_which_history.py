"""Which history is judged: the official branch, all its ends, by the log that the contract names.

Each cheat has an honest twin beside it that stays clean.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, Weibao, record_repository
from building.contract import CONTRACT, entry
from building.sightings import keep_files
from hostile.dishonest import CONTRACT_PATH, DESK, STEPS, at, incident
from hostile.threats import Ending, caught
from weibao.history.first_sight.log import SeenLog, Sighting, seen_files
from weibao.history.git.refs import SEEN_REF
from weibao.model.instant import parse_instant
from weibao.refusal import Refusal
from weibao.render.site.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from building.repository import Repository

LATER = at("18:00")


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command; each test says in which repository."""
    return Weibao(record_repository(tmp_path / "empty"), monkeypatch, capsys)


def audited(weibao: Weibao, repository: Repository, *options: str) -> tuple[int, set[str], str]:
    """The exit code of an audit, the codes of its errors in the history, and all that it says."""
    weibao.repository = repository
    weibao.set_clock(LATER)
    ran = weibao("audit", "--format", "json", *options)
    told = json.loads(ran.out) if ran.out else {"checks": []}
    wrong = {
        found["code"]
        for check in told["checks"]
        for found in check["findings"]
        if found["severity"] == "error"
    }
    return ran.code, wrong, ran.out + ran.err


def saw(repository: Repository, *commits: str) -> str:
    """A commit of the log on the last: each of the commits was the end of main a minute after it was made."""
    first = {
        commit: Sighting(
            int(repository.git("show", "-s", "--format=%ct", commit)) + 60,
            "refs/heads/main",
            commit,
        )
        for commit in commits
    }
    return keep_files(repository, seen_files(SeenLog(parse_instant(at("08:00")), {}, first)))


def line(repository: Repository) -> tuple[str, ...]:
    return tuple(repository.git("rev-list", "--first-parent", "--reverse", "main").split())


def name_log(repository: Repository, first: str, when: str = at("09:00", "2026-11-20")) -> None:
    """An edition of the contract that names the log."""
    named = f"  main: main\n  seen: {{ref: {SEEN_REF}, first: {first}}}\n"
    assert CONTRACT.count("  main: main\n") == 1
    repository.write(CONTRACT_PATH, CONTRACT.replace("  main: main\n", named))
    repository.commit("首见日志", at=when, by="chen.jie@provider.example")


# Another branch


def test_another_branch_than_the_official_one_is_not_sound(weibao: Weibao, tmp_path: Path) -> None:
    repository = incident(tmp_path / "clone", STEPS[:1])
    repository.branch("demo")
    repository.append(PATH, entry("10:30", "arrived"))
    head = repository.commit("到场", at=at("10:31"))
    code, wrong, said = audited(weibao, repository)

    assert (code, wrong) == (1, {"L121"})
    caught("another branch", Ending.UNSOUND, wrong)
    assert head in said
    assert f"git branch --all --contains {head}" in said
    assert "demo" in repository.git("branch", "--all", "--contains", head)


def test_a_branch_of_that_name_at_the_remote_is_as_good_and_what_is_behind_it_is_told(
    weibao: Weibao, tmp_path: Path
) -> None:
    made = incident(tmp_path / "made")
    clone = made.clone(tmp_path / "clone")
    clone.git("switch", "-q", "--detach", "HEAD~2")
    clone.git("branch", "-q", "-D", "main")
    assert audited(weibao, clone)[:2] == (0, set())
    assert "has beyond this one: 2; to the newest end that the forge's log names: –" in (
        weibao("audit").out
    )


# An end of the branch that is gone


def test_an_end_of_the_branch_that_the_forge_saw_and_that_is_gone_is_an_error(
    weibao: Weibao, tmp_path: Path
) -> None:
    repository = incident(tmp_path / "clone", STEPS[:2])
    saw(repository, *line(repository))
    late = repository.head
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.append(PATH, entry("10:30", "arrived"))
    repository.commit("到场", at=at("10:31"))
    code, wrong, said = audited(weibao, repository)

    assert (code, wrong) == (1, {"L122"})
    caught("another branch", Ending.UNSOUND, wrong)
    assert late in said
    show = f"git log --oneline --all --not {repository.head}"
    assert show in said
    repository.git("branch", "kept", late)
    assert late[:7] in repository.git(*show.split()[1:])


@pytest.mark.parametrize("behind", [0, 1, 3])
def test_an_older_commit_of_the_branch_is_no_error_and_is_told_how_far_it_is_behind(
    weibao: Weibao, tmp_path: Path, behind: int
) -> None:
    repository = incident(tmp_path / "clone")
    saw(repository, *line(repository))
    assert audited(weibao, repository, "--at", f"HEAD~{behind}")[:2] == (0, set())
    said = f"beyond this one: {behind}; to the newest end that the forge's log names: {behind}\n"
    assert (said in weibao("audit", "--at", f"HEAD~{behind}").out) is (behind > 0)


def test_an_end_that_was_not_fetched_is_told_until_it_is(weibao: Weibao, tmp_path: Path) -> None:
    forge = incident(tmp_path / "forge", STEPS[:2])
    clone = forge.clone(tmp_path / "clone")
    STEPS[2].commit(forge)
    saw(forge, *line(forge))
    clone.git("fetch", "-q", "origin", f"{SEEN_REF}:{SEEN_REF}")
    assert audited(weibao, clone)[:2] == (1, {"L122"})
    clone.git("fetch", "-q", "origin")
    assert audited(weibao, clone)[:2] == (0, set())


# First sight forgotten


def seen_incident(path: Path) -> Repository:
    """The incident whose arrival was late, on a forge that saw each step as it was sent."""
    repository = record_repository(path)
    first = saw(repository, *line(repository))
    name_log(repository, first, at("09:17"))
    for step in STEPS[:2]:
        step.commit(repository)
    saw(repository, *line(repository))
    return repository


def test_the_log_that_the_contract_names_is_asked_and_no_error(
    weibao: Weibao, tmp_path: Path
) -> None:
    assert audited(weibao, seen_incident(tmp_path / "clone"))[:2] == (0, set())


def test_a_log_begun_anew_is_an_error(weibao: Weibao, tmp_path: Path) -> None:
    repository = seen_incident(tmp_path / "clone")
    first = repository.git("rev-list", "--reverse", SEEN_REF).split()[0]
    repository.git("update-ref", "-d", SEEN_REF)
    young = seen_files(
        SeenLog(parse_instant(at("17:00")), {"refs/heads/main": repository.head}, {})
    )
    anew = keep_files(repository, young, parents=[repository.head])
    code, wrong, said = audited(weibao, repository)

    assert (code, wrong) == (1, {"L123"})
    caught("first sight forgotten", Ending.UNSOUND, wrong)
    assert first in said
    assert anew in said
    assert f"git log --reverse {SEEN_REF} -- since.json" in said
    shown = repository.git("log", "--reverse", SEEN_REF, "--", "since.json")
    assert shown.startswith(f"commit {anew}")


def test_without_the_log_that_the_contract_names_nothing_is_judged(
    weibao: Weibao, tmp_path: Path
) -> None:
    repository = seen_incident(tmp_path / "clone")
    repository.git("update-ref", "-d", SEEN_REF)
    weibao.repository = repository
    for command in (("audit",), ("sla",), ("status",), ("explain", "7K3Q9M")):
        ran = weibao(*command)
        assert ran.code == 3
        assert "weibao seen fetch" in ran.err
    with pytest.raises(Refusal, match="names a log"):
        read_book(repository.path, "HEAD", LATER, None)
    assert (
        audited(
            weibao,
            repository,
        )[0]
        == 3
    )


def test_who_goes_without_the_log_is_told_that_it_is_not_sound(
    weibao: Weibao, tmp_path: Path
) -> None:
    weibao.repository = seen_incident(tmp_path / "clone")
    weibao.set_clock(LATER)
    ran = weibao("--seen", "none", "audit")
    assert ran.code == 1
    assert "L123 × 1" in ran.out


def test_a_clone_brings_the_log_from_its_remote_by_itself(weibao: Weibao, tmp_path: Path) -> None:
    forge = seen_incident(tmp_path / "forge")
    clone = forge.clone(tmp_path / "clone")
    assert clone.git("for-each-ref", SEEN_REF) == ""
    assert audited(weibao, clone)[:2] == (0, set())
    assert clone.git("rev-parse", SEEN_REF) == forge.git("rev-parse", SEEN_REF)


@pytest.mark.parametrize("how", ["another", "none"])
def test_a_contract_that_names_another_log_than_before_is_an_error(
    weibao: Weibao, tmp_path: Path, how: str
) -> None:
    repository = seen_incident(tmp_path / "clone")
    first = repository.git("rev-list", "--reverse", SEEN_REF).split()[0]
    text = repository.read(CONTRACT_PATH)
    named = f"  seen: {{ref: {SEEN_REF}, first: {first}}}\n"
    other = named.replace(first, "0" * 40) if how == "another" else ""
    repository.write(CONTRACT_PATH, text.replace(named, other))
    repository.commit("换日志", at=at("15:00"), by=DESK)
    code, wrong, said = audited(weibao, repository)

    assert (code, wrong) == (1, {"E133"})
    caught("first sight forgotten", Ending.UNSOUND, wrong)
    assert first in said


def test_a_contract_may_name_the_log_when_it_is_there_and_be_edited_after(
    weibao: Weibao, tmp_path: Path
) -> None:
    repository = seen_incident(tmp_path / "clone")
    text = repository.read(CONTRACT_PATH)
    repository.write(CONTRACT_PATH, text + "# 附注\n")
    repository.commit("附注", at=at("15:00"), by=DESK)
    assert audited(weibao, repository)[:2] == (0, set())


# Unwitnessed


def codes(repository: Repository, when: str) -> Iterable[str]:
    return [one.code for one in book_at(repository, as_of=when).findings]


def test_what_nobody_outside_vouches_for_is_told_once_for_the_whole_book(tmp_path: Path) -> None:
    repository = incident(tmp_path / "clone")
    book = book_at(repository, as_of=at("09:00", "2026-12-01"))
    (found,) = [one for one in book.findings if one.code == "E134"]

    assert book.unwitnessed is not None
    assert book.unwitnessed.records == found.facts["records"] == 1
    assert book.unwitnessed.start == parse_instant(at("09:16"))
    assert book.unwitnessed.end == parse_instant(at("14:05"))
    assert "E134" not in codes(repository, at("09:00", "2026-11-27"))


def test_what_the_forge_saw_in_time_is_witnessed(tmp_path: Path) -> None:
    repository = incident(tmp_path / "clone")
    saw(repository, *line(repository))
    assert "E134" not in codes(repository, at("09:00", "2026-12-01"))


def both_grew(path: Path, seen: str) -> Repository:
    """Two people who recorded one ticket apart, and joined what they had the next day."""
    repository = incident(path, STEPS[:1])
    repository.branch("laptop")
    repository.append(PATH, entry("10:30", "updated", note="在路上"))
    away = repository.commit("在路上", at=at("10:31"))
    repository.switch("main")
    repository.append(PATH, entry("10:40", "updated", by="wang-lei", note="已催"))
    desk = repository.commit("已催", at=at("10:41"), by=DESK)
    both = entry("10:30", "updated", note="在路上")
    repository.merge(
        "laptop",
        at=at("09:00", "2026-11-21"),
        edit=lambda: repository.write(
            PATH, f"{repository.git('show', f'{desk}:{PATH}')}\n{both}\n"
        ),
    )
    began = parse_instant(at("08:00"))
    first = {
        away: Sighting(parse_instant(seen), "refs/heads/laptop", "1"),
        desk: Sighting(parse_instant(seen), "refs/heads/main", "1"),
    }
    keep_files(repository, seen_files(SeenLog(began, {}, first)))
    return repository


@pytest.mark.parametrize(("seen", "told"), [("10:45", False), ("16:00", True)])
def test_two_sides_that_grew_one_record_unseen_are_told_and_those_that_were_seen_are_not(
    tmp_path: Path, seen: str, *, told: bool
) -> None:
    repository = both_grew(tmp_path / "clone", at(seen))
    assert ("E132" in codes(repository, at("10:00", "2026-11-21"))) is told
    for found in book_at(repository, as_of=at("10:00", "2026-11-21")).findings:
        if found.code == "E132":
            said = repository.git(*str(found.facts["show"]).split()[1:])
            assert ("在路上" in said, "已催" in said) == (True, True)


def test_a_branch_that_goes_on_from_what_had_landed_grew_on_one_side_alone(tmp_path: Path) -> None:
    repository = incident(tmp_path / "clone", STEPS[:1])
    repository.branch("later")
    repository.append(PATH, entry("10:30", "updated", note="在路上"))
    repository.commit("在路上", at=at("10:31"))
    repository.switch("main")
    repository.merge("later", at=at("09:00", "2026-11-21"))
    assert "E132" not in codes(repository, at("10:00", "2026-11-21"))
