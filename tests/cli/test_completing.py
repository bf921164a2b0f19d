"""What Tab offers: commands, options, ids and names, in the form of each shell."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from building.commands import TICKET, record_repository
from building.contract import a_ticket, entry, ticket_path
from building.repository import clean_environment
from weibao.cli.commands.completion import SHELLS
from weibao.cli.framework.session import TYPED, Session
from weibao.cli.main import weibao

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Weibao
    from building.repository import Repository

OPENED = entry("09:15", "opened", by="wang-lei")
CANCELLED = entry("09:20", "cancelled", by="wang-lei", reason="误报")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone of a small contract with an open ticket, an ended one and an older open one."""
    repository = record_repository(tmp_path / "clone")
    for name, log in (
        ("T20261120-ZZ4RWX", (OPENED, CANCELLED)),
        ("T20261118-7KQQQQ", (OPENED,)),
    ):
        repository.write(ticket_path(name), a_ticket(name, log=log).replace("core-sw-01 ", ""))
    monkeypatch.chdir(repository.path)
    monkeypatch.delenv("WEIBAO_LANG", raising=False)
    return repository


def offers(line: str, incomplete: str = "", lang: str = "zh") -> dict[str, str | None]:
    """What is offered after ``weibao LINE`` for a word begun so, with its help."""
    from pathlib import Path

    shell = ShellComplete(weibao, {"obj": Session(Path(), lang, "auto")}, "weibao", TYPED)
    return {one.value: one.help for one in shell.get_completions(line.split(), incomplete)}


def test_commands_are_offered_with_their_help_in_the_readers_language() -> None:
    assert offers("", "stat") == {"status": "已逾期和即将到期的事项、未结工单、现在值班的人。"}
    assert set(offers("ticket", "re", "en")) == {"refer", "resume", "resolve", "restore", "reopen"}


def test_no_command_is_imported_to_be_named(clone: Repository) -> None:
    code = (
        "import sys; from weibao.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'rich', 'babel', 'jsonschema', 'jsonschema_rs', 'questionary', 'subprocess',"
        " 'weibao.report.book', 'weibao.model.load', 'weibao.history'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    for line in ("weibao ", "weibao ticket ", "weibao ticket ack ", "weibao ticket assign X --to "):
        said = asked(clone, "zsh", line, [sys.executable, "-c", code])
        assert said.rstrip().endswith("[]"), said


def test_options_are_offered_with_their_help() -> None:
    assert offers("ticket ack", "--no", "en")["--note"] == "A note that goes with it."
    assert offers("ticket assign X", "--to") == {"--to": "负责人"}


def test_choices_are_offered() -> None:
    assert set(offers("ticket notify X --via")) == {
        "phone", "email", "message", "portal", "in_person",
    }  # fmt: skip


def test_open_tickets_are_offered_first_by_the_end_of_their_ids_with_their_titles(
    clone: Repository,
) -> None:
    found = offers("ticket ack")
    assert list(found) == ["7K3Q9M", "7KQQQQ", "ZZ4RWX"]
    assert found["7K3Q9M"] == "核心交换机 core-sw-01 主控板告警"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7K", ["7K3Q9M", "7KQQQQ"]),
        ("7k3", ["7K3Q9M"]),
        ("T20261118", ["T20261118-7KQQQQ"]),
        ("t20261120-7", [TICKET]),
        ("X", []),
    ],
)
def test_letters_narrow_the_tickets(clone: Repository, typed: str, expected: list[str]) -> None:
    assert list(offers("explain", typed)) == expected


def test_two_tickets_that_end_alike_are_offered_by_their_whole_ids(clone: Repository) -> None:
    twin = "T20261119-7K3Q9M"
    clone.write(ticket_path(twin), a_ticket(twin, log=(OPENED,)))
    assert list(offers("ticket ack", "7K3")) == [TICKET, twin]


@pytest.mark.parametrize(
    ("line", "typed", "expected"),
    [
        ("ticket assign X --to", "zh", {"zhao-min": "赵敏"}),
        ("ticket assign X --by", "赵", {"zhao-min": "赵敏"}),
        ("ticket open --asset", "", {"core-sw-01": "核心交换机 1"}),
        ("ticket open --asset", "核心", {"core-sw-01": "核心交换机 1"}),
        ("ticket open --reported-by", "f", {"factory-noc": "工厂监控室"}),
        ("ticket part request X --part", "", {"hw-s12700-mpu": "S12700 主控板"}),
        ("spares issue --depot", "", {"suzhou-depot": "苏州备件库"}),
        ("ticket cancel X --duplicate-of", "7K3", {"7K3Q9M": "核心交换机 core-sw-01 主控板告警"}),
        ("inspection start", "q", {"quarterly-inspection": "季度巡检"}),
    ],
)
def test_names_are_offered_wherever_they_are_taken(
    clone: Repository, line: str, typed: str, expected: dict[str, str]
) -> None:
    assert offers(line, typed) == expected


def test_names_are_in_the_language_asked_for(clone: Repository) -> None:
    assert offers("--lang en ticket open --asset") == {"core-sw-01": "Core switch 1"}


def test_another_folder_is_completed_from_where_it_is_named(
    clone: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert offers("ticket ack") == {}
    assert "7K3Q9M" in offers("-C clone ticket ack")


@pytest.mark.parametrize(
    "line", ["nonsense", "ticket nonsense", "ticket ack --nonsense", "ticket ack X Y", "--lang"]
)
def test_a_line_that_is_no_command_is_answered_without_a_complaint(
    clone: Repository, line: str
) -> None:
    assert "nonsense" not in asked(clone, "zsh", f"weibao {line} ")


def test_nothing_is_offered_where_nothing_more_is_taken(clone: Repository) -> None:
    assert asked(clone, "zsh", "weibao ticket ack X ").strip() == ""


def test_damaged_configuration_offers_nothing(clone: Repository) -> None:
    clone.write("records/staff.yaml", "people: [\n")
    assert offers("ticket assign X --to") == {}


def asked(clone: Repository, shell: str, line: str, command: list[str] | None = None) -> str:
    """What a shell's script is answered for a line whose last word is being typed."""
    words = line.split(" ")
    environment = clean_environment() | {
        TYPED: f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
    }
    done = subprocess.run(
        command or [sys.executable, "-m", "weibao"],
        cwd=clone.path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("bash", "plain,zhao-min\n"),
        ("zsh", "plain\nzhao-min\n赵敏\n"),
        ("fish", "plain,zhao-min\t赵敏\n"),
        ("powershell", "plain\nzhao-min\n赵敏\n"),
    ],
)
def test_each_shell_is_answered_in_its_own_form(clone: Repository, shell: str, answer: str) -> None:
    said = asked(clone, shell, "weibao ticket assign 7K3Q9M --to zha")
    assert said.replace(os.linesep, "\n") == answer


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_printed(weibao: Weibao, shell: str) -> None:
    assert get_completion_class(shell) is not None
    ran = weibao("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"{TYPED}" in ran.out
    assert f"{shell}_complete" in ran.out


def test_another_shell_is_refused(weibao: Weibao) -> None:
    assert weibao("completion", "tcsh").code == 2
