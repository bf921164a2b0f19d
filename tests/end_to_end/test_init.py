"""From an empty folder to a site that builds, as a new administrator would."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from building.repository import Repository, clean_environment
from building.wheel import small_wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_check_and_a_strict_build_are_green_at_once(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "new"
    names = ("--contract", "a: “b” {{ c }}", "--customer", "<b>客户</b>", "--provider", "P & Q")
    by = ("--by", "Li <li@provider.example>", "--wheel", str(small_wheel(tmp_path)))
    _run("weibao", "--lang", language, "init", str(folder), *names, *by, cwd=tmp_path)

    assert "✓" in _run("weibao", "--lang", language, "check", cwd=folder)
    _run("mkdocs", "build", "--strict", "--quiet", cwd=folder)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "a: “b” {{ c }}" in page
    assert "<b>客户</b>" not in page
    assert Repository(folder, init=False).git("status", "--porcelain") == ""


def _run(module: str, *arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        env=clean_environment() | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
