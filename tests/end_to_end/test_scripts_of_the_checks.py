"""What ``init``'s checks of a pull request run, line by line, in a clone as a forge's run has it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from building.commands import NOW, PATH, STARTER, record_repository
from building.contract import entry
from building.repository import Repository, clean_environment
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTER_FILES = Path(__file__).parents[2] / "tools/weibao/workspace/setup/starter/both"
INSTALLS = re.compile(r"^git archive [^)]*pip install [^)]*\)$")
"""What is judged by here is the package under test; ``test_installing.py`` runs these."""

pytestmark = [
    pytest.mark.needs("bash"),
    pytest.mark.skipif(sys.platform == "win32", reason="these run on the forge's Linux"),
]


class Run:
    """A run on a forge: its clone, in which a request is judged, and a folder of its own."""

    def __init__(self, folder: Path, forge: str, *lines: str) -> None:
        """``lines`` are what the request adds to the ticket; the base has a log of what was seen.

        GitLab checks the request out; the others have the base, and the request is a ref of the forge.
        """
        made = record_repository(folder / "made")
        bare = made.clone(folder / "forge.git", "--bare")
        self.base = made.head
        self.request = bare.clone(folder / "request")
        self.clone = self.request if forge == "gitlab" else bare.clone(folder / "run")
        self.temp = folder / "temp"
        self.temp.mkdir()
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        starter = folder / "starter.py"
        starter.write_text(STARTER, encoding="utf-8")
        shim = bin_folder / "weibao"
        now = parse_instant(NOW)
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{starter}" {now} "$@"\n')
        shim.chmod(0o755)
        self.environment = clean_environment() | {
            "PATH": f"{bin_folder}:{clean_environment()['PATH']}",
            "BASE": self.base,
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "WEIBAO_LANG": "en",
            "CI_SERVER_URL": str(folder),
            "TARGET": "forge",
        }
        self.ran("weibao seen record --push")
        self.clone.git("update-ref", "-d", "refs/weibao/seen")
        self.request.append(PATH, *lines)
        self.propose("一步", at="2026-11-20T09:20:30+08:00")

    def propose(self, message: str, at: str) -> None:
        """A commit of the request, sent to the forge."""
        head = self.request.commit(message, at=at, by="li.qiang@provider.example")
        self.request.git("push", "-q", "origin", "+HEAD:refs/pull/7/head")
        self.environment |= {"HEAD": head, "NUMBER": "7", "CI_COMMIT_SHA": head}

    def ran(self, script: str) -> subprocess.CompletedProcess[str]:
        """A script, run as forges do: by bash, ended by the first line that fails."""
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.clone.path,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def scripts(forge: str) -> Iterator[str]:
    """The scripts of the check, without what installs."""
    if forge == "gitlab":
        job = yaml.safe_load((STARTER_FILES / "dot-gitlab-ci.yml").read_text(encoding="utf-8"))
        yield "\n".join(job["check"]["script"])
        return
    path = STARTER_FILES / f"dot-{forge}" / "workflows" / "check.yml"
    for step in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["records"]["steps"]:
        if script := INSTALLS.sub("", step.get("run", "")):
            yield script


FORGES = ["github", "gitea", "gitlab"]


@pytest.mark.parametrize("forge", ["github", "gitea"])
def test_nothing_of_a_request_is_checked_out_where_it_is_judged(forge: str, tmp_path: Path) -> None:
    run = Run(tmp_path, forge, entry("09:20", "acknowledged"))
    run.request.write(".github/workflows/check.yml", "on: pull_request\n")
    run.request.write("weibao.py", "raise SystemExit('the request was run')\n")
    run.propose("判官", at="2026-11-20T09:21:00+08:00")
    ran = [run.ran(script) for script in scripts(forge)]

    assert [one.returncode for one in ran] == [0, 0, 0]
    assert run.clone.head == run.base
    assert run.clone.git("status", "--porcelain") == ""
    assert not (run.clone.path / "weibao.py").exists()
    assert run.clone.git("cat-file", "-t", run.request.head) == "commit"


@pytest.mark.parametrize("forge", FORGES)
def test_a_sound_step_passes_and_is_judged_by_what_the_forge_saw_first(
    forge: str, tmp_path: Path
) -> None:
    run = Run(tmp_path, forge, entry("09:20", "acknowledged"))
    for script in scripts(forge):
        ran = run.ran(script)
        assert (ran.returncode, ran.stderr) == (0, ""), script
    seen = run.clone.git("rev-parse", "--verify", "-q", "refs/weibao/seen")
    assert seen == Repository(tmp_path / "forge.git", init=False).git(
        "rev-parse", "refs/weibao/seen"
    )
    if forge == "github":
        told = json.loads((run.temp / "weibao-diff.json").read_text(encoding="utf-8"))
        assert told["added"]
        assert told["seen_log"] == seen


@pytest.mark.parametrize("forge", FORGES)
def test_a_line_that_was_rewritten_fails_and_what_it_does_is_told_all_the_same(
    forge: str, tmp_path: Path
) -> None:
    run = Run(tmp_path, forge, entry("09:20", "acknowledged"))
    text = run.request.read(PATH)
    run.request.write(PATH, text.replace("09:15", "09:05"))
    run.propose("改写", at="2026-11-20T09:21:00+08:00")
    ran = [run.ran(script) for script in scripts(forge)]
    assert {one.returncode for one in ran} <= {0, 1}
    assert any(one.returncode == 1 for one in ran)
    assert any("L101" in one.stdout for one in ran)
    if forge == "gitlab":
        assert "L101" in (run.clone.path / "junit.xml").read_text(encoding="utf-8")
        assert "L101" in (run.clone.path / "quality.json").read_text(encoding="utf-8")
        assert (run.clone.path / "difference.md").stat().st_size
    if forge == "gitlab":
        merging = json.loads((run.clone.path / "merging.json").read_text(encoding="utf-8"))
        assert [one["check_name"] for one in merging if one["check_name"] == "L101"] == []
    if forge == "github":
        told = json.loads((run.temp / "weibao-diff.json").read_text(encoding="utf-8"))
        assert "L101" in {one["code"] for one in told["new"]}


def test_gitlab_is_shown_what_only_merging_brings_where_the_job_fails_by_it(tmp_path: Path) -> None:
    run = Run(tmp_path, "gitlab", entry("09:20", "acknowledged"))
    run.request.append(PATH, entry("09:22", "arrived"))
    run.propose("明天的提交", at="2026-11-21T09:21:00+08:00")
    ran = [run.ran(script) for script in scripts("gitlab")]

    assert [one.returncode for one in ran] == [1]
    alone = json.loads((run.clone.path / "quality.json").read_text(encoding="utf-8"))
    merging = json.loads((run.clone.path / "merging.json").read_text(encoding="utf-8"))
    assert alone == []
    assert "E107" in {one["check_name"] for one in merging}
    assert "E107" in (run.clone.path / "merging.xml").read_text(encoding="utf-8")
