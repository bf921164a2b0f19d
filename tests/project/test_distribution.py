"""What a release hands out: a wheel and an archive that lack nothing and hold nothing strange."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

import pytest

from building.repository import clean_environment
from project.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

CHANGELOG = "\n## [1.2.0] - 2026-12-01\n\n### Added\n"


@pytest.fixture(scope="module")
def checking() -> ModuleType:
    """``tools/check_distribution.py``, which is no part of the package."""
    place = ROOT / "tools" / "check_distribution.py"
    spec = spec_from_file_location("check_distribution", place)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sources(checking: ModuleType) -> dict[str, bytes]:
    return checking.kept_sources(ROOT)


def build(sources: dict[str, bytes], tree: Path, zone: str) -> Path:
    """The folder of what is built of these files, in a place and by a clock of its own."""
    for name, content in sources.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build"],
        cwd=tree,
        env=clean_environment() | {"TZ": zone},
        check=True,
        capture_output=True,
    )
    return tree / "dist"


@pytest.fixture(scope="module")
def built(sources: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what is built from this very tree, in a copy: building writes catalogues."""
    return build(sources, tmp_path_factory.mktemp("tree"), "UTC")


@pytest.fixture(scope="module")
def wheel(checking: ModuleType, built: Path) -> Any:
    """The wheel of this very tree."""
    return checking.read_wheel(next(built.glob("*.whl")))


def altered(wheel: Any, without: str = "", **files: bytes) -> Any:
    """The wheel with other files in it."""
    kept = {name: raw for name, raw in wheel.files.items() if name != without}
    return replace(wheel, files=kept | files)


def test_the_wheel_holds_the_package_catalogues_schemas_and_starter_files_and_nothing_else(
    checking, wheel, sources
) -> None:
    assert checking.wheel_faults(wheel, sources) == []
    assert {
        "weibao/locale/zh/LC_MESSAGES/rules.mo",
        "weibao/schemas/output/sla.schema.json",
        "weibao/demo/stories/equipment.yaml",
        "weibao/demo/data/pages/gitattributes",
        "weibao/requirements.lock",
    } <= wheel.files.keys()
    assert {"click", "pyyaml", "jsonschema-rs"} <= wheel.requires
    assert "pytest" not in wheel.requires


@pytest.mark.parametrize(
    "lost",
    [
        "weibao/locale/zh/LC_MESSAGES/rules.mo",
        "weibao/schemas/ticket.schema.json",
        "weibao/requirements.lock",
        "weibao/vendor/site.lock",
        "weibao/vendor/desk.lock",
        "weibao/vendor/import.lock",
        "weibao/vendor/report.lock",
        "weibao/py.typed",
    ],
)
def test_a_file_that_the_wheel_lost_is_named(checking, wheel, sources, lost: str) -> None:
    assert checking.wheel_faults(altered(wheel, lost), sources) == [f"wheel: {lost} is missing"]


def test_built_again_elsewhere_at_another_time_it_is_the_same_to_the_byte(
    built: Path, sources: dict[str, bytes], tmp_path: Path
) -> None:
    again = build(sources, tmp_path / "elsewhere", "Asia/Kathmandu")

    assert len(list(built.iterdir())) == 2
    for path in built.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_a_contract_begun_where_it_was_installed_vendors_that_very_wheel(
    built: Path, tmp_path: Path
) -> None:
    (wheel,) = built.glob("*.whl")
    site, new = tmp_path / "site", tmp_path / "new"
    alone = ["--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check"]
    ran([sys.executable, "-m", "pip", "install", *alone, "--target", str(site), str(wheel)])
    names = ("--contract", "x", "--customer", "x", "--provider", "x", "--by", "Li <li@x.example>")
    weibao = [sys.executable, "-m", "weibao", "--lang", "en"]
    ran([*weibao, "init", str(new), *names], PYTHONPATH=str(site))
    (vendored,) = (new / "vendor").glob("*.whl")

    assert (vendored.name, vendored.read_bytes()) == (wheel.name, wheel.read_bytes())
    lock = ROOT / "requirements" / "core.lock"
    assert (new / "requirements.lock").read_bytes() == lock.read_bytes().replace(b"\r\n", b"\n")
    told = ran([*weibao, "-C", str(new), "doctor"], PYTHONPATH=str(site))
    assert "✓ what workflows install is locked by hashes" in told


def ran(command: list[str], **environment: str) -> str:
    """What a command prints that is to end well."""
    done = subprocess.run(
        command,
        env=clean_environment() | {"PYTHONUTF8": "1"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_test_that_came_along_and_a_file_that_was_altered_are_named(
    checking, wheel, sources
) -> None:
    strange = {"tests/conftest.py": b"", "weibao/__main__.py": b"import os\n"}

    assert checking.wheel_faults(altered(wheel, **strange), sources) == [
        "wheel: tests/conftest.py has no business there",
        "wheel: weibao/__main__.py is not what git keeps",
    ]


def test_the_archive_is_what_git_keeps(checking, built: Path, sources) -> None:
    archive = checking.read_archive(next(built.glob("*.tar.gz")))

    assert checking.archive_faults(archive, sources) == []


def test_what_an_archive_lacks_or_has_besides_is_named(checking) -> None:
    kept = {"README.md": b"# Weibao\n", "tools/weibao/__init__.py": b""}

    assert checking.archive_faults(kept | {"PKG-INFO": b"Name: weibao\n"}, kept) == []
    assert checking.archive_faults({"README.md": b"#\n", ".venv/where": b""}, kept) == [
        "archive: .venv/where has no business there",
        "archive: PKG-INFO is missing",
        "archive: README.md is not what git keeps",
        "archive: tools/weibao/__init__.py is missing",
    ]


def test_the_version_is_told_alike_by_the_project_and_the_package(checking, wheel) -> None:
    dated = f"\n## [{wheel.version}] - 2026-12-01\n"

    assert checking.version_faults(wheel, f"v{wheel.version}", dated) == []


def test_a_tag_that_is_not_the_version_is_refused_and_so_is_a_release_without_its_changes(
    checking, wheel
) -> None:
    code = {"weibao/__init__.py": b'"""Weibao."""\n\n__version__ = "1.1.0"\n'}
    released = replace(altered(wheel, **code), version="1.2.0")

    assert checking.version_faults(released, "v1.3.0", CHANGELOG) == [
        "the tag v1.3.0 is not the wheel's version 1.2.0",
        "the package does not say that it is 1.2.0",
    ]
    undated = CHANGELOG.replace(" - 2026-12-01", "")
    assert checking.version_faults(replace(released, version="1.1.0"), "v1.1.0", undated) == [
        "CHANGELOG.md has no dated section for 1.1.0"
    ]


def test_a_bill_of_materials_names_the_version_and_every_package_that_is_needed(
    checking, wheel
) -> None:
    asked = replace(wheel, version="1.2.0", requires=frozenset({"jsonschema-rs", "pyyaml"}))
    components = [{"name": "PyYAML"}, {"name": "jsonschema_rs"}, {"name": "click"}]
    sbom = {
        "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        "metadata": {"component": {"version": "1.2.0"}},
        "components": components,
    }

    assert checking.sbom_faults(asked, sbom) == []
    assert checking.sbom_faults(replace(asked, version="1.3.0"), sbom) == [
        "the bill of materials is that of 1.2.0"
    ]
    assert checking.sbom_faults(asked, sbom | {"components": components[1:]}) == [
        "the bill of materials lacks pyyaml"
    ]
    assert checking.sbom_faults(asked, sbom | {"serialNumber": None}) == [
        "the bill of materials has no serial number"
    ]
