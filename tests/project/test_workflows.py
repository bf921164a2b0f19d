"""The workflows for pull requests: which code they run, what they may do, and what they hand on."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from hostile.threats import Ending, caught
from project.pages import ROOT

GITHUB = ROOT / ".github" / "workflows"
GITEA = ROOT / ".gitea" / "workflows" / "check.yml"
GITLAB = ROOT / ".gitlab-ci.yml"


def workflow(path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path, job: str) -> list[dict[str, Any]]:
    return workflow(path)["jobs"][job]["steps"]


@pytest.mark.parametrize("path", [GITHUB / "check.yml", GITEA])
def test_what_judges_a_request_is_the_base_s_and_reads_it_as_objects(path) -> None:
    check = workflow(path)
    records = check["jobs"]["records"]
    runs = "\n".join(step.get("run", "") for step in records["steps"])
    refs = [step["with"].get("ref") for step in records["steps"] if "checkout" in str(step)]

    assert check["permissions"] == {}
    assert check[True] == {"pull_request_target": {"branches": ["main"]}}
    assert records["permissions"] == {"contents": "read"}
    assert refs in ([None], ["${{ github.event.pull_request.base.sha }}"])
    assert 'fetch --quiet --no-tags origin "refs/pull/$NUMBER/head"' in runs
    assert 'check --base "$BASE" --at "$HEAD"' in runs
    assert 'diff "$BASE" "$HEAD"' in runs
    for word in ("checkout", "switch", "worktree", "merge", "secrets"):
        assert word not in runs
    caught("code in a request", Ending.NOT_RUN)


def test_the_job_that_writes_takes_one_file_of_the_same_run_and_runs_the_base_s_code() -> None:
    jobs = workflow(GITHUB / "check.yml")["jobs"]
    comment = jobs["comment"]
    (checkout,) = (step for step in comment["steps"] if "checkout" in step.get("uses", ""))
    (upload,) = (
        step["with"]
        for step in jobs["records"]["steps"]
        if "upload-artifact" in step.get("uses", "")
    )
    (download,) = (
        step["with"] for step in comment["steps"] if "download-artifact" in step.get("uses", "")
    )
    run = comment["steps"][-1]["run"]

    assert comment["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert comment["needs"] == "records"
    assert checkout["with"] == {"persist-credentials": False}
    assert upload["name"] == download["name"] == "weibao-diff"
    assert upload["path"].endswith("/weibao-diff.json")
    # Of no other run: neither its id nor a token to ask for it is given.
    assert download == {"name": "weibao-diff", "path": "${{ runner.temp }}/difference"}
    assert '--artifact "$RUNNER_TEMP/difference/weibao-diff.json"' in run
    assert '--event "$GITHUB_EVENT_PATH"' in run


@pytest.mark.parametrize(
    "path",
    [*sorted(GITHUB.glob("*.yml")), *sorted(GITEA.parent.glob("*.yml"))],
    ids=lambda one: f"{one.parts[-3]}-{one.name}",
)
def test_no_text_of_a_pull_request_is_put_into_a_script(path) -> None:
    for job in workflow(path)["jobs"].values():
        for step in (job, *job["steps"]):
            assert "${{" not in step.get("run", "")
            for value in step.get("env", {}).values():
                assert value in {
                    "1",
                    "${{ github.token }}",
                    # Commits and a number, which the forge made.
                    "${{ github.event.pull_request.base.sha }}",
                    "${{ github.event.pull_request.head.sha }}",
                    "${{ github.event.number }}",
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
