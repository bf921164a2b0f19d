"""A Book is built without looking for garbage, and whatever comes of it, that goes on afterwards."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from building.commands import record_repository
from weibao.cli.framework.session import Session
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("collecting", [True, False])
@pytest.mark.parametrize("revision", ["HEAD", "nothing"])
def test_the_collector_is_off_for_a_book_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str, *, collecting: bool
) -> None:
    seen = []
    monkeypatch.setattr("weibao.report.opening.book_of", lambda *_: seen.append(gc.isenabled()))
    session = Session(record_repository(tmp_path / "clone").path, "en", "never")
    if not collecting:
        gc.disable()
    try:
        session.book(revision, "")
    except Refusal:
        assert revision == "nothing"
    else:
        assert seen == [False]
        assert gc.get_freeze_count() > 0
    finally:
        left = gc.isenabled()
        gc.enable()
        gc.unfreeze()
    assert left is collecting
