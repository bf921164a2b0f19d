"""Compile the message catalogues, and pack the wheel: a hatch build hook, and a command for the Makefile.

The ``.po`` files are the source; the ``.mo`` files beside them are built and not kept in git. The same
sources give the same bytes, of each catalogue and of the wheel.
"""

from __future__ import annotations

import runpy
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # the Makefile runs this file without the build backend
    BuildHookInterface = object

PACKAGE = Path(__file__).parent / "weibao"
LOCALE = PACKAGE / "locale"
NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


def compile_catalogues() -> list[Path]:
    """Write every catalogue's ``.mo`` and return their paths."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3], abort_invalid=True)
        # Babel writes into the header when it read a catalogue that names no time itself.
        catalogue.creation_date = catalogue.revision_date = NO_TIME
        target = source.with_suffix(".mo")
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(target)
    return written


def pack_anew(path: Path) -> None:
    """Write a wheel as the package itself would make it out of what is installed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    # The file alone: the package around it may need what is not here while it is built.
    pack_wheel = runpy.run_path(str(PACKAGE / "workspace" / "setup" / "wheel_bytes.py"))[
        "pack_wheel"
    ]
    path.write_bytes(pack_wheel(files))


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Compiles the catalogues whenever the package is built or installed for editing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it collects files."""
        compile_catalogues()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Called by hatchling with what it has written, of which a wheel to hand out is packed anew."""
        if self.target_name == "wheel" and version == "standard":
            pack_anew(Path(artifact_path))


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path)
