"""Where the output cannot go, and what the environment says of it: told, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, record_repository
from building.contract import a_ticket, entry
from building.repository import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

FULL = "/dev/full"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record_repository(tmp_path_factory.mktemp("streams") / "clone").path


def ended(clone: Path, line: str, **environment: str) -> tuple[int, str, str]:
    """How ``weibao LINE`` ends where a shell starts it, with its redirections; and what it said."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m weibao {line}'],
        cwd=clone,
        env=clean_environment() | {"WEIBAO_LANG": "en"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "defect" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", ["check", "status", "--help"])
@pytest.mark.parametrize(
    ("where", "said"),
    [(">&-", "Standard output is closed."), (f">{FULL}", "The output cannot be written")],
)
def test_output_that_cannot_be_written_is_told(
    clone: Path, command: str, where: str, said: str
) -> None:
    code, _, err = ended(clone, f"{command} {where}")
    assert code == 3
    assert said in err


@pytest.mark.parametrize("where", ["2>&-", f"2>{FULL}", ">&- 2>&-"])
def test_where_nobody_can_be_told_the_exit_code_still_says_it(clone: Path, where: str) -> None:
    assert ended(clone, f"no-such-command {where}")[0] == (3 if where.startswith(">") else 2)


def test_output_that_can_be_written_is(clone: Path) -> None:
    code, out, err = ended(clone, "check")
    assert (code, out, err) == (0, "✓ Nothing is wrong.\n", "")


def test_nobody_is_asked_where_nothing_can_be_read(clone: Path) -> None:
    code, _, err = ended(clone, "ticket open <&-")
    assert code == 2
    assert err == ended(clone, "ticket open")[2]


@pytest.mark.parametrize("zone", ["zone/../secret", ":secret", "."])
def test_a_zone_that_is_a_path_to_something_else_is_refused(clone: Path, zone: str) -> None:
    (clone / "zone").mkdir(exist_ok=True)
    (clone / "secret").write_text("root:x:0:0\n", encoding="utf-8")
    code, _, err = ended(clone, "status", TZ=zone)
    assert code == 2
    assert "which is no time zone" in err


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "no-such-zone", ""])
def test_a_zone_of_this_machine_changes_nothing(clone: Path, zone: str) -> None:
    assert ended(clone, "status", TZ=zone)[0] == ended(clone, "status")[0]


@pytest.mark.parametrize("columns", ["0", "²", "-5", "wide"])
def test_a_width_that_is_none_is_not_heeded(clone: Path, columns: str) -> None:
    told = ended(clone, "ticket list")
    assert "T20261120-7K3Q9M" in told[1]
    assert ended(clone, "ticket list", COLUMNS=columns) == told
    assert ended(clone, "ticket list", COLUMNS="40") != told


@pytest.mark.parametrize("command", ["audit", "status", "sla", "ticket list"])
def test_a_line_end_in_a_files_name_begins_no_line(weibao: Weibao, command: str) -> None:
    weibao.repository.write(
        "records/tickets/2026/11/20/a\n::error::b/T20261120-7K3Q9M.yaml",
        a_ticket(log=[entry("09:15", "opened", by="wang-lei")]),
    )
    weibao.repository.commit(at="2026-11-20T09:20:00+08:00")
    ran = weibao(*command.split())
    assert "L114" in ran.out + ran.err
    assert "$'records/tickets/2026/11/20/a\\n::error::b/T20261120-7K3Q9M.yaml'" in (
        (ran.out + ran.err).replace("\n", "").replace(" ", "")
    )
    assert [line for line in (ran.out + ran.err).split("\n") if line.startswith("::")] == []


def test_the_command_that_shows_such_a_file_finds_it(weibao: Weibao) -> None:
    repository = weibao.repository
    name = "records/tickets/2026/11/20/it's\n\tb/T20261120-7K3Q9M.yaml"
    repository.write(name, a_ticket(log=[entry("09:15", "opened", by="wang-lei")]))
    repository.commit(at="2026-11-20T09:20:00+08:00")
    out = " ".join(weibao("audit").out.split())
    shown = out[out.index("To see the copy: ") :].removeprefix("To see the copy: ")
    command = shown[: shown.index(".yaml'") + len(".yaml'")]
    done = subprocess.run(
        ["bash", "-c", command], cwd=repository.path, capture_output=True, check=True
    )
    assert b"T20261120-7K3Q9M.yaml" in done.stdout
