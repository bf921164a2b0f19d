"""Fonts are looked for where one is told to, and then where systems keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.workspace.papers import fonts
from weibao.workspace.papers.fonts import font_folders

if TYPE_CHECKING:
    from pathlib import Path


def test_the_named_folders_come_first_and_of_the_usual_those_that_there_are(
    tmp_path: Path, monkeypatch
) -> None:
    usual, home = tmp_path / "usual", tmp_path / "home"
    (home / ".local/share/fonts").mkdir(parents=True)
    usual.mkdir()
    monkeypatch.setattr(fonts, "USUAL", (str(usual), str(tmp_path / "nowhere")))

    assert font_folders([tmp_path / "named"], home) == tuple(
        map(str, (tmp_path / "named", usual, home / ".local/share/fonts"))
    )
