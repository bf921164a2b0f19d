"""A machine that lacks something is told in one line what to install."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from project.pages import ROOT
from weibao.cli.commands.completion import SHELLS

if TYPE_CHECKING:
    from pathlib import Path

MAKE = shutil.which("make") or "make"

OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = (
    '#!/bin/sh\ncase "$2" in\n*ensurepip*) exit 1 ;;\n*print*) echo python3.12-venv ;;\nesac\n'
)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with an awkward name that holds the Makefile, and a ``bin`` with a shell alone."""
    folder = tmp_path / "维保 it's here"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for tool in ("sh", "cat"):
        (folder / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def program(machine: Path, name: str, text: str = "#!/bin/sh\n") -> None:
    """Put a program on the machine."""
    path = machine / "bin" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def told(machine: Path, *arguments: str) -> list[str]:
    """What ``make demo`` says there before make's own last line; it must fail."""
    done = subprocess.run(
        [MAKE, "demo", *arguments],
        cwd=machine,
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode != 0
    return [line for line in done.stderr.splitlines() if not line.startswith("make:")]


def test_without_git_it_says_how_to_get_git_on_each_system(machine: Path) -> None:
    (said,) = told(machine)

    assert "apt install git" in said
    assert "brew install git" in said
    assert "winget install Git.Git" in said


def test_without_a_python_it_says_how_to_get_one_on_each_system(machine: Path) -> None:
    program(machine, "git")
    (said,) = told(machine)

    assert "Python 3.11" in said
    assert "apt install python3 python3-venv" in said
    assert "brew install python" in said
    assert "winget install Python" in said


def test_a_python_that_is_too_old_is_as_good_as_none(machine: Path) -> None:
    program(machine, "git")
    program(machine, "python3", OLD)
    (said,) = told(machine)

    assert "Weibao needs Python 3.11" in said


def test_a_python_without_venv_names_the_package_that_brings_it(machine: Path) -> None:
    program(machine, "git")
    program(machine, "python3", WITHOUT_VENV)
    (said,) = told(machine)

    assert "apt install python3.12-venv" in said


def test_a_python_that_was_named_is_not_replaced_by_another(machine: Path) -> None:
    program(machine, "git")
    program(machine, "old-python", OLD)
    program(machine, "python3")
    (said,) = told(machine, "PYTHON=old-python")

    assert "Weibao needs Python 3.11" in said


def test_every_shell_that_completes_is_brought_by_ci_or_said_to_be_missing() -> None:
    tried = [shell for shell in SHELLS if shell != "powershell"]  # which Debian does not have
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"for shell in {' '.join(tried)}; do" in makefile
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    brought = [shell for shell in tried if f"has {shell} || missing+=({shell})" in ci]
    assert brought == [shell for shell in tried if shell != "bash"]  # which runs .ci/run itself
