"""What the project takes from elsewhere is pinned, and what it gives is licensed."""

from __future__ import annotations

import json
import re
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import yaml

from project.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
KINDS = sorted(
    path.name.removesuffix(".schema.json")
    for path in (ROOT / "schemas").glob("*.schema.json")
    if path.name != "common.schema.json"
)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_index_and_pins_every_package_by_version_and_hash(lock) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))

    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--(?!hash)[a-z-]+)", text, re.MULTILINE)
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==[^\s;\\]+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_the_locks_agree_on_the_version_of_every_package_that_they_share() -> None:
    run = _versions(ROOT / "requirements" / "run.lock")
    others = [_versions(lock) for lock in LOCKS if lock.name != "run.lock"]

    assert len(others) == 9
    for lock in others:
        shared = run.keys() & lock.keys()
        assert len(shared) > 25
        assert {package: lock[package] for package in shared} == {
            package: run[package] for package in shared
        }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_and_leaves_no_token_behind(path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    uses = [step["uses"] for step in steps if "uses" in step]

    assert uses
    assert all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", one) for one in uses)
    assert len(re.findall(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == len(uses)
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
    assert workflow["permissions"] == {}
    assert all("${{" not in step.get("run", "") for step in steps)


def test_what_checks_out_a_request_s_files_is_no_workflow_that_the_base_trusts() -> None:
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if "pull_request_target" in text:
            steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
            checkouts = [step for step in steps if "checkout" in step.get("uses", "")]
            assert checkouts
            assert [step for step in checkouts if "ref" in step["with"]] == []


@pytest.mark.parametrize(
    "path",
    [
        "records/tickets/2026/11/23/T20261123-7K3Q9M.yaml",
        "records/inspections/2026/11/15/I20261115-4F2MXA.yaml",
        "records/spares.yaml",
        "records/actions.yaml",
    ],
)
def test_files_with_a_log_are_merged_by_union_and_keep_their_line_ends(path: str) -> None:
    found = subprocess.run(
        ["git", "check-attr", "-z", "merge", "eol", "--", path],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\0")

    assert (found[2], found[5]) == ("union", "lf")


BY_NAME = re.compile(r"\b(?:pipx?3?|uv)\b[^&;|]*\binstall\b[^&;|]*[\s\"'`]weibao(?![\w./:-])")
"""A line that installs this package by its name, which belongs to whoever registers it."""


def test_nothing_that_is_handed_out_installs_this_package_by_its_name() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.split("\0")
    kept = [name for name in listed if name and not name.startswith(("tests/", "CHANGELOG"))]
    texts = {name: (ROOT / name).read_bytes().decode(errors="replace") for name in kept}
    found = [
        f"{name}: {line.strip()}"
        for name, text in texts.items()
        for line in text.splitlines()
        if BY_NAME.search(line)
    ]

    assert sum("pip install" in text for text in texts.values()) > 10
    assert found == []
    assert BY_NAME.search("run: pip install -q 'weibao==0.1.0' && weibao check")
    assert BY_NAME.search("`pipx install weibao`")
    assert not BY_NAME.search("pip install ./vendor/weibao-0.1.0-py3-none-any.whl")


def test_the_licence_is_the_apache_licence_whole() -> None:
    text = (ROOT / "LICENSE").read_bytes().replace(b"\r\n", b"\n")

    assert (
        sha256(text).hexdigest()
        == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    )


def test_the_editor_is_told_the_schema_of_every_kind_of_record() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    assert sorted(settings["yaml.schemas"]) == [f"schemas/{kind}.schema.json" for kind in KINDS]
    assert settings["yaml.format.enable"] is False


def _versions(lock: Path) -> dict[str, set[str]]:
    """The versions of each package; there are two where an older Python needs an older one."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE
    ):
        versions.setdefault(package, set()).add(version)
    return versions
