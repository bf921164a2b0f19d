"""The command on a real terminal: it asks there, and Esc or Enter end it as they should."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import NOW, STARTER, record_repository
from building.repository import clean_environment
from building.terminal import on_terminal
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository


def session(clone: Repository, *answers: tuple[bytes, bytes]) -> tuple[int, str]:
    """``weibao ticket ack`` on a terminal of its own: each answer is typed once its question is seen."""
    started = [sys.executable, "-c", STARTER, str(parse_instant(NOW)), "ticket", "ack"]
    dates = {"GIT_AUTHOR_DATE": NOW, "GIT_COMMITTER_DATE": NOW}
    environment = clean_environment() | dates | {"WEIBAO_LANG": "en"}
    return on_terminal(started, clone.path, environment, answers)


@pytest.fixture
def clone(tmp_path: Path) -> Repository:
    """A clone with one open ticket."""
    return record_repository(tmp_path / "clone")


def test_enter_three_times_acknowledges_the_most_urgent_ticket(clone: Repository) -> None:
    code, seen = session(clone, (b"7K3Q9M", b"\r"), (b"Note", b"\r"), (b"Record this?", b"\r"))
    assert code == 0, seen
    assert clone.git("log", "-1", "--format=%s") == "T20261120-7K3Q9M acknowledged"
    assert "State: in progress" in seen


@pytest.mark.parametrize("key", [b"\x1b", b"\x03"], ids=["esc", "ctrl-c"])
def test_esc_and_ctrl_c_write_nothing(clone: Repository, key: bytes) -> None:
    code, seen = session(clone, (b"7K3Q9M", b"\r"), (b"Note", key))
    assert code == 130, seen
    assert clone.git("rev-list", "--count", "HEAD") == "2"
    assert clone.git("status", "--porcelain") == ""
    assert "Nothing was written." in seen


def test_where_nothing_fits_what_is_typed_no_row_stays_marked(clone: Repository) -> None:
    code, seen = session(
        clone, (b"7K3Q9M", b"z"), (b"Nothing fits.", b"\x7f"), (b"7K3Q9M", b"\x1b")
    )
    assert code == 130, seen
    assert "Acknowledged: which ticket?" in seen
    assert "»" in seen
    assert not re.search("»[^»\n]*Nothing fits", seen)
