"""What holds for every test: machines may be slow, and a law is no less true for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

BROWSER = Path(__file__).parent / "browser"

settings.register_profile("weibao", deadline=None)
settings.load_profile("weibao")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last.

    Playwright keeps an event loop running in its process until the browser closes, and no prompt or
    board could start its own beside it. A worker takes its tests in this order.
    """
    items.sort(key=lambda item: item.path.is_relative_to(BROWSER))
