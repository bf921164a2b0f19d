"""Compile the message catalogues: a hatch build hook, and a command for the Makefile.

The ``.po`` files are the source; the ``.mo`` files beside them are built and not kept in git.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # the Makefile runs this file without the build backend
    BuildHookInterface = object

LOCALE = Path(__file__).parent / "weibao" / "locale"


def compile_catalogues() -> list[Path]:
    """Write every catalogue's ``.mo`` and return their paths."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3], abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(target)
    return written


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Compiles the catalogues whenever the package is built or installed for editing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it collects files."""
        compile_catalogues()


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path)
