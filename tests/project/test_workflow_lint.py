"""zizmor on every workflow, this repository's and those that ``init`` writes: nothing unexplained."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sysconfig
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from building.repository import clean_environment
from project.pages import ROOT
from weibao.workspace.setup.new_repository import Answers, repository_files

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = (".github/workflows/", ".gitea/workflows/")
IGNORED = re.compile(r"zizmor: ignore\[(?P<audit>[^\]]*)\](?P<reason>.*)")


def own() -> dict[str, bytes]:
    """This repository's workflows."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).glob("*.y*ml")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def shipped(language: str) -> dict[str, bytes]:
    """A new contract's workflows."""
    day = date(2026, 11, 23)
    said = Answers(
        "a", "b", "c", "Li", "li@x.example", "Asia/Shanghai", language, "main", day, publish=True
    )
    files = repository_files(said)
    return {path: raw for path, raw in files.items() if path.startswith(FOLDERS)}


SETS = {"own": own(), "shipped-zh": shipped("zh"), "shipped-en": shipped("en")}


def audited(files: dict[str, bytes], folder: Path) -> list[dict[str, Any]]:
    """What zizmor finds in the files."""
    for path, raw in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    zizmor = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    assert zizmor
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--no-exit-codes", "--format=json-v1", *files],
        cwd=folder,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for path in files:
        assert f"completed {path}" in done.stderr.replace("\\", "/")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return [one for one in found if not one["ignored"]]


@pytest.mark.parametrize("name", SETS)
def test_zizmor_finds_nothing_in_a_workflow(name: str, tmp_path: Path) -> None:
    assert len(SETS[name]) >= 6
    assert audited(SETS[name], tmp_path) == []


@pytest.mark.parametrize("name", SETS)
def test_what_it_is_told_to_ignore_is_one_audit_with_a_reason_and_still_found(
    name: str, tmp_path: Path
) -> None:
    ignored = [found for raw in SETS[name].values() for found in IGNORED.finditer(raw.decode())]
    without = {path: IGNORED.sub("", raw.decode()).encode() for path, raw in SETS[name].items()}

    assert ignored
    assert all(len(found["reason"].split()) >= 5 for found in ignored)
    assert sorted(one["ident"] for one in audited(without, tmp_path)) == sorted(
        found["audit"] for found in ignored
    )


@pytest.mark.parametrize(
    ("old", "new", "audit"),
    [
        (rb'"\$NUMBER"', b"${{ github.head_ref }}", "template-injection"),
        (rb"(, |^ *)persist-credentials: false", b"", "artipacked"),
        (b"@3d3c42e5aac5ba805825da76410c181273ba90b1", b"@v7", "unpinned-uses"),
    ],
)
@pytest.mark.parametrize("name", SETS)
def test_it_would_find_what_an_attacker_looks_for(
    name: str, old: bytes, new: bytes, audit: str, tmp_path: Path
) -> None:
    path = ".github/workflows/merge.yml"
    changed = re.sub(old, new, SETS[name][path], flags=re.MULTILINE)

    assert changed != SETS[name][path]
    assert audit in {one["ident"] for one in audited({path: changed}, tmp_path)}
