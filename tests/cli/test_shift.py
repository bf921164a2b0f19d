"""Hand-over on the command line: one shift, two people, and what was open at its instant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from building.commands import TICKET, Weibao, record_repository
from building.contract import entry
from building.site import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Ran

EVENING, MORNING = "2026-11-21T07:55:00+08:00", "2026-11-21T08:10:00+08:00"


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """Wang Lei has the desk until eight in the morning; Sun Yu has it then."""
    command = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    be(command, "wang.lei", EVENING)
    return command


def be(weibao: Weibao, who: str, now: str) -> None:
    weibao.repository.git("config", "user.email", f"{who}@provider.example")
    weibao.set_clock(now)


def handed_over(weibao: Weibao, *more: str, text: str = "备件待到货") -> Ran:
    return weibao("shift", "hand-over", "desk", "--text", text, *more)


def the_shift(weibao: Weibao) -> str:
    listed = json.loads(weibao("shift", "list", "--format", "json").out)
    (shift,) = listed["handovers"]
    return str(shift["shift"])


def shown(weibao: Weibao, *more: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        weibao("shift", "show", the_shift(weibao), "--format", "json", *more).out
    )
    return found


def test_two_people_hand_a_shift_over_and_all_that_is_open_goes_along(weibao: Weibao) -> None:
    said = handed_over(weibao)
    assert said.code == 0
    assert TICKET[-6:] in said.out
    be(weibao, "sun.yu", MORNING)
    assert weibao("shift", "take-over", the_shift(weibao)[-6:]).code == 0
    found = shown(weibao)
    assert (found["rota"], found["outgoing"], found["incoming"]) == ("desk", "wang-lei", "sun-yu")
    assert (found["from"], found["to"]) == (
        "2026-11-20T08:00:00+08:00",
        "2026-11-21T08:00:00+08:00",
    )
    assert found["unlisted"] == []
    (handed,) = found["open"]  # type: ignore[misc]
    assert (handed["ticket"], handed["at_risk"]) == (TICKET, True)
    assert "备件待到货" in weibao("shift", "show", the_shift(weibao)).out


def test_what_is_told_of_a_hand_over_is_frozen_at_its_instant(weibao: Weibao) -> None:
    handed_over(weibao)
    then = shown(weibao)["open"]
    be(weibao, "sun.yu", MORNING)
    weibao("ticket", "ack", TICKET)
    assert shown(weibao, "--as-of", "2026-12-01T08:00:00+08:00")["open"] == then


def test_who_handed_over_does_not_take_over(weibao: Weibao) -> None:
    handed_over(weibao)
    weibao.set_clock(MORNING)
    assert "cannot take it over" in weibao("shift", "take-over", the_shift(weibao)).err


def test_a_shift_is_taken_over_once(weibao: Weibao) -> None:
    handed_over(weibao)
    be(weibao, "sun.yu", MORNING)
    weibao("shift", "take-over", the_shift(weibao))
    weibao.set_clock("2026-11-21T08:20:00+08:00")
    assert (
        "has taken this shift over already" in weibao("shift", "take-over", the_shift(weibao)).err
    )


def test_who_was_to_take_a_shift_over_still_can_after_somebody_else_did(weibao: Weibao) -> None:
    handed_over(weibao)
    be(weibao, "li.qiang", MORNING)
    assert weibao("shift", "take-over", the_shift(weibao)).code == 0
    assert "O290" in weibao("findings").out
    be(weibao, "sun.yu", "2026-11-21T08:20:00+08:00")
    assert weibao("shift", "take-over", the_shift(weibao)).code == 0
    assert shown(weibao)["incoming"] == "sun-yu"
    assert not {"O287", "O290"} & set(weibao("findings").out.split())


def test_who_was_said_to_have_taken_a_shift_over_says_so_themselves(weibao: Weibao) -> None:
    handed_over(weibao)
    be(weibao, "li.qiang", MORNING)
    assert weibao("shift", "take-over", the_shift(weibao), "--by", "sun-yu").code == 0
    told = weibao("findings").out
    assert "O287" in told
    assert f"weibao shift take-over {the_shift(weibao)}" in told
    be(weibao, "sun.yu", "2026-11-21T08:20:00+08:00")
    assert weibao("shift", "take-over", the_shift(weibao), "--note", "李强代录，本人已接").code == 0
    assert "O287" not in weibao("findings").out


def test_a_shift_that_leaves_nothing_open_says_so(weibao: Weibao) -> None:
    weibao("ticket", "cancel", TICKET, "--reason", "误报")
    assert handed_over(weibao).code == 0
    assert shown(weibao)["open"] == []
    assert "open: []" in weibao.repository.read(
        weibao.repository.git("diff", "HEAD~1", "--name-only")
    )


def test_a_hand_over_says_that_a_supervisor_is_to_consent_to_it(weibao: Weibao) -> None:
    assert "consent while this is worked on: " + TICKET in handed_over(weibao).out
    given = weibao.repository.git("rev-parse", "HEAD")
    weibao.repository.git("reset", "--hard", f"{given}~1")
    assert "consent_by" not in handed_over(weibao, "--consent-by", "chen-jie").out


def test_a_shift_is_handed_over_once(weibao: Weibao) -> None:
    handed_over(weibao)
    weibao.set_clock("2026-11-21T07:58:00+08:00")
    assert "handed over already" in handed_over(weibao).err


def test_only_who_has_a_shift_hands_it_over(weibao: Weibao) -> None:
    assert "has no shift" in handed_over(weibao, "--by", "zhao-min").err
    assert "No rota is called" in weibao("shift", "hand-over", "nights", "--text", "无").err


def test_a_late_hand_over_is_of_the_shift_before(weibao: Weibao) -> None:
    weibao.set_clock("2026-11-21T08:05:00+08:00")
    assert handed_over(weibao).code == 0
    assert shown(weibao)["to"] == "2026-11-21T08:00:00+08:00"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_they_are(weibao: Weibao, text: str) -> None:
    assert handed_over(weibao, text=text).code == 0
    assert weibao("check").code == 0
    assert text.split(maxsplit=1)[0] in weibao("shift", "show", the_shift(weibao)).out


SHIFT = "records/shifts/2026/11/21/S20261121-8H4FT2.yaml"
GIVEN = entry("2026-11-21T07:55:00+08:00", "handed_over", by="wang-lei", text="无", open="[]")


def written(weibao: Weibao, start: str, end: str, name: str = "8H4FT2", rota: str = "desk") -> str:
    """What a check says of a shift that was written by hand."""
    head = f"id: S20261121-{name}\nrota: {rota}\nfrom: {start}:00+08:00\nto: {end}:00+08:00\nlog:\n"
    weibao.repository.write(SHIFT.replace("8H4FT2", name), f"{head}{GIVEN}\n")
    return weibao("check", "--format", "json").out


def test_a_shift_that_ends_before_it_begins_is_no_shift(weibao: Weibao) -> None:
    assert "X314" in written(weibao, "2026-11-21T08:00", "2026-11-21T08:00")
    assert "X314" not in written(weibao, "2026-11-20T08:00", "2026-11-20T08:01")


def test_two_shifts_of_a_rota_do_not_overlap(weibao: Weibao) -> None:
    written(weibao, "2026-11-20T08:00", "2026-11-21T08:00")
    assert "X315" not in written(weibao, "2026-11-21T08:00", "2026-11-22T08:00", "8H4FT3")
    assert "X315" not in written(
        weibao, "2026-11-20T08:00", "2026-11-21T08:00", "8H4FT3", "engineer"
    )
    assert "X315" in written(weibao, "2026-11-21T07:59", "2026-11-22T08:00", "8H4FT3")


def test_a_rota_that_nobody_knows_has_no_shifts(weibao: Weibao) -> None:
    assert "nights" in written(weibao, "2026-11-20T08:00", "2026-11-21T08:00", rota="nights")
