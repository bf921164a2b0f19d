"""Wheels of this very package, and of others in its name, made of files as the build would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from building.wheel import wheel_files
from weibao.workspace.setup.wheel_bytes import pack_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
STARTER = "weibao/workspace/setup/starter/both/"


def package_files() -> dict[str, bytes]:
    """What the package installs, by path in its wheel."""
    tools = ROOT / "tools"
    files = {
        path.relative_to(tools).as_posix(): path.read_bytes()
        for path in (tools / "weibao").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    schemas = {f"weibao/schemas/{path.name}": path for path in (ROOT / "schemas").glob("*.json")}
    return files | {name: path.read_bytes() for name, path in schemas.items()}


def written(folder: Path, version: str, files: Mapping[str, bytes], about: bytes = b"") -> Path:
    """A wheel of a version that installs these files beside those of a small one."""
    made = wheel_files(version) | dict(files)
    made[f"weibao-{version}.dist-info/METADATA"] += about
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"weibao-{version}-py3-none-any.whl"
    path.write_bytes(pack_wheel(made))
    return path
