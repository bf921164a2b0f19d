"""Tab, pressed in the shells themselves: bash and zsh on a terminal, fish by its own ``complete``.

In each that this machine has; ``.ci/run`` sees to it that it has all but PowerShell, which is no
package of Debian: where it is missing, its script is held to what its text says.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.commands import record_repository
from building.contract import a_ticket, entry, ticket_path
from building.repository import clean_environment
from building.terminal import on_terminal

if TYPE_CHECKING:
    from building.commands import Weibao
    from building.repository import Repository

SETTING_UP = {
    "bash": ("--norc", "--noprofile", "-i"),
    "zsh": ("-f", "-i"),
}
"""How each shell that is typed in starts without the settings of whoever runs the tests."""

# What the completed line says is told by a function of the command's name; the script calls the
# command itself, by env.
READY = """\
{before}
eval "$(command weibao completion {shell})"
weibao() {{ printf 'RAN<%s>\\n' "$*"; }}
PS1='rea''dy> '
"""
BEFORE = {
    "bash": "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'",
    "zsh": "autoload -Uz compinit && compinit -u -D",
}


def is_recent(shell: str) -> bool:
    """Whether the shell is here, and no bash of the last decade but one, as macOS has it."""
    if shutil.which(shell) is None:
        return False
    said = subprocess.run([shell, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\d+)\.(\d+)", said)
    return shell != "bash" or (found is not None and (int(found[1]), int(found[2])) >= (4, 4))


TYPED_IN = [shell for shell in SETTING_UP if is_recent(shell)]
FISHES = ["fish"] if is_recent("fish") else []


@pytest.fixture
def clone(tmp_path: Path) -> Repository:
    """A clone with an open ticket, and an ended one whose id sorts before."""
    repository = record_repository(tmp_path / "clone")
    ended = "T20261120-0A4RWX"
    log = (entry("09:15", "opened"), entry("09:20", "cancelled", reason="误报"))
    repository.write(ticket_path(ended), a_ticket(ended, log=log).replace("主控板", "风扇"))
    return repository


def environment() -> dict[str, str]:
    found = clean_environment()
    folder = str(Path(sys.executable).parent)
    told = {
        "PATH": f"{folder}{os.pathsep}{found['PATH']}",
        "LC_ALL": "C.UTF-8",
        "WEIBAO_LANG": "zh",
    }
    return found | told | {"COLUMNS": "120", "LINES": "40"}


def press(clone: Repository, shell: str, line: str, *then: tuple[str, bytes]) -> str:
    """What is seen after ``line`` was typed (``\t`` is Tab), and ``then`` what is typed next."""
    path = shutil.which(shell)
    assert path is not None
    script = READY.format(before=BEFORE[shell], shell=shell).encode()
    answers = [(b"", script), (b"ready> ", line.encode())]
    answers += [(seen.encode(), typed) for seen, typed in then]
    answers += [(b"ready> ", b"exit 0\r")]
    code, seen = on_terminal([path, *SETTING_UP[shell]], clone.path, environment(), answers)
    assert code == 0, seen
    return seen


@pytest.mark.parametrize("shell", TYPED_IN)
@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("weibao stat\t", "status"),
        ("weibao ticket ack 7k\t", "ticket ack 7K3Q9M"),
        ("weibao ticket assign 7K3Q9M --to zha\t", "ticket assign 7K3Q9M --to zhao-min"),
        ("weibao inspection start q\t", "inspection start quarterly-inspection"),
    ],
)
def test_tab_completes_the_line(clone: Repository, shell: str, line: str, completed: str) -> None:
    assert f"RAN<{completed}>" in press(clone, shell, line, ("", b"\r"))


TABS_TO_LIST = {"bash": "\t\t", "zsh": "\t"}


@pytest.mark.parametrize("shell", TYPED_IN)
def test_tab_lists_the_open_tickets_first(clone: Repository, shell: str) -> None:
    line = f"weibao ticket ack {TABS_TO_LIST[shell]}"
    # The line is taken back by a key and not by a signal, which the shell may miss while it draws.
    seen = press(clone, shell, line, ("0A4RWX", b"\x15\r"))
    assert seen.index("7K3Q9M") < seen.index("0A4RWX")
    titled = "7K3Q9M  -- 核心交换机 core-sw-01 主控板告警" in seen
    assert titled == (shell == "zsh")  # bash has no place for what a word means


@pytest.mark.parametrize("shell", TYPED_IN)
def test_tab_after_a_line_that_is_no_command_leaves_it(clone: Repository, shell: str) -> None:
    seen = press(clone, shell, "weibao nonsense x\t", ("", b"\r"))
    assert "RAN<nonsense x>" in seen
    assert "Traceback" not in seen


def offered_by_fish(clone: Repository, fish: str, line: str, lang: str = "zh") -> list[list[str]]:
    """What fish offers for a line, as it would beside the cursor: the word and its description."""
    folder = clone.path.parent / "fish" / "completions"
    folder.mkdir(parents=True)
    told = environment() | {"XDG_CONFIG_HOME": str(folder.parents[1]), "WEIBAO_LANG": lang}
    install = f"weibao completion fish > {folder}/weibao.fish; and complete -C $argv[1]"
    done = subprocess.run(
        [fish, "--private", "-c", install, line],
        cwd=clone.path,
        env=told | {"HOME": str(folder)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return [one.split("\t") for one in done.stdout.decode().splitlines()]


@pytest.mark.parametrize("fish", FISHES)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (
            "weibao ticket ack ",
            [
                ["7K3Q9M", "核心交换机 core-sw-01 主控板告警"],
                ["0A4RWX", "核心交换机 core-sw-01 风扇告警"],
            ],
        ),
        ("weibao ticket ack 7k", [["7K3Q9M", "核心交换机 core-sw-01 主控板告警"]]),
        ("weibao ticket assign 7K3Q9M --to 赵", [["zhao-min", "赵敏"]]),
        ("weibao ticket ack 7K3Q9M ", []),
    ],
)
def test_fish_offers_words_in_their_order_with_descriptions(
    clone: Repository, fish: str, line: str, offered: list[list[str]]
) -> None:
    assert offered_by_fish(clone, fish, line) == offered


@pytest.mark.parametrize("fish", FISHES)
def test_fish_shows_a_description_beyond_its_first_comma(clone: Repository, fish: str) -> None:
    ((word, told),) = offered_by_fish(clone, fish, "weibao stat", "en")
    assert word == "status"
    assert told == "What is past due and what comes next, the open tickets, who is on duty."


OFFERED_BY_POWERSHELL = """\
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
weibao completion powershell | Out-String | Invoke-Expression
(TabExpansion2 -inputScript $env:LINE -cursorColumn $env:LINE.Length).CompletionMatches |
    ForEach-Object { "$($_.CompletionText)`t$($_.ToolTip)" }
"""


@pytest.mark.needs("pwsh")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("weibao ticket ack 7k", ["7K3Q9M\t核心交换机 core-sw-01 主控板告警"]),
        ("weibao ticket assign 7K3Q9M --to 赵", ["zhao-min\t赵敏"]),
    ],
)
def test_powershell_offers_words_with_descriptions(
    clone: Repository, line: str, offered: list[str]
) -> None:
    done = subprocess.run(
        ["pwsh", "-NoProfile", "-NonInteractive", "-Command", OFFERED_BY_POWERSHELL],
        cwd=clone.path,
        env=environment() | {"LINE": line},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == offered


def test_powershell_reads_what_is_offered_as_utf_8_and_puts_the_console_back(
    weibao: Weibao,
) -> None:
    script = weibao("completion", "powershell").out
    told = script.index("[Console]::OutputEncoding = [System.Text.Encoding]::UTF8")
    asked = script.index("& weibao")
    back = script.index("[Console]::OutputEncoding = $encoding")
    assert told < asked < script.index("finally") < back
    assert script.count("& weibao") == 1
    assert script.count("{") == script.count("}")
    assert script.isascii()
