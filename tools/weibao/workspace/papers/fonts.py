"""The folders in which fonts are looked for: those that were named, then those where systems keep them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = (
    # Debian, Ubuntu; Fedora; Arch; Alpine; by hand
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/adobe-source-han-sans",
    "/usr/local/share/fonts",
    # macOS
    "/Library/Fonts",
    # Windows
    "C:/Windows/Fonts",
)
OF_A_PERSON = (
    ".local/share/fonts",
    ".fonts",
    "Library/Fonts",
    "AppData/Local/Microsoft/Windows/Fonts",
)
"""The same in somebody's home."""


def font_folders(named: Iterable[Path], home: Path) -> tuple[str, ...]:
    """The named folders, and of the usual ones those that there are, in this order."""
    usual = (*map(Path, USUAL), *(home / folder for folder in OF_A_PERSON))
    return tuple(map(str, (*named, *(folder for folder in usual if folder.is_dir()))))
