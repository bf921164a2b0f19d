"""One repository and one build of its site for all the tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.site import mkdocs, site_repository

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository of :mod:`building.site`, its site built strictly."""
    made = site_repository(tmp_path_factory.mktemp("site") / "维保 contract")
    done = mkdocs(made, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def built(repository: Repository) -> Path:
    """The folder of the built site."""
    return repository.path / "site"
