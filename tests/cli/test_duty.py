"""``weibao duty``: who is on duty, who stands in, who is on leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from building.commands import Weibao, record_repository
from building.contract import CONTRACT, DUTY, STAFF

if TYPE_CHECKING:
    from pathlib import Path

OVERRIDES = """\
overrides:
  - {rota: desk, from: 2026-11-20T18:00:00+08:00, to: 2026-11-20T22:00:00+08:00, by: chen-jie, instead_of: wang-lei, reason: 家事}
leave:
  - {who: zhao-min, from: 2026-11-25T00:00:00+08:00, to: 2026-11-27T00:00:00+08:00, reason: 年假}
"""
PHONES = CONTRACT.replace("phones: false", "phones: true")
STAFF_WITH_PHONE = STAFF.replace("    name: 王蕾\n", '    name: 王蕾\n    phone: "138-0000-0000"\n')


def command(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **more: str
) -> Weibao:
    texts = {"duty": DUTY + OVERRIDES, "staff": STAFF_WITH_PHONE} | more
    return Weibao(record_repository(path / "clone", **texts), monkeypatch, capsys)


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    return command(tmp_path, monkeypatch, capsys)


def told(weibao: Weibao, *arguments: str) -> dict[str, Any]:
    ran = weibao(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_now_names_who_has_each_rota_until_when(weibao: Weibao) -> None:
    on_duty = told(weibao, "duty", "now")["on_duty"]
    assert [(one["rota"], one["person"], one["to"]) for one in on_duty] == [
        ("desk", "wang-lei", "2026-11-20T18:00:00+08:00"),
        ("engineer", "li-qiang", "2026-11-23T08:00:00+08:00"),
    ]
    text = weibao("duty", "now").out
    assert "service desk" in text
    assert "李强" in text


def test_a_stand_in_is_named_with_whom_and_why(weibao: Weibao) -> None:
    at = ("--as-of", "2026-11-20T19:00:00+08:00")
    desk = told(weibao, "duty", "now", *at)["on_duty"][0]
    assert (desk["person"], desk["from"], desk["to"], desk["reason"]) == (
        "chen-jie",
        "2026-11-20T18:00:00+08:00",
        "2026-11-20T22:00:00+08:00",
        "家事",
    )
    assert "家事" in weibao("duty", "now", *at).out
    assert "陈洁" in weibao("duty", "now", *at).out


def test_a_phone_is_shown_only_where_the_contract_publishes_phones(
    weibao: Weibao,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "138-" not in weibao("duty", "now").out
    assert [one["phone"] for one in told(weibao, "duty", "now")["on_duty"]] == [None, None]
    published = command(tmp_path / "published", monkeypatch, capsys, contract=PHONES)
    assert "138-0000-0000" in published("duty", "now").out
    phones = [one["phone"] for one in told(published, "duty", "now")["on_duty"]]
    assert phones == ["138-0000-0000", None]


def test_a_rota_that_nobody_is_on_is_told(weibao: Weibao) -> None:
    at = ("--as-of", "2025-11-30T08:00:00+08:00")
    assert told(weibao, "duty", "now", *at)["uncovered"] == ["desk", "engineer"]
    assert weibao("duty", "now", *at).out.count("✗ Nobody has the duty") == 2


def test_the_coming_shifts_mark_stand_ins_and_leave(weibao: Weibao) -> None:
    asked = ("duty", "show", "--from", "2026-11-20", "--days", "7")
    shifts = told(weibao, *asked)["shifts"]
    assert [one["person"] for one in shifts if one["rota"] == "engineer"] == [
        "li-qiang",
        "zhao-min",
    ]
    assert [(one["person"], one["instead_of"]) for one in shifts if one["instead_of"]] == [
        ("chen-jie", "wang-lei")
    ]
    assert [(one["person"], one["leave"]) for one in shifts if one["leave"]] == [
        (
            "zhao-min",
            [{"from": "2026-11-25T00:00:00+08:00", "to": "2026-11-27T00:00:00+08:00"}],
        )
    ]
    text = weibao(*asked).out
    assert "instead of" in text
    assert "! on leave" in text


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "9999-12-31"])
def test_a_day_that_is_none_is_refused(weibao: Weibao, day: str) -> None:
    ran = weibao("duty", "show", "--from", day)
    assert ran.code == 2
    assert f"“{day}” is not a day." in ran.err


def test_days_before_the_rota_begins_have_no_shift(weibao: Weibao) -> None:
    ran = weibao("duty", "show", "--from", "2025-01-01", "--days", "3")
    assert ran.out == "There is no shift in these days.\n"
