"""Questions on a terminal, answered through a pipe in place of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.keyboard import BACKSPACE, CTRL_C, CTRL_D, CTRL_U, DOWN, ENTER, ESC, keys
from weibao.cli.prompts import asking
from weibao.cli.prompts.asking import (
    AT_ONCE,
    Dropped,
    Title,
    ask_consent,
    ask_one,
    ask_several,
    ask_text,
)
from weibao.language import language
from weibao.workspace.setup.new_repository import read_name

if TYPE_CHECKING:
    from questionary.prompts.common import InquirerControl

    from weibao.language import Language


def ask(typed: str, default: str = "") -> str:
    with keys(typed):
        return ask_text("Name:", read_name, language("en"), default=default)


def test_what_is_typed_is_the_answer() -> None:
    assert ask(f"网络维保{ENTER}") == "网络维保"


def test_enter_alone_takes_the_default() -> None:
    assert ask(ENTER, "known") == "known"


def test_the_default_can_be_changed() -> None:
    assert ask(f"{CTRL_U}new{ENTER}", "known") == "new"


def test_an_answer_that_is_refused_is_asked_for_again() -> None:
    assert ask(f"{ENTER}  {ENTER}{CTRL_U}x{ENTER}") == "x"


def test_why_it_is_refused_is_told_whole_on_lines_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    monkeypatch.setattr("questionary.print", lambda text, **_: told.append(text))
    assert ask(f"{'x' * 201}{ENTER}{CTRL_U}x{ENTER}") == "x"
    assert "is no name." in told[0]
    assert told[1] == "Write it on one line, in at most 200 characters."


def test_a_pasted_control_character_is_refused() -> None:
    assert ask(f"a\u202eb{ENTER}{CTRL_U}x{ENTER}") == "x"


def test_ctrl_c_ends_the_command() -> None:
    with pytest.raises(Dropped):
        ask(f"half{CTRL_C}")


def test_ctrl_d_ends_the_command() -> None:
    with pytest.raises(Dropped):
        ask(CTRL_D)


def test_esc_ends_the_command() -> None:
    with keys(f"half{ESC}", then=""), pytest.raises(Dropped):
        ask_text("Name:", read_name, language("en"))


def test_esc_ends_a_list_too() -> None:
    with keys(ESC, then=""), pytest.raises(Dropped):
        ask_one("Which:", ASSETS, language("zh"))


LEVELS = {"1": "1  Critical  answer in 30 min", "3": "3  Minor  answer in 1 h", "": "Nothing"}
ASSETS = {"core-sw-01": "核心交换机 1  core-sw-01", "fw-01": "出口防火墙  fw-01"}


def choose(typed: str, choices: dict[str, str]) -> str:
    with keys(typed):
        return ask_one("Which:", choices, language("zh"))


def test_of_nine_hundred_choices_few_are_shown_and_each_is_found_by_typing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[int] = []
    narrow = asking._narrow_by_typing

    def counting(keys: object, control: InquirerControl, words: Language) -> None:
        narrow(keys, control, words)  # type: ignore[arg-type]
        shown.append(len(control.choices))

    monkeypatch.setattr(asking, "_narrow_by_typing", counting)
    causes = {f"cause-{number:03}": f"原因 {number:03}" for number in range(900)}
    assert choose(f"原因 87{ENTER}", causes) == "cause-870"
    assert shown == [AT_ONCE]


def test_enter_alone_chooses_the_first_of_a_list() -> None:
    assert choose(ENTER, ASSETS) == "core-sw-01"


def test_arrows_choose_another() -> None:
    assert choose(f"{DOWN}{ENTER}", ASSETS) == "fw-01"


@pytest.mark.parametrize("typed", ["防火", "FW-", "出口防火墙"])
def test_whatever_is_typed_narrows_a_list_in_any_script(typed: str) -> None:
    assert choose(f"{typed}{ENTER}", ASSETS) == "fw-01"


def test_what_is_pasted_narrows_a_list() -> None:
    assert choose(f"\x1b[200~防火墙\x1b[201~{ENTER}", ASSETS) == "fw-01"


def test_what_begins_with_the_typed_text_comes_before_what_only_has_it() -> None:
    assert choose(f"3{ENTER}", LEVELS) == "3"


def test_a_name_that_is_not_shown_narrows_a_list_too() -> None:
    shown = {one: Title.of(f"Device  {one}", also) for one, also in ASSETS.items()}
    assert choose(f"防火墙{ENTER}", shown) == "fw-01"


def test_what_is_chosen_decides_what_else_there_is() -> None:
    def beside(chosen: tuple[str, ...]) -> dict[str, str]:
        near = chosen[0][0] if chosen else ""
        return {one: one for one in ("a1", "a2", "b1") if one.startswith(near)}

    with keys(f"{ENTER}b1{ENTER}{BACKSPACE}{BACKSPACE}{DOWN}{ENTER}"):
        assert ask_several("Which:", beside, language("zh"), none=False) == ("a1", "a2")


def test_enter_chooses_nothing_while_nothing_fits() -> None:
    assert choose(f"x{ENTER}{BACKSPACE}{DOWN}{ENTER}", ASSETS) == "fw-01"


def test_several_are_chosen_one_after_the_other() -> None:
    with keys(f"防火墙{ENTER}{DOWN}{ENTER}"):
        assert ask_several("Which:", lambda _: ASSETS, language("zh"), none=True) == (
            "fw-01",
            "core-sw-01",
        )


def test_enter_alone_chooses_none_at_all_where_none_is_needed() -> None:
    with keys(ENTER):
        assert ask_several("Which:", lambda _: ASSETS, language("zh"), none=True) == ()


def test_consent_is_enter_and_its_refusal_ends_the_command() -> None:
    with keys(ENTER):
        ask_consent("Record this?", language("en"))
    with keys(f"{DOWN}{ENTER}"), pytest.raises(Dropped):
        ask_consent("Record this?", language("en"))
