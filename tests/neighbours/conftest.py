"""A contract's repository as ``weibao init`` writes it, and the packages of npm that read it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from weibao.workspace.setup.new_repository import Answers, repository_files

PACKAGES = Path(sys.prefix) / "neighbours"


@pytest.fixture(scope="session")
def packages() -> Path:
    """Where ``make .venv/neighbours.stamp`` puts the packages that package-lock.json names."""
    assert (PACKAGES / "node_modules").is_dir(), "make .venv/neighbours.stamp installs them"
    return PACKAGES


@pytest.fixture(scope="session", params=["zh", "en"])
def starter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a new repository, in either language."""
    folder = tmp_path_factory.mktemp("starter")
    answers = Answers(
        contract="网络维保: “a”",
        customer="客户",
        provider="服务商",
        name="李强",
        email="li.qiang@provider.example",
        zone="Asia/Shanghai",
        language=request.param,
        main="main",
        day=date(2026, 11, 20),
        publish=True,
    )
    for path, content in repository_files(answers).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
