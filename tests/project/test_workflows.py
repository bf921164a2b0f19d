"""The workflows for pull requests: which code they run, what they may do, and what they hand on."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from project.pages import ROOT

GITHUB = ROOT / ".github" / "workflows"
GITEA = ROOT / ".gitea" / "workflows" / "check.yml"
GITLAB = ROOT / ".gitlab-ci.yml"


def workflow(path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path, job: str) -> list[dict[str, Any]]:
    return workflow(path)["jobs"][job]["steps"]


def test_the_half_that_reads_the_pull_request_may_only_read() -> None:
    check = workflow(GITHUB / "check.yml")

    assert check["permissions"] == {}
    assert check[True] == {"pull_request": None}
    assert [job["permissions"] for job in check["jobs"].values()] == [{"contents": "read"}]


def test_the_half_that_writes_never_checks_out_the_head() -> None:
    text = (GITHUB / "comment.yml").read_text(encoding="utf-8")
    (checkout,) = (
        one for one in steps(GITHUB / "comment.yml", "comment") if "checkout" in one.get("uses", "")
    )

    assert checkout["with"] == {"persist-credentials": False}
    assert "head_sha" not in text
    assert "git fetch" not in text
    assert workflow(GITHUB / "comment.yml")["jobs"]["comment"]["permissions"] == {
        "actions": "read",
        "contents": "read",
        "pull-requests": "write",
    }


def test_it_takes_one_file_by_name_into_a_folder_of_its_own() -> None:
    (upload,) = (
        one["with"]
        for one in steps(GITHUB / "check.yml", "records")
        if "upload-artifact" in one.get("uses", "")
    )
    (download,) = (
        one["with"]
        for one in steps(GITHUB / "comment.yml", "comment")
        if "download-artifact" in one.get("uses", "")
    )
    run = steps(GITHUB / "comment.yml", "comment")[-1]["run"]

    assert upload["name"] == download["name"] == "weibao-diff"
    assert upload["path"].endswith("/weibao-diff.json")
    assert download["path"] == "${{ runner.temp }}/difference"
    assert '--artifact "$RUNNER_TEMP/difference/weibao-diff.json"' in run
    assert '--event "$GITHUB_EVENT_PATH"' in run


def test_the_second_half_runs_after_the_first_by_its_name_and_only_for_pull_requests() -> None:
    comment = workflow(GITHUB / "comment.yml")

    assert comment[True]["workflow_run"]["workflows"] == [workflow(GITHUB / "check.yml")["name"]]
    assert "workflow_run.event == 'pull_request'" in comment["jobs"]["comment"]["if"]


@pytest.mark.parametrize(
    "path",
    [*sorted(GITHUB.glob("*.yml")), *sorted(GITEA.parent.glob("*.yml"))],
    ids=lambda one: f"{one.parts[-3]}-{one.name}",
)
def test_no_text_of_a_pull_request_is_put_into_a_script(path) -> None:
    for job in workflow(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            for value in step.get("env", {}).values():
                assert value in {
                    "1",
                    "${{ github.token }}",
                    "${{ github.event.pull_request.base.sha }}",
                    # What whoever may write to the repository has typed, or has set up.
                    "${{ github.event.repository.default_branch }}",
                    "${{ inputs.number }}",
                    "${{ inputs.commit }}",
                }


def test_only_the_commit_that_was_approved_is_merged_and_only_by_hand() -> None:
    merge = workflow(GITHUB / "merge.yml")
    checkout, *_, merging = steps(GITHUB / "merge.yml", "merge")

    assert set(merge[True]) == {"workflow_dispatch"}
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert merging["run"].rstrip().endswith('land "$NUMBER" "$COMMIT"')
    assert merging["env"]["COMMIT"] == "${{ inputs.commit }}"


@pytest.mark.parametrize("path", [GITHUB / "seen.yml", GITEA.with_name("seen.yml")])
def test_what_keeps_the_log_of_what_was_seen_runs_the_default_branch_s_code_and_no_request_s(
    path,
) -> None:
    seen = workflow(path)
    checkout, *_, recording = steps(path, "seen")

    assert set(seen[True]) <= {"push", "schedule", "workflow_run"}
    assert {"push", "schedule"} <= set(seen[True])
    assert seen[True]["push"] is None
    assert checkout["with"]["ref"] in {"${{ github.event.repository.default_branch }}", "main"}
    assert checkout["with"]["fetch-depth"] == 0
    assert recording["run"].rstrip().endswith("seen record --push")
    assert seen["concurrency"] == {"group": "seen", "cancel-in-progress": False}
    assert [job["permissions"] for job in seen["jobs"].values()] == [{"contents": "write"}]


def test_a_fork_s_request_is_seen_once_its_check_is_asked_for() -> None:
    check = workflow(GITHUB / "check.yml")["name"]

    assert workflow(GITHUB / "seen.yml")[True]["workflow_run"] == {
        "workflows": [check],
        "types": ["requested"],
    }


def test_gitea_runs_the_base_s_tool_with_pinned_actions() -> None:
    gitea = steps(GITEA, "records")
    uses = [one["uses"] for one in gitea if "uses" in one]

    assert all(re.fullmatch(r"https://github\.com/[\w/-]+@[0-9a-f]{40}", one) for one in uses)
    assert {one.rpartition("/")[2] for one in uses} <= {
        one["uses"].rpartition("/")[2]
        for one in steps(GITHUB / "check.yml", "records")
        if "uses" in one
    }
    assert gitea[0]["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert all(one["working-directory"] == "base" for one in gitea if "run" in one)
    assert workflow(GITEA)["permissions"] == {}


def test_gitlab_gets_both_reports_from_the_target_s_tool() -> None:
    job = workflow(GITLAB)["weibao"]
    script = "\n".join([*job["before_script"], *job["script"]])

    assert job["artifacts"]["reports"] == {
        "codequality": ["weibao-reports/check.json", "weibao-reports/difference.json"],
        "junit": ["weibao-reports/check.xml", "weibao-reports/difference.xml"],
    }
    for paths in job["artifacts"]["reports"].values():
        for path in paths:
            assert f'"$reports/{path.partition("/")[2]}"' in script
    assert job["variables"]["GIT_DEPTH"] == "0"
    assert script.index("cd /tmp/base") < script.index("pip install")
    assert job["script"][-1] == 'exit "$failed"'
    assert "$CI_" in script
    assert "$CI_" not in re.sub(r'"[^"]*"', "", script)
