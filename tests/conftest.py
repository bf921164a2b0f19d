"""What holds for every test: machines may be slow, and a law is no less true for it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

BROWSER = Path(__file__).parent / "browser"

settings.register_profile("weibao", deadline=None)
settings.load_profile("weibao")


TOOLS = {
    "ssh-keygen": "openssh-client",
    "gpg": "gnupg",
    "openssl": "openssl",
    "pdftotext": "poppler-utils",
}
"""Programs that some tests make keys and stamps with, and the packages of Debian that bring them."""


def pytest_report_header() -> list[str]:
    """Say what is not on this machine, so that what needs it is left out."""
    return [
        f"There is no {tool} here: what needs it is left out (apt install {package}; .ci/run does so)"
        for tool, package in TOOLS.items()
        if shutil.which(tool) is None
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a program that is not here, and put the browser's tests last.

    Playwright keeps an event loop running in its process until the browser closes, and no prompt or
    board could start its own beside it. A worker takes its tests in this order.
    """
    left_out = [one for one in items if any(map(_is_missing, one.iter_markers("needs")))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]
    items.sort(key=lambda item: item.path.is_relative_to(BROWSER))


def _is_missing(marker: pytest.Mark) -> bool:
    return any(shutil.which(tool) is None for tool in marker.args)
