"""What ``init``'s workflows install, by pip itself and without a network: the vendored wheel or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from building.repository import Repository, clean_environment
from building.wheel import small_wheel
from hostile.threats import Ending, caught
from weibao.workspace.setup.vendored_wheel import given_wheel, vendored_files

if TYPE_CHECKING:
    from collections.abc import Mapping

STARTER_FILES = Path(__file__).parents[2] / "tools/weibao/workspace/setup/starter/both"
HONEST, HOSTILE = b'"""Small."""\n', b'"""Pwned."""\n'
by_bash = pytest.mark.skipif(sys.platform == "win32", reason="these run on the forge's Linux")


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    """A repository that has vendored a wheel, on a branch of a request."""
    repository = Repository(tmp_path / "made")
    vendor(repository, small_wheel(tmp_path / "wheels"))
    repository.git("switch", "-q", "-c", "request")
    return repository


def vendor(repository: Repository, wheel: Path) -> None:
    """Vendor a wheel with its hash, and commit that."""
    for path, content in vendored_files(given_wheel(wheel)).items():
        repository.write(path, content)
    repository.commit("vendored")


def environment(folder: Path) -> Mapping[str, str]:
    """Where pip installs into ``site`` under ``folder`` and asks no index; needs are not installed."""
    pip = {"NO_INDEX": "1", "NO_DEPS": "1", "TARGET": str(folder / "site"), "NO_COMPILE": "1"}
    for place in ("bin", "temporary"):
        (folder / place).mkdir(exist_ok=True)
    shim = folder / "bin" / "pip"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pip "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    clean = clean_environment()
    return {
        **{name: value for name, value in clean.items() if not name.startswith("PIP_")},
        **{f"PIP_{name}": value for name, value in pip.items()},
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PATH": os.pathsep.join((str(folder / "bin"), clean["PATH"])),
        "RUNNER_TEMP": str(folder / "temporary"),
        "TOOL": str(folder / "temporary"),
    }


def installed(folder: Path) -> bytes:
    """The code that was installed; b"" where nothing was."""
    code = folder / "site" / "weibao" / "__init__.py"
    return code.read_bytes() if code.is_file() else b""


def pip_install(repository: Repository, folder: Path) -> subprocess.CompletedProcess[str]:
    options = ("--no-deps", "--no-index", "--require-hashes", "-r", "requirements.txt")
    return subprocess.run(
        [sys.executable, "-m", "pip", "install", *options],
        cwd=repository.path,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_is_installed_by_its_hash(made: Repository, tmp_path: Path) -> None:
    done = pip_install(made, tmp_path)

    assert done.returncode == 0, done.stderr
    assert installed(tmp_path) == HONEST


def test_one_byte_more_stops_the_install(made: Repository, tmp_path: Path) -> None:
    (wheel,) = made.path.glob("vendor/*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    done = pip_install(made, tmp_path)

    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert installed(tmp_path) == b""
    caught("name on an index", Ending.REFUSED)


def test_a_wheel_without_its_hash_is_not_installed(made: Repository, tmp_path: Path) -> None:
    made.write("requirements.txt", made.read("requirements.txt").partition(" --hash")[0] + "\n")
    done = pip_install(made, tmp_path)

    assert done.returncode != 0
    assert installed(tmp_path) == b""


def script(forge: str, workflow: str = "check", job: str = "") -> str:
    """What a job of a workflow, the first if none is named, runs to install, and no more."""
    if forge == "gitlab":
        text = (STARTER_FILES / "dot-gitlab-ci.yml").read_text(encoding="utf-8")
        runs = yaml.safe_load(text)["default"]["before_script"]
    else:
        path = STARTER_FILES / f"dot-{forge}" / "workflows" / f"{workflow}.yml"
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
        runs = [step.get("run", "") for step in jobs[job or next(iter(jobs))]["steps"]]
    (found,) = (run for run in runs if "pip install" in run)
    return str(found).partition(" && weibao ")[0]


def run(repository: Repository, lines: str, folder: Path, base: str) -> int:
    """The exit code of a script, run as forges do."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", lines],
        cwd=repository.path,
        env={**environment(folder), "BASE": base},
        capture_output=True,
        check=False,
    ).returncode


@by_bash
@pytest.mark.needs("bash")
@pytest.mark.parametrize("forge", ["github", "gitea", "gitlab"])
def test_a_request_that_vendors_its_own_wheel_is_judged_by_that_of_its_base(
    forge: str, made: Repository, tmp_path: Path
) -> None:
    base = made.head
    vendor(made, small_wheel(tmp_path / "wheels", code=HOSTILE))

    assert run(made, script(forge), tmp_path, base) == 0
    assert installed(tmp_path) == HONEST


@by_bash
@pytest.mark.needs("bash")
@pytest.mark.parametrize(
    ("forge", "workflow", "job"),
    [
        ("github", "check", "records"),
        ("github", "check", "comment"),
        ("github", "merge", ""),
        ("github", "publish", ""),
        ("github", "seen", ""),
        ("gitea", "check", ""),
        ("gitea", "seen", ""),
        ("gitlab", "", ""),
    ],
)
def test_no_workflow_installs_a_wheel_of_one_byte_more(
    forge: str, workflow: str, job: str, made: Repository, tmp_path: Path
) -> None:
    assert run(made, script(forge, workflow, job), tmp_path, made.head) == 0
    assert installed(tmp_path) == HONEST
    (wheel,) = made.path.glob("vendor/*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    made.commit("one byte more")

    (tmp_path / "again").mkdir()
    assert run(made, script(forge, workflow, job), tmp_path / "again", made.head) != 0
    assert installed(tmp_path / "again") == b""
