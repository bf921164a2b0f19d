"""A small contract's clone, and the command in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, record_repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command, in a clone with one open ticket."""
    return Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
