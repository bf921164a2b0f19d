"""Coverage counts what the tests run: in their workers, and in the commands that they start."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from building.repository import clean_environment
from project.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BY_A_WORKER = "import weibao"
BY_A_COMMAND = """
import subprocess, sys

subprocess.run([sys.executable, "-m", "weibao", "--version"], check=True, cwd="elsewhere")
"""


def coverage(folder: Path, *arguments: str) -> None:
    """Coverage with this project's settings, in a folder and apart from one that runs already."""
    apart = {name: value for name, value in clean_environment().items() if "COV" not in name}
    apart["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take longer to load than all this
    command = [sys.executable, "-m", "coverage", arguments[0], f"--rcfile={ROOT}/pyproject.toml"]
    subprocess.run(
        [*command, *arguments[1:]], cwd=folder, env=apart, check=True, capture_output=True
    )


@pytest.mark.parametrize(
    ("code", "module"), [(BY_A_WORKER, "__init__.py"), (BY_A_COMMAND, "__main__.py")]
)
def test_what_a_worker_and_a_command_run_is_counted(tmp_path: Path, code: str, module: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    lines = "".join(f"    {line}\n" for line in code.splitlines())
    (tmp_path / "test_it.py").write_text(f"def test_it():\n{lines}", encoding="utf-8")
    coverage(tmp_path, "run", "-m", "pytest", "-p", "xdist", "-n1", "test_it.py")
    coverage(tmp_path, "combine")
    coverage(tmp_path, "json", "-o", "counted.json", f"--include=*/{module}")
    counted = json.loads((tmp_path / "counted.json").read_text(encoding="utf-8"))["files"]
    (found,) = (
        file
        for name, file in counted.items()
        if name.replace("\\", "/").endswith(f"tools/weibao/{module}")
    )

    assert found["summary"]["covered_lines"] > 0
    assert "covered_branches" in found["summary"]
