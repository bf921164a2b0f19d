"""The example, made once for all tests that only read it."""

from __future__ import annotations

import pytest

from demo.making import Example, example


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example as ``weibao demo`` makes it, ending on a Monday."""
    return example(tmp_path_factory.mktemp("demo") / "合同 一")
