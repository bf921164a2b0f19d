"""Judge what a release hands out: the wheel and the archive of the sources, against what git keeps.

``python tools/check_distribution.py dist`` names what is missing from either, altered in it or has no
business there; exit code 1 if anything is. ``--tag`` holds the version to the tag of the release,
``--sbom`` the software bill of materials to what the wheel asks for. ``make dist`` builds and asks.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent
PLACES = {"tools/weibao/": "weibao/", "schemas/": "weibao/schemas/"}
"""Where the wheel has what lies in these folders of the sources."""

LOCKS = {"requirements/core.lock": "weibao/requirements.lock"} | {
    f"requirements/{extra}.lock": f"weibao/vendor/{extra}.lock"
    for extra in ("board", "site", "import", "desk", "report")
}
"""Where the wheel has the locks of what runs without extras, and with each of them."""


@dataclass(frozen=True)
class Wheel:
    """A wheel as it was built.

    Attributes:
        files: content by path, without what describes the wheel itself.
        version: the version that installers see.
        requires: the packages that it cannot run without, as indexes write their names.
    """

    files: Mapping[str, bytes]
    version: str
    requires: frozenset[str]


def kept_sources(root: Path) -> dict[str, bytes]:
    """The files that git keeps, as they lie in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    return {name: (root / name).read_bytes() for name in listed.split("\0") if name}


def read_wheel(path: Path) -> Wheel:
    """The wheel at ``path``."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    own = {name for name in content if name.partition("/")[0].endswith(".dist-info")}
    (metadata,) = (content[name] for name in own if name.endswith("/METADATA"))
    headers = message_from_bytes(metadata)
    requires = headers.get_all("Requires-Dist", [])
    return Wheel(
        files={name: raw for name, raw in content.items() if name not in own},
        version=headers["Version"],
        requires=frozenset(_package(line) for line in requires if "extra ==" not in line),
    )


def read_archive(path: Path) -> dict[str, bytes]:
    """The files of the archive at ``path``: content by path within the one folder that it has."""
    with tarfile.open(path) as archive:
        streams = {member.name: archive.extractfile(member) for member in archive.getmembers()}
        return {
            name.partition("/")[2]: stream.read()
            for name, stream in streams.items()
            if stream is not None
        }


def wheel_faults(wheel: Wheel, sources: Mapping[str, bytes]) -> list[str]:
    """Where the wheel is not the package with its compiled catalogues, the schemas and the locks."""
    wanted = {inside: sources[name] for name, inside in LOCKS.items()} | {
        inside + name.removeprefix(place): content
        for place, inside in PLACES.items()
        for name, content in sources.items()
        if name.startswith(place)
    }
    compiled = [f"{name.removesuffix('.po')}.mo" for name in wanted if name.endswith(".po")]
    return _differences("wheel", {**wanted, **dict.fromkeys(compiled)}, wheel.files)


def archive_faults(archive: Mapping[str, bytes], sources: Mapping[str, bytes]) -> list[str]:
    """Where the archive is not what git keeps, with the package's description of itself."""
    return _differences("archive", {**sources, "PKG-INFO": None}, archive)


def version_faults(wheel: Wheel, tag: str, changelog: str) -> list[str]:
    """Where the tag, the package itself and the changelog do not name the wheel's version."""
    said = f'\n__version__ = "{wheel.version}"\n'.encode()
    faults = {
        f"the tag {tag} is not the wheel's version {wheel.version}": tag == f"v{wheel.version}",
        f"the package does not say that it is {wheel.version}": said
        in wheel.files["weibao/__init__.py"],
        f"CHANGELOG.md has no dated section for {wheel.version}": re.search(
            rf"^## \[{re.escape(wheel.version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE
        ),
    }
    return [fault for fault, holds in faults.items() if not holds]


def sbom_faults(wheel: Wheel, sbom: Mapping[str, Any]) -> list[str]:
    """Where a CycloneDX bill of materials is another version's, or lacks what is asked of it.

    What the wheel needs must be in it; one without a serial number cannot be attested.
    """
    version = sbom["metadata"]["component"]["version"]
    named = {_package(component["name"]) for component in sbom["components"]}
    return [
        *([] if version == wheel.version else [f"the bill of materials is that of {version}"]),
        *([] if sbom.get("serialNumber") else ["the bill of materials has no serial number"]),
        *(f"the bill of materials lacks {name}" for name in sorted(wheel.requires - named)),
    ]


def _differences(
    what: str, wanted: Mapping[str, bytes | None], found: Mapping[str, bytes]
) -> list[str]:
    """A line for each file that is missing, too many or altered; None is what building makes."""
    faults = dict.fromkeys(wanted.keys() - found.keys(), "is missing")
    faults |= dict.fromkeys(found.keys() - wanted.keys(), "has no business there")
    faults |= {
        name: "is not what git keeps"
        for name, content in wanted.items()
        if name in found and content not in {None, found[name]}
    }
    return [f"{what}: {name} {fault}" for name, fault in sorted(faults.items())]


def _package(requirement: str) -> str:
    """The name that a requirement begins with, as indexes write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every fault of the one wheel and the one archive in a folder; 1 if there is any."""
    parser = argparse.ArgumentParser(description="Judge a wheel and an archive of the sources.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tag", help="the tag that the release bears, v and its version")
    parser.add_argument("--sbom", type=Path, help="a CycloneDX bill of materials, in JSON")
    told = parser.parse_args(arguments)
    (wheel_path,), (archive_path,) = told.folder.glob("*.whl"), told.folder.glob("*.tar.gz")
    wheel, sources = read_wheel(wheel_path), kept_sources(ROOT)
    faults = wheel_faults(wheel, sources) + archive_faults(read_archive(archive_path), sources)
    if told.tag:
        faults += version_faults(wheel, told.tag, sources["CHANGELOG.md"].decode())
    if told.sbom:
        faults += sbom_faults(wheel, json.loads(told.sbom.read_bytes()))
    print("\n".join(faults) or f"{wheel_path.name} and {archive_path.name} are whole")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
