"""``weibao ticket batch``: several steps, one commit each, and none where one may not be."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH
from building.pictures import png
from building.refusing import refused

if TYPE_CHECKING:
    from building.commands import Weibao

STEPS = """\
- {ticket: 7K3Q9M, event: acknowledged, at: "09:20", by: li-qiang, note: 已联系}
- ticket: T20261120-7K3Q9M
  event: attached
  at: 2026-11-20T09:22:00+08:00
  file: photo.png
- {ticket: 7k3q9m, event: part_requested, at: -5m, part: hw-s12700-mpu, quantity: 1}
- {ticket: 7K3Q9M, event: countersigned, entries: [acknowledged], contact: zhang-gong}
"""


def test_each_step_of_the_list_is_a_line_and_a_commit_of_its_own(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.write("photo.png", png())
    repository.write("steps.yaml", STEPS)
    before, parent = repository.read(PATH), repository.head
    ran = weibao("ticket", "batch", "steps.yaml")
    assert ran.code == 0, ran.err
    added = repository.read(PATH).removeprefix(before).splitlines()
    assert [line.split("event: ")[1].split(",")[0] for line in added] == [
        *("acknowledged", "attached", "part_requested", "countersigned")
    ]
    assert int(repository.git("rev-list", "--count", f"{parent}..HEAD")) == 4
    assert ran.out.count("Commit: ") == 4
    assert weibao("check").code == 0


def test_the_list_may_come_from_standard_input(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO(STEPS.splitlines(keepends=True)[0].encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="utf-8"))
    assert weibao("ticket", "batch").code == 0
    assert "event: acknowledged" in weibao.repository.read(PATH)


def test_a_list_out_of_an_editor_of_windows_is_read(weibao: Weibao) -> None:
    weibao.repository.write("steps.yaml", STEPS.splitlines()[0] + "\r\n")
    assert weibao("ticket", "batch", "steps.yaml").code == 0
    assert "\r" not in weibao.repository.read(PATH)


def test_a_dry_run_judges_all_and_writes_nothing(weibao: Weibao) -> None:
    weibao.repository.write("photo.png", png())
    weibao.repository.write("steps.yaml", STEPS)
    before = weibao.repository.read(PATH)
    ran = weibao("ticket", "batch", "steps.yaml", "--dry-run")
    assert (ran.code, ran.out) == (0, "4 steps would be recorded; nothing was written.\n")
    assert weibao.repository.read(PATH) == before


@pytest.mark.parametrize(
    ("bad", "said", "code"),
    [
        ("- {ticket: 7K3Q9M, event: closed}", "X201", 1),
        ("- {ticket: ZZZZZZ, event: updated}", "ZZZZZZ", 2),
        ("- {ticket: 7K3Q9M, event: acknowledged, by: nobody}", "Nobody is called", 2),
        ("- {ticket: 7K3Q9M, event: updated, at: 2026-11-21T09:00:00+08:00}", "still to come", 2),
        ("- {ticket: 7K3Q9M, event: updated, at: noon}", "noon", 2),
        ("- {ticket: 7K3Q9M, event: updated, note: 12}", "R201", 1),
        ("- {ticket: 7K3Q9M, event: attached, file: none.png}", "none.png", 2),
        ("- {ticket: 7K3Q9M, event: paused}", "R202", 1),
    ],
)
def test_nothing_is_written_where_one_step_may_not_be_and_the_step_is_named(
    weibao: Weibao, bad: str, said: str, code: int
) -> None:
    first = "- {ticket: 7K3Q9M, event: acknowledged, at: '09:20'}\n"
    weibao.repository.write("steps.yaml", f"{first}{bad}\n")
    before = weibao.repository.read(PATH)
    ran = weibao("ticket", "batch", "steps.yaml")
    assert ran.code == code  # that of the single command
    assert ran.err.startswith("Stopped at line 2 (")
    assert "Not recorded: line 1 (7K3Q9M, Acknowledged) and line 2 (" in ran.err
    assert said in ran.err
    assert weibao.repository.read(PATH) == before


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("- &a {ticket: 7K3Q9M, event: updated}\n", 1, "R111"),
        ("- {ticket: 7K3Q9M, event: opened}\n", 1, "weibao ticket open"),
        ("- {ticket: 7K3Q9M, event: updatd}\n", 1, "Did you mean updated?"),
        ("- {ticket: 7K3Q9M, event: xyz}\n", 1, "The events are notified, assigned, "),
        ("- {ticket: 7K3Q9M}\n- x\n", 1, "Line 1: the step names no event."),
        ("- {event: updated}\n", 1, "Line 1: the step names no ticket."),
        ("- {ticket: 123456, event: updated}\n", 1, "“ticket” must be one text, in quotes."),
        ("- {ticket: 7K3Q9M, event: [updated]}\n", 1, "“event” must be one text"),
        ("text\n", 1, "Line 1: this is no step"),
        ("- {ticket: 7K3Q9M, event: updated, colour: red}\n", 1, "colour"),
        ("", 2, "The list is empty: there is nothing to record."),
        ("# nothing yet\n", 2, "The list is empty"),
        ("[]\n", 2, "The list is empty"),
    ],
)
def test_a_list_that_is_none_is_refused(weibao: Weibao, text: str, code: int, said: str) -> None:
    weibao.repository.write("steps.yaml", text)
    ran = refused(weibao, "ticket", "batch", "steps.yaml")
    assert ran.code == code
    assert said in ran.err


def test_what_was_recorded_before_a_hook_refused_is_told(weibao: Weibao) -> None:
    repository = weibao.repository
    script = "#!/bin/sh\ngit diff --cached | grep -q 'event: updated' && exit 1\nexit 0\n"
    repository.write(".git/hooks/pre-commit", script).chmod(0o755)
    repository.write(
        "steps.yaml",
        "- {ticket: 7K3Q9M, event: acknowledged, at: '09:20'}\n"
        "- {ticket: 7K3Q9M, event: updated, at: '09:25', note: 观察}\n",
    )
    ran = weibao("ticket", "batch", "steps.yaml")
    assert ran.code == 3
    assert "Recorded: line 1 (7K3Q9M, Acknowledged)\nNot recorded: line 2 (7K3Q9M, " in ran.err
    assert "event: acknowledged" in repository.read(PATH)
    assert "event: updated" not in repository.read(PATH)


def test_in_chinese_the_step_is_named_as_a_sentence_names_it(weibao: Weibao) -> None:
    weibao.repository.write("steps.yaml", "- {ticket: 7K3Q9M, event: closed}\n")
    ran = weibao("ticket", "batch", "steps.yaml", lang="zh")
    assert ran.err.startswith("停在第 1 行（7K3Q9M，关闭）。\n未记录：第 1 行（7K3Q9M，关闭）\n")


def test_a_terminal_is_told_that_the_list_is_read_from_it(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"[]\n"), encoding="utf-8")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    assert weibao("ticket", "batch").err.startswith("The list is read from the keyboard; Ctrl-")


def test_a_list_says_events_people_and_times_as_the_commands_do(weibao: Weibao) -> None:
    steps = (
        "- {ticket: 7K3Q9M, event: ack, at: 十分钟前, by: 李强}\n"
        "- {ticket: 7K3Q9M, event: 业务恢复, at: 9点25分, by: 李强, mode: 远程}\n"
    )
    weibao.repository.write("steps.yaml", steps)
    ran = weibao("ticket", "batch", str(weibao.repository.path / "steps.yaml"))
    assert (ran.code, ran.err) == (0, "")
    text = weibao.repository.read(PATH)
    assert "T09:20:00+08:00, event: acknowledged, by: li-qiang" in text
    assert "T09:25:00+08:00, event: restored, by: li-qiang, mode: remote" in text
