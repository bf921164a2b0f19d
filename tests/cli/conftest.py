"""A small contract's clone, and the command in it. Pseudo-terminals are a thing of POSIX."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, record_repository

if TYPE_CHECKING:
    from pathlib import Path

TERMINALS = ["test_on_a_terminal.py", "test_completing_in_shells.py"]
collect_ignore = TERMINALS if os.name == "nt" else []


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command, in a clone with one open ticket."""
    return Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
