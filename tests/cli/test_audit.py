"""``weibao audit``: its exit codes, its formats, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.audited import change_file, worked_fault
from building.commands import PATH, TICKET, Weibao

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    command = Weibao(worked_fault(tmp_path / "clone"), monkeypatch, capsys)
    command.set_clock("2026-11-23T12:00:00+08:00")
    return command


def damaged(weibao: Weibao) -> str:
    """An entry of the ticket is changed after it landed."""
    at = "2026-11-22T09:00:00+08:00"
    return change_file(weibao.repository, PATH, "event: arrived", "event: left", at=at)


def test_a_sound_record_ends_with_0_and_a_damaged_one_with_1(weibao: Weibao) -> None:
    assert weibao("audit").code == 0
    damaged(weibao)
    assert weibao("audit").code == 1
    assert weibao("audit", "--format", "json").code == 1


def test_the_record_of_before_is_audited_as_it_was(weibao: Weibao) -> None:
    sound = weibao.repository.head
    damaged(weibao)

    assert weibao("audit", "--at", sound).code == 0


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit", "markdown"])
def test_every_format_of_findings_tells_the_damage(weibao: Weibao, form: str) -> None:
    assert "L101" not in weibao("audit", "--format", form).out.replace('"id": "L101"', "")
    damaged(weibao)
    ran = weibao("audit", "--format", form)

    assert ran.code == 1
    assert "L101" in ran.out


def test_the_same_commit_and_instant_give_the_same_bytes(weibao: Weibao) -> None:
    when = ("--at", weibao.repository.head, "--as-of", "2026-11-23T12:00:00+08:00")
    options = ("--format", "json", "--sample", "1", "--seed", "x", *when)
    before = weibao("audit", *options).out
    damaged(weibao)
    weibao.set_clock("2026-12-23T12:00:00+08:00")

    assert weibao("audit", *options).out == before
    assert json.loads(before)["sample"][0]["ticket"] == TICKET


@pytest.mark.parametrize(
    "options",
    [
        ("--sample", "3"),
        ("--seed", "x"),
        ("--worksheet", "md"),
        ("--sample", "0", "--seed", "x"),
        ("--sample", "many", "--seed", "x"),
        ("--worksheet", "xlsx"),
        ("--format", "yaml"),
        ("--since", "no-such-commit"),
        ("--since", "-x"),
        ("--as-of", "yesterday"),
        ("--at", "no-such-commit"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(weibao: Weibao, options: tuple[str, ...]) -> None:
    ran = weibao("audit", *options)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Refused:")


def test_a_shallow_clone_is_refused_and_not_called_sound(weibao: Weibao, tmp_path: Path) -> None:
    shallow = weibao.repository.clone(tmp_path / "shallow", "--depth", "1")
    ran = weibao("audit", folder=shallow.path)

    assert (ran.code, ran.out) == (3, "")
    assert "shallow" in ran.err


def test_a_last_audit_that_the_history_does_not_hold_ends_with_1(weibao: Weibao) -> None:
    audited = weibao.repository.head
    weibao.repository.git("reset", "-q", "--hard", "HEAD~2")
    here = weibao("audit", "--since", audited, "--format", "json")
    nowhere = weibao("audit", "--since", "0" * 40, "--format", "json")

    for ran in (here, nowhere):
        told = json.loads(ran.out)
        assert ran.code == 1
        assert told["since"]["descends"] is False
        assert [one["name"] for one in told["checks"] if not one["passed"]] == ["descends"]
    assert json.loads(here.out)["since"]["lost"][0]["record"] == TICKET
    assert json.loads(nowhere.out)["since"]["as_of"] is None


def test_a_last_audit_may_be_named_as_git_names_it(weibao: Weibao) -> None:
    weibao.repository.git("tag", "audited", "HEAD~2")
    told = json.loads(weibao("audit", "--since", "audited", "--format", "json").out)

    assert told["since"]["descends"] is True
    assert told["since"]["closed"] == [TICKET]


def test_findings_of_another_language_change_nothing_but_words(weibao: Weibao) -> None:
    damaged(weibao)
    chinese, english = (
        json.loads(weibao("audit", "--format", "json", lang=lang).out) for lang in ("zh", "en")
    )

    assert chinese["quality"] == english["quality"]
    assert [one["name"] for one in chinese["checks"]] == [one["name"] for one in english["checks"]]


def test_a_checkpoint_that_was_kept_is_held_against_the_history(
    weibao: Weibao, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(weibao("checkpoint", "show", "--format", "json").out, encoding="utf-8")
    other = tmp_path / "other.json"
    told = json.loads(kept.read_text(encoding="utf-8"))
    other.write_text(json.dumps(told | {"sha256": "0" * 64}), encoding="utf-8")
    both = ("--checkpoint", str(kept), "--checkpoint", str(other), "--format", "json")

    assert weibao("audit", "--checkpoint", str(kept)).code == 0
    ran = weibao("audit", *both)
    (check,) = (one for one in json.loads(ran.out)["checks"] if one["name"] == "checkpoints")
    assert (ran.code, check["examined"], check["unit"]) == (1, 2, "files")
    assert [one["code"] for one in check["findings"]] == ["L111"]
    weibao.repository.git("reset", "-q", "--hard", "HEAD~2")
    assert "L110" in weibao("audit", "--checkpoint", str(kept)).out


def test_a_checkpoint_kept_in_the_repository_is_always_held_against_it(weibao: Weibao) -> None:
    shown = weibao("checkpoint", "show", "--format", "json").out
    weibao.repository.write(
        "checkpoints/20261120-mine.json", shown.replace('"records": ', '"records": 1')
    )
    weibao.repository.commit(at="2026-11-22T09:00:00+08:00")
    ran = weibao("audit")

    assert ran.code == 1
    assert "L111" in ran.out


def test_a_checkpoint_that_is_not_there_is_misuse(weibao: Weibao) -> None:
    assert weibao("audit", "--checkpoint", "nowhere.json").code == 2
